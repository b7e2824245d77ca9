"""One chain with every contract, and holders whose stake votes."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from dao_client.chain import Chain
from dao_client.contracts import Call
from dao_client.contracts.governor import ProposalCalls, ProposalState, Support
from dao_client.deploying import deploy
from dao_client.deployment import System
from dao_client.keys import DEV_MNEMONIC, LocalSigner
from dao_client.nodes import advance, start_chain, stop_chain
from dao_client.staker import deposit_calls
from dao_client.transactions import Sender
from dao_client.types import Digest, Wei
from tests.deployments import TEST_SETTINGS
from tests.referees.asking import NODE

TES = 10**18
DEPLOYER, PROPOSER, DELEGATOR, VOTER, SIGNER, EXTENDED, RELAYER = range(7)
"""Who is who, by the place in the development mnemonic."""
PEOPLE = [LocalSigner.from_mnemonic(place) for place in range(7)]
STAKES: Mapping[int, Wei] = {
    PROPOSER: Wei(1_000_000 * TES),
    DELEGATOR: Wei(12_000_000 * TES),
    SIGNER: Wei(2_000_000 * TES),
    EXTENDED: Wei(3_000_000 * TES),
}
LIBRARIES = Path(__file__).parents[2] / "tools" / "referees"


@dataclass(frozen=True)
class Governed:
    """What the library told, and the chain that it acted on."""

    record: Any
    system: System
    calls: ProposalCalls

    def arguments(self, step: str) -> dict[str, Any]:
        """Return what each event of a transaction said, by name."""
        return {event["name"]: event["args"] for event in self.record["events"][step]}

    def vote(self, place: int, support: Support, weight: str, **more: str) -> dict[str, str]:
        """Return what the event of somebody's vote says."""
        proposal, voter = self.record["proposal"]["id"], PEOPLE[place].address
        said = {"voter": voter, "proposalId": proposal, "support": str(int(support))}
        return {**said, "weight": weight, "reason": "", **more}


@contextmanager
def governor_world(kind: str, folder: Path) -> Iterator[System]:
    """Start a node, deploy, let the holders stake; stop the node afterwards."""
    node = start_chain(kind, state_dir=folder / "chain", accounts=len(PEOPLE))
    try:
        deployer = Sender(Chain.connect(node.url), PEOPLE[DEPLOYER])
        system = System.connect(deployer.chain, deploy(deployer, TEST_SETTINGS))
        for place, amount in STAKES.items():
            holder = PEOPLE[place]
            deployer.send(system.work_token.transfer(holder.address, amount))
            for call in deposit_calls(system, system.work_token, holder.address, amount):
                Sender(system.chain, holder).send(call)
        advance(system.chain, 1)  # Ganache estimates in the second of its last block
        yield system
    finally:
        stop_chain(folder / "chain")


def govern_with(library: str, system: System, call: Call, description: str) -> Governed:
    """Let a library take a call of Parameters from its proposal to its execution."""
    job = {
        "rpc": system.chain.rpc.url,
        "mnemonic": DEV_MNEMONIC,
        "governor": system.governor.address,
        "proposer": PROPOSER,
        "delegator": DELEGATOR,
        "voter": VOTER,
        "signer": SIGNER,
        "extended": EXTENDED,
        "relayer": RELAYER,
        "call": {"target": system.parameters.address, "data": "0x" + call.data.hex()},
        "description": description,
    }
    run = subprocess.run(
        [NODE, LIBRARIES / f"governor_{library}.mjs"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    targets, hashed = (system.parameters.address,), Digest(keccak(text=description))
    calls = ProposalCalls(targets, (Wei(0),), (call.data,), hashed)
    return Governed(json.loads(run.stdout), system, calls)


def power(*places: int) -> str:
    """Return the votes of these stakes, as text; nobody locked theirs."""
    return str(sum(STAKES[place] for place in places) // 4)


def bitmap_of(*states: ProposalState) -> str:
    """Return states as OpenZeppelin's bitmap names them."""
    return f"0x{sum(1 << state for state in states):064x}"
