"""Find out why a contract refused, in whatever shape the node tells it."""

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError

from dao_client.custom_errors import describe_error
from dao_client.errors import RpcRefused

ERROR_SELECTOR = bytes.fromhex("08c379a0")
PANIC_SELECTOR = bytes.fromhex("4e487b71")
REVERT_CODE = 3
HALTS = (
    *("evm error", "vm exception", "vm execution error"),  # Anvil and Reth, Ganache, Nethermind
    *("out of gas", "intrinsic gas too low", "gas uint64 overflow"),
    *("invalid opcode", "invalid jump destination", "stack underflow", "stack limit reached"),
    *("write protection", "return data out of bounds", "max call depth exceeded"),
)
"""How nodes say that code came to an end without an answer; the rest is geth's, and Anvil's."""
NODE_FAULTS = ("fatalexternal", "internal error", "timeout")
"""What a node says in the same form of itself."""


def revert_reason(error: RpcRefused) -> str:
    """Return the contract's own text, or the node's when there is none."""
    returned = _returned(error.error_data)
    if returned[:4] == ERROR_SELECTOR:
        return _decoded("string", returned[4:])
    if returned[:4] == PANIC_SELECTOR:
        return f"panic 0x{int(_decoded('uint256', returned[4:])):02x}"
    if returned:
        return describe_error(returned) or f"error 0x{returned.hex()}"
    return error.message or "no reason given"


def is_revert(error: RpcRefused) -> bool:
    """Tell a contract's refusal from a failure of the node."""
    return error.code == REVERT_CODE or "revert" in error.message.lower()


def is_halt(error: RpcRefused) -> bool:
    """Tell code that broke off (an invalid opcode, no gas left) from a failure of the node."""
    told = error.message.lower()
    return any(each in told for each in HALTS) and not any(each in told for each in NODE_FAULTS)


def _returned(found: object) -> bytes:
    """Take the returned bytes: geth and Anvil give hex, Ganache's estimates hide it in `result`."""
    if isinstance(found, dict):
        return _returned(found.get("result") or found.get("data"))
    if isinstance(found, str) and found.startswith("0x"):
        try:
            return bytes.fromhex(found[2:])
        except ValueError:
            return b""
    return b""


def _decoded(kind: str, body: bytes) -> str:
    try:
        return str(decode([kind], body)[0])
    except DecodingError:
        return f"unreadable error 0x{body.hex()}"
