"""What the SDK tells people about proposals is what the Governor does with them."""

import pytest
from boa import BoaError

from dao_client.contracts.abi import Abi, selector
from dao_client.contracts.governor import ProposalClass
from dao_client.governance.bounds import SETTINGS
from dao_client.governance.classes import CLASSES, CRITICAL, NUMBER, PROTECTED, WORKERS
from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import play
from tests.contracts.governor.world import (
    NOBODY,
    PROPOSE,
    SETTINGS as FIRST_SETTINGS,
    Dao,
    Proposal,
)

pytestmark = pytest.mark.chain

PLACES = {
    "Parameters": "parameters",
    "Treasury": "treasury",
    "VerdictOracle": "verdict_oracle",
    "Governor": "governor",
    "Timelock": "timelock",
    "Staking": "staking",
    "WorkToken": "work_token",
}
FIELDS = ("voting_delay", "voting_period", "late_extension", "proposal_threshold", "quorum")


def class_at(dao: Dao, contract: str, data: bytes, proposer: str) -> ProposalClass:
    place = PLACES[contract]
    target = getattr(dao, place, None) or getattr(dao.system, place)
    proposal = Proposal([target.address], [0], [data])
    assert play(dao.governor, PROPOSE, *proposal.call, sender=proposer).succeeded
    return ProposalClass(*dao.governor.proposal_class(proposal.id))


@pytest.mark.parametrize("contract", PLACES)
def test_classes__of_every_function_of_every_contract__are_the_governors(
    dao: Dao, whale: str, contract: str
) -> None:
    for (kind, name), entry in Abi.load(contract).entries.items():
        if kind != "function" or name == "set_parameter":
            continue
        data = selector(entry) + bytes(32 * max(len(entry["inputs"]), 1))

        found = class_at(dao, contract, data, whale)

        assert found == CLASSES.get((contract, name), CRITICAL), name


def test_classes__of_every_parameter__are_the_governors(dao: Dao, whale: str) -> None:
    entry = Abi.load("Parameters").entries["function", "set_parameter"]
    for parameter in range(dao.system.parameters.parameter_count()):
        data = selector(entry) + parameter.to_bytes(32, "big") + bytes(32)

        found = class_at(dao, "Parameters", data, whale)

        assert found == (WORKERS if parameter in PROTECTED else NUMBER)


@pytest.mark.parametrize("name", FIELDS)
def test_bounds__of_every_setting__are_the_governors(dao: Dao, name: str) -> None:
    contracts = tuple(account_of(f"contract {number}") for number in range(7))
    setting, place = SETTINGS[name], FIELDS.index(name)

    def deploy_with(value: int) -> None:
        settings = (*FIRST_SETTINGS[:place], value, *FIRST_SETTINGS[place + 1 :])
        deploy("Governor", contracts, NOBODY, 0, settings)

    for value in (setting.least, setting.most):
        deploy_with(value)
    for value in (setting.least - 1, setting.most + 1):
        with pytest.raises(BoaError, match="governor: "):
            deploy_with(value)
