"""Run an oracle operator: `python -m oracle [--once] [--dry-run] [--task N]`."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence

import structlog

from dao_client.errors import TesseraError
from dao_client.types import TaskId
from ipfs_store import IpfsStoreError

from . import settings as oracle_settings
from .bootstrap import Program, build
from .daemon import Daemon, stopper
from .errors import OracleError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped, or once; 1 when something stops the program."""
    options = _parser().parse_args(arguments)
    _log_to_stderr()
    try:
        settings = oracle_settings.read_settings(os.environ)
        program = build(settings, is_dry_run=options.dry_run, is_once=options.once)
        if program.server:
            program.server.start()
        if options.once or options.task is not None:
            _run_once(program, options.task)
        else:
            _run_always(program, settings.poll_seconds)
    except (OracleError, TesseraError, IpfsStoreError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


def _run_once(program: Program, task: int | None) -> None:
    steps = program.cycle.run(None if task is None else TaskId(task))
    sys.stdout.write(json.dumps({str(each): step.value for each, step in steps.items()}) + "\n")


def _run_always(program: Program, poll_seconds: float) -> None:
    stop, wait = stopper()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    Daemon(program.cycle, poll_seconds, wait).run()
    if program.server:
        program.server.stop()


def _log_to_stderr() -> None:
    """Write one JSON object for each event; stdout is for results."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m oracle",
        description="Decide tasks as an operator: compute, sign, agree, post, finalise.",
        epilog=oracle_settings.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--once", action="store_true", help="bring every task one step further")
    parser.add_argument(
        "--dry-run", action="store_true", help="compute only: sign and send nothing"
    )
    parser.add_argument("--task", type=int, metavar="N", help="only this task, once")
    return parser


if __name__ == "__main__":
    sys.exit(main())
