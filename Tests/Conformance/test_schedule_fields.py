"""Missing and malformed fields of schedules: windows, exceptions, public holidays."""

from datetime import date

import contract as v1
import pytest
from client import Connection, InvalidArgument
from fieldrows import LONG, Row, refuse, refuse_many, rows, within
from google.protobuf.field_mask_pb2 import FieldMask
from practice import (
    Practice,
    closed,
    closed_hours,
    extra_hours,
    new_id,
    open_practice,
    weekly,
)
from server import Server

DAY = date(2027, 2, 1)


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


@rows(
    ("schedule.therapist_id", "", "schedule.therapist_id"),
    ("schedule.therapist_id", "maria", "schedule.therapist_id"),
    ("schedule.version", -1, "schedule.version"),
    ("schedule.windows[2].weekday", 0, "schedule.windows[2].weekday"),
    ("schedule.windows[2].weekday", 8, "schedule.windows[2].weekday"),
    ("schedule.windows[0].opens_minute", -1, "schedule.windows[0].opens_minute"),
    ("schedule.windows[0].opens_minute", 1440, "schedule.windows[0].opens_minute"),
    ("schedule.windows[1].closes_minute", 540, "schedule.windows[1].closes_minute"),
    ("schedule.windows[1].closes_minute", 0, "schedule.windows[1].closes_minute"),
    ("schedule.windows[1].closes_minute", 540 + 1441, "schedule.windows[1].closes_minute"),
    ("schedule.windows[6].location_id", "", "schedule.windows[6].location_id"),
    ("schedule.windows[6].location_id", "Studio", "schedule.windows[6].location_id"),
    ("schedule.windows[6].location_id", new_id("loc"), "schedule.windows[6].location_id"),
    ("schedule.windows[3].valid_from", "2026-9-1", "schedule.windows[3].valid_from"),
    ("schedule.windows[3].valid_from", "2026-02-29", "schedule.windows[3].valid_from"),
    ("schedule.windows[3].valid_from", "1969-12-31", "schedule.windows[3].valid_from"),
    ("schedule.windows[3].valid_from", "2100-01-01", "schedule.windows[3].valid_from"),
    ("schedule.windows[3].valid_until", "tomorrow", "schedule.windows[3].valid_until"),
    ("schedule.public_holidays", ["XX"], "schedule.public_holidays[0]"),
    ("schedule.public_holidays", ["IT", ""], "schedule.public_holidays[1]"),
    ("schedule.public_holidays", ["IT", "AT", "IT"], "schedule.public_holidays[2]"),
    ("schedule.public_holidays", ["IT"] * 11, "schedule.public_holidays"),
)
def test_update_schedule(staff: Connection, practice: Practice, row: Row) -> None:
    windows = weekly(practice.location.id, "09:00", "17:00")
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    if row[0].endswith("opens_minute") and row[1] == 1440:
        schedule.windows[0].closes_minute = 1500
    refuse(staff, v1.DirectoryUpdateScheduleRequest(schedule=schedule), row)


def test_a_schedule_has_at_most_500_windows(staff: Connection, practice: Practice) -> None:
    windows = weekly(practice.location.id, "09:00", "17:00") * 72
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    refuse_many(staff, v1.DirectoryUpdateScheduleRequest(schedule=schedule), "schedule.windows")


def test_a_validity_has_a_day(staff: Connection, practice: Practice) -> None:  # S-8
    windows = weekly(practice.location.id, "09:00", "17:00", weekdays=[1])
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    schedule.windows[0].valid_from = schedule.windows[0].valid_until = "2027-02-01"
    request = v1.DirectoryUpdateScheduleRequest(schedule=schedule)
    assert staff.call(request).schedule.windows == schedule.windows
    wrong = ("schedule.windows[0].valid_until", "2027-01-31", "schedule.windows[0].valid_until")
    refuse(staff, request, wrong)


def anything_closed(field: str) -> list[Row]:
    """What can be wrong with an exception that closes something."""
    table: list[Row] = [
        ("id", "exc_1", "id"),
        ("id", new_id("thr"), "id"),
        ("kind", 0, "kind"),
        ("kind", 3, "kind"),
        ("first_date", "", "first_date"),
        ("first_date", "01.02.2027", "first_date"),
        ("first_date", "2027-02-30", "first_date"),
        ("first_date", "0001-01-01", "first_date"),
        ("last_date", "2027-01-31", "last_date"),
        ("last_date", "2028-02-03", "last_date"),
        ("last_date", "2027-02-1", "last_date"),
        ("location_id", "Studio", "location_id"),
        ("location_id", new_id("loc"), "location_id"),
        ("note", LONG, "note"),
        ("note", "a\u0000b", "note"),
    ]
    return within(field, table)


