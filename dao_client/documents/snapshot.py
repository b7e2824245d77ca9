"""The snapshot document: all that a verdict depends on, read at one finalized block."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dao_client.documents.schema import Kind, read, write
from dao_client.documents.values import address, cids, digest_from_hex, to_hex
from dao_client.types import Address, BlockNumber, Digest, Json, TaskId, Timestamp
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class SnapshotBlock:
    """The block at which everything was read."""

    number: BlockNumber
    hash: Digest
    timestamp: Timestamp


@dataclass(frozen=True, slots=True)
class SnapshotBatch:
    """One anchor, and the batch document that its evidence digest names."""

    root: Digest
    answers: int
    document: Cid


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The input of a verdict; `batches` in anchor order, pages of all that has no bound.

    `missing` are the pages of blocks that no store gave in time: what they hold does not count.
    `beacon` draws the audits; `histories` come from the snapshots in `sources`. What the task
    changes about its workers is `reputation`: no input, but here it is under what operators sign.
    """

    chain_id: int
    escrow: Address
    task_id: TaskId
    block: SnapshotBlock
    beacon: SnapshotBlock
    spec: Cid
    batches: tuple[SnapshotBatch, ...]
    forced: tuple[Cid, ...]
    stakes: tuple[Cid, ...]
    missing: tuple[Cid, ...] = ()
    histories: tuple[Cid, ...] = ()
    sources: tuple[Cid, ...] = ()
    reputation: tuple[Cid, ...] = ()


def build_snapshot(snapshot: Snapshot) -> bytes:
    """Write a snapshot document."""
    return write(
        Kind.SNAPSHOT,
        {
            "chain_id": snapshot.chain_id,
            "escrow": snapshot.escrow,
            "task_id": snapshot.task_id,
            "block": _write_block(snapshot.block),
            "beacon": _write_block(snapshot.beacon),
            "spec": snapshot.spec,
            "batches": [
                {"root": to_hex(batch.root), "answers": batch.answers, "document": batch.document}
                for batch in snapshot.batches
            ],
            "forced": list(snapshot.forced),
            "stakes": list(snapshot.stakes),
            "missing": list(snapshot.missing),
            "histories": list(snapshot.histories),
            "sources": list(snapshot.sources),
            "reputation": list(snapshot.reputation),
        },
    )


def parse_snapshot(block: bytes) -> Snapshot:
    """Read a snapshot document."""
    members = read(Kind.SNAPSHOT, block)
    return Snapshot(
        chain_id=members["chain_id"],
        escrow=address(members["escrow"]),
        task_id=TaskId(members["task_id"]),
        block=_read_block(members["block"]),
        beacon=_read_block(members["beacon"]),
        spec=Cid(members["spec"]),
        batches=tuple(
            SnapshotBatch(digest_from_hex(batch["root"]), batch["answers"], Cid(batch["document"]))
            for batch in members["batches"]
        ),
        forced=cids(members["forced"]),
        stakes=cids(members["stakes"]),
        missing=cids(members["missing"]),
        histories=cids(members["histories"]),
        sources=cids(members["sources"]),
        reputation=cids(members["reputation"]),
    )


def _write_block(block: SnapshotBlock) -> dict[str, Json]:
    return {
        "number": block.number,
        "hash": to_hex(block.hash),
        "timestamp": block.timestamp,
    }


def _read_block(members: Mapping[str, Any]) -> SnapshotBlock:
    return SnapshotBlock(
        BlockNumber(members["number"]),
        digest_from_hex(members["hash"]),
        Timestamp(members["timestamp"]),
    )
