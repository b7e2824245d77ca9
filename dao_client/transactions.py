"""Send transactions: simulate, sign, broadcast, wait, and say clearly what went wrong.

`prepare` and `broadcast` are apart so that a program can write down a signed transaction before
anyone sees it: after a kill it broadcasts the same bytes again, which changes nothing twice.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dao_client.chain import Chain, Mined
from dao_client.contracts.contract import Call
from dao_client.errors import RpcRefused, TransactionLost, TransactionRefused, WrongChain
from dao_client.fees import Fees, fees, gas_limit
from dao_client.keys import SignedTransaction, Signer
from dao_client.reverts import revert_reason
from dao_client.rpc import Request
from dao_client.types import Address, Digest, Wei

TIMEOUT_SECONDS = 120.0
FIRST_POLL_SECONDS = 0.02
LAST_POLL_SECONDS = 1.0
NUDGE_SECONDS = 5.0


def leave_alone(chain: Chain) -> None:
    """Do nothing to a chain that mines no block: it is not ours to mine."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for a block, by which clock, and what may help a node that stalls.

    `nudge` is called whenever `NUDGE_SECONDS` passed without a new receipt. Only who started a
    development node may have it mine.
    """

    timeout: float = TIMEOUT_SECONDS
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    nudge: Callable[[Chain], None] = leave_alone


class Sender:
    """One wallet on one chain; use a wallet from one thread of one program at a time."""

    def __init__(self, chain: Chain, signer: Signer, pace: Pace | None = None) -> None:
        self.chain = chain
        self.signer = signer
        self.pace = pace or Pace()

    @property
    def address(self) -> Address:
        """The wallet's address."""
        return self.signer.address

    def send(self, call: Call) -> Mined:
        """Simulate, sign, broadcast and wait; raise when any step is refused."""
        signed = self.prepare(call)
        self.broadcast(signed, call)
        return self.wait(signed.hash, call)

    def simulate(self, call: Call) -> bytes:
        """Run a transaction without sending it and return what it would answer."""
        try:
            output = self.chain.rpc.call("eth_call", as_request(call, self.address), "latest")
        except RpcRefused as error:
            raise refused(call, revert_reason(error)) from error
        return bytes.fromhex(output[2:])

    def prepare(self, call: Call, nonce: int | None = None) -> SignedTransaction:
        """Simulate and sign; a given nonce replaces the transaction that was signed with it."""
        request = as_request(call, self.address)
        answers = self.chain.rpc.batch(
            [
                ("eth_chainId", []),
                _rehearsal(call, request),
                ("eth_estimateGas", [request]),
                ("eth_getTransactionCount", [self.address, "pending"]),
                ("eth_getBalance", [self.address, "latest"]),
                *fee_requests(),
            ]
        )
        chain_id, output, estimate, pending, balance = answers[:5]
        _check_chain(self.chain, accepted(call, chain_id))
        held = int(accepted(call, balance), 16)
        _check_funds(call, self.address, held, gas_wei=0)  # nodes refuse this in words of their own
        accepted(call, output)
        gas = gas_limit(int(accepted(call, estimate), 16))
        price = read_fees(call, answers[5:])
        _check_funds(call, self.address, held, gas * price.max_fee)
        place = int(accepted(call, pending), 16) if nonce is None else nonce
        return self.signer.sign_transaction(
            as_transaction(call, self.chain.chain_id, place, gas, price)
        )

    def broadcast(self, signed: SignedTransaction, call: Call | None = None) -> None:
        """Hand signed bytes to the node, again and again if need be: only once do they count."""
        try:
            self.chain.rpc.call("eth_sendRawTransaction", "0x" + signed.raw.hex())
        except RpcRefused as error:
            if not is_known(self.chain, signed.hash):
                raise refused(call or signed.hash, error.message) from error

    def wait(self, transaction_hash: Digest, call: Call | None = None) -> Mined:
        """Wait until a transaction is in a block; raise when it failed or does not come."""
        mined = wait_all(self.chain, [transaction_hash], self.pace)[0]
        if not mined.is_success:
            raise refused(call or transaction_hash, self._failure(call, mined))
        return mined

    def _failure(self, call: Call | None, mined: Mined) -> str:
        """Find out why a mined transaction failed, by running it again on its parent block."""
        where = f"in block {mined.block_number}, transaction 0x{mined.transaction_hash.hex()}"
        if call is None:
            return f"failed {where}"
        try:
            request = as_request(call, self.address)
            self.chain.rpc.call("eth_call", request, hex(mined.block_number - 1))
        except RpcRefused as error:
            return revert_reason(error)
        return f"failed {where}, though it runs on the block before: the state changed under it"


