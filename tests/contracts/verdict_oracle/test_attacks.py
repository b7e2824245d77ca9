"""Operators and challengers who use their votes to escape what they owe."""

from collections.abc import Callable

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account.signers.local import LocalAccount

from tests.contracts.conftest import account_of
from tests.contracts.refusals import refused
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    EVIDENCE,
    RULING,
    STAKE,
    Verdict,
    rule,
)
from tests.system import DAY

pytestmark = pytest.mark.chain

LOSS = STAKE // 5
Books = Callable[[], object]
Dance = Callable[[str], None]


@pytest.fixture
def dance(
    staking: VyperContract, tes: VyperContract, fund_stake: Callable[[str, int], None]
) -> Dance:
    """Everything that an account can do with its votes, and what others can do to them."""
    heir, pest = account_of("heir"), account_of("pest")

    def run(account: str) -> None:
        staking.delegate(heir, sender=account)
        staking.delegate(account, sender=heir)
        staking.lock_votes(365 * DAY, sender=account)
        fund_stake(account, 7)
        fund_stake(pest, 5)
        for _ in range(40):  # a checkpoint each second
            boa.env.timestamp += 1
            staking.delegate(account, sender=pest)
            staking.delegate(heir, sender=pest)
        staking.unlock_votes(sender=account)
        staking.lock_votes(365 * DAY, sender=account)
        staking.delegate(staking.address, sender=account)

    return run


def votes_of_all(staking: VyperContract, tes: VyperContract, accounts: list[str]) -> bool:
    """Check that votes are the sum of the units behind them."""
    everybody = [*accounts, account_of("heir"), account_of("pest"), staking.address]
    units = sum(staking.vote_terms_of(account).units for account in everybody)
    return bool(sum(staking.getVotes(account) for account in everybody) == units)


def test_slash_operator__votes_locked_lent_and_stirred__loses_all_the_same(
    oracle: VyperContract,
    struck: Verdict,
    signatures: list[bytes],
    operators: list[LocalAccount],
    staking: VyperContract,
    tes: VyperContract,
    challenger: str,
    dance: Dance,
) -> None:
    operator = operators[0].address
    staking.unstake(tes, STAKE, sender=operator)
    dance(operator)
    oracle.retire_operator(sender=operator)

    oracle.slash_operator(struck.as_tuple(), signatures[0])

    assert staking.stake_of(tes, operator) == STAKE + 7 - LOSS
    assert staking.lock_of(tes, operator) == STAKE - LOSS
    assert staking.credit_of(tes, challenger) == LOSS // 2
    accounts = [key.address for key in operators] + [challenger]
    assert votes_of_all(staking, tes, accounts)


def test_slash_operator__who_is_its_own_challenger__keeps_the_bond_and_loses_the_share(
    oracle: VyperContract,
    posted: Verdict,
    signatures: list[bytes],
    operators: list[LocalAccount],
    staking: VyperContract,
    tes: VyperContract,
    arbitrator: str,
    dance: Dance,
) -> None:
    operator = operators[0].address
    staking.unstake(tes, STAKE - BOND, sender=operator)
    oracle.open_dispute(posted.task_id, EVIDENCE, sender=operator)
    assert staking.lock_of(tes, operator) == staking.stake_of(tes, operator) == STAKE + BOND
    dance(operator)
    rule(oracle, posted, True, sender=arbitrator)

    oracle.slash_operator(posted.as_tuple(), signatures[0])

    assert staking.stake_of(tes, operator) == STAKE + BOND + 7 - LOSS
    assert staking.lock_of(tes, operator) == STAKE - LOSS
    assert staking.vote_terms_of(operator).dispute_lock == 0


def test_rule_dispute__challenger_with_nothing_but_the_bond__loses_it_all(
    oracle: VyperContract,
    posted: Verdict,
    staking: VyperContract,
    tes: VyperContract,
    arbitrator: str,
    challenger: str,
    treasury: str,
    operators: list[LocalAccount],
    dance: Dance,
) -> None:
    staking.unstake(tes, BOND, sender=challenger)
    oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)
    dance(challenger)

    rule(oracle, posted, False, sender=arbitrator)

    assert staking.stake_of(tes, challenger) == 7
    assert staking.unbonding_of(tes, challenger).amount == BOND
    assert staking.lock_of(tes, challenger) == 0
    assert staking.credit_of(tes, treasury) == BOND // 2
    assert votes_of_all(staking, tes, [key.address for key in operators] + [challenger])


def test_finalise__challenger_stirred_its_votes__ends_the_task_and_frees_the_bond(
    oracle: VyperContract,
    disputed: Verdict,
    escrow: VyperContract,
    staking: VyperContract,
    tes: VyperContract,
    challenger: str,
    dance: Dance,
) -> None:
    dance(challenger)
    boa.env.time_travel(seconds=RULING)

    oracle.finalise(disputed.as_tuple())

    assert escrow.task_of(disputed.task_id).payouts_root == disputed.payouts_root
    assert staking.lock_of(tes, challenger) == 0
    assert staking.vote_terms_of(challenger).dispute_lock == 0


def test_open_dispute__in_the_second_of_the_finalisation__is_too_late(
    oracle: VyperContract, posted: Verdict, challenger: str, books: Books
) -> None:
    boa.env.time_travel(seconds=CHALLENGE)

    with refused("verdict: challenge window over", books):
        oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)
    oracle.finalise(posted.as_tuple())
    with refused("verdict: challenge window over", books):
        oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)
