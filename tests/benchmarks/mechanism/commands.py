"""`tessera simulate` as a command of its own."""

import typer

from scripts.simulate import simulate


def simulate_app() -> typer.Typer:
    app = typer.Typer()
    app.command()(simulate)
    return app
