"""Run the gateway: `python -m dao_api`. Settings come from the environment, see settings.py."""

import os
import signal
import sys

import structlog
import uvicorn

from dao_api.app import create_app
from dao_api.bootstrap import build_gateway
from dao_api.daemon import Daemon
from dao_api.errors import GatewayError
from dao_api.settings import Settings, read_settings
from dao_client.errors import TesseraError
from ipfs_store import IpfsStoreError

_log = structlog.get_logger()


def serve(settings: Settings) -> bool:
    """Answer requests until a signal comes; return whether it ended well."""
    gateway = build_gateway(settings)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(gateway.context),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
        )
    )

    def stop() -> None:
        server.should_exit = True

    for each in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them again when it has ended
        signal.signal(each, lambda *_: stop())
    daemon = Daemon(gateway.turn, settings.poll_seconds, stop)
    daemon.start()
    _log.info("gateway started", host=settings.host, port=settings.port)
    try:
        server.run()
    finally:
        daemon.stop()
    return server.started and not daemon.has_failed


def main() -> int:
    """Start the gateway, or say in one line why it cannot."""
    try:
        return 0 if serve(read_settings(os.environ)) else 1
    except (GatewayError, TesseraError, IpfsStoreError) as error:
        _log.error("gateway cannot start", cause=str(error))
        return 2


if __name__ == "__main__":
    sys.exit(main())
