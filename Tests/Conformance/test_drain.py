"""SIGTERM: what is in flight is answered, new calls go elsewhere, nothing is lost, exit code 0."""

import signal
import time

import contract as v1
import pytest
from client import Closed, Connection, NotFound, Refused, Unavailable
from conftest import StartServer
from practice import Practice, open_practice
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server

CONNECTIONS = 4
EACH = 120


def test_what_is_in_flight_is_answered(start_server: StartServer) -> None:
    server = start_server()
    connections = [server.connect(timeout_s=30) for _ in range(CONNECTIONS)]
    practices = [open_practice(connection) for connection in connections]
    sent: list[list[wire.ClientFrame]] = []
    for connection, practice in zip(connections, practices, strict=True):
        days = range(3, 3 + EACH)
        sent.append([connection.frame(practice.booking(practice.at(d, "10:00"))) for d in days])
    for connection, frames in zip(connections, sent, strict=True):
        connection.send(*frames)
    early = connections[0].reply(sent[0][0].call.call_id)
    server.signal(signal.SIGTERM)

    answered: list[v1.Appointment] = [booked_by(early)]
    not_begun: list[tuple[Practice, wire.ClientFrame]] = []
    for connection, practice, frames in zip(connections, practices, sent, strict=True):
        waiting = {frame.call.call_id: frame for frame in frames}
        if connection is connections[0]:
            del waiting[frames[0].call.call_id]
        replies = drained(connection)
        assert connection.goaway is not None
        assert connection.goaway.status.code == status.CODE_UNAVAILABLE
        assert connection.goaway.status.message
        for call_id, frame in waiting.items():
            reply = replies.pop(call_id, None)
            if call_id <= connection.goaway.last_call_id:
                assert reply is not None, f"call {call_id} was taken and not answered"
            if reply is None or reply.HasField("status"):
                assert reply is None or reply.status.code == status.CODE_UNAVAILABLE
                not_begun.append((practice, frame))
            else:
                answered.append(booked_by(reply))
        assert not replies
        connection.close()
    assert server.wait() == 0
    print(f"{len(answered)} answered, {len(not_begun)} left to the next server")

    server.start()
    with server.connect() as connection:
        for booked in answered:
            got = connection.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
            assert got.appointment == booked
        for practice, frame in not_begun:
            request = v1.AppointmentsBookRequest.FromString(frame.call.message)
            free = practice.free(connection, request.start_ms, request.start_ms + 1)
            assert free == [request.start_ms], "a call that was not begun has booked"
            connection.call(request, key=frame.call.idempotency_key)
        for practice in practices:
            request = v1.AppointmentsListRequest(therapist_id=practice.therapist.id, page_size=1000)
            assert len(connection.call(request).appointments) == EACH


def booked_by(reply: wire.Reply) -> v1.Appointment:
    assert not reply.HasField("status"), reply
    return v1.AppointmentsBookResponse.FromString(reply.message).appointment


def drained(connection: Connection) -> dict[int, wire.Reply]:
    """What comes until the server closes, by call."""
    replies = {call: waiting[0] for call, waiting in connection._replies.items()}
    while frame := connection.receive():
        if frame.WhichOneof("frame") == "goaway":
            assert connection.goaway is None, "a second Goaway"
            connection.goaway = frame.goaway
        elif frame.WhichOneof("frame") == "reply":
            assert frame.reply.call_id not in replies, "a second Reply"
            replies[frame.reply.call_id] = frame.reply
    return replies


def test_an_idle_connection_is_told_and_closed(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as fresh, server.connect() as used, server.open():
        used.call(v1.HealthCheckRequest())
        server.signal(signal.SIGTERM)
        for connection, last in ((fresh, 0), (used, 1)):
            assert not drained(connection)
            assert connection.goaway is not None
            assert connection.goaway.status.code == status.CODE_UNAVAILABLE
            assert connection.goaway.last_call_id == last
        assert server.wait() == 0


def test_new_connections_are_not_taken(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as connection:
        server.signal(signal.SIGTERM)
        drained(connection)
    with pytest.raises((OSError, Closed, Unavailable)):
        server.connect()
    assert server.wait() == 0


def test_a_client_that_does_not_go_is_not_waited_for_for_ever(start_server: StartServer) -> None:
    """A connection that has sent half a frame, and one that never reads."""
    server = start_server("--drain-timeout-ms", "500")
    with server.connect() as half, server.connect() as deaf:
        half.socket.sendall(b"\x00\x00\x00\x10half")
        deaf.send(*[deaf.frame(v1.HealthCheckRequest()) for _ in range(1000)])
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 10


def test_what_was_refused_stays_refused(start_server: StartServer) -> None:  # B-13
    """Outcomes are kept on disk with their keys, so a restart changes no answer."""
    server: Server = start_server()
    with server.connect() as connection:
        practice = open_practice(connection)
        booking = practice.booking(practice.at(3, "10:00"))
        booked = connection.call(booking, key="first")
        late = practice.booking(practice.at(3, "10:00"))
        with pytest.raises(Refused) as refused:
            connection.call(late, key="second")
        free = practice.free_on(connection, 3)
    assert server.stop() == 0

    server.start()
    with server.connect() as connection:
        assert practice.free_on(connection, 3) == free
        assert connection.call(booking, key="first") == booked
        cancel = v1.AppointmentsCancelRequest(appointment_id=booked.appointment.id)
        connection.call(cancel)
        with pytest.raises(type(refused.value)) as again:
            connection.call(late, key="second")
        assert again.value.status == refused.value.status
        assert "10:00" in practice.free_on(connection, 3)
        with pytest.raises(NotFound):
            absent = "apt_" + "0" * 26
            connection.call(v1.AppointmentsGetRequest(appointment_id=absent))
