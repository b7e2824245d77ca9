"""A copier who reads chain, store and gateway before the reveal learns nothing of the answers."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from dao_client.canonical import digest_of
from dao_client.documents import AnswersDocument, build_answers, parse_sealed
from dao_client.encoding import answer_digest, commitment, commitments_tree
from dao_client.errors import GatewayRefused, SealRefused
from dao_client.gateway import GatewayClient
from dao_client.keys import LocalSigner
from dao_client.nodes import advance, mine
from dao_client.revealing import reveal
from dao_client.sealing import open_sealed, sealing_key, sealing_secret
from dao_client.types import Answer, ItemIndex, TaskId
from dao_client.worker import SealedAnswers, build_submission, read_task, submit
from ipfs_store import cid_from_digest, cid_of
from tests.dao_api.live import (
    HOUR,
    OPERATOR,
    WORKER,
    GatewayProcess,
    LiveChain,
    live_chain,
    wait_until,
)

pytestmark = pytest.mark.integration

LABELS = ("even", "odd")
ITEMS = (0, 1, 2)
GUESSED_SALTS = (bytes(32), b"\1" * 32, b"\xff" * 32)
COPIER = LocalSigner.from_mnemonic(1)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("copier")) as chain:
        yield chain


@pytest.fixture(scope="module")
def gateway(live: LiveChain) -> Iterator[GatewayProcess]:
    process = GatewayProcess(live, "copier")
    process.start()
    yield process
    process.close()


@pytest.fixture
def victim(live: LiveChain, gateway: GatewayProcess) -> SealedAnswers:
    """An honest worker's submission, anchored while the task still takes answers."""
    task_id = live.publish(len(ITEMS))
    sealed = live.sealed(task_id, *ITEMS)
    submit(live.system, GatewayClient(gateway.url), sealed.request)
    wait_until(lambda: live.system.task_escrow.task(task_id).anchors == 1, 30)
    return sealed


def everything_public(live: LiveChain, gateway: GatewayProcess, task_id: TaskId) -> bytes:
    """All bytes that anybody can read: every block of the store, all pages, all log entries."""
    files = (path.read_bytes() for path in Path(live.folder / "store").rglob("*") if path.is_file())
    paths = ("", "/items", "/submissions")
    pages = [gateway.get(f"/tasks/{task_id}{path}").content for path in paths]
    rows = gateway.get(f"/tasks/{task_id}/submissions").json()["rows"]
    pages += [
        gateway.get(f"/tasks/{task_id}/submissions/{row['submission_hash']}").content
        for row in rows
    ]
    logs = live.system.chain.rpc.call("eth_getLogs", {"fromBlock": "0x0", "toBlock": "latest"})
    return b"\n".join([*files, *pages, repr(logs).encode()])


def guesses() -> Iterator[tuple[Answer, ...]]:
    """Every way to answer, with every salt that one might guess."""
    for values in product(LABELS, repeat=len(ITEMS)):
        for salt in GUESSED_SALTS:
            yield tuple(
                Answer(ItemIndex(item), value, salt)
                for item, value in zip(ITEMS, values, strict=True)
            )


def test_copier__reads_everything_public__finds_no_answers_document(
    live: LiveChain, gateway: GatewayProcess, victim: SealedAnswers
) -> None:
    public = everything_public(live, gateway, victim.request.submission.task_id)
    sealed = parse_sealed(victim.request.sealed)

    assert sealed.answers.encode() in public, "the test sees what it should"
    assert victim.answers not in public
    assert b"tessera/answers/1" not in public
    assert not live.store.has(sealed.answers)


def test_copier__tries_all_labels__hits_neither_cid_nor_root_nor_commitment(
    live: LiveChain, gateway: GatewayProcess, victim: SealedAnswers
) -> None:
    submission = victim.request.submission
    public = everything_public(live, gateway, submission.task_id)

    for answers in guesses():
        document = AnswersDocument(
            submission.task_id, submission.assignment_id, WORKER.address, answers
        )
        block = build_answers(document)
        root = commitments_tree(submission.task_id, WORKER.address, answers).root
        assert cid_of(block).encode() not in public
        assert digest_of(block).hex().encode() not in public
        assert root != submission.commitments_root
        for answer in answers:
            leaf = commitment(
                submission.task_id,
                answer.item,
                answer_digest(answer.value),
                answer.salt,
                WORKER.address,
            )
            assert leaf not in public
            assert leaf.hex().encode() not in public


def test_copier__measures_sizes__finds_the_same_for_all_answers(
    live: LiveChain, victim: SealedAnswers
) -> None:
    task_id = victim.request.submission.task_id
    task = read_task(live.system, live.store, task_id)
    keys = {OPERATOR.address: sealing_key(live.secret)}

    sizes = set()
    for values in product(LABELS, repeat=len(ITEMS)):
        answers = dict(zip(map(ItemIndex, ITEMS), values, strict=True))
        again = build_submission(live.system, WORKER, task_id, task, answers, keys=keys)
        sizes.add(len(again.request.sealed))

    assert sizes == {len(victim.request.sealed)}


def test_copier__uses_keys_of_its_own__opens_nothing(
    live: LiveChain, victim: SealedAnswers
) -> None:
    sealed = parse_sealed(victim.request.sealed)
    secret = sealing_secret(COPIER, live.system.oracle_domain)

    with pytest.raises(SealRefused, match="no box for operator"):
        open_sealed(sealed, COPIER.address, secret)
    with pytest.raises(SealRefused, match="was made for another key"):
        open_sealed(sealed, OPERATOR.address, secret)


def test_copier__asks_the_gateway_to_open_early__is_refused_and_nothing_is_kept(
    live: LiveChain, gateway: GatewayProcess, victim: SealedAnswers
) -> None:
    task_id, client = victim.request.submission.task_id, GatewayClient(gateway.url)

    with pytest.raises(GatewayRefused, match=r"HTTP 409.*everybody could copy them"):
        client.reveal(task_id, victim.answers)
    with pytest.raises(SealRefused, match="revealed now, everybody could copy yours"):
        reveal(live.system, client, victim)

    assert victim.answers not in everything_public(live, gateway, task_id)


def test_operator__leaks__reads_early_but_changes_nothing(
    live: LiveChain, gateway: GatewayProcess, victim: SealedAnswers
) -> None:
    """What cannot be prevented: the outcome is the same, and `--reveal-alone` avoids it."""
    sealed = parse_sealed(victim.request.sealed)

    leaked = open_sealed(sealed, OPERATOR.address, live.secret)

    assert leaked == victim.answers
    assert cid_of(leaked) == sealed.answers, "a leak cannot put other words into a mouth"


def test_reveal__after_the_opening_deadline__is_in_the_store_for_everybody(
    live: LiveChain, gateway: GatewayProcess, victim: SealedAnswers
) -> None:
    advance(live.system.chain, HOUR + HOUR // 3)
    mine(live.system.chain, 1)

    cid = reveal(live.system, GatewayClient(gateway.url), victim)

    assert live.store.get_block(cid) == victim.answers
    document = cid_from_digest(victim.request.submission.sealed_digest)
    assert parse_sealed(live.store.get_block(document)).answers == cid
