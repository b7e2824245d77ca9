"""POST /tasks/{task_id}/openings."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter

from dao_api import errors
from dao_api.context import Gateway
from dao_api.problems import refusals
from dao_api.submissions.schemas import OpeningOut
from dao_api.tasks.endpoints import CHAIN, STORE, TaskIdPath
from dao_client.types import TaskId

router = APIRouter(prefix="/tasks/{task_id}/openings", tags=["submissions"])
REFUSED = (
    errors.TaskUnknown,
    errors.RequestTooLarge,
    errors.SubmissionUnknown,
    errors.SubmissionMismatched,
    errors.AnswersRefused,
    errors.OpeningEarly,
)


@router.post("", status_code=HTTPStatus.CREATED, responses=refusals(*REFUSED, *CHAIN, *STORE))
def post_opening(gateway: Gateway, task_id: TaskIdPath, body: dict[str, Any]) -> OpeningOut:
    """Take the answers document (schema `tessera/answers/1`) that a submission has sealed.

    Nobody needs to be asked who sends it: the worker has signed for exactly this document.
    """
    return OpeningOut(document=gateway.openings.open(TaskId(task_id), body))
