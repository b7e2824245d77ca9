"""`tessera deploy` on a chain that is not for development: it wants to know who holds what."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.chain import Chain
from dao_client.contracts import Call
from dao_client.contracts.abi import Abi
from dao_client.deployment import Deployment, System
from dao_client.errors import ChainUnreachable
from dao_client.keys import LocalSigner
from dao_client.node_programs import chain_program
from dao_client.nodes import ChainKind
from dao_client.transactions import Sender
from dao_client.types import Address
from tests.dao_api.live import free_port, wait_until
from tests.integration.commands import CommandLine

pytestmark = pytest.mark.integration

CHAIN_ID = 8453
TES = 10**18
DAY = 86_400
HOLDER, BUILDER, *MEMBERS = (LocalSigner.from_mnemonic(n).address for n in range(1, 10))
GENESIS = f"""
allocations:
  - {{to: treasury, tes: 3_000_000}}
  - {{to: "{HOLDER}", tes: 1_000_000}}
grants:
  - {{to: "{BUILDER}", tes: 500_000, cliff: 365d, duration: 1460d}}
payment_tokens:
  - {{token: "%s", tes: 0.1}}
guardians: {MEMBERS}
"""


def answers(url: str) -> bool:
    try:
        return Chain.connect(url).chain_id == CHAIN_ID
    except ChainUnreachable:
        return False


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Anvil that says it is a public chain."""
    port = free_port()
    usual = chain_program(ChainKind.ANVIL, port, 10, 0, tmp_path_factory.mktemp("anvil"))
    program = [str(CHAIN_ID) if word == "31337" else word for word in usual]
    with subprocess.Popen(program) as node:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: answers(url), 60)
            yield url
        finally:
            node.kill()


@pytest.fixture(scope="module")
def dollar(url: str) -> Address:
    """A token of six decimals that was there before."""
    chain = Chain.connect(url)
    deployer = LocalSigner.from_mnemonic(9)
    arguments = ("Dollar", "USD", 6, deployer.address, 10**12)
    data = Abi.load("PaymentToken").encode_creation("cancun", arguments)
    mined = Sender(chain, deployer).send(Call(None, data, "deployment of a dollar", arguments))
    assert mined.contract is not None
    return mined.contract


@pytest.fixture
def genesis(dollar: Address, tmp_path: Path) -> Path:
    path = tmp_path / "genesis.yaml"
    path.write_text(GENESIS % dollar)
    return path


@pytest.fixture
def shell(url: str, tmp_path: Path) -> CommandLine:
    place = str(tmp_path / "deployment.json")
    return CommandLine({"TESSERA_RPC": url, "TESSERA_DEPLOYMENT": place, "TESSERA_ACCOUNT": "0"})


def test_deploy__public_chain_without_a_genesis_file__is_refused(shell: CommandLine) -> None:
    refusal = shell("deploy")

    assert f"chain {CHAIN_ID} is no development chain: say who holds what" in refusal


def test_deploy__public_chain_with_a_token_for_everybody__is_refused(
    shell: CommandLine, genesis: Path, tmp_path: Path
) -> None:
    refusal = shell("deploy", "--genesis", genesis, "--test-token")

    assert f"chain {CHAIN_ID} is no development chain: anyone can mint the test token" in refusal
    assert not (tmp_path / "deployment.json").exists()


def test_deploy__genesis_file__is_what_the_chain_begins_with(
    shell: CommandLine, genesis: Path, dollar: Address, url: str, tmp_path: Path
) -> None:
    shell("deploy", "--genesis", genesis)

    system = System.connect(Chain.connect(url), Deployment.load(tmp_path / "deployment.json"))
    (grant,) = system.treasury.grants([1])
    assert system.deployment.payment_token is None
    assert system.work_token.balance_of(HOLDER) == 1_000_000 * TES
    assert system.work_token.balance_of(system.treasury.address) == 3_000_000 * TES
    assert system.treasury.free_balance(system.work_token.address) == 2_500_000 * TES
    assert (grant.holder, grant.amount) == (BUILDER, 500_000 * TES)
    assert (grant.cliff_seconds, grant.duration_seconds) == (365 * DAY, 1_460 * DAY)
    assert system.rewards.emission_rate(dollar) == 10**11 * TES
    assert shell.run("deploy", "--check")[0] == 0
    assert json.loads(shell.run("params", "--json")[1])
