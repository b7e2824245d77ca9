"""Genesis files: who holds what on the first day, and what is wrong with a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from dao_client.cli.genesis_file import read_genesis_file
from dao_client.deploying import create_address
from dao_client.errors import MalformedDocument
from dao_client.genesis import (
    EMISSION_CAP,
    GENESIS_SUPPLY,
    LEAST_HOUSE,
    WORKER_CAP,
    Allocation,
    EmissionRate,
    Grant,
    development_genesis,
)

pytestmark = pytest.mark.unit

TES = 10**18
DAY = 86_400
HOLDER, BUILDER, TOKEN, *MEMBERS = (
    create_address("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", nonce) for nonce in range(10)
)
FILE = f"""
allocations:
  - {{to: treasury, tes: 60_000_000}}
  - {{to: "{HOLDER}", tes: 0.5}}
grants:
  - {{to: "{BUILDER}", tes: 1000, cliff: 365d, duration: 1460d}}
payment_tokens:
  - {{token: "{TOKEN}", tes: 2.5}}
  - {{token: payment_token, tes: 1}}
emission_cap: 5
worker_cap: 7
least_house: 700
guardians: {MEMBERS}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "genesis.yaml"
    path.write_text(text)
    return path


def test_read_genesis_file__everything_said__is_read(tmp_path: Path) -> None:
    genesis = read_genesis_file(write(tmp_path, FILE))

    assert genesis.allocations == (
        Allocation("treasury", 60_000_000 * TES),
        Allocation(HOLDER, TES // 2),
    )
    assert genesis.grants == (Grant(BUILDER, 1_000 * TES, 365 * DAY, 1_460 * DAY),)
    assert genesis.rates == (
        EmissionRate(TOKEN, 5 * TES // 2),
        EmissionRate("payment_token", TES),
    )
    assert (genesis.emission_cap, genesis.worker_cap) == (5 * TES, 7 * TES)
    assert genesis.least_house == 700 * TES
    assert genesis.guardians == tuple(MEMBERS)


def test_read_genesis_file__only_what_is_needed__rest_is_usual(tmp_path: Path) -> None:
    text = f"""
allocations: [{{to: "{HOLDER.lower()}", tes: 1}}]
payment_tokens: [{{token: "{TOKEN}", tes: 3}}]
"""

    genesis = read_genesis_file(write(tmp_path, text))

    assert genesis.allocations == (Allocation(HOLDER, TES),)
    assert genesis.rates == (EmissionRate(TOKEN, 3 * TES),)
    assert (genesis.grants, genesis.guardians) == ((), ())
    assert (genesis.emission_cap, genesis.worker_cap) == (EMISSION_CAP, WORKER_CAP)
    assert genesis.least_house == LEAST_HOUSE


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("allocations:", "allocation:", "lacks allocations"),
        ("emission_cap:", "emision_cap:", "unknown names: emision_cap; known are allocations"),
        ("to: treasury", "to: tresury", r"allocations\[0\]\.to = 'tresury': it must be an address"),
        (f'to: "{HOLDER}"', f"to: {HOLDER}", r"allocations\[1\]\.to = \d+: .* in quotes"),
        ("tes: 0.5", "tes: -5", r"allocations\[1\]\.tes = -5: -5 is no amount"),
        ("tes: 0.5", "tes: 0", r"allocations\[1\]\.tes = 0: it must be more than nothing"),
        ("tes: 0.5", "much: 1", r"allocations\[1\] = .* lacks tes"),
        ("duration: 1460d", "duration: 1d", r"grants\[0\]\.duration = '1d': .* than the cliff"),
        ("cliff: 365d", "cliff: soon", r"grants\[0\]\.cliff = 'soon': 'soon' is no length"),
        ("tes: 1000,", "tes: 60_000_001,", "are granted, the treasury is allocated 6"),
        ("payment_tokens:", "payment_tokens: 5\nx:", "unknown names: x"),
        ("payment_tokens:", "x:", "lacks payment_tokens"),
        (TOKEN, "payment_token", "payment_tokens: payment_token stands there twice"),
        (f"guardians: {MEMBERS}", f"guardians: {MEMBERS[:6]}", "6 are named, it takes 7 or none"),
        (MEMBERS[6], MEMBERS[5], f"guardians: {MEMBERS[5]} stands there twice"),
        ("emission_cap: 5", "emission_cap: many", "emission_cap = 'many'"),
        ("allocations:", "{", "is neither YAML nor JSON"),
    ],
)
def test_read_genesis_file__wrong_value__names_file_key_and_value(
    tmp_path: Path, old: str, new: str, text: str
) -> None:
    assert old in FILE
    path = write(tmp_path, FILE.replace(old, new))

    with pytest.raises(MalformedDocument, match=text) as refused:
        read_genesis_file(path)

    assert str(refused.value).startswith(str(path))


def test_read_genesis_file__no_file__says_so(tmp_path: Path) -> None:
    with pytest.raises(MalformedDocument, match=r"none\.yaml cannot be read: No such file"):
        read_genesis_file(tmp_path / "none.yaml")


def test_read_genesis_file__no_list__is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedDocument, match="allocations = 5: it must be a list"):
        read_genesis_file(write(tmp_path, "{allocations: 5, payment_tokens: [1]}"))


def test_read_genesis_file__no_token_with_a_rate__says_what_would_freeze(tmp_path: Path) -> None:
    text = f'{{allocations: [{{to: "{HOLDER}", tes: 1}}], payment_tokens: []}}'

    with pytest.raises(MalformedDocument, match="no work gives power in the worker house"):
        read_genesis_file(write(tmp_path, text))


def test_genesis__more_rows_than_the_contract_takes__is_refused() -> None:
    genesis = development_genesis(HOLDER, has_payment_token=False)
    rows = tuple(Allocation(create_address(HOLDER, nonce), TES) for nonce in range(65))

    with pytest.raises(MalformedDocument, match="there are 65, the contract takes 64 at most"):
        replace(genesis, allocations=rows)


@pytest.mark.parametrize("has_payment_token", [True, False])
def test_development_genesis__half_and_half__and_work_earns(has_payment_token: bool) -> None:
    genesis = development_genesis(HOLDER, has_payment_token=has_payment_token)

    assert sum(each.amount for each in genesis.allocations) == GENESIS_SUPPLY
    assert genesis.treasury_amount == GENESIS_SUPPLY // 2
    assert [each.token for each in genesis.rates] == ["payment_token"] * has_payment_token
