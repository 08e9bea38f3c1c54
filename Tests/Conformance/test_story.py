"""A practice opens, someone books, someone else comes too late, a plan changes."""

from pathlib import Path
from typing import Any

import contract as v1
import pytest
from client import AlreadyExists, Connection, FailedPrecondition, NotFound, as_client, as_therapist
from conftest import StartServer
from google.protobuf.message import Message
from practice import MINUTE_MS, Practice, now_ms, open_practice, register, registration
from seduta.wire.v1 import status_pb2 as status


@pytest.fixture
def practice(staff: Connection) -> Practice:
    return open_practice(staff)


def test_the_server_says_what_it_is(staff: Connection) -> None:
    assert staff.welcome.version == 1
    assert staff.welcome.server_version
    assert staff.welcome.limits.frame_bytes_max == 4 * 1024 * 1024
    assert staff.welcome.limits.calls_in_flight_max == 1024
    assert staff.welcome.limits.idle_ms_max > 0

    health = staff.call(v1.HealthCheckRequest())
    assert health.status == v1.SERVING_STATUS_SERVING
    assert health.server_version == staff.welcome.server_version
    assert abs(health.server_time.ToMilliseconds() - now_ms()) < 5_000


def test_health_counts_the_partners_own_therapists(partner: Connection) -> None:
    assert partner.call(v1.HealthCheckRequest()).therapists == 0
    open_practice(partner)
    assert partner.call(v1.HealthCheckRequest()).therapists == 1


def test_a_new_practice_shows_its_slots(staff: Connection, practice: Practice) -> None:  # S-1 S-3
    # 50 minutes on a grid of 30, from 9 to 17: the last that ends in time begins at 16:00.
    expected = [f"{hour:02}:{minute}" for hour in range(9, 17) for minute in ("00", "30")][:-1]
    assert practice.free_on(staff, 3) == expected

    found = staff.call(practice.search(practice.at(3, "00:00"), practice.at(4, "00:00")))
    (group,) = found.groups
    assert (group.therapist_id, group.service_id, group.location_id) == (
        practice.therapist.id,
        practice.service.id,
        practice.location.id,
    )
    assert group.mode == v1.SESSION_MODE_IN_PERSON
    assert group.price == v1.Money(minor_units=7000, currency="EUR")
    assert group.duration_minutes == 50
    assert group.time_zone == "Europe/Rome"
    assert list(found.start_ms) == list(found.group_index) == []


def test_starts_in_the_past_are_never_listed(staff: Connection, practice: Practice) -> None:  # S-1
    found = practice.free(staff, practice.at(-7, "00:00"), practice.at(2, "00:00"))
    assert found and min(found) >= now_ms() - MINUTE_MS
    assert practice.at(-1, "10:00") not in found


def test_search_starts_now_unless_told_otherwise(staff: Connection, practice: Practice) -> None:
    until = practice.at(2, "00:00")
    assert practice.free(staff, 0, until) == practice.free(staff, now_ms(), until)


def test_a_new_client_books_and_the_slot_is_gone(staff: Connection, practice: Practice) -> None:
    # B-1 B-2
    start = practice.at(3, "10:00")
    person = registration("Lucia Ferrari")
    before = now_ms()
    booked = practice.book(staff, start, new_client=person)

    assert booked.id.startswith("apt_") and len(booked.id) == 4 + 26
    assert booked.therapist_id == practice.therapist.id
    assert booked.service_id == practice.service.id
    assert booked.location_id == practice.location.id
    assert booked.room_id == practice.rooms[0]
    assert booked.start_time.ToMilliseconds() == start
    assert booked.end_time.ToMilliseconds() == start + 50 * MINUTE_MS
    assert booked.time_zone == "Europe/Rome"
    assert booked.state == v1.APPOINTMENT_STATE_SCHEDULED
    assert booked.payment_status == v1.PAYMENT_STATUS_DUE
    assert booked.payment_plan == v1.PAYMENT_PLAN_ON_SITE
    assert booked.price == practice.service.price
    assert booked.version == 1
    assert before <= booked.create_time.ToMilliseconds() <= now_ms()
    assert booked.update_time == booked.create_time
    assert booked.cancel_reason == ""

    # 9:30 would run into it, and 10:30 begins before it ends.
    free = practice.free_on(staff, 3)
    assert not {"09:30", "10:00", "10:30"} & set(free)
    assert {"09:00", "11:00"} <= set(free)

    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == booked
    client = staff.call(v1.ClientsGetRequest(client_id=booked.client_id)).client
    assert (client.name, client.email, client.phone) == (person.name, person.email, person.phone)
    assert (client.language, client.time_zone) == (person.language, person.time_zone)
    assert (client.terms, client.data_processing) == (person.terms, person.data_processing)
    assert client.version == 1
    listed = staff.call(v1.ClientsListRequest(therapist_id=practice.therapist.id))
    assert [each.id for each in listed.clients] == [client.id]


