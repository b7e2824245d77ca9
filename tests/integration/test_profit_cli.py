"""What stakers, workers and grantees get, by the command line."""

from collections.abc import Iterator

import pytest

from dao_client.types import TaskId
from tests.integration.chambers import Chamber, chamber, whale
from tests.integration.sdk_world import DAY, GATEWAY, OPERATOR, REQUESTER, WORKER

pytestmark = pytest.mark.integration

ANYBODY = ("--account", GATEWAY.address)
PAY = {WORKER.address: 20}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Chamber]:
    with chamber(tmp_path_factory.mktemp("chamber")) as built:
        yield built


@pytest.fixture
def settled(house) -> TaskId:
    """A task whose only worker earned 20 (changes the world)."""
    task_id = house.world.publish()
    house.world.settle(task_id, PAY, shown=PAY)
    return task_id


def test_fees__of_a_settled_task__go_to_stakers(house) -> None:
    (created,) = house.tessera("task", "create", task_file(house), "--account", REQUESTER.address)
    task_id = TaskId(created["task_id"])
    house.world.settle(task_id, {WORKER.address: 10**18}, shown={WORKER.address: 10**18})
    waiting = house.tessera("fees", "show", OPERATOR.address)

    shared = house.tessera("fees", "distribute", *ANYBODY)
    share = house.tessera("fees", "show", OPERATOR.address)
    paid = house.tessera("fees", "claim", "--staker", OPERATOR.address, *ANYBODY)
    again = house.tessera("fees", "claim", "--staker", OPERATOR.address, *ANYBODY)
    nothing = house.tessera("fees", "distribute", *ANYBODY)

    fee = 2 * 10**16
    stake = 1_000 * 10**18
    assert (waiting["to_distribute"], waiting["claimable"]) == (str(fee), "0")
    assert (shared["shared"], shared["among_stake"]) == (str(fee), str(20_001_000 * 10**18))
    assert share["claimable"] == str(fee * stake // (20_001_000 * 10**18))
    assert (paid["paid"], len(paid["transactions"])) == (share["claimable"], 1)
    assert (again["paid"], again["transactions"]) == ("0", [])
    assert "rewards: nothing to share" in nothing
    assert "claimable      0 TES" in house.tessera.shown(
        "fees", "show", OPERATOR.address, "--token", "tes"
    )


def test_earn__registered_task__pays_tes_and_points_after_the_week(house, settled) -> None:
    premature = house.tessera("earn", "claim", settled, *ANYBODY)
    registered = house.tessera("earn", "register", settled, *ANYBODY)
    twice = house.tessera("earn", "register", settled, *ANYBODY)
    early = house.tessera("earn", "claim", settled, "--worker", WORKER.address, *ANYBODY)
    week = house.tessera("earn", "week")
    house.wait(7 * DAY)

    (shown,) = house.tessera("earn", "show", settled, "--worker", WORKER.address, *ANYBODY)
    claimed = house.tessera("earn", "claim", settled, "--worker", WORKER.address, *ANYBODY)
    again = house.tessera("earn", "claim", settled, "--worker", WORKER.address, *ANYBODY)

    assert f"is not registered: do it with `tessera earn register {settled}`" in premature
    assert (registered["asks_for"], week["asked_for"]) == ("20", "20")
    assert f"task {settled} was registered in week" in twice
    assert f"error: the week of task {settled} ends in" in early
    assert (shown["earns"], shown["is_claimed"]) == ("20", False)
    assert (claimed["claims"], claimed["earned"]) == (1, "20")
    assert claimed["worker_points"] == "20"
    assert again["claims"] == 0
    assert house.tessera("earn", "week")["created_so_far"] == "20"


def test_earn__task_that_is_not_final__is_refused(house) -> None:
    refusal = house.tessera("earn", "register", house.world.publish(), *ANYBODY)

    assert "is OPEN: work earns TES when its task is FINAL" in refusal


def test_earn__token_without_a_rate__is_refused(house) -> None:
    tes = house.world.system.work_token.address
    file = task_file(house, token=f'token: "{tes}"')
    (created,) = house.tessera("task", "create", file, "--account", REQUESTER.address)
    house.world.settle(TaskId(created["task_id"]), PAY, shown=PAY)

    refusal = house.tessera("earn", "register", created["task_id"], *ANYBODY)

    assert refusal == f"error: pay in {tes} earns no TES: a proposal can `set_emission_rate`"


def test_treasury__spent_and_granted_by_vote__shows_what_is_left(house) -> None:
    before = tes_of(house.tessera("treasury", "show"))
    token = f'token: tes, to: "{WORKER.address}"'
    enacted = house.enact(
        "Pay the builders",
        f"{{spend: {{{token}, amount: 1000}}}}",
        f"{{grant: {{{token}, amount: 365, starts: now, cliff: 30d, duration: 365d}}}}",
    )

    after = tes_of(house.tessera("treasury", "show"))
    (grant,) = house.tessera("treasury", "grants")
    early = house.tessera("treasury", "claim", 1, *ANYBODY)
    unknown = house.tessera("treasury", "claim", 2, *ANYBODY)
    house.wait(73 * DAY)
    claimed = house.tessera("treasury", "claim", 1, *ANYBODY)

    assert (enacted["class"], enacted["state"]) == ("spending", "EXECUTED")
    assert int(before["free"]) - int(after["free"]) == 1_365 * 10**18
    assert (after["held_by_grants"], after["spent_in_30_days"]) == (
        str(365 * 10**18),
        str(1_365 * 10**18),
    )
    assert (grant["holder"], grant["cliff"], grant["claimable"]) == (WORKER.address, "30 d", "0")
    assert "was refused: grant: nothing vested" in early
    assert unknown.startswith("error: grant 2 does not exist")
    assert 73 * 10**18 <= int(claimed["paid"]) < 74 * 10**18
    assert "1000" not in house.tessera.shown("treasury", "show", "--token", "payment_token")


def test_treasury_collect__nothing_slashed__sends_nothing(house) -> None:
    block = house.world.system.chain.block().number

    shown = house.tessera("treasury", "collect", *whale())

    assert tes_of(shown)["slashed_to_collect"] == "0"
    assert house.world.system.chain.block().number == block


def tes_of(rows: list[dict[str, str]]) -> dict[str, str]:
    return rows[-1]


def task_file(house: Chamber, token: str = "") -> str:
    path = house.folder / "task.yaml"
    path.write_text(
        "title: Cats\ninstructions: Is it one?\nlabels: [yes, no]\nitems: [a tabby, a poodle]\n"
        f'overlap: 3\nprice: 0.5\nsubmit: 1h\nreveal: 1h\ngateway: "{GATEWAY.address}"\n{token}\n'
    )
    return str(path)
