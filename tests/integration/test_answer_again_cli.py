"""Answers that are refused, got lost or come at the wrong time, with a chain and a gateway."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.gateway import GatewayClient
from dao_client.keeping import read_kept
from dao_client.nodes import advance
from dao_client.types import TaskId
from dao_client.windows import Windows, reveal_by
from tests.dao_api.live import (
    WORKER,
    GatewayProcess,
    LiveChain,
    free_port,
    live_chain,
    running_gateway,
)
from tests.integration.commands import CommandLine, command_line_at

pytestmark = pytest.mark.integration

NUMBER = "9" * 5_000
BY_WORKER = ("--account", WORKER.address)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("again")) as chain:
        yield chain


@pytest.fixture(scope="module")
def gateway(live: LiveChain) -> Iterator[GatewayProcess]:
    with running_gateway(live, "again") as process:
        yield process


@pytest.fixture
def tessera(live: LiveChain, gateway: GatewayProcess, tmp_path) -> CommandLine:
    return command_line_at(live, gateway=gateway.url, answers=tmp_path / "kept")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text('{"0": "even"}')
    return path


def answer(task_id: TaskId, answers: Path, *options: object) -> tuple[object, ...]:
    return ("answer", task_id, answers, "--reveal-alone", *BY_WORKER, *options)


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "kept").rglob("*.json"))


def test_answer__refused_for_good__keeps_the_file_all_the_same(live, tessera, answers, tmp_path):
    """Only the gateway says that it took nothing: if it anchors them, the worker must open them."""
    task_id = live.publish(1)
    taken = tessera(*answer(task_id, answers))

    refusal = tessera(*answer(task_id, answers))

    assert "(HTTP 409)" in refusal
    assert "--resend" not in refusal
    assert taken["kept_in"] in map(str, kept(tmp_path))
    assert len(list(kept(tmp_path))) == 2


def test_answer__reply_is_lost__is_sent_again_for_the_same_receipt(
    live, gateway, tessera, answers, tmp_path, monkeypatch
):
    task_id, submit = live.publish(1), GatewayClient.submit

    def lose(client, request):
        first = submit(client, request)
        lost.append(first)
        client.url = f"http://127.0.0.1:{free_port()}"
        return submit(client, request)

    lost: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(GatewayClient, "submit", lose)
        refusal = tessera(*answer(task_id, answers))
    (file,) = kept(tmp_path)
    naive = tessera(*answer(task_id, answers))
    again = tessera("answer", task_id, "--resend", file)

    assert "if they are in is not known: send the same ones by " in refusal
    assert f"`tessera answer {task_id} --resend {file}`" in refusal
    assert "(HTTP 409)" in naive
    assert again["submission_hash"] == "0x" + lost[0].receipt.submission_hash.hex()
    assert again["receipt_signature"] == "0x" + lost[0].receipt_signature.hex()
    assert (again["kept_in"], again["worker"]) == (str(file), WORKER.address)


def test_answer__interrupted__says_how_to_send_the_same_again(
    live, tessera, answers, tmp_path, monkeypatch
):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    task_id = live.publish(1)
    with monkeypatch.context() as patch:
        patch.setattr(GatewayClient, "submit", interrupt)
        code, _, remarks = tessera.run(*answer(task_id, answers))
    (file,) = kept(tmp_path)

    assert code != 0
    assert f"send the same ones by `tessera answer {task_id} --resend {file}`" in remarks
    assert tessera("answer", task_id, "--resend", file)["answers"] == 1


def test_resend__gateway_is_not_named__goes_to_the_one_in_the_file(live, tessera, answers, gateway):
    taken = tessera(*answer(live.publish(1), answers))
    silent = CommandLine(
        {name: text for name, text in tessera.variables.items() if name != "TESSERA_GATEWAY"}
    )

    again = silent("answer", taken["task_id"], "--resend", taken["kept_in"])

    assert again["receipt_signature"] == taken["receipt_signature"]
    assert json.loads(Path(taken["kept_in"]).read_text())["gateway"] == gateway.url


def test_resend__forced__is_the_same_submission_and_refused_a_second_time(
    live, tessera, answers, tmp_path
):
    task_id, file = live.publish(1), tmp_path / "mine.json"
    away = f"http://127.0.0.1:{free_port()}"
    tessera(*answer(task_id, answers, "--gateway", away, "--keep", file))
    force = ("answer", task_id, "--resend", file, "--force-inclusion")

    stranger = tessera(*force, "--account", 0)
    forced = tessera(*force, *BY_WORKER)
    again = tessera(*force, *BY_WORKER)

    (event,) = live.system.task_escrow.forced(task_id)
    assert event.commitments_root == read_kept(file).request.submission.commitments_root
    assert forced["transaction"].startswith("0x")
    assert "the contract takes answers from their worker only" in stranger
    assert "its first answers count, nothing was sent" in again


def test_resend__another_task_or_no_file__is_refused(live, tessera, answers, tmp_path):
    taken = tessera(*answer(live.publish(1), answers))
    other = live.publish(1)

    assert "holds answers to task" in tessera("answer", other, "--resend", taken["kept_in"])
    assert "no answers: name the FILE" in tessera("answer", other, *BY_WORKER)
    assert "cannot be read" in tessera("answer", other, "--resend", tmp_path / "nothing.json")


def test_answer__to_nobody__says_from_when_until_when_to_reveal(live, tessera, answers):
    task = live.system.task_escrow.task(live.publish(1))

    code, out, remarks = tessera.run(*answer(task.task_id, answers, "--json"))

    shown = json.loads(out)
    assert code == 0
    assert shown["reveal_from"] == Windows.of(task).opening_deadline
    assert shown["reveal_by"] == reveal_by(task)
    assert f"run `tessera reveal {task.task_id}` from " in remarks
    assert remarks.count(" UTC") == 2


def test_next__task_with_an_error_limit__prints_it(live, tessera, tmp_path):
    file = tmp_path / "task.yaml"
    file.write_text(
        "title: Parity\ninstructions: Is it even?\nlabels: [even, odd]\noverlap: 3\nprice: 0.001\n"
        f'items: [one]\nerror_limit: 5 %\nentry: yes\ngateway: "{live.gateway.address}"\n'
    )
    (created,) = tessera("task", "create", file, "--account", 0)

    _, _, limited = tessera.run("next", created["task_id"], *BY_WORKER)
    _, _, unlimited = tessera.run("next", live.publish(1), *BY_WORKER)

    assert "error limit 5 %: if audits do not keep to it, only audited answers are paid" in limited
    assert "error limit" not in unlimited


def test_answer__forced_by_a_newcomer__is_warned_only_where_a_seat_is_needed(
    live, tessera, tmp_path
):
    """Operators leave nobody out of a task with entry."""
    file, mine = tmp_path / "task.yaml", tmp_path / "answers.json"
    mine.write_text('{"0": "even"}')
    file.write_text(
        "title: Parity\ninstructions: Is it even?\nlabels: [even, odd]\noverlap: 3\nprice: 0.001\n"
        f'items: [one]\nentry: yes\ngateway: "{live.gateway.address}"\n'
    )
    (created,) = tessera("task", "create", file, "--account", 0)
    by_newcomer = ("--reveal-alone", "--force-inclusion", "--account", 3)

    entered, _, welcome = tessera.run("answer", created["task_id"], mine, *by_newcomer)
    left_out, _, warning = tessera.run("answer", live.publish(1), mine, *by_newcomer)

    assert (entered, left_out) == (0, 0)
    assert "operators leave the answers out" not in welcome
    assert "operators leave the answers out unless you run `tessera stake deposit" in warning


def test_answer__the_task_takes_no_more__keeps_and_sends_nothing(live, tessera, answers, tmp_path):
    task_id = live.publish(1)
    task = live.system.task_escrow.task(task_id)
    refusals = []
    for moment in (task.submit_deadline, Windows.of(task).opening_deadline):
        advance(live.system.chain, moment + 1 - live.system.chain.clock())
        refusals += [
            tessera(*answer(task_id, answers, *way)) for way in ((), ("--force-inclusion",))
        ]

    for refusal in refusals:
        assert f"task {task_id} is REVEAL: jurors use `tessera audit answer {task_id}`" in refusal
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        '[{"item": "²", "answer": "even"}]',
        f'[{{"item": "{NUMBER}", "answer": "even"}}]',
        '[{"item": "-1", "answer": "even"}]',
        f'{{"0": {"[" * 100_000}{"]" * 100_000}}}',
        f'{{"0": {"[" * 900}{"]" * 900}}}',
        f'{{"0": {"[" * 90}{"]" * 90}}}',
        f'{{"{NUMBER}": "even"}}',
        f'{{"0": {NUMBER}}}',
    ],
)
def test_answer__content_that_is_none__is_refused_in_one_short_line(
    live, tessera, tmp_path, content
):
    file = tmp_path / "answers.json"
    file.write_text(content)

    refusal = tessera("answer", task(live), file, "--reveal-alone", *BY_WORKER)

    assert refusal.startswith("error: ")
    assert len(refusal) < 600
    assert kept(tmp_path) == []


@pytest.mark.parametrize("account", ["²", NUMBER, "-1"])
def test_account__no_number__is_refused(live, tessera, account):
    refusal = tessera("stake", "deposit", "1", f"--account={account}")

    assert "holds no such key" in refusal


@pytest.mark.parametrize("number", ["9" * 85, "²", NUMBER])
def test_explain__task_that_is_no_number__is_refused(live, tessera, number):
    by_worker = tessera("explain", WORKER.address, number)
    of_item = tessera("explain", number, "0")

    assert by_worker.startswith("error: ")
    assert of_item.startswith("error: ")


def task(live: LiveChain) -> TaskId:
    """Any task that takes answers."""
    return live.publish(1)