def hours(field: str) -> list[Row]:
    """What can be wrong with the minutes of 10:00 to 11:00."""
    table: list[Row] = [
        ("opens_minute", -1, "opens_minute"),
        ("opens_minute", 1_440, "opens_minute"),
        ("closes_minute", 600, "closes_minute"),
        ("closes_minute", 0, "closes_minute"),
        ("closes_minute", 600 + 1_441, "closes_minute"),
    ]
    return within(field, table)


@rows(
    ("therapist_id", "", "therapist_id"),
    ("therapist_id", "maria", "therapist_id"),
    ("version", -1, "version"),
    ("exceptions", [], "exceptions"),
    *anything_closed("exceptions[1]"),
)
def test_add_closed_days(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, practice.adding(closed(DAY), closed(DAY)), row)


@rows(*hours("exceptions[0]"))
def test_add_closed_hours(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, practice.adding(closed_hours(DAY, "10:00", "11:00")), row)


@rows(
    *hours("exceptions[0]"),
    ("exceptions[0].location_id", "", "exceptions[0].location_id"),
    ("exceptions[0].location_id", "Studio", "exceptions[0].location_id"),
    ("exceptions[0].location_id", new_id("loc"), "exceptions[0].location_id"),
)
def test_add_extra_hours(staff: Connection, practice: Practice, row: Row) -> None:
    extra = extra_hours(practice.location.id, DAY, "10:00", "11:00")
    refuse(staff, practice.adding(extra), row)


def test_extra_hours_are_not_whole_days(staff: Connection, practice: Practice) -> None:
    extra = extra_hours(practice.location.id, DAY, "00:00", "00:00")
    with pytest.raises(InvalidArgument) as refused:
        staff.call(practice.adding(extra))
    assert refused.value.fields == ["exceptions[0].closes_minute"]


@rows(*anything_closed("schedule.exceptions[1]"), *hours("schedule.exceptions[2]"))
def test_update_exceptions(staff: Connection, practice: Practice, row: Row) -> None:
    exceptions = [closed(DAY), closed(DAY), closed_hours(DAY, "10:00", "11:00")]
    schedule = v1.Schedule(therapist_id=practice.therapist.id, exceptions=exceptions)
    mask = FieldMask(paths=["exceptions"])
    refuse(staff, v1.DirectoryUpdateScheduleRequest(schedule=schedule, update_mask=mask), row)


@rows(*within("schedules[0]", anything_closed("exceptions[1]")))
def test_import_exceptions(staff: Connection, practice: Practice, row: Row) -> None:
    exceptions = [closed(DAY), closed(DAY)]
    schedule = v1.Schedule(therapist_id=practice.therapist.id, exceptions=exceptions)
    refuse(staff, v1.DirectoryImportRequest(schedules=[schedule]), row)


def test_an_exception_is_given_once(staff: Connection, practice: Practice) -> None:
    once = closed(DAY, id=new_id("exc"))
    for request, field in (
        (practice.adding(once, once), "exceptions[1].id"),
        (
            v1.DirectoryUpdateScheduleRequest(
                schedule=v1.Schedule(
                    therapist_id=practice.therapist.id, exceptions=[once, once]
                )
            ),
            "schedule.exceptions[1].id",
        ),
    ):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(request)
        assert refused.value.fields == [field]


def test_at_most_1000_exceptions_at_once(staff: Connection, practice: Practice) -> None:
    many = [closed(DAY)] * 1_001
    refuse_many(staff, practice.adding(*many), "exceptions")
    ids = [new_id("exc") for _ in many]
    refuse_many(staff, practice.removing(*ids), "exception_ids")


@rows(
    ("therapist_id", "", "therapist_id"),
    ("version", -1, "version"),
    ("exception_ids", [], "exception_ids"),
    ("exception_ids", ["exc_1"], "exception_ids[0]"),
    ("exception_ids", [new_id("exc")] * 2, "exception_ids[1]"),
)
def test_remove_exceptions(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, practice.removing(new_id("exc")), row)


@rows(
    ("calendar", "", "calendar"),
    ("calendar", "x" * 65, "calendar"),
    ("first_date", "", "first_date"),
    ("first_date", "2027", "first_date"),
    ("last_date", "", "last_date"),
    ("last_date", "2027-02-29", "last_date"),
    ("last_date", "2026-12-31", "last_date"),
    ("last_date", "2028-01-03", "last_date"),
)
def test_list_public_holidays(staff: Connection, row: Row) -> None:
    request = v1.DirectoryListPublicHolidaysRequest(
        calendar="IT", first_date="2027-01-01", last_date="2028-01-02"
    )
    assert staff.call(request).holidays
    refuse(staff, request, row)
