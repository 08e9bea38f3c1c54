"""Seduta's requests and replies, written from Proto/ as the wire client sends and prints them."""

import struct
from collections.abc import Iterable
from pathlib import Path

import protobuf as pb

# The wire client writes another one over it: it takes five bytes.
CALL_ID_PLACE = 1 << 28


def framed(encoded: bytes) -> bytes:
    return struct.pack(">I", len(encoded)) + encoded


def hello(key: str) -> bytes:
    body = pb.number(1, 1) + pb.number(2, 1) + pb.text(3, key) + pb.text(4, "peers")
    return framed(pb.message(1, body))


def call(method: str, request: bytes) -> tuple[int, bytes]:
    """A Call, and where in it the call id is."""
    call_id = pb.number(1, CALL_ID_PLACE)
    body = call_id + pb.text(2, method) + pb.message(7, request)
    frame = framed(pb.message(2, body))
    return frame.index(call_id) + 1, frame


def search(
    therapists: Iterable[str], from_ms: int, until_ms: int, page_size: int, service: str = ""
) -> tuple[int, bytes]:
    selected = b"".join(pb.text(1, therapist) for therapist in therapists)
    if service:
        selected += pb.text(2, service)
    request = pb.number(1, from_ms) + pb.number(2, until_ms) + pb.message(3, selected)
    return call("seduta.v1.Slots/Search", request + pb.number(4, page_size))


def check(
    therapist: str, service: str, location: str, room: str, client: str, start_ms: int
) -> tuple[int, bytes]:
    texts = (therapist, service, location, room)
    request = b"".join(pb.text(place, value) for place, value in enumerate(texts, start=1))
    return call("seduta.v1.Slots/Check", request + pb.number(5, start_ms) + pb.text(6, client))


def write_requests(path: Path, greeting: bytes, requests: Iterable[tuple[int, bytes]]) -> None:
    """The file that the wire client reads: see there."""
    with path.open("wb") as file:
        file.write(framed(greeting))
        for place, request in requests:
            file.write(struct.pack(">II", place, len(request)) + request)


def reply_message(frame: bytes) -> bytes:
    """The response in a frame that holds a Reply without a status."""
    reply = dict(pb.fields(dict(pb.fields(frame[4:]))[2]))
    if 2 in reply:
        raise ValueError(f"Seduta refused: {reply[2]!r}")
    return reply.get(3, b"")


def starts(response: bytes) -> list[tuple[int, str]]:
    """What a SlotsSearchResponse lists, in its order: start in milliseconds, and therapist."""
    groups, across, places = [], [], []
    for field, value in pb.fields(response):
        if field == 1:
            groups.append(value)
        elif field == 2:
            across += pb.packed(value)
        elif field == 3:
            places += pb.packed(value)
    therapists, listed = [], []
    for group in groups:
        named = {field: value for field, value in pb.fields(group) if field != 8}
        therapists.append(named[1].decode())
        for field, value in pb.fields(group):
            if field == 8:
                listed += [(start, therapists[-1]) for start in pb.packed(value)]
    return listed + [(start, therapists[place]) for start, place in zip(across, places)]


def discrepancy_kinds(response: bytes) -> set[int]:
    """Which kinds of discrepancy a SlotsCheckResponse names."""
    conflicts = dict(pb.fields(response)).get(2, b"")
    named = [dict(pb.fields(value)) for field, value in pb.fields(conflicts) if field == 1]
    return {discrepancy[1] for discrepancy in named}
