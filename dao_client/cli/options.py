"""The options that commands share, each also a variable of the environment."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

LOCAL_RPC = "http://127.0.0.1:8545"
LOCAL_STORE = "folder:build/store"

Rpc: TypeAlias = Annotated[
    str, typer.Option("--rpc", envvar="TESSERA_RPC", help="Address of the chain's node.")
]
DeploymentFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--deployment",
        envvar="TESSERA_DEPLOYMENT",
        help="Where the contracts are; deployments/<chain id>.json if left out.",
    ),
]
StoreUrl: TypeAlias = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="TESSERA_STORE",
        help="folder:PATH, kubo:/ip4/HOST/tcp/PORT or car:FILE; several with commas between.",
    ),
]
GatewayUrl: TypeAlias = Annotated[
    str | None,
    typer.Option("--gateway", envvar="TESSERA_GATEWAY", help="Address of the gateway's API."),
]
OperatorUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--operator",
        envvar="TESSERA_OPERATOR",
        help="Address of an operator's server, which says what tasks need.",
    ),
]
KeptAnswers: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--kept-in",
        envvar="TESSERA_ANSWERS",
        help="Folder with the answers that were handed in; the user's own one if left out.",
    ),
]
KeptGold: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--gold-in",
        envvar="TESSERA_GOLD",
        help="Folder with the gold of your tasks; the user's own one if left out.",
    ),
]
Keystore: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--keystore",
        envvar="TESSERA_KEYSTORE",
        help="Wallet: an encrypted key file. Its password is TESSERA_PASSWORD, or asked for.",
    ),
]
Account: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--account",
        envvar="TESSERA_ACCOUNT",
        help="Wallet: an address whose key the node holds, or its number in the node's list.",
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
TaskArgument: TypeAlias = Annotated[int, typer.Argument(metavar="TASK", help="Id of the task.")]
"""A `TaskId` as it is typed."""
