"""Therapies: who is in care with whom, since when, and with which setting."""

import contract as v1
import pytest
from client import Aborted, Connection, NotFound, PermissionDenied, as_client, as_therapist
from practice import now_ms, open_practice, register
from sandboxes import audit
from test_lists import pages


def of(connection: Connection, **whose: str) -> list[v1.Therapy]:
    return list(connection.call(v1.TherapiesListRequest(**whose)).therapies)


def test_a_therapy_begins_with_the_first_booking_or_by_registration(
    staff: Connection,
) -> None:  # B-2
    practice = open_practice(staff)
    therapist = practice.therapist.id
    assert of(staff, therapist_id=therapist) == []
    booked = practice.book(staff, practice.at(3, "10:00"))
    (begun,) = of(staff, therapist_id=therapist)
    assert begun.id.startswith("tpy_") and begun.version == 1 and not begun.self_booking
    assert (begun.therapist_id, begun.client_id) == (therapist, booked.client_id)
    assert abs(begun.create_time.ToMilliseconds() - now_ms()) < 60_000
    practice.book(staff, practice.at(4, "10:00"), booked.client_id)
    assert of(staff, therapist_id=therapist) == [begun]

    joined = v1.ClientsRegisterRequest(therapist_id=therapist)
    joined.client.CopyFrom(practice.booking(1).new_client)
    client = staff.call(joined).client.id
    assert [each.client_id for each in of(staff, therapist_id=therapist)] == [
        booked.client_id,
        client,
    ]
    assert of(staff, client_id=register(staff)) == []


def test_therapies_are_read_and_listed_by_those_who_are_in_them(staff: Connection) -> None:
    mine, other = open_practice(staff), open_practice(staff)
    booked = mine.book(staff, mine.at(3, "10:00"))
    other.book(staff, other.at(4, "10:00"), booked.client_id)
    mine.book(staff, mine.at(5, "10:00"))
    client, therapist = as_client(booked.client_id), as_therapist(mine.therapist.id)
    both = v1.TherapiesListRequest(
        therapist_id=mine.therapist.id, client_id=booked.client_id
    )
    (shared,) = staff.call(both).therapies
    for actor in (client, therapist):
        assert list(staff.call(both, actor=actor).therapies) == [shared]
        request = v1.TherapiesGetRequest(therapy_id=shared.id)
        assert staff.call(request, actor=actor).therapy == shared
        assert staff.call(request, actor=actor).summary.upcoming == 1
    hers = v1.TherapiesListRequest(client_id=booked.client_id)
    assert len(staff.call(hers, actor=client).therapies) == 2
    assert len(staff.call(v1.TherapiesListRequest(therapist_id=mine.therapist.id)).therapies) == 2

    strangers = as_therapist(other.therapist.id), as_client(register(staff))
    for actor in strangers:
        with pytest.raises(NotFound):
            staff.call(v1.TherapiesGetRequest(therapy_id=shared.id), actor=actor)
        with pytest.raises(PermissionDenied):
            staff.call(both, actor=actor)
    for actor in (client, therapist):
        with pytest.raises(PermissionDenied):
            staff.call(v1.TherapiesListRequest(), actor=actor)


def test_therapies_are_paged_by_id(staff: Connection) -> None:
    practice = open_practice(staff)
    for days in range(2, 7):
        practice.book(staff, practice.at(days, "10:00"))
    request = v1.TherapiesListRequest(therapist_id=practice.therapist.id, page_size=2)
    got = pages(staff, request, lambda page: [each.id for each in page.therapies])
    assert [len(page) for page in got] == [2, 2, 1]
    assert sum(got, []) == sorted(each.id for each in of(staff, therapist_id=practice.therapist.id))


def test_self_booking_is_set_with_the_version_seen(staff: Connection) -> None:  # B-7, B-14
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    (begun,) = of(staff, client_id=booked.client_id)
    setting = v1.TherapiesUpdateRequest(therapy_id=begun.id, version=1, self_booking=True)
    changed = staff.call(setting, actor=as_therapist(practice.therapist.id)).therapy
    assert changed.self_booking and changed.version == 2
    assert of(staff, client_id=booked.client_id) == [changed]
    with pytest.raises(Aborted) as stale:
        staff.call(setting)
    assert stale.value.reason == "STALE_VERSION"
    with pytest.raises(PermissionDenied):
        staff.call(setting, actor=as_client(booked.client_id))
    events = audit(staff, subject_id=begun.id)
    assert [(each.kind, each.subject_version, each.related_id) for each in events] == [
        ("THERAPY_BEGUN", 1, booked.client_id),
        ("THERAPY_CHANGED", 2, booked.client_id),
    ]
    assert events[1].actor_id == practice.therapist.id
