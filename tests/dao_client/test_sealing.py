"""Seal and open: who can read, what is refused, and that the size says nothing."""

from dataclasses import replace

import pytest
from nacl.public import PublicKey, SealedBox
from nacl.secret import SecretBox

from dao_client.documents import (
    AnswersDocument,
    ChoiceAnswer,
    SealedDocument,
    TaskDocument,
    build_answers,
    build_sealed,
    parse_sealed,
)
from dao_client.errors import SealRefused
from dao_client.keys import LocalSigner
from dao_client.messages import Domain
from dao_client.sealing import open_sealed, seal, sealing_key, sealing_secret
from dao_client.types import Address, Answer, ItemIndex, Method, TaskId, Wei
from ipfs_store import cid_of

pytestmark = pytest.mark.unit

DOMAIN = Domain(1337, Address("0x" + "44" * 20))
WORKER, OPERATOR, SECOND, STRANGER = (LocalSigner.from_mnemonic(place) for place in range(4))
SECRETS = {each.address: sealing_secret(each, DOMAIN) for each in (OPERATOR, SECOND, STRANGER)}
KEYS = {each.address: sealing_key(SECRETS[each.address]) for each in (OPERATOR, SECOND)}
LABELS = ("a", "a long label", 'quoted " and ü')
LOW_ORDER_POINT = b"\1" + bytes(31)
TASK = TaskDocument("", "", ChoiceAnswer(LABELS), 3, 10**6, (), Method("majority", "1", {}), Wei(1))


def answers(*values: str, task_id: int = 7, worker: LocalSigner = WORKER, first: int = 0) -> bytes:
    given = [
        Answer(ItemIndex(first + place), value, bytes([place % 256]) * 32)
        for place, value in enumerate(values)
    ]
    return build_answers(AnswersDocument(TaskId(task_id), 5, worker.address, tuple(given)))


def sealed_to_both() -> SealedDocument:
    return parse_sealed(seal(answers("a", "a long label"), TASK, KEYS))


@pytest.mark.parametrize("operator", [OPERATOR, SECOND])
def test_open_sealed__operator_with_a_box__gets_the_answers(operator: LocalSigner) -> None:
    found = open_sealed(sealed_to_both(), operator.address, SECRETS[operator.address])

    assert found == answers("a", "a long label")


def test_seal__the_document__names_what_is_inside() -> None:
    sealed = sealed_to_both()

    assert (sealed.task_id, sealed.assignment_id, sealed.worker) == (7, 5, WORKER.address)
    assert sealed.items == (0, 1)
    assert sealed.answers == cid_of(answers("a", "a long label"))
    assert set(sealed.boxes) == set(KEYS)


def test_seal__without_keys__holds_nothing_that_opens() -> None:
    sealed = parse_sealed(seal(answers("a"), TASK, {}))

    assert (sealed.ciphertext, dict(sealed.boxes)) == (b"", {})
    with pytest.raises(SealRefused, match="sealed to nobody, only the worker can reveal them"):
        open_sealed(sealed, OPERATOR.address, SECRETS[OPERATOR.address])


def test_seal__same_answers_again__look_different() -> None:
    first, second = sealed_to_both(), sealed_to_both()

    assert first.ciphertext != second.ciphertext
    assert first.boxes[OPERATOR.address] != second.boxes[OPERATOR.address]


def test_open_sealed__operator_without_a_box__is_refused() -> None:
    with pytest.raises(SealRefused, match=f"no box for operator {STRANGER.address} among 2"):
        open_sealed(sealed_to_both(), STRANGER.address, SECRETS[STRANGER.address])


def test_open_sealed__box_for_another_key__is_refused() -> None:
    with pytest.raises(SealRefused, match="was made for another key, or is damaged"):
        open_sealed(sealed_to_both(), OPERATOR.address, SECRETS[SECOND.address])


@pytest.mark.parametrize("place", [0, 23, 24, 100, -1])
def test_open_sealed__damaged_ciphertext__is_refused(place: int) -> None:
    sealed = sealed_to_both()
    damaged = bytearray(sealed.ciphertext)
    damaged[place] ^= 1

    with pytest.raises(SealRefused, match=rf"ciphertext \({len(damaged)} bytes\) is damaged"):
        open_sealed(
            replace(sealed, ciphertext=bytes(damaged)),
            OPERATOR.address,
            SECRETS[OPERATOR.address],
        )


@pytest.mark.parametrize("size", [0, 10, 39])
def test_open_sealed__cut_ciphertext__is_refused(size: int) -> None:
    sealed = sealed_to_both()
    cut = replace(sealed, ciphertext=sealed.ciphertext[:size])

    with pytest.raises(SealRefused, match="is damaged"):
        open_sealed(cut, OPERATOR.address, SECRETS[OPERATOR.address])


def test_open_sealed__another_document_named__is_refused() -> None:
    other = cid_of(b"something else")
    swapped = replace(sealed_to_both(), answers=other)

    with pytest.raises(SealRefused, match=f"inside is block .*, the worker signed for {other}"):
        open_sealed(swapped, OPERATOR.address, SECRETS[OPERATOR.address])


@pytest.mark.parametrize(
    "claim", [{"task_id": 8}, {"assignment_id": 6}, {"worker": STRANGER.address}]
)
def test_open_sealed__copied_from_another_submission__is_refused(claim: dict) -> None:
    copied = replace(sealed_to_both(), **claim)

    with pytest.raises(SealRefused, match=f"by {WORKER.address}: copied from there, not opened"):
        open_sealed(copied, OPERATOR.address, SECRETS[OPERATOR.address])


def test_seal__key_that_everybody_could_open__is_left_out() -> None:
    weak = {**KEYS, STRANGER.address: LOW_ORDER_POINT}

    sealed = parse_sealed(seal(answers("a"), TASK, weak))

    assert set(sealed.boxes) == set(KEYS)


def test_seal__only_keys_that_everybody_could_open__is_refused() -> None:
    with pytest.raises(SealRefused, match="none of the 1 sealing keys can be sealed to"):
        seal(answers("a"), TASK, {STRANGER.address: LOW_ORDER_POINT})


def test_sealing_secret__same_wallet__is_always_the_same() -> None:
    again = sealing_secret(LocalSigner.from_mnemonic(1), DOMAIN)

    assert again == SECRETS[OPERATOR.address]
    assert len(again) == 32


def test_sealing_secret__another_wallet_chain_or_contract__is_another() -> None:
    domains = [
        DOMAIN,
        Domain(1, DOMAIN.verifying_contract),
        Domain(1337, Address("0x" + "55" * 20)),
    ]

    secrets = {sealing_secret(OPERATOR, domain) for domain in domains}

    assert len(secrets | set(SECRETS.values())) == 3 + 2


def test_build_sealed__what_seal_wrote__gives_it_back() -> None:
    block = seal(answers("a"), TASK, KEYS)

    assert build_sealed(parse_sealed(block)) == block


def test_open_sealed__no_answers_document_inside__is_refused() -> None:
    key = b"\7" * 32
    sealed = replace(
        sealed_to_both(),
        answers=cid_of(b"junk"),
        ciphertext=bytes(SecretBox(key).encrypt(b"junk")),
        boxes={OPERATOR.address: SealedBox(PublicKey(KEYS[OPERATOR.address])).encrypt(key)},
    )

    with pytest.raises(SealRefused, match="inside is no answers document"):
        open_sealed(sealed, OPERATOR.address, SECRETS[OPERATOR.address])
