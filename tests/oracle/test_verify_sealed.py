"""Audits are told from answers by the clock; what a worker withholds is counted against it."""

from dataclasses import replace

import pytest

from dao_client.keys import LocalSigner
from dao_client.messages import no_contract
from dao_client.types import Address, Wei
from oracle.types import WITHHELD, Reason
from oracle.verify import verify_evidence
from tests.oracle.tasks import (
    JURORS,
    JURY,
    audit,
    batch,
    candidate,
    careful_worker,
    evidence,
    forced,
    honest_worker,
)

pytestmark = pytest.mark.unit

stranger = LocalSigner(b"\x5b" * 32)


def verified(*candidates, **changes):
    return verify_evidence(evidence(batch(*candidates), **changes), no_contract)


def test_verify__submission_in_the_audit_window__is_an_audit_and_no_answer():
    found = verified(candidate(honest_worker, {0: "cat"}), audit(JURORS[0], {0: "dog"}, leaf=1))

    assert [(each.worker, each.label) for each in found.answers] == [(honest_worker.address, 0)]
    assert [(each.worker, each.label) for each in found.audits] == [(JURORS[0].address, 1)]
    assert found.refusals == ()


def test_verify__audit_by_somebody_who_is_not_on_the_jury__is_refused():
    found = verified(audit(stranger, {0: "dog"}))

    assert [each.reason for each in found.refusals] == [Reason.NOT_DRAWN]
    assert found.audits == ()


def test_verify__worker_with_a_seat_hands_in_during_the_audits__is_refused():
    found = verified(audit(honest_worker, {0: "dog"}))

    assert [each.reason for each in found.refusals] == [Reason.NOT_DRAWN]


def test_verify__juror_without_a_seat_for_the_item__is_refused_for_it_alone():
    many = (
        tuple(LocalSigner(bytes([number] * 32)).address for number in range(0x31, 0x3A))
        + JURY.candidates
    )
    jury = replace(JURY, candidates=tuple(sorted(many)))
    outside = next(item for item in range(3) if JURORS[0].address not in jury.seats(item))
    found = evidence(batch(audit(JURORS[0], dict.fromkeys(range(3), "cat"))))

    found = verify_evidence(replace(found, draw=replace(found.draw, jury=jury)), no_contract)

    assert outside in [each.item for each in found.refusals]
    assert {each.reason for each in found.refusals} == {Reason.NOT_DRAWN}
    assert all(JURORS[0].address in jury.seats(each.item) for each in found.audits)


def test_verify__audits__take_no_place_in_the_overlap():
    found = verified(
        audit(JURORS[0], {0: "dog"}, leaf=0),
        candidate(honest_worker, {0: "cat"}, leaf=1),
        overlap=1,
    )

    assert len(found.answers) == len(found.audits) == 1


@pytest.mark.parametrize("reason", sorted(WITHHELD))
def test_verify__answers_that_only_the_worker_can_have_spoilt__are_counted_as_withheld(reason):
    spoilt = replace(candidate(honest_worker, {0: "cat", 2: "dog"}), payload=reason)

    found = verified(spoilt, candidate(careful_worker, {0: "dog"}, leaf=1))

    assert found.withheld == {honest_worker.address: (0, 2)}
    assert [each.worker for each in found.answers] == [careful_worker.address]


def blameless():
    withheld = replace(candidate(honest_worker, {0: "cat"}), payload=Reason.NOT_REVEALED)
    return {
        "gateway lost the sealed document": replace(
            withheld, payload=Reason.MISSING_PAYLOAD, sealed_items=()
        ),
        "signature of somebody else": replace(withheld, signature=bytes(65)),
        "received late": replace(withheld, receipt=replace(withheld.receipt, received_at=1_200)),
    }


@pytest.mark.parametrize("name", blameless())
def test_verify__withheld_answers_nobody_can_pin_on_the_worker__cost_nothing(name):
    found = verified(blameless()[name])

    assert found.withheld == {}
    assert len(found.refusals) == 1


def test_verify__withheld_by_somebody_without_a_seat__costs_nothing():
    withheld = replace(candidate(honest_worker, {0: "cat"}), payload=Reason.NOT_REVEALED)

    assert verified(withheld, stakes={honest_worker.address: Wei(99)}).withheld == {}


