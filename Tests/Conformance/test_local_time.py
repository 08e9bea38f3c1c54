"""Hours keep their local time across daylight-saving changes (S-9), as Python's zoneinfo has it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from client import Connection, FailedPrecondition
from practice import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    Practice,
    clock,
    local_ms,
    months_later,
    now_ms,
    open_practice,
    today,
)
from seduta.wire.v1 import status_pb2 as status

# Between them one changes its clocks within any six months.
ZONES = [
    "Europe/Rome",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Beirut",
]


def changes(zone: str) -> Iterator[tuple[int, int]]:
    """The changes of a zone's clocks before its booking horizon: when, and by how many ms."""
    end = local_ms(zone, months_later(today(zone), 6), "00:00") - 2 * DAY_MS
    hour = now_ms() // HOUR_MS * HOUR_MS + 2 * DAY_MS
    while hour < end:
        by = offset_ms(zone, hour + HOUR_MS) - offset_ms(zone, hour)
        if by:
            minutes = range(hour + MINUTE_MS, hour + HOUR_MS + 1, MINUTE_MS)
            yield next(at for at in minutes if moved(zone, at)), by
        hour += HOUR_MS


def moved(zone: str, instant_ms: int) -> bool:
    return offset_ms(zone, instant_ms) != offset_ms(zone, instant_ms - MINUTE_MS)


def offset_ms(zone: str, instant_ms: int) -> int:
    offset = datetime.fromtimestamp(instant_ms / 1000, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) * 1000


def local_day(zone: str, instant_ms: int) -> date:
    return datetime.fromtimestamp(instant_ms / 1000, ZoneInfo(zone)).date()


def grid_of(zone: str, day: date, opens: int, closes: int, step: int, lasts: int) -> list[int]:
    """What a window offers, worked out with zoneinfo: in minutes of the day, local.

    A time that does not exist is left out, one that comes twice counts the first time; an edge of
    the window in a gap is the gap's end, in a repeated hour its first pass.
    """
    info = ZoneInfo(zone)

    def instant(minute: int) -> tuple[int, bool]:
        local = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
        aware = local.replace(tzinfo=info)
        exists = aware.astimezone(UTC).astimezone(info).replace(tzinfo=None) == local
        while not exists:
            local += timedelta(minutes=1)
            aware = local.replace(tzinfo=info)
            if aware.astimezone(UTC).astimezone(info).replace(tzinfo=None) == local:
                return int(aware.timestamp()) * 1000, False
        return int(aware.timestamp()) * 1000, True

    closing = instant(closes)[0]
    candidates = [instant(minute) for minute in range(opens, closes) if minute % step == 0]
    return [at for at, exists in candidates if exists and at + lasts * MINUTE_MS <= closing]


def test_a_weekly_10_stays_10(staff: Connection) -> None:  # S-9
    practice = open_practice(
        staff, hours=("10:00", "11:00"), weekdays=[1], service={"duration_minutes": 60}
    )
    zone = "Europe/Rome"
    until = local_ms(zone, months_later(today(zone), 6), "00:00")
    found = practice.free(staff, now_ms() + DAY_MS, until)
    first = today(zone) + timedelta(days=1)
    mondays = [
        local_ms(zone, day, "10:00")
        for day in (first + timedelta(days=each) for each in range(200))
        if day.isoweekday() == 1
    ]
    assert found == [at for at in mondays if now_ms() + DAY_MS <= at < until]
    assert {clock(zone, at) for at in found} == {"10:00"}


def test_the_spring_of_2027_in_rome(staff: Connection) -> None:  # S-9
    sunday = date(2027, 3, 28)
    zone = "Europe/Rome"
    if not today(zone) < sunday - timedelta(days=7) <= months_later(today(zone), 5):
        pytest.skip("2027-03-28 is not bookable today; the tests below look at the next change")
    practice = open_practice(
        staff, hours=("10:00", "11:00"), weekdays=[1], service={"duration_minutes": 60}
    )
    before, after = sunday - timedelta(days=6), sunday + timedelta(days=1)
    found = practice.free(staff, local_ms(zone, before, "00:00"), local_ms(zone, after, "23:00"))
    assert found == [local_ms(zone, before, "10:00"), local_ms(zone, after, "10:00")]
    assert found == [
        int(datetime(2027, 3, 22, 9, tzinfo=UTC).timestamp()) * 1000,
        int(datetime(2027, 3, 29, 8, tzinfo=UTC).timestamp()) * 1000,
    ]
    assert found[1] - found[0] == 7 * DAY_MS - HOUR_MS


