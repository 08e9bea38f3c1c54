"""A second opinion on how series recur (B-8, S-9): python-dateutil's and recurring-ical-events'.

Both emit local times that clocks skip: those are filtered out, and do not use up COUNT. The two have
to agree with each other. Zone rules are PyPI's `tzdata`.

    .venv/bin/python Tests/Conformance/recurrence.py

writes Tests/AvailabilityTests/Generated/RecurrenceCases.swift anew: random cases from a fixed seed
with the answers, which a test in Swift compares.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

import icalendar
import recurring_ical_events
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from oracle.clocks import MINUTE_MS, edge, milliseconds, shown, zone_rules

# Zones of which the server's rules and tzdata's are the same.
ZONES = [
    "Europe/Rome",
    "Europe/Warsaw",
    "Europe/Bucharest",
    "Europe/Vienna",
    "Europe/Dublin",
    "America/Sao_Paulo",  # none since 2019; before, at midnight
    "America/New_York",
    "America/Santiago",  # at midnight, southern
    "Asia/Beirut",  # at midnight
    "Asia/Tehran",  # half an hour off; none since 2022
    "Australia/Lord_Howe",  # by half an hour
    "Antarctica/Troll",  # by two hours
    "Pacific/Apia",  # had no 2011-12-30
    "Etc/UTC",
]
FIRST_YEAR, LAST_YEAR = 2004, 2042
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
SWIFT_FILE = Path(__file__).parent.parent / "AvailabilityTests/Generated/RecurrenceCases.swift"
SWIFT_SEED, SWIFT_CASES = "series", 320


@dataclass(frozen=True)
class Case:
    """Times are local, without a zone."""

    rule: str
    zone: str
    start: datetime
    exdates: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Expansion:
    """Local starts, ascending: those that take place, and those that clocks skip."""

    starts: list[datetime]
    gaps: list[datetime]


def expected(case: Case) -> Expansion:
    first, second = by_dateutil(case), by_recurring_ical_events(case)
    assert first == second, f"{case}: dateutil has {first}, recurring-ical-events {second}"
    return first


def by_dateutil(case: Case) -> Expansion:
    count = parts(case.rule).get("COUNT")
    starts: list[datetime] = []
    gaps: list[datetime] = []
    for local in every(case):
        if exists(case.zone, local):
            starts.append(local)
        else:
            gaps.append(local)
        if len(starts) == int(count or 0):
            break
    return Expansion([each for each in starts if each not in case.exdates], gaps)


def by_recurring_ical_events(case: Case) -> Expansion:
    zone = zone_rules(case.zone)
    rule = parts(case.rule)
    count = int(rule.get("COUNT", "0"))
    wanted = count
    while True:
        event = icalendar.Event()
        event.add("uid", "series")
        event.add("dtstart", case.start.replace(tzinfo=zone))
        event.add("dtend", (case.start + timedelta(minutes=1)).replace(tzinfo=zone))
        with_count = rule | ({"COUNT": str(wanted)} if count else {})
        event.add("rrule", icalendar.vRecur.from_ical(text(in_their_terms(with_count, case.zone))))
        for each in case.exdates:
            event.add("exdate", each.replace(tzinfo=zone))
        calendar = icalendar.Calendar()
        calendar.add_component(event)
        found = recurring_ical_events.of(calendar).between(
            (case.start - timedelta(days=2)).replace(tzinfo=UTC),
            (case.start + relativedelta(years=10)).replace(tzinfo=UTC),
        )
        local = sorted(each["DTSTART"].dt.replace(tzinfo=None) for each in found)
        gaps = [each for each in local if not exists(case.zone, each)]
        if wanted == count + len(gaps) or not count:
            return Expansion([each for each in local if exists(case.zone, each)], gaps)
        wanted = count + len(gaps)


def every(case: Case) -> Iterator[datetime]:
    """What dateutil emits without COUNT: also what does not exist."""
    rule = {name: value for name, value in parts(case.rule).items() if name != "COUNT"}
    start = case.start.replace(tzinfo=zone_rules(case.zone))
    for each in rrulestr(text(in_their_terms(rule, case.zone)), dtstart=start):
        yield each.replace(tzinfo=None)


def parts(rule: str) -> dict[str, str]:
    return dict(part.split("=") for part in rule.split(";"))


def text(rule: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in rule.items())


def in_their_terms(rule: dict[str, str], zone: str) -> dict[str, str]:
    """The same rule in words of which dateutil makes what RFC 5545 says."""
    rule = dict(rule)
    until = rule.get("UNTIL", "")
    if len(until) == len("20270301"):
        # The date holds as a whole: its last second, since dateutil takes a time only.
        end = edge(zone, datetime.strptime(until, "%Y%m%d").date(), 24 * 60)
        rule["UNTIL"] = utc_text(end - 1000)
    days = rule.get("BYDAY", "").split(",")
    if len({len(each) > 2 for each in days}) == 2:
        # Of "MO,1TU" dateutil takes the days that are both.
        rule["BYDAY"] = ",".join(
            each if len(each) > 2 else ",".join(f"{number}{each}" for number in range(1, 6))
            for each in days
        )
    return rule


def utc_text(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def at_ms(zone: str, local: datetime) -> int:
    """The first instant at which clocks show it, if they do."""
    return milliseconds(local.replace(tzinfo=zone_rules(zone), fold=0))


def exists(zone: str, local: datetime) -> bool:
    return shown(zone, at_ms(zone, local)).replace(fold=0) == local


# Random cases


def random_case(dice: random.Random) -> Case:
    """Many meet a change of clocks at the very minute that it skips or repeats."""
    while True:
        zone = dice.choice(ZONES)
        start = random_start(dice, zone)
        rule = random_rule(dice, start)
        without_end = Case(text(rule), zone, start)
        if not exists(zone, start) or next(every(without_end), None) != start:
            continue
        count = dice.choice([1, 2, 5, 10, 10, 12, 25, 40])
        last = start + relativedelta(years=9)
        some = [each for each in islice(every(without_end), count + 3) if each < last]
        if len(some) < count + 3:
            continue
        there = [each for each in some[:count] if exists(zone, each)]
        # To recurring-ical-events a skipped time is the instant that it would be: where a day is
        # skipped, that of the day after, and one EXDATE takes out both.
        skipped = {at_ms(zone, each) for each in some if not exists(zone, each)}
        free = [each for each in there if at_ms(zone, each) not in skipped]
        exdates = sorted(dice.sample(free, min(len(free), dice.choice([0, 0, 0, 1, 2, 5]))))
        rule |= random_end(dice, zone, count, there)
        return Case(text(rule), zone, start, tuple(exdates))


def random_start(dice: random.Random, zone: str) -> datetime:
    day = datetime(2010, 1, 1) + timedelta(days=dice.randrange(20 * 365))
    start = day + timedelta(minutes=dice.randrange(0, 1440, 5))
    changes = [each for each in transitions(zone) if 36 < each[0] / 525_949 < 60]
    forward = [each for each in changes if each[1] < each[2]]
    if changes and dice.random() < 0.6:
        minute, before, after = dice.choice(dice.choice([forward, changes]))
        low, high = sorted((minute + before, minute + after))
        near = datetime(1970, 1, 1) + timedelta(minutes=dice.randrange(low - 5, high + 6))
        start = near - timedelta(days=dice.choice([1, 2, 3, 7, 7, 14, 21, 28, 30, 31, 61, 365]))
    return start


def random_rule(dice: random.Random, start: datetime) -> dict[str, str]:
    frequency = dice.choice(["DAILY", "WEEKLY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY"])
    rule = {"FREQ": frequency}
    if dice.random() < 0.4:
        rule["INTERVAL"] = str(dice.choice([1, 2, 2, 3, 4, 5, 7, 12]))
    if dice.random() < 0.6:
        days = {WEEKDAYS[start.weekday()], *dice.sample(WEEKDAYS, dice.choice([0, 1, 1, 2, 4]))}
        if frequency == "MONTHLY":
            first, last = (start.day + 6) // 7, -((days_in_month(start) - start.day) // 7 + 1)
            days = {
                dice.choice(["", "1", "2", "3", "4", "5", "-1", "-2"]) + each
                for each in sorted(days)
            }
            days.add(dice.choice([str(first), str(last), ""]) + WEEKDAYS[start.weekday()])
        rule["BYDAY"] = ",".join(dice.sample(sorted(days), len(days)))
    if dice.random() < 0.2:
        rule["WKST"] = "MO"
    return rule


def random_end(dice: random.Random, zone: str, count: int, there: list[datetime]) -> dict[str, str]:
    """COUNT, or UNTIL on the last day or about the last start."""
    if dice.random() < 0.6:
        return {"COUNT": str(count)}
    last = there[-1]
    if dice.random() < 0.4:
        return {"UNTIL": last.strftime("%Y%m%d")}
    seconds = dice.choice(
        [0, 0, 1, 60, 30 * 3600] if len(there) == 1 else [0, 0, -1, -60, 30 * 3600]
    )
    return {"UNTIL": utc_text(at_ms(zone, last) + 1000 * seconds)}


def days_in_month(day: datetime) -> int:
    return (day + relativedelta(day=31)).day


@cache
def transitions(zone: str) -> list[tuple[int, int, int]]:
    """Changes of a zone's clocks: the minute since the epoch, and the offsets before and after."""
    found: list[tuple[int, int, int]] = []
    day = milliseconds(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)) // MINUTE_MS
    end = milliseconds(datetime(LAST_YEAR, 1, 1, tzinfo=UTC)) // MINUTE_MS
    while day < end:
        low, high = day, day + 1440
        if offset(zone, low) != offset(zone, high):
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == offset(zone, day):
                    low = middle
                else:
                    high = middle
            found.append((high, offset(zone, low), offset(zone, high)))
        day += 1440
    return found


