"""Tell which tasks the measurement plays, so that their trees are built once for every node."""

from collections.abc import Mapping
from dataclasses import dataclass

from dao_client.types import Address

from .trees import Work, work_of, worker_addresses

PAID_LEAVES = 1_024
PAID_TASKS = 10
FIRST, SMALL, MEDIUM, LARGE, CANCELLED, EXPIRED, UPHELD, REJECTED = range(1, 9)
PAID = tuple(range(REJECTED + 1, REJECTED + 1 + PAID_TASKS))
SIZES = {SMALL: 100, MEDIUM: 10_000, LARGE: 100_000}
TASKS = REJECTED + PAID_TASKS
CROWD = 1_024


@dataclass(frozen=True)
class Script:
    """The work of every task by its id, in order of creation."""

    works: Mapping[int, Work]
    crowd: tuple[Address, ...]


def write_script() -> Script:
    """Build the trees; the claims' trees have one leaf for each of 1,024 workers."""
    crowd = worker_addresses(CROWD)
    works = {
        task_id: work_of(
            task_id, PAID_LEAVES if task_id in PAID else SIZES.get(task_id, 100), crowd
        )
        for task_id in range(1, TASKS + 1)
    }
    return Script(works, crowd)
