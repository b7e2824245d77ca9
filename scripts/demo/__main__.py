"""The demo's own program: `tessera demo`, or `python -m scripts.demo`."""

import signal
import warnings
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from dao_client.errors import TesseraError
from dao_client.node_programs import ChainKind
from ipfs_store import IpfsStoreError
from scripts.demo.errors import DemoError
from scripts.demo.run import REPORT, run_demo
from scripts.demo.settings import DemoSettings, StoreKind

INTERRUPTED = 130

ChainOption = Annotated[ChainKind, typer.Option(envvar="CHAIN", help="The node that mines.")]
StoreOption = Annotated[StoreKind, typer.Option(envvar="STORE", help="Where payloads are kept.")]
KeepOption = Annotated[
    bool, typer.Option("--keep", envvar="KEEP", help="Leave chain and store running afterwards.")
]
AnswersOption = Annotated[
    str, typer.Option(envvar="ANSWERS", help="A crowd to replay: CSV task,worker,answer (or .gz).")
]
TruthOption = Annotated[
    str, typer.Option(envvar="TRUTH", help="What is right: CSV task,truth (or .gz).")
]


def demo(
    chain: ChainOption = ChainKind.GANACHE,
    store: StoreOption = StoreKind.FOLDER,
    keep: KeepOption = False,
    answers: AnswersOption = "",
    truth: TruthOption = "",
    items: Annotated[int, typer.Option(help="Items of the digits crowd.")] = 500,
    overlap: Annotated[int, typer.Option(help="Answers to each item of it.")] = 7,
    seed: Annotated[int, typer.Option(help="The dice of the digits crowd.")] = 3,
    out: Annotated[Path, typer.Option(help="Where the report goes.")] = Path("build/demo"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the report for programs.")] = False,
) -> None:
    """Run the whole loop once: chain, contracts, task, crowd, verdict, pay, proof, report."""
    console = Console(stderr=as_json)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        settings = DemoSettings(
            chain=chain,
            store=store,
            keep=keep,
            answers=Path(answers) if answers else None,
            truth=Path(truth) if truth else None,
            items=items,
            overlap=overlap,
            seed=seed,
            out=out,
        )
        run_demo(settings, console)
        if as_json:
            typer.echo((out / REPORT).read_text(), nl=False)
    except (DemoError, TesseraError, IpfsStoreError) as error:
        console.print(f"✗ {error}", style="red", highlight=False, markup=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        console.print("interrupted; everything is stopped")
        raise typer.Exit(INTERRUPTED) from None


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    """Let `kill` end a demo as Ctrl-C does, so that its programs end too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=FutureWarning, module="urllib3")
    app = typer.Typer(add_completion=False)
    app.command(name="demo")(demo)
    app(prog_name="tessera demo")
