"""`tessera deploy`: put the contracts on a chain, write down where they are, prove who may what."""

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import parse_seconds
from dao_client.chain import Chain
from dao_client.cli.desk import Desk, with_wallet
from dao_client.cli.genesis_file import read_genesis_file
from dao_client.cli.output import progress
from dao_client.cli.task_publishing import checked_address
from dao_client.deploying import DeploymentSettings, GovernanceSettings, deploy_measured
from dao_client.deployment import Deployment
from dao_client.encoding import method_hash
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.genesis import Genesis
from dao_client.parameter_values import parse_setting
from dao_client.transactions import Sender
from dao_client.types import Address
from oracle.aggregate import TASK_METHODS
from scripts.deploy_check import check_deployment

DEVELOPMENT_CHAINS = frozenset({1337, 31337})

Role = Annotated[str | None, typer.Option(help="Address; the DAO's own contract if left out.")]
Length = Annotated[str, typer.Option(help="Such as 90, 30m, 12h or 3d.")]


@with_wallet
def deploy(
    desk: Desk,
    genesis: Annotated[
        Path | None,
        typer.Option(help="YAML: who holds what on the first day; needed on a real chain."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(help="First value of a parameter, such as challenge_seconds=6h; repeatable."),
    ] = None,
    treasury: Role = None,
    arbitrator: Role = None,
    fee_recipient: Role = None,
    holder: Annotated[
        str | None,
        typer.Option(help="Who holds the half of the development genesis; else the deployer."),
    ] = None,
    voting_delay: Length = "2d",
    voting_period: Length = "5d",
    late_extension: Length = "2d",
    threshold_bps: Annotated[
        int, typer.Option(help="Share of staked power that proposes, in 1/10000.")
    ] = 50,
    quorum_percent: Annotated[int, typer.Option(help="Share of staked power that decides.")] = 5,
    timelock: Length = "2d",
    guardian_term: Length = "365d",
    test_token: Annotated[
        bool | None,
        typer.Option(
            "--test-token/--no-test-token",
            help="Also deploy a payment token that anyone can mint; done on development chains.",
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Forget contracts that live, with all they hold.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Deploy nothing: prove who may call what; exit 1 if it fails."
        ),
    ] = False,
) -> None:
    """Deploy every contract; every role goes to the Timelock, nobody owns anything afterwards.

    On a development chain the wallet may be left out: the node's first account deploys.
    """
    chain, path = desk.chain, desk.deployment_file
    if check:
        check_deployment(chain, Deployment.load(path), as_json=desk.as_json)
        return
    is_development = chain.chain_id in DEVELOPMENT_CHAINS
    if is_development and not desk.has_wallet:
        desk = dataclasses.replace(desk, account="0")
    settings = DeploymentSettings(
        genesis=_genesis(chain, genesis),
        parameters=dict(map(parse_setting, parameter or [])),
        methods=tuple(method_hash(each.method) for each in TASK_METHODS.values()),
        governance=GovernanceSettings(
            voting_delay_seconds=parse_seconds(voting_delay),
            voting_period_seconds=parse_seconds(voting_period),
            late_extension_seconds=parse_seconds(late_extension),
            threshold_bps=threshold_bps,
            quorum_percent=quorum_percent,
            timelock_seconds=parse_seconds(timelock),
            guardian_seconds=parse_seconds(guardian_term),
        ),
        treasury=_role(treasury, "treasury"),
        arbitrator=_role(arbitrator, "arbitrator"),
        fee_recipient=_role(fee_recipient, "fee recipient"),
        holder=_role(holder, "holder"),
        has_payment_token=_has_test_token(chain, test_token),
    )
    if not replace:
        _check_free(chain, path)
    desk.show(_deploy(desk.sender, settings, path))


def _has_test_token(chain: Chain, chosen: bool | None) -> bool:
    """Keep a token that anyone can mint, and that pays for TES and votes, off real chains."""
    is_development = chain.chain_id in DEVELOPMENT_CHAINS
    if chosen and not is_development:
        raise MalformedDocument(
            f"chain {chain.chain_id} is no development chain: anyone can mint the test token, and "
            "work that it pays for would earn TES; leave --test-token out"
        )
    return is_development if chosen is None else chosen


def _genesis(chain: Chain, path: Path | None) -> Genesis | None:
    """Read the genesis file; only a development chain makes do without one."""
    if path is not None:
        return read_genesis_file(path)
    if chain.chain_id not in DEVELOPMENT_CHAINS:
        raise MalformedDocument(
            f"chain {chain.chain_id} is no development chain: say who holds what on the first day "
            "with --genesis FILE"
        )
    return None


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
    return {
        "chain_id": deployment.chain_id,
        "evm": deployment.evm,
        **deployment.contracts,
        "file": str(path),
        "gas": {name: each.gas_used for name, each in mined.items()},
    }


def _role(address: str | None, what: str) -> Address | None:
    return None if address is None else checked_address(address, what)
