"""A client for Seduta in some 200 lines: a socket, a protobuf library, and the contract in Proto/.

    with Connection("127.0.0.1", 7390, key) as seduta:
        found = seduta.call(v1.SlotsSearchRequest(until_ms=...))
        seduta.call(v1.AppointmentsBookRequest(therapist_id=..., start_ms=found.start_ms[0], ...))

`call` sends and waits. `begin` only sends, so that many calls can be in flight; `answer` waits for
one of them, whatever order the replies come in; `send` takes many calls in one write. A refusal is
raised as a `Refused`, by its code.
"""

import socket
import struct
import uuid
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar, Self

import contract
from google.protobuf.message import Message
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status

LENGTH = struct.Struct(">I")


class Closed(Exception):
    """The connection ended before the answer came: whether the call was done is not known."""


class Refused(Exception):
    """A call was answered with a status. Catch a subclass to act on one code."""

    code: ClassVar[int] = status.CODE_UNSPECIFIED

    def __init__(self, why: status.Status) -> None:
        super().__init__(f"{status.Code.Name(why.code)} {why.error_info.reason}: {why.message}")
        self.status = why

    @property
    def reason(self) -> str:
        return self.status.error_info.reason

    @property
    def fields(self) -> list[str]:
        """The paths of the fields that are wrong, in the order of the request."""
        return [wrong.field for wrong in self.status.bad_request.field_violations]

    @property
    def kinds(self) -> list[int]:
        """Which of rule S-4's discrepancies stand in the way."""
        return [found.kind for found in self.status.conflicts.discrepancies]

    @property
    def alternatives(self) -> list[int]:
        """Near starts that are free, in milliseconds since 1970."""
        return list(self.status.conflicts.alternative_start_ms)

    @property
    def collides_with(self) -> set[str]:
        """The appointments and holds in the way."""
        return {
            collision.appointment_id or collision.hold_id
            for found in self.status.conflicts.discrepancies
            for collision in found.collisions
        }


class Cancelled(Refused):
    code = status.CODE_CANCELLED


class InvalidArgument(Refused):
    code = status.CODE_INVALID_ARGUMENT


class DeadlineExceeded(Refused):
    code = status.CODE_DEADLINE_EXCEEDED


class NotFound(Refused):
    code = status.CODE_NOT_FOUND


class AlreadyExists(Refused):
    code = status.CODE_ALREADY_EXISTS


class PermissionDenied(Refused):
    code = status.CODE_PERMISSION_DENIED


class ResourceExhausted(Refused):
    code = status.CODE_RESOURCE_EXHAUSTED


class FailedPrecondition(Refused):
    code = status.CODE_FAILED_PRECONDITION


class Aborted(Refused):
    code = status.CODE_ABORTED


class Unimplemented(Refused):
    code = status.CODE_UNIMPLEMENTED


class Internal(Refused):
    code = status.CODE_INTERNAL


class Unavailable(Refused):
    code = status.CODE_UNAVAILABLE


class Unauthenticated(Refused):
    code = status.CODE_UNAUTHENTICATED


def refusal(why: status.Status) -> Refused:
    """A status as the exception of its code."""
    return next((c for c in Refused.__subclasses__() if c.code == why.code), Refused)(why)


