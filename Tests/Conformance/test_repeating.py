"""Double submission is harmless, stale versions are refused, and a dry run does nothing."""

from typing import Any

import contract as v1
import pytest
from client import Aborted, AlreadyExists, Connection, InvalidArgument, NotFound, refusal
from google.protobuf.message import Message
from practice import Practice, open_practice, register, registration
from seduta.wire.v1 import frames_pb2 as wire
from server import Server


@pytest.fixture
def practice(staff: Connection) -> Practice:
    return open_practice(staff)


def raw(connection: Connection, request: Message, key: str) -> wire.Reply:
    """The reply as it came, without the call's id."""
    reply = connection.reply(connection.begin(request, key=key))
    reply.ClearField("call_id")
    return reply


def test_a_repeated_booking_gets_the_first_answer(staff: Connection, practice: Practice) -> None:
    # B-13
    request = practice.booking(practice.at(3, "10:00"))
    first = raw(staff, request, "booking-1" + practice.therapist.id)
    again = raw(staff, request, "booking-1" + practice.therapist.id)
    assert not first.HasField("status")
    assert again == first

    found = staff.call(v1.AppointmentsListRequest(therapist_id=practice.therapist.id))
    assert len(found.appointments) == 1
    clients = staff.call(v1.ClientsListRequest(therapist_id=practice.therapist.id))
    assert len(clients.clients) == 1


def test_a_repeated_booking_is_answered_on_another_connection(
    staff: Connection, server: Server, practice: Practice
) -> None:  # B-13
    request = practice.booking(practice.at(3, "10:00"))
    key = "reconnected" + practice.therapist.id
    first = raw(staff, request, key)
    with server.connect() as other:
        assert raw(other, request, key) == first


def test_a_repeated_refusal_is_the_same_refusal(staff: Connection, practice: Practice) -> None:
    # B-13
    start = practice.at(3, "10:00")
    blocker = practice.book(staff, start)
    request = practice.booking(start)
    key = "refused" + practice.therapist.id
    first = raw(staff, request, key)
    assert isinstance(refusal(first.status), AlreadyExists)

    # The slot is free again, but this question was answered.
    staff.call(v1.AppointmentsCancelRequest(appointment_id=blocker.id))
    assert raw(staff, request, key) == first
    assert staff.call(request).appointment.start_time.ToMilliseconds() == start


def test_a_key_is_no_claim_on_a_slot(staff: Connection, practice: Practice) -> None:  # B-13
    start = practice.at(3, "10:00")
    request = practice.booking(start)
    key = "no-claim" + practice.therapist.id
    first = raw(staff, request, key)
    booked = v1.AppointmentsBookResponse.FromString(first.message).appointment
    staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    other = practice.book(staff, start)
    # The first answer again, as it was then; what it tells of is cancelled now.
    assert raw(staff, request, key) == first
    assert other.id != booked.id


def test_a_key_with_other_content_is_refused(staff: Connection, practice: Practice) -> None:
    # B-13
    key = "reused" + practice.therapist.id
    staff.call(practice.booking(practice.at(3, "10:00")), key=key)
    with pytest.raises(InvalidArgument) as refused:
        staff.call(practice.booking(practice.at(3, "12:00")), key=key)
    assert "idempotency" in refused.value.status.message.lower()
    assert "12:00" in practice.free_on(staff, 3)


def test_keys_are_kept_by_method_and_by_partner(
    staff: Connection, partner: Connection, practice: Practice
) -> None:  # B-13
    key = "shared" + practice.therapist.id
    booked = staff.call(practice.booking(practice.at(3, "10:00")), key=key).appointment
    cancel = v1.AppointmentsCancelRequest(appointment_id=booked.id)
    assert staff.call(cancel, key=key).appointment.version == 2
    elsewhere = open_practice(partner)
    theirs = partner.call(elsewhere.booking(elsewhere.at(3, "10:00")), key=key).appointment
    assert theirs.therapist_id == elsewhere.therapist.id


def test_copies_in_flight_at_once_are_one_booking(staff: Connection, practice: Practice) -> None:
    # B-13
    request = practice.booking(practice.at(3, "10:00"))
    key = "copies" + practice.therapist.id
    frames = [staff.frame(request, key=key) for _ in range(20)]
    staff.send(*frames)
    replies = staff.replies(frame.call.call_id for frame in frames)
    assert all(not reply.HasField("status") for reply in replies)
    assert len({reply.message for reply in replies}) == 1


