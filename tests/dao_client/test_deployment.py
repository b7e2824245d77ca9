"""Deployment files and foreseen addresses."""

from dataclasses import replace
from pathlib import Path

import pytest

from dao_client.chain import Chain
from dao_client.deploying import GOVERNANCE_BOUNDS, GovernanceSettings, create_address
from dao_client.deployment import NAMES, Deployment, System
from dao_client.errors import DeploymentUnknown, MalformedDocument, WrongChain
from tests.dao_client.fake_rpc import FakeRpc

pytestmark = pytest.mark.unit

DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
ADDRESSES = [create_address(DEPLOYER, nonce) for nonce in range(len(NAMES))]
DEPLOYMENT = Deployment(1337, "shanghai", 1, *ADDRESSES)


@pytest.mark.parametrize(
    ("nonce", "address"),
    [
        (0, "0x5FbDB2315678afecb367f032d93F642f64180aa3"),
        (1, "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"),
        (127, "0x5fc748f1FEb28d7b76fa1c6B07D8ba2d5535177c"),
        (128, "0xB82008565FdC7e44609fA118A4a681E92581e680"),
        (256, "0x3C1Cb427D20F15563aDa8C249E71db76d7183B6c"),
    ],
)
def test_create_address__nonce_of_each_length__is_that_of_the_chain(nonce, address) -> None:
    assert create_address(DEPLOYER, nonce) == address


@pytest.mark.parametrize("left_out", [(), ("guardian",), ("guardian", "payment_token")])
def test_load__saved_file__is_the_same_deployment(tmp_path: Path, left_out) -> None:
    path = tmp_path / "new" / "1337.json"
    deployment = replace(DEPLOYMENT, **dict.fromkeys(left_out))

    deployment.save(path)

    assert Deployment.load(path) == deployment


@pytest.mark.parametrize(
    "text", ["{}", "not json", '{"chain_id": 1, "contracts": {"Other": "0x"}}']
)
def test_load__malformed_file__is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "1.json"
    path.write_text(text)

    with pytest.raises(DeploymentUnknown, match="is malformed"):
        Deployment.load(path)


def test_load__no_file__says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DeploymentUnknown, match="run `tessera deploy`"):
        Deployment.load(tmp_path / "1.json")


def test_connect__another_chain__is_refused() -> None:
    with pytest.raises(WrongChain, match="is chain 1, the deployment is on chain 1337"):
        System.connect(Chain(FakeRpc(eth_chainId="0x1")), DEPLOYMENT)


def test_connect__chain_started_anew__is_refused() -> None:
    with pytest.raises(DeploymentUnknown, match="was the chain started anew"):
        System.connect(Chain(FakeRpc(eth_getCode="0x")), DEPLOYMENT)


@pytest.mark.parametrize(("name", "bounds"), GOVERNANCE_BOUNDS.items())
def test_governance_settings__just_out_of_bounds__are_refused_before_any_contract(
    name: str, bounds: tuple[int, int]
) -> None:
    for wrong in (bounds[0] - 1, bounds[1] + 1):
        with pytest.raises(MalformedDocument, match=f"{name} = {wrong}: it must be"):
            GovernanceSettings(**{name: wrong})
