"""Keep answers in a file until they are paid: only who has them can reveal or prove them.

The file holds what was signed and handed in, and the answers document inside the seal:

    {"submission": …, "signature": …, "sealed": {…}, "answers": {…}, "gateway": "http://…"}

The gateway is the one that they were for; it is not there if they went around it, or are old.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dao_client.canonical import check_depth, digest_of, from_canonical, to_canonical
from dao_client.deployment import System
from dao_client.documents import SubmissionRequest, build_request, parse_answers, parse_sealed
from dao_client.documents.submissions import read_submission
from dao_client.documents.values import from_hex
from dao_client.errors import MalformedDocument
from dao_client.types import TaskId
from dao_client.worker import SealedAnswers
from ipfs_store import cid_of


def folder_of(system: System, root: Path) -> Path:
    """Return where under `root` answers for one deployment are kept."""
    return root / f"{system.chain.chain_id}-{system.task_escrow.address}"


def keep_answers(path: Path, sealed: SealedAnswers, gateway: str | None = None) -> None:
    """Write answers so that they survive a crash; refuse to overwrite any."""
    content = {**build_request(sealed.request), "answers": from_canonical(sealed.answers)}
    if gateway is not None:
        content["gateway"] = gateway
    try:
        write_new(path, to_canonical(content))
    except OSError as error:
        raise MalformedDocument(
            f"the answers cannot be kept in {path} ({error.strerror}), so nothing was handed in: "
            "name another file with --keep"
        ) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file for its owner's eyes that survives a crash; never write over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_kept(path: Path) -> SealedAnswers:
    """Read kept answers; refuse a file in which the parts do not belong together."""
    content = _content(path)
    try:
        request = SubmissionRequest(
            read_submission(content["submission"]),
            from_hex(content["signature"]),
            to_canonical(content["sealed"]),
        )
        answers = to_canonical(content["answers"])
    except (ValueError, KeyError, TypeError) as error:
        raise _strange(path, error) from error
    _check(path, request, answers)
    return SealedAnswers(request, answers)


def gateway_of(path: Path) -> str | None:
    """Return the address of the gateway that kept answers were for, if the file names one."""
    content = _content(path)
    found = content.get("gateway") if isinstance(content, dict) else None
    return found if isinstance(found, str) else None


def find_kept(folder: Path, task_id: TaskId) -> Sequence[Path]:
    """List the files with answers to a task, oldest first."""
    found = folder.glob(f"{task_id}-*.json")
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def name_of(sealed: SealedAnswers) -> str:
    """Name a file so that no two answers get the same one."""
    return f"{sealed.request.submission.task_id}-{cid_of(sealed.answers)}.json"


def _content(path: Path) -> Any:  # noqa: ANN401
    try:
        block = path.read_bytes()
        check_depth(block)
        return json.loads(block)
    except OSError as error:
        raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, MalformedDocument) as error:
        raise _strange(path, error) from error


def _strange(path: Path, error: Exception) -> MalformedDocument:
    return MalformedDocument(
        f"{path} is no file that `tessera answer` kept ({error!r}): name the right one"
    )


def _check(path: Path, request: SubmissionRequest, answers: bytes) -> None:
    parse_answers(answers)
    named = parse_sealed(request.sealed).answers
    is_signed = digest_of(request.sealed) == request.submission.sealed_digest
    if not is_signed or named != cid_of(answers):
        raise MalformedDocument(
            f"{path} holds answers {cid_of(answers)}, its submission was signed for {named}: it "
            "was changed after it was written"
        )
