"""The committed vectors are what the code computes; the documentation shows the same."""

from pathlib import Path

import pytest

from tests.dao_client.vectors.cases import vectors
from tests.dao_client.vectors.examples_in_docs import DOCS, with_examples
from tests.dao_client.vectors.files import text_of, vector_path

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", ["documents", "encoding", "merkle", "messages"])
def test_vectors__computed_again__are_the_committed_ones(name: str) -> None:
    assert vector_path(name).read_text(encoding="utf-8") == text_of(vectors()[name])


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_documentation__examples__are_what_the_code_computes(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == with_examples(page)
    assert "<!-- example " in page.read_text(encoding="utf-8")
