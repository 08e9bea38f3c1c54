"""Therapists and staff accept knowingly what they name; nobody accepts a collision (S-6)."""

from typing import Any

import contract as v1
import pytest
from client import (
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    PermissionDenied,
    as_client,
    as_therapist,
)
from practice import HOUR_MS, MINUTE_MS, Practice, now_ms, open_practice, register
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status

OUTSIDE_LOCATION_HOURS = status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS
OUTSIDE_SCHEDULE = status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE
IN_PAST = status.DISCREPANCY_KIND_IN_PAST
BEYOND_HORIZON = status.DISCREPANCY_KIND_BEYOND_HORIZON
UNDER_NOTICE = status.DISCREPANCY_KIND_UNDER_NOTICE
OFF_GRID = status.DISCREPANCY_KIND_OFF_GRID
OVER_CAP = status.DISCREPANCY_KIND_OVER_CAP
CAN_BE = [OUTSIDE_LOCATION_HOURS, OUTSIDE_SCHEDULE, IN_PAST, UNDER_NOTICE, OFF_GRID, OVER_CAP]


def overridden(
    connection: Connection,
    practice: Practice,
    start_ms: int,
    overrides: list[int],
    actor: wire.Actor | None = None,
    **more: Any,
) -> list[int]:
    """Books, and sees that a check marked all that was in the way; gives what it was."""
    question = practice.check(start_ms, overrides=overrides)
    checked = connection.call(question, actor=actor)
    assert checked.bookable, checked
    assert all(found.overridden and found.message for found in checked.conflicts.discrepancies)
    assert not checked.conflicts.alternative_start_ms
    booked = practice.book(connection, start_ms, actor=actor, overrides=overrides, **more)
    assert checked.room_id == booked.room_id
    assert booked.start_time.ToMilliseconds() == start_ms
    return [found.kind for found in checked.conflicts.discrepancies]


@pytest.mark.parametrize("role", ["staff", "therapist"])
def test_what_is_named_is_overridden(staff: Connection, role: str) -> None:  # S-6
    practice = open_practice(staff, therapist={"policy": v1.Policy(minimum_notice_minutes=120)})
    actor = as_therapist(practice.therapist.id) if role == "therapist" else None
    late = practice.at(3, "20:10")
    closed = [OUTSIDE_LOCATION_HOURS, OUTSIDE_SCHEDULE, OFF_GRID]
    assert overridden(staff, practice, late, closed, actor) == closed
    past = practice.at(-3, "10:00")
    assert overridden(staff, practice, past, CAN_BE, actor) == [IN_PAST, UNDER_NOTICE]
    soon = (now_ms() // HOUR_MS + 1) * HOUR_MS + 7 * MINUTE_MS
    assert UNDER_NOTICE in overridden(staff, practice, soon, CAN_BE, actor)


def test_a_cap_is_overridden(staff: Connection) -> None:  # S-6 S-4
    practice = open_practice(staff, therapist={"policy": v1.Policy(daily_cap=1)})
    practice.book(staff, practice.at(3, "10:00"))
    start = practice.at(3, "12:00")
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(staff, start)
    assert refused.value.kinds == [OVER_CAP]
    assert "at most 1 session a day" in refused.value.status.message
    assert overridden(staff, practice, start, [OVER_CAP]) == [OVER_CAP]


def test_each_must_be_named(staff: Connection) -> None:  # S-6 S-4
    practice = open_practice(staff)
    start = practice.at(3, "20:10")
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(staff, start, overrides=[OUTSIDE_SCHEDULE, OFF_GRID])
    found = [
        (each.kind, each.overridden) for each in refused.value.status.conflicts.discrepancies
    ]
    assert found == [
        (OUTSIDE_LOCATION_HOURS, False),
        (OUTSIDE_SCHEDULE, True),
        (OFF_GRID, True),
    ]
    assert "grid" not in refused.value.status.message
    checked = staff.call(practice.check(start, overrides=[OUTSIDE_SCHEDULE, OFF_GRID]))
    assert not checked.bookable and checked.conflicts == refused.value.status.conflicts


def test_naming_one_that_does_not_occur_is_no_error(staff: Connection) -> None:  # S-6
    practice = open_practice(staff)
    assert overridden(staff, practice, practice.at(3, "10:00"), CAN_BE) == []


def test_collisions_and_the_horizon_stay(staff: Connection) -> None:  # S-6
    practice = open_practice(staff)
    client = register(staff)
    start = practice.at(3, "10:00")
    practice.book(staff, start, client)
    with pytest.raises(AlreadyExists) as refused:
        practice.book(staff, start, client, overrides=CAN_BE)
    assert refused.value.kinds == [4, 5, 6]
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(staff, practice.at(300, "10:00"), overrides=CAN_BE)
    assert refused.value.kinds == [BEYOND_HORIZON]


@pytest.mark.parametrize(
    ("overrides", "fields"),
    [
        ([4], ["overrides[0]"]),
        ([5], ["overrides[0]"]),
        ([6], ["overrides[0]"]),
        ([7], ["overrides[0]"]),
        ([0], ["overrides[0]"]),
        ([11], ["overrides[0]"]),
        ([-1], ["overrides[0]"]),
        ([1, 1], ["overrides[1]"]),
        ([1, 4, 9, 9, 7], ["overrides[1]", "overrides[3]", "overrides[4]"]),
    ],
)
def test_what_cannot_be_named(
    staff: Connection, overrides: list[int], fields: list[str]
) -> None:  # S-6
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    client = register(staff)
    for actor in (None, as_client(client)):
        for request in (
            practice.booking(start, client, overrides=overrides),
            practice.check(start, client_id=client, overrides=overrides),
        ):
            with pytest.raises(InvalidArgument) as refused:
                staff.call(request, actor=actor)
            assert refused.value.fields == fields


@pytest.mark.parametrize("kind", CAN_BE)
def test_a_client_names_none(staff: Connection, kind: int) -> None:  # S-6
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    client = register(staff)
    for actor in (as_client(client), as_client("")):
        for request in (
            practice.booking(start, client if actor.id else "", overrides=[kind]),
            practice.check(start, overrides=[kind]),
        ):
            with pytest.raises(PermissionDenied):
                staff.call(request, actor=actor)
    assert "10:00" in practice.free_on(staff, 3)


def test_a_notice_says_from_when_it_can_be_booked(staff: Connection) -> None:  # S-4
    practice = open_practice(
        staff, hours=("00:00", "24:00"), service={"policy": v1.Policy(minimum_notice_minutes=1440)}
    )
    start = practice.at(1, "00:00")
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(staff, start)
    assert refused.value.kinds == [UNDER_NOTICE]
    assert "minimum notice" in refused.value.status.message and "Z or later" in (
        refused.value.status.message
    )
