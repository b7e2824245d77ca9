"""Join the pure stages: evidence in, decision out, the same bits on every machine."""

from dao_client.messages import IsValid1271

from .label import label_items
from .pay import pay_workers
from .types import Decision, Evidence
from .verify import verify_evidence


def decide(evidence: Evidence, is_valid_1271: IsValid1271) -> Decision:
    """Verify, label and pay; nothing is slashed in this version."""
    verified = verify_evidence(evidence, is_valid_1271)
    labels = label_items(evidence, verified.answers)
    return Decision(
        labels=labels,
        payouts=pay_workers(evidence.rules, verified.answers, labels),
        slashes=(),
        refusals=verified.refusals,
        method=evidence.rules.method,
    )
