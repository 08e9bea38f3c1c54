"""When a therapist is open (S-8), in stretches of instants: [start, end)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import contract as v1
import holidays
from oracle.clocks import edge, local_day

Stretch = tuple[int, int]
CLOSED = v1.SCHEDULE_EXCEPTION_KIND_CLOSED
EXTRA_HOURS = v1.SCHEDULE_EXCEPTION_KIND_EXTRA_HOURS

# The years that the server's calendars of public holidays know: `ListPublicHolidays` says so.
HOLIDAY_YEARS = range(2024, 2046)
DAY = timedelta(days=1)


@cache
def is_public_holiday(calendar: str, day: date) -> bool:
    country, _, part = calendar.partition("-")
    if day.year not in HOLIDAY_YEARS:
        return False
    return day in holidays.country_holidays(country, subdiv=part or None, years=day.year)


def days(first: date, last: date) -> Iterable[date]:
    return (first + each * DAY for each in range((last - first).days + 1))


def names_day(exception: v1.ScheduleException, day: date) -> bool:
    first = date.fromisoformat(exception.first_date)
    last = date.fromisoformat(exception.last_date) if exception.last_date else first
    return first <= day <= last


def closes_whole_days(exception: v1.ScheduleException) -> bool:
    return exception.kind == CLOSED and not exception.opens_minute and not exception.closes_minute


def is_valid(window: v1.WeeklyWindow, day: date) -> bool:
    after_first = not window.valid_from or date.fromisoformat(window.valid_from) <= day
    before_last = not window.valid_until or day <= date.fromisoformat(window.valid_until)
    return after_first and before_last


def is_closed(schedule: v1.Schedule, location_id: str, day: date) -> bool:
    """Whether the weekly windows of a location do not open on a day."""
    if any(is_public_holiday(calendar, day) for calendar in schedule.public_holidays):
        return True
    return any(
        closes_whole_days(each) and names_day(each, day) and each.location_id in ("", location_id)
        for each in schedule.exceptions
    )


def opened_on(schedule: v1.Schedule, zone: str, location_id: str, day: date) -> list[Stretch]:
    """What opens at a location on a day: weekly windows and extra hours."""
    weekday = day.isoweekday()
    windows = [
        window
        for window in schedule.windows
        if window.weekday == weekday and window.location_id == location_id and is_valid(window, day)
    ]
    if windows and is_closed(schedule, location_id, day):
        windows = []
    extra = [
        each
        for each in schedule.exceptions
        if each.kind == EXTRA_HOURS and each.location_id == location_id and names_day(each, day)
    ]
    return [between(zone, day, each) for each in [*windows, *extra]]


def closed_on(schedule: v1.Schedule, zone: str, location_id: str, day: date) -> list[Stretch]:
    """Certain hours of a day at which a location is closed."""
    return [
        between(zone, day, each)
        for each in schedule.exceptions
        if each.kind == CLOSED
        and not closes_whole_days(each)
        and names_day(each, day)
        and each.location_id in ("", location_id)
    ]


def between(zone: str, day: date, hours: v1.WeeklyWindow | v1.ScheduleException) -> Stretch:
    return edge(zone, day, hours.opens_minute), edge(zone, day, hours.closes_minute)


def open_hours(
    schedule: v1.Schedule, zone: str, location_ids: Iterable[str], from_ms: int, until_ms: int
) -> list[Stretch]:
    """What is open at some of the locations around a stretch of time; what touches is one."""
    # A window is of the day that it opens on and may be a day long: two days before reach in.
    around = list(days(local_day(zone, from_ms) - 2 * DAY, local_day(zone, until_ms) + DAY))
    stretches: list[Stretch] = []
    for location_id in location_ids:
        opened = [s for day in around for s in opened_on(schedule, zone, location_id, day)]
        closed = [s for day in around for s in closed_on(schedule, zone, location_id, day)]
        stretches += without(opened, closed)
    return joined(stretches)


def without(opened: list[Stretch], closed: list[Stretch]) -> list[Stretch]:
    for begins, ends in closed:
        parts = [[(a, min(b, begins)), (max(a, ends), b)] for a, b in opened]
        opened = [(a, b) for pair in parts for a, b in pair if a < b]
    return opened


def joined(stretches: list[Stretch]) -> list[Stretch]:
    result: list[Stretch] = []
    for begins, ends in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if result and begins <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], ends))
        else:
            result.append((begins, ends))
    return result
