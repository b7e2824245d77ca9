"""A juror's way by commands, on a chain and through a gateway: list, items, answer, show."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dao_client.keys import LocalSigner
from dao_client.nodes import advance
from dao_client.staker import lock_calls
from dao_client.transactions import Sender
from dao_client.types import Wei
from tests.dao_api.live import (
    DEPLOYER,
    WORKER,
    GatewayProcess,
    LiveChain,
    live_chain,
    wait_until,
)
from tests.integration.commands import CommandLine
from tests.integration.malformed import publish_malformed
from tests.integration.serving_needs import serving_needs

pytestmark = pytest.mark.integration

HOUR = 3_600
ITEMS = 200
OPERATOR = LocalSigner.from_mnemonic(3)
OPERATOR_STAKE = Wei(1_000 * 10**18)


@dataclass(frozen=True)
class Bench:
    """A gateway, a task that a worker has answered, and a shell."""

    live: LiveChain
    tessera: CommandLine
    task_id: int

    def advance_to(self, name: str) -> None:
        """Let time pass until a deadline of the task."""
        deadline = self.tessera("audit", "show", self.task_id)[name]
        clock = self.live.system.chain.clock()
        advance(self.live.system.chain, max(1, deadline - clock))

    def write(self, path: Path, items: list[int]) -> Path:
        """Write an answer to each of these items."""
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([("item", "answer"), *((item, "even") for item in items)])
        return path


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("audit")
    with live_chain(folder) as live:
        _register(live)
        gateway = GatewayProcess(live, "audit")
        gateway.start()
        try:
            tessera = _shell(live, gateway, folder)
            yield Bench(live, tessera, _publish(tessera, live, folder))
        finally:
            gateway.close()


def _register(live: LiveChain) -> None:
    system, operator = live.system, Sender(live.system.chain, OPERATOR)
    deployer = Sender(system.chain, DEPLOYER)
    deployer.send(system.work_token.transfer(OPERATOR.address, OPERATOR_STAKE))
    for call in lock_calls(system, OPERATOR.address, OPERATOR_STAKE):
        operator.send(call)
    operator.send(system.verdict_oracle.register_operator(OPERATOR_STAKE))
    operator.send(system.verdict_oracle.set_sealing_key(b"\x21" * 32))


def _shell(live: LiveChain, gateway: GatewayProcess, folder: Path) -> CommandLine:
    return CommandLine(
        {
            "TESSERA_RPC": live.url,
            "TESSERA_DEPLOYMENT": str(folder / "deployment.json"),
            "TESSERA_STORE": live.store_url,
            "TESSERA_GATEWAY": gateway.url,
            "TESSERA_ANSWERS": str(folder / "answers"),
        }
    )


def _publish(tessera: CommandLine, live: LiveChain, folder: Path) -> int:
    items = "\n".join(f"  - item {number}" for number in range(ITEMS))
    (folder / "task.yaml").write_text(
        "title: Parity\ninstructions: Is it even?\nlabels: [even, odd]\noverlap: 1\n"
        f"price: 0.001\nseat_size: 1\nsubmit: 1h\nreveal: 3h\nverdict: 1h\nitems:\n{items}\n"
        f'gateway: "{live.gateway.address}"\n'
    )
    created = tessera("task", "create", folder / "task.yaml", "--account", DEPLOYER.address)
    return created[0]["task_id"]


def test_audit__from_answers_to_the_end__jurors_find_answer_and_hand_in(
    bench: Bench, tmp_path: Path
) -> None:
    tessera, task_id = bench.tessera, bench.task_id
    juror = ("--account", OPERATOR.address)
    mine = bench.write(tmp_path / "mine.csv", [0])

    escrow = bench.live.system.task_escrow
    deployer = Sender(bench.live.system.chain, DEPLOYER)
    malformed = publish_malformed(
        bench.live.system, deployer, bench.live.store, escrow.task(task_id)
    )
    early = tessera("audit", "show", task_id)
    too_early = tessera("audit", "answer", task_id, mine, *juror)
    tessera("answer", task_id, bench.write(tmp_path / "all.csv", [0, 1]), "--account", 2)
    wait_until(lambda: escrow.task(task_id).anchored_answers == 2, 30)
    bench.advance_to("opening_deadline")
    code, listed, remarks = tessera.run("audit", "list", *juror, "--json")
    listed = json.loads(listed)
    nothing = tessera("audit", "list", "--account", WORKER.address)
    first = tessera("audit", "items", task_id, *juror)
    every = tessera("audit", "items", task_id, "--all-rates", *juror)
    with serving_needs(bench.live) as operator:
        asked = tessera("audit", "items", task_id, "--operator", operator, *juror)
    code, out, err = tessera.run(
        "audit", "items", task_id, "--operator", operator, *juror, "--json"
    )
    shown = tessera("audit", "show", task_id)
    drawn = [row["item"] for row in first]
    others = sorted({*range(ITEMS)} - {row["item"] for row in every})
    stranger = tessera(
        "audit", "answer", task_id, bench.write(tmp_path / "wrong.csv", others[:1]), *juror
    )
    handed_in = tessera("audit", "answer", task_id, bench.write(mine, drawn), *juror)
    bench.advance_to("answer_by")
    closing = tessera("audit", "answer", task_id, mine, *juror)
    closed = tessera("audit", "list", *juror)
    bench.advance_to("audit_deadline")
    late = tessera("audit", "answer", task_id, mine, *juror)

    assert (early["state"], early["items"]) == ("workers are still answering", [])
    assert "takes no audits: workers are still answering" in too_early
    assert [(row["task_id"], row["items"]) for row in listed] == [(task_id, len(first))]
    assert listed[0]["items"] + listed[0]["items_if_needed"] == len(every) == len(shown["items"])
    assert f"warning: the audits of task {malformed} cannot be drawn: task document" in remarks
    assert listed[0]["answer_by"] == shown["answer_by"] == shown["audit_deadline"] - 600
    assert nothing == []
    assert asked == first == json.loads(out)
    assert code == 0
    assert f"warning: the operator at {operator} does not answer" in err
    assert first == [row for row in every if row["rate"] == shown["first_rate"] == "10 %"]
    assert first[0]["text"] == f"item {drawn[0]}"
    assert shown["state"] == "jurors may hand in"
    assert shown["operators_for_empty_seats"] == [OPERATOR.address]
    assert shown["items_at_rate"]["30 %"] == len(every)
    assert f"was not drawn for item {others[0]} of task {task_id}" in stranger
    assert (handed_in["worker"], handed_in["answers"]) == (OPERATOR.address, len(drawn))
    assert handed_in["receipt_signature"].startswith("0x")
    assert "takes no audits: the last audits are being anchored, gateways take no more" in closing
    assert closed == []
    assert "takes no audits: audits are over" in late


def test_audit__shown_to_people__names_the_draw(bench: Bench) -> None:
    text = bench.tessera.shown("audit", "show", bench.task_id)

    assert "beacon block" in text
    assert "items at rate" in text