def test_a_free_session_is_not_due(staff: Connection) -> None:  # P-1
    price = v1.Money(minor_units=0, currency="EUR")
    service = {"payment_plan": v1.PAYMENT_PLAN_FREE, "price": price}
    practice = open_practice(staff, service=service)
    booked = practice.book(staff, practice.at(3, "10:00"))
    assert booked.payment_status == v1.PAYMENT_STATUS_NONE
    assert booked.payment_plan == v1.PAYMENT_PLAN_FREE


def test_the_second_is_told_exactly_why(staff: Connection, practice: Practice) -> None:
    # S-4 S-5 A-7
    start = practice.at(3, "10:00")
    first = practice.book(staff, start)
    with pytest.raises(AlreadyExists) as refused:
        practice.book(staff, start)

    assert refused.value.kinds == [
        status.DISCREPANCY_KIND_THERAPIST_BUSY,
        status.DISCREPANCY_KIND_ROOM_BUSY,
    ]
    busy, room = refused.value.status.conflicts.discrepancies
    collision = status.Collision(
        appointment_id=first.id,
        start_ms=start,
        end_ms=start + 50 * MINUTE_MS,
        resource_id=practice.therapist.id,
    )
    assert list(busy.collisions) == [collision]
    collision.resource_id = practice.rooms[0]
    assert list(room.collisions) == [collision]
    assert busy.message and room.message

    checked = staff.call(practice.check(start))
    assert not checked.bookable and checked.room_id == ""
    assert checked.conflicts == refused.value.status.conflicts

    alternatives = refused.value.alternatives
    assert len(alternatives) == 3 and alternatives == sorted(set(alternatives))
    assert {practice.at(3, "09:00"), practice.at(3, "11:00")} <= set(alternatives)
    for alternative in alternatives:
        assert staff.call(practice.check(alternative)).bookable
    assert practice.book(staff, alternatives[0]).state == v1.APPOINTMENT_STATE_SCHEDULED


def test_a_refused_booking_registers_nobody(staff: Connection, practice: Practice) -> None:  # B-2
    practice.book(staff, practice.at(3, "10:00"))
    person = registration("Paolo Neri")
    with pytest.raises(AlreadyExists):
        practice.book(staff, practice.at(3, "10:00"), new_client=person)
    listed = staff.call(v1.ClientsListRequest(therapist_id=practice.therapist.id))
    assert person.email not in [each.email for each in listed.clients]


def test_cancelling_frees_the_slot(staff: Connection, practice: Practice) -> None:
    booked = practice.book(staff, practice.at(3, "10:00"))
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id, reason="influenza")
    cancelled = staff.call(request).appointment

    assert cancelled.state == v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST
    assert cancelled.version == 2
    assert cancelled.cancel_reason == "influenza"
    assert cancelled.create_time == booked.create_time
    assert cancelled.update_time.ToMilliseconds() >= booked.update_time.ToMilliseconds()
    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == cancelled
    assert "10:00" in practice.free_on(staff, 3)
    assert staff.call(practice.check(practice.at(3, "10:00"))).bookable

    again = practice.book(staff, practice.at(3, "10:00"))
    assert again.id != booked.id


