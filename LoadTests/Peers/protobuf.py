"""As much of protobuf's encoding as the requests and replies of the comparison need."""

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def number(field: int, value: int) -> bytes:
    return varint(field << 3 | VARINT) + varint(value)


def message(field: int, value: bytes) -> bytes:
    return varint(field << 3 | BYTES) + varint(len(value)) + value


def text(field: int, value: str) -> bytes:
    return message(field, value.encode())


def read_varint(encoded: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = encoded[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(encoded: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field."""
    at = 0
    while at < len(encoded):
        tag, at = read_varint(encoded, at)
        if tag & 7 == VARINT:
            value, at = read_varint(encoded, at)
            yield tag >> 3, value
            continue
        if tag & 7 == BYTES:
            size, at = read_varint(encoded, at)
        elif tag & 7 in (FIXED64, FIXED32):
            size = 8 if tag & 7 == FIXED64 else 4
        else:
            raise ValueError(f"there is no wire type {tag & 7}")
        yield tag >> 3, encoded[at : at + size]
        at += size


def packed(encoded: bytes) -> list[int]:
    numbers, at = [], 0
    while at < len(encoded):
        value, at = read_varint(encoded, at)
        numbers.append(value)
    return numbers
