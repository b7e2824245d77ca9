"""Who may call what: every function that changes something, of every contract, in one table.

anyone    for themselves only: what it moves or changes is the caller's, or the rules decide it
only      one address, which the contract's own view names
role      whoever holds one of the Timelock's roles, read from its logs
member    one of the guardian's members: they can cancel proposals, together, and nothing else

A function that is missing here fails `tessera deploy --check`, and so does a holder that is not the
one of our contracts which `LINKS` names. `RECIPIENTS` names where money goes that anyone may send
on its way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eth_utils.crypto import keccak

from dao_client.contracts.abi import Abi, Entry

ADMIN_ROLE = bytes(32)
ROLES: Mapping[bytes, str] = {
    ADMIN_ROLE: "DEFAULT_ADMIN_ROLE",
    **{keccak(text=name): name for name in ("PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE")},
}
LACKS_ROLE = "AccessControlUnauthorizedAccount"


class Access(StrEnum):
    """Which kind of caller a function takes."""

    ANYONE = "anyone"
    ONLY = "only"
    ROLE = "role"
    MEMBER = "member"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a function, by which view or role it is known, and how others are refused."""

    access: Access
    holder: str = ""
    refusal: str = ""


Rules = Mapping[str, Rule]

UNKNOWN = Rule(Access.UNKNOWN)
"""What a function is that nobody has classed."""


def _anyone(*functions: str) -> Rules:
    return dict.fromkeys(functions, Rule(Access.ANYONE))


def _only(view: str, refusal: str, *functions: str) -> Rules:
    return dict.fromkeys(functions, Rule(Access.ONLY, view, refusal))


def _role(name: str, *functions: str) -> Rules:
    return dict.fromkeys(functions, Rule(Access.ROLE, name, LACKS_ROLE))


_RECEIVERS = _anyone("onERC721Received", "onERC1155Received", "onERC1155BatchReceived")
_TOKEN = _anyone("transfer", "transferFrom", "approve", "permit")

TABLE: Mapping[str, Rules] = {
    "WorkToken": {
        **_TOKEN,
        **_anyone("burn"),
        **_only("minter", "tes: caller is not the minter", "mint"),
    },
    "Staking": {
        **_anyone("deposit", "unstake", "withdraw", "collect", "lock_votes", "unlock_votes"),
        **_anyone("delegate", "delegateBySig"),
        **_only("controller", "staking: not the controller", "lock", "unlock", "slash"),
        **_only("controller", "staking: not the controller", "delay_withdrawal"),
        **_only("entry_stake", "staking: not the entry stake", "deposit_entry"),
    },
    "TaskEscrow": {
        **_anyone("create_task", "top_up", "cancel_task", "anchor_submissions"),
        **_anyone("force_submission", "claim", "claim_many", "claim_flat", "refund"),
        **_anyone("collect_fees"),
        **_only("verdict_oracle", "escrow: not the oracle", "settle", "expire"),
    },
    "VerdictOracle": {
        **_anyone("register_operator", "retire_operator", "release_operator", "post_verdict"),
        **_anyone("open_dispute", "finalise", "expire_task", "slash_operator", "slash_worker"),
        **_anyone("delay_worker", "set_sealing_key"),
        **_only("arbitrator", "verdict: not the arbitrator", "rule_dispute"),
    },
    "Parameters": _only(
        "timelock",
        "parameters: not the timelock",
        "set_parameter", "allow_method", "forbid_method",
    ),
    "Timelock": {
        **_RECEIVERS,
        **_anyone("renounceRole"),
        **_role("PROPOSER_ROLE", "schedule", "scheduleBatch"),
        **_role("EXECUTOR_ROLE", "execute", "executeBatch"),
        **_role("CANCELLER_ROLE", "cancel"),
        **_role("DEFAULT_ADMIN_ROLE", "grantRole", "revokeRole"),
        **_only("address", "TimelockUnauthorizedCaller", "updateDelay"),
    },
    "Governor": {
        **_anyone("propose", "queue", "execute", "cancel"),
        **_anyone("castVote", "castVoteWithReason", "castVoteWithReasonAndParams"),
        **_anyone("castVoteBySig", "castVoteWithReasonAndParamsBySig"),
        **_only(
            "timelock",
            "GovernorOnlyExecutor",
            "relay", "updateTimelock", "updateQuorumNumerator", "setVotingDelay",
            "setVotingPeriod", "setProposalThreshold", "setLateQuorumVoteExtension",
            "setProposalGuardian",
        ),
    },
    "WorkerHouse": _only("rewards", "house: caller is not rewards", "credit"),
    "Rewards": {
        **_anyone("distribute", "claim_fees", "register_task", "claim_emission"),
        **_only("timelock", "rewards: not the timelock", "set_emission_rate"),
    },
    "Treasury": {
        **_anyone("claim_grant", "collect"),
        **_only(
            "timelock",
            "treasury: not the timelock",
            "spend", "spend_over_limit", "open_grant", "cancel_grant",
        ),
    },
    "InsurancePool": {
        **_anyone("collect"),
        **_only("timelock", "insurance: not the timelock", "pay"),
    },
    "EntryStake": {
        **_anyone("credit"),
        **_only("address", "entry: not the entry stake", "release"),
    },
    "Guardian": {
        **_anyone("cancel"),
        "approve": Rule(Access.MEMBER, "members", "guardian: not a member"),
    },
    "PaymentToken": {**_TOKEN, **_anyone("mint")},
}  # fmt: skip
"""By contract and function; `address` as a view stands for the contract itself."""

