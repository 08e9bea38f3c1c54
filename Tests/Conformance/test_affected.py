"""A change of hours cancels nothing: what falls outside is listed to the caller (S-13)."""

from collections.abc import Sequence

import contract as v1
import pytest
from client import Connection, as_therapist
from google.protobuf.field_mask_pb2 import FieldMask
from practice import (
    Practice,
    closed,
    closed_hours,
    extra_hours,
    office,
    open_practice,
    register,
    weekly,
)

Answer = (
    v1.DirectoryUpdateScheduleResponse
    | v1.DirectoryAddScheduleExceptionsResponse
    | v1.DirectoryRemoveScheduleExceptionsResponse
)


@pytest.fixture
def practice(staff: Connection) -> Practice:
    """Sessions of 50 minutes, from 9 to 17 every day."""
    return open_practice(staff)


def afternoons(practice: Practice, **more: bool) -> v1.DirectoryUpdateScheduleRequest:
    """From 14 to 17 only."""
    schedule = v1.Schedule(
        therapist_id=practice.therapist.id,
        windows=weekly(practice.location.id, "14:00", "17:00"),
    )
    mask = FieldMask(paths=["windows"])
    return v1.DirectoryUpdateScheduleRequest(schedule=schedule, update_mask=mask, **more)


def affected(answer: Answer) -> Sequence[v1.Appointment]:
    assert answer.affected_count == len(answer.affected_appointments)
    return list(answer.affected_appointments)


def test_new_hours_list_what_they_leave_outside_nearest_first(
    staff: Connection, practice: Practice
) -> None:  # S-13
    later = practice.book(staff, practice.at(5, "10:00"))
    sooner = practice.book(staff, practice.at(3, "11:00"))
    practice.book(staff, practice.at(3, "14:00"))
    gone = practice.book(staff, practice.at(4, "10:00"))
    staff.call(v1.AppointmentsCancelRequest(appointment_id=gone.id))
    other = open_practice(staff)
    other.book(staff, other.at(3, "10:00"))

    assert affected(staff.call(afternoons(practice))) == [sooner, later]
    for each in (sooner, later):
        got = staff.call(v1.AppointmentsGetRequest(appointment_id=each.id)).appointment
        assert got == each
    # They go on taking their time, and can be cancelled as any other.
    assert practice.book(staff, practice.at(3, "15:00")).id
    cancelled = staff.call(v1.AppointmentsCancelRequest(appointment_id=later.id)).appointment
    assert cancelled.state == v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST
    assert affected(staff.call(afternoons(practice))) == [sooner]


def test_an_exception_lists_what_it_closes(staff: Connection, practice: Practice) -> None:
    # S-8, S-13
    session = practice.book(staff, practice.at(3, "10:00"))
    practice.book(staff, practice.at(4, "10:00"))
    assert affected(staff.call(practice.adding(closed(practice.day(5))))) == []
    assert affected(staff.call(practice.adding(closed(practice.day(3))))) == [session]


@pytest.mark.parametrize(
    ("opens", "closes", "is_listed"),
    [
        ("09:00", "10:00", False),
        ("09:00", "10:01", True),
        ("10:20", "10:30", True),
        ("10:49", "11:00", True),
        ("10:50", "11:00", False),
    ],
)
def test_a_session_must_lie_wholly_within(
    staff: Connection, practice: Practice, opens: str, closes: str, is_listed: bool
) -> None:  # S-13
    session = practice.book(staff, practice.at(3, "10:00"))
    answer = staff.call(practice.adding(closed_hours(practice.day(3), opens, closes)))
    assert affected(answer) == ([session] if is_listed else [])


def test_hours_across_midnight_keep_their_sessions(staff: Connection) -> None:  # S-8, S-13
    practice = open_practice(staff, hours=("22:00", "26:00"))
    session = practice.book(staff, practice.at(4, "00:30"))
    assert affected(staff.call(practice.adding(closed(practice.day(4))))) == []
    assert affected(staff.call(practice.adding(closed(practice.day(3))))) == [session]


def test_taking_extra_hours_back_lists_what_was_booked_in_them(
    staff: Connection, practice: Practice
) -> None:  # S-13
    added = staff.call(
        practice.adding(extra_hours(practice.location.id, practice.day(3), "20:00", "21:00"))
    )
    evening = practice.book(staff, practice.at(3, "20:00"))
    removed = staff.call(practice.removing(added.schedule.exceptions[0].id))
    assert affected(removed) == [evening]


def test_hours_of_another_location_do_not_count(staff: Connection, practice: Practice) -> None:
    # S-13
    other = staff.call(v1.DirectoryCreateLocationRequest(location=office())).location
    staff.call(
        v1.DirectoryUpdateTherapistRequest(
            therapist=v1.Therapist(
                id=practice.therapist.id, location_ids=[practice.location.id, other.id]
            ),
            update_mask=FieldMask(paths=["location_ids"]),
        )
    )
    session = practice.book(staff, practice.at(3, "10:00"))
    schedule = v1.Schedule(
        therapist_id=practice.therapist.id, windows=weekly(other.id, "09:00", "17:00")
    )
    answer = staff.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))
    assert affected(answer) == [session]


def test_it_can_be_asked_beforehand(staff: Connection, practice: Practice) -> None:  # S-13
    session = practice.book(staff, practice.at(3, "10:00"))
    before = practice.schedule(staff)
    for request in (
        afternoons(practice, validate_only=True),
        practice.adding(closed(practice.day(3)), validate_only=True),
    ):
        assert affected(staff.call(request, key="")) == [session]
    assert practice.schedule(staff) == before


def test_a_therapist_is_told_of_their_own(staff: Connection, practice: Practice) -> None:  # S-13
    session = practice.book(staff, practice.at(3, "10:00"))
    actor = as_therapist(practice.therapist.id)
    assert affected(staff.call(practice.adding(closed(practice.day(3))), actor=actor)) == [session]


def test_the_first_1000_are_listed_and_all_are_counted(staff: Connection) -> None:  # S-13
    practice = open_practice(
        staff,
        hours=("00:00", "24:00"),
        therapist={"grid_minutes": 5},
        service={"duration_minutes": 5},
    )
    client = register(staff)
    starts = [practice.at(3, "00:00") + 300_000 * number for number in range(1_005)]
    frames = [staff.frame(practice.booking(start, client)) for start in starts]
    for first in range(0, len(frames), 200):
        batch = frames[first : first + 200]
        staff.send(*batch)
        for reply in staff.replies(frame.call.call_id for frame in batch):
            assert not reply.HasField("status"), reply
    answer = staff.call(
        v1.DirectoryUpdateScheduleRequest(
            schedule=v1.Schedule(therapist_id=practice.therapist.id)
        )
    )
    assert answer.affected_count == 1_005
    listed = [each.start_time.ToMilliseconds() for each in answer.affected_appointments]
    assert listed == starts[:1_000]
