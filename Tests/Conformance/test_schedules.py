"""Hours with a validity, dated exceptions and public holidays, as searches see them (S-8)."""

from datetime import date, timedelta

import contract as v1
import pytest
from client import Connection, FailedPrecondition, NotFound, as_client, as_therapist
from conftest import StartServer
from google.protobuf.field_mask_pb2 import FieldMask
from practice import (
    Practice,
    closed,
    closed_hours,
    extra_hours,
    mornings,
    office,
    open_practice,
    register,
    today,
    update_schedule,
    weekly,
)
from seduta.wire.v1 import status_pb2 as status

MORNING = ["09:00", "10:00", "11:00"]


@pytest.fixture
def practice(staff: Connection) -> Practice:
    return mornings(staff)


def test_a_closed_day_offers_nothing_and_the_others_do(
    staff: Connection, practice: Practice
) -> None:  # S-8
    staff.call(practice.adding(closed(practice.day(3))))
    assert [practice.free_on(staff, days) for days in (2, 3, 4)] == [MORNING, [], MORNING]
    start = practice.at(3, "10:00")
    assert not staff.call(practice.check(start)).bookable
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(staff, start)
    assert refused.value.kinds == [
        status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
        status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
    ]


def test_days_are_closed_from_the_first_to_the_last(
    staff: Connection, practice: Practice
) -> None:  # S-8
    staff.call(practice.adding(closed(practice.day(3), practice.day(5))))
    assert [len(practice.free_on(staff, days)) for days in range(2, 7)] == [3, 0, 0, 0, 3]


def test_closed_hours_are_taken_away_from_each_day(
    staff: Connection, practice: Practice
) -> None:  # S-8
    staff.call(
        practice.adding(closed_hours(practice.day(3), "10:30", "11:00", practice.day(4)))
    )
    assert practice.free_on(staff, 3) == practice.free_on(staff, 4) == ["09:00", "11:00"]
    assert practice.free_on(staff, 5) == MORNING


def test_extra_hours_are_open_besides_the_weekly_ones(
    staff: Connection, practice: Practice
) -> None:  # S-8
    day = practice.day(3)
    staff.call(practice.adding(extra_hours(practice.location.id, day, "12:00", "13:00")))
    assert practice.free_on(staff, 3) == [*MORNING, "12:00"]
    assert practice.free_on(staff, 4) == MORNING
    assert practice.book(staff, practice.at(3, "12:00")).id


def test_extra_hours_hold_on_a_closed_day(staff: Connection, practice: Practice) -> None:  # S-8
    day = practice.day(3)
    staff.call(
        practice.adding(
            closed(day), extra_hours(practice.location.id, day, "15:00", "17:00")
        )
    )
    assert practice.free_on(staff, 3) == ["15:00", "16:00"]


def test_closed_hours_are_taken_from_extra_hours_too(
    staff: Connection, practice: Practice
) -> None:  # S-8
    day = practice.day(3)
    staff.call(
        practice.adding(
            extra_hours(practice.location.id, day, "15:00", "18:00"),
            closed_hours(day, "11:00", "16:00"),
        )
    )
    assert practice.free_on(staff, 3) == ["09:00", "10:00", "16:00", "17:00"]


def test_a_closed_day_leaves_the_end_of_the_evening_before(staff: Connection) -> None:  # S-8
    practice = open_practice(
        staff,
        hours=("22:00", "26:00"),
        therapist={"grid_minutes": 60},
        service={"duration_minutes": 60},
    )
    night = ["00:00", "01:00", "22:00", "23:00"]
    staff.call(practice.adding(closed(practice.day(3))))
    assert practice.free_on(staff, 3) == ["00:00", "01:00"]
    assert practice.free_on(staff, 4) == ["22:00", "23:00"]
    assert practice.free_on(staff, 2) == practice.free_on(staff, 5) == night