RECIPIENTS: Mapping[str, tuple[str, ...]] = {
    "Staking": ("treasury",),
    "TaskEscrow": ("fee_recipient",),
    "VerdictOracle": ("treasury", "insurance"),
}
"""Views that name who receives fees and what is slashed."""

LINKS: Mapping[str, Mapping[str, str]] = {
    "WorkToken": {"minter": "Rewards"},
    "Staking": {
        "work_token": "WorkToken", "controller": "VerdictOracle", "treasury": "Treasury",
        "parameters": "Parameters", "entry_stake": "EntryStake",
    },
    "TaskEscrow": {"verdict_oracle": "VerdictOracle", "fee_recipient": "Rewards"},
    "VerdictOracle": {
        "arbitrator": "Timelock", "treasury": "Treasury", "insurance": "InsurancePool",
    },
    "Parameters": {"timelock": "Timelock", "task_escrow": "TaskEscrow"},
    "Timelock": {"address": "Timelock"},
    "Governor": {"timelock": "Timelock", "token": "Staking", "proposalGuardian": "Guardian"},
    "WorkerHouse": {"rewards": "Rewards"},
    "Rewards": {
        "work_token": "WorkToken", "staking": "Staking", "task_escrow": "TaskEscrow",
        "verdict_oracle": "VerdictOracle", "worker_house": "WorkerHouse", "timelock": "Timelock",
    },
    "Treasury": {"timelock": "Timelock", "staking": "Staking"},
    "InsurancePool": {"timelock": "Timelock", "staking": "Staking"},
    "EntryStake": {"address": "EntryStake", "task_escrow": "TaskEscrow", "staking": "Staking"},
    "Guardian": {"governor": "Governor"},
}  # fmt: skip
"""Which contract of ours each view names: another one of ours there is as wrong as a wallet."""

UNSEEN_LINKS: Mapping[str, Mapping[int, str]] = {
    "VerdictOracle": {-7: "Staking", -6: "TaskEscrow", -5: "Parameters", -4: "WorkToken"},
    "Governor": {
        -6: "Parameters", -5: "Treasury", -4: "VerdictOracle", -3: "Staking", -2: "WorkToken",
        -1: "WorkerHouse",
    },
}  # fmt: skip
"""Contracts that no view names, by the word behind the code in which they stand."""

ROLE_HOLDERS: Mapping[str, str] = {
    "DEFAULT_ADMIN_ROLE": "Timelock",
    **dict.fromkeys(("PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"), "Governor"),
}
"""Who may hold each role of the Timelock."""


def changing_functions(abi: Abi) -> list[Entry]:
    """Return every function of a contract that can change something, in the order of its ABI."""
    return [
        entry
        for (kind, _), entry in abi.entries.items()
        if kind == "function" and entry["stateMutability"] in ("nonpayable", "payable")
    ]
