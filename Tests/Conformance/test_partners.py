"""None sees another partner's data; keys have scopes, and actors touch only what is theirs."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import contract as v1
import pytest
from client import (
    Connection,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    Refused,
    as_client,
    as_therapist,
)
from conftest import KeyRing, NewPartner
from google.protobuf.message import Message
from practice import Practice, closed, open_practice, register, registration
from seduta.wire.v1 import frames_pb2 as wire
from server import Server


def text_of(
    connection: Connection,
    request: Message,
    *ids: str,
    refused_as: type[Refused] | tuple[type[Refused], ...] = NotFound,
    **options: Any,
) -> str:
    """The whole refusal of a call, without the ids that were asked for."""
    with pytest.raises(refused_as) as refused:
        connection.call(request, **options)
    text = str(refused.value.status)
    for each in ids:
        text = text.replace(each, "ID")
    return text


def changed(known: str) -> str:
    """An id that nobody has."""
    return known[:-3] + ("000" if known[-3:] != "000" else "001")


def test_anothers_ids_are_told_apart_from_none_by_nothing(
    staff: Connection, partner: Connection
) -> None:
    theirs = open_practice(staff)
    booked = theirs.book(staff, theirs.at(3, "10:00"))
    mine = open_practice(partner)
    client = register(partner)
    start = mine.at(3, "10:00")

    def masked(kind: type[Message], field: str) -> Callable[[str], Message]:
        def make(id: str) -> Message:
            request = kind()
            resource = getattr(request, field)
            resource.CopyFrom(getattr(mine, field))
            resource.id = id
            return request

        return make

    def book(**changes: str) -> v1.AppointmentsBookRequest:
        request = mine.booking(start, client)
        for field, value in changes.items():
            setattr(request, field, value)
        return request

    def check(**changes: str) -> v1.SlotsCheckRequest:
        request = mine.check(start)
        for field, value in changes.items():
            setattr(request, field, value)
        return request

    def search(**conditions: Any) -> v1.SlotsSearchRequest:
        return v1.SlotsSearchRequest(
            from_ms=start, until_ms=start + 1, filter=v1.SlotFilter(**conditions)
        )

    def adding(id: str) -> v1.DirectoryAddScheduleExceptionsRequest:
        request = mine.adding(closed(mine.day(3)))
        request.therapist_id = id
        return request

    def removing(id: str) -> v1.DirectoryRemoveScheduleExceptionsRequest:
        request = mine.removing(mine.therapist.id.replace("thr_", "exc_"))
        request.therapist_id = id
        return request

    therapist, location, service = theirs.therapist.id, theirs.location.id, theirs.service.id
    room, person = theirs.rooms[0], booked.client_id
    asked: list[tuple[str, Callable[[str], Message]]] = [
        (booked.id, lambda id: v1.AppointmentsGetRequest(appointment_id=id)),
        (booked.id, lambda id: v1.AppointmentsCancelRequest(appointment_id=id)),
        (
            booked.id,
            lambda id: v1.AppointmentsCancelRequest(appointment_id=id, validate_only=True),
        ),
        (therapist, lambda id: v1.AppointmentsListRequest(therapist_id=id)),
        (person, lambda id: v1.AppointmentsListRequest(client_id=id)),
        (person, lambda id: v1.ClientsGetRequest(client_id=id)),
        (therapist, lambda id: v1.ClientsListRequest(therapist_id=id)),
        (
            therapist,
            lambda id: v1.ClientsRegisterRequest(client=registration(), therapist_id=id),
        ),
        (therapist, lambda id: book(therapist_id=id)),
        (service, lambda id: book(service_id=id)),
        (location, lambda id: book(location_id=id)),
        (room, lambda id: book(room_id=id)),
        (person, lambda id: book(client_id=id)),
        (therapist, lambda id: check(therapist_id=id)),
        (service, lambda id: check(service_id=id)),
        (location, lambda id: check(location_id=id)),
        (room, lambda id: check(room_id=id)),
        (person, lambda id: check(client_id=id)),
        (therapist, lambda id: search(therapist_ids=[id])),
        (therapist, lambda id: search(therapist_ids=[mine.therapist.id, id])),
        (service, lambda id: search(service_id=id)),
        (location, lambda id: search(location_id=id)),
        (therapist, lambda id: v1.DirectoryGetTherapistRequest(therapist_id=id)),
        (location, lambda id: v1.DirectoryGetLocationRequest(location_id=id)),
        (service, lambda id: v1.DirectoryGetServiceRequest(service_id=id)),
        (therapist, lambda id: v1.DirectoryGetScheduleRequest(therapist_id=id)),
        (therapist, masked(v1.DirectoryUpdateTherapistRequest, "therapist")),
        (location, masked(v1.DirectoryUpdateLocationRequest, "location")),
        (service, masked(v1.DirectoryUpdateServiceRequest, "service")),
        (
            therapist,
            lambda id: v1.DirectoryUpdateScheduleRequest(schedule=v1.Schedule(therapist_id=id)),
        ),
        (therapist, adding),
        (therapist, removing),
    ]
    for known, request in asked:
        absent = changed(known)
        assert text_of(partner, request(known), known) == text_of(
            partner, request(absent), absent
        ), request(known)

    assert staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id)).appointment == booked


def test_anothers_ids_cannot_be_taken_over(staff: Connection, partner: Connection) -> None:
    theirs = open_practice(staff)
    renamed = v1.Therapist()
    renamed.CopyFrom(theirs.therapist)
    renamed.display_name = "Mine now"
    renamed.ClearField("location_ids")
    for request in (
        v1.DirectoryImportRequest(therapists=[renamed]),
        v1.DirectoryCreateTherapistRequest(therapist=renamed),
    ):
        with suppress(Refused):  # refused, or a therapist of one's own under the same id
            partner.call(request)
        got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=theirs.therapist.id))
        assert got.therapist == theirs.therapist
    assert len(theirs.free_on(staff, 3)) == 15


def test_anothers_data_is_in_no_list(staff: Connection, partner: Connection) -> None:
    theirs = open_practice(staff)
    theirs.book(staff, theirs.at(3, "10:00"))
    assert not partner.call(v1.AppointmentsListRequest()).appointments
    assert not partner.call(v1.ClientsListRequest()).clients
    assert not partner.call(v1.DirectoryListTherapistsRequest()).therapists
    assert not partner.call(v1.DirectoryListLocationsRequest()).locations
    assert not partner.call(v1.DirectoryListServicesRequest()).services
    assert not partner.call(v1.DirectoryListSchedulesRequest()).schedules
    found = partner.call(v1.SlotsSearchRequest(until_ms=theirs.at(4, "00:00")))
    assert not found.groups and not found.start_ms


def test_partners_may_choose_the_same_times_and_clients(
    staff: Connection, partner: Connection
) -> None:
    mine, theirs = open_practice(partner), open_practice(staff)
    person = registration("Anna Bianchi")
    for connection, practice in ((partner, mine), (staff, theirs)):
        practice.book(connection, practice.at(3, "10:00"), new_client=person)


def test_a_key_of_the_same_partner_sees_the_same(
    server: Server, keys: KeyRing, staff: Connection
) -> None:
    practice = open_practice(staff)
    with server.connect(keys.reader) as reader:
        got = reader.call(v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id))
        assert got.therapist == practice.therapist


def requests_by_scope(practice: Practice) -> dict[str, list[Message]]:
    start = practice.at(3, "10:00")
    therapist = practice.therapist.id
    apt = practice.service.id.replace("svc_", "apt_")
    return {
        "read": [
            practice.search(start, start + 1),
            practice.check(start),
            v1.AppointmentsGetRequest(appointment_id=apt),
            v1.AppointmentsListRequest(),
            v1.ClientsGetRequest(client_id=apt.replace("apt_", "cli_")),
            v1.ClientsListRequest(),
            v1.DirectoryGetTherapistRequest(therapist_id=therapist),
            v1.DirectoryListTherapistsRequest(),
            v1.DirectoryGetLocationRequest(location_id=practice.location.id),
            v1.DirectoryListLocationsRequest(),
            v1.DirectoryGetServiceRequest(service_id=practice.service.id),
            v1.DirectoryListServicesRequest(),
            v1.DirectoryGetScheduleRequest(therapist_id=therapist),
            v1.DirectoryListSchedulesRequest(),
            v1.DirectoryListPublicHolidaysRequest(
                calendar="IT", first_date="2026-12-25", last_date="2026-12-25"
            ),
            v1.DirectoryGetPolicyRequest(),
        ],
        "book": [
            practice.booking(start),
            v1.AppointmentsCancelRequest(appointment_id=apt),
            v1.AppointmentsCancelRequest(appointment_id=apt, validate_only=True),
            v1.ClientsRegisterRequest(client=registration()),
        ],
        "manage": [
            v1.DirectoryCreateTherapistRequest(therapist=practice.therapist),
            v1.DirectoryUpdateTherapistRequest(therapist=practice.therapist),
            v1.DirectoryCreateLocationRequest(location=practice.location),
            v1.DirectoryUpdateLocationRequest(location=practice.location),
            v1.DirectoryCreateServiceRequest(service=practice.service),
            v1.DirectoryUpdateServiceRequest(service=practice.service),
            v1.DirectoryUpdateScheduleRequest(schedule=v1.Schedule(therapist_id=therapist)),
            practice.adding(closed(practice.day(3))),
            practice.adding(closed(practice.day(3)), validate_only=True),
            practice.removing(therapist.replace("thr_", "exc_")),
            v1.DirectoryUpdatePolicyRequest(policy=v1.Policy()),
            v1.DirectoryImportRequest(therapists=[practice.therapist]),
        ],
    }


@pytest.mark.parametrize("scope", ["read", "book", "manage"])
def test_a_scope_allows_its_methods_and_no_others(
    staff: Connection, new_partner: NewPartner, scope: str
) -> None:  # E-2
    """Whether something exists is not told before it is known whether the call is allowed."""
    scoped = new_partner(scope)
    assert scoped.call(v1.HealthCheckRequest()).status == v1.SERVING_STATUS_SERVING
    for needed, requests in requests_by_scope(open_practice(staff)).items():
        for request in requests:
            try:
                scoped.call(request)
            except PermissionDenied as refused:
                assert needed != scope, request
                assert refused.status.message
            except Refused:
                assert needed == scope, request
            else:
                assert needed == scope, request


def test_a_client_touches_only_what_is_theirs(staff: Connection) -> None:
    practice = open_practice(staff)
    anna, berta = register(staff), register(staff)
    hers = practice.book(staff, practice.at(3, "10:00"), berta)
    actor = as_client(anna)
    absent = changed(hers.id)
    for kind in (v1.AppointmentsGetRequest, v1.AppointmentsCancelRequest):
        known = text_of(staff, kind(appointment_id=hers.id), hers.id, actor=actor)
        assert known == text_of(staff, kind(appointment_id=absent), absent, actor=actor)
    assert staff.call(v1.AppointmentsGetRequest(appointment_id=hers.id)).appointment == hers

    mine = practice.book(staff, practice.at(3, "12:00"), anna)
    assert listed(staff, actor) <= {mine.id}
    for request in (
        v1.AppointmentsListRequest(client_id=berta),
        v1.ClientsGetRequest(client_id=berta),
        practice.booking(practice.at(4, "10:00"), berta),
    ):
        with pytest.raises(Refused) as refused:
            staff.call(request, actor=actor)
        assert isinstance(refused.value, NotFound | PermissionDenied), request
    assert staff.call(v1.ClientsGetRequest(client_id=anna), actor=actor).client.id == anna
    got = staff.call(v1.AppointmentsCancelRequest(appointment_id=mine.id), actor=actor)
    assert got.appointment.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT


def test_a_therapist_touches_only_what_is_theirs(staff: Connection) -> None:
    practice, other = open_practice(staff), open_practice(staff)
    theirs = other.book(staff, other.at(3, "10:00"))
    mine = practice.book(staff, practice.at(3, "10:00"))
    actor = as_therapist(practice.therapist.id)
    absent = changed(theirs.id)
    for kind in (v1.AppointmentsGetRequest, v1.AppointmentsCancelRequest):
        known = text_of(staff, kind(appointment_id=theirs.id), theirs.id, actor=actor)
        assert known == text_of(staff, kind(appointment_id=absent), absent, actor=actor)
    assert listed(staff, actor) <= {mine.id}
    for request in (
        other.booking(other.at(4, "10:00")),
        v1.AppointmentsListRequest(therapist_id=other.therapist.id),
        v1.DirectoryUpdateScheduleRequest(schedule=v1.Schedule(therapist_id=other.therapist.id)),
    ):
        with pytest.raises(Refused) as refused:
            staff.call(request, actor=actor)
        assert isinstance(refused.value, NotFound | PermissionDenied), request
    booked = practice.book(staff, practice.at(4, "10:00"), actor=actor)
    assert booked.therapist_id == practice.therapist.id


def test_a_check_tells_an_actor_of_nobody_else(staff: Connection) -> None:
    practice, other = open_practice(staff), open_practice(staff)
    start = practice.at(3, "10:00")
    mine, hers = register(staff), register(staff)
    for client, allowed in ((mine, True), ("", True), (hers, False)):
        check = practice.check(start)
        check.client_id = client
        if allowed:
            assert staff.call(check, actor=as_client(mine)).bookable
        else:
            with pytest.raises(PermissionDenied):
                staff.call(check, actor=as_client(mine))
    with pytest.raises(PermissionDenied):
        staff.call(other.check(start), actor=as_therapist(practice.therapist.id))


def listed(connection: Connection, actor: wire.Actor) -> set[str]:
    """What an actor sees who asks for everything."""
    try:
        found = connection.call(v1.AppointmentsListRequest(page_size=1000), actor=actor)
    except PermissionDenied:
        return set()
    return {each.id for each in found.appointments}


def test_a_client_does_not_keep_the_directory(staff: Connection) -> None:
    practice = open_practice(staff)
    client = register(staff)
    for request in requests_by_scope(practice)["manage"]:
        with pytest.raises(PermissionDenied):
            staff.call(request, actor=as_client(client))


def test_an_actor_has_an_id(staff: Connection) -> None:
    practice = open_practice(staff)
    wrong = [
        (wire.ACTOR_ROLE_THERAPIST, ""),
        (wire.ACTOR_ROLE_THERAPIST, "nonsense"),
        (wire.ACTOR_ROLE_THERAPIST, practice.location.id),
        (wire.ACTOR_ROLE_CLIENT, "nonsense"),
        (wire.ACTOR_ROLE_CLIENT, practice.location.id),
    ]
    for role, id in wrong:
        with pytest.raises(InvalidArgument) as refused:
            staff.call(practice.check(practice.at(3, "10:00")), actor=wire.Actor(role=role, id=id))
        assert refused.value.fields == ["actor.id"]
    unregistered = wire.Actor(role=wire.ACTOR_ROLE_CLIENT)
    assert staff.call(practice.check(practice.at(3, "10:00")), actor=unregistered).bookable
    named = wire.Actor(role=wire.ACTOR_ROLE_STAFF, id="front desk")
    assert staff.call(practice.check(practice.at(3, "10:00")), actor=named).bookable