def test_who_cancels_decides_the_state(staff: Connection, practice: Practice) -> None:  # A-1 A-5
    first = practice.book(staff, practice.at(3, "10:00"))
    request = v1.AppointmentsCancelRequest(appointment_id=first.id)
    cancelled = staff.call(request, actor=as_client(first.client_id)).appointment
    assert cancelled.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT

    second = practice.book(staff, practice.at(3, "10:00"))
    request = v1.AppointmentsCancelRequest(appointment_id=second.id)
    cancelled = staff.call(request, actor=as_therapist(practice.therapist.id)).appointment
    assert cancelled.state == v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST


def test_what_is_cancelled_cannot_be_cancelled_again(
    staff: Connection, practice: Practice
) -> None:
    booked = practice.book(staff, practice.at(3, "10:00"))
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id)
    staff.call(request, actor=as_client(booked.client_id))
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(request)
    assert refused.value.status.error_info.metadata["state"] == "CANCELLED_BY_CLIENT"
    (violation,) = refused.value.status.precondition_failure.violations
    assert violation.subject == booked.id
    assert violation.type == "APPOINTMENT_STATE"
    assert violation.description


def test_a_client_books_for_themself(staff: Connection, practice: Practice) -> None:  # B-1
    client_id = register(staff)
    start = practice.at(3, "10:00")
    booked = practice.book(staff, start, client_id, actor=as_client(client_id))
    assert booked.client_id == client_id
    got = staff.call(
        v1.AppointmentsGetRequest(appointment_id=booked.id), actor=as_client(client_id)
    )
    assert got.appointment == booked


def test_the_caller_may_choose_the_ids(staff: Connection, practice: Practice) -> None:
    like = practice.book(staff, practice.at(3, "10:00"))
    # The same form, another number: the last character changed.
    chosen = like.id[:-1] + ("0" if like.id[-1] != "0" else "1")
    client_id = like.client_id[:-1] + ("0" if like.client_id[-1] != "0" else "1")
    person = registration(client_id=client_id)
    booked = practice.book(staff, practice.at(3, "11:00"), new_client=person, appointment_id=chosen)
    assert (booked.id, booked.client_id) == (chosen, client_id)

    with pytest.raises(AlreadyExists) as refused:
        practice.book(staff, practice.at(3, "12:00"), client_id, appointment_id=chosen)
    assert not refused.value.status.HasField("conflicts")
    with pytest.raises(AlreadyExists):
        practice.book(staff, practice.at(3, "12:00"), new_client=registration(client_id=client_id))
    with pytest.raises(AlreadyExists):
        register(staff, client_id=client_id)


def test_appointments_are_listed_in_order_of_time(
    staff: Connection, practice: Practice
) -> None:  # B-12
    anna = register(staff)
    late = practice.book(staff, practice.at(5, "10:00"), anna)
    early = practice.book(staff, practice.at(3, "10:00"), anna)
    other = practice.book(staff, practice.at(4, "10:00"))
    staff.call(v1.AppointmentsCancelRequest(appointment_id=other.id))

    def listed(**which: Any) -> list[str]:
        found = staff.call(v1.AppointmentsListRequest(**which))
        return [each.id for each in found.appointments]

    mine = practice.therapist.id
    assert listed(therapist_id=mine) == [early.id, other.id, late.id]
    assert listed(client_id=anna) == [early.id, late.id]
    assert listed(therapist_id=mine, client_id=anna) == [early.id, late.id]
    scheduled = v1.APPOINTMENT_STATE_SCHEDULED
    cancelled = v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST
    assert listed(therapist_id=mine, states=[scheduled]) == [early.id, late.id]
    assert listed(therapist_id=mine, states=[cancelled]) == [other.id]
    assert listed(therapist_id=mine, states=[cancelled, scheduled]) == [
        early.id,
        other.id,
        late.id,
    ]
    # A range is half-open: what ends at its beginning, or starts at its end, is not in it.
    start = early.start_time.ToMilliseconds()
    end = early.end_time.ToMilliseconds()
    assert listed(therapist_id=mine, until_ms=start) == []
    assert listed(therapist_id=mine, until_ms=start + 1) == [early.id]
    assert listed(therapist_id=mine, from_ms=end - 1) == [early.id, other.id, late.id]
    assert listed(therapist_id=mine, from_ms=end) == [other.id, late.id]
    assert listed(client_id=anna, from_ms=end, until_ms=practice.at(5, "10:00")) == []


