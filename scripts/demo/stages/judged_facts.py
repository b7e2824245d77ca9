"""Read what the money rule did from a recount of the task: audits, jurors, slashes and why."""

from collections.abc import Mapping, Sequence

from dao_client.types import Address, ItemIndex
from oracle.aggregate import UNIT
from oracle.audits import audited_items
from oracle.explain import Recount
from oracle.judging import audit_labels
from oracle.settlement import Account
from scripts.demo.crowd import CrowdItem
from scripts.demo.rule_report import AuditFacts, JurorRow


def audit_facts(
    found: Recount,
    items: Sequence[CrowdItem],
    beacon_block: int,
    paid: Mapping[Address, int],
) -> AuditFacts:
    """Return what was audited, by whom, and what it says about the crowd."""
    evidence, judged = found.evidence, found.judged
    draw, rules = evidence.draw, evidence.rules
    ruled = audit_labels(evidence, found.verified.audits)
    judgeable = {item: label for item, label in ruled.items() if items[item].truth is not None}
    wrong = sum(rules.labels[label] != items[item].truth for item, label in judgeable.items())
    return AuditFacts(
        beacon_block=beacon_block,
        seed="0x" + draw.seed.hex(),
        rate_bps=draw.rate,
        drawn=len(audited_items(draw.seed, rules.item_count, draw.rate)),
        ruled=len(ruled),
        wrong=wrong if judgeable else None,
        health=judged.settlement.health / UNIT,
        errors=judged.errors[0],
        is_paid_by_audits=judged.is_paid_by_audits,
        jurors=tuple(_juror(found, ruled, juror, paid) for juror in draw.jury.members),
    )


def slash_reasons(found: Recount) -> dict[Address, tuple[str, ...]]:
    """Say for each worker which test of the rule hit; empty for those who keep their stake."""
    accounts = zip(found.judged.workers, found.judged.settlement.accounts, strict=True)
    return {worker: tuple(_reasons(account)) for worker, account in accounts}


def _juror(
    found: Recount, ruled: Mapping[ItemIndex, int], juror: Address, paid: Mapping[Address, int]
) -> JurorRow:
    own = [audit for audit in found.verified.audits if audit.worker == juror]
    right = sum(ruled.get(audit.item) == audit.label for audit in own)
    return JurorRow(juror, len(own), right, paid.get(juror, 0))


def _reasons(account: Account) -> list[str]:
    """Name the tests in the words of docs/demo.md."""
    reasons = {
        "audits": account.audit_test.is_hit,
        "peers": account.peers_test.is_hit,
        "withheld": account.withheld > 0,
    }
    return [reason for reason, is_true in reasons.items() if is_true]
