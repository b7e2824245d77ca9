"""Every answer that does not count has its reason, and takes nothing else with it."""

from dataclasses import replace

import pytest

from dao_client.messages import no_contract
from dao_client.types import Anchor, TaskId, Timestamp, Wei
from oracle.types import Payload, Reason, Refusal
from oracle.verify import verify_evidence
from tests.oracle.tasks import (
    DOMAIN,
    NOBODY,
    batch,
    candidate,
    careful_worker,
    evidence,
    forced,
    honest_worker,
    lazy_worker,
    signed,
    three_workers,
)

pytestmark = pytest.mark.unit


def verified(found):
    return verify_evidence(found, no_contract)


def reasons(found):
    return [(refusal.item, refusal.reason) for refusal in verified(found).refusals]


def counted(found):
    return [(answer.item, answer.worker, answer.label) for answer in verified(found).answers]


def test_verify__sound_evidence__counts_every_answer():
    result = verified(three_workers())

    assert len(result.answers) == 9
    assert result.refusals == ()


def whole_submissions():
    sound = candidate(honest_worker, {0: "cat"})
    payload = sound.payload
    of_another_task = replace(sound.submission, task_id=TaskId(8))
    late = replace(sound.receipt, received_at=Timestamp(1_000))
    last = replace(sound.receipt, received_at=Timestamp(1_666))
    old = signed(honest_worker, replace(sound.submission, deadline=Timestamp(899)), payload.answers)
    return [
        (Reason.MISSING_PAYLOAD, replace(sound, payload=Reason.MISSING_PAYLOAD)),
        (Reason.MALFORMED, replace(sound, payload=Reason.MALFORMED)),
        (Reason.WRONG_TASK, signed(honest_worker, of_another_task, payload.answers)),
        (Reason.BAD_SIGNATURE, replace(sound, signature=bytes(65))),
        (Reason.BAD_SIGNATURE, signed(lazy_worker, sound.submission, payload.answers)),
        (Reason.WRONG_RECEIPT, replace(sound, receipt=None)),
        (Reason.LATE, replace(sound, receipt=late)),
        (Reason.LATE, replace(sound, receipt=last)),
        (Reason.EXPIRED, old),
        (Reason.WRONG_PAYLOAD, replace(sound, payload=replace(payload, assignment_id=2))),
        (Reason.WRONG_ITEMS, replace(sound, payload=replace(payload, answers=()))),
        (Reason.WRONG_ROOT, resalted(sound)),
        (Reason.NOT_REVEALED, replace(sound, payload=Reason.NOT_REVEALED)),
    ]


def resalted(sound):
    answers = tuple(replace(each, salt=b"\xee" * 32) for each in sound.payload.answers)
    return replace(sound, payload=replace(sound.payload, answers=answers))


@pytest.mark.parametrize(("reason", "faulty"), whole_submissions())
def test_verify__faulty_submission__is_refused_and_the_other_counts(reason, faulty):
    other = candidate(careful_worker, {0: "dog"}, leaf=1)

    found = evidence(batch(faulty, other))

    assert reasons(found) == [(-1, reason)]
    assert counted(found) == [(0, careful_worker.address, 1)]


def test_verify__one_wei_below_a_seat__is_refused():
    stakes = {honest_worker.address: Wei(99), careful_worker.address: Wei(100)}
    pair = batch(
        candidate(honest_worker, {0: "cat"}), candidate(careful_worker, {0: "dog"}, leaf=1)
    )

    assert reasons(evidence(pair, stakes=stakes)) == [(-1, Reason.NO_SEAT)]


@pytest.mark.parametrize(
    ("anchor", "reason"),
    [
        (lambda right: Anchor(right.root, right.answers + 1), Reason.WRONG_BATCH_COUNT),
        (lambda right: Anchor(bytes(32), right.answers), Reason.WRONG_BATCH_ROOT),
    ],
)
def test_verify__batch_other_than_anchored__is_refused_whole(anchor, reason):
    sound = batch(candidate(honest_worker, {0: "cat"}))

    assert reasons(evidence(replace(sound, anchor=anchor(sound.anchor)))) == [(-1, reason)]


