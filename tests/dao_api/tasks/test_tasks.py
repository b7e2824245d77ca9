"""GET /tasks, /tasks/{task_id} and /tasks/{task_id}/items."""

import pytest

from dao_client.documents import parse_task
from dao_client.types import Phase
from ipfs_store import cid_from_digest
from tests.dao_api.world import GATEWAY, ITEMS, STRANGER, World, add_task

pytestmark = pytest.mark.unit


def test_list_tasks__some__newest_first_with_their_phases(world: World) -> None:
    add_task(world.view, world.sessions, 2, world.view.specs[1], gateway=STRANGER.address)
    world.view.task_phases[2] = Phase.SETTLING

    page = world.http.get("/tasks").json()

    assert page["total"] == 2
    assert [(row["task_id"], row["phase"]) for row in page["rows"]] == [
        (2, "settling"),
        (1, "open"),
    ]


def test_list_tasks__of_one_gateway__leaves_out_the_others(world: World) -> None:
    add_task(world.view, world.sessions, 2, world.view.specs[1], gateway=STRANGER.address)

    page = world.http.get(f"/tasks?of_gateway={GATEWAY.address}").json()

    assert [row["task_id"] for row in page["rows"]] == [1]


def test_list_tasks__second_page__holds_the_rest(world: World) -> None:
    add_task(world.view, world.sessions, 2, world.view.specs[1])

    page = world.http.get("/tasks?offset=1&limit=1").json()

    assert (page["total"], [row["task_id"] for row in page["rows"]]) == (2, [1])


def test_show_task__known__joins_index_chain_and_store(world: World) -> None:
    task = world.http.get("/tasks/1").json()

    assert task["answer"] == {"type": "choice", "labels": ["yes", "no"]}
    assert task["document"] == cid_from_digest(world.view.specs[1])
    assert (task["price"], task["claimable"], task["seat_size"]) == ("5", str(10**27), "100")
    assert task["item_count"] == ITEMS


@pytest.mark.parametrize("path", ["/tasks/9", "/tasks/9/items", "/tasks/9/submissions"])
def test_show_task__unknown__is_refused(world: World, path: str) -> None:
    response = world.http.get(path)

    assert response.status_code == 404
    assert response.json()["type"] == "urn:tessera:problem:task-unknown"


@pytest.mark.parametrize("path", ["/tasks/0", "/tasks/x", "/tasks?limit=501", "/tasks?offset=-1"])
def test_show_task__malformed_address__is_refused(world: World, path: str) -> None:
    response = world.http.get(path)

    assert response.status_code == 422
    assert response.json()["type"] == "urn:tessera:problem:malformed-request"


def test_list_items__page__has_their_places_and_texts(world: World) -> None:
    page = world.http.get("/tasks/1/items?offset=8&limit=5").json()

    assert page["total"] == ITEMS
    assert [(row["item"], row["text"]) for row in page["rows"]] == [(8, "text 8"), (9, "text 9")]


def test_list_items__past_the_end__is_empty(world: World) -> None:
    assert world.http.get("/tasks/1/items?offset=10").json()["rows"] == []


def test_list_items__page_missing_in_the_store__is_refused(world: World) -> None:
    block = world.store.get_block(cid_from_digest(world.view.specs[1]))
    cid = parse_task(block).pages[0]
    (path,) = [each for each in world.folder.rglob("*") if each.is_file() and cid in each.name]
    path.unlink()

    response = world.http.get("/tasks/1/items")

    assert response.status_code == 502
    assert response.json()["type"] == "urn:tessera:problem:payload-refused"
    assert cid in response.json()["detail"]


def test_etag__same_content__is_not_sent_again(world: World) -> None:
    first = world.http.get("/tasks/1/items")

    second = world.http.get("/tasks/1/items", headers={"if-none-match": first.headers["etag"]})

    assert (second.status_code, second.content) == (304, b"")


def test_etag__changed_content__is_sent(world: World) -> None:
    first = world.http.get("/tasks/1")
    world.view.change(1, anchored_answers=5)

    second = world.http.get("/tasks/1", headers={"if-none-match": first.headers["etag"]})

    assert second.status_code == 200
    assert second.headers["etag"] != first.headers["etag"]
