"""Which recurring times are free, and that just those can be booked (B-8)."""

import contract as v1
import pytest
from client import Connection, NotFound, PermissionDenied, as_client, as_therapist
from practice import Practice, mornings, new_id, open_practice, register, weekly
from seriescalls import SKIP, creating, local, looking


def first_starts(found: v1.SeriesSearchResponse) -> list[str]:
    return [each.local_start for each in found.candidates]


def test_what_is_listed_can_be_booked_and_nothing_else(staff: Connection) -> None:  # B-8 S-5
    practice, client = mornings(staff), register(staff)
    practice.book(staff, practice.at(8, "10:00"))
    practice.book(staff, practice.at(16, "11:00"))
    practice.book(staff, practice.at(9, "11:00"))
    for misses in (0, 1, 2):
        request = looking(practice, 1, 4, "FREQ=WEEKLY;COUNT=4", misses_max=misses)
        found = {each.local_start: each for each in staff.call(request).candidates}
        for day in range(1, 4):
            for clock in ("08:00", "09:00", "10:00", "10:30", "11:00", "12:00"):
                start = local(practice, day, clock)
                report = staff.call(
                    creating(
                        practice, client, start, "FREQ=WEEKLY;COUNT=4", validate_only=True
                    ),
                    key="",
                )
                missed = [each.start_ms for each in report.occurrences if not each.bookable]
                assert (start in found) == (len(missed) <= misses), (start, missed)
                if start in found:
                    assert list(found[start].missed_start_ms) == missed
                    assert found[start].free == 4 - len(missed)
                    assert found[start].start_ms == report.occurrences[0].start_ms


def test_fewest_misses_come_first_then_the_earliest(staff: Connection) -> None:  # B-8
    practice = mornings(staff)
    practice.book(staff, practice.at(8, "09:00"))
    request = looking(practice, 1, 3, "FREQ=WEEKLY;COUNT=3", misses_max=1)
    found = staff.call(request)
    assert first_starts(found) == [
        local(practice, 1, "10:00"),
        local(practice, 1, "11:00"),
        local(practice, 2, "09:00"),
        local(practice, 2, "10:00"),
        local(practice, 2, "11:00"),
        local(practice, 1, "09:00"),
    ]
    request.page_size = 2
    assert first_starts(staff.call(request)) == first_starts(found)[:2]


def test_what_was_found_is_booked_with_its_misses_left_out(staff: Connection) -> None:  # B-8
    practice, client = mornings(staff), register(staff)
    for clock in ("09:00", "10:00", "11:00"):
        practice.book(staff, practice.at(8, clock))
    assert not staff.call(looking(practice, 1, 2)).candidates
    first, *_ = staff.call(looking(practice, 1, 2, misses_max=1)).candidates
    made = staff.call(
        creating(
            practice, client, first.local_start, "FREQ=WEEKLY;COUNT=10", conflict_mode=SKIP
        )
    )
    assert [each.start_ms for each in made.occurrences if not each.bookable] == list(
        first.missed_start_ms
    )
    assert first.local_start not in first_starts(staff.call(looking(practice, 1, 2)))


def test_a_client_has_to_be_free_too(staff: Connection) -> None:  # B-8 S-4
    practice, elsewhere, client = mornings(staff), mornings(staff), register(staff)
    elsewhere.book(staff, elsewhere.at(8, "10:00"), client)
    start = local(practice, 1, "10:00")
    assert start in first_starts(staff.call(looking(practice, 1, 2)))
    request = looking(practice, 1, 2, client_id=client)
    assert start not in first_starts(staff.call(request))
    request.misses_max = 1
    (missing,) = [each for each in staff.call(request).candidates if each.local_start == start]
    assert list(missing.missed_start_ms) == [practice.at(8, "10:00")]
    assert staff.call(request, actor=as_therapist(practice.therapist.id)).candidates
    for actor in (as_client(register(staff)), as_therapist(elsewhere.therapist.id)):
        with pytest.raises(PermissionDenied):
            staff.call(request, actor=actor)


def test_the_horizon_is_the_callers(staff: Connection) -> None:  # S-2
    practice, client = mornings(staff), register(staff)
    request = looking(practice, 1, 2, "FREQ=WEEKLY;COUNT=8")
    assert staff.call(request).candidates
    assert not staff.call(request, actor=as_client(client)).candidates
    request.misses_max = 4
    for candidate in staff.call(request, actor=as_client(client)).candidates:
        assert len(candidate.missed_start_ms) in (3, 4)


def test_each_location_has_its_own_times(staff: Connection) -> None:  # B-8 S-1
    practice = open_practice(staff)
    other = open_practice(staff)
    shared = [practice.location.id, other.location.id]
    practice.therapist.location_ids[:] = shared
    staff.call(v1.DirectoryUpdateTherapistRequest(therapist=practice.therapist))
    practice.service.location_ids[:] = shared
    practice.service.version = 0
    staff.call(v1.DirectoryUpdateServiceRequest(service=practice.service))
    windows = weekly(shared[0], "09:00", "10:00") + weekly(shared[1], "14:00", "15:00")
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    staff.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))
    found = staff.call(looking(practice, 1, 2)).candidates
    assert [(each.location_id, each.local_start) for each in found] == [
        (shared[0], local(practice, 1, "09:00")),
        (shared[1], local(practice, 1, "14:00")),
    ]
    only = staff.call(looking(practice, 1, 2, location_id=shared[1])).candidates
    assert [each.location_id for each in only] == [shared[1]]


def test_ids_that_name_nothing(staff: Connection, partner: Connection) -> None:
    practice: Practice = mornings(staff)
    for field, prefix in (
        ("therapist_id", "thr"), ("service_id", "svc"), ("location_id", "loc"), ("client_id", "cli")
    ):
        request = looking(practice, 1, 2)
        setattr(request, field, new_id(prefix))
        with pytest.raises(NotFound) as refused:
            staff.call(request)
        assert refused.value.status.error_info.metadata["field"] == field
    with pytest.raises(NotFound):
        partner.call(looking(practice, 1, 2))
