"""Gas of crediting first pay, exact: the first credit of a worker makes the purse."""

import pytest

from dao_client.documents import PayoutRow
from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.entry_stake.conftest import PAY, PROXIES, SEAT, deploy_contracts
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.task_escrow.tasks import BUDGET

pytestmark = [pytest.mark.chain, PROXIES]

GAS: dict[str, dict[str, int]] = {
    "shanghai": {"first": 338_230, "again": 173_749, "claimed before": 145_973},
    "cancun": {"first": 293_737, "again": 165_515, "claimed before": 137_671},
}


def measure() -> dict[str, int]:
    """Credit the same worker: first, again, and what was claimed before."""
    worker, sender, requester = map(account_of, ("honest_worker", "stranger", "requester"))
    with own_chain():
        contracts = deploy_contracts()
        token = deploy("mocks/PaymentToken", "Dollar", "USD", 18, requester, 10 * BUDGET)
        token.approve(contracts.escrow, 2**256 - 1, sender=requester)
        row = PayoutRow(0, worker, PAY, SEAT)
        verdicts = [contracts.settle(token, (row,)) for _ in range(3)]
        contracts.escrow.claim(*verdicts[2].claim_of(0))
        first, again, claimed = (
            transaction_gas(contracts.entry, "credit", *each.credit_of(0), sender=sender)
            for each in verdicts
        )
    return {"first": first, "again": again, "claimed before": claimed}


def test_gas__of_crediting__is_as_pinned():
    assert measure() == GAS[EVM_VERSION]
