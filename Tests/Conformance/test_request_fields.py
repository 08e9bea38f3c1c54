"""Missing and malformed fields of requests and of matching: each is named by its path."""

import contract as v1
import pytest
from client import Connection, InvalidArgument
from fieldrows import LONG, Row, refuse, rows, within
from practice import MINUTE_MS, Practice, new_id, now_ms
from requesting import ask, asking, open_for_requests, somebody
from server import Server
from test_fields import PERSON

BIRTH_DATES = ["1987-02-30", "29.03.1987", "1849-12-31", "2987-03-29", "yesterday"]


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_for_requests(connection)


@pytest.fixture(scope="module")
def asked(server: Server, practice: Practice) -> str:
    with server.connect() as connection:
        return ask(connection, practice, practice.at(3, "10:00")).id


@rows(
    ("therapist_id", "", "therapist_id"),
    ("therapist_id", "maria", "therapist_id"),
    ("service_id", "", "service_id"),
    ("service_id", new_id("thr"), "service_id"),
    ("location_id", "", "location_id"),
    ("room_id", new_id("loc"), "room_id"),
    ("start_ms", 0, "start_ms"),
    ("start_ms", -MINUTE_MS, "start_ms"),
    ("start_ms", now_ms() // MINUTE_MS * MINUTE_MS + 30_000, "start_ms"),
    ("person", None, "client_id"),
    ("client_id", "", "client_id"),
    ("client_id", "cli_x", "client_id"),
    ("note", "x" * 1001, "note"),
    ("note", "a\x00b", "note"),
    ("appointment_id", "apt_1", "appointment_id"),
    ("hold_id", "apt_1", "hold_id"),
    *within("person", [row for row in PERSON if row[0] != "client_id"]),
    *(("person.birth_date", value, "person.birth_date") for value in BIRTH_DATES),
    # Who has an id is named by it.
    ("person.client_id", new_id("cli"), "person.client_id"),
)
def test_requests_ask(staff: Connection, practice: Practice, row: Row) -> None:  # B-4
    request = asking(practice, practice.at(4, "10:00"))
    refuse(staff, request, row)
    request.validate_only = True
    refuse(staff, request, row)


@rows(
    ("therapist_id", "nonsense", "therapist_id"),
    ("page_size", -1, "page_size"),
    ("page_token", "nonsense", "page_token"),
)
def test_requests_list(staff: Connection, row: Row) -> None:  # B-5
    refuse(staff, v1.RequestsListRequest(), row)


@rows(
    ("appointment_id", "", "appointment_id"),
    ("appointment_id", "nonsense", "appointment_id"),
    ("version", -1, "version"),
    ("client_id", "nonsense", "client_id"),
)
def test_requests_accept(staff: Connection, asked: str, row: Row) -> None:  # B-5
    refuse(staff, v1.RequestsAcceptRequest(appointment_id=asked), row)


def test_requests_accept_for_somebody_new_who_is_named(staff: Connection, asked: str) -> None:
    request = v1.RequestsAcceptRequest(appointment_id=asked, client_id=new_id("cli"))
    refuse(staff, request, ("as_new_client", True, "as_new_client"))


ANSWER: tuple[Row, ...] = (
    ("appointment_id", "", "appointment_id"),
    ("appointment_id", new_id("cli"), "appointment_id"),
    ("version", -1, "version"),
    ("reason", "x" * 1001, "reason"),
)


@rows(*ANSWER)
def test_requests_decline(staff: Connection, asked: str, row: Row) -> None:  # B-6
    refuse(staff, v1.RequestsDeclineRequest(appointment_id=asked), row)


@rows(*ANSWER)
def test_requests_withdraw(staff: Connection, asked: str, row: Row) -> None:  # B-6
    refuse(staff, v1.RequestsWithdrawRequest(appointment_id=asked), row)


@rows(
    ("name", LONG, "name"),
    ("email", "anna", "email"),
    ("phone", "0612345678", "phone"),
    *(("birth_date", value, "birth_date") for value in BIRTH_DATES),
)
def test_clients_match(staff: Connection, row: Row) -> None:  # B-5
    refuse(staff, v1.ClientsMatchRequest(email="anna@example.org"), row)


@pytest.mark.parametrize(
    "known", [{}, {"name": "Anna"}, {"birth_date": "1987-03-29"}], ids=["nothing", "name", "date"]
)
def test_clients_match_takes_more_to_go_by(staff: Connection, known: dict[str, str]) -> None:  # B-5
    with pytest.raises(InvalidArgument) as refused:
        staff.call(v1.ClientsMatchRequest(**known))
    assert refused.value.fields == ["email"]


def test_the_longest_that_is_allowed_is_allowed(staff: Connection, practice: Practice) -> None:
    note = "ü" * 1000
    person = somebody(name="ș" * 200, birth_date="1850-01-01")
    request = asking(practice, practice.at(5, "10:00"), note=note, person=person)
    assert staff.call(request).appointment.request.note == note
