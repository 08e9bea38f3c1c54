"""Missing and malformed fields: each is named by its path, all of them at once, in order.

A row is: what is wrong, how to make it so, the path that the answer must name. Where the contract
leaves open which of two names a missing group goes by, the row has both, separated by a bar.
"""

from collections.abc import Callable

import pytest
from google.protobuf.message import Message

import contract as v1
from client import Connection, InvalidArgument
from practice import (
    DAY_MS,
    MINUTE_MS,
    Practice,
    new_id,
    now_ms,
    office,
    online,
    open_practice,
    registration,
    timestamp,
    weekly,
)
from server import Server

Row = tuple[str, object, str]  # path to set, value, path that is named

LONG = "x" * 201
NOT_A_ZONE = "Mars/Base"
TOO_MANY = [f"x{number}" for number in range(51)]


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


@pytest.fixture(scope="module")
def booked(server: Server, practice: Practice) -> str:
    with server.connect() as connection:
        return practice.book(connection, practice.at(3, "10:00")).id


def put(request: Message, path: str, value: object) -> None:
    """Sets a field by its path; None clears it."""
    *ways, last = path.split(".")
    message = request
    for way in ways:
        name, _, index = way.partition("[")
        message = getattr(message, name)
        if index:
            message = message[int(index[:-1])]
    name, _, index = last.partition("[")
    if index:
        getattr(message, name)[int(index[:-1])] = value
    elif value is None:
        message.ClearField(name)
    elif isinstance(value, list):
        message.ClearField(name)
        getattr(message, name).extend(value)
    elif isinstance(value, Message):
        getattr(message, name).CopyFrom(value)
    else:
        setattr(message, name, value)


def refuse(connection: Connection, request: Message, row: Row) -> None:
    path, value, expected = row
    put(request, path, value)
    with pytest.raises(InvalidArgument) as refused:
        connection.call(request)
    fields = refused.value.fields
    assert len(fields) == 1 and fields[0] in expected.split("|"), (fields, expected)
    assert refused.value.status.message
    for violation in refused.value.status.bad_request.field_violations:
        assert violation.description


def refuse_many(connection: Connection, request: Message, first: str) -> None:
    """Where one mistake may bring others along, the first that is named is the one."""
    with pytest.raises(InvalidArgument) as refused:
        connection.call(request)
    assert refused.value.fields[0].startswith(first), refused.value.fields


def rows(*table: Row) -> Callable[[Callable], Callable]:
    names = [path for path, _, _ in table]
    return pytest.mark.parametrize("row", table, ids=names)


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


def within(group: str, table: list[Row]) -> list[Row]:
    return [(f"{group}.{path}", value, f"{group}.{named}") for path, value, named in table]


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


THERAPIST: list[Row] = within(
    "therapist",
    [
        ("id", "thr_1", "id"),
        ("id", new_id("svc"), "id"),
        ("display_name", "", "display_name"),
        ("display_name", LONG, "display_name"),
        ("time_zone", "", "time_zone"),
        ("time_zone", NOT_A_ZONE, "time_zone"),
        ("languages", [], "languages"),
        ("languages", ["it", ""], "languages[1]"),
        ("languages", ["not a language"], "languages[0]"),
        ("languages", ["it"] * 51, "languages"),
        ("specialities", TOO_MANY, "specialities"),
        ("insurers", TOO_MANY, "insurers"),
        ("location_ids", ["nonsense"], "location_ids[0]"),
        ("location_ids", [new_id("loc") for _ in range(51)], "location_ids"),
        ("grid_minutes", 7, "grid_minutes"),
        ("grid_minutes", -5, "grid_minutes"),
        ("grid_minutes", 90, "grid_minutes"),
    ],
)


@rows(*THERAPIST)
def test_create_therapist(staff: Connection, practice: Practice, row: Row) -> None:
    therapist = v1.Therapist()
    therapist.CopyFrom(practice.therapist)
    therapist.ClearField("id")
    refuse(staff, v1.DirectoryCreateTherapistRequest(therapist=therapist), row)


@rows(
    ("therapist.id", "", "therapist.id"), ("therapist.version", -1, "therapist.version"), *THERAPIST
)
def test_update_therapist(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, v1.DirectoryUpdateTherapistRequest(therapist=practice.therapist), row)


@rows(
    ("location.id", "loc_1", "location.id"),
    ("location.name", "", "location.name"),
    ("location.name", LONG, "location.name"),
    ("location.address", "", "location.address"),
    ("location.city", "", "location.city"),
    ("location.rooms[0].name", "", "location.rooms[0].name"),
    ("location.rooms[0].name", LONG, "location.rooms[0].name"),
    ("location.rooms[0].id", "Stanza", "location.rooms[0].id"),
    ("location.rooms", [v1.Room(name=f"{each}") for each in range(101)], "location.rooms"),
)
def test_create_location_in_person(staff: Connection, row: Row) -> None:
    refuse(staff, v1.DirectoryCreateLocationRequest(location=office()), row)


@pytest.mark.parametrize("mode", [v1.SESSION_MODE_UNSPECIFIED, 9])
def test_create_location_of_no_mode(staff: Connection, mode: int) -> None:
    request = v1.DirectoryCreateLocationRequest(location=office())
    put(request, "location.mode", mode)
    refuse_many(staff, request, "location.mode")


