"""`tessera deploy --check`: show who may call what, and fail when that is a wallet."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import typer

from dao_client.authority_check import AuthorityCheck, Finding
from dao_client.chain import Chain
from dao_client.cli.output import progress, say, show
from dao_client.deployment import Deployment
from dao_client.errors import WrongChain


def check_deployment(chain: Chain, deployment: Deployment, *, as_json: bool) -> None:
    """Print every function that changes something and its callers; exit 1 on any problem."""
    if chain.chain_id != deployment.chain_id:
        raise WrongChain(
            f"{chain.rpc.url} is chain {chain.chain_id}, the deployment is on chain "
            f"{deployment.chain_id}: give the node or the deployment file that belongs to it"
        )
    with progress(f"Examining {len(deployment.contracts)} contracts"):
        findings = AuthorityCheck(chain, deployment).run()
    problems = [problem for each in findings for problem in each.problems]
    if as_json:
        show(_document(deployment, findings, problems), as_json=True)
    else:
        show([_row(each) for each in findings], as_json=False)
    for problem in problems:
        say(f"error: {problem}")
    if problems:
        raise typer.Exit(1)
    if not as_json:
        say(f"{len(findings)} findings, no problem: no wallet can change or take anything")


def _document(
    deployment: Deployment, findings: Sequence[Finding], problems: Sequence[str]
) -> dict[str, Any]:
    return {
        "chain_id": deployment.chain_id,
        "is_safe": not problems,
        "problems": list(problems),
        "findings": [asdict(each) for each in findings],
    }


def _row(finding: Finding) -> dict[str, Any]:
    """Leave out the arguments of a function: people know it by its name."""
    return {
        "contract": finding.contract,
        "what": finding.what.partition("(")[0],
        "access": finding.access,
        "who": finding.holders,
        "ok": not finding.problems,
    }