@pytest.mark.parametrize("repeat", ["cancel", "register", "create", "update", "schedule", "import"])
def test_every_writing_call_can_be_repeated(
    staff: Connection, practice: Practice, repeat: str
) -> None:  # B-13
    booked = practice.book(staff, practice.at(3, "10:00"))
    renamed = v1.Therapist()
    renamed.CopyFrom(practice.therapist)
    renamed.display_name = "Dr. Maria Rossi Conti"
    requests: dict[str, Any] = {
        "cancel": v1.AppointmentsCancelRequest(appointment_id=booked.id, version=1),
        "register": v1.ClientsRegisterRequest(client=registration()),
        "create": v1.DirectoryCreateLocationRequest(location=practice.location),
        "update": v1.DirectoryUpdateTherapistRequest(therapist=renamed),
        "schedule": v1.DirectoryUpdateScheduleRequest(
            schedule=v1.Schedule(therapist_id=practice.therapist.id, version=2)
        ),
        "import": v1.DirectoryImportRequest(therapists=[renamed]),
    }
    request = requests[repeat]
    if repeat == "create":
        request.location.ClearField("id")
        for room in request.location.rooms:
            room.ClearField("id")
    key = repeat + practice.therapist.id
    first = raw(staff, request, key)
    assert not first.HasField("status"), first
    assert raw(staff, request, key) == first


def test_a_write_needs_a_key(staff: Connection, practice: Practice) -> None:  # B-13
    for key in ("", "k" * 129):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(practice.booking(practice.at(3, "10:00")), key=key)
        assert "idempotency" in refused.value.status.message.lower()
    assert "10:00" in practice.free_on(staff, 3)
    longest = (practice.therapist.id + "k" * 128)[:128]
    staff.call(practice.booking(practice.at(3, "10:00")), key=longest)


def test_a_stale_version_is_refused(staff: Connection, practice: Practice) -> None:  # B-14
    booked = practice.book(staff, practice.at(3, "10:00"))
    stale = v1.AppointmentsCancelRequest(appointment_id=booked.id, version=booked.version + 1)
    with pytest.raises(Aborted):
        staff.call(stale)
    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == booked
    seen = v1.AppointmentsCancelRequest(appointment_id=booked.id, version=booked.version)
    assert staff.call(seen).appointment.version == 2


def test_two_who_saw_the_same_cannot_both_change_it(staff: Connection, practice: Practice) -> None:
    # B-14
    first = v1.DirectoryUpdateTherapistRequest(therapist=practice.therapist)
    first.therapist.display_name = "Dr. Rossi"
    second = v1.DirectoryUpdateTherapistRequest(therapist=practice.therapist)
    second.therapist.display_name = "Maria Rossi"
    assert staff.call(first).therapist.version == 2
    with pytest.raises(Aborted):
        staff.call(second)
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id))
    assert got.therapist.display_name == "Dr. Rossi"


def test_a_dry_run_books_nothing(staff: Connection, practice: Practice) -> None:  # S-5
    person = registration()
    request = practice.booking(practice.at(3, "10:00"), new_client=person, validate_only=True)
    would = staff.call(request, key="").appointment
    assert would.state == v1.APPOINTMENT_STATE_SCHEDULED
    assert would.start_time.ToMilliseconds() == request.start_ms
    assert would.room_id == practice.rooms[0]
    assert would.price == practice.service.price

    assert "10:00" in practice.free_on(staff, 3)
    mine = practice.therapist.id
    assert not staff.call(v1.AppointmentsListRequest(therapist_id=mine)).appointments
    assert not staff.call(v1.ClientsListRequest(therapist_id=mine)).clients
    request.validate_only = False
    assert staff.call(request).appointment.version == 1


def test_a_dry_run_keeps_no_key(staff: Connection, practice: Practice) -> None:  # S-5 B-13
    request = practice.booking(practice.at(3, "10:00"), validate_only=True)
    key = "dry" + practice.therapist.id
    staff.call(request, key=key)
    request.validate_only = False
    booked = staff.call(request, key=key).appointment
    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == booked


def test_a_dry_run_cancels_nothing(staff: Connection, practice: Practice) -> None:  # S-5
    booked = practice.book(staff, practice.at(3, "10:00"))
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id, validate_only=True)
    would = staff.call(request, key="").appointment
    assert would.state == v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST
    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == booked
    request.version = 7
    with pytest.raises(Aborted):
        staff.call(request, key="")
    request.appointment_id = register(staff).replace("cli_", "apt_")
    with pytest.raises(NotFound):
        staff.call(request, key="")
