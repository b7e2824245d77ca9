"""An operator publishes its sealing key and never shows the secret."""

import pytest
from structlog.testing import capture_logs

from dao_client.errors import TransactionRefused
from oracle.opening import Opener
from tests.oracle.fake_chain import KEYS, OPERATORS, SECRETS
from tests.oracle.sealed_world import sealed_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return sealed_world(tmp_path)


def opener(chain, store, place=0):
    operator = OPERATORS[place].address
    return Opener(chain, store, operator, SECRETS[operator])


def test_announce__key_not_on_chain__is_published_once(world):
    chain, store = world
    chain.sealing_keys = {}
    once = opener(chain, store)

    once.announce()
    once.announce()

    assert chain.keys_set == [KEYS[OPERATORS[0].address]]


def test_announce__key_on_chain__sends_nothing(world):
    opener(*world).announce()

    assert world[0].sent == []


def test_announce__no_active_operator__waits_and_says_so(world):
    chain, store = world
    chain.sealing_keys, chain.registered = {}, {}

    with capture_logs() as logs:
        opener(chain, store).announce()

    assert chain.keys_set == []
    assert logs[0]["event"] == "no sealing key published: no active operator"


def test_opener__shown__says_nothing_of_its_secret(world):
    shown = repr(opener(*world))

    assert SECRETS[OPERATORS[0].address].hex() not in shown
    assert str(SECRETS[OPERATORS[0].address]) not in shown


def test_announce__contract_refuses__is_reported_and_tried_again(world):
    chain, store = world
    chain.sealing_keys = {}

    def refuse(_):
        raise TransactionRefused("set_sealing_key was refused", "operators: not active")

    chain.set_sealing_key = refuse
    patient = opener(chain, store)

    with capture_logs() as logs:
        patient.announce()
        patient.announce()

    assert [entry["event"] for entry in logs] == ["sealing key not published"] * 2
