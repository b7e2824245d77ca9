"""Readers and constructor: roles are fixed at deployment, seats round down."""

import boa
import pytest

from tests.contracts.deploying import deploy, deployer_of
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20
DAY = 86_400
CHANGING_PARAMETER = """
seconds: uint256

@external
def change(seconds: uint256):
    self.seconds = seconds

@external
@view
def value_of(id: uint256) -> uint256:
    assert id == 11
    return self.seconds
"""


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


def test_readers__roles__are_those_of_the_deployment(
    staking, work_token, controller, treasury, entry_stake
):
    assert staking.work_token() == work_token.address
    assert staking.controller() == controller
    assert staking.treasury() == treasury
    assert staking.entry_stake() == entry_stake
    assert staking.unbonding_seconds() == UNBONDING_SECONDS


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"work_token": ZERO}, "staking: work token is zero"),
        ({"controller": ZERO}, "staking: controller is zero"),
        ({"treasury": ZERO}, "staking: treasury is zero"),
        ({"parameters": ZERO}, "staking: parameters is zero"),
        ({"entry_stake": ZERO}, "staking: entry stake is zero"),
    ],
)
def test_init__useless_role__is_refused(stranger, change, reason):
    names = ("work_token", "controller", "treasury", "parameters", "entry_stake")
    roles = dict.fromkeys(names, stranger)

    with refused(reason, lambda: None):
        deployer_of("Staking").deploy(*(roles | change).values())


def test_unbonding_seconds__always__is_what_parameters_say(work_token, controller, treasury):
    parameters = boa.loads(CHANGING_PARAMETER)
    staking = deploy("Staking", work_token, controller, treasury, parameters, treasury)

    parameters.change(3 * DAY)

    assert staking.parameters() == parameters.address
    assert staking.unbonding_seconds() == 3 * DAY