def test_verify__juror_who_withholds__is_refused_and_not_counted_as_a_worker():
    found = verified(replace(audit(JURORS[0], {0: "dog"}), payload=Reason.NOT_REVEALED))

    assert [each.reason for each in found.refusals] == [Reason.NOT_REVEALED]
    assert found.withheld == {}


def test_verify__newcomer_without_stake_in_a_task_with_entry__counts():
    nobody: dict[Address, Wei] = {}

    assert (
        len(verified(candidate(honest_worker, {0: "cat"}), stakes=nobody, has_entry=True).answers)
        == 1
    )


@pytest.mark.parametrize(("block", "counted"), [(49, 1), (50, 0), (59, 0)])
def test_verify__answers_anchored_when_others_are_open__do_not_count(block, counted):
    """A gateway can write any time on a receipt; the chain says when it anchored."""
    late = batch(candidate(honest_worker, {0: "cat"}), block=block)

    found = verify_evidence(evidence(late), no_contract)

    assert len(found.answers) == counted
    assert [each.reason for each in found.refusals] == [Reason.ANCHORED_LATE] * (1 - counted)


@pytest.mark.parametrize(("block", "counted"), [(59, 1), (60, 0)])
def test_verify__audits_anchored_when_others_are_open__do_not_count(block, counted):
    found = verify_evidence(evidence(batch(audit(JURORS[0], {0: "dog"}), block=block)), no_contract)

    assert len(found.audits) == counted


def test_verify__withheld_and_anchored_late__costs_nothing():
    withheld = replace(candidate(honest_worker, {0: "cat"}), payload=Reason.NOT_REVEALED)

    found = verify_evidence(evidence(batch(withheld, block=50)), no_contract)

    assert found.withheld == {}


def test_verify__one_of_two_forced_is_not_published__neither_counts():
    first = forced(candidate(honest_worker, {0: "cat"}, assignment=1), log=0)
    second = forced(candidate(honest_worker, {0: "dog"}, assignment=2), log=1)
    hidden = replace(first, payload=Reason.MISSING_PAYLOAD, sealed_items=())
    other = forced(candidate(careful_worker, {0: "dog"}), log=2)

    found = verify_evidence(evidence(forced=[hidden, second, other]), no_contract)

    assert [each.worker for each in found.answers] == [careful_worker.address]
    assert {each.reason for each in found.refusals} == {
        Reason.MISSING_PAYLOAD,
        Reason.IN_PART,
    }


def test_verify__newcomers_before_a_worker_with_a_seat__leave_it_a_place():
    newcomers = [LocalSigner(bytes([number] * 32)) for number in (0x61, 0x62, 0x63)]
    crowd = [candidate(each, {0: "dog"}, leaf=place) for place, each in enumerate(newcomers)]
    seated = candidate(honest_worker, {0: "cat"}, leaf=3)

    found = verify_evidence(evidence(batch(*crowd, seated), has_entry=True, overlap=3), no_contract)

    assert {each.worker for each in found.answers} == {
        newcomers[0].address,
        honest_worker.address,
    }


def test_verify__one_of_two_anchored_is_not_published__neither_counts():
    """Who hands in one for every label could publish the right one once audits are open."""
    first = candidate(honest_worker, {0: "cat"}, assignment=1, leaf=0)
    second = candidate(honest_worker, {0: "dog"}, assignment=2, leaf=1)
    hidden = replace(first, payload=Reason.MISSING_PAYLOAD, sealed_items=())

    found = verified(hidden, second, candidate(careful_worker, {0: "dog"}, leaf=2))

    assert [each.worker for each in found.answers] == [careful_worker.address]
    assert {each.reason for each in found.refusals} == {Reason.MISSING_PAYLOAD, Reason.IN_PART}


def test_verify__missing_document_that_the_worker_did_not_sign__bars_nobody():
    forged = replace(
        candidate(honest_worker, {0: "cat"}, assignment=1, leaf=0),
        payload=Reason.MISSING_PAYLOAD,
        sealed_items=(),
        signature=bytes(65),
    )

    found = verified(forged, candidate(honest_worker, {0: "dog"}, assignment=2, leaf=1))

    assert [each.worker for each in found.answers] == [honest_worker.address]
