"""set_sealing_key: active operators publish the key to which workers seal."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain

KEY, OTHER_KEY, NO_KEY = b"\x07" * 32, b"\x08" * 32, bytes(32)


def test_set_sealing_key__by_an_operator__is_read_and_logged(oracle, poster):
    oracle.set_sealing_key(KEY)

    fields = {"operator": poster, "old_key": NO_KEY, "new_key": KEY}
    assert last_events(oracle) == [("SealingKeySet", fields)]
    assert oracle.sealing_key_of(poster) == KEY


def test_set_sealing_key__again__replaces_the_old_one(oracle, poster):
    oracle.set_sealing_key(KEY)

    oracle.set_sealing_key(OTHER_KEY)

    fields = {"operator": poster, "old_key": KEY, "new_key": OTHER_KEY}
    assert last_events(oracle) == [("SealingKeySet", fields)]
    assert oracle.sealing_key_of(poster) == OTHER_KEY


def test_set_sealing_key__by_an_operator__is_nobody_elses(oracle, operators):
    oracle.set_sealing_key(KEY)

    assert oracle.sealing_key_of(operators[1].address) == NO_KEY


def test_set_sealing_key__by_a_stranger__is_refused(oracle, stranger):
    with refused("verdict: not an operator", lambda: oracle.sealing_key_of(stranger)):
        oracle.set_sealing_key(KEY, sender=stranger)


def test_set_sealing_key__by_a_retired_operator__is_refused(oracle, poster):
    oracle.set_sealing_key(KEY)
    oracle.retire_operator()

    with refused("verdict: not an operator", lambda: oracle.sealing_key_of(poster)):
        oracle.set_sealing_key(OTHER_KEY)
    assert oracle.sealing_key_of(poster) == KEY


def test_set_sealing_key__no_key__is_refused(oracle, poster):
    with refused("verdict: zero key", lambda: oracle.sealing_key_of(poster)):
        oracle.set_sealing_key(NO_KEY)
