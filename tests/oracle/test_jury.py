"""Who audits an item, and what a jury says."""

from collections import Counter

import pytest
from eth_hash.auto import keccak
from hypothesis import given, strategies as st

from dao_client.documents import History
from dao_client.types import Address, Wei
from oracle.aggregate import UNIT
from oracle.jury import JUROR_SKILL, Jury, judge, qualified, skill_of

pytestmark = pytest.mark.unit

SEED = keccak(b"seed")
ACCOUNTS = tuple(Address(f"0x{number:040x}") for number in range(1, 13))
accounts = st.lists(st.sampled_from(ACCOUNTS), unique=True)


def rank(item: int, account: Address) -> bytes:
    return keccak(SEED + b"jury" + item.to_bytes(32, "big") + bytes.fromhex(account[2:]))


@given(accounts, accounts, accounts, st.integers(0, 5))
def test_seats__any_lists__go_to_candidates_then_operators_and_never_to_workers(
    candidates, operators, workers, item
) -> None:
    jury = Jury.of(SEED, candidates, operators, set(workers))

    proven = sorted(set(candidates) - set(workers), key=lambda each: rank(item, each))
    rest = sorted(
        set(operators) - set(workers) - set(candidates), key=lambda each: rank(item, each)
    )
    assert jury.seats(item) == tuple((proven + rest)[:5])
    assert not set(jury.seats(item)) & set(workers)


@given(st.permutations(ACCOUNTS), st.integers(0, 5))
def test_seats__lists_in_any_order__are_the_same(shuffled, item) -> None:
    jury = Jury.of(SEED, shuffled[:6], shuffled[6:], set())

    assert jury == Jury.of(SEED, sorted(shuffled[:6]), sorted(shuffled[6:]), set())
    assert jury.seats(item) == Jury.of(SEED, shuffled[:6][::-1], shuffled[6:], set()).seats(item)


def test_seats__over_many_items__fall_to_all_candidates_alike() -> None:
    """Each of 12 takes 5 of 12 seats of 3,000 items: five deviations around 1,250."""
    jury = Jury.of(SEED, ACCOUNTS, (), set())

    taken = Counter(juror for item in range(3_000) for juror in jury.seats(item))

    assert set(taken) == set(ACCOUNTS)
    assert max(abs(count - 1_250) for count in taken.values()) < 5 * (1_250 * 7 / 12) ** 0.5


@pytest.mark.parametrize(
    ("seats", "votes", "label"),
    [
        (5, (1, 1, 1), 1),
        (5, (1, 1), None),
        (5, (1, 1, 0), 1),
        (5, (1, 1, 0, 0), None),
        (5, (1, 1, 0, 0, 2), None),
        (5, (2, 2, 2, 0, 1), 2),
        (2, (1,), None),
        (2, (1, 1), 1),
        (2, (1, 0), None),
        (1, (3,), 3),
        (0, (), None),
    ],
)
def test_judge__votes_of_seated_jurors__need_a_quorum_and_a_majority(seats, votes, label) -> None:
    given_votes = dict(zip(ACCOUNTS, votes, strict=False))

    assert judge(given_votes, ACCOUNTS[:seats]) == label


def test_judge__votes_of_strangers__do_not_count() -> None:
    votes = dict.fromkeys(ACCOUNTS[5:], 1) | {ACCOUNTS[0]: 0, ACCOUNTS[1]: 0}

    assert judge(votes, ACCOUNTS[:5]) is None
    assert judge(votes | {ACCOUNTS[2]: 0}, ACCOUNTS[:5]) == 0


@given(
    st.lists(st.tuples(st.sampled_from(ACCOUNTS[:5]), st.integers(0, 2)), unique_by=lambda p: p[0]),
    st.permutations(ACCOUNTS[:5]),
)
def test_judge__votes_and_seats_in_any_order__say_the_same(votes, seats) -> None:
    forwards, backwards = dict(votes), dict(reversed(votes))

    assert judge(backwards, tuple(seats)) == judge(forwards, ACCOUNTS[:5])


@given(st.integers(1, UNIT), st.integers(0, 40), st.integers(0, UNIT))
def test_skill_of__any_task_behind_it__is_at_most_rule_four_s_from_one_half_up(
    worth, answers, share
) -> None:
    """`worth` is D: rule 4 gives (S + D) / (N + 2D), and one half or more only shrinks here."""
    history = History(worth * answers * share // UNIT, worth * answers)

    skill = skill_of(history)

    if skill >= UNIT // 2:
        assert skill <= (history.score + worth) * UNIT // (history.possible + 2 * worth)


def test_skill_of__a_stranger_and_the_extremes__stay_within_bounds() -> None:
    assert skill_of(History(0, 0)) == UNIT // 2
    assert skill_of(History(-9 * UNIT, 10 * UNIT)) == 0
    assert skill_of(History(11 * UNIT, 10 * UNIT)) == skill_of(History(10 * UNIT, 10 * UNIT))


@pytest.mark.parametrize(
    ("history", "stake", "worked", "is_in"),
    [
        (History(9 * UNIT, 10 * UNIT), 100, False, True),
        (History(9 * UNIT, 10 * UNIT), 99, False, False),
        (History(9 * UNIT, 10 * UNIT), 100, True, False),
        (History(8_600_000_000, 10 * UNIT), 100, False, True),
        (History(8_599_999_999, 10 * UNIT), 100, False, False),
        (History(0, 0), 100, False, False),
    ],
)
def test_qualified__one_account__needs_skill_stake_and_distance(
    history, stake, worked, is_in
) -> None:
    account = ACCOUNTS[0]

    found = qualified(
        {account: history}, {account: Wei(stake)}, Wei(100), {account} if worked else set()
    )

    assert found == ((account,) if is_in else ())
    assert JUROR_SKILL == 800_000_000


def test_qualified__no_stake_on_record__is_out() -> None:
    assert qualified({ACCOUNTS[0]: History(9 * UNIT, 10 * UNIT)}, {}, Wei(100), set()) == ()


def test_skill_of__one_right_answer_with_a_rare_label__makes_no_juror() -> None:
    """At 49:1 the rare label is worth .96 where .07 are possible on average."""
    assert skill_of(History(96 * UNIT // 100, 7 * UNIT // 100)) < JUROR_SKILL
