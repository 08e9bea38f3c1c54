"""The server's series are those of python-dateutil and recurring-ical-events (B-8, S-9)."""

import os
import random
from dataclasses import replace
from datetime import datetime

import contract as v1
from client import Connection
from practice import Practice, open_practice, register
from recurrence import Case, at_ms, expected, local_text, random_case
from seriescalls import creating

CASES = 150


def report(
    connection: Connection, practice: Practice, client: str, case: Case
) -> v1.SeriesCreateResponse:
    request = creating(practice, client, local_text(case.start), case.rule, validate_only=True)
    request.excluded_local_starts.extend(map(local_text, case.exdates))
    return connection.call(request, key="")


def compare(found: v1.SeriesCreateResponse, case: Case) -> None:
    wanted = expected(case)
    of = {reason: [] for reason in v1.SeriesOmissionReason.values()}
    for each in found.occurrences:
        of[each.omission].append(each)
    standing = of[v1.SERIES_OMISSION_REASON_UNSPECIFIED]
    assert [each.local_start for each in standing] == list(map(local_text, wanted.starts))
    assert [each.start_ms for each in standing] == [at_ms(case.zone, t) for t in wanted.starts]
    gaps = of[v1.SERIES_OMISSION_REASON_GAP]
    assert [each.local_start for each in gaps] == list(map(local_text, wanted.gaps))
    assert not any(each.start_ms for each in gaps)
    excluded = of[v1.SERIES_OMISSION_REASON_EXCLUDED]
    # UNTIL may come before what is excluded.
    there = expected(replace(case, exdates=())).starts
    assert [each.local_start for each in excluded] == [
        local_text(each) for each in case.exdates if each in there
    ]
    everything = [each.local_start for each in found.occurrences]
    assert everything == sorted(everything)


def test_random_rules(staff: Connection) -> None:  # B-8 S-9
    seed = os.environ.get("SEED") or str(random.randrange(10**9))
    print(f"SEED={seed}")
    dice = random.Random(seed)
    client = register(staff)
    practices: dict[str, Practice] = {}
    for _ in range(CASES):
        case = random_case(dice)
        if case.zone not in practices:
            practices[case.zone] = open_practice(staff, zone=case.zone)
        compare(report(staff, practices[case.zone], client, case), case)


def test_a_local_time_that_does_not_exist_is_skipped_and_not_counted(
    staff: Connection,
) -> None:  # S-9
    far = {"policy": v1.Policy(staff_horizon_months=24)}
    practice, client = open_practice(staff, service=far), register(staff)
    case = Case("FREQ=WEEKLY;COUNT=3", "Europe/Rome", datetime(2027, 3, 21, 2, 30))
    compare(report(staff, practice, client, case), case)


def test_local_time_is_kept_over_a_change_of_clocks(staff: Connection) -> None:  # S-9
    far = {"policy": v1.Policy(staff_horizon_months=24)}
    practice, client = open_practice(staff, service=far), register(staff)
    # Some change of clocks lies within a year.
    start = datetime.combine(practice.day(1), datetime.min.time()).replace(hour=10)
    made = staff.call(creating(practice, client, local_text(start), "FREQ=WEEKLY;COUNT=52"))
    assert {each.local_start[11:] for each in made.occurrences} == {"10:00"}
    steps = {
        later.start_ms - earlier.start_ms
        for earlier, later in zip(made.occurrences, made.occurrences[1:], strict=False)
    }
    hour, week = 3_600_000, 7 * 24 * 3_600_000
    assert steps == {week - hour, week, week + hour}
