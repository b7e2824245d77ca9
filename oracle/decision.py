"""Join the pure stages: evidence in, decision out, the same bits on every machine."""

from dao_client.documents import Outcome
from dao_client.messages import IsValid1271

from .judging import judge_task
from .label import label_items
from .pay import change_reputation, pay_everybody, slash_workers
from .types import Decision, Evidence
from .verify import verify_evidence


def decide(evidence: Evidence, is_valid_1271: IsValid1271) -> Decision:
    """Verify, judge by the audits, label, pay and slash."""
    verified = verify_evidence(evidence, is_valid_1271)
    judged = judge_task(evidence, verified)
    errors, audited = judged.errors
    return Decision(
        labels=label_items(evidence.rules, judged.labels),
        payouts=pay_everybody(evidence, judged, verified.audits),
        slashes=slash_workers(judged),
        refusals=verified.refusals,
        reputation=change_reputation(evidence, judged),
        outcome=Outcome(
            health=judged.settlement.health,
            audited=audited,
            errors=errors,
            is_delivered=judged.is_delivered,
        ),
        method=evidence.rules.method,
    )