def test_verify__batch_that_nobody_could_read__is_refused_under_its_gateway():
    sound = batch(candidate(honest_worker, {0: "cat"}))
    lost = replace(sound, position=1, candidates=(), fault=Reason.MISSING_PAYLOAD)

    result = verified(evidence(sound, lost))

    assert result.refusals == (Refusal(NOBODY, 1, -1, Reason.MISSING_PAYLOAD),)
    assert len(result.answers) == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({3: "cat"}, Reason.UNKNOWN_ITEM),
        ({2**60: "cat"}, Reason.UNKNOWN_ITEM),
        ({0: "bird"}, Reason.SCHEMA),
        ({0: ["cat"]}, Reason.SCHEMA),
        ({0: 0}, Reason.SCHEMA),
    ],
)
def test_verify__faulty_answer__is_refused_alone(values, reason):
    found = evidence(batch(candidate(honest_worker, {1: "dog", **values})))

    assert reasons(found) == [(next(iter(values)), reason)]
    assert counted(found) == [(1, honest_worker.address, 1)]


def test_verify__second_answer_to_an_item__is_refused():
    first = candidate(honest_worker, {0: "cat"}, leaf=0, assignment=1)
    second = candidate(honest_worker, {0: "dog", 1: "dog"}, leaf=1, assignment=2)

    found = evidence(batch(first, second))

    assert reasons(found) == [(0, Reason.ANSWERED_TWICE)]
    assert counted(found) == [(0, honest_worker.address, 0), (1, honest_worker.address, 1)]


def test_verify__same_assignment_forced_too__counts_once():
    anchored = candidate(honest_worker, {0: "cat"})

    found = evidence(batch(anchored), forced=[forced(anchored)])

    assert reasons(found) == [(-1, Reason.REPEATED)]
    assert counted(found) == [(0, honest_worker.address, 0)]


def test_verify__forced_submission__needs_no_signature():
    found = evidence(forced=[forced(candidate(honest_worker, {0: "cat"}))])

    assert counted(found) == [(0, honest_worker.address, 0)]


def test_verify__over_the_overlap__the_later_and_the_forced_yield():
    early = candidate(honest_worker, {0: "cat"}, leaf=0)
    late = candidate(careful_worker, {0: "dog"}, leaf=1)
    outside = forced(candidate(lazy_worker, {0: "dog"}))

    found = evidence(batch(early, late), forced=[outside], overlap=1)

    assert counted(found) == [(0, honest_worker.address, 0)]
    assert reasons(found) == [(0, Reason.OVER_OVERLAP)] * 2


def test_verify__refused_answer__takes_no_place_in_the_overlap():
    wrong = candidate(honest_worker, {0: "bird"}, leaf=0)
    right = candidate(careful_worker, {0: "dog"}, leaf=1)

    found = evidence(batch(wrong, right), overlap=1)

    assert counted(found) == [(0, careful_worker.address, 1)]


def test_verify__wallet_contract__is_asked_about_its_signature():
    asked = []
    sound = replace(candidate(honest_worker, {0: "cat"}), signature=b"of a wallet")

    def accept(signer, digest, signature):
        asked.append((signer, signature))
        return True

    result = verify_evidence(evidence(batch(sound)), accept)

    assert asked == [(honest_worker.address, b"of a wallet")]
    assert len(result.answers) == 1


def test_verify__batch_for_another_chain__is_refused_whole():
    sound = candidate(honest_worker, {0: "cat"})
    found = evidence(batch(sound), domain=replace(DOMAIN, chain_id=1))

    assert reasons(found) == [(-1, Reason.WRONG_BATCH_ROOT)]
    assert isinstance(sound.payload, Payload)
