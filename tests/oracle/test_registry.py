"""The methods that task documents may name, and what the SDK takes for the default."""

import pytest

from dao_client.encoding import method_hash
from dao_client.methods import DEFAULT_METHOD as DEFAULT_OF_THE_SDK
from oracle.aggregate import DEFAULT_METHOD, METHODS

pytestmark = pytest.mark.unit


def test_registry__default__is_what_requesters_ask_for():
    assert METHODS[DEFAULT_METHOD].method == DEFAULT_OF_THE_SDK


def test_registry__every_method__is_registered_under_its_name_with_its_own_hash():
    assert [aggregation.name for aggregation in METHODS.values()] == list(METHODS)
    assert len({method_hash(each.method) for each in METHODS.values()}) == len(METHODS)


def test_registry__parameters__are_whole_numbers():
    for aggregation in METHODS.values():
        assert all(type(value) is int for value in aggregation.parameters.values())
