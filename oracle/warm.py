"""Compile the loops that operators run, once, so that no verdict waits for a compiler.

    python -m oracle.warm

`make install` runs this. Without it the first verdict on a machine takes half a minute longer.
"""

from dataclasses import replace

import numpy as np

from dao_client.types import Wei

from .aggregate import TASK_METHODS
from .aggregate.choice import LocalCrowd, explain, parse
from .frames import frame_of
from .settlement import Terms, settle

_ITEMS = ("i", "i", "i", "j", "j", "j")
_WORKERS = ("u", "v", "w", "u", "v", "w")
_LABELS = ("no", "no", "yes", "yes", "yes", "no")


def main() -> None:
    """Run every method for tasks on two items, with an audit and without, and settle them."""
    answers = parse(frame_of(_ITEMS, _WORKERS, _LABELS))
    audited = replace(answers, known=np.array([0, -1], dtype=np.int32))
    for method in TASK_METHODS.values():
        for each in (answers, audited):
            result = method.aggregate(LocalCrowd(each), method.parameters)
            explain(each, result, 0)
    no_history = np.zeros(answers.worker_count, dtype=np.int64)
    settle(audited, no_history, no_history, Terms(price=Wei(1)))


if __name__ == "__main__":
    main()
