"""What the tests of frames and calls have in common: who watches, and how a connection ends."""

from collections.abc import Iterator
from typing import Any

import contract as v1
import pytest
from client import FrameSocket, Refused, refusal
from practice import DAY_MS, now_ms
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server


@pytest.fixture(autouse=True)
def bystander(request: pytest.FixtureRequest) -> Iterator[None]:
    """Another connection, which is open all along and must notice nothing."""
    server: Server = request.getfixturevalue(
        "short" if "short" in request.fixturenames else "server"
    )
    with server.connect() as other:
        search = v1.SlotsSearchRequest(until_ms=now_ms() + DAY_MS)
        other.call(search)
        yield
        other.call(search)
        assert other.goaway is None


def ended(connection: FrameSocket) -> Refused:
    """The reason for which the server ends a connection; sees that it does, and skips the rest."""
    why: status.Status | None = None
    while frame := connection.receive():
        kind = frame.WhichOneof("frame")
        if kind == "goaway":
            why = frame.goaway.status
        elif kind == "reply" and frame.reply.HasField("status") and why is None:
            why = frame.reply.status
    assert why is not None, "the connection ended without a reason"
    assert why.message and why.error_info.reason.isupper()
    return refusal(why)


def hello(server: Server, **changes: Any) -> wire.ClientFrame:
    fields: dict[str, Any] = {"version_min": 1, "version_max": 1, "api_key": server.key}
    return wire.ClientFrame(hello=wire.Hello(**fields | changes))
