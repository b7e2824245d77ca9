"""A crowd small enough for a test: five who are right, one who always says 0."""

from pathlib import Path

ITEMS = 12
GOOD_WORKERS = 5


def write_crowd(folder: Path) -> tuple[Path, Path]:
    """Write answers and truth as the demo replays them."""
    truth = {item: item % 2 for item in range(ITEMS)}
    given = [(item, f"good{n}", truth[item]) for n in range(GOOD_WORKERS) for item in truth]
    given += [(item, "spammer", 0) for item in truth]
    answers_file, truth_file = folder / "answers.csv", folder / "truth.csv"
    answers_file.write_text("task,worker,answer\n" + _lines(given))
    truth_file.write_text("task,truth\n" + _lines(truth.items()))
    return answers_file, truth_file


def _lines(rows: object) -> str:
    return "".join(",".join(map(str, row)) + "\n" for row in rows)  # type: ignore[attr-defined]