def test_closed_and_extra_hours_reach_over_midnight(staff: Connection) -> None:  # S-8
    practice = open_practice(
        staff,
        hours=("22:00", "26:00"),
        therapist={"grid_minutes": 60},
        service={"duration_minutes": 60},
    )
    staff.call(
        practice.adding(
            closed_hours(practice.day(3), "23:00", "25:00"),
            extra_hours(practice.location.id, practice.day(5), "20:00", "27:00"),
        )
    )
    assert practice.free_on(staff, 3) == ["00:00", "01:00", "22:00"]
    assert practice.free_on(staff, 4) == ["01:00", "22:00", "23:00"]
    assert practice.free_on(staff, 5) == ["00:00", "01:00", "20:00", "21:00", "22:00", "23:00"]
    assert practice.free_on(staff, 6) == ["00:00", "01:00", "02:00", "22:00", "23:00"]


def test_a_location_is_closed_by_itself(staff: Connection) -> None:  # S-8
    other = staff.call(v1.DirectoryCreateLocationRequest(location=office(city="Ostia"))).location
    here = open_practice(
        staff,
        hours=("09:00", "11:00"),
        therapist={"grid_minutes": 60},
        service={"duration_minutes": 60},
    )
    both = [here.location.id, other.id]
    staff.call(
        v1.DirectoryUpdateTherapistRequest(
            therapist=v1.Therapist(id=here.therapist.id, location_ids=both),
            update_mask=FieldMask(paths=["location_ids"]),
        )
    )
    staff.call(
        v1.DirectoryUpdateServiceRequest(
            service=v1.Service(id=here.service.id, location_ids=both),
            update_mask=FieldMask(paths=["location_ids"]),
        )
    )
    windows = weekly(here.location.id, "09:00", "11:00") + weekly(other.id, "14:00", "16:00")
    update_schedule(staff, v1.Schedule(therapist_id=here.therapist.id, windows=windows), "windows")
    staff.call(here.adding(closed(here.day(3), location_id=other.id)))
    assert here.free_on(staff, 3) == ["09:00", "10:00"]
    assert here.free_on(staff, 4) == ["09:00", "10:00", "14:00", "15:00"]
    there = here.check(here.at(3, "14:00"))
    there.location_id = other.id
    assert not staff.call(there).bookable


def test_windows_hold_from_a_day_until_a_day(staff: Connection, practice: Practice) -> None:  # S-8
    summer = weekly(practice.location.id, "09:00", "10:00")
    winter = weekly(practice.location.id, "15:00", "16:00")
    for window in summer:
        window.valid_until = practice.day(4).isoformat()
    for window in winter:
        window.valid_from, window.valid_until = (
            practice.day(4).isoformat(),
            practice.day(5).isoformat(),
        )
    windows = [*summer, *winter]
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    assert list(update_schedule(staff, schedule, "windows").schedule.windows) == windows
    assert [practice.free_on(staff, days) for days in range(3, 7)] == [
        ["09:00"],
        ["09:00", "15:00"],
        ["15:00"],
        [],
    ]
    assert list(practice.schedule(staff).windows) == windows


def test_a_window_is_valid_by_the_day_on_which_it_opens(staff: Connection) -> None:  # S-8
    practice = open_practice(
        staff,
        hours=("22:00", "26:00"),
        therapist={"grid_minutes": 60},
        service={"duration_minutes": 60},
    )
    windows = weekly(practice.location.id, "22:00", "26:00")
    for window in windows:
        window.valid_from = window.valid_until = practice.day(3).isoformat()
    update_schedule(
        staff, v1.Schedule(therapist_id=practice.therapist.id, windows=windows), "windows"
    )
    assert practice.free_on(staff, 3) == ["22:00", "23:00"]
    assert practice.free_on(staff, 4) == ["00:00", "01:00"]


def holidays(
    connection: Connection, calendar: str, first: date, last: date
) -> v1.DirectoryListPublicHolidaysResponse:
    return connection.call(
        v1.DirectoryListPublicHolidaysRequest(
            calendar=calendar, first_date=first.isoformat(), last_date=last.isoformat()
        )
    )


