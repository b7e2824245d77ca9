"""Know where the contracts of a chain are, and join them with the chain."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from eth_utils.address import to_checksum_address

from dao_client.chain import Chain
from dao_client.contracts import (
    EntryStake,
    Governor,
    InsurancePool,
    Parameters,
    Rewards,
    Staking,
    TaskEscrow,
    Timelock,
    Token,
    Treasury,
    VerdictOracle,
    WorkerHouse,
    WorkToken,
)
from dao_client.errors import DeploymentUnknown, WrongChain
from dao_client.messages import Domain
from dao_client.types import Address, BlockNumber

NAMES = {
    "WorkToken": "work_token",
    "Staking": "staking",
    "TaskEscrow": "task_escrow",
    "VerdictOracle": "verdict_oracle",
    "Parameters": "parameters",
    "Timelock": "timelock",
    "Governor": "governor",
    "WorkerHouse": "worker_house",
    "Rewards": "rewards",
    "Treasury": "treasury",
    "InsurancePool": "insurance_pool",
    "EntryStake": "entry_stake",
    "Guardian": "guardian",
    "PaymentToken": "payment_token",
}
"""Contracts in the order of their deployment, and the fields that hold their addresses."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment, as `deployments/<chain_id>.json` keeps it."""

    chain_id: int
    evm: str
    block: BlockNumber
    work_token: Address
    staking: Address
    task_escrow: Address
    verdict_oracle: Address
    parameters: Address
    timelock: Address
    governor: Address
    worker_house: Address
    rewards: Address
    treasury: Address
    insurance_pool: Address
    entry_stake: Address
    guardian: Address | None = None
    payment_token: Address | None = None

    @property
    def contracts(self) -> dict[str, Address]:
        """Every contract that was deployed, by its name, in order."""
        found = {name: getattr(self, field) for name, field in NAMES.items()}
        return {name: address for name, address in found.items() if address}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a deployment file."""
        try:
            found = json.loads(path.read_text("utf-8"))
            contracts = {
                NAMES[name]: Address(to_checksum_address(each))
                for name, each in found["contracts"].items()
            }
            return cls(
                int(found["chain_id"]), found["evm"], BlockNumber(found["block"]), **contracts
            )
        except OSError as error:
            raise DeploymentUnknown(
                f"the deployment file {path} cannot be read ({error.strerror}): "
                "name another with --deployment, or run `tessera deploy`"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise DeploymentUnknown(
                f"the deployment file {path} is malformed ({error!r}): run `tessera deploy` again"
            ) from error

    def save(self, path: Path) -> None:
        """Write the deployment file."""
        content = {
            "chain_id": self.chain_id,
            "evm": self.evm,
            "block": self.block,
            "contracts": self.contracts,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class System:
    """The contracts of a deployment on a live chain."""

    chain: Chain
    deployment: Deployment
    work_token: WorkToken
    staking: Staking
    task_escrow: TaskEscrow
    verdict_oracle: VerdictOracle
    parameters: Parameters
    timelock: Timelock
    governor: Governor
    worker_house: WorkerHouse
    rewards: Rewards
    treasury: Treasury
    insurance_pool: InsurancePool
    entry_stake: EntryStake

    @classmethod
    def connect(cls, chain: Chain, deployment: Deployment) -> Self:
        """Join a deployment with its chain; refuse another chain, or one that was started anew."""
        if chain.chain_id != deployment.chain_id:
            raise WrongChain(
                f"{chain.rpc.url} is chain {chain.chain_id}, the deployment is on chain "
                f"{deployment.chain_id}: give the node or the deployment file that belongs to it"
            )
        if not chain.code(deployment.task_escrow):
            raise DeploymentUnknown(
                f"there is no contract at {deployment.task_escrow} on chain {chain.chain_id}: "
                "was the chain started anew? run `tessera deploy`"
            )
        return cls(
            chain,
            deployment,
            WorkToken(chain, deployment.work_token),
            Staking(chain, deployment.staking),
            TaskEscrow(chain, deployment.task_escrow),
            VerdictOracle(chain, deployment.verdict_oracle),
            Parameters(chain, deployment.parameters),
            Timelock(chain, deployment.timelock),
            Governor(chain, deployment.governor),
            WorkerHouse(chain, deployment.worker_house),
            Rewards(chain, deployment.rewards),
            Treasury(chain, deployment.treasury),
            InsurancePool(chain, deployment.insurance_pool),
            EntryStake(chain, deployment.entry_stake),
        )

    @property
    def first_block(self) -> BlockNumber:
        """The block from which on events can exist."""
        return self.deployment.block

    @property
    def escrow_domain(self) -> Domain:
        """What submissions and receipts are signed for."""
        return Domain(self.chain.chain_id, self.task_escrow.address)

    @property
    def oracle_domain(self) -> Domain:
        """What verdicts are signed for."""
        return Domain(self.chain.chain_id, self.verdict_oracle.address)

    def token(self, address: Address) -> Token:
        """Return any payment token on this chain."""
        return Token(self.chain, address)
