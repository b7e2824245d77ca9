"""The gateway on a real chain: from a submission to a proof that the contract's root confirms."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dao_client.canonical import digest_of
from dao_client.contracts.abi import Abi
from dao_client.contracts.contract import Call
from dao_client.documents import (
    SubmissionRequest,
    build_request,
    build_sealed,
    parse_sealed,
)
from dao_client.encoding import SUBMISSION_TYPES
from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient
from dao_client.merkle import verify_proof
from dao_client.messages import submission_message
from dao_client.transactions import Sender
from dao_client.worker import submit
from tests.dao_api.live import WORKER, GatewayProcess, LiveChain, live_chain, wait_until

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("live")) as chain:
        yield chain


@pytest.fixture(scope="module")
def gateway(live: LiveChain) -> Iterator[GatewayProcess]:
    process = GatewayProcess(live, "flow")
    process.start()
    yield process
    process.close()


def hexadecimal(value: bytes) -> str:
    return "0x" + value.hex()


def test_submission__through_the_sdk__is_anchored_with_a_true_proof(
    live: LiveChain, gateway: GatewayProcess
) -> None:
    task_id = live.publish(10)
    request = live.work(task_id, 0, 3)

    acceptance = submit(live.system, GatewayClient(gateway.url), request)

    submission_hash = acceptance.receipt.submission_hash
    path = f"/tasks/{task_id}/submissions/{hexadecimal(submission_hash)}"
    wait_until(lambda: gateway.get(path).json()["state"] == "anchored", 30)
    inclusion = gateway.get(path).json()["inclusion"]
    row = (task_id, inclusion["index"], WORKER.address, 2, submission_hash)
    proof = [bytes.fromhex(each[2:]) for each in inclusion["proof"]]
    root = live.system.task_escrow.anchors(task_id)[inclusion["position"]].root
    verify_proof(root, SUBMISSION_TYPES, row, proof)
    assert live.system.task_escrow.task(task_id).anchored_answers == 2


def test_task__just_created__is_shown_with_its_items(
    live: LiveChain, gateway: GatewayProcess
) -> None:
    task_id = live.publish(4)
    wait_until(lambda: gateway.get(f"/tasks/{task_id}").status_code == 200, 30)

    shown = gateway.get(f"/tasks/{task_id}").json()
    items = gateway.get(f"/tasks/{task_id}/items?offset=1&limit=2").json()

    assert (shown["phase"], shown["title"], shown["item_count"]) == ("open", "Parity", 4)
    assert shown["gateway"] == live.gateway.address
    assert [each["text"] for each in items["rows"]] == ["1", "2"]
    assert gateway.get("/tasks").json()["rows"][0]["task_id"] == task_id


def test_submission__of_a_wallet_contract__is_accepted(
    live: LiveChain, gateway: GatewayProcess
) -> None:
    sender = Sender(live.system.chain, WORKER)
    code = Abi.load("ContractWallet").encode_creation("shanghai", (WORKER.address,))
    wallet = sender.send(Call(None, code, "deployment of ContractWallet")).contract
    task_id = live.publish(3, seat_size=0)
    request = of_wallet(live, live.work(task_id, 1), wallet)

    acceptance = submit(live.system, GatewayClient(gateway.url), request)

    assert acceptance.receipt.received_at > 0


def of_wallet(live: LiveChain, request: SubmissionRequest, wallet: str) -> SubmissionRequest:
    """Make the same submission the wallet contract's, signed by its owner."""
    block = build_sealed(replace(parse_sealed(request.sealed), worker=wallet))
    submission = replace(request.submission, worker=wallet, sealed_digest=digest_of(block))
    message = submission_message(submission, live.system.escrow_domain)
    return SubmissionRequest(submission, WORKER.sign_typed(message), block)


def test_submission__without_a_seat__is_refused_with_the_reason(
    live: LiveChain, gateway: GatewayProcess
) -> None:
    task_id = live.publish(3, seat_size=10**30)

    with pytest.raises(GatewayRefused, match=r"HTTP 403.*The worker has no seat"):
        submit(live.system, GatewayClient(gateway.url), live.work(task_id, 1))


def test_task__unknown_to_the_chain__is_refused(live: LiveChain, gateway: GatewayProcess) -> None:
    unknown = live.system.task_escrow.task_count() + 1

    response = gateway.get(f"/tasks/{unknown}/submissions")

    assert response.status_code == 404
    assert response.json()["type"] == "urn:tessera:problem:task-unknown"


def test_health__all_parts_there__is_ok(gateway: GatewayProcess) -> None:
    health = gateway.get("/health").json()

    assert (health["status"], health["chain"], health["store"]) == ("ok", "ok", "ok")


def test_process__asked_to_end__ends_well_and_keeps_what_it_received(live: LiveChain) -> None:
    process = GatewayProcess(live, "ending", anchor_seconds=600)
    process.start()
    task_id = live.publish(3)
    body = build_request(live.work(task_id, 2))
    first = GatewayClient(process.url)._ask("POST", f"/tasks/{task_id}/submissions", body)

    assert process.stop() == 0
    process.start()
    again = GatewayClient(process.url)._ask("POST", f"/tasks/{task_id}/submissions", body)
    process.close()

    assert again == first
