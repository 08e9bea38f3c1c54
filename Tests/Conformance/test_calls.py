"""Calls that are wrong, late or given up fail alone, and the connection goes on."""

import socket

import contract as v1
import pytest
from bystanding import bystander, ended  # noqa: F401
from client import Connection, InvalidArgument, NotFound, Refused, Unimplemented, refusal
from practice import open_practice
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server


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
