"""The bulk lookup: of up to 1,000 therapists the first free start, or what each day is like (S-11)."""

from datetime import timedelta
from typing import Any

import contract as v1
import pytest
from client import Connection, InvalidArgument, NotFound, as_client
from fieldrows import Row, refuse, rows
from practice import (
    DAY_MS,
    MINUTE_MS,
    Practice,
    local_ms,
    new_id,
    now_ms,
    online,
    open_practice,
    starts,
    today,
)
from server import Server

FIRST_FREE = v1.BATCH_LOOKUP_KIND_FIRST_FREE
DAYS = v1.BATCH_LOOKUP_KIND_DAYS
CLOSED, BUSY, FREE = (
    v1.DAY_AVAILABILITY_CLOSED,
    v1.DAY_AVAILABILITY_BUSY,
    v1.DAY_AVAILABILITY_FREE,
)


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


def lookup(*practices: Practice, kind: int = FIRST_FREE, **more: Any) -> v1.SlotsBatchLookupRequest:
    fields: dict[str, Any] = {"until_ms": now_ms() + 30 * DAY_MS}
    ids = [each.therapist.id for each in practices]
    return v1.SlotsBatchLookupRequest(therapist_ids=ids, kind=kind, **fields | more)


def firsts(found: v1.SlotsBatchLookupResponse) -> list[tuple[int, str]]:
    """The first start of each, and the service that it is of; 0 and nothing where there is none."""
    assert len(found.start_ms) == len(found.group_index)
    return [
        (start, found.groups[index].service_id if start else "")
        for start, index in zip(found.start_ms, found.group_index, strict=True)
    ]


def test_the_first_free_start_of_each_in_the_order_asked(staff: Connection) -> None:  # S-11
    early = open_practice(staff)
    late = open_practice(staff, hours=("15:00", "17:00"))
    never = open_practice(staff, weekdays=[])
    start = early.at(3, "09:00")
    early.book(staff, start)
    until = early.at(4, "00:00")
    found = staff.call(lookup(late, never, early, from_ms=start, until_ms=until))
    assert firsts(found) == [
        (late.at(3, "15:00"), late.service.id),
        (0, ""),
        (early.at(3, "10:00"), early.service.id),
    ]
    assert not found.days
    for group in found.groups:
        own = next(each for each in (early, late) if each.therapist.id == group.therapist_id)
        assert group.location_id == own.location.id
        assert group.price == own.service.price
        assert group.time_zone == "Europe/Rome" and not group.start_ms


def test_of_several_at_one_start_the_first_by_service(staff: Connection) -> None:  # S-11
    practice = open_practice(staff)
    offers = [practice.service]
    for minutes in (20, 30):
        line = v1.Service()
        line.CopyFrom(practice.service)
        line.id, line.duration_minutes = new_id("svc"), minutes
        offers.append(staff.call(v1.DirectoryCreateServiceRequest(service=line)).service)
    start = practice.at(3, "09:00")
    found = staff.call(lookup(practice, from_ms=start))
    assert firsts(found) == [(start, min(each.id for each in offers))]
    narrowed = lookup(practice, from_ms=start, filter=v1.SlotFilter(service_id=offers[2].id))
    assert firsts(staff.call(narrowed)) == [(start, offers[2].id)]


