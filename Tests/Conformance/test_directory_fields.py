"""Missing and malformed fields of the directory's resources."""

import contract as v1
import pytest
from client import Connection
from fieldrows import LONG, NOT_A_ZONE, TOO_MANY, Row, put, refuse, refuse_many, rows, within
from google.protobuf.message import Message
from practice import Practice, new_id, office, online, open_practice, weekly
from server import Server


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


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
