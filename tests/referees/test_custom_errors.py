"""The custom errors that we put into words are declared by OpenZeppelin, type for type."""

import re

import pytest
from eth_utils import keccak

from dao_client.custom_errors import ERRORS
from tests.referees.compiling import ROOT

pytestmark = pytest.mark.integration

SOURCES = ROOT / "tools" / "referees" / "node_modules" / "@openzeppelin"


def declared() -> set[bytes]:
    """Return the selector of each error in OpenZeppelin's sources."""
    found = set()
    for path in SOURCES.rglob("*.sol"):
        for name, arguments in re.findall(r"error (\w+)\(([^)]*)\)", path.read_text()):
            types = [each.split()[0] for each in arguments.split(",") if each.strip()]
            kinds = ["uint8" if kind == "ProposalState" else kind for kind in types]
            found.add(keccak(text=f"{name}({','.join(kinds)})")[:4])
    return found


def test_custom_errors__each__is_openzeppelin_s() -> None:
    selectors = declared()

    assert {error.name for key, error in ERRORS.items() if key not in selectors} == set()
