"""One file per contract; events as values."""

from dao_client.contracts.contract import Call
from dao_client.contracts.staking import Staking, Totals, Unbonding
from dao_client.contracts.task_escrow import CLAIMS_AT_ONCE, SettlementTerms, TaskEscrow
from dao_client.contracts.token import Token
from dao_client.contracts.verdict_oracle import OracleSettings, VerdictOracle, posted_verdict
from dao_client.contracts.work_token import WorkToken

__all__ = [
    "CLAIMS_AT_ONCE",
    "Call",
    "OracleSettings",
    "SettlementTerms",
    "Staking",
    "TaskEscrow",
    "Token",
    "Totals",
    "Unbonding",
    "VerdictOracle",
    "WorkToken",
    "posted_verdict",
]
