"""Pictures as PNG files, as fast as flat colours allow (W3C, Portable Network Graphics)."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BITS, TRUE_COLOUR = 8, 2
LEVEL = 1
"""How hard the pixels are compressed: more costs twice the time and saves little."""


def encoded(pixels: NDArray[np.uint8]) -> bytes:
    """Return rows of red, green and blue (an array of height × width × 3) as a PNG.

    No row is filtered: even areas are compressed better, and sooner, as they are. Compressing lets
    other threads go on.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # a row begins with its filter, 0 for none
    rows[:, 1:].reshape(height, width, 3)[:] = pixels
    header = struct.pack(">IIBBBBB", width, height, BITS, TRUE_COLOUR, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.data, LEVEL)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    sign = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", sign)
