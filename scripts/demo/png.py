"""Write a grey image as PNG with the standard library, the same bytes on every machine.

Image data is stored, not compressed: zlib's versions compress differently, and bytes are CIDs here.
"""

import struct
import zlib
from collections.abc import Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def encode_png(rows: Sequence[Sequence[int]]) -> bytes:
    """Encode rows of grey values (0 is black, 255 is white)."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = b"".join(b"\x00" + bytes(row) for row in rows)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(pixels, 0)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
