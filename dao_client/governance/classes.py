"""Say what a proposal needs, by the same rule as the Governor: what is not listed is critical.

    number      bounded numbers                      a majority                          2 d
    protected   what workers protect                 a majority of both houses           2 d
    spending    the treasury, within its limit       a majority                          7 d
    critical    everything else                      two thirds and the workers          7 d

The last column is the delay in the Timelock at least.
"""

from collections.abc import Iterable

from dao_client.contracts.governor import ProposalClass
from dao_client.contracts.parameters import ParameterId
from dao_client.governance.decoding import DecodedCall

PROTECTED = frozenset(
    {
        ParameterId.PROTOCOL_FEE_BPS,
        ParameterId.OPERATOR_SLASH_BPS,
        ParameterId.JURY_SLASH_BPS,
        ParameterId.JURY_SILENT_SLASH_BPS,
        ParameterId.AUDIT_RATE_BPS,
        ParameterId.SLASH_PER_ANSWER_BPS,
        ParameterId.PRICE_FLOOR_PER_HOUR,
        ParameterId.REVEAL_SECONDS,
    }
)
"""The parameters that workers protect (the module parameter_ids)."""

NUMBER = ProposalClass(needs_workers=False, needs_two_thirds=False, is_slow=False)
WORKERS = ProposalClass(needs_workers=True, needs_two_thirds=False, is_slow=False)
SPENDING = ProposalClass(needs_workers=False, needs_two_thirds=False, is_slow=True)
CRITICAL = ProposalClass(needs_workers=True, needs_two_thirds=True, is_slow=True)

SLOW_SECONDS = 7 * 86_400

CLASSES = {
    ("Governor", "setVotingDelay"): NUMBER,
    ("Governor", "setVotingPeriod"): NUMBER,
    ("Governor", "setProposalThreshold"): NUMBER,
    ("Governor", "setLateQuorumVoteExtension"): NUMBER,
    ("Governor", "updateQuorumNumerator"): NUMBER,
    ("Parameters", "allow_method"): WORKERS,
    ("Parameters", "forbid_method"): WORKERS,
    ("VerdictOracle", "rule_dispute"): WORKERS,
    ("Treasury", "spend"): SPENDING,
    ("Treasury", "open_grant"): SPENDING,
    ("Treasury", "cancel_grant"): SPENDING,
}


def class_of(calls: Iterable[DecodedCall]) -> ProposalClass:
    """Return what calls need together: the strictest of each."""
    needs = [_class_of(call) for call in calls]
    return ProposalClass(
        needs_workers=any(each.needs_workers for each in needs),
        needs_two_thirds=any(each.needs_two_thirds for each in needs),
        is_slow=any(each.is_slow for each in needs),
    )


def name_of(kind: ProposalClass) -> str:
    """Name a class."""
    names = {NUMBER: "number", WORKERS: "protected", SPENDING: "spending", CRITICAL: "critical"}
    return names.get(kind, "mixed")


def needs_of(kind: ProposalClass) -> list[str]:
    """Write what a proposal of a class needs."""
    majority = "two thirds of the votes" if kind.needs_two_thirds else "a majority of the votes"
    workers = ["a majority and the quorum of the worker house"] if kind.needs_workers else []
    return [f"{majority} and the quorum", *workers]


def delay_of(kind: ProposalClass, min_delay: int) -> int:
    """Return how long it waits in the Timelock."""
    return max(min_delay, SLOW_SECONDS) if kind.is_slow else min_delay


def _class_of(call: DecodedCall) -> ProposalClass:
    if call.action.value:
        return CRITICAL
    if call.parameter is not None:
        return WORKERS if call.parameter in PROTECTED else NUMBER
    return CLASSES.get((call.contract or "", call.function or ""), CRITICAL)
