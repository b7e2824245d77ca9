"""Write and read unsigned LEB128 numbers, as protobuf and CAR use them."""

_LONGEST = 10


def encode_varint(value: int) -> bytes:
    """Write a number in 7-bit groups, lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def read_varint(encoded: bytes, offset: int) -> tuple[int, int]:
    """Read a number; give it and the offset after it."""
    value = 0
    for place, byte in enumerate(encoded[offset : offset + _LONGEST]):
        value |= (byte & 0x7F) << 7 * place
        if byte <= 0x7F:
            return value, offset + place + 1
    raise ValueError(f"the number at byte {offset} does not end")
