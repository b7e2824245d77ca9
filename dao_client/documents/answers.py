"""The answers document: what a worker commits to, seals and opens."""

from dataclasses import dataclass

from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.task import TaskDocument
from dao_client.documents.values import address, from_hex, to_hex
from dao_client.types import Address, Answer, ItemIndex, TaskId


@dataclass(frozen=True, slots=True)
class AnswersDocument:
    """All answers of one assignment, ascending by item."""

    task_id: TaskId
    assignment_id: int
    worker: Address
    answers: tuple[Answer, ...]


def build_answers(document: AnswersDocument) -> bytes:
    """Write an answers document; the order of the given answers does not matter."""
    ordered = sorted(document.answers, key=lambda answer: answer.item)
    _check_order(ordered)
    return write(
        Kind.ANSWERS,
        {
            "task_id": document.task_id,
            "assignment_id": str(document.assignment_id),
            "worker": document.worker,
            "answers": [
                {"item": answer.item, "answer": answer.value, "salt": to_hex(answer.salt)}
                for answer in ordered
            ],
        },
    )


def parse_answers(block: bytes) -> AnswersDocument:
    """Read an answers document; refuse an item answered twice or out of order."""
    members = read(Kind.ANSWERS, block)
    answers = [
        Answer(ItemIndex(entry["item"]), entry["answer"], from_hex(entry["salt"]))
        for entry in members["answers"]
    ]
    _check_order(answers)
    return AnswersDocument(
        task_id=TaskId(members["task_id"]),
        assignment_id=int(members["assignment_id"]),
        worker=address(members["worker"]),
        answers=tuple(answers),
    )


def check_answers(document: AnswersDocument, task: TaskDocument) -> None:
    """Refuse the first answer to an unknown item, or that is none of the task's labels."""
    for position, answer in enumerate(document.answers):
        path = f"$.answers[{position}]"
        if answer.item >= task.item_count:
            refuse(Kind.ANSWERS, f"{path}.item", answer.item, f"the task has {task.item_count}")
        if not task.answer.accepts(answer.value):
            choices = ", ".join(task.answer.labels[:10])
            refuse(Kind.ANSWERS, f"{path}.answer", answer.value, f"answer one of {choices}")


def _check_order(answers: list[Answer]) -> None:
    for position in range(1, len(answers)):
        before, item = answers[position - 1].item, answers[position].item
        if before == item:
            refuse(Kind.ANSWERS, f"$.answers[{position}].item", item, "is answered twice")
        if before > item:
            refuse(Kind.ANSWERS, f"$.answers[{position}].item", item, f"must come before {before}")
