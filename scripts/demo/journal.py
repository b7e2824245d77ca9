"""Show each step while it runs, and remember how long it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


@dataclass
class Journal:
    """Steps in the order they ran, with their seconds; `clock` counts seconds from anywhere."""

    console: Console
    clock: Callable[[], float] = time.monotonic
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, title: str) -> Iterator["Step"]:
        """Run one step: a live line while it lasts, one printed line when it is over."""
        started = self.clock()
        progress = Progress(
            SpinnerColumn(),
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
        )
        with progress:
            step = Step(progress, progress.add_task(title, total=None, note=""))
            try:
                yield step
            except BaseException:
                self._print("[red]✗[/]", title, self.clock() - started, "")
                raise
        self.seconds[name] = round(self.clock() - started, 3)
        self._print("[green]✓[/]", title, self.seconds[name], step.outcome)

    def _print(self, mark: str, title: str, seconds: float, outcome: str) -> None:
        self.console.print(
            f"{mark} {title:<26} [cyan]{seconds:6.1f} s[/]  [dim]{outcome}[/]",
            highlight=False,
            no_wrap=True,
            overflow="ellipsis",
        )


@dataclass
class Step:
    """The handle a stage reports through: `advance` while it runs, `outcome` for the last line."""

    progress: Progress
    task: TaskID
    outcome: str = ""

    def advance(self, done: int, total: int, note: str = "") -> None:
        """Show that `done` of `total` parts are over."""
        self.progress.update(self.task, completed=done, total=total, note=note or f"{done}/{total}")

    def after(self, before: int, total: int, done: int) -> None:
        """Show that `done` parts are over besides the `before` of earlier rounds."""
        self.advance(before + done, total)

    def note(self, text: str) -> None:
        """Show what is happening now."""
        self.progress.update(self.task, note=text)