def test_it_finds_what_searches_find(staff: Connection) -> None:  # S-11
    zones = ["Europe/Rome", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland"]
    practices = [open_practice(staff, zone=zone, weekdays=[1, 3, 5]) for zone in zones]
    for each in practices[::2]:
        free = each.free(staff, now_ms(), now_ms() + 20 * DAY_MS)
        for start in free[:8:2]:
            each.book(staff, start)
    until = now_ms() + 20 * DAY_MS
    first = firsts(staff.call(lookup(*practices, until_ms=until)))
    days = staff.call(lookup(*practices, kind=DAYS, until_ms=until)).days
    for each, (start, _), told in zip(practices, first, days, strict=True):
        free = starts(staff.call(each.search(0, until)))
        assert start == free[0]
        assert sum(told.free_starts) == len(free)
        assert told.time_zone == each.therapist.time_zone
        begin = today(told.time_zone)
        assert told.first_date == begin.isoformat()
        for number, (availability, count) in enumerate(
            zip(told.availability, told.free_starts, strict=True)
        ):
            day = begin + timedelta(days=number)
            midnights = [local_ms(told.time_zone, day + timedelta(days=n), "00:00") for n in (0, 1)]
            assert count == sum(midnights[0] <= start < midnights[1] for start in free)
            assert (availability == FREE) == (count > 0)
            assert (availability == CLOSED) == (day.isoweekday() not in (1, 3, 5))


def test_a_day_is_busy_when_all_is_taken(staff: Connection) -> None:  # S-11
    practice = open_practice(staff, hours=("09:00", "11:00"))
    for clock in ("09:00", "10:00"):
        practice.book(staff, practice.at(3, clock))
    request = lookup(
        practice, kind=DAYS, from_ms=practice.at(2, "00:00"), until_ms=practice.at(5, "00:00")
    )
    (days,) = staff.call(request).days
    assert list(days.availability) == [FREE, BUSY, FREE]
    assert list(days.free_starts) == [3, 0, 3]
    elsewhere = open_practice(staff, location=online())
    request.filter.mode = v1.SESSION_MODE_ONLINE
    request.therapist_ids.append(elsewhere.therapist.id)
    days = staff.call(request).days
    assert list(days[0].availability) == [CLOSED] * 3
    assert list(days[1].availability) == [FREE] * 3


def test_a_client_is_shown_a_month(staff: Connection) -> None:  # S-11 S-2
    practice = open_practice(staff)
    request = lookup(practice, from_ms=practice.at(40, "00:00"), until_ms=practice.at(42, "00:00"))
    assert firsts(staff.call(request)) == [(practice.at(40, "09:00"), practice.service.id)]
    assert firsts(staff.call(request, actor=as_client(""))) == [(0, "")]


def test_a_held_slot_is_not_free(staff: Connection) -> None:  # S-11 S-12
    practice = open_practice(staff)
    start = practice.at(3, "09:00")
    hold = practice.hold(staff, start)
    request = lookup(practice, from_ms=start)
    assert firsts(staff.call(request))[0][0] == practice.at(3, "10:00")
    staff.call(v1.HoldsReleaseRequest(hold_id=hold.id))
    assert firsts(staff.call(request))[0][0] == start


def test_a_thousand_at_once(partner: Connection) -> None:  # S-11
    practice = open_practice(partner)
    fields = v1.Therapist()
    fields.CopyFrom(practice.therapist)
    request = v1.DirectoryImportRequest()
    for _ in range(999):
        fields.id, line = new_id("thr"), v1.Service()
        request.therapists.append(fields)
        line.CopyFrom(practice.service)
        line.id, line.therapist_id = new_id("svc"), fields.id
        request.services.append(line)
        window = v1.WeeklyWindow(
            weekday=1, opens_minute=600, closes_minute=720, location_id=practice.location.id
        )
        request.schedules.append(v1.Schedule(therapist_id=fields.id, windows=[window]))
    partner.call(request)
    ids = [practice.therapist.id, *(each.id for each in request.therapists)]
    question = lookup(until_ms=now_ms() + 10 * DAY_MS)
    question.therapist_ids.extend(reversed(ids))
    found = partner.call(question)
    assert len(found.start_ms) == 1000 and all(found.start_ms)
    told = [found.groups[index].therapist_id for index in found.group_index]
    assert told == ids[::-1]
    question.kind = DAYS
    days = partner.call(question).days
    assert [each.therapist_id for each in days] == ids[::-1]


def test_what_is_not_there(staff: Connection, partner: Connection) -> None:
    practice, other = open_practice(staff), open_practice(partner)
    for kind in (FIRST_FREE, DAYS):
        for stranger in (new_id("thr"), other.therapist.id):
            request = lookup(practice, kind=kind)
            request.therapist_ids.append(stranger)
            with pytest.raises(NotFound) as refused:
                staff.call(request)
            assert "therapist_ids[1]" in refused.value.status.message
        for filter in (
            v1.SlotFilter(service_id=other.service.id),
            v1.SlotFilter(location_id=other.location.id),
        ):
            with pytest.raises(NotFound):
                staff.call(lookup(practice, kind=kind, filter=filter))


@rows(
    ("therapist_ids", [], "therapist_ids"),
    ("therapist_ids", ["thr_1"], "therapist_ids[0]"),
    ("therapist_ids", [new_id("thr") for _ in range(1001)], "therapist_ids"),
    ("kind", 0, "kind"),
    ("kind", 3, "kind"),
    ("until_ms", 0, "until_ms"),
    ("until_ms", now_ms() + 400 * DAY_MS, "until_ms"),
    ("from_ms", now_ms() + 300 * DAY_MS, "until_ms"),
    ("filter.therapist_ids", [new_id("thr")], "filter.therapist_ids"),
    ("filter.service_id", "svc_1", "filter.service_id"),
    ("filter.mode", 7, "filter.mode"),
)
def test_wrong_fields(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, lookup(practice), row)


def test_days_are_62_at_most(staff: Connection, practice: Practice) -> None:
    begin = now_ms()
    request = lookup(practice, kind=DAYS, from_ms=begin, until_ms=begin + 62 * DAY_MS)
    assert len(staff.call(request).days[0].availability) in (62, 63, 64)
    refuse(staff, request, ("until_ms", begin + 63 * DAY_MS, "until_ms"))


def test_each_therapist_once_and_all_faults_at_once(staff: Connection, practice: Practice) -> None:
    request = lookup(practice, practice, kind=0, until_ms=-1)
    request.filter.therapist_ids.append("x")
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == ["therapist_ids[1]", "kind", "until_ms", "filter.therapist_ids"]


def test_a_range_without_a_whole_minute_holds_no_start(
    staff: Connection, practice: Practice
) -> None:
    start = practice.at(3, "09:00")
    for begin, end in ((start - MINUTE_MS + 1, start - 1), (start + 1, start + 2)):
        request = lookup(practice, from_ms=begin, until_ms=end)
        assert firsts(staff.call(request)) == [(0, "")]
        assert not practice.free(staff, begin, end)
        request.kind = DAYS
        (days,) = staff.call(request).days
        assert days.first_date == (today("Europe/Rome") + timedelta(days=3)).isoformat()
        assert (list(days.availability), list(days.free_starts)) == ([BUSY], [0])


def test_a_day_is_counted_from_its_first_minute_asked_for(
    staff: Connection, practice: Practice
) -> None:
    start = practice.at(3, "16:00")
    for begin, count in ((start, 1), (start + 1, 0)):
        request = lookup(practice, kind=DAYS, from_ms=begin, until_ms=practice.at(4, "00:00"))
        (days,) = staff.call(request).days
        assert list(days.free_starts) == [count]
        assert list(days.availability) == [FREE if count else BUSY]
