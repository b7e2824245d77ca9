"""The cast of the money machine: deployed contracts, funded wallets, operators with keys."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import boa
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from tests.contracts.deploying import deploy
from tests.system import TES, Roles, System, deploy_system

WEALTH = 10**12
OPERATOR_STAKE = 2_000 * TES


@dataclass(frozen=True)
class Stage:
    """Everybody and everything that can act."""

    system: System
    tokens: tuple[Any, Any]
    requesters: tuple[str, ...]
    workers: tuple[str, ...]
    operators: tuple[LocalAccount, ...]
    gateway: str
    challenger: str
    stranger: str
    roles: Roles

    @property
    def escrow(self) -> Any:
        return self.system.task_escrow

    @property
    def oracle(self) -> Any:
        return self.system.verdict_oracle

    @property
    def parameters(self) -> Any:
        return self.system.parameters

    @property
    def staking(self) -> Any:
        return self.system.staking

    @property
    def tes(self) -> Any:
        return self.system.work_token


def _account(name: str) -> str:
    return str(boa.env.generate_address(name))


def _fund(stage: Stage) -> None:
    holder = stage.roles.genesis_holder
    for token in stage.tokens:
        for account in (*stage.requesters, *stage.workers):
            token.transfer(account, WEALTH, sender=holder)
            token.approve(stage.escrow, 2**256 - 1, sender=account)
            token.approve(stage.staking, 2**256 - 1, sender=account)
    for account in (*(key.address for key in stage.operators), stage.challenger):
        stage.tes.transfer(account, 2 * OPERATOR_STAKE, sender=holder)
        stage.tes.approve(stage.staking, 2**256 - 1, sender=account)
        stage.staking.deposit(stage.tes, OPERATOR_STAKE, sender=account)
    for key in stage.operators:
        stage.oracle.register_operator(OPERATOR_STAKE, sender=key.address)


@cache
def set_stage() -> Stage:
    """Deploy and fund once; every example starts from a copy of this state."""
    holder = _account("genesis_holder")
    roles = Roles(
        holder,
        *map(_account, ("treasury", "arbitrator", "fee_recipient", "timelock")),
    )
    keys = [Account.from_key(keccak(text=f"operator {number}")) for number in range(3)]
    stage = Stage(
        system=deploy_system(roles),
        tokens=(
            deploy("mocks/PaymentToken", "Test Dollar", "TUSD", 6, holder, 100 * WEALTH),
            deploy("mocks/NoReturnToken", holder, 100 * WEALTH),
        ),
        requesters=(_account("requester"), _account("other_requester")),
        workers=tuple(_account(f"worker {number}") for number in range(4)),
        operators=tuple(sorted(keys, key=lambda key: int(key.address, 16))),
        gateway=_account("gateway"),
        challenger=_account("challenger"),
        stranger=_account("stranger"),
        roles=roles,
    )
    _fund(stage)
    return stage
