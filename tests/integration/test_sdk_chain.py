"""The chain side of the SDK on both real nodes."""

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dao_client.batches import send_many
from dao_client.chain import Chain
from dao_client.contracts.events import TaskCreated
from dao_client.deploying import deploy
from dao_client.deployment import System
from dao_client.errors import ChainUnreachable, NodeFailed, TransactionRefused, WrongChain
from dao_client.keys import LocalSigner, UnlockedSigner
from dao_client.nodes import ChainNode, advance, chain_status, mine, start_chain, stop_chain
from dao_client.transactions import Sender, transfer_coin
from dao_client.types import Digest, Phase, TaskId, TaskTerms, Timestamp, Wei
from tests.deployments import TEST_SETTINGS

pytestmark = pytest.mark.integration

HOUR = 3_600
COIN = Wei(10**18)
DEPLOYER = LocalSigner.from_mnemonic(0)
OTHER = LocalSigner.from_mnemonic(1)


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def node(request, tmp_path_factory) -> Iterator[ChainNode]:
    state = tmp_path_factory.mktemp(request.param)
    yield start_chain(request.param, state_dir=state, accounts=3)
    stop_chain(state)


@pytest.fixture(scope="module")
def system(node: ChainNode) -> System:
    chain = Chain.connect(node.url)
    deployment = deploy(Sender(chain, DEPLOYER), TEST_SETTINGS)
    return System.connect(chain, deployment)


@pytest.fixture
def deployer(system: System) -> Sender:
    return Sender(system.chain, DEPLOYER)


def terms(system: System, **changes: object) -> TaskTerms:
    usual = {
        "token": system.deployment.payment_token,
        "gateway": OTHER.address,
        "price": Wei(5),
        "budget": Wei(500),
        "spec": Digest(b"\1" * 32),
        "submit_deadline": Timestamp(system.chain.clock() + HOUR),
        "reveal_seconds": HOUR,
        "verdict_seconds": HOUR,
    }
    return TaskTerms(**{**usual, **changes})


def create(system: System, sender: Sender, **changes: object) -> TaskId:
    token = system.token(system.deployment.payment_token)
    sender.send(token.approve(system.task_escrow.address, Wei(500)))
    outcome = sender.send(system.task_escrow.create_task(terms(system, **changes)))
    (event,) = system.task_escrow.contract.events_in(TaskCreated, outcome.logs)
    return event.task_id


def test_create_task__on_a_real_node__reads_back_as_typed_values(system, deployer) -> None:
    task_id = create(system, deployer)

    task = system.task_escrow.task(task_id)
    assert (task.requester, task.claimable, task.price) == (DEPLOYER.address, 500, 5)
    assert system.task_escrow.creation(task_id).spec == b"\1" * 32
    assert system.verdict_oracle.phase(task_id) is Phase.OPEN


def test_advance__past_the_deadline__changes_the_phase(system, deployer) -> None:
    task_id = create(system, deployer)

    advance(system.chain, 3 * HOUR + 1)

    assert system.verdict_oracle.phase(task_id) is Phase.SETTLING


def test_task__at_an_older_block__is_what_it_was(system, deployer) -> None:
    task_id = create(system, deployer)
    before = system.chain.block().number

    deployer.send(system.task_escrow.cancel_task(task_id))

    assert system.task_escrow.task(task_id).is_cancelled
    assert not system.task_escrow.task(task_id, before).is_cancelled


def test_send__contract_refuses__tells_its_text_and_spends_nothing(system, deployer) -> None:
    nonce = system.chain.nonce(deployer.address)

    with pytest.raises(TransactionRefused) as refused:
        deployer.send(system.task_escrow.create_task(terms(system, price=Wei(0))))

    assert refused.value.reason == "escrow: zero price"
    assert "TaskEscrow.create_task((0x" in str(refused.value)
    assert system.chain.nonce(deployer.address) == nonce


def test_send__wallet_without_coin__says_so(system) -> None:
    poor = Sender(system.chain, LocalSigner.create())

    with pytest.raises(TransactionRefused, match=r"insufficient funds: wallet 0x\w+ holds 0 wei"):
        poor.send(transfer_coin(OTHER.address, COIN))


def test_send__unlocked_account__is_signed_by_the_node(system) -> None:
    sender = Sender(system.chain, UnlockedSigner(system.chain.rpc, OTHER.address))

    assert sender.send(transfer_coin(DEPLOYER.address, Wei(1))).is_success


def test_broadcast__killed_between_prepare_and_broadcast__counts_once(system, deployer) -> None:
    receiver = LocalSigner.create().address
    signed = deployer.prepare(transfer_coin(receiver, COIN))

    restarted = Sender(Chain.connect(system.chain.rpc.url), DEPLOYER)
    for _ in range(3):
        restarted.broadcast(signed)
        assert restarted.wait(signed.hash).is_success

    assert system.chain.balance(receiver) == COIN


def test_broadcast__replaced_by_another__is_refused(system, deployer) -> None:
    late = deployer.prepare(transfer_coin(OTHER.address, Wei(2)))
    deployer.send(transfer_coin(OTHER.address, Wei(1)))

    with pytest.raises(TransactionRefused, match="nonce"):
        deployer.broadcast(late)


def test_send_many__four_rounds_of_many_wallets__all_arrive(system) -> None:
    token = system.token(system.deployment.payment_token)
    wallets = [LocalSigner.create() for _ in range(30)]
    fund = [(DEPLOYER, transfer_coin(each.address, COIN)) for each in wallets]
    give = [(DEPLOYER, token.transfer(each.address, Wei(7))) for each in wallets]
    allow = [(each, token.approve(system.staking.address, Wei(7))) for each in wallets]
    stake = [(each, system.staking.deposit(token.address, Wei(7))) for each in wallets]

    for orders in (fund, give, allow, stake):
        send_many(system.chain, orders)

    stakes = system.staking.stakes_of(token.address, [each.address for each in wallets])
    assert set(stakes.values()) == {7}


def test_finalized__a_few_blocks_later__has_reached_the_block(system) -> None:
    wanted = system.chain.block().number

    mine(system.chain, 3)

    assert system.chain.finalized().number >= wanted


def test_connect__deployment_of_another_chain__is_refused(system) -> None:
    foreign = replace(system.deployment, chain_id=1)

    with pytest.raises(WrongChain, match="the deployment is on chain 1"):
        System.connect(system.chain, foreign)


@pytest.mark.parametrize("kind", ["ganache", "anvil"])
def test_send__node_dies_meanwhile__is_unreachable_and_says_where(kind, tmp_path: Path) -> None:
    node = start_chain(kind, state_dir=tmp_path, accounts=1, block_seconds=60)
    chain = Chain.connect(node.url)
    killer = threading.Timer(0.5, os.kill, (node.pid, signal.SIGKILL))

    killer.start()
    with pytest.raises(ChainUnreachable, match=node.url):
        Sender(chain, DEPLOYER).send(transfer_coin(OTHER.address, COIN))
    killer.join()

    assert chain_status(tmp_path) is None


def test_start_chain__twice_in_one_folder__is_refused(node: ChainNode) -> None:
    state = Path(node.log).parent

    with pytest.raises(NodeFailed, match="already runs at"):
        start_chain(node.kind, state_dir=state)
    assert chain_status(state) == node


def test_start_chain__taken_port__is_refused(node: ChainNode, tmp_path: Path) -> None:
    with pytest.raises(NodeFailed, match=f"port {node.port} is taken"):
        start_chain(node.kind, state_dir=tmp_path, port=node.port)
    assert stop_chain(tmp_path) is None
