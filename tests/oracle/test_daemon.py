"""What stops the program, what is tried again, and what the environment may say."""

import pytest

from dao_client.errors import ChainUnreachable, RpcRefused, WrongChain
from dao_client.keys import LocalSigner
from ipfs_store import StoreUnreachable
from oracle.bootstrap import open_key
from oracle.daemon import Daemon
from oracle.errors import SettingsRefused
from oracle.settings import read_settings

pytestmark = pytest.mark.unit

MINIMAL = {"TESSERA_RPC": "http://node", "TESSERA_DEPLOYMENT": "deployments/1.json"}


class Cycles:
    """Cycles that fail as they are told, then work."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.runs = 0

    def run(self):
        self.runs += 1
        if self.failures:
            raise self.failures.pop(0)


def pauses_of(cycles, count):
    pauses = []

    def wait(seconds):
        pauses.append(seconds)
        return len(pauses) == count

    Daemon(cycles, 5.0, wait).run()
    return pauses


@pytest.mark.parametrize(
    "failure",
    [
        ChainUnreachable("away"),
        RpcRefused("eth_call", -32000, "busy"),
        StoreUnreachable("kubo:", "refused", "start it"),
    ],
)
def test_daemon__node_or_store_away__tries_again_later_each_time(failure):
    assert pauses_of(Cycles(failure, failure, failure), 5) == [10.0, 20.0, 40.0, 5.0, 5.0]


def test_daemon__away_for_long__pauses_a_minute_at_most():
    assert pauses_of(Cycles(*[ChainUnreachable("away")] * 20), 20)[-1] == 60.0


@pytest.mark.parametrize("failure", [WrongChain("other"), ZeroDivisionError()])
def test_daemon__wrong_chain_or_our_own_fault__stops(failure):
    cycles = Cycles(failure)

    with pytest.raises(type(failure)):
        pauses_of(cycles, 2)

    assert cycles.runs == 1


def test_read_settings__minimal__has_defaults():
    settings = read_settings(MINIMAL)

    assert (settings.store, settings.poll_seconds) == ("folder:build/store", 5.0)
    assert (settings.listen, settings.peers, settings.key_file) == (None, (), None)


def test_read_settings__full__is_read():
    settings = read_settings(
        {
            **MINIMAL,
            "TESSERA_ORACLE_LISTEN": "127.0.0.1:7001",
            "TESSERA_PEERS": "http://a:1/, http://b:2",
            "TESSERA_ORACLE_POLL_SECONDS": "0.5",
        }
    )

    assert settings.listen == ("127.0.0.1", 7001)
    assert settings.peers == ("http://a:1", "http://b:2")
    assert settings.poll_seconds == 0.5


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"TESSERA_RPC": ""}, "TESSERA_RPC is not set"),
        ({"TESSERA_ORACLE_LISTEN": "7001"}, "write host:port"),
        ({"TESSERA_ORACLE_LISTEN": "host:99999"}, "write host:port"),
        ({"TESSERA_PEERS": "ftp://a"}, "TESSERA_PEERS has 'ftp://a'"),
        ({"TESSERA_ORACLE_POLL_SECONDS": "soon"}, "write a number of seconds"),
        ({"TESSERA_ORACLE_STAGGER_SECONDS": "-1"}, "write 0 to 86400 seconds"),
    ],
)
def test_read_settings__missing_or_malformed__is_refused_by_name(change, named):
    with pytest.raises(SettingsRefused, match=named):
        read_settings({**MINIMAL, **change})


def test_open_key__none_named__means_dry_run():
    assert open_key(read_settings(MINIMAL)) is None


def test_open_key__key_file_or_keystore__opens_the_same_key(tmp_path):
    signer = LocalSigner(b"\x21" * 32)
    (tmp_path / "key").write_text("0x" + "21" * 32 + "\n")
    signer.save_keystore(tmp_path / "keystore", "secret")
    by_file = {**MINIMAL, "TESSERA_OPERATOR_KEY_FILE": str(tmp_path / "key")}
    by_keystore = {**MINIMAL, "TESSERA_OPERATOR_KEYSTORE": str(tmp_path / "keystore")}

    assert open_key(read_settings(by_file)).address == signer.address
    secret = {**by_keystore, "TESSERA_PASSWORD": "secret"}
    assert open_key(read_settings(secret)).address == signer.address
    with pytest.raises(SettingsRefused, match="both set"):
        open_key(read_settings({**by_file, **by_keystore}))
