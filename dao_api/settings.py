"""Settings of the gateway, read once from the environment.

TESSERA_RPC               address of the chain's node
TESSERA_DEPLOYMENT        file with the contracts' addresses
TESSERA_STORE             where payloads live, e.g. folder:build/store or kubo:/ip4/…/tcp/5001
TESSERA_DATABASE          SQLAlchemy URL, e.g. sqlite:///build/gateway.sqlite or postgresql://…
TESSERA_GATEWAY_KEYSTORE  eth-account keystore file, opened with TESSERA_GATEWAY_PASSWORD; or
TESSERA_GATEWAY_KEY_FILE  file with the private key in hex
TESSERA_GATEWAY_LISTEN    host:port
TESSERA_ANCHOR_SECONDS    how long a submission waits at most before its batch is anchored
TESSERA_POLL_SECONDS      how often the chain is looked at
TESSERA_CONFIRMATIONS     blocks the index stays behind the head; 12, on a development chain 0
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dao_api.errors import SettingsRefused

DEVELOPMENT_CHAINS = frozenset({1337, 31337})
PUBLIC_CONFIRMATIONS = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen about a gateway."""

    rpc: str
    deployment: Path
    store: str
    database: str
    keystore: Path | None
    key_file: Path | None
    password: str
    host: str
    port: int
    anchor_seconds: int
    poll_seconds: float
    confirmations: int | None

    def confirmations_on(self, chain_id: int) -> int:
        """How many blocks the index stays behind the head of this chain."""
        if self.confirmations is not None:
            return self.confirmations
        return 0 if chain_id in DEVELOPMENT_CHAINS else PUBLIC_CONFIRMATIONS


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings, naming the variable that is missing or wrong."""
    host, port = _listen(environment.get("TESSERA_GATEWAY_LISTEN", "127.0.0.1:8000"))
    keystore, key_file = _path(environment, "KEYSTORE"), _path(environment, "KEY_FILE")
    if (keystore is None) == (key_file is None):
        raise SettingsRefused(
            "set exactly one of TESSERA_GATEWAY_KEYSTORE and TESSERA_GATEWAY_KEY_FILE"
        )
    return Settings(
        rpc=environment.get("TESSERA_RPC", "http://127.0.0.1:8545"),
        deployment=Path(_required(environment, "TESSERA_DEPLOYMENT")),
        store=environment.get("TESSERA_STORE", "folder:build/store"),
        database=environment.get("TESSERA_DATABASE", "sqlite:///build/gateway.sqlite"),
        keystore=keystore,
        key_file=key_file,
        password=environment.get("TESSERA_GATEWAY_PASSWORD", ""),
        host=host,
        port=port,
        anchor_seconds=int(_seconds(environment, "TESSERA_ANCHOR_SECONDS", "60")),
        poll_seconds=_seconds(environment, "TESSERA_POLL_SECONDS", "1"),
        confirmations=_confirmations(environment),
    )


def _required(environment: Mapping[str, str], name: str) -> str:
    if not environment.get(name):
        raise SettingsRefused(f"{name} is not set; see dao_api/settings.py for what it holds")
    return environment[name]


def _path(environment: Mapping[str, str], suffix: str) -> Path | None:
    value = environment.get(f"TESSERA_GATEWAY_{suffix}")
    return Path(value) if value else None


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit():
        raise SettingsRefused(f"TESSERA_GATEWAY_LISTEN is {value!r}; it needs host:port")
    return host, int(port)


def _seconds(environment: Mapping[str, str], name: str, default: str) -> float:
    return _number(name, environment.get(name, default))


def _confirmations(environment: Mapping[str, str]) -> int | None:
    value = environment.get("TESSERA_CONFIRMATIONS")
    return int(_number("TESSERA_CONFIRMATIONS", value)) if value else None


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise SettingsRefused(f"{name} is {value!r}; it needs a number") from error
    if number < 0:
        raise SettingsRefused(f"{name} is {value!r}; it cannot be negative")
    return number
