"""Build, check and read every payload: one module and one JSON Schema for each kind.

`build_<kind>` gives a block (or pages of blocks), `parse_<kind>` reads one and refuses all else.
"""

from dao_client.documents.answers import (
    AnswersDocument,
    build_answers,
    check_answers,
    parse_answers,
)
from dao_client.documents.batch import BatchDocument, build_batch, parse_batch
from dao_client.documents.exchange import (
    Acceptance,
    SubmissionRequest,
    build_request,
    parse_acceptance,
)
from dao_client.documents.forced import ForcedSubmission, build_forced, join_forced, parse_forced
from dao_client.documents.gold import GoldRow, build_gold, parse_gold
from dao_client.documents.histories import (
    History,
    build_histories,
    join_histories,
    parse_histories,
)
from dao_client.documents.items import (
    Image,
    Item,
    ItemsPage,
    Text,
    build_items,
    join_items,
    parse_items,
)
from dao_client.documents.missing import build_missing, join_missing, parse_missing
from dao_client.documents.reputation import (
    ReputationRow,
    build_reputation,
    join_reputation,
    parse_reputation,
)
from dao_client.documents.rows import (
    LabelRow,
    PayoutRow,
    RefusalRow,
    build_labels,
    build_payouts,
    build_refusals,
    join_labels,
    join_payouts,
    parse_labels,
    parse_payouts,
    parse_refusals,
)
from dao_client.documents.schema import Kind, kind_of
from dao_client.documents.sealed import SealedDocument, build_sealed, parse_sealed
from dao_client.documents.snapshot import (
    Snapshot,
    SnapshotBatch,
    SnapshotBlock,
    build_snapshot,
    parse_snapshot,
)
from dao_client.documents.stakes import build_stakes, join_stakes, parse_stakes
from dao_client.documents.submissions import (
    SubmissionEntry,
    build_submissions,
    join_submissions,
    parse_submissions,
)
from dao_client.documents.task import (
    ChoiceAnswer,
    GoldPromise,
    TaskDocument,
    build_task,
    parse_task,
)
from dao_client.documents.verdict import Outcome, VerdictDocument, build_verdict, parse_verdict

__all__ = [
    "Acceptance",
    "AnswersDocument",
    "BatchDocument",
    "ChoiceAnswer",
    "ForcedSubmission",
    "GoldPromise",
    "GoldRow",
    "History",
    "Image",
    "Item",
    "ItemsPage",
    "Kind",
    "LabelRow",
    "Outcome",
    "PayoutRow",
    "RefusalRow",
    "ReputationRow",
    "SealedDocument",
    "Snapshot",
    "SnapshotBatch",
    "SnapshotBlock",
    "SubmissionEntry",
    "SubmissionRequest",
    "TaskDocument",
    "Text",
    "VerdictDocument",
    "build_answers",
    "build_batch",
    "build_forced",
    "build_gold",
    "build_histories",
    "build_items",
    "build_labels",
    "build_missing",
    "build_payouts",
    "build_refusals",
    "build_reputation",
    "build_request",
    "build_sealed",
    "build_snapshot",
    "build_stakes",
    "build_submissions",
    "build_task",
    "build_verdict",
    "check_answers",
    "join_forced",
    "join_histories",
    "join_items",
    "join_labels",
    "join_missing",
    "join_payouts",
    "join_reputation",
    "join_stakes",
    "join_submissions",
    "kind_of",
    "parse_acceptance",
    "parse_answers",
    "parse_batch",
    "parse_forced",
    "parse_gold",
    "parse_histories",
    "parse_items",
    "parse_labels",
    "parse_missing",
    "parse_payouts",
    "parse_refusals",
    "parse_reputation",
    "parse_sealed",
    "parse_snapshot",
    "parse_stakes",
    "parse_submissions",
    "parse_task",
    "parse_verdict",
]
