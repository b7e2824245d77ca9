"""anchor_submissions: the gateway, in time, at most 64 times."""

import boa
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import DAY, EVIDENCE, HOUR, ROOT, ZERO, pass_reveal_deadline

pytestmark = pytest.mark.chain


def next_head(head: bytes, root: bytes, answers: int) -> bytes:
    """Chain one anchor, as anyone can who reads the events."""
    chained = keccak(encode(["bytes32", "bytes32", "uint256"], [head, root, answers]))
    return chained[:26] + b"\0" * 6


def test_anchor_submissions__first__starts_the_chain(escrow, task, gateway):
    escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=gateway)

    state = escrow.task_of(task)
    assert (state.anchors, state.anchored_answers) == (1, 7)
    assert state.anchor_head == next_head(ZERO, ROOT, 7)


def test_anchor_submissions__again__extends_the_chain(escrow, task, gateway):
    escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=gateway)
    escrow.anchor_submissions(task, EVIDENCE, 2, ROOT, sender=gateway)

    state = escrow.task_of(task)
    assert (state.anchors, state.anchored_answers) == (2, 9)
    assert state.anchor_head == next_head(next_head(ZERO, ROOT, 7), EVIDENCE, 2)


def test_anchor_submissions__success__is_logged_once(escrow, task, gateway):
    escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=gateway)

    fields = {"task_id": task, "root": ROOT, "answers": 7, "evidence": EVIDENCE}
    assert last_events(escrow) == [("SubmissionsAnchored", fields)]


def test_anchor_submissions__last_second_of_the_reveal__is_taken(escrow, task, gateway):
    boa.env.time_travel(seconds=DAY + HOUR - 1)

    escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=gateway)

    assert escrow.task_of(task).anchors == 1


def test_anchor_submissions__after_the_reveal__is_refused(escrow, task, gateway, books):
    pass_reveal_deadline()

    with refused("escrow: anchoring is over", books):
        escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=gateway)


def test_anchor_submissions__by_the_requester__is_refused(escrow, task, requester, books):
    with refused("escrow: not the gateway", books):
        escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=requester)


def test_anchor_submissions__unknown_task__is_refused(escrow, task, gateway, books):
    with refused("escrow: unknown task", books):
        escrow.anchor_submissions(task + 1, ROOT, 7, EVIDENCE, sender=gateway)


def test_anchor_submissions__cancelled_task__is_refused(escrow, task, requester, gateway, books):
    escrow.cancel_task(task, sender=requester)

    with refused("escrow: task is over", books):
        escrow.anchor_submissions(task, ROOT, 7, EVIDENCE, sender=gateway)


def test_anchor_submissions__no_answers__is_refused(escrow, task, gateway, books):
    with refused("escrow: no answers", books):
        escrow.anchor_submissions(task, ROOT, 0, EVIDENCE, sender=gateway)


def test_anchor_submissions__zero_root__is_refused(escrow, task, gateway, books):
    with refused("escrow: zero root", books):
        escrow.anchor_submissions(task, ZERO, 7, EVIDENCE, sender=gateway)


def test_anchor_submissions__more_than_64__are_refused(escrow, task, gateway, books):
    for _ in range(64):
        escrow.anchor_submissions(task, ROOT, 1, EVIDENCE, sender=gateway)

    with refused("escrow: too many anchors", books):
        escrow.anchor_submissions(task, ROOT, 1, EVIDENCE, sender=gateway)

    assert escrow.task_of(task).anchors == 64


def test_anchor_submissions__more_answers_than_fit__are_refused(escrow, task, gateway, books):
    escrow.anchor_submissions(task, ROOT, 2**40 - 2, EVIDENCE, sender=gateway)
    escrow.anchor_submissions(task, ROOT, 1, EVIDENCE, sender=gateway)

    with refused("escrow: too many answers", books):
        escrow.anchor_submissions(task, ROOT, 1, EVIDENCE, sender=gateway)
