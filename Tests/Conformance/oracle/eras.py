"""Where in the world and when cases take place: around changes of clocks above all."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta
from oracle.clocks import MINUTE_MS, edge, local_day, milliseconds, shown

# The server's zone rules come from the ICU of its Swift toolchain (6.3: tzdata 2025b), the oracle's
# from PyPI's tzdata (2026f). From 2005 to 2030 the two differ in Africa/Casablanca and El_Aaiun
# (from 2026-09-20 on), America/Edmonton, Winnipeg, Vancouver and Havana (from 2026-11-01 on),
# Inuvik and Yellowknife (as Edmonton), Rainy_River (as Winnipeg), and Europe/Chisinau (2022 and
# later), with their aliases. Compared are only zones and times in which they agree.
ZONES = [
    "Europe/Rome",
    "Europe/Warsaw",
    "Europe/Bucharest",
    "Europe/Vienna",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",  # winter time is the one that is "saved"
    "Europe/Istanbul",  # stayed on summer time in 2016
    "Europe/Moscow",  # 2011 and 2014
    "Europe/Volgograd",  # 2018 and 2020
    "Atlantic/Azores",
    "America/Sao_Paulo",  # none since 2019; before, at midnight
    "America/Noronha",
    "America/New_York",
    "America/St_Johns",  # half an hour off; until 2011 at 00:01
    "America/Phoenix",
    "America/Santiago",  # at midnight, southern
    "America/Asuncion",  # stayed on summer time in 2024
    "America/Caracas",  # by half an hour in 2007 and 2016
    "America/Mexico_City",  # none since 2022
    "America/Nuuk",  # 2023
    "America/Scoresbysund",  # 2024
    "Africa/Cairo",  # none, and again from 2023
    "Africa/Casablanca",  # off in Ramadan
    "Africa/Johannesburg",
    "Africa/Juba",  # 2021
    "Asia/Amman",  # stayed on summer time in 2022
    "Asia/Beirut",  # at midnight
    "Asia/Gaza",  # by the moon
    "Asia/Jerusalem",
    "Asia/Tehran",  # half an hour off; none since 2022; at midnight before
    "Asia/Kolkata",
    "Asia/Kathmandu",  # three quarters
    "Asia/Pyongyang",  # by half an hour in 2015 and 2018
    "Asia/Almaty",  # 2024
    "Asia/Tokyo",
    "Australia/Adelaide",  # half an hour off
    "Australia/Eucla",  # three quarters
    "Australia/Lord_Howe",  # changes by half an hour
    "Australia/Sydney",
    "Antarctica/Troll",  # changes by two hours
    "Pacific/Apia",  # had no 2011-12-30
    "Pacific/Auckland",
    "Pacific/Chatham",  # three quarters
    "Pacific/Easter",
    "Pacific/Fiji",
    "Pacific/Kiritimati",
    "Pacific/Norfolk",  # began in 2019
    "Etc/UTC",
]
AGREE_UNTIL = {"Africa/Casablanca": date(2026, 9, 1)}
ZONES_THAT_AGREE = [zone for zone in ZONES if zone not in AGREE_UNTIL]

FIRST = datetime(2005, 1, 1, tzinfo=UTC)
LAST = datetime(2030, 12, 1, tzinfo=UTC)


@dataclass
class Era:
    """A zone and a day in it, and the times of day at which things are likely to go wrong."""

    zone: str
    day: date
    minutes: list[int]
    # The furthest day that policies can be set to make bookable is at least the day's.
    bookable: bool


@cache
def changes(zone: str) -> list[int]:
    """The instants at which the zone's clocks change; nowhere do they change twice in a week."""
    found = []
    at_ms, last_ms = milliseconds(FIRST), milliseconds(LAST)
    while at_ms < last_ms:
        after_ms = at_ms + 7 * 1440 * MINUTE_MS
        if offset_ms(zone, at_ms) != offset_ms(zone, after_ms):
            found.append(first_with(zone, offset_ms(zone, after_ms), at_ms, after_ms))
        at_ms = after_ms
    return found


def first_with(zone: str, offset: int, low_ms: int, high_ms: int) -> int:
    """The minute between the two from which on the zone has the offset."""
    while high_ms - low_ms > MINUTE_MS:
        middle_ms = (low_ms + high_ms) // 2 // MINUTE_MS * MINUTE_MS
        if offset_ms(zone, middle_ms) == offset:
            high_ms = middle_ms
        else:
            low_ms = middle_ms
    return high_ms


def offset_ms(zone: str, at_ms: int) -> int:
    return milliseconds(shown(zone, at_ms).replace(tzinfo=UTC)) - at_ms


def draw(dice: random.Random, now_ms: int) -> Era:
    """An era: a change of clocks to come or gone by, or a day that matters to some other rule."""
    zone = dice.choice(ZONES)
    today = local_day(zone, now_ms)
    bookable_until = today + relativedelta(months=24, days=-4)
    until = AGREE_UNTIL.get(zone, LAST.date())
    day = today + timedelta(days=dice.randrange(2, 60))
    minutes: list[int] = []
    kind = dice.choices(
        ["change to come", "change gone by", "today", "soon", "horizon"], [50, 25, 5, 15, 5]
    )[0]
    if kind == "today":
        day = today
    elif kind == "horizon":
        day = today + relativedelta(months=dice.choice([1, 1, 2, 6, 6, 12, 24]))
    elif kind != "soon":
        to_come = [
            at for at in changes(zone) if now_ms < at and local_day(zone, at) < bookable_until
        ]
        all_that_agree = [at for at in changes(zone) if local_day(zone, at) < until]
        if at := dice.choice((kind == "change to come" and to_come) or all_that_agree or [0]):
            day = local_day(zone, at)
            minutes = sorted({minute_of_day(zone, at - MINUTE_MS) + 1, minute_of_day(zone, at)})
    if day >= until:
        day = until - timedelta(days=dice.randrange(5, 500))
    return Era(zone, day, minutes, bookable=today <= day <= bookable_until)


def minute_of_day(zone: str, at_ms: int) -> int:
    at = shown(zone, at_ms)
    return at.hour * 60 + at.minute


def midnight(era: Era, days: int) -> int:
    """The midnight so many days from the era's."""
    return edge(era.zone, era.day + timedelta(days=days), 0)
