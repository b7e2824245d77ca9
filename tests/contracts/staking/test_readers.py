"""Readers and constructor: roles are fixed at deployment, seats round down."""

import boa
import pytest

from tests.contracts.deploying import deployer_of
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20
DAY = 86_400


def test_seats_of__stake__is_divided_and_rounded_down(staking, staked, staker):
    assert staking.seats_of(staked, staker, STAKE) == 1
    assert staking.seats_of(staked, staker, STAKE + 1) == 0
    assert staking.seats_of(staked, staker, 301) == 3


def test_seats_of__unbonding_stake__does_not_count(staking, staked, staker):
    staking.unstake(staked, STAKE, sender=staker)

    assert staking.seats_of(staked, staker, 1) == 0


def test_seats_of__seats_without_size__are_refused(staking, staked, staker, books):
    with refused("staking: seat size is zero", books):
        staking.seats_of(staked, staker, 0)


def test_readers__roles__are_those_of_the_deployment(staking, work_token, controller, treasury):
    assert staking.work_token() == work_token.address
    assert staking.controller() == controller
    assert staking.treasury() == treasury
    assert staking.unbonding_seconds() == UNBONDING_SECONDS


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"work_token": ZERO}, "staking: work token is zero"),
        ({"controller": ZERO}, "staking: controller is zero"),
        ({"treasury": ZERO}, "staking: treasury is zero"),
        ({"unbonding": 0}, "staking: unbonding is zero"),
        ({"unbonding": 365 * DAY + 1}, "staking: unbonding too long"),
    ],
)
def test_init__useless_role_or_time__is_refused(stranger, change, reason):
    terms = {"work_token": stranger, "controller": stranger, "treasury": stranger, "unbonding": 1}

    with refused(reason, lambda: None):
        deployer_of("Staking").deploy(*(terms | change).values())


@pytest.mark.parametrize("seconds", [1, 365 * DAY])
def test_init__bounds_of_the_unbonding_time__are_accepted(stranger, seconds):
    staking = deployer_of("Staking").deploy(stranger, stranger, stranger, seconds)

    assert staking.unbonding_seconds() == seconds
    assert boa.env.get_code(staking.address) != b""
