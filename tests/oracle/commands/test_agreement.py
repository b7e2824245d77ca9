"""`tessera agreement` prints what a requester asks of a crowd."""

import json

import pytest
from typer import Typer
from typer.testing import CliRunner

from oracle.commands.agreement import agreement
from oracle.errors import AggregationRefused

pytestmark = pytest.mark.unit

CROWD = "task,worker,label\na,w1,no\na,w2,no\na,w3,yes\nb,w1,yes\nb,w2,yes\nc,w4,no\n"


@pytest.fixture
def crowd(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(CROWD)
    return path


def run(*arguments):
    app = Typer()
    app.command()(agreement)
    return CliRunner().invoke(app, ["--method", "majority", *map(str, arguments)])


def test_agreement__json__has_alpha_overlap_and_hard_items(crowd):
    record = json.loads(run(crowd, "--json").stdout)

    # 5 pairable answers, 2 no and 3 yes: observed 4/2, expected 12; 1 - 2 * 4 / 12.
    assert record["krippendorff_alpha"] == "0.3333"
    assert record["items_by_answers"] == {"1": 1, "2": 1, "3": 1}
    assert record["workers_alone"] == 1
    assert record["hardest"][0] == {
        "item": "a",
        "label": "no",
        "confidence_bps": 6_666,
        "votes": {"no": 2, "yes": 1},
    }


def test_agreement__for_people__prints_both_tables(crowd):
    printed = run(crowd, "--hardest", 1).stdout

    assert "krippendorff alpha" in printed
    assert "no 2, yes 1" in printed


def test_agreement__worker__shows_the_confusion(crowd):
    assert json.loads(run(crowd, "--worker", "w3", "--json").stdout) == [
        {"held_for": "no", "no": 0, "yes": 1},
        {"held_for": "yes", "no": 0, "yes": 0},
    ]


def test_agreement__unknown_worker__is_refused(crowd):
    error = run(crowd, "--worker", "w9").exception

    assert isinstance(error, AggregationRefused)
    assert "has no answer of a worker 'w9'" in str(error)
