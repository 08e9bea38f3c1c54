"""How series recur (B-8, S-9): two libraries agree, and their answers are those kept for Swift."""

import os
import random
from datetime import datetime

import recurrence
from recurrence import Case, expected, random_case


def test_two_libraries_agree() -> None:  # B-8, S-9
    seed = os.environ.get("SEED") or str(random.randrange(10**9))
    print(f"SEED={seed}")
    dice = random.Random(seed)
    found = [expected(random_case(dice)) for _ in range(400)]
    assert any(each.gaps for each in found)
    assert any(len(each.starts) > 20 for each in found)


def test_skipped_times_do_not_count() -> None:  # S-9
    start = datetime(2027, 3, 21, 2, 30)
    found = expected(Case("FREQ=WEEKLY;COUNT=3", "Europe/Rome", start))
    assert [recurrence.local_text(each) for each in found.starts] == [
        "2027-03-21T02:30",
        "2027-04-04T02:30",
        "2027-04-11T02:30",
    ]
    assert [recurrence.local_text(each) for each in found.gaps] == ["2027-03-28T02:30"]


def test_the_cases_for_swift_are_current() -> None:  # B-8
    assert recurrence.SWIFT_FILE.read_text() == recurrence.swift_file(), (
        "run .venv/bin/python Tests/Conformance/recurrence.py"
    )
