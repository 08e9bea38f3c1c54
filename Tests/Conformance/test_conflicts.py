"""Every discrepancy is named, all at once, and a check says what a booking would (S-4, S-5)."""

from datetime import timedelta
from typing import Any

import contract as v1
import pytest
from client import (
    AlreadyExists,
    Connection,
    FailedPrecondition,
    Refused,
    as_client,
    as_therapist,
)
from practice import (
    MINUTE_MS,
    Practice,
    local_ms,
    months_later,
    office,
    open_practice,
    register,
    today,
    weekly,
)
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status

OUTSIDE_LOCATION_HOURS = status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS
OUTSIDE_SCHEDULE = status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE
IN_PAST = status.DISCREPANCY_KIND_IN_PAST
THERAPIST_BUSY = status.DISCREPANCY_KIND_THERAPIST_BUSY
ROOM_BUSY = status.DISCREPANCY_KIND_ROOM_BUSY
CLIENT_BUSY = status.DISCREPANCY_KIND_CLIENT_BUSY
BEYOND_HORIZON = status.DISCREPANCY_KIND_BEYOND_HORIZON
OFF_GRID = status.DISCREPANCY_KIND_OFF_GRID


def refused_kinds(
    connection: Connection,
    practice: Practice,
    start_ms: int,
    client_id: str,
    actor: wire.Actor | None = None,
    **more: Any,
) -> list[int]:
    """Tries to book, and sees that a check and a dry run say the same. No kinds: it was booked."""
    question = practice.check(start_ms, client_id=client_id, **more)
    checked = connection.call(question, actor=actor)
    request = practice.booking(start_ms, client_id, **more)
    request.validate_only = True
    dry: Refused | None = None
    try:
        connection.call(request, actor=actor, key="")
    except Refused as refused:
        dry = refused
    request.validate_only = False
    try:
        booked = connection.call(request, actor=actor).appointment
    except Refused as refused:
        assert dry is not None and dry.status == refused.status
        assert not checked.bookable
        assert checked.conflicts == refused.status.conflicts
        assert refused.kinds == sorted(set(refused.kinds))
        taken = {THERAPIST_BUSY, ROOM_BUSY, CLIENT_BUSY} & set(refused.kinds)
        assert isinstance(refused, AlreadyExists if taken else FailedPrecondition)
        for found in refused.status.conflicts.discrepancies:
            assert found.message
            assert bool(found.collisions) == (found.kind in taken)
        assert len(refused.alternatives) <= 3
        assert refused.alternatives == sorted(set(refused.alternatives))
        for alternative in refused.alternatives:
            near = practice.check(alternative, client_id=client_id, **more)
            assert connection.call(near, actor=actor).bookable
        return refused.kinds
    assert dry is None
    assert checked.bookable and not checked.HasField("conflicts")
    assert checked.room_id == booked.room_id
    return []


def test_each_discrepancy_alone(staff: Connection) -> None:  # S-4 S-5
    practice = open_practice(staff)
    client = register(staff)

    def kinds(days: int, time_of_day: str) -> list[int]:
        return refused_kinds(staff, practice, practice.at(days, time_of_day), client)

    outside = [OUTSIDE_LOCATION_HOURS, OUTSIDE_SCHEDULE]
    assert kinds(3, "10:00") == []
    assert kinds(3, "08:30") == outside  # begins too early
    assert kinds(3, "16:30") == outside  # ends too late
    assert kinds(3, "16:00") == []
    assert kinds(4, "10:10") == [OFF_GRID]
    assert kinds(-1, "10:00") == [IN_PAST]


