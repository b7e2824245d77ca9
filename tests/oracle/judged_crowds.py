"""A crowd of ten on four hundred items with a jury of five, for tests of pay and audits."""

from collections.abc import Mapping

import numpy as np

from dao_client.keys import LocalSigner
from dao_client.types import Address
from oracle.audits import audited_items
from oracle.types import CountedAnswer, Evidence
from tests.oracle.tasks import JURY, SEAT, SEED, evidence

ITEMS = 400
CROWD = tuple(sorted(LocalSigner(bytes([number] * 32)).address for number in range(0x41, 0x4B)))
TRUTHS = np.random.default_rng(5).integers(0, 2, ITEMS)


def crowd_evidence(rate: int = 500, **changes: object) -> Evidence:
    usual = {"stakes": dict.fromkeys(CROWD, SEAT), "item_count": ITEMS, "overlap": 10}
    return evidence(rate=rate, **{**usual, **changes})


def answers_by(right: Mapping[Address, float], seed: int = 1) -> tuple[CountedAnswer, ...]:
    """Let each worker answer every item, right with its own chance."""
    chance = np.random.default_rng(seed)
    rows = []
    for worker, accuracy in right.items():
        is_right = chance.random(ITEMS) < accuracy
        labels = np.where(is_right, TRUTHS, 1 - TRUTHS)
        rows += [CountedAnswer(item, worker, int(label)) for item, label in enumerate(labels)]
    return tuple(sorted(rows))


def audits_of(rate: int) -> tuple[CountedAnswer, ...]:
    """Let all five jurors of every drawn item say what is true."""
    items = audited_items(SEED, ITEMS, rate)
    return tuple(
        sorted(
            CountedAnswer(item, juror, int(TRUTHS[item]))
            for item in items
            for juror in JURY.seats(item)
        )
    )
