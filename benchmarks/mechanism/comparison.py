"""Every strategy's expected pay, next to honest work in the same tasks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.rings import KINDS

from .chance import chance_of, half_width
from .lone import Tick
from .rule import Rule
from .runs import mean_of, run_epochs
from .splits import HOLDERS, OTHERS, PARTS, measure_splits
from .strategies import GUESS, RINGS, Strategy

LONE_SHARE = 0.034
"""Four of 120 workers."""

SPLIT = "split stake"
"""Of one who answers as often as each label is true."""


@dataclass(frozen=True)
class Compared:
    """One strategy in one kind of task; means over seeds, in nominal prices per answer.

    `pay` is less slashes, `net` less effort too; a `_pm` is half of a 95 % confidence interval. A
    figure is missing where nobody plays so.
    """

    kind: str
    strategy: str
    share: float
    pay: float
    effort: float
    net: float
    net_pm: float
    honest_net: float
    honest_net_pm: float
    slashed: float

    @property
    def loses_to_honest(self) -> bool:
        """Tell whether honest work pays more, beyond chance."""
        return self.net + self.net_pm < self.honest_net - self.honest_net_pm


def compare(
    rule: Rule,
    seed: int,
    seeds: int,
    tick: Tick,
    kinds: Iterable[str] = KINDS,
    ring_share: float = 0.3,
    epochs: int = 2,
) -> Iterator[Compared]:
    """Give every strategy in every kind of task, as it stands in the last epoch."""
    for kind in kinds:
        for strategy in Strategy:
            share = ring_share if strategy in RINGS else LONE_SHARE
            yield _compare(rule, kind, strategy, share, seed, seeds, epochs)
            tick()
        yield _compare_split(rule, kind, seed, seeds)
        tick()


def steps(kinds: int) -> int:
    """Return how often `compare` ticks."""
    return kinds * (len(Strategy) + 1)


def _compare(
    rule: Rule, kind: str, strategy: Strategy, share: float, seed: int, seeds: int, epochs: int
) -> Compared:
    mix: Mapping[Strategy, float] = {} if strategy is Strategy.HONEST else {strategy: share}
    rows: list[tuple[float, ...]] = []
    for turn in range(seeds):
        chance = chance_of(seed, "compare", kind, strategy, share, turn)
        *_, last = run_epochs(chance, KINDS[kind], mix, rule, epochs)
        own = last.crowd.of(strategy) & (last.given > 0)
        rows.append(
            (
                mean_of(last.gross, own),
                mean_of(last.cost, own),
                last.net_of(strategy),
                last.net_of(Strategy.HONEST),
                mean_of(last.is_slashed, own),
            )
        )
    pay, effort, net, honest, slashed = (list(column) for column in zip(*rows, strict=True))
    return Compared(
        kind=kind,
        strategy=strategy,
        share=1.0 if strategy is Strategy.HONEST else share,
        pay=float(np.mean(pay)),
        effort=float(np.mean(effort)),
        net=float(np.mean(net)),
        net_pm=half_width(net),
        honest_net=float(np.mean(honest)),
        honest_net_pm=half_width(honest),
        slashed=float(np.mean(slashed)),
    )


def _compare_split(rule: Rule, kind: str, seed: int, seeds: int) -> Compared:
    """Compare a spammer's stake under four names with honest work under as many."""
    parts = str(PARTS[-1])
    nets = measure_splits(rule, seed, seeds, PARTS, lambda: None, [kind])
    own, honest = (
        nets[strategy, kind, parts] for strategy in (Strategy.PRIOR_MIMIC, Strategy.HONEST)
    )
    return Compared(
        kind=kind,
        strategy=f"{SPLIT}, {parts} names",
        share=HOLDERS / (HOLDERS + OTHERS),
        pay=float(np.mean(own)) + GUESS,
        effort=GUESS,
        net=float(np.mean(own)),
        net_pm=half_width(own),
        honest_net=float(np.mean(honest)),
        honest_net_pm=half_width(honest),
        slashed=float("nan"),
    )
