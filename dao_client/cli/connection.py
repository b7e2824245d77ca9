"""Open the wallet that the options name."""

import os
from pathlib import Path

import typer
from eth_utils.address import is_address, to_checksum_address

from dao_client.amounts import parse_count
from dao_client.chain import Chain
from dao_client.errors import KeyUnavailable
from dao_client.keys import LocalSigner, Signer, UnlockedSigner

PASSWORD_VARIABLE = "TESSERA_PASSWORD"


def open_signer(chain: Chain, keystore: Path | None, account: str | None) -> Signer:
    """Return the wallet that the options name: one of both."""
    if keystore is not None:
        return LocalSigner.from_keystore(keystore, ask_password(keystore))
    if account is None:
        raise KeyUnavailable(
            "no wallet: name one with --keystore FILE (make it with `tessera wallet new FILE`) "
            "or --account ADDRESS"
        )
    return UnlockedSigner(chain.rpc, _address(chain, account))


def ask_password(keystore: Path, *, is_new: bool = False) -> str:
    """Return TESSERA_PASSWORD, or ask on the terminal."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    password: str = typer.prompt(
        f"Password of {keystore}", hide_input=True, confirmation_prompt=is_new, err=True
    )
    return password


def _address(chain: Chain, account: str) -> str:
    """Return the address at a place in the node's own list, or one that is in it."""
    listed = [to_checksum_address(each) for each in chain.rpc.call("eth_accounts")]
    place = parse_count(account)
    if place is not None and place < len(listed):
        return listed[place]
    if is_address(account) and to_checksum_address(account) in listed:
        return to_checksum_address(account)
    raise KeyUnavailable(
        f"--account {account}: the node at {chain.rpc.url} holds no such key; write an address "
        f"of its own or a number below {len(listed)}, or use --keystore FILE"
    )
