"""Nobody posts a verdict: what the gateway shows is all that a worker needs to be paid."""

from pathlib import Path

import pytest

from dao_client.gateway import GatewayClient
from dao_client.nodes import advance
from dao_client.transactions import Sender
from dao_client.types import Anchor, Digest, SubmissionLeaf, TaskId
from dao_client.worker import submit
from tests.dao_api.live import HOUR, WORKER, MortalGateway, live_chain, wait_until

pytestmark = pytest.mark.integration

GRACE_SECONDS = 24 * HOUR


def unhex(text: str) -> Digest:
    return Digest(bytes.fromhex(text[2:]))


def test_payouts__expired_task__can_be_claimed_with_what_is_shown(tmp_path: Path) -> None:
    with live_chain(tmp_path) as live:
        gateway = MortalGateway(live, "expired", anchor_seconds=0)
        gateway.start()
        client, escrow = GatewayClient(gateway.url), live.system.task_escrow
        task_id: TaskId = live.publish(10)
        submit(live.system, client, live.work(task_id, 0, 1, 2))
        wait_until(lambda: escrow.task(task_id).anchored_answers == 3, 30)
        advance(live.system.chain, 3 * HOUR + GRACE_SECONDS + 1)
        sender = Sender(live.system.chain, WORKER)
        sender.send(live.system.verdict_oracle.expire_task(task_id))
        path = f"/tasks/{task_id}/payouts/{WORKER.address}"
        wait_until(
            lambda: client.get(f"/tasks/{task_id}/submissions")["rows"][0]["block_number"], 30
        )

        shown = client.get(path)
        (row,) = shown["payouts"]["rows"]
        anchors = [Anchor(unhex(each["root"]), each["answers"]) for each in shown["anchors"]]
        flat = row["flat"]
        leaf = SubmissionLeaf(
            task_id, row["index"], WORKER.address, flat["answers"], unhex(flat["submission_hash"])
        )
        before = live.system.token(live.system.deployment.payment_token).balance_of(WORKER.address)
        proof = [unhex(each) for each in row["proof"]]
        sender.send(escrow.claim_flat(anchors, flat["position"], leaf, proof))

        after = live.system.token(live.system.deployment.payment_token).balance_of(WORKER.address)
        assert (shown["kind"], shown["phase"], row["is_claimed"]) == ("flat", "expired", False)
        assert after - before == int(row["amount"]) == 3 * 10**15
        assert client.get(path)["payouts"]["rows"][0]["is_claimed"]
        gateway.kill()
