"""Buffers keep the therapist free around a session, and are not its time (S-7)."""

import contract as v1
import pytest
from client import AlreadyExists, Connection
from conftest import StartServer
from google.protobuf.field_mask_pb2 import FieldMask
from practice import MINUTE_MS, Practice, open_practice, register
from seduta.wire.v1 import status_pb2 as status


def with_buffers(connection: Connection, before: int, after: int, **more: object) -> Practice:
    """Sessions of an hour at every half hour, from 9 to 15."""
    return open_practice(
        connection,
        hours=("09:00", "15:00"),
        service={
            "duration_minutes": 60,
            "buffer_before_minutes": before,
            "buffer_after_minutes": after,
        },
        **more,
    )


def set_buffers(connection: Connection, practice: Practice, **buffers: int) -> v1.Service:
    service = v1.Service(id=practice.service.id, **buffers)
    mask = FieldMask(paths=list(buffers))
    request = v1.DirectoryUpdateServiceRequest(service=service, update_mask=mask)
    return connection.call(request).service


def test_buffers_are_read_back_and_changed_one_by_one(staff: Connection) -> None:  # S-7
    practice = with_buffers(staff, 240, 0)
    got = staff.call(v1.DirectoryGetServiceRequest(service_id=practice.service.id)).service
    assert got == practice.service
    assert (got.buffer_before_minutes, got.buffer_after_minutes) == (240, 0)
    changed = set_buffers(staff, practice, buffer_after_minutes=15)
    assert (changed.buffer_before_minutes, changed.buffer_after_minutes) == (240, 15)
    changed = set_buffers(staff, practice, buffer_before_minutes=0)
    assert (changed.buffer_before_minutes, changed.buffer_after_minutes) == (0, 15)


def test_a_session_is_as_long_as_its_service(staff: Connection) -> None:  # S-7
    practice = with_buffers(staff, 30, 30)
    booked = practice.book(staff, practice.at(3, "11:00"))
    assert booked.start_time.ToMilliseconds() == practice.at(3, "11:00")
    assert booked.end_time.ToMilliseconds() == practice.at(3, "12:00")
    # Buffers need not lie within the hours.
    assert practice.free_on(staff, 4)[0] == "09:00" and practice.free_on(staff, 4)[-1] == "14:00"


@pytest.mark.parametrize(
    ("before", "after", "free"),
    [
        (0, 0, ["09:00", "09:30", "10:00", "12:00", "12:30", "13:00", "13:30", "14:00"]),
        (0, 30, ["09:00", "09:30", "12:30", "13:00", "13:30", "14:00"]),
        (30, 0, ["09:00", "09:30", "12:30", "13:00", "13:30", "14:00"]),
        (30, 30, ["09:00", "09:30", "12:30", "13:00", "13:30", "14:00"]),
        (60, 30, ["09:00", "13:00", "13:30", "14:00"]),
        (1, 1, ["09:00", "09:30", "12:30", "13:00", "13:30", "14:00"]),
    ],
)
def test_buffers_of_either_keep_a_session_away_and_may_overlap(
    staff: Connection, before: int, after: int, free: list[str]
) -> None:  # S-7
    practice = with_buffers(staff, before, after)
    booked = practice.book(staff, practice.at(3, "11:00"))
    assert practice.free_on(staff, 3) == free
    for time in ("10:00", "12:00"):
        if time in free:
            continue
        with pytest.raises(AlreadyExists) as refused:
            practice.book(staff, practice.at(3, time))
        assert refused.value.kinds == [status.DISCREPANCY_KIND_THERAPIST_BUSY]
        assert refused.value.collides_with == {booked.id}


def test_what_is_booked_keeps_the_buffers_it_was_booked_with(staff: Connection) -> None:  # S-7
    practice = with_buffers(staff, 0, 60)
    practice.book(staff, practice.at(3, "09:00"))
    set_buffers(staff, practice, buffer_after_minutes=0)
    assert practice.free_on(staff, 3)[0] == "11:00"
    practice.book(staff, practice.at(4, "09:00"))
    set_buffers(staff, practice, buffer_after_minutes=60)
    assert practice.free_on(staff, 4)[0] == "10:00"


def test_cancelling_gives_the_buffers_back(staff: Connection) -> None:  # S-7, A-5
    practice = with_buffers(staff, 30, 30)
    before = practice.free_on(staff, 3)
    booked = practice.book(staff, practice.at(3, "11:00"))
    staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    assert practice.free_on(staff, 3) == before


def test_buffers_bind_neither_room_nor_client(staff: Connection) -> None:  # S-7
    first = with_buffers(staff, 0, 60)
    second = with_buffers(staff, 0, 0, location=first.location)
    client = register(staff)
    booked = first.book(staff, first.at(3, "09:00"), client)
    # The same room and the same client, right after it.
    following = second.book(staff, second.at(3, "10:00"), client)
    assert following.room_id == booked.room_id
    assert following.start_time.ToMilliseconds() == booked.end_time.ToMilliseconds()


def test_two_services_of_a_therapist_keep_each_others_buffers(staff: Connection) -> None:  # S-7
    practice = with_buffers(staff, 0, 30)
    other = v1.Service()
    other.CopyFrom(practice.service)
    other.ClearField("id")
    other.buffer_before_minutes, other.buffer_after_minutes = 90, 0
    other = staff.call(v1.DirectoryCreateServiceRequest(service=other)).service
    practice.book(staff, practice.at(3, "10:00"))
    second = Practice(practice.location, practice.therapist, other)
    assert second.free_on(staff, 3) == ["09:00", "12:30", "13:00", "13:30", "14:00"]
    assert practice.free_on(staff, 3) == ["11:30", "12:00", "12:30", "13:00", "13:30", "14:00"]


def test_buffers_hold_after_a_restart(start_server: StartServer) -> None:  # S-7
    server = start_server()
    with server.connect() as staff:
        practice = with_buffers(staff, 0, 60)
        booked = practice.book(staff, practice.at(3, "09:00"))
        set_buffers(staff, practice, buffer_after_minutes=0)
        free = practice.free_on(staff, 3)
    assert server.stop() == 0, server.tail()
    server.start()
    with server.connect() as staff:
        assert practice.free_on(staff, 3) == free
        assert free[0] == "11:00"
        staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
        assert practice.free_on(staff, 3)[0] == "09:00"


def test_a_booking_before_the_buffer_of_another_is_refused_to_the_minute(
    staff: Connection,
) -> None:  # S-7
    practice = with_buffers(staff, 25, 0, therapist={"grid_minutes": 5})
    practice.book(staff, practice.at(3, "11:00"))
    last = practice.at(3, "09:35")
    assert not staff.call(practice.check(last + 5 * MINUTE_MS)).bookable
    assert staff.call(practice.check(last)).bookable
