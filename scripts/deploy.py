"""`tessera deploy`: put the contracts on a chain and write down where they are."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.chain import Chain
from dao_client.cli.amounts import parse_amount, parse_seconds
from dao_client.cli.connection import deployment_path, open_signer
from dao_client.cli.options import LOCAL_RPC, Account, AsJson, DeploymentFile, Keystore, Rpc
from dao_client.cli.output import progress, show
from dao_client.cli.task_publishing import checked_address
from dao_client.contracts import OracleSettings
from dao_client.deployment import Deployment, DeploymentSettings, deploy_measured
from dao_client.errors import TransactionRefused
from dao_client.transactions import Sender
from dao_client.types import Address

DEVELOPMENT_CHAINS = frozenset({1337, 31337})
TES_DECIMALS = 18

Role = Annotated[str | None, typer.Option(help="Address; the deployer if left out.")]
Length = Annotated[str, typer.Option(help="Such as 90, 30m, 12h or 3d.")]
Tes = Annotated[str, typer.Option(help="In TES.")]


def deploy(
    treasury: Role = None,
    arbitrator: Role = None,
    fee_recipient: Role = None,
    holder: Role = None,
    supply: Tes = "100000000",
    fee_bps: Annotated[int, typer.Option(help="Fee on payouts, in 1/10000.")] = 250,
    unbonding: Length = "14d",
    min_operator_stake: Tes = "1000",
    challenge_bond: Tes = "100",
    challenge: Length = "1d",
    ruling: Length = "3d",
    grace: Length = "1d",
    operator_slash_bps: Annotated[
        int, typer.Option(help="What signing a struck-down verdict costs, in 1/10000.")
    ] = 5_000,
    test_token: Annotated[
        bool | None,
        typer.Option(
            "--test-token/--no-test-token",
            help="Also deploy a payment token that anyone can mint; done on development chains.",
        ),
    ] = None,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Forget contracts that live, with all they hold.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Deploy every contract; all settings are fixed for ever, nobody owns anything afterwards.

    On a development chain the wallet may be left out: the node's first account deploys.
    """
    chain = Chain.connect(rpc)
    is_development = chain.chain_id in DEVELOPMENT_CHAINS
    wallet = "0" if is_development and keystore is None and account is None else account
    settings = DeploymentSettings(
        treasury=_role(treasury, "treasury"),
        arbitrator=_role(arbitrator, "arbitrator"),
        fee_recipient=_role(fee_recipient, "fee recipient"),
        holder=_role(holder, "holder"),
        supply=parse_amount(supply, TES_DECIMALS),
        unbonding_seconds=parse_seconds(unbonding),
        fee_bps=fee_bps,
        oracle=OracleSettings(
            min_operator_stake=parse_amount(min_operator_stake, TES_DECIMALS),
            challenge_bond=parse_amount(challenge_bond, TES_DECIMALS),
            challenge_seconds=parse_seconds(challenge),
            ruling_seconds=parse_seconds(ruling),
            grace_seconds=parse_seconds(grace),
            operator_slash_bps=operator_slash_bps,
        ),
        has_payment_token=is_development if test_token is None else test_token,
    )
    path = deployment_path(chain.chain_id, deployment)
    if not replace:
        _check_free(chain, path)
    sender = Sender(chain, open_signer(chain, keystore, wallet))
    show(_deploy(sender, settings, path), as_json=as_json)


def _check_free(chain: Chain, path: Path) -> None:
    """Refuse to forget where living contracts are; those of a chain that is gone may go."""
    if not path.exists():
        return
    escrow = Deployment.load(path).task_escrow
    if chain.code(escrow):
        raise TransactionRefused(
            f"{path} names contracts that live on this chain (escrow {escrow}): use them, write "
            "another file with --deployment FILE, or forget them with --replace",
            "deployed before",
        )


def _deploy(sender: Sender, settings: DeploymentSettings, path: Path) -> dict[str, Any]:
    with progress(f"Deploying to chain {sender.chain.chain_id}"):
        deployment, mined = deploy_measured(sender, settings)
    deployment.save(path)
    return {**_addresses(deployment), "file": str(path), "gas": _gas(mined)}


def _addresses(deployment: Deployment) -> dict[str, Any]:
    return {
        "chain_id": deployment.chain_id,
        "evm": deployment.evm,
        "WorkToken": deployment.work_token,
        "Staking": deployment.staking,
        "TaskEscrow": deployment.task_escrow,
        "VerdictOracle": deployment.verdict_oracle,
        "PaymentToken": deployment.payment_token,
    }


def _gas(mined: dict[str, Any]) -> dict[str, int]:
    return {name: each.gas_used for name, each in mined.items()}


def _role(address: str | None, what: str) -> Address | None:
    return None if address is None else checked_address(address, what)
