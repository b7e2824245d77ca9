"""docs/governance.md is right about files and bounds."""

import re
from pathlib import Path

import pytest
import yaml

from dao_client.contracts.parameters import ParameterId
from dao_client.governance.bounds import SETTINGS
from dao_client.governance.classes import PROTECTED
from dao_client.governance.proposal_file import read_proposal
from dao_client.governance.units import write_bounds, write_parameter
from dao_client.parameter_values import BOUNDED
from tests.dao_client.governance.books import STRANGER, book

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).parents[3] / "docs" / "governance.md").read_text("utf-8")
FILES = PAGE.partition("## Proposal files")[2].partition("## Profit")[0]
EXAMPLES = [
    example
    for row in re.findall(r"^\| [^|]+ \| (.+) \|$", FILES, re.MULTILINE)
    for example in re.findall(r"`(\{?\w+: [^`]+)`", row)
    if not example.startswith("starts")
]
ROWS = dict(re.findall(r"^\| `(\w+)`(?:, of all votes)? \| (.+) \|$", PAGE, re.MULTILINE))


@pytest.mark.parametrize("example", EXAMPLES)
def test_docs__each_change__is_read(example: str) -> None:
    digest = example.replace('verdict: "0x…"', f'verdict: "0x{"ab" * 32}"')
    change = yaml.safe_load(digest.replace("0x…", STRANGER))

    assert read_proposal({"title": "x", "changes": [change]}, book()).actions


def test_docs__changes__are_more_than_a_few() -> None:
    assert len(EXAMPLES) >= 17


@pytest.mark.parametrize("name", [each for each in ParameterId if "OVERLAP" not in each.name])
def test_docs__each_parameter__has_its_first_value_and_bounds(name: ParameterId) -> None:
    usual, bounds, workers, _ = re.split(r"\s*\|\s*", ROWS[name.name.lower()])

    assert usual == write_parameter(name, BOUNDED[name].usual)
    assert bounds == write_bounds(name, BOUNDED[name].least, BOUNDED[name].most)
    assert (workers.strip() == "protect") is (name in PROTECTED)


@pytest.mark.parametrize("name", SETTINGS)
def test_docs__each_number_of_governance__has_its_bounds(name: str) -> None:
    setting = SETTINGS[name]

    bounds = f"{setting.write(setting.least)} to {setting.write(setting.most)}"

    assert ROWS[name].split(" | ")[1] == bounds
