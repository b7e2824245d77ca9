"""An operator's server that says what the tasks of a live chain need."""

from collections.abc import Iterator
from contextlib import contextmanager

from oracle.chain import SystemChain
from oracle.needs import Needs
from oracle.running import BoxKey
from oracle.server import Server, create_app
from oracle.signatures import Signatures
from tests.dao_api.live import OPERATOR, LiveChain, free_port


@contextmanager
def serving_needs(live: LiveChain) -> Iterator[str]:
    """Serve on a free port; give the address."""
    port, domain = free_port(), live.system.oracle_domain
    needs = Needs(SystemChain(live.system), live.store, BoxKey(OPERATOR.address, live.secret))
    app = create_app(Signatures(live.folder / "signed", domain), domain, needs)
    server = Server(app, "127.0.0.1", port)
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()
