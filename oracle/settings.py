"""Read an operator's settings from the environment, once.

TESSERA_RPC                     node's address
TESSERA_DEPLOYMENT              deployment file
TESSERA_STORE                   store, `folder:build/store` when left out
TESSERA_OPERATOR_KEYSTORE       keystore file; password in TESSERA_PASSWORD
TESSERA_OPERATOR_KEY_FILE       or a file with the private key in hex; no key means dry run
TESSERA_ORACLE_DATA             folder for what was signed
TESSERA_ORACLE_LISTEN           host:port for the other operators; nobody is served when left out
TESSERA_PEERS                   their addresses, commas between
TESSERA_ORACLE_POLL_SECONDS     pause between two cycles, 5
TESSERA_ORACLE_STAGGER_SECONDS  how long each operator lets the one before it go first, 15
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import SettingsRefused

DEFAULT_STORE = "folder:build/store"
DEFAULT_DATA = "build/oracle"


@dataclass(frozen=True)
class Settings:
    """One operator's program."""

    rpc: str
    deployment: Path
    store: str
    folder: Path
    keystore: Path | None
    key_file: Path | None
    password: str
    listen: tuple[str, int] | None
    peers: tuple[str, ...]
    poll_seconds: float
    stagger_seconds: float


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Build the settings; refuse a missing or malformed one by its name."""
    return Settings(
        rpc=_needed(environment, "TESSERA_RPC"),
        deployment=Path(_needed(environment, "TESSERA_DEPLOYMENT")),
        store=environment.get("TESSERA_STORE", DEFAULT_STORE),
        folder=Path(environment.get("TESSERA_ORACLE_DATA", DEFAULT_DATA)),
        keystore=_path(environment, "TESSERA_OPERATOR_KEYSTORE"),
        key_file=_path(environment, "TESSERA_OPERATOR_KEY_FILE"),
        password=environment.get("TESSERA_PASSWORD", ""),
        listen=_listen(environment.get("TESSERA_ORACLE_LISTEN", "")),
        peers=_peers(environment.get("TESSERA_PEERS", "")),
        poll_seconds=_seconds(environment, "TESSERA_ORACLE_POLL_SECONDS", 5),
        stagger_seconds=_seconds(environment, "TESSERA_ORACLE_STAGGER_SECONDS", 15),
    )


def _needed(environment: Mapping[str, str], name: str) -> str:
    if not environment.get(name):
        raise SettingsRefused(f"{name} is not set: see `python -m oracle --help`")
    return environment[name]


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    return Path(environment[name]) if environment.get(name) else None


def _listen(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise SettingsRefused(f"TESSERA_ORACLE_LISTEN is {text!r}: write host:port")
    return host, int(port)


def _peers(text: str) -> tuple[str, ...]:
    urls = tuple(url.strip().rstrip("/") for url in text.split(",") if url.strip())
    for url in urls:
        if not url.startswith(("http://", "https://")):
            raise SettingsRefused(f"TESSERA_PEERS has {url!r}: write http://host:port")
    return urls


def _seconds(environment: Mapping[str, str], name: str, default: int) -> float:
    text = environment.get(name, str(default))
    try:
        value = float(text)
    except ValueError as error:
        raise SettingsRefused(f"{name} is {text!r}: write a number of seconds") from error
    if not 0 <= value <= 86_400:
        raise SettingsRefused(f"{name} is {text!r}: write 0 to 86400 seconds")
    return value
