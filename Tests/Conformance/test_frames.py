"""Bad input: each gets the error that the contract names, and nobody else notices."""

import socket
import ssl
import time
from collections.abc import Iterator

import contract as v1
import pytest
from bystanding import bystander, ended, hello  # noqa: F401
from client import LENGTH, FrameSocket, InvalidArgument, Unauthenticated
from conftest import StartServer
from seduta.wire.v1 import frames_pb2 as wire
from server import Server

SHORT = ("--hello-timeout-ms", "400", "--frame-timeout-ms", "400")
# A generous bound for what the server should do within 0.4 s: the machine may be busy.
SHORT_S_MAX = 5


@pytest.fixture
def short(start_server: StartServer) -> Server:
    """A server with little patience."""
    return start_server(*SHORT)


@pytest.fixture
def silent(server: Server) -> Iterator[FrameSocket]:
    """A connection that has said nothing yet."""
    with server.open() as connection:
        yield connection


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
        "k" * 10_000,
    ):
        with server.open() as connection:
            connection.send(hello(server, api_key=key))
            refused = ended(connection)
            assert isinstance(refused, Unauthenticated), key[:80]
            assert key not in refused.status.message or not key
            if len(key) == len(server.key):
                texts.add(str(refused.status))
    assert len(texts) == 1, "the answer tells whether the name of a key exists"


def test_a_hello_is_short(server: Server, silent: FrameSocket) -> None:
    silent.send(hello(server, api_key="k" * 16_384))
    refused = ended(silent)
    assert isinstance(refused, InvalidArgument) and refused.reason == "FRAME_TOO_LONG"
    assert refused.status.error_info.metadata["limit"] == "16384"


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
