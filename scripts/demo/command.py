"""`tessera demo`: hand over to the demo's own program.

The demo loads scikit-learn and matplotlib; no other command should wait for them.
"""

import os
import sys

import typer

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


app = typer.Typer(
    add_completion=False,
    help="Run the whole loop once: chain, contracts, task, crowd, verdict, pay, proof, report.",
)


@app.command(context_settings=PASSED_ON, add_help_option=False)
def demo(context: typer.Context) -> None:
    """Run the whole loop once: chain, contracts, task, crowd, verdict, pay, proof, report."""
    os.execv(sys.executable, [sys.executable, "-m", "scripts.demo", *context.args])
