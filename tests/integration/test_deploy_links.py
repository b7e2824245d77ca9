"""`tessera deploy --check`: each contract works with the right ones of ours, and hides nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dao_client.authority import LINKS, TABLE, UNSEEN_LINKS
from dao_client.authority_check import AuthorityCheck
from dao_client.chain import Chain, Mined
from dao_client.contracts import Call
from dao_client.contracts.abi import Abi
from dao_client.deploying import ZERO_ADDRESS, deploy
from dao_client.deployment import Deployment
from dao_client.keys import LocalSigner
from dao_client.nodes import start_chain, stop_chain
from dao_client.transactions import Sender
from tests.deployments import TEST_SETTINGS

pytestmark = pytest.mark.integration

DEPLOYER, WALLET = (LocalSigner.from_mnemonic(place) for place in range(2))
DAY = 86_400
SETTINGS = (2 * DAY, 5 * DAY, 2 * DAY, 50, 5)
JUDGED = ("staking", "work_token", "worker_house", "timelock", "parameters", "treasury")


@pytest.fixture(scope="module")
def deployer(tmp_path_factory) -> Iterator[Sender]:
    state = tmp_path_factory.mktemp("anvil")
    node = start_chain("anvil", state_dir=state, accounts=2)
    yield Sender(Chain.connect(node.url), DEPLOYER)
    stop_chain(state)


@pytest.fixture(scope="module")
def usual(deployer: Sender) -> Deployment:
    return deploy(deployer, TEST_SETTINGS)


def create(deployer: Sender, usual: Deployment, name: str, *arguments: object) -> Mined:
    """Deploy one contract beside the others."""
    data = Abi.load(name).encode_creation(usual.evm, arguments)
    return deployer.send(Call(None, data, f"another {name}"))


def problems_of(deployer: Sender, deployment: Deployment) -> list[str]:
    findings = AuthorityCheck(deployer.chain, deployment).run()
    return [problem for each in findings for problem in each.problems]


def governor_arguments(usual: Deployment, guardian: str) -> tuple[object, ...]:
    judged = (*(getattr(usual, name) for name in JUDGED), usual.verdict_oracle)
    return judged, guardian, DAY, SETTINGS


def test_links__each__is_told_by_a_view_or_a_word() -> None:
    for name, links in LINKS.items():
        views = {entry for kind, entry in Abi.load(name).entries if kind == "function"}
        assert set(links) <= {*views, "address"}
    assert {*LINKS, "PaymentToken"} == set(TABLE)
    assert set(UNSEEN_LINKS) == {"VerdictOracle", "Governor"}


def test_check__usual_deployment__lists_every_link(deployer, usual) -> None:
    findings = AuthorityCheck(deployer.chain, usual).run()

    assert [problem for each in findings for problem in each.problems] == []
    links = {(each.contract, each.what): each.holders for each in findings}
    assert links["Rewards", "staking"] == ("Staking",)
    assert links["Governor", "WorkerHouse"] == ("WorkerHouse",)
    assert links["VerdictOracle", "Parameters"] == ("Parameters",)


def test_check__minter_is_not_rewards__names_the_contract(deployer, usual) -> None:
    mined = create(deployer, usual, "WorkToken", (), usual.treasury)
    other = replace(usual, work_token=mined.contract, block=mined.block_number)

    problems = problems_of(deployer, other)

    wrong = f"{usual.treasury}, the Treasury"
    assert f"WorkToken.mint(address,uint256) may be called by {wrong}" in problems
    replaced = f"{usual.work_token}, another contract, not the WorkToken"
    assert f"Staking.work_token is {replaced}" in problems
    assert f"Rewards.work_token is {replaced}" in problems


def test_check__nobody_can_mint__is_not_rewards_either(deployer, usual) -> None:
    mined = create(deployer, usual, "WorkToken", (), ZERO_ADDRESS)
    other = replace(usual, work_token=mined.contract, block=mined.block_number)

    expected = f"WorkToken.mint(address,uint256) may be called by {ZERO_ADDRESS}, a wallet"
    assert expected in problems_of(deployer, other)


def test_check__wallet_credits_the_worker_house__fails(deployer, usual) -> None:
    house = create(deployer, usual, "WorkerHouse", WALLET.address, 10**20, 0).contract

    problems = problems_of(deployer, replace(usual, worker_house=house))

    function = "WorkerHouse.credit(address,uint256,uint256)"
    assert f"{function} may be called by {WALLET.address}, a wallet" in problems
    found = f"{usual.worker_house}, another contract"
    assert f"Governor takes {found}, for the WorkerHouse" in problems
    assert f"Rewards.worker_house is {found}, not the WorkerHouse" in problems


def test_check__controller_of_staking_is_another_of_ours__fails(deployer, usual) -> None:
    arguments = (usual.work_token, usual.treasury, usual.treasury, usual.parameters)
    arguments = (*arguments, usual.entry_stake)
    staking = create(deployer, usual, "Staking", *arguments).contract

    problems = problems_of(deployer, replace(usual, staking=staking))

    function = "Staking.slash(address,address,uint256,address)"
    assert f"{function} may be called by {usual.treasury}, the Treasury" in problems
    found = f"{usual.staking}, another contract"
    assert f"Governor.token is {found}, not the Staking" in problems
    assert f"VerdictOracle takes {found}, for the Staking" in problems
    assert f"InsurancePool.staking is {found}, not the Staking" in problems


def test_check__insurance_is_paid_out_by_a_wallet__fails(deployer, usual) -> None:
    pool = create(deployer, usual, "InsurancePool", WALLET.address, usual.staking).contract

    problems = problems_of(deployer, replace(usual, insurance_pool=pool))

    function = "InsurancePool.pay(address,address,uint256,uint256,bytes32)"
    assert f"{function} may be called by {WALLET.address}, a wallet" in problems
    found = f"{usual.insurance_pool}, another contract"
    assert f"VerdictOracle.insurance receives money and is {found}" in problems


def test_check__entry_stake_of_another_escrow__fails(deployer, usual) -> None:
    entry = create(deployer, usual, "EntryStake", usual.treasury, usual.staking).contract

    problems = problems_of(deployer, replace(usual, entry_stake=entry))

    wrong = f"{usual.treasury}, the Treasury, not the TaskEscrow"
    assert f"EntryStake.task_escrow is {wrong}" in problems
    function = "Staking.deposit_entry(address,address,uint256,uint256)"
    found = f"{usual.entry_stake}, another contract"
    assert f"{function} may be called by {found}" in problems


def test_check__escrow_of_another_oracle__fails(deployer, usual) -> None:
    escrow = create(deployer, usual, "TaskEscrow", usual.timelock, usual.rewards).contract

    problems = problems_of(deployer, replace(usual, task_escrow=escrow))

    assert f"TaskEscrow.expire(uint256) may be called by {usual.timelock}, the Timelock" in problems
    found = f"{usual.task_escrow}, another contract"
    assert f"VerdictOracle takes {found}, for the TaskEscrow" in problems
    assert f"Parameters.task_escrow is {found}, not the TaskEscrow" in problems


def test_check__fees_go_to_another_of_ours__fails(deployer, usual) -> None:
    escrow = create(deployer, usual, "TaskEscrow", usual.verdict_oracle, usual.treasury).contract

    problems = problems_of(deployer, replace(usual, task_escrow=escrow))

    wrong = f"{usual.treasury}, the Treasury"
    assert f"TaskEscrow.fee_recipient receives money and is {wrong}" in problems


def test_check__guardian_is_a_wallet__fails(deployer, usual) -> None:
    arguments = governor_arguments(usual, WALLET.address)
    governor = create(deployer, usual, "Governor", *arguments).contract

    problems = problems_of(deployer, replace(usual, governor=governor))

    wrong = f"{WALLET.address}, a wallet, not the Guardian"
    assert f"Governor.proposalGuardian is {wrong}" in problems
    assert "Timelock's PROPOSER_ROLE is not held by the Governor" in problems


def test_check__governor_counts_another_house__fails(deployer, usual) -> None:
    house = create(deployer, usual, "WorkerHouse", WALLET.address, 10**20, 0).contract
    arguments = governor_arguments(replace(usual, worker_house=house), ZERO_ADDRESS)
    governor = create(deployer, usual, "Governor", *arguments).contract

    problems = problems_of(deployer, replace(usual, governor=governor))

    assert f"Governor takes {house}, another contract, for the WorkerHouse" in problems


def test_check__proposer_of_an_older_timelock__cannot_hide(deployer, usual) -> None:
    arguments = (2 * DAY, (WALLET.address,), (WALLET.address,), ZERO_ADDRESS)
    timelock = create(deployer, usual, "Timelock", *arguments).contract
    later = deploy(deployer, TEST_SETTINGS)

    problems = problems_of(deployer, replace(later, timelock=timelock))

    hidden = f"{timelock} was not created right after WorkToken: it may hide roles"
    assert hidden in problems
    assert "Timelock's EXECUTOR_ROLE is not held by the Governor" in problems
