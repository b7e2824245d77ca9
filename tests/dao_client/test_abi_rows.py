import pytest
from eth_abi.abi import encode
from eth_utils import is_checksum_address, to_normalized_address
from hypothesis import given, strategies as st

from dao_client.abi_rows import Cell, encode_row, is_address
from dao_client.errors import MalformedMessage
from tests.dao_client.strategies import addresses, uints, words

pytestmark = pytest.mark.unit

CELLS = {"uint256": uints, "address": addresses, "bytes32": words}
ROWS = st.lists(st.sampled_from(sorted(CELLS)), max_size=8).flatmap(
    lambda types: st.tuples(st.just(types), st.tuples(*[CELLS[kind] for kind in types]))
)


@given(ROWS)
def test_encode_row__any_row__equals_eth_abi(row: tuple[list[str], tuple[Cell, ...]]) -> None:
    types, values = row

    assert encode_row(types, values) == encode(types, values)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("uint256", -1, "-1 is not a uint256: give an integer of 0 to 2**256-1"),
        ("uint256", 2**256, "is not a uint256"),
        ("uint256", True, "True is not a uint256"),
        ("uint256", "1", "'1' is not a uint256"),
        ("address", "0x" + "ab" * 20, "is not an EIP-55 checksummed address"),
        ("address", 5, "5 is not an EIP-55 checksummed address"),
        ("bytes32", b"short", "b'short' is not a bytes32: give exactly 32 bytes"),
        ("bytes32", "0x" + "00" * 32, "is not a bytes32"),
    ],
)
def test_encode_row__foreign_value__is_refused(kind: str, value: Cell, text: str) -> None:
    with pytest.raises(MalformedMessage) as refusal:
        encode_row([kind], [value])

    assert text in str(refusal.value)


def test_encode_row__wrong_number_of_values__is_refused() -> None:
    with pytest.raises(MalformedMessage, match="has 1 values, not 2"):
        encode_row(["uint256", "uint256"], [1])


@given(addresses, st.integers(0, 39))
def test_is_address__one_letter_in_the_other_case__is_false(address: str, position: int) -> None:
    flipped = address[: position + 2] + address[position + 2 :].swapcase()

    assert is_address(address)
    assert is_address(flipped) == (flipped == address) == is_checksum_address(flipped)


@pytest.mark.parametrize("value", [None, "", "0x", "0x" + "0" * 39, "0x" + "0" * 40 + "\n"])
def test_is_address__anything_else__is_false(value: object) -> None:
    assert not is_address(value)


def test_is_address__lower_case__is_false() -> None:
    address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"

    assert is_address(address)
    assert not is_address(to_normalized_address(address))
