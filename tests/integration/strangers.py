"""A deployment full of other people's things, and wallets that try everything on it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from dao_client.authority import changing_functions
from dao_client.authority_check import blank
from dao_client.batches import broadcast_all
from dao_client.chain import Chain, Mined
from dao_client.contracts import Call, ParameterId
from dao_client.contracts.abi import Entry, encode_arguments, selector
from dao_client.contracts.contract import Contract
from dao_client.contracts.governor import ProposalCalls
from dao_client.deploying import deploy
from dao_client.deployment import System
from dao_client.fees import Fees
from dao_client.genesis import Grant, development_genesis
from dao_client.keys import LocalSigner
from dao_client.nodes import advance, start_chain, stop_chain
from dao_client.requester import DraftItem, Offer, TaskDraft, publish_task
from dao_client.staker import deposit_calls
from dao_client.transactions import Pace, Sender, as_transaction, transfer_coin, wait_all
from dao_client.types import Address, Digest, Timestamp, Wei
from ipfs_store import FolderStore
from tests.deployments import TEST_SETTINGS

TES = 10**18
HOUR, DAY = 3_600, 86_400
GAS, PRICE = 3_000_000, Fees(Wei(10**11), Wei(10**9))
OWNER, *MEMBERS = (LocalSigner.from_mnemonic(place) for place in range(8))
"""Who deploys, stakes, asks, operates and proposes; and the guardian's members."""
PROPOSING = ("propose", "queue", "execute", "cancel")
DESCRIPTION = "Reveal faster"
GRANT = Grant(OWNER.address, Wei(1_000 * TES), 365 * DAY, 730 * DAY)


@dataclass(frozen=True)
class Attempt:
    """One transaction of a stranger."""

    function: str
    arguments: Sequence[Any]
    mined: Mined


@dataclass(frozen=True)
class Besieged:
    """The contracts, with stakes, a task, an operator, a grant and a proposal in them."""

    system: System
    calls: ProposalCalls

    def functions(self) -> list[tuple[Contract, Entry]]:
        """Return every function that can change something, of every contract."""
        contracts = [
            Contract(self.system.chain, name, address)
            for name, address in self.system.deployment.contracts.items()
        ]
        return [(each, entry) for each in contracts for entry in changing_functions(each.abi)]

    def attempts(self, contract: Contract, entry: Entry, signer: LocalSigner) -> list[Attempt]:
        """Send a function with all kinds of arguments, unasked whether that may work."""
        chain, first = self.system.chain, self.system.chain.nonce(signer.address)
        tried = list(self._arguments(contract.abi.contract, entry, signer.address))
        signed = []
        for place, arguments in enumerate(tried):
            data = selector(entry) + encode_arguments(entry, arguments)
            call = Call(contract.address, data, entry["name"])
            sent = as_transaction(call, chain.chain_id, first + place, GAS, PRICE)
            signed.append(signer.sign_transaction(sent))
        broadcast_all(chain, signed, [signer.address] * len(signed))
        mined = wait_all(chain, [each.hash for each in signed], Pace())
        name = f"{contract.abi.contract}.{entry['name']}"
        return [Attempt(name, *pair) for pair in zip(tried, mined, strict=True)]

    def stranger(self) -> LocalSigner:
        """Return a fresh wallet that can pay for gas and holds nothing else."""
        signer = LocalSigner.create()
        Sender(self.system.chain, OWNER).send(transfer_coin(signer.address, Wei(100 * TES)))
        return signer

    def fingerprint(self) -> dict[str, Any]:
        """Read everything that belongs to somebody, and every rule."""
        return {**self._money(), **self._rules()}

    def _money(self) -> dict[str, Any]:
        system = self.system
        tokens = (system.work_token, system.token(system.deployment.payment_token))
        found: dict[str, Any] = {"supply": system.work_token.total_supply()}
        owners = [OWNER.address, *system.deployment.contracts.values()]
        for token in tokens:
            for owner in owners:
                found[f"{token.address} of {owner}"] = token.balance_of(owner)
            for view in ("stake_of", "lock_of", "unbonding_of", "credit_of"):
                key = (token.address, OWNER.address)
                found[f"{view} {token.address}"] = system.staking.contract.read(view, *key)
            found[f"totals {token.address}"] = system.staking.totals_of(token.address)
            found[f"fees {token.address}"] = system.task_escrow.fees_of(token.address)
        for place in system.deployment.contracts.values():
            found[f"allowance {place}"] = system.work_token.allowance(OWNER.address, place)
        return found

    def _rules(self) -> dict[str, Any]:
        system, owner = self.system, OWNER.address
        governor, timelock = system.governor.contract, system.timelock.contract
        proposal = system.governor.proposal_id(self.calls)
        settings = ("votingDelay", "votingPeriod", "lateQuorumVoteExtension", "proposalGuardian")
        task = system.task_escrow.task(1)
        return {
            "parameters": system.parameters.parameters(),
            "delay": timelock.read("getMinDelay"),
            "governor": [
                governor.read(each) for each in (*settings, "quorumNumerator", "timelock")
            ],
            "threshold": governor.read("proposalThreshold"),
            "proposal": (system.governor.state(proposal), system.governor.votes(proposal)),
            "votes": system.staking.contract.read("getVotes", owner),
            "delegate": system.staking.contract.read("delegates", owner),
            "points": system.worker_house.votes(owner),
            "task": (task.requester, task.claimable, task.refundable, task.is_cancelled),
            "phase": system.verdict_oracle.phase(1),
            "operator": system.verdict_oracle.operator(owner),
            "grant": system.treasury.contract.read("grant_of", 1)[:3],
            "rate": system.rewards.contract.read("emission_rate", system.deployment.payment_token),
            "minted": system.rewards.contract.read("emission_minted"),
        }

    def _last(self, entry: Entry) -> Any:
        is_hash = entry["inputs"][3]["type"] == "bytes32"
        return self.calls.description_hash if is_hash else DESCRIPTION

    def _arguments(self, contract: str, entry: Entry, stranger: Address) -> Iterator[list[Any]]:
        """Yield nothing at all, then every mix of interesting addresses, all else being one."""
        yield [blank(each) for each in entry["inputs"]]
        if contract in ("Governor", "Guardian") and entry["name"] in PROPOSING:
            yield [self.calls.targets, self.calls.values, self.calls.calldatas, self._last(entry)]
        owner, token = OWNER.address, self.system.work_token.address
        coin = self.system.deployment.payment_token
        places = sum(each["type"] == "address" for each in entry["inputs"])
        for chosen in product((stranger, owner, token, coin), repeat=places):
            rest = iter(chosen)
            yield [
                next(rest) if each["type"] == "address" else _one(each, stranger)
                for each in entry["inputs"]
            ]


