"""Missing and malformed fields: each is named by its path, all of them at once, in order."""

import contract as v1
import pytest
from client import Connection, InvalidArgument
from fieldrows import LONG, NOT_A_ZONE, TOO_MANY, Row, refuse, rows, within
from practice import (
    DAY_MS,
    MINUTE_MS,
    Practice,
    new_id,
    now_ms,
    open_practice,
    registration,
    timestamp,
)
from server import Server


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


@pytest.fixture(scope="module")
def booked(server: Server, practice: Practice) -> str:
    with server.connect() as connection:
        return practice.book(connection, practice.at(3, "10:00")).id


@rows(
    ("until_ms", 0, "until_ms"),
    ("until_ms", -1, "until_ms"),
    ("until_ms", now_ms() + 400 * DAY_MS, "until_ms"),
    ("from_ms", now_ms() + 300 * DAY_MS, "until_ms"),
    ("page_size", -1, "page_size"),
    ("filter.therapist_ids", ["nonsense"], "filter.therapist_ids[0]"),
    ("filter.therapist_ids", [new_id("thr"), ""], "filter.therapist_ids[1]"),
    ("filter.therapist_ids", [new_id("thr") for _ in range(1001)], "filter.therapist_ids"),
    ("filter.service_id", "svc_1", "filter.service_id"),
    ("filter.location_id", new_id("thr"), "filter.location_id"),
    ("filter.mode", 7, "filter.mode"),
    (
        "filter.price_min",
        v1.Money(minor_units=1),
        "filter.price_min.currency|filter.price_min",
    ),
    (
        "filter.price_max",
        v1.Money(minor_units=1, currency="euro"),
        "filter.price_max.currency",
    ),
)
def test_slots_search(staff: Connection, row: Row) -> None:
    request = v1.SlotsSearchRequest(from_ms=now_ms(), until_ms=now_ms() + DAY_MS)
    refuse(staff, request, row)


def test_slots_search_before_1970(staff: Connection) -> None:
    request = v1.SlotsSearchRequest(until_ms=DAY_MS)
    refuse(staff, request, ("from_ms", -1, "from_ms"))


