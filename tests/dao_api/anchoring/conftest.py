"""An anchor loop over a wallet whose transactions are mined when the test says so."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from dao_api.anchoring.loop import AnchorLoop
from dao_api.anchoring.repository import BatchRepository
from dao_api.database import AnchorRow, BatchRow, SubmissionRow
from tests.dao_api.fakes import FakeWallet
from tests.dao_api.world import Work, World


@dataclass
class Anchoring:
    world: World
    wallet: FakeWallet
    loop: AnchorLoop

    def batches(self) -> list[BatchRow]:
        with self.world.sessions() as session:
            return list(session.scalars(select(BatchRow).order_by(BatchRow.id)))

    def members(self, batch_id: int | None) -> list[SubmissionRow]:
        with self.world.sessions() as session:
            query = select(SubmissionRow).order_by(SubmissionRow.id)
            wanted = SubmissionRow.batch_id == batch_id
            return list(session.scalars(query.where(wanted)))

    def index(self, batch: BatchRow) -> None:
        """Let the indexer see a batch."""
        with self.world.sessions.begin() as session:
            session.add(
                AnchorRow(
                    block_number=100 + batch.id,
                    log_index=0,
                    block_hash=bytes(32),
                    task_id=batch.task_id,
                    root=batch.root,
                    answers=batch.answers,
                    evidence=batch.document,
                )
            )


@pytest.fixture
def anchoring(world: World) -> Anchoring:
    wallet = FakeWallet()
    loop = AnchorLoop(
        wallet,
        world.view,
        world.store,
        BatchRepository(world.sessions),
        anchor_seconds=30,
        now=lambda: world.wall[0],
    )
    return Anchoring(world, wallet, loop)


@pytest.fixture
def due(anchoring: Anchoring) -> Anchoring:
    """Two submissions wait and their time has come."""
    anchoring.world.post(Work(items=(0, 1), assignment_id=1).body())
    anchoring.world.post(Work(items=(2,), assignment_id=2).body())
    anchoring.world.wall[0] += 30
    return anchoring
