"""How large a sealed document is says nothing about what is inside."""

import pytest
from hypothesis import given, settings, strategies as st

from dao_client.documents import parse_sealed
from dao_client.errors import MalformedDocument
from dao_client.sealing import seal, sealed_length
from tests.dao_client.test_sealing import KEYS, LABELS, TASK, answers

pytestmark = pytest.mark.unit


@given(
    st.lists(st.sampled_from(LABELS), min_size=1, max_size=12),
    st.integers(0, 10**6),
    st.randoms(use_true_random=False),
)
@settings(max_examples=50, deadline=None)
def test_seal__any_answers_to_the_same_items__has_the_same_length(
    values: list[str], first: int, chance: object
) -> None:
    others = [chance.choice(LABELS) for _ in values]

    one = seal(answers(*values, first=first), TASK, KEYS)
    other = seal(answers(*others, first=first), TASK, KEYS)

    assert len(one) == len(other)
    sealed = parse_sealed(one)
    assert len(sealed.ciphertext) == sealed_length(sealed, TASK)


def test_seal__answer_longer_than_every_label__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="answer with its labels"):
        seal(answers("x" * 100), TASK, KEYS)


def test_seal__more_than_a_block_holds__says_how_many_fit() -> None:
    with pytest.raises(MalformedDocument, match=r"hand in at most about (\d+) at a time") as error:
        seal(answers(*["a"] * 6_500), TASK, KEYS)

    room = int(str(error.value).split("about ")[1].split()[0])
    assert len(seal(answers(*["a"] * room), TASK, KEYS)) <= 1 << 20
    assert room > 6_000
