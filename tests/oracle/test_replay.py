"""A worker's signature counts on one chain, for one contract and one task."""

from dataclasses import replace

import pytest

from dao_client.messages import no_contract, submission_message
from dao_client.types import TaskId
from oracle.types import Reason
from oracle.verify import verify_evidence
from tests.oracle.tasks import DOMAIN, NOBODY, batch, candidate, evidence, honest_worker

pytestmark = pytest.mark.unit


def reasons(found):
    refusals = verify_evidence(found, no_contract).refusals
    return [(refusal.item, refusal.reason) for refusal in refusals]


@pytest.mark.parametrize(
    "domain", [replace(DOMAIN, chain_id=1), replace(DOMAIN, verifying_contract=NOBODY)]
)
def test_verify__signature_for_another_chain_or_contract__is_refused(domain):
    sound = candidate(honest_worker, {0: "cat"})
    foreign = honest_worker.sign_typed(submission_message(sound.submission, domain))

    assert reasons(evidence(batch(replace(sound, signature=foreign)))) == [
        (-1, Reason.BAD_SIGNATURE)
    ]


def test_verify__signature_for_another_task__is_refused():
    sound = candidate(honest_worker, {0: "cat"})
    other = submission_message(replace(sound.submission, task_id=TaskId(8)), DOMAIN)
    replayed = replace(sound, signature=honest_worker.sign_typed(other))

    assert reasons(evidence(batch(replayed))) == [(-1, Reason.BAD_SIGNATURE)]
