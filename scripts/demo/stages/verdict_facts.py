"""Read what the operators decided, from the posting transaction and the verdict's documents."""

from eth_abi.abi import decode

from dao_client.contracts.events import VerdictPosted
from dao_client.deployment import System
from dao_client.documents import parse_verdict
from dao_client.payloads import read_refusals
from ipfs_store import Store, cid_from_digest
from scripts.demo.report import VerdictFacts
from scripts.demo.wallets import OPERATORS

POSTING = ("(uint256,bytes32,bytes32,bytes32,bytes32,uint256,bytes32)", "bytes32", "bytes[]")


def verdict_facts(system: System, store: Store, posted: VerdictPosted) -> VerdictFacts:
    """Return the verdict as the report shows it."""
    document = cid_from_digest(posted.document)
    refusals = read_refusals(store, parse_verdict(store.get_block(document)).refusals)
    return VerdictFacts(
        document=str(document),
        input_digest="0x" + posted.input_digest.hex(),
        labels_root="0x" + posted.labels_root.hex(),
        payouts_root="0x" + posted.payouts_root.hex(),
        slashes_root="0x" + posted.slashes_root.hex(),
        method_hash="0x" + posted.method_hash.hex(),
        total_payout=posted.total_payout,
        operators=OPERATORS,
        signatures=_signature_count(system, posted),
        refused_answers=len(refusals),
    )


def _signature_count(system: System, posted: VerdictPosted) -> int:
    found = system.chain.rpc.call(
        "eth_getTransactionByHash", "0x" + posted.place.transaction_hash.hex()
    )
    signatures: tuple[bytes, ...] = decode(POSTING, bytes.fromhex(found["input"][10:]))[2]
    return len(signatures)