def offset(zone: str, minute: int) -> int:
    at = datetime.fromtimestamp(minute * 60, UTC)
    return round((shown(zone, minute * MINUTE_MS) - at.replace(tzinfo=None)).total_seconds()) // 60


# The cases for Swift


def swift_file() -> str:
    dice = random.Random(SWIFT_SEED)
    lines = [
        "// Made by Tests/Conformance/recurrence.py. Do not edit.",
        "",
        "/// Random recurrences, and what python-dateutil and recurring-ical-events make of them.",
        "enum RecurrenceCases {",
        "  /// Each zone's name, first offset, and changes: minute since the epoch, offset.",
        '  static let zones = """',
    ]
    for zone in ZONES:
        changes = transitions(zone)
        first = milliseconds(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)) // MINUTE_MS
        pairs = " ".join(f"{minute}:{after}" for minute, _, after in changes)
        lines.append(f"    {zone} {offset(zone, first)} {pairs}".rstrip())
    lines += [
        '    """',
        "",
        "  /// Zone, local start, rule; starts taken out; starts as minutes since the epoch; gaps.",
        '  static let cases = """',
    ]
    for _ in range(SWIFT_CASES):
        case = random_case(dice)
        found = expected(case)
        minutes = [at_ms(case.zone, each) // MINUTE_MS for each in found.starts]
        fields = [
            f"{case.zone} {local_text(case.start)} {case.rule}",
            " ".join(map(local_text, case.exdates)),
            " ".join(map(str, minutes)),
            " ".join(map(local_text, found.gaps)),
        ]
        lines.append("    " + "|".join(fields))
    return "\n".join([*lines, '    """', "}", ""])


def local_text(local: datetime) -> str:
    return local.strftime("%Y-%m-%dT%H:%M")


if __name__ == "__main__":
    SWIFT_FILE.parent.mkdir(exist_ok=True)
    SWIFT_FILE.write_text(swift_file())
