"""Tell how to look further."""

from pathlib import Path

from rich.console import Console

from scripts.demo.report import Report
from scripts.demo.settings import DemoSettings, StoreKind
from scripts.demo.stages.ground import Places
from scripts.demo.stages.programs import Network


def print_hints(settings: DemoSettings, network: Network, report: Report, console: Console) -> None:
    """Print the next commands, which depend on what is still running."""
    console.print("\nLook further:", style="bold")
    lines = [f"open {settings.out / 'report.html'}", f"less {settings.out / 'report.json'}"]
    if settings.keep:
        lines += _kept(network, report.task_id, settings)
    else:
        lines.append("make demo KEEP=1    # leaves chain and store running, to ask them yourself")
    for line in lines:
        console.print(f"  {line}", highlight=False, soft_wrap=True, markup=False)


def _kept(network: Network, task_id: int, settings: DemoSettings) -> list[str]:
    places = network.places
    stop = [f"tessera chain down --state {places.chain}"]
    if settings.store is StoreKind.KUBO and places.ipfs_pid.exists():
        stop.append(f"kill $(cat {places.ipfs_pid})")
    return [
        f"export TESSERA_RPC={network.rpc}",
        f"export TESSERA_DEPLOYMENT={_absolute(places)}",
        f"export TESSERA_STORE={network.store}",
        f"tessera task show {task_id}",
        f"tessera task results {task_id}",
        f"tessera verify {task_id} --car {settings.out / 'task.car'}",
        *stop,
    ]


def _absolute(places: Places) -> Path:
    return places.deployment.resolve()
