"""The SDK: read the chain, send transactions, play any role; `tessera` is its command line."""

from dao_client.batches import send_many
from dao_client.chain import Chain
from dao_client.claims import claim
from dao_client.deployment import Deployment, System, deploy
from dao_client.errors import TesseraError
from dao_client.gateway import GatewayClient
from dao_client.keys import LocalSigner, Signer, UnlockedSigner
from dao_client.requester import TaskDraft, publish_task
from dao_client.transactions import Sender
from dao_client.worker import build_submission, force, submit

__all__ = [
    "Chain",
    "Deployment",
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
    "send_many",
    "submit",
]