class FrameSocket:
    """Frames over TCP: 4 bytes of length, big-endian, then one protobuf message."""

    def __init__(self, host: str, port: int, timeout_s: float = 10) -> None:
        self.socket = socket.create_connection((host, port), timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = bytearray()

    def send(self, *frames: wire.ClientFrame) -> None:
        """Sends frames in one write."""
        encoded = [frame.SerializeToString() for frame in frames]
        self.socket.sendall(b"".join(LENGTH.pack(len(each)) + each for each in encoded))

    def receive(self) -> wire.ServerFrame | None:
        """The next frame, or None when the server has closed. TimeoutError when none comes."""
        while True:
            if len(self._received) >= LENGTH.size:
                (length,) = LENGTH.unpack_from(self._received)
                end = LENGTH.size + length
                if len(self._received) >= end:
                    frame = wire.ServerFrame.FromString(bytes(self._received[LENGTH.size : end]))
                    del self._received[:end]
                    return frame
            try:
                more = self.socket.recv(1 << 18)
            except ConnectionResetError:
                return None
            if not more:
                return None
            self._received += more

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Connection(FrameSocket):
    """A connection that has said Hello."""

    def __init__(self, host: str, port: int, key: str, timeout_s: float = 10) -> None:
        super().__init__(host, port, timeout_s)
        self.key = key
        self.goaway: wire.Goaway | None = None
        self._methods: list[str] = [""]  # by call id; ids begin at 1
        self._replies: defaultdict[int, deque[wire.Reply]] = defaultdict(deque)
        hello = wire.Hello(version_min=1, version_max=1, api_key=key)
        hello.client_name, hello.client_version = "seduta-conformance", "1"
        self.welcome = wire.Welcome()
        self._greeted = False
        try:
            # A server that takes no more connections may have closed: it said why, all the same.
            with suppress(ConnectionError):
                self.send(wire.ClientFrame(hello=hello))
            while not self._greeted:
                self._take()
        except BaseException:
            self.close()
            raise

    def call(
        self,
        request: Message,
        *,
        actor: wire.Actor | None = None,
        key: str | None = None,
        timeout_ms: int = 0,
    ) -> Message:
        """Sends a request and waits for its response. Raises Refused, or Closed."""
        return self.answer(self.begin(request, actor=actor, key=key, timeout_ms=timeout_ms))

    def begin(
        self,
        request: Message,
        *,
        actor: wire.Actor | None = None,
        key: str | None = None,
        timeout_ms: int = 0,
    ) -> int:
        """Sends a request and does not wait; gives the call's id.

        Keep the idempotency key and give it again, with the same request, to repeat a call whose
        answer was lost. Without one, a write is given a key that is never used again.
        """
        frame = self.frame(request, actor=actor, key=key, timeout_ms=timeout_ms)
        self.send(frame)
        return frame.call.call_id

    def frame(
        self,
        request: Message,
        *,
        actor: wire.Actor | None = None,
        key: str | None = None,
        timeout_ms: int = 0,
    ) -> wire.ClientFrame:
        """A request as the frame of this connection's next call."""
        method = contract.METHOD_OF[type(request)]
        if key is None:
            key = str(uuid.uuid4()) if contract.writes(method) else ""
        call = wire.Call(method=method, idempotency_key=key, timeout_ms=timeout_ms, actor=actor)
        call.call_id, call.message = len(self._methods), request.SerializeToString()
        self._methods.append(method)
        return wire.ClientFrame(call=call)

    def answer(self, call_id: int) -> Message:
        """Waits for one call's response. Raises Refused, or Closed."""
        reply = self.reply(call_id)
        if reply.HasField("status"):
            raise refusal(reply.status)
        return contract.RESPONSE_OF[self._methods[call_id]].FromString(reply.message)

    def reply(self, call_id: int) -> wire.Reply:
        """Waits for one call's reply, as it came. Raises Closed, or the reason of a Goaway."""
        while call_id not in self._replies:
            if self.goaway and call_id > self.goaway.last_call_id:
                raise refusal(self.goaway.status)  # never begun: safe to repeat elsewhere
            self._take()
        reply = self._replies[call_id].popleft()
        if not self._replies[call_id]:
            del self._replies[call_id]
        return reply

    def tell(self, call_id: int) -> Message | None:
        """Waits for a stream's next response; None when it is over. Raises Refused, or Closed."""
        reply = self.reply(call_id)
        if reply.HasField("status"):
            raise refusal(reply.status)
        if not reply.more and not reply.message:
            return None
        return contract.RESPONSE_OF[self._methods[call_id]].FromString(reply.message)

    def cancel(self, call_id: int) -> None:
        self.send(wire.ClientFrame(cancel=wire.Cancel(call_id=call_id)))

    def replies(self, call_ids: Iterable[int]) -> list[wire.Reply]:
        """Waits for several calls' replies."""
        return [self.reply(call_id) for call_id in call_ids]

    def ping(self, opaque: bytes) -> None:
        self.send(wire.ClientFrame(ping=wire.Ping(opaque=opaque)))

    def _take(self) -> None:
        """Takes the next frame."""
        frame = self.receive()
        if frame is None:
            raise Closed(self.goaway.status.message if self.goaway else "without a Goaway")
        match frame.WhichOneof("frame"):
            case "welcome":
                self.welcome, self._greeted = frame.welcome, True
            case "reply":
                self._replies[frame.reply.call_id].append(frame.reply)
            case "ping":
                self.send(wire.ClientFrame(pong=wire.Pong(opaque=frame.ping.opaque)))
            case "goaway":
                self.goaway = frame.goaway
                if not self._greeted:
                    raise refusal(frame.goaway.status)
            case _:  # a Pong, or a frame of a later version: both are to be borne
                pass


def as_client(client_id: str) -> wire.Actor:
    return wire.Actor(role=wire.ACTOR_ROLE_CLIENT, id=client_id)


def as_therapist(therapist_id: str) -> wire.Actor:
    return wire.Actor(role=wire.ACTOR_ROLE_THERAPIST, id=therapist_id)


def as_link(token: str) -> wire.Actor:
    return wire.Actor(role=wire.ACTOR_ROLE_LINK_HOLDER, id=token)
