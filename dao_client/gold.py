"""Promise true answers when a task is created, open them once no answer can be anchored any more.

promise  root of a tree over (item, answerDigest, salt) and the CID of the document with them,
         both in the task document; salts are random, so neither says anything about an answer
opening  the document goes into the store
"""

import secrets
from collections.abc import Callable, Iterable, Mapping

from dao_client.deployment import System
from dao_client.documents import GoldPromise, GoldRow, build_gold
from dao_client.encoding import gold_tree
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.moments import write_moment
from dao_client.types import Answer, Digest, ItemIndex, TaskId
from dao_client.windows import Windows
from ipfs_store import Cid, Store, cid_of

SALT_BYTES = 32


def promise_gold(
    answers: Mapping[ItemIndex, str], salt: Callable[[int], bytes] = secrets.token_bytes
) -> tuple[GoldPromise, bytes]:
    """Return the promise and the document behind it: keep that, nobody else has it."""
    rows = [GoldRow(item, answer, salt(SALT_BYTES)) for item, answer in answers.items()]
    document = build_gold(rows)
    return GoldPromise(gold_root(rows), cid_of(document), len(rows)), document


def gold_root(rows: Iterable[GoldRow]) -> Digest:
    """Return the root of gold, which is the same for any order of its items."""
    return gold_tree(Answer(row.item, row.answer, row.salt) for row in rows).root


def open_gold(
    system: System, store: Store, task_id: TaskId, promise: GoldPromise, document: bytes
) -> Cid:
    """Publish the gold of a task; refuse it before answers open, and refuse another document."""
    if cid_of(document) != promise.document:
        raise MalformedDocument(
            f"this gold is {cid_of(document)}, task {task_id} promised {promise.document}: "
            "operators would not count it; give the file that was written when it was created"
        )
    deadline = Windows.of(system.task_escrow.task(task_id)).opening_deadline
    clock = system.chain.clock()
    if clock < deadline:
        raise TransactionRefused(
            f"answers of task {task_id} are anchored until {write_moment(deadline)}, it is "
            f"{write_moment(clock)}: gold that is open now could be copied; open it then",
            "too early for gold",
        )
    return store.put_block(document)
