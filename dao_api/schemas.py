"""What all requests and responses share: how digests, addresses, wei and pages are written."""

from typing import Annotated, Generic, TypeVar

from eth_utils.address import is_checksum_address
from fastapi import Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_UINT256 = 2**256 - 1
MAX_SAFE_INTEGER = 2**53 - 1
MAX_SIGNATURE_BYTES = 4096

Row = TypeVar("Row")


def _checksummed(text: str) -> str:
    if not is_checksum_address(text):
        raise ValueError(f"{text} is not an EIP-55 checksummed address")
    return text


def _uint256(value: object) -> object:
    """Take a whole number, or its decimal text: JSON numbers are exact below 2^53 only."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value) if len(value) <= len(str(MAX_UINT256)) else MAX_UINT256 + 1
    if isinstance(value, int) and not isinstance(value, bool) and value <= MAX_SAFE_INTEGER:
        return value
    raise ValueError("needs a decimal string, or an integer below 2^53")


def hexadecimal(value: bytes) -> str:
    """Write bytes as 0x-prefixed lower-case hex."""
    return "0x" + value.hex()


Hex32 = Annotated[str, Field(pattern=r"^0x[0-9a-f]{64}$")]
Signature = Annotated[
    str, Field(pattern=r"^0x([0-9a-f]{2})+$", max_length=2 + 2 * MAX_SIGNATURE_BYTES)
]
AddressText = Annotated[str, Field(pattern=r"^0x[0-9a-fA-F]{40}$"), AfterValidator(_checksummed)]
Uint256In = Annotated[int, BeforeValidator(_uint256), Field(ge=0, le=MAX_UINT256)]
Count = Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
WeiText = Annotated[str, Field(pattern=r"^[0-9]+$", description="wei, in decimal")]

Offset = Annotated[int, Query(ge=0, le=2**31, description="rows to skip")]
Limit = Annotated[int, Query(ge=1, le=500, description="rows to return at most")]


class Model(BaseModel):
    """A request or response; unknown members are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(Model, Generic[Row]):
    """Some rows of a longer list."""

    total: int
    offset: int
    limit: int
    rows: list[Row]
