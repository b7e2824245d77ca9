"""Build a gateway from its settings: the only place that opens anything."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from dao_api.anchoring.loop import AnchorLoop
from dao_api.anchoring.repository import BatchRepository
from dao_api.anchoring.wallet import AnchorWallet
from dao_api.chain import NodeView
from dao_api.context import Context, build_context
from dao_api.database import open_database
from dao_api.errors import SettingsRefused
from dao_api.indexer.indexer import Indexer
from dao_api.indexer.sources import NodeSource
from dao_api.settings import Settings
from dao_api.submissions.service import ReceiptTerms
from dao_client.chain import Chain
from dao_client.deployment import Deployment, System
from dao_client.keys import LocalSigner
from ipfs_store import open_store


@dataclass(frozen=True, slots=True)
class Gateway:
    """What runs: the context of requests, and the turn of the background."""

    context: Context
    turn: Callable[[], None]


def build_gateway(settings: Settings) -> Gateway:
    """Connect to the chain, the store and the database."""
    chain = Chain.connect(settings.rpc)
    system = System.connect(chain, Deployment.load(settings.deployment))
    signer = _signer(settings)
    view = NodeView(system)
    store = open_store(settings.store)
    sessions = open_database(settings.database)
    indexer = Indexer(
        NodeSource(chain, (system.task_escrow.contract, system.verdict_oracle.contract)),
        sessions,
        first_block=system.first_block,
        confirmations=settings.confirmations_on(chain.chain_id),
    )
    anchors = AnchorLoop(
        AnchorWallet(chain, system.task_escrow, signer),
        view,
        store,
        BatchRepository(sessions),
        anchor_seconds=settings.anchor_seconds,
        now=time.time,
    )
    terms = ReceiptTerms(signer, system.escrow_domain, settings.anchor_seconds, time.time)

    def turn() -> None:
        indexer.catch_up()
        anchors.step()

    context = build_context(view, store, sessions, terms, system.oracle_domain, indexer.lag)
    return Gateway(context, turn)


def _signer(settings: Settings) -> LocalSigner:
    if settings.keystore is not None:
        return LocalSigner.from_keystore(settings.keystore, settings.password)
    if settings.key_file is None:
        raise SettingsRefused("the gateway has no key: set TESSERA_GATEWAY_KEYSTORE")
    try:
        return LocalSigner(settings.key_file.read_text("utf-8").strip())
    except OSError as error:
        raise SettingsRefused(
            f"the key file {settings.key_file} cannot be read: {error.strerror}"
        ) from error