@pytest.mark.parametrize("zone", ZONES)
def test_the_night_of_a_change(staff: Connection, zone: str) -> None:  # S-9
    for at, by in changes(zone):
        day = local_day(zone, at - 12 * HOUR_MS), local_day(zone, at + 12 * HOUR_MS)
        night = open_practice(
            staff,
            zone=zone,
            hours=("00:00", "24:00"),
            therapist={"grid_minutes": 15},
            service={"duration_minutes": 15},
        )
        expected: list[int] = []
        for each in range((day[1] - day[0]).days + 1):
            expected += grid_of(zone, day[0] + timedelta(days=each), 0, 1440, 15, 15)
        begins = local_ms(zone, day[0], "00:00")
        ends = local_ms(zone, day[1] + timedelta(days=1), "00:00")
        found = night.free(staff, begins, ends)
        assert found == expected, (zone, clock(zone, at), by)
        if by < 0:
            # The second pass of the repeated time is off the grid.
            for second in range(at, at - by, 15 * MINUTE_MS):
                assert second not in found
                with pytest.raises(FailedPrecondition) as refused:
                    night.book(staff, second)
                assert refused.value.kinds == [status.DISCREPANCY_KIND_OFF_GRID]


@pytest.mark.parametrize("zone", ZONES)
def test_windows_whose_edges_meet_a_change(staff: Connection, zone: str) -> None:  # S-9
    for at, by in changes(zone):
        day = local_day(zone, at)
        shown = clock(zone, at - MINUTE_MS), clock(zone, at)
        into = max(clock_minutes(each) for each in shown)
        for opens, closes in ((into - 15, into + 180), (max(0, into - 180), into - 15)):
            if opens < 0 or closes > 1440 or opens >= closes:
                continue
            practice = open_practice(
                staff,
                zone=zone,
                hours=(as_clock(opens), as_clock(closes)),
                therapist={"grid_minutes": 5},
                service={"duration_minutes": 20},
            )
            begins = local_ms(zone, day, "00:00")
            found = practice.free(staff, begins, begins + 36 * HOUR_MS)
            expected = grid_of(zone, day, opens, closes, 5, 20)
            day_after = local_ms(zone, day + timedelta(days=1), "00:00")
            assert [each for each in found if each < day_after] == expected, (zone, opens, by)


def clock_minutes(shown: str) -> int:
    hour, minute = shown.split(":")
    return int(hour) * 60 + int(minute)


def as_clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def test_there_is_a_change_to_look_at() -> None:
    assert [by for zone in ZONES for _, by in changes(zone)]


def test_a_therapist_in_sao_paulo(staff: Connection) -> None:  # S-9
    """Brazil has had no daylight saving since 2019: 10:00 is 13:00 UTC all year."""
    practice = open_practice(
        staff,
        zone="America/Sao_Paulo",
        hours=("10:00", "11:00"),
        service={
            "duration_minutes": 60,
            "price": {"minor_units": 18000, "currency": "BRL"},
        },
    )
    found = practice.free(staff, practice.at(1, "00:00"), practice.at(170, "00:00"))
    assert len(found) == 169
    assert {clock("Etc/UTC", at) for at in found} == {"13:00"}
    booked = practice.book(staff, found[0])
    assert booked.time_zone == "America/Sao_Paulo"
    assert booked.price.currency == "BRL"


def test_hours_across_midnight_belong_to_the_day_they_open_on(staff: Connection) -> None:  # S-8
    practice = open_practice(
        staff, hours=("22:00", "26:00"), weekdays=[5], service={"duration_minutes": 60}
    )
    friday = next(day for day in range(2, 9) if weekday(practice, day) == 5)
    found = practice.free(staff, practice.at(friday, "00:00"), practice.at(friday + 2, "00:00"))
    assert [clock("Europe/Rome", at) for at in found] == [
        "22:00",
        "22:30",
        "23:00",
        "23:30",
        "00:00",
        "00:30",
        "01:00",
    ]
    assert found[4] == practice.at(friday + 1, "00:00")
    assert practice.book(staff, found[3]).version == 1


def weekday(practice: Practice, days: int) -> int:
    zone = practice.therapist.time_zone
    return (today(zone) + timedelta(days=days)).isoweekday()
