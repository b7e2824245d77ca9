"""deposit_entry: the first pay becomes stake and stays until the stake fills a seat."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, WEALTH, stake_events

pytestmark = pytest.mark.chain

PAY = 300
SEAT = 1_000
NOBODY = "0x" + "00" * 20


@pytest.fixture
def entered(staking, token, staker, entry_stake):
    """The token, of which `staker` has `PAY` of first pay as stake, and no own."""
    staking.deposit_entry(token, staker, PAY, SEAT, sender=entry_stake)
    return token


def test_deposit_entry__first_pay__becomes_the_stake(staking, entered, staker, entry_stake):
    assert staking.stake_of(entered, staker) == PAY
    assert staking.entry_seat_of(entered, staker) == (SEAT, PAY)
    assert staking.totals_of(entered) == (PAY, 0, 0)
    assert entered.balanceOf(staking) == PAY
    assert entered.balanceOf(entry_stake) == WEALTH - PAY
    assert entered.balanceOf(staker) == WEALTH


def test_deposit_entry__success__logs_the_stake_and_the_hold(staking, entered, staker, entry_stake):
    staking.deposit_entry(entered, staker, 5, SEAT, sender=entry_stake)

    who = {"token": entered.address, "account": staker}
    assert stake_events(staking) == [
        ("EntryHeld", {**who, "held": PAY + 5, "seat_size": SEAT}),
        ("StakeDeposited", {**who, "amount": 5, "new_stake": PAY + 5}),
    ]


def test_deposit_entry__pay_in_tes__votes_like_any_other_stake(
    staking, work_token, genesis_holder, staker, entry_stake
):
    work_token.transfer(entry_stake, PAY, sender=genesis_holder)
    work_token.approve(staking, PAY, sender=entry_stake)

    staking.deposit_entry(work_token, staker, PAY, SEAT, sender=entry_stake)
    boa.env.timestamp += 1

    assert staking.getVotes(staker) == PAY // 4
    assert staking.past_total_stake(boa.env.timestamp - 1) == PAY


def test_unstake__held_pay__is_refused(staking, entered, staker, books):
    with refused("staking: seat is not full", books):
        staking.unstake(entered, 1, sender=staker)


def test_unstake__own_deposit_beside_held_pay__always_leaves(staking, entered, staker, books):
    staking.deposit(entered, 400, sender=staker)

    with refused("staking: seat is not full", books):
        staking.unstake(entered, 401, sender=staker)
    staking.unstake(entered, 400, sender=staker)

    assert staking.stake_of(entered, staker) == PAY
    assert staking.entry_seat_of(entered, staker) == (SEAT, PAY)


def test_unstake__one_wei_below_the_seat__is_refused_and_at_the_seat_all_is_free(
    staking, entered, staker, books
):
    staking.deposit(entered, SEAT - PAY - 1, sender=staker)
    with refused("staking: seat is not full", books):
        staking.unstake(entered, SEAT - 1, sender=staker)
    staking.deposit(entered, 1, sender=staker)

    staking.unstake(entered, SEAT, sender=staker)

    assert staking.stake_of(entered, staker) == 0
    assert staking.entry_seat_of(entered, staker) == (0, 0)


def test_unstake__full_seat__frees_all_of_it_for_good(staking, entered, staker, entry_stake):
    staking.deposit_entry(entered, staker, SEAT - PAY, SEAT, sender=entry_stake)

    staking.unstake(entered, 1, sender=staker)
    freed = ("EntryHeld", {"token": entered.address, "account": staker, "held": 0, "seat_size": 0})
    assert stake_events(staking)[0] == freed
    staking.unstake(entered, SEAT - 1, sender=staker)

    assert staking.stake_of(entered, staker) == 0


def test_unstake__locked_and_held__both_bounds_hold(staking, entered, staker, controller, books):
    staking.deposit(entered, 100, sender=staker)
    staking.lock(entered, staker, PAY + 50, False, sender=controller)

    with refused("staking: amount exceeds free", books):
        staking.unstake(entered, 51, sender=staker)
    staking.unstake(entered, 50, sender=staker)
    staking.unlock(entered, staker, PAY + 50, False, sender=controller)
    with refused("staking: seat is not full", books):
        staking.unstake(entered, 51, sender=staker)


def test_deposit_entry__larger_seat_before_the_first_is_full__is_what_counts(
    staking, entered, staker, entry_stake
):
    staking.deposit_entry(entered, staker, 1, SEAT // 2, sender=entry_stake)
    assert staking.entry_seat_of(entered, staker) == (SEAT, PAY + 1)

    staking.deposit_entry(entered, staker, 1, 2 * SEAT, sender=entry_stake)

    assert staking.entry_seat_of(entered, staker) == (2 * SEAT, PAY + 2)


def test_deposit_entry__endless_seat_after_a_full_one__holds_only_what_comes_with_it(
    staking, entered, staker, entry_stake
):
    staking.deposit(entered, SEAT, sender=staker)

    staking.deposit_entry(entered, staker, 1, 2**256 - 1, sender=entry_stake)

    assert staking.entry_seat_of(entered, staker) == (2**256 - 1, 1)
    staking.unstake(entered, SEAT + PAY, sender=staker)


def test_deposit_entry__endless_seat_for_somebody_with_own_stake__freezes_none_of_it(
    staking, staked, staker, entry_stake
):
    staking.deposit_entry(staked, staker, 1, 2**256 - 1, sender=entry_stake)

    staking.unstake(staked, STAKE, sender=staker)

    assert staking.stake_of(staked, staker) == 1


def test_slash__held_pay__is_taken_like_any_other_stake(
    staking, entered, staker, controller, beneficiary
):
    staking.deposit(entered, 100, sender=staker)

    assert staking.slash(entered, staker, 150, beneficiary, sender=controller) == 150
    assert staking.entry_seat_of(entered, staker) == (SEAT, PAY - 50)
    assert staking.slash(entered, staker, PAY, beneficiary, sender=controller) == PAY - 50

    assert staking.entry_seat_of(entered, staker) == (0, 0)
    staking.deposit(entered, 7, sender=staker)
    staking.unstake(entered, 7, sender=staker)


def test_deposit_entry__every_other_account__is_refused(
    staking, token, staker, other_staker, controller, treasury, books
):
    for account in (staker, other_staker, controller, treasury):
        with refused("staking: not the entry stake", books):
            staking.deposit_entry(token, staker, 1, SEAT, sender=account)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"account": NOBODY}, "staking: account is zero"),
        ({"amount": 0}, "staking: amount is zero"),
        ({"seat_size": 0}, "staking: seat size is zero"),
        ({"amount": WEALTH + 1}, "erc20: transfer amount exceeds balance"),
    ],
)
def test_deposit_entry__useless_argument__is_refused(
    staking, token, staker, entry_stake, books, change, reason
):
    arguments = {"token": token, "account": staker, "amount": PAY, "seat_size": SEAT} | change

    with refused(reason, books):
        staking.deposit_entry(*arguments.values(), sender=entry_stake)


def test_deposit_entry__token_that_takes_a_fee__is_refused(staking, staker, entry_stake):
    token = deploy("mocks/FeeOnTransferToken", entry_stake, WEALTH)
    token.approve(staking, STAKE, sender=entry_stake)

    with refused("transfer: not exact", lambda: token.balanceOf(entry_stake)):
        staking.deposit_entry(token, staker, STAKE, SEAT, sender=entry_stake)

    assert staking.entry_seat_of(token, staker) == (0, 0)
