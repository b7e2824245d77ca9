"""Seal answers so that only operators read them before the deadline.

    answers document ─ padded ─▶ SecretBox(one key for each document) ─▶ ciphertext
    that key ─▶ SealedBox to each operator's X25519 key              ─▶ boxes

The length of the ciphertext follows from what is public (items, ids, the task's labels), so it
says nothing about the answers. A box that somebody else copies opens to the first worker's
answers: they name their task, assignment and worker, so the copy is worth nothing, and operators
do not publish it before the answers of its own task are opened.

Boxes: Bernstein, "Cryptography in NaCl" (2009); an ephemeral sender as in libsodium's sealed boxes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

from dao_client.canonical import to_canonical
from dao_client.documents import (
    AnswersDocument,
    SealedDocument,
    TaskDocument,
    build_answers,
    build_sealed,
    parse_answers,
)
from dao_client.errors import MalformedDocument, SealRefused
from dao_client.keys import Signer
from dao_client.messages import Domain, sealing_message
from dao_client.types import Address, Answer, ItemIndex
from ipfs_store import MAX_BLOCK_BYTES, cid_of

SECRET_BYTES = 32
OVERHEAD = SecretBox.NONCE_SIZE + SecretBox.MACBYTES
PADDING = b"\0"
"""No byte of canonical JSON."""
_PERSON = b"tessera sealing"


def sealing_secret(signer: Signer, domain: Domain) -> bytes:
    """Derive an operator's X25519 secret from its wallet; the domain's contract is `VerdictOracle`.

    The signature is deterministic (RFC 6979), so there is no second key to keep. Whoever gets the
    wallet to sign this message can read what is sealed to it, and nothing else.
    """
    signature = signer.sign_typed(sealing_message(signer.address, domain))
    return blake2b(signature, digest_size=SECRET_BYTES, person=_PERSON, encoder=RawEncoder)


def sealing_key(secret: bytes) -> bytes:
    """Return the public key that belongs to a secret: what an operator puts on chain."""
    return bytes(PrivateKey(secret).public_key)


def seal(answers: bytes, task: TaskDocument, keys: Mapping[Address, bytes]) -> bytes:
    """Seal the block of an answers document to operators; without keys only its worker can open it.

    An operator whose key is no point that can be sealed to is left out. Raise `SealRefused` when
    that leaves nobody, and `MalformedDocument` when the sealed document would not fit a block.
    """
    document = parse_answers(answers)
    ciphertext: bytes = b""
    boxes: dict[Address, bytes] = {}
    if keys:
        ciphertext, boxes = _encrypt(answers, sealed_length(document, task), keys)
    sealed = SealedDocument(
        task_id=document.task_id,
        assignment_id=document.assignment_id,
        worker=document.worker,
        items=tuple(answer.item for answer in document.answers),
        answers=cid_of(answers),
        ciphertext=ciphertext,
        boxes=boxes,
    )
    _check_size(sealed)
    return build_sealed(sealed)


def open_sealed(sealed: SealedDocument, operator: Address, secret: bytes) -> bytes:
    """Open a sealed document and return the block of its answers; raise `SealRefused` and why."""
    box = sealed.boxes.get(operator)
    if box is None:
        raise SealRefused(_no_box(sealed, operator))
    try:
        key = SealedBox(PrivateKey(secret)).decrypt(box)
    except CryptoError as error:
        raise SealRefused(
            f"{_named(sealed)}: the box for operator {operator} was made for another key, or is "
            "damaged; another operator may open them, or the worker reveals them"
        ) from error
    try:
        answers = SecretBox(key).decrypt(sealed.ciphertext).rstrip(PADDING)
    except CryptoError as error:
        raise SealRefused(
            f"{_named(sealed)}: the ciphertext ({len(sealed.ciphertext)} bytes) is damaged, or the "
            f"box for operator {operator} holds a key that is not its own"
        ) from error
    _check_content(sealed, answers)
    return answers


def sealed_length(of: AnswersDocument | SealedDocument, task: TaskDocument) -> int:
    """Return how long the ciphertext of answers to these items is, whatever the answers are."""
    longest = max(task.answer.labels, key=lambda label: len(to_canonical(label)))
    items = _items(of)
    one = Answer(ItemIndex(0), longest, bytes(SECRET_BYTES))
    first = len(build_answers(AnswersDocument(of.task_id, of.assignment_id, of.worker, (one,))))
    entry = {"answer": longest, "item": 0, "salt": "0x" + one.salt.hex()}
    each = len(to_canonical(entry)) + len(",")
    digits = sum(len(str(item)) - 1 for item in items)
    return OVERHEAD + first + each * (len(items) - 1) + digits


def _encrypt(
    answers: bytes, length: int, keys: Mapping[Address, bytes]
) -> tuple[bytes, dict[Address, bytes]]:
    padded = answers.ljust(length - OVERHEAD, PADDING)
    if len(padded) + OVERHEAD != length:
        raise MalformedDocument(
            f"the answers take {len(padded)} bytes, answers that the task asks for at most "
            f"{length - OVERHEAD}: answer with its labels"
        )
    key = random(SecretBox.KEY_SIZE)
    boxes = {operator: _box(key, public) for operator, public in keys.items()}
    taken = {operator: box for operator, box in boxes.items() if box is not None}
    if not taken:
        raise SealRefused(
            f"none of the {len(keys)} sealing keys can be sealed to: wait until an operator "
            "publishes a sound one, or hand in with --reveal-alone"
        )
    return bytes(SecretBox(key).encrypt(padded)), taken


def _box(key: bytes, public: bytes) -> bytes | None:
    try:
        return SealedBox(PublicKey(public)).encrypt(key)
    except CryptoError:  # a point of low order: everybody could open what is sealed to it
        return None


def _check_size(sealed: SealedDocument) -> None:
    head = len(build_sealed(replace(sealed, items=sealed.items[:1], ciphertext=b"")))
    listed = sum(len(str(item)) + len(",") for item in sealed.items[1:])
    size = head + listed + -(-len(sealed.ciphertext) // 3) * 4
    if size > MAX_BLOCK_BYTES:
        room = (MAX_BLOCK_BYTES - head) * len(sealed.items) // (size - head)
        raise MalformedDocument(
            f"{len(sealed.items)} answers take {size} bytes once they are sealed, a block holds "
            f"{MAX_BLOCK_BYTES}: hand in at most about {room} at a time"
        )


def _check_content(sealed: SealedDocument, answers: bytes) -> None:
    """Refuse what the worker did not sign for, and the answers of another task or worker."""
    if cid_of(answers) != sealed.answers:
        raise SealRefused(
            f"{_named(sealed)}: inside is block {cid_of(answers)}, the worker signed for "
            f"{sealed.answers}"
        )
    try:
        found = parse_answers(answers)
    except MalformedDocument as error:
        raise SealRefused(f"{_named(sealed)}: inside is no answers document: {error}") from error
    inside = (found.task_id, found.assignment_id, found.worker)
    if inside != (sealed.task_id, sealed.assignment_id, sealed.worker):
        raise SealRefused(
            f"{_named(sealed)}: inside are answers of task {inside[0]}, assignment {inside[1]} by "
            f"{inside[2]}: copied from there, not opened"
        )


def _items(of: AnswersDocument | SealedDocument) -> Sequence[int]:
    if isinstance(of, SealedDocument):
        return of.items
    return [answer.item for answer in of.answers]


def _no_box(sealed: SealedDocument, operator: Address) -> str:
    if not sealed.boxes:
        return f"{_named(sealed)}: sealed to nobody, only the worker can reveal them"
    return (
        f"{_named(sealed)}: there is no box for operator {operator} among {len(sealed.boxes)}; "
        "another operator may open them, or the worker reveals them"
    )


def _named(sealed: SealedDocument) -> str:
    return (
        f"the sealed answers of {sealed.worker}, task {sealed.task_id}, "
        f"assignment {sealed.assignment_id}"
    )
