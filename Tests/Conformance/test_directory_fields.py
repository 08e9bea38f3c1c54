"""Missing and malformed fields of the directory's resources."""

import contract as v1
import pytest
from client import Connection
from fieldrows import LONG, NOT_A_ZONE, TOO_MANY, Row, put, refuse, refuse_many, rows, within
from google.protobuf.message import Message
from practice import Practice, new_id, office, online, open_practice
from server import Server


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


HORIZONS_AND_HOLDS: list[Row] = within(
    "policy",
    [
        (setting, value, setting)
        for setting, wrong in {
            "staff_horizon_months": (-1, 25),
            "client_horizon_months": (-1, 25),
            "minimum_notice_minutes": (-2, 44_641),
            "hold_minutes": (-1, 61),
            "hold_total_minutes": (-1, 1_441),
        }.items()
        for value in wrong
    ],
)
CAPS: list[Row] = within(
    "policy",
    [(cap, value, cap) for cap in ("daily_cap", "weekly_cap") for value in (-2, 1_001)],
)
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
        *HORIZONS_AND_HOLDS,
        *CAPS,
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
        (v1.DirectoryAddScheduleExceptionsRequest, "therapist_id"),
        (v1.DirectoryRemoveScheduleExceptionsRequest, "therapist_id"),
        (v1.DirectoryListPublicHolidaysRequest, "calendar"),
        (v1.DirectoryUpdatePolicyRequest, "policy"),
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


BUFFERS_AND_POLICY: list[Row] = within(
    "service",
    [
        ("buffer_before_minutes", -1, "buffer_before_minutes"),
        ("buffer_before_minutes", 241, "buffer_before_minutes"),
        ("buffer_after_minutes", -1, "buffer_after_minutes"),
        ("buffer_after_minutes", 241, "buffer_after_minutes"),
        # A cap is a therapist's, not a service's.
        ("policy.daily_cap", 5, "policy.daily_cap"),
        ("policy.weekly_cap", -1, "policy.weekly_cap"),
        *HORIZONS_AND_HOLDS,
    ],
)


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
    ("service.price.minor_units", 10**12 + 1, "service.price.minor_units"),
    ("service.price.minor_units", 2**63 - 1, "service.price.minor_units"),
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
    *BUFFERS_AND_POLICY,
)
def test_create_service(staff: Connection, practice: Practice, row: Row) -> None:
    service = v1.Service()
    service.CopyFrom(practice.service)
    service.ClearField("id")
    refuse(staff, v1.DirectoryCreateServiceRequest(service=service), row)


@rows(("service.version", -1, "service.version"), *BUFFERS_AND_POLICY)
def test_update_service(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, v1.DirectoryUpdateServiceRequest(service=practice.service), row)


@rows(("policy", None, "policy"), ("version", -1, "version"), *HORIZONS_AND_HOLDS, *CAPS)
def test_update_policy(staff: Connection, row: Row) -> None:
    policy = v1.Policy(daily_cap=1_000)
    refuse(staff, v1.DirectoryUpdatePolicyRequest(policy=policy), row)
    assert not staff.call(v1.DirectoryGetPolicyRequest()).version


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