def _settle_in(system: System, folder: Path) -> ProposalCalls:
    """Let the owner stake, operate, ask and propose."""
    sender = Sender(system.chain, OWNER)
    coin = system.token(system.deployment.payment_token)
    for token, amount in ((system.work_token, 10_000_000 * TES), (coin, 5 * TES)):
        for call in deposit_calls(system, token, OWNER.address, Wei(amount)):
            sender.send(call)
    sender.send(system.staking.unstake(coin.address, Wei(TES)))
    sender.send(system.verdict_oracle.register_operator(Wei(1_000 * TES)))
    draft = TaskDraft("Parity", "Even?", ("yes", "no"), (DraftItem("a", text="2"),), 3, Wei(TES))
    deadline = Timestamp(system.chain.clock() + HOUR)
    offer = Offer(coin.address, MEMBERS[0].address, Wei(10), Wei(TES), deadline, HOUR, DAY)
    publish_task(system, sender, FolderStore(folder / "store"), draft, offer)
    advance(system.chain, 60)  # power counts from the next second on
    change = system.parameters.set_parameter(ParameterId.REVEAL_SECONDS, 5 * HOUR)
    calls = ((system.parameters.address,), (Wei(0),), (change.data,))
    sender.send(system.governor.propose(*calls, DESCRIPTION))
    return ProposalCalls(*calls, Digest(keccak(text=DESCRIPTION)))


@contextmanager
def besieged(kind: str, folder: Path) -> Iterator[Besieged]:
    """Start a node, deploy, fill the contracts; stop the node afterwards."""
    node = start_chain(kind, state_dir=folder / "chain", accounts=8)
    try:
        usual = development_genesis(OWNER.address, has_payment_token=True)
        members = tuple(each.address for each in MEMBERS)
        genesis = replace(usual, grants=(GRANT,), guardians=members)
        sender = Sender(Chain.connect(node.url), OWNER)
        deployment = deploy(sender, replace(TEST_SETTINGS, genesis=genesis))
        system = System.connect(sender.chain, deployment)
        yield Besieged(system, _settle_in(system, folder))
    finally:
        stop_chain(folder / "chain")


def _one(entry: Entry, stranger: Address) -> Any:
    """Return a one, or one of them, in the shape that an argument has."""
    kind = entry["type"]
    if kind.endswith("[]"):
        return [_one({**entry, "type": kind[:-2]}, stranger)]
    if kind == "tuple":
        return tuple(_one(each, stranger) for each in entry["components"])
    if kind == "address":
        return stranger
    return {"bytes32": bytes(32), "bytes": b"\1", "bool": True, "string": "a"}.get(kind, 1)