def test_a_client_is_registered_without_a_booking(
    staff: Connection, practice: Practice
) -> None:  # B-2
    request = v1.ClientsRegisterRequest(
        client=registration("Marta Villa"), therapist_id=practice.therapist.id
    )
    client = staff.call(request).client
    assert client.id.startswith("cli_") and client.version == 1
    assert staff.call(v1.ClientsGetRequest(client_id=client.id)).client == client
    listed = staff.call(v1.ClientsListRequest(therapist_id=practice.therapist.id))
    assert list(listed.clients) == [client]


def test_what_does_not_exist_is_not_found(staff: Connection, practice: Practice) -> None:
    booked = practice.book(staff, practice.at(3, "10:00"))

    def other(known: str) -> str:
        return known[:-3] + ("000" if known[-3:] != "000" else "001")

    absent: list[Message] = [
        v1.AppointmentsGetRequest(appointment_id=other(booked.id)),
        v1.AppointmentsCancelRequest(appointment_id=other(booked.id)),
        v1.AppointmentsListRequest(therapist_id=other(practice.therapist.id)),
        v1.AppointmentsListRequest(client_id=other(booked.client_id)),
        v1.ClientsGetRequest(client_id=other(booked.client_id)),
        v1.ClientsListRequest(therapist_id=other(practice.therapist.id)),
        v1.DirectoryGetTherapistRequest(therapist_id=other(practice.therapist.id)),
        v1.DirectoryGetLocationRequest(location_id=other(practice.location.id)),
        v1.DirectoryGetServiceRequest(service_id=other(practice.service.id)),
        v1.DirectoryGetScheduleRequest(therapist_id=other(practice.therapist.id)),
    ]
    for field, known in [
        ("therapist_id", practice.therapist.id),
        ("service_id", practice.service.id),
        ("location_id", practice.location.id),
        ("room_id", practice.rooms[0]),
        ("client_id", booked.client_id),
    ]:
        start = practice.at(4, "10:00")
        for question in (practice.check(start), practice.booking(start, booked.client_id)):
            setattr(question, field, other(known))
            absent.append(question)
    for name in ("service_id", "location_id"):
        search = practice.search(0, practice.at(4, "10:00"))
        setattr(search.filter, name, other(getattr(practice.booking(0), name)))
        absent.append(search)
    search = practice.search(0, practice.at(4, "10:00"))
    search.filter.therapist_ids[0] = other(practice.therapist.id)
    absent.append(search)

    for request in absent:
        with pytest.raises(NotFound) as refused:
            staff.call(request)
        assert refused.value.status.message, request
        assert not refused.value.status.HasField("conflicts"), request


def test_a_server_shows_its_key_once(start_server: StartServer) -> None:
    server = start_server()
    file = server.data_dir / "key"
    assert file.read_text().strip() == server.key
    assert file.stat().st_mode & 0o777 == 0o600
    assert (server.data_dir / "seduta.sqlite").exists()
    with server.connect() as connection:
        practice = open_practice(connection)
    key = server.key
    assert server.stop() == 0

    server.start()
    assert key not in server.printed
    assert key.rpartition("_")[2] not in server.log.read_text()
    assert key.rpartition("_")[2].encode() not in (server.data_dir / "seduta.sqlite").read_bytes()
    with server.connect(key) as connection:
        assert len(practice.free_on(connection, 3)) == 15


def test_the_port_can_be_read_from_a_file(start_server: StartServer, tmp_path: Path) -> None:
    file = tmp_path / "port"
    server = start_server("--port-file", str(file))
    assert int(file.read_text()) == server.port
