"""An operator signs once for each task and round, also after a kill."""

from dataclasses import replace

import pytest

from dao_client.types import TaskId, Timestamp, Wei
from oracle.errors import AlreadySigned, SignaturesDamaged
from oracle.signatures import Signatures, from_json, to_json
from tests.oracle.fake_chain import OPERATORS, ORACLE_DOMAIN
from tests.oracle.tasks import TASK_ID
from tests.oracle.test_peers import VERDICT, signed_by

pytestmark = pytest.mark.unit

FIRST = Timestamp(0)


def test_signatures__second_verdict_in_a_round__is_refused_and_changes_nothing(tmp_path):
    signatures = Signatures(tmp_path, ORACLE_DOMAIN)
    signatures.keep(signed_by(OPERATORS[0]), FIRST)

    with pytest.raises(AlreadySigned, match="another verdict for task 7"):
        signatures.keep(signed_by(OPERATORS[0], replace(VERDICT, total_payout=Wei(1))), FIRST)

    assert signatures.find(TASK_ID, FIRST) == signed_by(OPERATORS[0])


def test_signatures__torn_temporary_file__is_ignored(tmp_path):
    signatures = Signatures(tmp_path, ORACLE_DOMAIN)
    signatures.keep(signed_by(OPERATORS[0]), FIRST)
    next(tmp_path.rglob("7-0.json")).with_suffix(".tmp").write_text('{"opera')

    assert signatures.latest(TASK_ID) == signed_by(OPERATORS[0])
    assert signatures.latest(TaskId(70)) is None


def test_signatures__damaged_file__stops_with_advice(tmp_path):
    signatures = Signatures(tmp_path, ORACLE_DOMAIN)
    signatures.keep(signed_by(OPERATORS[0]), FIRST)
    next(tmp_path.rglob("7-0.json")).write_text("{}")

    with pytest.raises(SignaturesDamaged, match="restore it from a backup"):
        signatures.find(TASK_ID, FIRST)


def test_to_json__and_back__is_the_same():
    assert from_json(to_json(signed_by(OPERATORS[0]))) == signed_by(OPERATORS[0])
