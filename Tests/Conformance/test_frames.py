"""Bad input: each gets the error that the contract names, and nobody else notices."""

import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

import pytest
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status

import contract as v1
from client import (
    LENGTH,
    Connection,
    FrameSocket,
    InvalidArgument,
    NotFound,
    Refused,
    Unauthenticated,
    Unimplemented,
    refusal,
)
from conftest import StartServer
from practice import DAY_MS, now_ms, open_practice
from server import Server

SHORT = ("--hello-timeout-ms", "400", "--frame-timeout-ms", "400")
# A generous bound for what the server should do within 0.4 s: the machine may be busy.
SHORT_S_MAX = 5


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


@pytest.fixture
def short(start_server: StartServer) -> Server:
    """A server with little patience."""
    return start_server(*SHORT)


@pytest.fixture
def silent(server: Server) -> Iterator[FrameSocket]:
    """A connection that has said nothing yet."""
    with server.open() as connection:
        yield connection


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


# How a connection begins.


def test_a_hello_may_come_byte_by_byte(server: Server, silent: FrameSocket) -> None:
    encoded = hello(server).SerializeToString()
    for byte in LENGTH.pack(len(encoded)) + encoded:
        silent.socket.sendall(bytes([byte]))
    frame = silent.receive()
    assert frame is not None and frame.welcome.version == 1


def test_a_hello_and_calls_may_come_in_one_write(server: Server, silent: FrameSocket) -> None:
    method = "seduta.v1.Health/Check"
    calls = [wire.ClientFrame(call=wire.Call(call_id=id, method=method)) for id in (1, 2, 3)]
    silent.send(hello(server), *calls)
    frames = [silent.receive() for _ in range(4)]
    assert frames[0] and frames[0].WhichOneof("frame") == "welcome"
    assert {frame.reply.call_id for frame in frames[1:] if frame} == {1, 2, 3}


@pytest.mark.parametrize(("low", "high"), [(0, 0), (1, 1), (0, 1), (1, 99)])
def test_versions_that_are_spoken(server: Server, silent: FrameSocket, low: int, high: int) -> None:
    silent.send(hello(server, version_min=low, version_max=high))
    frame = silent.receive()
    assert frame is not None and frame.welcome.version == 1


@pytest.mark.parametrize(("low", "high"), [(2, 2), (2, 99), (9, 1)])
def test_versions_that_are_not(server: Server, silent: FrameSocket, low: int, high: int) -> None:
    silent.send(hello(server, version_min=low, version_max=high))
    assert "version" in ended(silent).status.message.lower()


def test_a_wrong_key(server: Server) -> None:
    name, _, secret = server.key.rpartition("_")
    texts = set()
    for key in (
        "",
        "nonsense",
        server.key + "x",
        server.key[:-1],
        f"{name}_{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}",
        f"seduta_{'0' * 8}_{secret}",
        "k" * 100_000,
    ):
        with server.open() as connection:
            connection.send(hello(server, api_key=key))
            refused = ended(connection)
            assert isinstance(refused, Unauthenticated), key[:80]
            assert key not in refused.status.message or not key
            if len(key) == len(server.key):
                texts.add(str(refused.status))
    assert len(texts) == 1, "the answer tells whether the name of a key exists"


def test_no_hello_in_time(short: Server) -> None:
    with short.open() as connection:
        began = time.monotonic()
        ended(connection)
        assert 0.3 < time.monotonic() - began < SHORT_S_MAX


def test_a_hello_that_drips(short: Server) -> None:
    """Each byte comes soon after the one before, but the whole comes too late."""
    with short.open() as connection:
        began = time.monotonic()
        connection.socket.settimeout(0.05)
        sent = LENGTH.pack(1000) + bytes(1000)
        frame = None
        for byte in sent:
            try:
                connection.socket.sendall(bytes([byte]))
                frame = connection.receive()
                break
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break
        assert time.monotonic() - began < SHORT_S_MAX
        assert frame is None or frame.WhichOneof("frame") == "goaway"


