"""Run a task as the protocol does: rounds, then the beacon, audits, settlement.

rounds      `overlap_first` answers, then `overlap_step` more while the lead is small; nobody
            knows an audit yet, so weights come from histories alone
audits      drawn at the rate of the task, twice that for a crowd without history; at 15 % and
            30 % if the crowd's health stays below .60
settlement  labels, pay, slashes and histories: `oracle.settlement`, what operators run
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dao_client.least_answers import least_answers
from dao_client.types import Address, Wei
from oracle.aggregate import UNIT
from oracle.aggregate.choice import MAX_WEIGHT, UNKNOWN, Answers
from oracle.audits import audit_rate, levels_from
from oracle.judging import is_lost
from oracle.rounds import wants
from oracle.settlement import Settlement, Terms, Withheld, pay_audited_only, settle

from .rule import PRICE, Rule
from .strategies import Answered, Strategy, answer
from .worlds import ACCURACY, Crowd, World, draw_crowd, draw_world

NOMINAL = 0.6
"""Of `PRICE`: what an .85-accurate worker earns, the unit of every net figure and of effort."""

BPS = 10_000
EPOCHS = 4
ANSWERS_PER_WORKER = 190
"""At the largest overlap; rounds that end early take about half of it."""


@dataclass(frozen=True)
class History:
    """What earlier tasks say of each worker: points against chance, and how many were possible."""

    points: np.ndarray
    possible: np.ndarray

    def halved(self) -> "History":
        """Return what is left of it an epoch later."""
        return History(self.points // 2, self.possible // 2)

    def forget(self, is_new: np.ndarray) -> "History":
        """Return it with newcomers in some places."""
        return History(np.where(is_new, 0, self.points), np.where(is_new, 0, self.possible))


def no_history(size: int) -> History:
    """Return the history of newcomers."""
    return History(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64))


@dataclass(frozen=True)
class Outcome:
    """What became of one task; arrays by worker unless named otherwise.

    `gross` is pay less slash and `cost` the effort, both per answer in nominal prices; `given`
    counts answers. `labels` and `is_audited` are by item, `answers_per_item` is a mean.
    """

    world: World
    crowd: Crowd
    settlement: Settlement
    given: np.ndarray
    gross: np.ndarray
    cost: np.ndarray
    is_slashed: np.ndarray
    is_audited: np.ndarray
    answers_per_item: float
    history: History

    @property
    def net(self) -> np.ndarray:
        """What each worker nets per answer."""
        return self.gross - self.cost

    def net_of(self, strategy: Strategy) -> float:
        """Return the mean net of those who play so, over whom answered anything."""
        return mean_of(self.net, self.crowd.of(strategy) & (self.given > 0))

    @property
    def accuracy(self) -> float:
        """The share of right labels among items that nobody audited."""
        is_right = self.settlement.labels == self.world.truths
        return mean_of(is_right, ~self.is_audited)

    @property
    def audited_share(self) -> float:
        """The share of the items that were audited."""
        return float(self.is_audited.mean())

    @property
    def health(self) -> float:
        """Lambda of the last settlement."""
        return self.settlement.health / UNIT


def mean_of(values: np.ndarray, chosen: np.ndarray) -> float:
    """Return the mean of the chosen, not a number if nobody is."""
    return float(values[chosen].mean()) if chosen.any() else float("nan")


def run_task(
    world: World, crowd: Crowd, answered: Answered, rule: Rule, history: History
) -> Outcome:
    """Take answers in rounds, audit, settle; escalate the audits of an unhealthy crowd."""
    used = take_rounds(world, crowd, answered, rule, history)
    asked = least_answers(world.truths.size)
    terms = Terms(Wei(PRICE), rule.slash_per_answer_bps, asked)
    rates = audit_rates(rule, history)
    hidden = used & hide(world, crowd, answered, rates[0])
    withheld = Withheld(
        world.view.workers[hidden].astype(np.int32), np.nonzero(hidden)[0].astype(np.int32)
    )
    for rate in rates:
        is_audited = world.lots < rate / BPS
        known = np.where(is_audited, world.audits, UNKNOWN)
        answers = answers_of(world, crowd, answered, rule, used & ~hidden, known)
        settlement = settle(answers, history.points, history.possible, terms, withheld)
        if settlement.is_healthy:
            break
    return _outcome(world, crowd, answered, used, is_audited, settlement, rule, terms)


def hide(world: World, crowd: Crowd, answered: Answered, rate: int) -> np.ndarray:
    """Return which answers a ring never opens, once it knows what the first audits found wrong."""
    is_wrong = answered.labels != world.audits[:, None]
    is_drawn = world.lots < rate / BPS
    plays = crowd.plays[world.view.workers]
    return np.asarray((plays == Strategy.HIDE) & is_wrong & is_drawn[:, None])


def audit_rates(rule: Rule, history: History) -> tuple[int, ...]:
    """Return the rates to try in turn, in bps, each of which audits more than the one before."""
    workers = [Address(str(worker)) for worker in range(history.possible.size)]
    known = {workers[worker] for worker in np.flatnonzero(history.possible)}
    return levels_from(audit_rate(rule.audit_rate_bps, workers, known))


def take_rounds(
    world: World, crowd: Crowd, answered: Answered, rule: Rule, history: History
) -> np.ndarray:
    """Return which answers are asked for, shape (items, largest overlap).

    Operators say after each round what the items still want (`oracle.rounds`): they see weights
    from history alone, so a pool's first batch takes the largest overlap.
    """
    places = np.arange(rule.overlap_most)
    nobody = np.full(world.truths.size, UNKNOWN)
    rounds = (rule.overlap_first, rule.overlap_step, rule.overlap_most)
    asked = np.full(world.truths.size, rule.overlap_first)
    while True:
        used = np.asarray(places < asked[:, None])
        answers = answers_of(world, crowd, answered, rule, used, nobody)
        more = wants(answers, history.points, history.possible, *rounds)
        if not more.any():
            return used
        asked = asked + more


def answers_of(
    world: World,
    crowd: Crowd,
    answered: Answered,
    rule: Rule,
    used: np.ndarray,
    known: np.ndarray,
) -> Answers:
    """Return the answers that were asked for, as the oracle takes them."""
    seats = np.minimum(crowd.seats, min(rule.weight_cap, MAX_WEIGHT // UNIT))
    return Answers(
        starts=np.concatenate([[0], used.sum(axis=1).cumsum()]),
        workers=world.view.workers[used].astype(np.int32),
        labels=answered.labels[used].astype(np.int32),
        worker_count=crowd.plays.size,
        label_count=world.label_count,
        weights=(seats * UNIT).astype(np.int64),
        known=known.astype(np.int32),
        seed=world.seed,
    )


def run_epochs(
    chance: np.random.Generator,
    shares: Sequence[float],
    mix: Mapping[Strategy, float],
    rule: Rule,
    epochs: int = EPOCHS,
    accuracy: float = ACCURACY,
) -> Iterator[Outcome]:
    """Give one crowd a task a week; the first is by newcomers."""
    crowd = draw_crowd(chance, mix, accuracy=accuracy)
    history = no_history(crowd.plays.size)
    for _ in range(epochs):
        world = draw_world(chance, shares, crowd, ANSWERS_PER_WORKER, rule.overlap_most)
        answered = answer(world.view, crowd.plays, chance)
        outcome = run_task(world, crowd, answered, rule, history)
        yield outcome
        history = outcome.history.halved()


def _outcome(
    world: World,
    crowd: Crowd,
    answered: Answered,
    used: np.ndarray,
    is_audited: np.ndarray,
    settlement: Settlement,
    rule: Rule,
    terms: Terms,
) -> Outcome:
    accounts = settlement.accounts
    workers, size = world.view.workers[used], crowd.plays.size
    given = np.bincount(workers, minlength=size)
    spent = np.bincount(workers, answered.costs[used], minlength=size)
    pay = np.array(_pay(settlement, terms), dtype=float)
    slash = np.array([each.slash for each in accounts], dtype=float)
    stake = crowd.seats * rule.seat_size_prices * PRICE
    earned = (pay - np.minimum(slash, stake)) / (NOMINAL * PRICE)
    several = np.maximum(given, 1)
    return Outcome(
        world=world,
        crowd=crowd,
        settlement=settlement,
        given=given,
        gross=earned / several,
        cost=spent / several,
        is_slashed=np.array([each.slash > 0 for each in accounts]),
        is_audited=is_audited,
        answers_per_item=float(used.sum(axis=1).mean()),
        history=History(
            np.array([each.history.points for each in accounts], dtype=np.int64),
            np.array([each.history.possible for each in accounts], dtype=np.int64),
        ),
    )


def _pay(settlement: Settlement, terms: Terms) -> tuple[int, ...]:
    """Pay by audited answers alone where the crowd stayed unhealthy (rule 6)."""
    if is_lost(settlement):
        return pay_audited_only(settlement, terms)
    return tuple(each.pay for each in settlement.accounts)
