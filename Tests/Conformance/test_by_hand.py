"""A therapist adds appointments by hand, for clients they know and for new ones (B-3)."""

import contract as v1
import pytest
from client import AlreadyExists, Connection, InvalidArgument, PermissionDenied, as_therapist
from practice import open_practice, register, registration
from sandboxes import outbox
from seduta.wire.v1 import status_pb2 as status


def test_a_therapist_adds_a_session_for_a_client_they_have(staff: Connection) -> None:  # B-3
    practice = open_practice(staff)
    therapist = as_therapist(practice.therapist.id)
    known = practice.book(staff, practice.at(3, "10:00")).client_id
    # Where they like, once they say so.
    start = practice.at(3, "20:10")
    accepted = [
        status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
        status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
        status.DISCREPANCY_KIND_OFF_GRID,
    ]
    added = practice.book(staff, start, known, actor=therapist, overrides=accepted)
    assert (added.client_id, added.state) == (known, v1.APPOINTMENT_STATE_SCHEDULED)
    listing = v1.AppointmentsListRequest(therapist_id=practice.therapist.id, client_id=known)
    assert staff.call(listing, actor=therapist).appointments[-1] == added
    with pytest.raises(AlreadyExists):
        practice.book(staff, start, register(staff), actor=therapist, overrides=accepted)
    other = open_practice(staff)
    with pytest.raises(PermissionDenied):
        other.book(staff, other.at(3, "10:00"), known, actor=therapist)


def test_a_therapist_adds_a_session_for_someone_new(staff: Connection) -> None:  # B-3, B-2
    practice = open_practice(staff)
    therapist = as_therapist(practice.therapist.id)
    person = registration("Piotr Nowak", language="pl")
    start = practice.at(3, "10:00")
    for consent in ("terms", "data_processing"):
        without = registration("Piotr Nowak")
        without.ClearField(consent)
        with pytest.raises(InvalidArgument) as refused:
            practice.book(staff, start, new_client=without, actor=therapist)
        assert refused.value.fields == [f"new_client.{consent}"]
    assert not staff.call(v1.ClientsListRequest(therapist_id=practice.therapist.id)).clients

    added = practice.book(staff, start, new_client=person, actor=therapist)
    listing = v1.ClientsListRequest(therapist_id=practice.therapist.id)
    (client,) = staff.call(listing, actor=therapist).clients
    assert (client.id, client.name, client.language) == (added.client_id, "Piotr Nowak", "pl")
    assert (client.terms, client.data_processing) == (person.terms, person.data_processing)
    # The slot is taken, and both are told.
    assert "10:00" not in practice.free_on(staff, 3)
    told = outbox(staff, subject_id=added.id)
    assert {(each.kind, each.recipient_id) for each in told} == {
        ("BOOKING_CONFIRMED", client.id),
        ("BOOKING_CONFIRMED", practice.therapist.id),
    }
