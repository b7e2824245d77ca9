"""The SDK: read the chain, send transactions, play any role; `tessera` is its command line.

Public names are loaded when they are first used: `tessera --help` needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dao_client.batches import send_many
    from dao_client.chain import Chain
    from dao_client.claims import claim
    from dao_client.deploying import DeploymentSettings, deploy
    from dao_client.deployment import Deployment, System
    from dao_client.errors import TesseraError
    from dao_client.gateway import GatewayClient
    from dao_client.keys import LocalSigner, Signer, UnlockedSigner
    from dao_client.requester import TaskDraft, publish_task
    from dao_client.revealing import reveal
    from dao_client.transactions import Sender
    from dao_client.worker import build_submission, force, submit

__all__ = [
    "Chain",
    "Deployment",
    "DeploymentSettings",
    "GatewayClient",
    "LocalSigner",
    "Sender",
    "Signer",
    "System",
    "TaskDraft",
    "TesseraError",
    "UnlockedSigner",
    "build_submission",
    "claim",
    "deploy",
    "force",
    "publish_task",
    "reveal",
    "send_many",
    "submit",
]

_MODULES = {
    "batches": ("send_many",),
    "chain": ("Chain",),
    "claims": ("claim",),
    "deploying": ("DeploymentSettings", "deploy"),
    "deployment": ("Deployment", "System"),
    "errors": ("TesseraError",),
    "gateway": ("GatewayClient",),
    "keys": ("LocalSigner", "Signer", "UnlockedSigner"),
    "requester": ("TaskDraft", "publish_task"),
    "revealing": ("reveal",),
    "transactions": ("Sender",),
    "worker": ("build_submission", "force", "submit"),
}


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
