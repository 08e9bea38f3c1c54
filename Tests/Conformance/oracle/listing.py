"""Which starts are free (S-1, S-11): every minute of the hours is put to the verdict."""

from collections.abc import Iterator
from datetime import date, timedelta

import contract as v1
from oracle.clocks import MINUTE_MS, edge, local_day
from oracle.hours import Stretch, days, open_hours
from oracle.practice import Practice
from oracle.verdict import Wish, can_be_booked, is_off_grid

# therapist, service, location
Group = tuple[str, str, str]


def groups(practice: Practice, wanted: v1.SlotFilter) -> list[Group]:
    """What a filter asks for, ordered by the ids."""
    ids = set(wanted.therapist_ids) or set(practice.therapists)
    return sorted(
        (service.therapist_id, service.id, location_id)
        for service in practice.services.values()
        for location_id in service.location_ids
        if service.therapist_id in ids
        and matches_therapist(practice.therapists[service.therapist_id], wanted)
        and matches_service(service, wanted)
        and matches_location(practice.locations[location_id], wanted)
    )


def matches_therapist(therapist: v1.Therapist, wanted: v1.SlotFilter) -> bool:
    return (
        wanted.language in ("", *therapist.languages)
        and wanted.speciality in ("", *therapist.specialities)
        and wanted.insurer in ("", *therapist.insurers)
    )


def matches_service(service: v1.Service, wanted: v1.SlotFilter) -> bool:
    price = service.price
    prices = [each for each in ("price_min", "price_max") if wanted.HasField(each)]
    return (
        wanted.service_id in ("", service.id)
        and wanted.service_kind in ("", service.kind)
        and wanted.mode in (v1.SESSION_MODE_UNSPECIFIED, service.mode)
        and all(getattr(wanted, each).currency == price.currency for each in prices)
        and ("price_min" not in prices or wanted.price_min.minor_units <= price.minor_units)
        and ("price_max" not in prices or price.minor_units <= wanted.price_max.minor_units)
    )


def matches_location(location: v1.Location, wanted: v1.SlotFilter) -> bool:
    return wanted.location_id in ("", location.id) and wanted.city in ("", location.city)


def free_starts(
    practice: Practice, group: Group, from_ms: int, until_ms: int, role: int, now_ms: int
) -> Iterator[int]:
    """The starts of one group that could be booked by nobody in particular, in any room."""
    therapist_id, service_id, location_id = group
    schedule, zone = practice.schedules[therapist_id], practice.therapists[therapist_id].time_zone
    grid_minutes = practice.grid_minutes(practice.services[service_id])
    from_ms = -(-max(from_ms, now_ms) // MINUTE_MS) * MINUTE_MS
    for begins, ends in open_hours(schedule, zone, [location_id], from_ms, until_ms):
        for start_ms in range(max(begins, from_ms), min(ends, until_ms), MINUTE_MS):
            if is_off_grid(zone, grid_minutes, start_ms):
                continue
            request = v1.SlotsCheckRequest(therapist_id=therapist_id, service_id=service_id)
            request.location_id, request.start_ms = location_id, start_ms
            if can_be_booked(Wish(practice, request, role), now_ms):
                yield start_ms


def found(
    practice: Practice, request: v1.SlotsSearchRequest, role: int, now_ms: int
) -> list[tuple[int, Group]]:
    """All free starts of a search, in order of time, then of the groups."""
    return sorted(
        (start_ms, group)
        for group in groups(practice, request.filter)
        for start_ms in free_starts(
            practice, group, request.from_ms, request.until_ms, role, now_ms
        )
    )


def first_free(
    practice: Practice, request: v1.SlotsBatchLookupRequest, role: int, now_ms: int
) -> list[tuple[int, Group] | None]:
    """The first of each therapist, ties by service and location."""
    firsts: list[tuple[int, Group] | None] = []
    for therapist_id in request.therapist_ids:
        starts = (
            (start_ms, group)
            for group in lookup_groups(practice, request, therapist_id)
            for start_ms in free_starts(
                practice, group, request.from_ms, request.until_ms, role, now_ms
            )
        )
        firsts.append(min(starts, default=None))
    return firsts


def lookup_groups(
    practice: Practice, request: v1.SlotsBatchLookupRequest, therapist_id: str
) -> list[Group]:
    wanted = v1.SlotFilter()
    wanted.CopyFrom(request.filter)
    wanted.therapist_ids[:] = [therapist_id]
    return groups(practice, wanted)


def days_of(
    practice: Practice,
    request: v1.SlotsBatchLookupRequest,
    therapist_id: str,
    role: int,
    now_ms: int,
) -> v1.TherapistDays:
    """What each day is like, from the one that holds `from_ms` to the one of the last minute."""
    zone = practice.therapists[therapist_id].time_zone
    from_ms = request.from_ms or now_ms
    first, last = (
        local_day(zone, from_ms),
        local_day(zone, (request.until_ms - 1) // MINUTE_MS * MINUTE_MS),
    )
    theirs = lookup_groups(practice, request, therapist_id)
    free = {
        start_ms
        for group in theirs
        for start_ms in free_starts(practice, group, from_ms, request.until_ms, role, now_ms)
    }
    result = v1.TherapistDays(therapist_id=therapist_id, time_zone=zone, first_date=str(first))
    hours = open_hours(
        practice.schedules[therapist_id],
        zone,
        sorted({location_id for _, _, location_id in theirs}),
        edge(zone, first, 0),
        edge(zone, last + timedelta(days=1), 0),
    )
    for day in days(first, last):
        count = sum(local_day(zone, start_ms) == day for start_ms in free)
        result.free_starts.append(count)
        result.availability.append(day_availability(zone, day, hours, count))
    return result


def day_availability(zone: str, day: date, hours: list[Stretch], count: int) -> int:
    begins, ends = edge(zone, day, 0), edge(zone, day + timedelta(days=1), 0)
    if count:
        return v1.DAY_AVAILABILITY_FREE
    is_open = any(opens < ends and begins < closes for opens, closes in hours)
    return v1.DAY_AVAILABILITY_BUSY if is_open else v1.DAY_AVAILABILITY_CLOSED
