"""Operators' HTTP between real sockets."""

from socket import socket

import pytest

from oracle.errors import PeerUnreachable, SettingsRefused
from oracle.peers import HttpPeer
from oracle.server import Server, create_app
from oracle.signatures import Signatures
from tests.oracle.fake_chain import OPERATORS, ORACLE_DOMAIN
from tests.oracle.tasks import TASK_ID
from tests.oracle.test_peers import FIRST, signed_by

pytestmark = pytest.mark.integration


@pytest.fixture
def port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def signatures(tmp_path):
    return Signatures(tmp_path, ORACLE_DOMAIN)


def test_server__running__shows_signatures_until_it_stops(port, signatures):
    server = Server(create_app(signatures, ORACLE_DOMAIN), "127.0.0.1", port)
    peer = HttpPeer(f"http://127.0.0.1:{port}")
    server.start()

    before = peer.signed(1337, TASK_ID)
    signatures.keep(signed_by(OPERATORS[0]), FIRST)
    after = peer.signed(1337, TASK_ID)
    server.stop()

    assert (before, after) == (None, signed_by(OPERATORS[0]))
    with pytest.raises(PeerUnreachable):
        peer.signed(1337, TASK_ID)


def test_server__address_taken__says_which(signatures):
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = Server(create_app(signatures, ORACLE_DOMAIN), *taken.getsockname())

        with pytest.raises(SettingsRefused, match=r"cannot listen on 127\.0\.0\.1:"):
            server.start()
