"""What a connection and a key may use, and what happens at the limit."""

import socket
import threading
import time

import contract as v1
import pytest
from client import Closed, Connection, ResourceExhausted
from conftest import StartServer
from practice import DAY_MS, now_ms, open_practice
from server import Server


def test_at_the_limit_of_calls_reading_pauses_and_all_are_answered(
    start_server: StartServer,
) -> None:
    server = start_server("--calls-in-flight-max", "4")
    with server.connect() as connection:
        assert connection.welcome.limits.calls_in_flight_max == 4
        practice = open_practice(connection)
        requests = [practice.booking(practice.at(day, "10:00")) for day in range(3, 153)]
        frames = [connection.frame(request) for request in requests]
        frames += [connection.frame(v1.HealthCheckRequest()) for _ in range(50)]
        connection.send(*frames)
        replies = connection.replies(frame.call.call_id for frame in frames)
        assert all(not reply.HasField("status") for reply in replies)


def test_a_half_close_while_reading_pauses_drops_nothing(start_server: StartServer) -> None:
    server = start_server("--calls-in-flight-max", "4")
    with server.connect() as other, server.connect() as connection:
        practice = open_practice(other)
        days = range(3, 103)
        frames = [connection.frame(practice.booking(practice.at(day, "10:00"))) for day in days]
        connection.send(*frames)
        connection.socket.shutdown(socket.SHUT_WR)
        replies = connection.replies(frame.call.call_id for frame in frames)
        assert all(not reply.HasField("status") for reply in replies)


def test_one_connections_flood_does_not_stop_another(start_server: StartServer) -> None:
    server = start_server("--calls-in-flight-max", "4")
    with server.connect() as flood, server.connect() as other:
        practice = open_practice(other)
        days = range(3, 153)
        frames = [flood.frame(practice.booking(practice.at(day, "10:00"))) for day in days]
        flood.send(*frames)
        other.call(v1.HealthCheckRequest())
        assert other.goaway is None
        flood.replies(frame.call.call_id for frame in frames)


def connect_soon(server: Server) -> Connection:
    """A connection, once the place of one that was closed is free."""
    deadline = time.monotonic() + 5
    while True:
        try:
            return server.connect()
        except (ResourceExhausted, Closed, ConnectionError):
            assert time.monotonic() < deadline, "a closed connection's place is not free"
            time.sleep(0.02)


@pytest.mark.parametrize("limit", ["key", "address"])
def test_connections_are_limited(start_server: StartServer, limit: str) -> None:
    server = start_server(f"--connections-per-{limit}-max", "3")
    kept = [server.connect() for _ in range(3)]
    for _ in range(3):
        with pytest.raises(ResourceExhausted) as refused:
            server.connect()
        assert refused.value.status.message
        assert refused.value.status.retry_info.retry_delay_ms > 0
    for connection in kept:
        connection.call(v1.HealthCheckRequest())
    kept.pop().close()
    kept.append(connect_soon(server))
    for connection in kept:
        connection.call(v1.HealthCheckRequest())
        connection.close()


def test_the_limit_of_a_key_is_its_own(start_server: StartServer) -> None:
    server = start_server("--connections-per-key-max", "1")
    assert server.stop() == 0
    other = server.create_key("--new-partner", "Other", "--scopes", "read")
    server.start()
    with server.connect() as first, server.connect(other) as second:
        with pytest.raises(ResourceExhausted):
            server.connect()
        first.call(v1.HealthCheckRequest())
        second.call(v1.HealthCheckRequest())


def test_an_idle_connection_is_closed_and_a_ping_keeps_it(start_server: StartServer) -> None:
    server = start_server("--idle-timeout-ms", "600")
    with server.connect() as idle, server.connect() as kept:
        assert idle.welcome.limits.idle_ms_max == 600
        began = time.monotonic()
        while time.monotonic() - began < 1.5:
            kept.ping(b"8 bytes!")
            frame = kept.receive()
            assert frame is not None and frame.WhichOneof("frame") == "pong"
            time.sleep(0.1)
        kept.call(v1.HealthCheckRequest())
        while frame := idle.receive():
            assert frame.WhichOneof("frame") in {"goaway", "ping"}
        assert time.monotonic() - began < 5


def test_a_slow_reader_is_pushed_back_and_loses_nothing(server: Server) -> None:
    """Replies of some 20 MB are asked for at once and read late."""
    with server.connect(timeout_s=30) as connection:
        practice = open_practice(
            connection,
            zone="Etc/UTC",
            hours=("00:00", "24:00"),
            therapist={"grid_minutes": 5},
            service={"duration_minutes": 5},
        )
        request = v1.SlotsSearchRequest(from_ms=now_ms(), until_ms=now_ms() + 30 * DAY_MS)
        request.filter.therapist_ids.append(practice.therapist.id)
        frames = [connection.frame(request) for _ in range(3000)]
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        # The server stops reading while nobody takes its replies, so the sender may have to wait.
        sender = threading.Thread(target=connection.send, args=frames)
        sender.start()
        time.sleep(1)
        for frame in frames:
            assert len(connection.answer(frame.call.call_id).groups[0].start_ms) == 1000
        sender.join()