@pytest.mark.parametrize(
    ("request_type", "first"),
    [
        (v1.DirectoryCreateTherapistRequest, "therapist"),
        (v1.DirectoryCreateLocationRequest, "location"),
        (v1.DirectoryCreateServiceRequest, "service"),
        (v1.DirectoryUpdateScheduleRequest, "schedule"),
        (v1.ClientsRegisterRequest, "client"),
        (v1.AppointmentsBookRequest, "therapist_id"),
        (v1.SlotsCheckRequest, "therapist_id"),
        (v1.SlotsSearchRequest, "until_ms"),
    ],
)
def test_an_empty_request(staff: Connection, request_type: type[Message], first: str) -> None:
    refuse_many(staff, request_type(), first)


@rows(
    ("location.address", "Via Roma 1", "location.address"),
    ("location.city", "Roma", "location.city"),
    ("location.rooms", [v1.Room(name="Stanza")], "location.rooms"),
)
def test_create_location_online(staff: Connection, row: Row) -> None:
    refuse(staff, v1.DirectoryCreateLocationRequest(location=online()), row)


@rows(
    ("service.id", "svc_1", "service.id"),
    ("service.therapist_id", "", "service.therapist_id"),
    ("service.therapist_id", "maria", "service.therapist_id"),
    ("service.name", "", "service.name"),
    ("service.name", LONG, "service.name"),
    ("service.kind", "", "service.kind"),
    ("service.kind", "x" * 65, "service.kind"),
    ("service.duration_minutes", 0, "service.duration_minutes"),
    ("service.duration_minutes", 4, "service.duration_minutes"),
    ("service.duration_minutes", 721, "service.duration_minutes"),
    ("service.duration_minutes", -50, "service.duration_minutes"),
    ("service.price", None, "service.price|service.price.currency"),
    ("service.price.minor_units", -1, "service.price.minor_units"),
    ("service.price.currency", "", "service.price.currency"),
    ("service.price.currency", "EURO", "service.price.currency"),
    ("service.price.currency", "eur", "service.price.currency"),
    ("service.mode", 0, "service.mode"),
    ("service.location_ids", [], "service.location_ids"),
    ("service.location_ids", ["nonsense"], "service.location_ids[0]"),
    ("service.payment_plan", 0, "service.payment_plan"),
    ("service.payment_plan", 42, "service.payment_plan"),
    ("service.payment_plan", v1.PAYMENT_PLAN_FREE, "service.price.minor_units|service.price"),
    ("service.grid_minutes", 45, "service.grid_minutes"),
)
def test_create_service(staff: Connection, practice: Practice, row: Row) -> None:
    service = v1.Service()
    service.CopyFrom(practice.service)
    service.ClearField("id")
    refuse(staff, v1.DirectoryCreateServiceRequest(service=service), row)


@rows(
    ("schedule.therapist_id", "", "schedule.therapist_id"),
    ("schedule.therapist_id", "maria", "schedule.therapist_id"),
    ("schedule.version", -1, "schedule.version"),
    ("schedule.windows[2].weekday", 0, "schedule.windows[2].weekday"),
    ("schedule.windows[2].weekday", 8, "schedule.windows[2].weekday"),
    ("schedule.windows[0].opens_minute", -1, "schedule.windows[0].opens_minute"),
    ("schedule.windows[0].opens_minute", 1440, "schedule.windows[0].opens_minute"),
    ("schedule.windows[1].closes_minute", 540, "schedule.windows[1].closes_minute"),
    ("schedule.windows[1].closes_minute", 0, "schedule.windows[1].closes_minute"),
    ("schedule.windows[1].closes_minute", 540 + 1441, "schedule.windows[1].closes_minute"),
    ("schedule.windows[6].location_id", "", "schedule.windows[6].location_id"),
    ("schedule.windows[6].location_id", "Studio", "schedule.windows[6].location_id"),
)
def test_update_schedule(staff: Connection, practice: Practice, row: Row) -> None:
    windows = weekly(practice.location.id, "09:00", "17:00")
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    if row[0].endswith("opens_minute") and row[1] == 1440:
        schedule.windows[0].closes_minute = 1500
    refuse(staff, v1.DirectoryUpdateScheduleRequest(schedule=schedule), row)


def test_a_schedule_has_at_most_500_windows(staff: Connection, practice: Practice) -> None:
    windows = weekly(practice.location.id, "09:00", "17:00") * 72
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    refuse_many(staff, v1.DirectoryUpdateScheduleRequest(schedule=schedule), "schedule.windows")


@pytest.mark.parametrize(
    "request_type",
    [
        v1.DirectoryListTherapistsRequest,
        v1.DirectoryListLocationsRequest,
        v1.DirectoryListServicesRequest,
        v1.DirectoryListSchedulesRequest,
    ],
)
def test_list_directory(staff: Connection, request_type: type[Message]) -> None:
    refuse(staff, request_type(), ("page_size", -1, "page_size"))


@pytest.mark.parametrize(
    ("request_type", "field"),
    [
        (v1.DirectoryGetTherapistRequest, "therapist_id"),
        (v1.DirectoryGetLocationRequest, "location_id"),
        (v1.DirectoryGetServiceRequest, "service_id"),
        (v1.DirectoryGetScheduleRequest, "therapist_id"),
    ],
)
def test_get_directory(staff: Connection, request_type: type[Message], field: str) -> None:
    refuse(staff, request_type(), (field, "", field))
    refuse(staff, request_type(), (field, "nonsense", field))


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