def test_many_discrepancies_at_once(staff: Connection) -> None:  # S-4
    practice = open_practice(staff)
    client = register(staff)
    first = practice.book(staff, practice.at(3, "16:00"), client)
    start = practice.at(3, "16:20")
    everything = [
        OUTSIDE_LOCATION_HOURS,
        OUTSIDE_SCHEDULE,
        THERAPIST_BUSY,
        ROOM_BUSY,
        CLIENT_BUSY,
        OFF_GRID,
    ]
    assert refused_kinds(staff, practice, start, client) == everything
    with pytest.raises(AlreadyExists) as refused:
        practice.book(staff, start, client)
    assert refused.value.collides_with == {first.id}
    wanted = [practice.therapist.id, practice.rooms[0], client]
    busy = [each for each in refused.value.status.conflicts.discrepancies if each.collisions]
    assert [each.collisions[0].resource_id for each in busy] == wanted

    yesterday = practice.at(-1, "03:10")
    past = [OUTSIDE_LOCATION_HOURS, OUTSIDE_SCHEDULE, IN_PAST, OFF_GRID]
    assert refused_kinds(staff, practice, yesterday, client) == past


def test_hours_of_one_location_are_not_those_of_another(staff: Connection) -> None:  # S-4
    first = open_practice(staff, location=office(city="Roma"))
    other = staff.call(v1.DirectoryCreateLocationRequest(location=office(city="Milano"))).location
    both = [first.location.id, other.id]
    therapist = v1.Therapist(id=first.therapist.id, location_ids=both)
    request = v1.DirectoryUpdateTherapistRequest(therapist=therapist)
    request.update_mask.paths.append("location_ids")
    staff.call(request)
    line = v1.Service(id=first.service.id, location_ids=both)
    change = v1.DirectoryUpdateServiceRequest(service=line)
    change.update_mask.paths.append("location_ids")
    staff.call(change)
    windows = weekly(both[0], "09:00", "12:00") + weekly(both[1], "12:00", "17:00")
    schedule = v1.Schedule(therapist_id=first.therapist.id, windows=windows)
    staff.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))
    second = Practice(other, first.therapist, first.service)
    client = register(staff)

    assert refused_kinds(staff, first, first.at(3, "13:00"), client) == [OUTSIDE_LOCATION_HOURS]
    assert refused_kinds(staff, second, first.at(3, "10:00"), client) == [OUTSIDE_LOCATION_HOURS]
    # Neither location is open all through, but the therapist is at work all the time.
    assert refused_kinds(staff, first, first.at(3, "11:30"), client) == [OUTSIDE_LOCATION_HOURS]
    nowhere = [OUTSIDE_LOCATION_HOURS, OUTSIDE_SCHEDULE]
    assert refused_kinds(staff, first, first.at(3, "17:00"), client) == nowhere
    assert refused_kinds(staff, second, first.at(3, "13:00"), client) == []


def test_rooms_are_given_out_in_order_and_shared_by_therapists(staff: Connection) -> None:
    # S-4 S-10
    first = open_practice(staff, rooms=2)
    second = open_practice(staff, location=first.location)
    third = open_practice(staff, location=first.location)
    start = first.at(3, "10:00")
    one = first.book(staff, start)
    two = second.book(staff, start)
    assert [one.room_id, two.room_id] == first.rooms

    client = register(staff)
    assert refused_kinds(staff, third, start, client) == [ROOM_BUSY]
    assert refused_kinds(staff, third, start, client, room_id=first.rooms[1]) == [ROOM_BUSY]
    with pytest.raises(AlreadyExists) as refused:
        third.book(staff, start, client)
    assert refused.value.collides_with == {one.id, two.id}
    assert start not in third.free(staff, start, start + 1)

    staff.call(v1.AppointmentsCancelRequest(appointment_id=one.id))
    assert staff.call(third.check(start)).room_id == first.rooms[0]
    assert third.book(staff, start, client).room_id == first.rooms[0]
    late = first.at(3, "12:00")
    assert third.book(staff, late, room_id=first.rooms[1]).room_id == first.rooms[1]


def test_an_office_without_rooms_has_no_limit(staff: Connection) -> None:
    first = open_practice(staff, rooms=0)
    second = open_practice(staff, location=first.location)
    start = first.at(3, "10:00")
    assert first.book(staff, start).room_id == ""
    assert second.book(staff, start).room_id == ""


