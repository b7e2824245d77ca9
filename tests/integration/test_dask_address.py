"""Whatever listens at the address of a cluster and is none is left alone after a while."""

import socket
import threading
import time

import pytest

from oracle.aggregate.choice import dask_crowd
from oracle.aggregate.choice.dask_crowd import connect
from oracle.errors import ClusterUnreachable

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 1
SOON_SECONDS = 20
"""A busy machine takes its time; without a deadline it would be for ever."""


@pytest.fixture(params=[b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def stranger(request):
    """Take connections, say the same to each, and hold them."""
    held = []

    def serve(listener):
        while True:
            try:
                connection, _ = listener.accept()
                connection.sendall(request.param)
            except OSError:
                return
            held.append(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    for connection in held:
        connection.close()


def test_connect__somebody_who_is_no_scheduler__is_refused_in_time(monkeypatch, stranger):
    monkeypatch.setattr(dask_crowd, "PATIENCE_SECONDS", PATIENCE_SECONDS)
    began = time.monotonic()

    with pytest.raises(ClusterUnreachable) as refusal, connect(stranger):
        pass

    assert time.monotonic() - began < SOON_SECONDS
    assert str(refusal.value).startswith(f"no Dask scheduler answers at {stranger!r}: start one")
