"""The signed link by which a client cancels without a login (A-5)."""

import contract as v1
import pytest
from client import (
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_link,
    as_therapist,
)
from conftest import StartServer
from practice import MINUTE_MS, now_ms, open_practice


def link(connection: Connection, booked: v1.Appointment) -> v1.AppointmentsGetCancelLinkResponse:
    return connection.call(v1.AppointmentsGetCancelLinkRequest(appointment_id=booked.id))


def cancelling(booked: v1.Appointment, validate_only: bool = False) -> v1.AppointmentsCancelRequest:
    return v1.AppointmentsCancelRequest(appointment_id=booked.id, validate_only=validate_only)


def test_whoever_has_the_link_sees_the_session_and_cancels_once(staff: Connection) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(2, "10:00"))
    made = link(staff, booked)
    assert made == link(staff, booked)
    assert made.token.startswith("lnk_") and made.expire_time == booked.start_time
    assert booked.id not in made.token
    holder = as_link(made.token)
    seen = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id), actor=holder)
    assert seen.appointment == booked
    quote = staff.call(cancelling(booked, validate_only=True), actor=holder)
    assert quote.appointment.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT
    done = staff.call(cancelling(booked), actor=holder)
    assert done.appointment.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT
    with pytest.raises(FailedPrecondition) as again:
        staff.call(cancelling(booked), actor=holder)
    assert again.value.reason == "LINK_USED"
    with pytest.raises(FailedPrecondition) as read:
        staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id), actor=holder)
    assert read.value.reason == "LINK_USED"
    assert read.value.status.error_info.metadata["state"] == "CANCELLED_BY_CLIENT"
    assert practice.book(staff, practice.at(2, "10:00")).id != booked.id


def test_a_link_is_for_one_appointment_of_one_partner(
    staff: Connection, partner: Connection
) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(2, "10:00"))
    other = practice.book(staff, practice.at(2, "11:00"))
    token = link(staff, booked).token
    assert token != link(staff, other).token
    for request in (v1.AppointmentsGetRequest(appointment_id=other.id), cancelling(other)):
        with pytest.raises(NotFound):
            staff.call(request, actor=as_link(token))
    with pytest.raises(NotFound) as elsewhere:
        partner.call(v1.AppointmentsGetRequest(appointment_id=booked.id), actor=as_link(token))
    assert elsewhere.value.status.error_info.metadata["field"] == "actor.id"
    with pytest.raises(NotFound):
        partner.call(v1.AppointmentsGetCancelLinkRequest(appointment_id=booked.id))


def test_a_link_that_nobody_made_leads_nowhere(staff: Connection) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(2, "10:00"))
    reading = v1.AppointmentsGetRequest(appointment_id=booked.id)
    token = link(staff, booked).token
    for position in range(len(token)):
        other = "A" if token[position] != "A" else "B"
        with pytest.raises(NotFound):
            staff.call(reading, actor=as_link(token[:position] + other + token[position + 1 :]))
    for wrong in ("", "lnk_", token[:-1], token + "A", booked.id, "x" * 100_000):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(reading, actor=as_link(wrong))
        assert refused.value.fields == ["actor.id"]


def test_a_link_serves_for_reading_and_cancelling_only(staff: Connection) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(2, "10:00"))
    holder = as_link(link(staff, booked).token)
    for request in (
        v1.AppointmentsJoinRequest(appointment_id=booked.id),
        v1.AppointmentsGetCancelLinkRequest(appointment_id=booked.id),
        v1.AppointmentsListRequest(client_id=booked.client_id),
        v1.ClientsGetRequest(client_id=booked.client_id),
        practice.booking(practice.at(2, "12:00"), booked.client_id),
        practice.search(practice.at(2, "09:00"), practice.at(2, "12:00")),
    ):
        with pytest.raises(PermissionDenied):
            staff.call(request, actor=holder)


def test_staff_only_make_links(staff: Connection) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(2, "10:00"))
    for actor in (as_client(booked.client_id), as_therapist(booked.therapist_id)):
        with pytest.raises(PermissionDenied):
            staff.call(
                v1.AppointmentsGetCancelLinkRequest(appointment_id=booked.id), actor=actor
            )


def test_a_link_expires_with_its_session(staff: Connection) -> None:
    practice = open_practice(staff, hours=("00:00", "24:00"), therapist={"grid_minutes": 5})
    begun = now_ms() // MINUTE_MS * MINUTE_MS - MINUTE_MS
    booked = practice.book(staff, begun, overrides=[3, 9, 1, 2])
    token = link(staff, booked).token
    for request in (v1.AppointmentsGetRequest(appointment_id=booked.id), cancelling(booked)):
        with pytest.raises(FailedPrecondition) as refused:
            staff.call(request, actor=as_link(token))
        assert refused.value.reason == "LINK_EXPIRED"


def test_links_outlive_a_restart_of_their_server(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as staff:
        practice = open_practice(staff)
        booked = practice.book(staff, practice.at(2, "10:00"))
        token = link(staff, booked).token
    assert server.stop() == 0
    server.start()
    with server.connect() as staff:
        assert link(staff, booked).token == token
        reading = v1.AppointmentsGetRequest(appointment_id=booked.id)
        assert staff.call(reading, actor=as_link(token)).appointment == booked
    with start_server().connect() as elsewhere, pytest.raises(NotFound):
        elsewhere.call(reading, actor=as_link(token))
