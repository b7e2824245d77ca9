"""Seven tasks and what MECHANISM's reference makes of them, with keccak256 in place of its sha256.

The first five are the worlds of the reference's own check, with 24 workers and 40 items each. Of
every task `expected` holds the reference's results, and `digest` their SHA-256.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from oracle.settlement import Settlement

from .crowds import Case

_FILE = Path(__file__).parent / "vectors.json"


def vectors() -> list[dict[str, Any]]:
    """Read the committed tasks."""
    read: list[dict[str, Any]] = json.loads(_FILE.read_text())
    return read


def case_of_vector(vector: dict[str, Any]) -> Case:
    """Return the task of a vector."""
    pairs = [[each.split(":") for each in row.split()] for row in vector["answers"]]
    return Case(
        label_count=vector["label_count"],
        items=[{int(worker): int(label) for worker, label in row} for row in pairs],
        audits={int(item): label for item, label in vector["audits"].items()},
        weights=vector["weights"],
        history=[(points, possible) for points, possible in vector["history"]],
        seed=bytes.fromhex(vector["seed"]),
        price=vector["price"],
    )


def results_of(settlement: Settlement) -> dict[str, Any]:
    """Return what the reference returns, in its form."""
    accounts = settlement.accounts
    return {
        "labels": settlement.labels.tolist(),
        "pay": [account.pay for account in accounts],
        "slash": [account.slash for account in accounts],
        "history": [[account.history.points, account.history.possible] for account in accounts],
        "health": settlement.health,
    }


def digest_of(settlement: Settlement) -> str:
    """Return the digest that the vectors were written with."""
    values = [*results_of(settlement).values()]
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()


def digests() -> list[str]:
    """Settle every vector anew."""
    return [digest_of(case_of_vector(vector).settle()) for vector in vectors()]