@rows(
    ("therapist_id", "", "therapist_id"),
    ("therapist_id", "thr_", "therapist_id"),
    ("service_id", "", "service_id"),
    ("service_id", new_id("thr"), "service_id"),
    ("location_id", "", "location_id"),
    ("location_id", "Studio", "location_id"),
    ("room_id", "room_1", "room_id"),
    ("start_ms", 0, "start_ms"),
    ("start_ms", now_ms() // MINUTE_MS * MINUTE_MS + 1, "start_ms"),
    ("start_ms", now_ms() // MINUTE_MS * MINUTE_MS + 1000, "start_ms"),
    ("client_id", "anna", "client_id"),
)
def test_slots_check(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, practice.check(practice.at(4, "10:00")), row)


CONSENTLESS = v1.Consent(version="2026-05")
FUTURE = v1.Consent(version="2026-05", accept_time=timestamp(now_ms() + DAY_MS))
VERSIONLESS = v1.Consent(accept_time=timestamp(now_ms() - DAY_MS))

PERSON: list[Row] = [
    ("client_id", "cli_!", "client_id"),
    ("name", "", "name"),
    ("name", LONG, "name"),
    ("email", "", "email"),
    ("email", "anna", "email"),
    ("email", "anna@bianchi@example.org", "email"),
    ("email", "a" * 250 + "@example.org", "email"),
    ("phone", "", "phone"),
    ("phone", "0612345678", "phone"),
    ("phone", "+39 06 12345678", "phone"),
    ("phone", "+1234567890123456", "phone"),
    ("language", "", "language"),
    ("language", "Italian, please", "language"),
    ("time_zone", "", "time_zone"),
    ("time_zone", NOT_A_ZONE, "time_zone"),
    ("time_zone", "../../etc/passwd", "time_zone"),
    ("terms", None, "terms"),
    ("terms", VERSIONLESS, "terms.version"),
    ("terms.version", "x" * 65, "terms.version"),
    ("terms", CONSENTLESS, "terms.accept_time"),
    ("terms", FUTURE, "terms.accept_time"),
    ("data_processing", None, "data_processing"),
    ("data_processing", VERSIONLESS, "data_processing.version"),
    ("data_processing", FUTURE, "data_processing.accept_time"),
]


@rows(
    ("therapist_id", "", "therapist_id"),
    ("therapist_id", "maria", "therapist_id"),
    ("service_id", "", "service_id"),
    ("location_id", "", "location_id"),
    ("room_id", new_id("loc"), "room_id"),
    ("start_ms", 0, "start_ms"),
    ("start_ms", -MINUTE_MS, "start_ms"),
    ("start_ms", now_ms() // MINUTE_MS * MINUTE_MS + 30_000, "start_ms"),
    ("new_client", None, "client|client_id"),
    ("client_id", "", "client_id|client"),
    ("client_id", "cli_x", "client_id"),
    ("appointment_id", "apt_1", "appointment_id"),
    ("appointment_id", new_id("cli"), "appointment_id"),
    ("appointment_id", "apt_" + "U" * 26, "appointment_id"),
    *within("new_client", PERSON),
)
def test_appointments_book(staff: Connection, practice: Practice, row: Row) -> None:
    request = practice.booking(practice.at(4, "10:00"))
    refuse(staff, request, row)
    request.validate_only = True
    refuse(staff, request, row)


@rows(
    ("appointment_id", "", "appointment_id"),
    ("appointment_id", "nonsense", "appointment_id"),
)
def test_appointments_get(staff: Connection, booked: str, row: Row) -> None:
    refuse(staff, v1.AppointmentsGetRequest(appointment_id=booked), row)


@rows(
    ("appointment_id", "", "appointment_id"),
    ("appointment_id", "apt_?", "appointment_id"),
    ("version", -1, "version"),
    ("reason", "x" * 1001, "reason"),
)
def test_appointments_cancel(staff: Connection, booked: str, row: Row) -> None:
    refuse(staff, v1.AppointmentsCancelRequest(appointment_id=booked), row)


@rows(
    ("therapist_id", "nonsense", "therapist_id"),
    ("client_id", "nonsense", "client_id"),
    ("page_size", -1, "page_size"),
    ("states", [v1.APPOINTMENT_STATE_SCHEDULED, 99], "states[1]"),
    ("from_ms", -1, "from_ms"),
    ("until_ms", -1, "until_ms"),
)
def test_appointments_list(staff: Connection, row: Row) -> None:
    refuse(staff, v1.AppointmentsListRequest(), row)


@rows(
    ("therapist_id", "nonsense", "therapist_id"),
    *within("client", PERSON),
)
def test_clients_register(staff: Connection, row: Row) -> None:
    refuse(staff, v1.ClientsRegisterRequest(client=registration()), row)


@rows(("client_id", "", "client_id"), ("client_id", "anna", "client_id"))
def test_clients_get(staff: Connection, row: Row) -> None:
    refuse(staff, v1.ClientsGetRequest(), row)


@rows(("therapist_id", "nonsense", "therapist_id"), ("page_size", -1, "page_size"))
def test_clients_list(staff: Connection, row: Row) -> None:
    refuse(staff, v1.ClientsListRequest(), row)


def test_every_wrong_field_is_named_in_the_order_of_the_request(
    staff: Connection, practice: Practice
) -> None:
    person = registration(name="", email="anna", phone="1", time_zone=NOT_A_ZONE)
    person.data_processing.version = ""
    request = practice.booking(practice.at(4, "10:00") + 1, new_client=person)
    request.therapist_id, request.appointment_id = "", "apt_1"
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == [
        "therapist_id",
        "start_ms",
        "new_client.name",
        "new_client.email",
        "new_client.phone",
        "new_client.time_zone",
        "new_client.data_processing.version",
        "appointment_id",
    ]


def test_a_description_says_what_was_expected_and_what_came(
    staff: Connection, practice: Practice
) -> None:
    therapist = v1.Therapist()
    therapist.CopyFrom(practice.therapist)
    therapist.id, therapist.time_zone = "", NOT_A_ZONE
    with pytest.raises(InvalidArgument) as refused:
        staff.call(v1.DirectoryCreateTherapistRequest(therapist=therapist))
    (violation,) = refused.value.status.bad_request.field_violations
    assert NOT_A_ZONE in violation.description
    assert "IANA" in violation.description


def test_the_longest_that_is_allowed_is_allowed(staff: Connection) -> None:
    practice = open_practice(
        staff,
        therapist={
            "display_name": "è" * 200,
            "languages": [f"{a}{b}" for a in "defghij" for b in "abcdefgh"][:50],
            "specialities": TOO_MANY[:50],
            "insurers": TOO_MANY[:50],
        },
        service={"name": "ż" * 200, "kind": "x" * 64, "duration_minutes": 5},
    )
    longest = open_practice(staff, hours=("09:00", "33:00"), service={"duration_minutes": 720})
    assert longest.free_on(staff, 3)
    person = registration(
        name="ș" * 200, email="a" * 242 + "@example.org", phone="+123456789012345"
    )
    booked = practice.book(staff, practice.at(3, "10:00"), new_client=person)
    reason = "ü" * 1000
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id, reason=reason)
    assert staff.call(request).appointment.cancel_reason == reason
