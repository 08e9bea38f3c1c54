"""Lists come in pages, and a page's token belongs to its query."""

from collections.abc import Callable

import contract as v1
import pytest
from client import Connection, InvalidArgument, NotFound, as_client, as_therapist
from google.protobuf.message import Message
from practice import Practice, new_id, online, open_practice, register

Items = Callable[[Message], list[Message]]


def pages(connection: Connection, request: Message, items: Items) -> list[list[Message]]:
    """All pages of a list."""
    got: list[list[Message]] = []
    while True:
        page = connection.call(request)
        got.append(items(page))
        if not page.next_page_token:
            return got
        assert items(page), "an empty page that is not the last"
        request.page_token = page.next_page_token


def test_lists_are_paged_by_id(partner: Connection) -> None:
    place = partner.call(v1.DirectoryCreateLocationRequest(location=online())).location
    practices = [open_practice(partner, location=place) for _ in range(5)]
    for _ in range(4):
        partner.call(v1.DirectoryCreateLocationRequest(location=online()))
    clients = [register(partner) for _ in range(5)]
    lists: list[tuple[Message, Items, list[str]]] = [
        (
            v1.DirectoryListTherapistsRequest(),
            lambda page: [each.id for each in page.therapists],
            [each.therapist.id for each in practices],
        ),
        (
            v1.DirectoryListServicesRequest(),
            lambda page: [each.id for each in page.services],
            [each.service.id for each in practices],
        ),
        (
            v1.DirectoryListSchedulesRequest(),
            lambda page: [each.therapist_id for each in page.schedules],
            [each.therapist.id for each in practices],
        ),
        (v1.ClientsListRequest(), lambda page: [each.id for each in page.clients], clients),
        (v1.DirectoryListLocationsRequest(), lambda page: [each.id for each in page.locations], []),
    ]
    for request, items, expected in lists:
        everything = items(partner.call(request))
        assert len(everything) == 5 and everything == sorted(everything)
        assert not expected or everything == sorted(expected)
        request.page_size = 2
        assert pages(partner, request, items) == [
            everything[0:2],
            everything[2:4],
            everything[4:],
        ]
        request.page_token, request.page_size = "", 5
        assert sum(pages(partner, request, items), []) == everything
        request.page_token, request.page_size = "", 1_000_000
        assert pages(partner, request, items) == [everything]


def test_services_are_listed_by_therapist(partner: Connection) -> None:
    first, second = open_practice(partner), open_practice(partner)
    request = v1.DirectoryListServicesRequest(therapist_id=second.therapist.id)
    assert list(partner.call(request).services) == [second.service]
    assert first.service in partner.call(v1.DirectoryListServicesRequest()).services


def test_the_usual_page_is_50(partner: Connection) -> None:
    for _ in range(51):
        partner.call(v1.DirectoryCreateLocationRequest(location=online()))
    found = partner.call(v1.DirectoryListLocationsRequest())
    assert len(found.locations) == 50 and found.next_page_token


def booked_practice(staff: Connection) -> Practice:
    practice = open_practice(staff)
    client = register(staff)
    for days in (3, 4, 5, 6, 7):
        practice.book(staff, practice.at(days, "10:00"), client)
    return practice


def test_appointments_are_paged_in_order_of_time(staff: Connection) -> None:  # B-12
    practice = booked_practice(staff)
    request = v1.AppointmentsListRequest(therapist_id=practice.therapist.id, page_size=2)
    got = pages(staff, request, lambda page: list(page.appointments))
    assert [len(page) for page in got] == [2, 2, 1]
    found = [each.start_time.ToMilliseconds() for each in sum(got, [])]
    assert found == [practice.at(days, "10:00") for days in (3, 4, 5, 6, 7)]


def test_a_page_is_a_position_not_a_count(staff: Connection) -> None:
    practice = booked_practice(staff)
    request = v1.AppointmentsListRequest(therapist_id=practice.therapist.id, page_size=2)
    first = staff.call(request)
    practice.book(staff, practice.at(2, "10:00"))  # before the position: shifts every count
    request.page_token = first.next_page_token
    rest = pages(staff, request, lambda page: list(page.appointments))
    assert [each.start_time.ToMilliseconds() for each in sum(rest, [])] == [
        practice.at(days, "10:00") for days in (5, 6, 7)
    ]


