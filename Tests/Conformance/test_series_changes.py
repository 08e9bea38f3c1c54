"""Series are moved and cancelled in three scopes: this one, it and the following, all (B-9)."""

import contract as v1
import pytest
from client import Aborted, AlreadyExists, Connection, FailedPrecondition, InvalidArgument
from conftest import StartServer
from fieldrows import Row, refuse, rows
from practice import new_id, open_practice, register
from seriescalls import (
    ALL,
    FOLLOWING,
    SKIP,
    THIS,
    cancelling,
    creating,
    local,
    members,
    moving,
    starts,
)


def test_this_one_alone_moves(staff: Connection) -> None:  # B-9
    practice, client = open_practice(staff), register(staff)
    made = staff.call(creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=3"))
    second = made.occurrences[1].appointment
    answer = staff.call(moving(second.id, THIS, local(practice, 9, "11:00")))
    assert answer.series == made.series
    (report,) = answer.occurrences
    moved = report.appointment
    assert moved.start_time.ToMilliseconds() == practice.at(9, "11:00")
    assert moved.original_start_time == second.start_time
    assert (moved.version, moved.series_id) == (2, made.series.id)
    assert starts(staff, made.series.id) == [
        practice.at(1, "10:00"), practice.at(3, "10:00"), practice.at(9, "11:00")
    ]
    assert "10:00" in practice.free_on(staff, 2)


def test_this_and_the_following_become_a_series_of_their_own(staff: Connection) -> None:  # B-9
    practice, client = open_practice(staff), register(staff)
    made = staff.call(
        creating(practice, client, local(practice, 1, "10:00"), "FREQ=WEEKLY;COUNT=5")
    )
    third = made.occurrences[2].appointment
    answer = staff.call(moving(third.id, FOLLOWING, local(practice, 16, "11:00")))
    assert answer.bookable
    assert answer.series.split_from_series_id == made.series.id
    assert answer.series.rule == "FREQ=WEEKLY;COUNT=3"
    assert answer.series.local_start == local(practice, 16, "11:00")
    assert starts(staff, made.series.id) == [practice.at(1, "10:00"), practice.at(8, "10:00")]
    assert starts(staff, answer.series.id) == [
        practice.at(16 + 7 * week, "11:00") for week in range(3)
    ]
    old = staff.call(v1.SeriesGetRequest(series_id=made.series.id)).series
    assert old.version == 2 and old.rule.startswith("FREQ=WEEKLY;UNTIL=")


@pytest.mark.parametrize("days", [1, -1])
def test_a_daily_series_moves_by_a_day(staff: Connection, days: int) -> None:  # B-9
    """Each goes where its neighbour is: none is in another's way."""
    practice, client = open_practice(staff), register(staff)
    made = staff.call(
        creating(practice, client, local(practice, 3, "10:00"), "FREQ=DAILY;COUNT=10")
    )
    first = made.occurrences[0].appointment
    answer = staff.call(moving(first.id, ALL, local(practice, 3 + days, "10:00")))
    assert answer.series.id == made.series.id and answer.series.version == 2
    assert starts(staff, made.series.id) == [
        practice.at(3 + days + day, "10:00") for day in range(10)
    ]
    gone, new = (3, 13) if days > 0 else (12, 2)
    assert "10:00" in practice.free_on(staff, gone)
    assert "10:00" not in practice.free_on(staff, new)
    staff.call(moving(first.id, ALL, local(practice, 3, "10:00")))
    assert starts(staff, made.series.id) == [practice.at(3 + day, "10:00") for day in range(10)]


def test_those_that_stand_in_a_circle_move_together(
    start_server: StartServer,
) -> None:  # B-9
    """Also: what the index knows is what the store would tell a new one."""
    server = start_server()
    with server.connect() as staff:
        practice, client = open_practice(staff), register(staff)
        made = staff.call(
            creating(practice, client, local(practice, 3, "10:00"), "FREQ=DAILY;COUNT=2")
        )
        one, two = (each.appointment.id for each in made.occurrences)
        staff.call(moving(one, THIS, local(practice, 5, "10:00")))
        staff.call(moving(two, ALL, local(practice, 5, "10:00")))
        assert starts(staff, made.series.id) == [practice.at(4, "10:00"), practice.at(5, "10:00")]
        before = [practice.free_on(staff, day) for day in range(1, 8)]
    assert server.stop() == 0
    server.start()
    with server.connect() as staff:
        assert [practice.free_on(staff, day) for day in range(1, 8)] == before


def test_one_in_the_way_keeps_all_or_is_left_where_it_is(staff: Connection) -> None:  # B-9
    practice, client = open_practice(staff), register(staff)
    made = staff.call(creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=3"))
    before = starts(staff, made.series.id)
    practice.book(staff, practice.at(2, "13:00"))
    move = moving(made.occurrences[0].appointment.id, ALL, local(practice, 1, "13:00"))
    with pytest.raises(AlreadyExists) as refused:
        staff.call(move)
    assert refused.value.reason == "SERIES_NOT_BOOKABLE"
    assert starts(staff, made.series.id) == before
    move.validate_only = True
    report = staff.call(move, key="")
    assert [each.bookable for each in report.occurrences] == [True, False, True]
    move.conflict_mode, move.validate_only = SKIP, False
    answer = staff.call(move)
    assert [each.omission for each in answer.occurrences] == [
        v1.SERIES_OMISSION_REASON_UNSPECIFIED,
        v1.SERIES_OMISSION_REASON_CONFLICT,
        v1.SERIES_OMISSION_REASON_UNSPECIFIED,
    ]
    assert starts(staff, made.series.id) == [
        practice.at(1, "13:00"), practice.at(2, "10:00"), practice.at(3, "13:00")
    ]


def test_days_that_no_rule_gives_are_refused(staff: Connection) -> None:  # B-9
    practice, client = open_practice(staff), register(staff)
    number, weekday = (practice.day(7).day + 6) // 7, ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    day = weekday[practice.day(7).weekday()]
    if number == 5:
        number = -1
    request = creating(
        practice, client, local(practice, 7, "10:00"), f"FREQ=MONTHLY;COUNT=3;BYDAY={number}{day}"
    )
    first = staff.call(request).occurrences[0].appointment
    with pytest.raises(InvalidArgument) as refused:
        staff.call(moving(first.id, ALL, local(practice, 8, "10:00")))
    assert refused.value.fields == ["local_start"]
    answer = staff.call(moving(first.id, ALL, local(practice, 7, "15:00")))
    assert len(answer.occurrences) == 3 and answer.bookable


def test_a_stale_version_moves_and_cancels_nothing(staff: Connection) -> None:  # B-14 B-9
    practice, client = open_practice(staff), register(staff)
    made = staff.call(creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=2"))
    first = made.occurrences[0].appointment.id
    staff.call(moving(first, THIS, local(practice, 1, "11:00")))
    with pytest.raises(Aborted):
        staff.call(moving(first, ALL, local(practice, 1, "12:00"), version=1))
    with pytest.raises(Aborted):
        staff.call(cancelling(first, ALL, version=1))
    assert len(starts(staff, made.series.id)) == 2


def test_cancelling_in_three_scopes(staff: Connection) -> None:  # B-9
    practice, client = open_practice(staff), register(staff)
    made = staff.call(creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=5"))
    ids = [each.appointment.id for each in made.occurrences]

    quote = staff.call(cancelling(ids[3], FOLLOWING, validate_only=True), key="")
    assert [each.appointment.id for each in quote.cancelled] == ids[3:]
    assert len(starts(staff, made.series.id)) == 5

    answer = staff.call(cancelling(ids[1], THIS, reason="ill"))
    assert [each.appointment.cancel_reason for each in answer.cancelled] == ["ill"]
    assert answer.series == made.series
    assert starts(staff, made.series.id) == [practice.at(day, "10:00") for day in (1, 3, 4, 5)]

    answer = staff.call(cancelling(ids[3], FOLLOWING))
    assert [each.appointment.id for each in answer.cancelled] == ids[3:]
    assert all(
        each.settlement.reason == v1.SETTLEMENT_REASON_BY_THERAPIST for each in answer.cancelled
    )
    assert answer.series.version == 2 and "UNTIL" in answer.series.rule
    assert starts(staff, made.series.id) == [practice.at(1, "10:00"), practice.at(3, "10:00")]
    assert "10:00" in practice.free_on(staff, 4)

    staff.call(cancelling(ids[0], ALL))
    assert starts(staff, made.series.id) == []
    # What was cancelled is remembered.
    assert [each.id for each in members(staff, made.series.id)] == ids
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(cancelling(ids[0], ALL))
    assert refused.value.reason == "SERIES_OVER"


@rows(
    ("appointment_id", "", "appointment_id"),
    ("version", -1, "version"),
    ("scope", 0, "scope"),
    ("scope", 9, "scope"),
    ("local_start", "10:00", "local_start"),
    ("location_id", "x", "location_id"),
    ("room_id", "x", "room_id"),
    ("conflict_mode", 9, "conflict_mode"),
    ("reason", "x" * 1001, "reason"),
)
def test_wrong_fields_of_a_move(staff: Connection, row: Row) -> None:
    refuse(staff, moving(new_id("apt"), ALL, "2026-12-01T10:00"), row)


@rows(
    ("appointment_id", "", "appointment_id"),
    ("version", -1, "version"),
    ("scope", 0, "scope"),
    ("reason", "x" * 1001, "reason"),
)
def test_wrong_fields_of_a_cancelling(staff: Connection, row: Row) -> None:
    refuse(staff, cancelling(new_id("apt"), ALL), row)
