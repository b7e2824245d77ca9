"""One file per contract; events as values."""

from dao_client.contracts.contract import Call
from dao_client.contracts.entry_stake import EntryStake
from dao_client.contracts.governor import Governor
from dao_client.contracts.insurance_pool import InsurancePool, PoolTotals
from dao_client.contracts.parameters import ParameterId, Parameters
from dao_client.contracts.rewards import Rewards
from dao_client.contracts.staking import EntrySeat, Staking, Totals, Unbonding
from dao_client.contracts.task_escrow import CLAIMS_AT_ONCE, SettlementTerms, TaskEscrow
from dao_client.contracts.timelock import Timelock
from dao_client.contracts.token import Token
from dao_client.contracts.treasury import Treasury
from dao_client.contracts.verdict_oracle import VerdictOracle, posted_verdict
from dao_client.contracts.work_token import WorkToken
from dao_client.contracts.worker_house import WorkerHouse

__all__ = [
    "CLAIMS_AT_ONCE",
    "Call",
    "EntrySeat",
    "EntryStake",
    "Governor",
    "InsurancePool",
    "ParameterId",
    "Parameters",
    "PoolTotals",
    "Rewards",
    "SettlementTerms",
    "Staking",
    "TaskEscrow",
    "Timelock",
    "Token",
    "Totals",
    "Treasury",
    "Unbonding",
    "VerdictOracle",
    "WorkToken",
    "WorkerHouse",
    "posted_verdict",
]
