"""Send many transactions of many wallets in few requests.

All calls of one batch are simulated on the same state, so none may depend on another of the same
batch: fund first, then approve, then deposit, one batch each.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from dao_client.chain import Chain, Mined
from dao_client.contracts.contract import Call
from dao_client.errors import RpcRefused
from dao_client.fees import gas_limit
from dao_client.keys import SignedTransaction, Signer
from dao_client.rpc import Request
from dao_client.transactions import (
    Pace,
    accepted,
    as_request,
    as_transaction,
    fee_requests,
    is_known,
    read_fees,
    refused,
    wait_all,
)
from dao_client.types import Address

Order = tuple[Signer, Call]

CHUNK = 60
"""Transactions on their way at once: geth's pool queues 64 of a wallet."""


def send_many(
    chain: Chain,
    orders: Sequence[Order],
    pace: Pace | None = None,
    progress: Callable[[int], None] | None = None,
    gas: int | None = None,
) -> list[Mined]:
    """Send every call from its wallet; raise on the first that is refused or fails.

    With `gas` every transaction gets that limit and is only simulated: Ganache needs up to 0.2 s
    for an estimate.
    """
    mined: list[Mined] = []
    for first in range(0, len(orders), CHUNK):
        chunk = orders[first : first + CHUNK]
        mined += _send_chunk(chain, chunk, pace or Pace(), gas)
        if progress is not None:
            progress(len(mined))
    return mined


def _send_chunk(chain: Chain, orders: Sequence[Order], pace: Pace, gas: int | None) -> list[Mined]:
    signed = _prepare(chain, orders, gas)
    answers = broadcast_all(chain, signed, [signer.address for signer, _ in orders])
    for (_, call), each, answer in zip(orders, signed, answers, strict=True):
        if isinstance(answer, RpcRefused) and not is_known(chain, each.hash):
            raise refused(call, answer.message) from answer
    mined = wait_all(chain, [each.hash for each in signed], pace)
    for (_, call), outcome in zip(orders, mined, strict=True):
        if not outcome.is_success:
            raise refused(call, f"failed in block {outcome.block_number}")
    return mined


def broadcast_all(
    chain: Chain, signed: Sequence[SignedTransaction], wallets: Sequence[Address]
) -> list[Any]:
    """Hand in signed transactions, of each wallet in the order of their nonces; return the answers.

    The first of each wallet goes last, when the others wait for it: Anvil loses a transaction that
    it begins to look at before the one in front of it is mined and puts into its pool afterwards.
    """
    first = {wallet: place for place, wallet in reversed(list(enumerate(wallets)))}
    places = sorted(range(len(signed)), key=lambda place: first[wallets[place]] == place)
    later, last = places[: len(signed) - len(first)], places[len(signed) - len(first) :]
    answers: dict[int, Any] = {}
    for group in filter(None, (later, last)):
        raw: list[Request] = [
            ("eth_sendRawTransaction", ["0x" + signed[place].raw.hex()]) for place in group
        ]
        answers |= dict(zip(group, chain.rpc.batch(raw), strict=True))
    return [answers[place] for place in range(len(signed))]


def _prepare(chain: Chain, orders: Sequence[Order], gas: int | None) -> list[SignedTransaction]:
    nonces = _nonces(chain, {signer.address for signer, _ in orders})
    wanted = [as_request(call, signer.address) for signer, call in orders]
    requests: list[Request] = [
        ("eth_estimateGas", [each]) if gas is None else ("eth_call", [each, "latest"])
        for each in wanted
    ]
    answers = chain.rpc.batch([*requests, *fee_requests()])
    price = read_fees("a batch of transactions", answers[len(orders) :])
    signed = []
    for (signer, call), answer in zip(orders, answers[: len(orders)], strict=True):
        simulated = accepted(call, answer)
        limit = gas_limit(int(simulated, 16)) if gas is None else gas
        place = nonces[signer.address]
        nonces[signer.address] += 1
        transaction = as_transaction(call, chain.chain_id, place, limit, price)
        signed.append(signer.sign_transaction(transaction))
    return signed


def _nonces(chain: Chain, wallets: set[Address]) -> Counter[Address]:
    ordered = sorted(wallets)
    requests: list[Request] = [
        ("eth_getTransactionCount", [wallet, "pending"]) for wallet in ordered
    ]
    counts = [
        int(accepted("a batch of transactions", each), 16) for each in chain.rpc.batch(requests)
    ]
    return Counter(dict(zip(ordered, counts, strict=True)))
