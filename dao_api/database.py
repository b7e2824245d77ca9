"""The tables, in two groups, and how sessions are opened.

Chain tables (`blocks`, `tasks`, `anchors`, `verdicts`) are written by the indexer alone; every
row carries the block it was read from. Gateway tables (`submissions`, `answered_items`, `batches`)
hold what exists nowhere else until it is anchored: they are what a backup must hold.

Whether a batch is anchored is not stored: it is, when `anchors` has its root.
"""

from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Dialect,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

UINT256_DIGITS = 78
BUSY_SECONDS = 30
Sessions = sessionmaker[Session]


class Uint256(TypeDecorator[int]):
    """An integer below 2^256 as decimal text: no database has a wider integer in common."""

    impl = String(UINT256_DIGITS)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)


class Base(DeclarativeBase):
    """Root of every table."""

    type_annotation_map: ClassVar[dict[type, Any]] = {
        int: BigInteger().with_variant(Integer, "sqlite"),
        bytes: LargeBinary,
        str: String,
    }


class Logged:
    """Where on the chain a row was read."""

    block_number: Mapped[int] = mapped_column(primary_key=True)
    log_index: Mapped[int] = mapped_column(primary_key=True)
    block_hash: Mapped[bytes]
    task_id: Mapped[int] = mapped_column(index=True)


class BlockRow(Base):
    """A block up to which everything was read."""

    __tablename__ = "blocks"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes]


class TaskRow(Logged, Base):
    """What was fixed when a task was created."""

    __tablename__ = "tasks"

    requester: Mapped[str]
    token: Mapped[str]
    gateway: Mapped[str]
    price: Mapped[int] = mapped_column(Uint256)
    budget: Mapped[int] = mapped_column(Uint256)
    spec: Mapped[bytes]
    submit_deadline: Mapped[int]
    reveal_deadline: Mapped[int]
    verdict_deadline: Mapped[int]


class AnchorRow(Logged, Base):
    """A batch that is on the chain."""

    __tablename__ = "anchors"

    root: Mapped[bytes] = mapped_column(index=True)
    answers: Mapped[int]
    evidence: Mapped[bytes]


class VerdictRow(Logged, Base):
    """A verdict that was posted; the newest of a task is the one that counts."""

    __tablename__ = "verdicts"

    input_digest: Mapped[bytes]
    labels_root: Mapped[bytes]
    payouts_root: Mapped[bytes]
    slashes_root: Mapped[bytes]
    total_payout: Mapped[int] = mapped_column(Uint256)
    method_hash: Mapped[bytes]
    document: Mapped[bytes]


CHAIN_TABLES: tuple[type[TaskRow | AnchorRow | VerdictRow], ...] = (TaskRow, AnchorRow, VerdictRow)


class BatchRow(Base):
    """Submissions under one root, with the one transaction that anchors them."""

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(index=True)
    root: Mapped[bytes] = mapped_column(unique=True)
    answers: Mapped[int]
    document: Mapped[bytes]
    nonce: Mapped[int]
    raw_transaction: Mapped[bytes]
    transaction_hash: Mapped[bytes]
    signed_at: Mapped[int]
    signed_block: Mapped[int]
    raises: Mapped[int]


class SubmissionRow(Base):
    """A submission with the receipt that was given for it; ids grow in receipt order."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("task_id", "worker", "assignment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_hash: Mapped[bytes] = mapped_column(unique=True)
    task_id: Mapped[int] = mapped_column(index=True)
    assignment_id: Mapped[int] = mapped_column(Uint256)
    worker: Mapped[str]
    commitments_root: Mapped[bytes]
    sealed_digest: Mapped[bytes]
    deadline: Mapped[int]
    signature: Mapped[bytes]
    answers: Mapped[int]
    received_at: Mapped[int]
    anchor_by: Mapped[int]
    receipt_signature: Mapped[bytes]
    stored_at: Mapped[float]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    leaf_index: Mapped[int | None]


class AnsweredItemRow(Base):
    """An item that a worker has answered: the key makes a second answer impossible."""

    __tablename__ = "answered_items"
    __table_args__ = (Index("answered_by_item", "task_id", "item"),)

    task_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    worker: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))


def open_database(url: str) -> Sessions:
    """Open the database at `url` and create missing tables; a commit survives power loss."""
    if (path := make_url(url).database) and url.startswith("sqlite"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        _configure_sqlite(engine)
    Base.metadata.create_all(engine)
    return sessionmaker(engine, expire_on_commit=False)


def _configure_sqlite(engine: Engine) -> None:
    """Let readers read while one writes, and make writers queue instead of failing halfway."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401
        mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {mode}")


def writing(session: Session) -> Session:
    """Announce writes: on SQLite the transaction takes its lock now and cannot fail halfway."""
    session.connection(execution_options={"writes": True})
    return session
