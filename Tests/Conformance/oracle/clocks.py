"""What clocks show (S-9), by PyPI's tzdata: not by the machine's zone files or the server's ICU."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

MINUTE_MS = 60_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def zone_rules(zone: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


def instant(at_ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=at_ms)


def shown(zone: str, at_ms: int) -> datetime:
    """What a clock in the zone shows; `fold` is 1 in the second pass of a repeated hour."""
    return instant(at_ms).astimezone(zone_rules(zone)).replace(tzinfo=None)


def local_day(zone: str, at_ms: int) -> date:
    return shown(zone, at_ms).date()


def is_second_pass(zone: str, at_ms: int) -> bool:
    return shown(zone, at_ms).fold == 1


@cache
def edge(zone: str, day: date, minute: int) -> int:
    """The instant that is so many minutes, as clocks show them, after a day's midnight.

    In a gap it is the gap's end, in a repeated hour the first occurrence.
    """
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    at_ms = milliseconds(wanted.replace(tzinfo=zone_rules(zone), fold=0))
    if shown(zone, at_ms) == wanted:
        return at_ms
    # The clock never shows it. Reckoned with the offset from after the gap, it lies before the gap:
    # the gap ends at the first minute from there on at which the clock has gone past it.
    at_ms = milliseconds(wanted.replace(tzinfo=zone_rules(zone), fold=1))
    while shown(zone, at_ms) < wanted:
        at_ms += MINUTE_MS
    return at_ms


def milliseconds(moment: datetime) -> int:
    return round((moment - EPOCH).total_seconds()) * 1000
