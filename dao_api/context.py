"""Everything that requests need, built once at the start and passed to the app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from dao_api.chain import ChainView
from dao_api.database import Sessions
from dao_api.payloads import Payloads
from dao_api.payouts.service import PayoutService
from dao_api.submissions.opening import OpeningService
from dao_api.submissions.repository import SubmissionRepository
from dao_api.submissions.service import ReceiptTerms, SubmissionService
from dao_api.tasks.repository import TaskRepository
from dao_api.tasks.service import TaskService
from dao_api.verdicts.repository import VerdictRepository
from dao_api.verdicts.service import VerdictService
from dao_client.messages import Domain
from ipfs_store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The services of one gateway."""

    view: ChainView
    store: Store
    sessions: Sessions
    lag: Callable[[], int]
    payloads: Payloads
    task_rows: TaskRepository
    tasks: TaskService
    submission_rows: SubmissionRepository
    submissions: SubmissionService
    openings: OpeningService
    verdicts: VerdictService
    payouts: PayoutService


def build_context(
    view: ChainView,
    store: Store,
    sessions: Sessions,
    terms: ReceiptTerms,
    verdict_domain: Domain,
    lag: Callable[[], int],
) -> Context:
    """Join chain, store, database and key; verdicts are signed for a contract of their own."""
    payloads = Payloads(store)
    task_rows = TaskRepository(sessions)
    tasks = TaskService(view, payloads, task_rows)
    submission_rows = SubmissionRepository(sessions)
    verdicts = VerdictService(view, store, VerdictRepository(sessions), tasks, verdict_domain)
    return Context(
        view=view,
        store=store,
        sessions=sessions,
        lag=lag,
        payloads=payloads,
        task_rows=task_rows,
        tasks=tasks,
        submission_rows=submission_rows,
        submissions=SubmissionService(view, store, tasks, submission_rows, terms),
        openings=OpeningService(view, store, tasks, submission_rows),
        verdicts=verdicts,
        payouts=PayoutService(view, store, verdicts, tasks, task_rows, terms.domain),
    )


def context_of(request: Request) -> Context:
    """Return the context that the app was made with."""
    context: Context = request.app.state.context
    return context


Gateway = Annotated[Context, Depends(context_of)]