@pytest.mark.parametrize("kind", ["call", "cancel", "ping", "goaway"])
def test_something_before_hello(silent: FrameSocket, kind: str) -> None:
    frame = {
        "call": wire.ClientFrame(call=wire.Call(call_id=1, method="seduta.v1.Health/Check")),
        "cancel": wire.ClientFrame(cancel=wire.Cancel(call_id=1)),
        "ping": wire.ClientFrame(ping=wire.Ping(opaque=b"8 bytes!")),
        "goaway": wire.ClientFrame(goaway=wire.Goaway()),
    }[kind]
    silent.send(frame)
    if kind == "goaway":  # to leave without a word is no offence
        while silent.receive():
            pass
        return
    refused = ended(silent)
    assert kind != "call" or isinstance(refused, Unauthenticated)


def test_a_second_hello(server: Server) -> None:
    with server.connect() as connection:
        connection.send(hello(server))
        ended(connection)


def test_a_client_that_leaves_at_once(server: Server) -> None:
    for sent in (b"", b"\x00", b"\x00\x00\x00\x10half"):
        with server.open() as connection:
            connection.socket.sendall(sent)


# Other protocols.


def everything(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    received = b""
    try:
        while more := connection.recv(65536):
            received += more
    except ConnectionResetError:
        pass
    return received


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /seduta.v1.Slots/Search HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_an_http_request_is_told_where_it_is(silent: FrameSocket, sent: bytes) -> None:
    silent.socket.sendall(sent)
    answer = everything(silent.socket)
    assert b"http" in answer.lower() and b"seduta" in answer.lower()


def test_a_tls_hello_is_told_where_it_is(silent: FrameSocket) -> None:
    outgoing = ssl.MemoryBIO()
    context = ssl.create_default_context()
    tls = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    silent.socket.sendall(outgoing.read())
    assert b"TLS" in everything(silent.socket)


# Frames.


def test_a_frame_that_is_too_long(server: Server) -> None:
    for length in (4 * 1024 * 1024 + 1, 0x00FFFFFF, 0x7FFFFFFF, 0xFFFFFFFF):
        with server.connect() as connection:
            connection.socket.sendall(LENGTH.pack(length))
            refused = ended(connection)
            assert refused.reason == "FRAME_TOO_LONG", hex(length)


def test_the_longest_frame_and_one_byte_more(start_server: StartServer) -> None:
    server = start_server("--frame-bytes-max", "2000")
    for extra in (0, 1):
        with server.connect() as connection:
            assert connection.welcome.limits.frame_bytes_max == 2000
            frame = connection.frame(v1.HealthCheckRequest())
            # An unknown field in the message: the server must skip it.
            for size in range(1900, 2000):
                frame.call.message = b"\xfa\x01" + encoded_length(size) + bytes(size)
                if frame.ByteSize() == 2000 + extra:
                    break
            assert frame.ByteSize() == 2000 + extra
            connection.send(frame)
            if extra:
                assert ended(connection).reason == "FRAME_TOO_LONG"
            else:
                assert connection.answer(frame.call.call_id).status == v1.SERVING_STATUS_SERVING


def encoded_length(number: int) -> bytes:
    """A varint of two bytes."""
    return bytes([number & 0x7F | 0x80, number >> 7])


def test_an_empty_frame(server: Server) -> None:
    with server.connect() as connection:
        connection.socket.sendall(LENGTH.pack(0))
        ended(connection)


@pytest.mark.parametrize(
    "sent",
    [
        b"\xff\xff\xff\xff",
        b"hello",
        b"\x12\x7f",  # a Call of 127 bytes that are not there
        b"\x12\x06\x12\x04\xff\xfe\xfd\xfc",  # a method that is not UTF-8
        b"\x32",
        bytes(64),
    ],
)
def test_a_frame_that_is_no_protobuf(server: Server, sent: bytes) -> None:
    with server.connect() as connection:
        connection.socket.sendall(LENGTH.pack(len(sent)) + sent)
        ended(connection)


def test_a_frame_with_nothing_in_it_that_is_known(server: Server) -> None:
    with server.connect() as connection:
        unknown = b"\xa2\x06\x01x"  # field 100
        connection.socket.sendall(LENGTH.pack(len(unknown)) + unknown)
        ended(connection)


def test_a_truncated_frame_and_then_silence(short: Server) -> None:
    with short.connect() as connection:
        whole = connection.frame(v1.HealthCheckRequest()).SerializeToString()
        connection.socket.sendall(LENGTH.pack(len(whole)) + whole[:-1])
        began = time.monotonic()
        ended(connection)
        assert 0.3 < time.monotonic() - began < SHORT_S_MAX


def test_a_truncated_length_and_then_silence(short: Server) -> None:
    with short.connect() as connection:
        connection.socket.sendall(b"\x00\x00")
        began = time.monotonic()
        ended(connection)
        assert 0.3 < time.monotonic() - began < SHORT_S_MAX


def test_silence_between_frames_is_allowed(short: Server) -> None:
    with short.connect() as connection:
        time.sleep(1)
        connection.call(v1.HealthCheckRequest())


# Calls.


def test_an_unknown_method_fails_alone(staff: Connection) -> None:
    for method in ("seduta.v1.Slots/Guess", "seduta.v2.Slots/Search", "Search", "", "/" * 5000):
        frame = staff.frame(v1.HealthCheckRequest())
        frame.call.method = method
        staff.send(frame)
        with pytest.raises(Unimplemented) as refused:
            staff.answer(frame.call.call_id)
        assert refused.value.status.message and refused.value.reason.isupper()
    staff.call(v1.HealthCheckRequest())


@pytest.mark.parametrize(
    "message",
    [b"\xff\xff\xff", b"\x0a\x7f", b"\x0a\x04\xff\xfe\xfd\xfc", b"\x08", b"\x0b\x0b\x0b"],
)
def test_a_malformed_message_fails_alone(staff: Connection, message: bytes) -> None:
    for request in (
        v1.AppointmentsBookRequest(),
        v1.AppointmentsGetRequest(),
        v1.DirectoryCreateTherapistRequest(),
        v1.SlotsSearchRequest(),
    ):
        frame = staff.frame(request)
        frame.call.message = message
        staff.send(frame)
        with pytest.raises(InvalidArgument) as refused:
            staff.answer(frame.call.call_id)
        assert refused.value.reason.isupper()
    staff.call(v1.HealthCheckRequest())


def test_a_call_id_that_is_in_use(server: Server, staff: Connection) -> None:
    practice = open_practice(staff)
    with server.connect() as connection:
        frames = [connection.frame(practice.booking(practice.at(d, "10:00"))) for d in (3, 4)]
        frames[1].call.call_id = frames[0].call.call_id
        connection.send(*frames)
        connection.socket.shutdown(socket.SHUT_WR)
        refused = None
        while frame := connection.receive():
            answer = frame.reply if frame.WhichOneof("frame") == "reply" else frame.goaway
            if answer.HasField("status"):
                refused = refusal(answer.status)
        assert refused is not None and refused.status.message
    # Whatever became of the first, the second was not begun.
    assert "10:00" in practice.free_on(staff, 4)


def test_call_id_0(server: Server) -> None:
    with server.connect() as connection:
        frame = connection.frame(v1.HealthCheckRequest())
        frame.call.call_id = 0
        connection.send(frame)
        connection.socket.shutdown(socket.SHUT_WR)
        refused = ended(connection)
        assert isinstance(refused, InvalidArgument)


def test_a_key_that_is_too_long_fails_alone(staff: Connection) -> None:
    practice = open_practice(staff)
    with pytest.raises(InvalidArgument):
        staff.call(practice.booking(practice.at(3, "10:00")), key="x" * 100_000)
    staff.call(v1.HealthCheckRequest())


def test_trace_context_and_its_absence_are_the_same_to_the_caller(staff: Connection) -> None:
    for traceparent in ("", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "nonsense"):
        frame = staff.frame(v1.HealthCheckRequest())
        frame.call.traceparent = traceparent
        staff.send(frame)
        assert staff.answer(frame.call.call_id).status == v1.SERVING_STATUS_SERVING


def test_an_unknown_role_is_refused(staff: Connection) -> None:
    practice = open_practice(staff)
    actor = wire.Actor.FromString(b"\x08\x09")  # role 9
    with pytest.raises(Refused):
        staff.call(practice.check(practice.at(3, "10:00")), actor=actor)


# Cancel, Ping, Goaway.


def test_a_ping_is_answered_with_its_bytes(server: Server) -> None:
    with server.connect() as connection:
        for opaque in (b"8 bytes!", bytes(range(8))):
            connection.ping(opaque)
            frame = connection.receive()
            assert frame is not None and frame.pong.opaque == opaque


def test_pongs_that_nobody_asked_for_are_ignored(staff: Connection) -> None:
    staff.send(wire.ClientFrame(pong=wire.Pong(opaque=b"8 bytes!")))
    staff.call(v1.HealthCheckRequest())


def test_a_cancelled_call_is_answered_once_and_truly(staff: Connection) -> None:
    practice = open_practice(staff)
    days = range(3, 23)
    frames = [staff.frame(practice.booking(practice.at(day, "10:00"))) for day in days]
    cancels = [wire.ClientFrame(cancel=wire.Cancel(call_id=f.call.call_id)) for f in frames]
    pairs = zip(frames, cancels, strict=True)
    staff.send(*[frame for pair in pairs for frame in pair])
    for day, frame in zip(days, frames, strict=True):
        reply = staff.reply(frame.call.call_id)
        if reply.HasField("status"):
            assert reply.status.code == status.CODE_CANCELLED
            assert "10:00" in practice.free_on(staff, day)
        else:
            assert "10:00" not in practice.free_on(staff, day)
    assert not staff._replies


def test_cancelling_what_is_not_in_flight_does_nothing(staff: Connection) -> None:
    call = staff.begin(v1.HealthCheckRequest())
    staff.answer(call)
    for call_id in (call, call + 100, 0):
        staff.send(wire.ClientFrame(cancel=wire.Cancel(call_id=call_id)))
    staff.call(v1.HealthCheckRequest())


def test_a_deadline_is_kept_or_nothing_is_done(staff: Connection) -> None:
    practice = open_practice(staff)
    days = range(3, 103)
    frames = [
        staff.frame(practice.booking(practice.at(day, "10:00")), timeout_ms=1) for day in days
    ]
    staff.send(*frames)
    for day, frame in zip(days, frames, strict=True):
        reply = staff.reply(frame.call.call_id)
        free = "10:00" in practice.free_on(staff, day)
        if reply.HasField("status"):
            assert reply.status.code == status.CODE_DEADLINE_EXCEEDED and free
        else:
            assert not free


def test_a_client_that_goes_is_answered_first(server: Server, staff: Connection) -> None:
    practice = open_practice(staff)
    with server.connect() as connection:
        frames = [connection.frame(practice.booking(practice.at(d, "10:00"))) for d in range(3, 23)]
        connection.send(*frames, wire.ClientFrame(goaway=wire.Goaway()))
        replies = connection.replies(frame.call.call_id for frame in frames)
        assert all(not reply.HasField("status") for reply in replies)
        while frame := connection.receive():
            assert frame.WhichOneof("frame") == "goaway"


def test_a_client_that_half_closes_is_answered_first(server: Server, staff: Connection) -> None:
    practice = open_practice(staff)
    with server.connect() as connection:
        frames = [connection.frame(practice.booking(practice.at(d, "10:00"))) for d in range(3, 23)]
        connection.send(*frames)
        connection.socket.shutdown(socket.SHUT_WR)
        replies = connection.replies(frame.call.call_id for frame in frames)
        assert all(not reply.HasField("status") for reply in replies)
        while frame := connection.receive():
            assert frame.WhichOneof("frame") == "goaway"


def test_replies_may_come_in_any_order_and_all_come(staff: Connection) -> None:
    practice = open_practice(staff)
    search = practice.search(practice.at(3, "00:00"), practice.at(4, "00:00"))
    wanted: list[tuple[wire.ClientFrame, str]] = []
    for day in range(3, 53):
        wanted.append((staff.frame(practice.booking(practice.at(day, "10:00"))), "appointment"))
        wanted.append((staff.frame(search), "groups"))
        absent = v1.AppointmentsGetRequest(appointment_id="apt_" + "0" * 26)
        wanted.append((staff.frame(absent), ""))
    staff.send(*[frame for frame, _ in wanted])
    for frame, field in reversed(wanted):
        if field:
            assert getattr(staff.answer(frame.call.call_id), field)
        else:
            with pytest.raises(NotFound):
                staff.answer(frame.call.call_id)
