"""The chain tables equal the chain: behind the head, after forks, and however often it is read."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from dao_api.database import AnchorRow, BlockRow, Sessions, open_database
from dao_api.indexer.indexer import CHECKPOINTS, Indexer
from tests.dao_api.fakes import FakeSource

pytestmark = pytest.mark.unit


@dataclass
class Indexing:
    source: FakeSource
    sessions: Sessions

    def indexer(self, confirmations: int = 0) -> Indexer:
        return Indexer(self.source, self.sessions, first_block=0, confirmations=confirmations)

    def rows(self) -> list[tuple[int, bytes, bytes]]:
        with self.sessions() as session:
            found = session.scalars(
                select(AnchorRow).order_by(AnchorRow.block_number, AnchorRow.log_index)
            )
            return [(row.block_number, row.block_hash, row.root) for row in found]

    def expected(self, confirmations: int = 0) -> list[tuple[int, bytes, bytes]]:
        last = self.source.head() - confirmations
        return [
            (event.place.block_number, event.place.block_hash, event.root)
            for event in self.source.logged
            if event.place.block_number <= last
        ]


@pytest.fixture
def indexing(tmp_path: Path) -> Indexing:
    return Indexing(FakeSource(), open_database(f"sqlite:///{tmp_path / 'index.sqlite'}"))


def test_catch_up__new_blocks__become_rows(indexing: Indexing) -> None:
    indexing.source.mine(b"one")
    indexing.source.mine(b"two", b"three")

    indexing.indexer().catch_up()

    assert [row[2] for row in indexing.rows()] == [b"one", b"two", b"three"]
    assert indexing.rows() == indexing.expected()


def test_catch_up__confirmations__stays_behind_the_head(indexing: Indexing) -> None:
    for number in range(6):
        indexing.source.mine(b"%d" % number)

    indexing.indexer(confirmations=2).catch_up()

    assert [row[2] for row in indexing.rows()] == [b"0", b"1", b"2", b"3"]
    assert indexing.indexer(confirmations=2).lag() == 2


def test_catch_up__twice__changes_nothing(indexing: Indexing) -> None:
    indexing.source.mine(b"one")
    indexing.indexer().catch_up()
    before = indexing.rows()

    indexing.indexer().catch_up()

    assert indexing.rows() == before


def test_catch_up__log_applied_again__changes_nothing(indexing: Indexing) -> None:
    indexing.source.mine(b"one")
    indexing.indexer().catch_up()
    with indexing.sessions.begin() as session:
        session.execute(BlockRow.__table__.delete())

    indexing.indexer().catch_up()

    assert indexing.rows() == indexing.expected()


def test_catch_up__fork__rewinds_to_it(indexing: Indexing) -> None:
    for number in range(4):
        indexing.source.mine(b"%d" % number)
        indexing.indexer().catch_up()
    indexing.source.fork(3)
    indexing.source.mine(b"other", salt="b")
    indexing.source.mine(b"more", salt="b")
    indexing.source.reads.clear()

    indexing.indexer().catch_up()

    assert [row[2] for row in indexing.rows()] == [b"0", b"1", b"other", b"more"]
    assert indexing.source.reads == [(3, 4)]


def test_catch_up__chain_got_shorter__forgets_what_is_gone(indexing: Indexing) -> None:
    for number in range(4):
        indexing.source.mine(b"%d" % number)
        indexing.indexer().catch_up()
    indexing.source.fork(2)

    indexing.indexer().catch_up()

    assert indexing.rows() == indexing.expected() != []


def test_catch_up__another_chain_altogether__starts_again(indexing: Indexing) -> None:
    indexing.source.mine(b"one")
    indexing.indexer().catch_up()
    indexing.source.fork(0)
    indexing.source.mine(b"two", salt="b")
    indexing.source.mine(b"three", salt="b")

    indexing.indexer().catch_up()

    assert indexing.rows() == indexing.expected()


def test_advance__chain_moves_while_it_is_read__keeps_nothing(indexing: Indexing) -> None:
    indexing.source.mine(b"one")
    source, read = indexing.source, indexing.source.events

    class MovingSource(FakeSource):
        def events(self, first: int, last: int) -> object:
            found = read(first, last)
            self.fork(1)
            self.mine(b"other", salt="b")
            return found

    moving = MovingSource(source.hashes, source.logged, source.reads)

    Indexer(moving, indexing.sessions, first_block=0, confirmations=0).advance()

    assert indexing.rows() == []


def test_catch_up__many_blocks__keeps_a_bounded_number_of_checkpoints(indexing: Indexing) -> None:
    for _ in range(CHECKPOINTS + 5):
        indexing.source.mine()
        indexing.indexer().advance()

    with indexing.sessions() as session:
        kept = session.scalars(select(BlockRow.number)).all()
    assert len(kept) == CHECKPOINTS
    assert max(kept) == indexing.source.head()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4), st.booleans()), max_size=12))
def test_catch_up__any_forks__equals_the_chain(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("forks")
    indexing = Indexing(FakeSource(), open_database(f"sqlite:///{folder / 'index.sqlite'}"))
    for turn, (depth, blocks, is_read) in enumerate(steps):
        indexing.source.fork(max(1, len(indexing.source.hashes) - depth))
        for block in range(blocks):
            indexing.source.mine(b"%d.%d" % (turn, block), salt=str(turn))
        if is_read:
            indexing.indexer().catch_up()

    indexing.indexer().catch_up()

    assert indexing.rows() == indexing.expected()