def wait_all(chain: Chain, hashes: Sequence[Digest], pace: Pace) -> list[Mined]:
    """Wait until all transactions are in blocks, whatever became of them.

    Only the last missing one is asked for while it is missing: the node has better work to do.
    """
    found: dict[Digest, Mined] = {}
    started, pause = pace.now(), FIRST_POLL_SECONDS
    moved = started
    while missing := [each for each in hashes if each not in found]:
        if last := chain.mined(missing[-1]):
            rest = zip(missing, chain.mined_many(missing[:-1]), strict=False)
            found |= {each: mined for each, mined in rest if mined} | {missing[-1]: last}
            moved = pace.now()
            continue
        if pace.now() - started > pace.timeout:
            raise _lost(chain, missing[-1], pace)
        if pace.now() - moved > NUDGE_SECONDS:
            pace.nudge(chain)
            moved = pace.now()
        pace.sleep(pause)
        pause = min(pause * 1.5, LAST_POLL_SECONDS)
    return [found[each] for each in hashes]


def _rehearsal(call: Call, request: dict[str, str]) -> Request:
    """Return what runs a call without sending it; it tells best why a contract refuses.

    Ganache's `eth_call` creates a contract elsewhere than the transaction will; estimates do not.
    """
    if call.to is None:
        return ("eth_estimateGas", [request])
    return ("eth_call", [request, "latest"])


def is_known(chain: Chain, transaction_hash: Digest) -> bool:
    """Tell whether the node already has a transaction, waiting or mined."""
    found = chain.rpc.call("eth_getTransactionByHash", "0x" + transaction_hash.hex())
    return found is not None


def as_request(call: Call, sender: Address) -> dict[str, str]:
    """Write a call as `eth_call` and `eth_estimateGas` take it."""
    request = {"from": sender, "data": "0x" + call.data.hex(), "value": hex(call.value)}
    return request if call.to is None else {**request, "to": call.to}


def as_transaction(call: Call, chain_id: int, nonce: int, gas: int, price: Fees) -> dict[str, Any]:
    """Write a call as a complete EIP-1559 transaction."""
    transaction = {
        "type": 2,
        "chainId": chain_id,
        "nonce": nonce,
        "gas": gas,
        "maxFeePerGas": int(price.max_fee),
        "maxPriorityFeePerGas": int(price.tip),
        "value": int(call.value),
        "data": "0x" + call.data.hex(),
    }
    return transaction if call.to is None else {**transaction, "to": call.to}


def fee_requests() -> list[Request]:
    """Return the questions whose answers `read_fees` takes."""
    return [("eth_getBlockByNumber", ["latest", False]), ("eth_maxPriorityFeePerGas", [])]


def read_fees(call: Call | str, answers: Sequence[Any]) -> Fees:
    """Turn the answers to `fee_requests` into a price; a node may have no opinion on tips."""
    block, tip = accepted(call, answers[0]), answers[1]
    suggested = 0 if isinstance(tip, RpcRefused) else int(tip, 16)
    return fees(int(block.get("baseFeePerGas") or "0x0", 16), suggested)


def accepted(call: Call | str, answer: Any) -> Any:  # noqa: ANN401
    """Return an answer of the node, or raise why the transaction would fail."""
    if isinstance(answer, RpcRefused):
        raise refused(call, revert_reason(answer)) from answer
    return answer


def refused(call: Call | str | Digest, reason: str) -> TransactionRefused:
    """Name the function, the reason and the arguments."""
    what = f"transaction 0x{call.hex()}" if isinstance(call, bytes) else str(call)
    return TransactionRefused(f"{what} was refused: {reason}", reason)


def _check_chain(chain: Chain, answer: str) -> None:
    if int(answer, 16) != chain.chain_id:
        raise WrongChain(
            f"{chain.rpc.url} is now on chain {int(answer, 16)}, it was on {chain.chain_id}: "
            "nothing was sent"
        )


def _check_funds(call: Call, wallet: Address, balance: int, gas_wei: int) -> None:
    needed = gas_wei + call.value
    if balance < needed:
        raise refused(
            call,
            f"insufficient funds: wallet {wallet} holds {balance} wei of the chain's coin and "
            f"may need {needed} for gas and value; send it some",
        )


def _lost(chain: Chain, missing: Digest, pace: Pace) -> TransactionLost:
    state = "waits in the node's pool" if is_known(chain, missing) else "is unknown to the node"
    return TransactionLost(
        f"transaction 0x{missing.hex()} was not mined in {pace.timeout:.0f} s and {state}: "
        "look it up again later, or broadcast it again"
    )


def transfer_coin(recipient: Address, amount: Wei) -> Call:
    """Send the chain's own coin, which pays for gas."""
    return Call(recipient, b"", "transfer of coin", (recipient, amount), amount)
