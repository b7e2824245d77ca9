"""Small crowds for the settlement: as plain values, as `Answers`, and drawn by hypothesis."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from oracle.aggregate.choice import UNKNOWN, Answers
from oracle.integers import UNIT
from oracle.settlement import Settlement, Terms, Withheld, settle

SEED = bytes(range(32))
PRICE = 10**15 + 7

ERRING = ["11110", "11110", "00001", "11110", "11110"]
"""Four of five agree, wrongly on item 0; three audits in their favour leave them believed."""


@dataclass(frozen=True)
class Case:
    """Hold a task: per item its answers by worker; per worker weight, history, withheld items."""

    label_count: int
    items: list[dict[int, int]]
    audits: dict[int, int]
    weights: list[int]
    history: list[tuple[int, int]]
    withheld: list[list[int]] | None = None
    seed: bytes = SEED
    price: int = PRICE
    least_answers: int = 0

    @property
    def answers(self) -> Answers:
        rows = [row for item in self.items for row in item.items()]
        columns = np.array(rows, dtype=np.int32).reshape(-1, 2)
        return Answers(
            starts=np.cumsum([0, *map(len, self.items)], dtype=np.int64),
            workers=columns[:, 0].copy(),
            labels=columns[:, 1].copy(),
            worker_count=len(self.weights),
            label_count=self.label_count,
            weights=np.array(self.weights, dtype=np.int64),
            known=np.array(
                [self.audits.get(item, UNKNOWN) for item in range(len(self.items))], dtype=np.int32
            ),
            seed=self.seed,
        )

    @property
    def scores(self) -> Any:
        return np.array([points for points, _ in self.history], dtype=np.int64)

    @property
    def possible(self) -> Any:
        return np.array([possible for _, possible in self.history], dtype=np.int64)

    @property
    def terms(self) -> Terms:
        return Terms(self.price, least_answers=self.least_answers)

    def settle(self) -> Settlement:
        return settle(self.answers, self.scores, self.possible, self.terms, self.hidden)

    @property
    def hidden(self) -> Withheld | None:
        if self.withheld is None:
            return None
        rows = [(worker, item) for worker, items in enumerate(self.withheld) for item in items]
        table = np.array(rows, dtype=np.int32).reshape(-1, 2)
        return Withheld(table[:, 0], table[:, 1])


def case_of(rows: list[str], audits: dict[int, int] | None = None, **changes: Any) -> Case:
    """Return a case from one string per item: each worker's label, `.` where there is none."""
    items = [
        {worker: int(label) for worker, label in enumerate(row) if label != "."} for row in rows
    ]
    workers = max(map(len, rows), default=0)
    plain = {
        "label_count": 2,
        "items": items,
        "audits": audits or {},
        "weights": [UNIT] * workers,
        "history": [(0, 0)] * workers,
    }
    return Case(**{**plain, **changes})


weights = st.sampled_from([0, 999_999, UNIT // 3, UNIT, UNIT, UNIT, 2 * UNIT - 1, 2 * UNIT])
histories = st.one_of(
    st.just((0, 0)),
    st.integers(0, 20 * UNIT).flatmap(
        lambda room: st.tuples(st.integers(-room, room), st.just(room))
    ),
)


@st.composite
def cases(draw: Any, may_withhold: bool = False) -> Case:
    """Draw any small task: one worker or several, all wrong or all right, audited or not."""
    label_count = draw(st.integers(2, 6))
    workers = draw(st.integers(1, 7))
    truths = draw(st.lists(st.integers(0, label_count - 1), max_size=25))
    liars = draw(st.sets(st.integers(0, workers - 1)))
    labels = st.integers(0, label_count - 1)
    items = []
    for truth in truths:
        who = draw(st.sets(st.integers(0, workers - 1)))
        honest = st.sampled_from([truth, truth, truth, *range(label_count)])
        items.append({each: draw(labels if each in liars else honest) for each in sorted(who)})
    is_audited = draw(st.sampled_from([st.just(False), st.booleans(), st.just(True)]))
    stakes = draw(st.sampled_from([st.just(0), st.just(UNIT), weights]))
    hidden = st.lists(st.integers(0, len(truths) - 1), max_size=30) if truths else st.just([])
    lost = st.lists(st.just([]) | hidden, min_size=workers, max_size=workers)
    return Case(
        label_count=label_count,
        items=items,
        audits={item: truth for item, truth in enumerate(truths) if draw(is_audited)},
        weights=draw(st.lists(stakes, min_size=workers, max_size=workers)),
        history=draw(st.lists(histories, min_size=workers, max_size=workers)),
        withheld=draw(st.none() | lost) if may_withhold else None,
        seed=draw(st.binary(min_size=32, max_size=32)),
        least_answers=draw(st.sampled_from([0, 0, 3, 20])),
    )