def test_a_token_belongs_to_its_query(staff: Connection) -> None:
    practice = booked_practice(staff)
    other = open_practice(staff)
    mine = practice.therapist.id
    listing = v1.AppointmentsListRequest(therapist_id=mine, page_size=2)
    token = staff.call(listing).next_page_token
    search = practice.search(0, practice.at(9, "00:00"), page_size=2)
    found = staff.call(search).next_page_token
    assert token and found

    elsewhere = practice.search(0, practice.at(9, "00:00"), page_size=2, page_token=found)
    elsewhere.filter.therapist_ids[0] = other.therapist.id
    for request in (
        v1.AppointmentsListRequest(therapist_id=other.therapist.id, page_size=2, page_token=token),
        v1.AppointmentsListRequest(
            therapist_id=mine, from_ms=practice.at(4, "00:00"), page_size=2, page_token=token
        ),
        v1.AppointmentsListRequest(
            therapist_id=mine,
            states=[v1.APPOINTMENT_STATE_SCHEDULED],
            page_size=2,
            page_token=token,
        ),
        v1.AppointmentsListRequest(therapist_id=mine, page_size=2, page_token=found),
        v1.ClientsListRequest(therapist_id=mine, page_size=2, page_token=token),
        v1.DirectoryListTherapistsRequest(page_size=2, page_token=token),
        practice.search(0, practice.at(9, "00:00"), page_size=2, page_token=token),
        practice.search(0, practice.at(8, "00:00"), page_size=2, page_token=found),
        elsewhere,
    ):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(request)
        assert refused.value.fields == ["page_token"], request


@pytest.mark.parametrize("token", ["x", "AAAA", "%%%", "é", "0" * 10_000])
def test_a_made_up_token_is_refused(staff: Connection, token: str) -> None:
    until = 4_000_000_000_000
    for request in (
        v1.AppointmentsListRequest(page_token=token),
        v1.ClientsListRequest(page_token=token),
        v1.DirectoryListTherapistsRequest(page_token=token),
        v1.DirectoryListLocationsRequest(page_token=token),
        v1.DirectoryListServicesRequest(page_token=token),
        v1.DirectoryListSchedulesRequest(page_token=token),
        v1.SlotsSearchRequest(from_ms=until - 1000, until_ms=until, page_token=token),
    ):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(request)
        assert refused.value.fields == ["page_token"], request


def test_appointments_are_listed_by_therapy(staff: Connection) -> None:  # B-12
    practice, other = open_practice(staff), open_practice(staff)
    client = register(staff)
    mine = [practice.book(staff, practice.at(days, "10:00"), client) for days in (3, 4, 5)]
    practice.book(staff, practice.at(3, "12:00"))
    theirs = other.book(staff, other.at(3, "14:00"), client)
    listing = v1.TherapiesListRequest(therapist_id=practice.therapist.id, client_id=client)
    (therapy,) = staff.call(listing).therapies
    actors = None, as_client(client), as_therapist(practice.therapist.id)
    for actor in actors:
        request = v1.AppointmentsListRequest(therapy_id=therapy.id)
        assert list(staff.call(request, actor=actor).appointments) == mine
    request = v1.AppointmentsListRequest(therapy_id=therapy.id, page_size=2)
    got = pages(staff, request, lambda page: list(page.appointments))
    assert [len(page) for page in got] == [2, 1] and sum(got, []) == mine

    request = v1.AppointmentsListRequest(
        therapy_id=therapy.id,
        from_ms=practice.at(4, "00:00"),
        until_ms=practice.at(5, "00:00"),
        states=[v1.APPOINTMENT_STATE_SCHEDULED],
    )
    assert list(staff.call(request).appointments) == [mine[1]]
    # Conditions that exclude each other leave nothing.
    excluding = v1.AppointmentsListRequest(
        therapy_id=therapy.id, therapist_id=other.therapist.id
    )
    assert not staff.call(excluding).appointments
    for stranger in (as_therapist(other.therapist.id), as_client(register(staff))):
        with pytest.raises(NotFound):
            staff.call(v1.AppointmentsListRequest(therapy_id=therapy.id), actor=stranger)
    everything = v1.AppointmentsListRequest(client_id=client)
    assert list(staff.call(everything, actor=actors[1]).appointments) == sorted(
        [*mine, theirs], key=lambda each: each.start_time.ToMilliseconds()
    )


def test_what_stands_is_listed_alone_and_with_other_conditions(staff: Connection) -> None:  # B-12
    practice = booked_practice(staff)
    therapist = practice.therapist.id
    listing = v1.AppointmentsListRequest(therapist_id=therapist)
    booked = list(staff.call(listing).appointments)
    staff.call(v1.AppointmentsCancelRequest(appointment_id=booked[1].id))
    standing = [booked[0], *booked[2:]]
    active = v1.AppointmentsListRequest(therapist_id=therapist, active=True)
    for actor in (None, as_therapist(therapist)):
        assert list(staff.call(active, actor=actor).appointments) == standing
    active.page_size = 3
    got = pages(staff, active, lambda page: list(page.appointments))
    assert [len(page) for page in got] == [3, 1] and sum(got, []) == standing
    active.page_token = ""
    active.states.append(v1.APPOINTMENT_STATE_SCHEDULED)
    active.from_ms = practice.at(5, "00:00")
    assert list(staff.call(active).appointments) == booked[2:]
    active.states[0] = v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST
    active.from_ms = 0
    assert not staff.call(active).appointments
    active.active = False
    assert [each.id for each in staff.call(active).appointments] == [booked[1].id]


def test_a_series_that_is_not_there_lists_nothing(staff: Connection) -> None:  # B-12
    request = v1.AppointmentsListRequest(series_id=new_id("srs"))
    with pytest.raises(NotFound):
        staff.call(request)
