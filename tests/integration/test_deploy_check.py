"""`tessera deploy --check` on both nodes: silent about our deployment, loud about any other."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dao_client.authority import TABLE, changing_functions
from dao_client.authority_check import AuthorityCheck
from dao_client.chain import Chain
from dao_client.contracts import Call, ParameterId, Parameters
from dao_client.contracts.abi import Abi, type_of
from dao_client.deploying import ZERO_ADDRESS, deploy
from dao_client.deployment import Deployment
from dao_client.genesis import development_genesis
from dao_client.keys import LocalSigner
from dao_client.nodes import ChainNode, start_chain, stop_chain
from dao_client.parameter_values import BOUNDED
from dao_client.transactions import Sender
from tests.deployments import TEST_SETTINGS
from tests.integration.commands import CommandLine

pytestmark = pytest.mark.integration

DEPLOYER, WALLET, *MEMBERS = (LocalSigner.from_mnemonic(place) for place in range(9))
GENESIS = replace(
    development_genesis(DEPLOYER.address, has_payment_token=True),
    guardians=tuple(member.address for member in MEMBERS),
)
Command = Callable[..., Any]


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def node(request, tmp_path_factory) -> Iterator[ChainNode]:
    state = tmp_path_factory.mktemp(request.param)
    yield start_chain(request.param, state_dir=state, accounts=3)
    stop_chain(state)


@pytest.fixture(scope="module")
def deployer(node: ChainNode) -> Sender:
    return Sender(Chain.connect(node.url), DEPLOYER)


@pytest.fixture(scope="module")
def usual(deployer: Sender) -> Deployment:
    """Every contract, a guardian and a payment token too."""
    return deploy(deployer, replace(TEST_SETTINGS, genesis=GENESIS))


@pytest.fixture
def check(node, tmp_path: Path) -> Command:
    """Run the command on a deployment; return its exit code, output and remarks."""

    def run(deployment: Deployment, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "deployment.json"
        deployment.save(path)
        shell = CommandLine({"TESSERA_RPC": node.url, "TESSERA_DEPLOYMENT": str(path)})
        return shell.run("deploy", "--check", *options)

    return run


def problems_of(deployer: Sender, deployment: Deployment, **changes: object) -> list[str]:
    findings = AuthorityCheck(deployer.chain, deployment, **changes).run()
    return [problem for each in findings for problem in each.problems]


def test_check__usual_deployment__passes_and_lists_every_function(check, usual) -> None:
    code, out, _ = check(usual, "--json")

    document = json.loads(out)
    assert (code, document["is_safe"], document["problems"]) == (0, True, [])
    listed = {f"{each['contract']}.{each['what']}" for each in document["findings"]}
    for name in usual.contracts:
        for entry in changing_functions(Abi.load(name)):
            inputs = ",".join(map(type_of, entry["inputs"]))
            assert f"{name}.{entry['name']}({inputs})" in listed


def test_check__usual_deployment__no_guarded_function_has_a_wallet(check, usual) -> None:
    found = json.loads(check(usual, "--json")[1])["findings"]

    holders = {
        holder
        for each in found
        if each["access"] in ("only", "role", "holds", "receives")
        for holder in each["holders"]
    }
    ours = {"Timelock", "Governor", "VerdictOracle", "Rewards", "Treasury"}
    assert holders == ours | {"InsurancePool", "EntryStake"}
    (members,) = (each["holders"] for each in found if each["access"] == "member")
    assert members == [member.address for member in MEMBERS]


def test_check__for_people__is_a_table_and_a_last_word(check, usual) -> None:
    code, out, remarks = check(usual)

    assert code == 0
    assert "set_parameter" in out
    assert "no problem: no wallet can change or take anything" in remarks


@pytest.mark.parametrize(
    ("role", "problem"),
    [
        ("arbitrator", "VerdictOracle.rule_dispute(uint256,bytes32,bool) may be called by"),
        ("fee_recipient", "TaskEscrow.fee_recipient receives money and is"),
        ("treasury", "Staking.treasury receives money and is"),
    ],
)
def test_check__role_of_a_wallet__fails_and_names_it(check, deployer, role, problem) -> None:
    deployment = deploy(deployer, replace(TEST_SETTINGS, **{role: WALLET.address}))

    code, out, remarks = check(deployment, "--json")

    document = json.loads(out)
    assert (code, document["is_safe"]) == (1, False)
    assert document["problems"][0] == f"{problem} {WALLET.address}, a wallet"
    assert document["problems"][0] in remarks


def test_check__arbitrator_is_the_deployer__fails(deployer) -> None:
    deployment = deploy(deployer, replace(TEST_SETTINGS, arbitrator=DEPLOYER.address))

    function = "VerdictOracle.rule_dispute(uint256,bytes32,bool)"
    assert problems_of(deployer, deployment) == [
        f"{function} may be called by {DEPLOYER.address}, a wallet"
    ]


def test_check__timelock_with_another_admin__names_role_and_wallet(deployer, usual) -> None:
    governor = (usual.governor,)
    arguments = (2 * 86_400, governor, governor, WALLET.address)
    data = Abi.load("Timelock").encode_creation(usual.evm, arguments)
    timelock = deployer.send(Call(None, data, "a timelock of somebody")).contract

    problems = problems_of(deployer, replace(usual, timelock=timelock))

    held = f"Timelock's DEFAULT_ADMIN_ROLE is held by {WALLET.address}, a wallet"
    assert held in problems
    foreign = f"may be called by {usual.timelock}, another contract"
    assert f"Parameters.set_parameter(uint256,uint256) {foreign}" in problems


def test_check__executor_is_everybody__fails(deployer, usual) -> None:
    arguments = (2 * 86_400, (usual.governor,), (ZERO_ADDRESS,), ZERO_ADDRESS)
    data = Abi.load("Timelock").encode_creation(usual.evm, arguments)
    timelock = deployer.send(Call(None, data, "an open timelock")).contract

    problems = problems_of(deployer, replace(usual, timelock=timelock))

    assert f"Timelock's EXECUTOR_ROLE is held by {ZERO_ADDRESS}, a wallet" in problems


def test_check__other_code_at_an_address__is_named(deployer, usual) -> None:
    wrong = replace(usual, staking=usual.work_token)

    assert f"the code at {usual.work_token} is not Staking's" in problems_of(deployer, wrong)


def test_check__function_missing_from_the_table__fails(deployer, usual) -> None:
    rules = {name: rule for name, rule in TABLE["Treasury"].items() if name != "spend"}

    problems = problems_of(deployer, usual, table={**TABLE, "Treasury": rules})

    assert problems == ["Treasury.spend(address,address,uint256): nobody has said who may call it"]


def test_check__guarded_function_classed_as_open_to_another__fails(deployer, usual) -> None:
    rules = {**TABLE["Staking"], "deposit": TABLE["Staking"]["lock"]}

    problems = problems_of(deployer, usual, table={**TABLE, "Staking": rules})

    assert len(problems) == 2
    assert problems[0].startswith("Staking.deposit(address,uint256) called by a fresh wallet")
    assert "instead of 'staking: not the controller'" in problems[1]


def test_parameters__first_values_and_bounds__are_those_the_sdk_knows(deployer, usual) -> None:
    found = Parameters(deployer.chain, usual.parameters).parameters()

    assert {name: (each.value, each.least, each.most) for name, each in found.items()} == {
        name: (each.usual, each.least, each.most) for name, each in BOUNDED.items()
    }
    names = Parameters(deployer.chain, usual.parameters).contract.read_many(
        "name_of", [(name,) for name in ParameterId]
    )
    assert names == [name.name.lower() for name in ParameterId]