def test_public_holidays_are_listed_by_date(staff: Connection) -> None:  # S-8
    found = holidays(staff, "IT", date(2026, 12, 1), date(2027, 1, 6))
    assert [each.date for each in found.holidays] == [
        "2026-12-08",
        "2026-12-25",
        "2026-12-26",
        "2027-01-01",
        "2027-01-06",
    ]
    assert all(each.name for each in found.holidays)
    assert found.known_from <= "2026-01-01" and found.known_until >= "2030-12-31"
    until = holidays(staff, "IT", date(2026, 12, 25), date(2026, 12, 25))
    assert [each.date for each in until.holidays] == ["2026-12-25"]
    later = date.fromisoformat(found.known_until) + timedelta(days=1)
    assert not holidays(staff, "IT", later, later + timedelta(days=366)).holidays


def test_a_part_of_a_country_has_more_of_its_own(staff: Connection) -> None:  # S-8
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    country, part = (
        {each.date for each in holidays(staff, name, first, last).holidays}
        for name in ("DE", "DE-BY")
    )
    assert country < part and "2027-01-06" in part - country
    for name in ("PL", "RO", "AT", "BR"):
        assert holidays(staff, name, first, last).holidays


def test_a_calendar_that_there_is_not(staff: Connection) -> None:  # S-8
    for name in ("XX", "it", "Italia"):
        with pytest.raises(NotFound) as refused:
            holidays(staff, name, date(2026, 1, 1), date(2026, 1, 2))
        assert name in refused.value.status.message


def test_anyone_may_list_public_holidays(staff: Connection, practice: Practice) -> None:
    request = v1.DirectoryListPublicHolidaysRequest(
        calendar="IT", first_date="2026-12-25", last_date="2026-12-25"
    )
    for actor in (as_therapist(practice.therapist.id), as_client(register(staff)), as_client("")):
        assert len(staff.call(request, actor=actor).holidays) == 1


def test_a_therapist_closes_on_public_holidays(staff: Connection, practice: Practice) -> None:
    # S-8
    zone = practice.therapist.time_zone
    first = today(zone) + timedelta(days=2)
    found = holidays(staff, "IT", first, first + timedelta(days=150)).holidays
    assert found, "Italy has a holiday in any five months"
    day = date.fromisoformat(found[0].date)
    days = (day - today(zone)).days
    before = practice.free_on(staff, days)
    schedule = v1.Schedule(therapist_id=practice.therapist.id, public_holidays=["IT", "AT"])
    changed = update_schedule(staff, schedule, "public_holidays").schedule
    assert list(changed.public_holidays) == ["IT", "AT"]
    assert (before, practice.free_on(staff, days)) == (MORNING, [])
    staff.call(practice.adding(extra_hours(practice.location.id, day, "20:00", "21:00")))
    assert practice.free_on(staff, days) == ["20:00"]
    update_schedule(staff, v1.Schedule(therapist_id=practice.therapist.id), "public_holidays")
    assert practice.free_on(staff, days) == [*MORNING, "20:00"]


def test_what_was_set_holds_after_a_restart(start_server: StartServer) -> None:  # S-8
    server = start_server()
    with server.connect() as staff:
        practice = mornings(staff)
        staff.call(
            practice.adding(
                closed(practice.day(3)),
                closed_hours(practice.day(4), "09:00", "10:00"),
                extra_hours(practice.location.id, practice.day(5), "13:00", "14:00"),
            )
        )
        expected = [practice.free_on(staff, days) for days in (3, 4, 5)]
    assert server.stop() == 0, server.tail()
    server.start()
    with server.connect() as staff:
        assert [practice.free_on(staff, days) for days in (3, 4, 5)] == expected
    assert expected == [[], ["10:00", "11:00"], [*MORNING, "13:00"]]
