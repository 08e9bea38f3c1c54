"""Many want one slot at the same moment: exactly one gets it, the others are told who (S-10)."""

import threading
from collections.abc import Callable, Sequence

import contract as v1
from client import AlreadyExists, Connection, Refused, refusal
from google.protobuf.message import Message
from practice import Practice, open_practice, register
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server

CONNECTIONS = 8
EACH = 25


def race(
    server: Server, request: Callable[[int], Message]
) -> tuple[list[v1.Appointment], list[Refused]]:
    """Sends all requests from several connections, each connection's in one write."""
    ready = threading.Barrier(CONNECTIONS)
    replies: list[wire.Reply] = []

    def run(lane: int) -> None:
        with server.connect(timeout_s=30) as connection:
            frames = [connection.frame(request(lane * EACH + number)) for number in range(EACH)]
            ready.wait(30)
            connection.send(*frames)
            replies.extend(connection.replies(frame.call.call_id for frame in frames))

    threads = [threading.Thread(target=run, args=(lane,)) for lane in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == CONNECTIONS * EACH
    booked = [
        v1.AppointmentsBookResponse.FromString(reply.message).appointment
        for reply in replies
        if not reply.HasField("status")
    ]
    refused = [refusal(reply.status) for reply in replies if reply.HasField("status")]
    assert all(isinstance(each, AlreadyExists) for each in refused), refused[:3]
    return booked, refused


def one_stands(
    connection: Connection,
    booked: list[v1.Appointment],
    refused: list[Refused],
    kinds: Sequence[int],
) -> None:
    """Sees that one was booked, and that the others were refused because of it."""
    (winner,) = booked
    got = connection.call(v1.AppointmentsGetRequest(appointment_id=winner.id)).appointment
    assert got == winner
    for each in refused:
        assert each.collides_with == {winner.id}
        assert set(kinds) <= set(each.kinds)


def test_one_slot(server: Server, staff: Connection) -> None:  # S-10
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    booked, refused = race(server, lambda _: practice.booking(start))
    busy = [status.DISCREPANCY_KIND_THERAPIST_BUSY, status.DISCREPANCY_KIND_ROOM_BUSY]
    one_stands(staff, booked, refused, busy)
    assert all(each.kinds == busy for each in refused)
    listed = staff.call(v1.AppointmentsListRequest(therapist_id=practice.therapist.id))
    assert list(listed.appointments) == booked
    clients = staff.call(v1.ClientsListRequest(therapist_id=practice.therapist.id)).clients
    assert [client.id for client in clients] == [booked[0].client_id]


def test_starts_that_overlap(server: Server, staff: Connection) -> None:
    practice = open_practice(staff, service={"grid_minutes": 10})
    starts = [practice.at(3, f"10:{minute}0") for minute in range(5)]
    booked, refused = race(server, lambda number: practice.booking(starts[number % 5]))
    one_stands(staff, booked, refused, [status.DISCREPANCY_KIND_THERAPIST_BUSY])


def test_one_room_that_several_therapists_share(server: Server, staff: Connection) -> None:  # S-10
    first = open_practice(staff)
    practices = [first, *(open_practice(staff, location=first.location) for _ in range(4))]
    start = first.at(3, "10:00")
    booked, refused = race(server, lambda number: practices[number % 5].booking(start))
    one_stands(staff, booked, refused, [status.DISCREPANCY_KIND_ROOM_BUSY])


def test_two_rooms_hold_two(server: Server, staff: Connection) -> None:  # S-10
    first = open_practice(staff, rooms=2)
    practices = [first, *(open_practice(staff, location=first.location) for _ in range(4))]
    start = first.at(3, "10:00")
    booked, _ = race(server, lambda number: practices[number % 5].booking(start))
    assert sorted(each.room_id for each in booked) == sorted(first.rooms)
    assert len({each.therapist_id for each in booked}) == 2


def test_one_client_whom_several_therapists_want(server: Server, staff: Connection) -> None:  # S-10
    practices = [open_practice(staff) for _ in range(5)]
    client = register(staff)
    start = practices[0].at(3, "10:00")
    booked, refused = race(server, lambda number: practices[number % 5].booking(start, client))
    one_stands(staff, booked, refused, [status.DISCREPANCY_KIND_CLIENT_BUSY])


def test_a_slot_that_is_freed_is_taken_once(server: Server, staff: Connection) -> None:
    """Cancelled and wanted by many, over and over: never two at once."""
    practice: Practice = open_practice(staff)
    start = practice.at(3, "10:00")
    held = practice.book(staff, start)
    for _ in range(10):
        cancel = staff.frame(v1.AppointmentsCancelRequest(appointment_id=held.id))
        bookings = [staff.frame(practice.booking(start)) for _ in range(10)]
        staff.send(*bookings[:5], cancel, *bookings[5:])
        staff.answer(cancel.call.call_id)
        replies = staff.replies(frame.call.call_id for frame in bookings)
        booked = [reply for reply in replies if not reply.HasField("status")]
        assert len(booked) == 1
        held = v1.AppointmentsBookResponse.FromString(booked[0].message).appointment
        states = [v1.APPOINTMENT_STATE_SCHEDULED]
        listing = v1.AppointmentsListRequest(therapist_id=practice.therapist.id, states=states)
        assert list(staff.call(listing).appointments) == [held]
