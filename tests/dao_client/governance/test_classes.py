"""Classes of proposals, by the rule of the Governor."""

import re
from pathlib import Path

import pytest
import yaml

from dao_client.contracts.governor import ProposalClass
from dao_client.contracts.parameters import ParameterId
from dao_client.governance.classes import PROTECTED, class_of, delay_of, name_of, needs_of
from dao_client.governance.decoding import decode_action
from dao_client.governance.proposal_file import read_proposal
from tests.dao_client.governance.books import STRANGER, book

pytestmark = pytest.mark.unit

PAY = f'{{token: tes, to: "{STRANGER}", amount: 1}}'
DAY = 86_400


def classify(*changes: str) -> ProposalClass:
    found = {"title": "x", "changes": [yaml.safe_load(change) for change in changes]}
    return class_of(
        decode_action(book(), action) for action in read_proposal(found, book()).actions
    )


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        (["{set: challenge_seconds, to: 20h}", "{set_quorum: 6 %}"], "number"),
        (["{set: protocol_fee_bps, to: 1 %}"], "protected"),
        ([f"{{rule_dispute: {{task: 1, verdict: '0x{'ab' * 32}', upheld: yes}}}}"], "protected"),
        ([f"{{spend: {PAY}}}", "{cancel_grant: 1}"], "spending"),
        ([f"{{spend: {PAY}}}", "{set: protocol_fee_bps, to: 1 %}"], "mixed"),
        ([f"{{spend_over_limit: {PAY}}}"], "critical"),
        (["{set_guardian: Timelock}"], "critical"),
        (["{set_timelock_delay: 3d}"], "critical"),
        (["{set_emission_rate: {token: tes, rate: 1}}"], "critical"),
        (
            ["{call: {contract: Treasury, function: cancel_grant, arguments: [1], value: 1}}"],
            "critical",
        ),
        ([f'{{call: {{contract: "{STRANGER}", function: "pay()"}}}}'], "critical"),
    ],
)
def test_class_of__each_kind__is_what_the_governor_decides(changes: list[str], name: str) -> None:
    assert name_of(classify(*changes)) == name


def test_needs_and_delay__critical__is_all_at_once() -> None:
    critical = classify("{set_guardian: Timelock}")
    number = classify("{set_quorum: 6 %}")

    assert needs_of(critical) == [
        "two thirds of the votes and the quorum",
        "a majority and the quorum of the worker house",
    ]
    assert [delay_of(critical, each * DAY) for each in (2, 9)] == [7 * DAY, 9 * DAY]
    assert delay_of(number, 2 * DAY) == 2 * DAY


def test_protected__of_the_contracts__are_those_that_we_name() -> None:
    (source,) = Path(__file__).parents[3].joinpath("contracts").rglob("parameter_ids.vy")

    bitmap = source.read_text().partition("PROTECTED")[2]

    assert {int(each) for each in re.findall(r"1 << (\d+)", bitmap)} == set(map(int, PROTECTED))
    assert set(PROTECTED) < set(ParameterId)
