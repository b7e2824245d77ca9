"""Build an operator's program from its settings: the only place that knows every part."""

import time
from dataclasses import dataclass

import structlog

from dao_client.chain import Chain
from dao_client.deployment import Deployment, System
from dao_client.errors import KeyUnavailable
from dao_client.keys import LocalSigner, Signer
from dao_client.sealing import sealing_secret
from dao_client.transactions import Sender
from ipfs_store import open_store

from .chain import SystemChain
from .cycle import Cycle, Desk
from .errors import SettingsRefused
from .needs import Needs
from .opening import Opener
from .peers import HttpPeer
from .post import Turns
from .running import BoxKey
from .server import Server, create_app
from .settings import Settings
from .signatures import Signatures

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Program:
    """What runs: cycles, and a server unless nobody is to be served."""

    cycle: Cycle
    server: Server | None


def build(settings: Settings, *, is_dry_run: bool, is_once: bool) -> Program:
    """Connect everything; raise what `daemon` says stops the program."""
    system = System.connect(Chain.connect(settings.rpc), Deployment.load(settings.deployment))
    store = open_store(settings.store)
    signer = None if is_dry_run else open_key(settings)
    if signer is None:
        _log.info("dry run", chain_id=system.chain.chain_id)
        return Program(Cycle(SystemChain(system), store, None), None)
    chain = SystemChain(system, Sender(system.chain, signer))
    signatures = Signatures(settings.folder, system.oracle_domain)
    secret = sealing_secret(signer, system.oracle_domain)
    needs = Needs(chain, store, BoxKey(signer.address, secret))
    desk = Desk(
        signer=signer,
        signatures=signatures,
        peers=tuple(HttpPeer(url) for url in settings.peers),
        turns=Turns(signer.address, 0 if is_once else settings.stagger_seconds, time.monotonic),
        opener=Opener(chain, store, signer.address, secret),
    )
    _log.info("operator", address=signer.address, chain_id=system.chain.chain_id)
    return Program(Cycle(chain, store, desk), _server(settings, signatures, system, needs))


def open_key(settings: Settings) -> Signer | None:
    """Open the operator's key, none when the settings name none."""
    if settings.keystore and settings.key_file:
        raise SettingsRefused(
            "TESSERA_OPERATOR_KEYSTORE and TESSERA_OPERATOR_KEY_FILE are both set: keep one"
        )
    if settings.keystore:
        return LocalSigner.from_keystore(settings.keystore, settings.password)
    if settings.key_file is None:
        return None
    try:
        return LocalSigner(settings.key_file.read_text("utf-8").strip())
    except OSError as error:
        raise KeyUnavailable(
            f"the key file {settings.key_file} cannot be read: {error.strerror}"
        ) from error


def _server(
    settings: Settings, signatures: Signatures, system: System, needs: Needs
) -> Server | None:
    if settings.listen is None:
        return None
    return Server(create_app(signatures, system.oracle_domain, needs), *settings.listen)