def test_a_client_is_in_one_place_at_a_time(staff: Connection) -> None:  # S-4 S-10
    first, second = open_practice(staff), open_practice(staff)
    client = register(staff)
    start = first.at(3, "10:00")
    booked = first.book(staff, start, client)

    assert refused_kinds(staff, second, start, client) == [CLIENT_BUSY]
    with pytest.raises(AlreadyExists) as refused:
        second.book(staff, start + 30 * MINUTE_MS, client)
    assert refused.value.kinds == [CLIENT_BUSY]
    assert refused.value.collides_with == {booked.id}
    # A check without a client leaves their collisions out; the session before and after is free.
    assert staff.call(second.check(start)).bookable
    assert second.book(staff, first.at(3, "11:00"), client).client_id == client


def test_sessions_may_touch(staff: Connection) -> None:  # Intervals are half-open.
    practice = open_practice(staff, service={"duration_minutes": 30})
    client = register(staff)
    for time_of_day in ("10:00", "11:00", "10:30"):
        practice.book(staff, practice.at(3, time_of_day), client)


def test_a_service_has_a_grid_of_its_own(staff: Connection) -> None:  # S-3
    practice = open_practice(staff, service={"grid_minutes": 20}, hours=("09:00", "11:00"))
    assert practice.free_on(staff, 3) == ["09:00", "09:20", "09:40", "10:00"]
    full = open_practice(staff, service={"full_hours_only": True}, hours=("09:00", "12:00"))
    assert full.free_on(staff, 3) == ["09:00", "10:00", "11:00"]
    theirs = open_practice(staff, therapist={"full_hours_only": True}, hours=("09:30", "12:00"))
    assert theirs.free_on(staff, 3) == ["10:00", "11:00"]
    client = register(staff)
    assert refused_kinds(staff, theirs, theirs.at(3, "10:30"), client) == [OFF_GRID]


def test_the_grid_begins_at_the_full_hour(staff: Connection) -> None:  # S-3
    practice = open_practice(staff, hours=("09:10", "11:00"))
    assert practice.free_on(staff, 3) == ["09:30", "10:00"]


def test_windows_of_one_location_that_touch_count_as_one(staff: Connection) -> None:
    practice = open_practice(staff)
    there = practice.location.id
    windows = weekly(there, "09:00", "10:00") + weekly(there, "10:00", "11:00")
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    staff.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))
    assert practice.free_on(staff, 3) == ["09:00", "09:30", "10:00"]


def test_how_far_ahead_each_may_book(staff: Connection) -> None:  # S-2
    practice = open_practice(staff)
    client = register(staff)
    zone = practice.therapist.time_zone
    therapist = as_therapist(practice.therapist.id)

    def on(months: int, days: int) -> int:
        return local_ms(zone, months_later(today(zone), months) + timedelta(days=days), "12:00")

    beyond = [BEYOND_HORIZON]
    assert refused_kinds(staff, practice, on(1, 1), client, as_client(client)) == beyond
    assert refused_kinds(staff, practice, on(1, 0), client, as_client(client)) == []
    assert refused_kinds(staff, practice, on(6, 1), client, therapist) == beyond
    assert refused_kinds(staff, practice, on(6, 1), client) == beyond
    assert refused_kinds(staff, practice, on(6, 0), client, therapist) == []

    def last(actor: wire.Actor | None) -> int:
        found = staff.call(practice.search(on(0, 20), on(6, 20), page_size=1000), actor=actor)
        while found.next_page_token:
            request = practice.search(on(0, 20), on(6, 20), page_size=1000)
            request.page_token = found.next_page_token
            found = staff.call(request, actor=actor)
        return found.groups[0].start_ms[-1]

    # The last day is included, to its last start at 16:00.
    assert last(as_client(client)) == on(1, 0) + 4 * 60 * MINUTE_MS
    assert last(None) == last(therapist) == on(6, 0) + 4 * 60 * MINUTE_MS
