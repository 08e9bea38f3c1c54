"""Appointments that recur by one rule are booked together (B-8)."""

import contract as v1
import pytest
from client import (
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from fieldrows import Row, refuse, rows
from practice import DAY_MS, MINUTE_MS, Practice, new_id, open_practice, register
from seduta.wire.v1 import status_pb2 as status
from seriescalls import ALL, SKIP, cancelling, creating, local, looking, moving, shown
from server import Server


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


def test_a_weekly_series_books_each_occurrence(staff: Connection) -> None:  # B-8
    practice, client = open_practice(staff), register(staff)
    request = creating(practice, client, local(practice, 7, "10:00"), "FREQ=WEEKLY;COUNT=4")
    made = staff.call(request)
    assert made.bookable and len(made.occurrences) == 4
    assert made.series.id.startswith("srs_") and made.series.version == 1
    assert made.series.local_start == request.local_start
    assert (made.series.therapist_id, made.series.client_id) == (practice.therapist.id, client)
    assert made.series.time_zone == "Europe/Rome"
    for week, report in enumerate(made.occurrences):
        booked = report.appointment
        assert report.bookable and report.local_start == local(practice, 7 + 7 * week, "10:00")
        assert report.start_ms == practice.at(7 + 7 * week, "10:00")
        assert booked.series_id == made.series.id
        assert booked.start_time == booked.original_start_time
        assert booked.state == v1.APPOINTMENT_STATE_SCHEDULED
        assert "10:00" not in practice.free_on(staff, 7 + 7 * week)
        get = v1.AppointmentsGetRequest(appointment_id=booked.id)
        assert staff.call(get).appointment == booked
    found = staff.call(v1.SeriesGetRequest(series_id=made.series.id))
    assert found.series == made.series
    assert list(found.appointments) == [each.appointment for each in made.occurrences]


def test_a_dry_run_answers_as_the_booking_would(staff: Connection) -> None:  # B-8 S-5
    practice, client = open_practice(staff), register(staff)
    practice.book(staff, practice.at(15, "10:30"))
    request = creating(practice, client, local(practice, 1, "10:00"), "FREQ=WEEKLY;COUNT=4")
    request.validate_only = True
    report = staff.call(request, key="")
    assert not report.bookable
    assert [each.bookable for each in report.occurrences] == [True, True, False, True]
    assert not any(each.HasField("appointment") for each in report.occurrences)
    conflicts = report.occurrences[2].conflicts
    assert [each.kind for each in conflicts.discrepancies] == [
        status.DISCREPANCY_KIND_THERAPIST_BUSY,
        status.DISCREPANCY_KIND_ROOM_BUSY,
    ]
    assert len(conflicts.alternative_start_ms) == 3

    request.validate_only = False
    with pytest.raises(AlreadyExists) as refused:
        staff.call(request)
    assert refused.value.reason == "SERIES_NOT_BOOKABLE"
    assert refused.value.status.conflicts == conflicts
    assert refused.value.status.error_info.metadata == {
        "local_starts": local(practice, 15, "10:00"),
        "count": "1",
    }
    assert "10:00" in practice.free_on(staff, 1)

    request.conflict_mode, request.validate_only = SKIP, True
    dry = staff.call(request, key="")
    assert dry.bookable and "10:00" in practice.free_on(staff, 1)
    request.validate_only = False
    made = staff.call(request)
    assert [each.bookable for each in made.occurrences] == [True, True, False, True]
    assert made.occurrences[2].omission == v1.SERIES_OMISSION_REASON_CONFLICT
    assert list(made.series.omissions) == list(dry.series.omissions) == [
        v1.SeriesOmission(
            local_start=local(practice, 15, "10:00"),
            reason=v1.SERIES_OMISSION_REASON_CONFLICT,
        )
    ]


def test_nothing_left_to_book_is_refused(staff: Connection) -> None:  # B-8
    practice, client = open_practice(staff), register(staff)
    request = creating(practice, client, local(practice, 1, "20:10"), "FREQ=DAILY;COUNT=30")
    request.conflict_mode = SKIP
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(request)
    assert refused.value.reason == "SERIES_NOT_BOOKABLE"
    assert refused.value.kinds == [
        status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
        status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
        status.DISCREPANCY_KIND_OFF_GRID,
    ]
    metadata = refused.value.status.error_info.metadata
    assert metadata["count"] == "30"
    assert metadata["local_starts"].split(",")[19:] == [local(practice, 20, "20:10"), "..."]


def test_overrides_are_for_each(staff: Connection) -> None:  # S-6 B-8
    practice, client = open_practice(staff), register(staff)
    request = creating(practice, client, local(practice, 1, "20:10"), "FREQ=DAILY;COUNT=2")
    request.overrides.extend([1, 2, 9])
    made = staff.call(request)
    for report in made.occurrences:
        assert [each.kind for each in report.conflicts.discrepancies] == [1, 2, 9]
        assert all(each.overridden for each in report.conflicts.discrepancies)
    request.overrides[:] = [7]
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == ["overrides[0]"]


def test_the_horizon_binds_each_occurrence(staff: Connection) -> None:  # S-2
    horizon = v1.Policy(staff_horizon_months=1)
    practice, client = open_practice(staff, service={"policy": horizon}), register(staff)
    request = creating(practice, client, local(practice, 1, "10:00"), "FREQ=WEEKLY;COUNT=8")
    request.overrides.extend([1, 2, 3, 8, 9, 10])
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(request)
    assert refused.value.kinds == [status.DISCREPANCY_KIND_BEYOND_HORIZON]
    request.conflict_mode = SKIP
    made = staff.call(request)
    booked = [each.bookable for each in made.occurrences]
    assert booked in ([True] * 4 + [False] * 4, [True] * 5 + [False] * 3)


def test_excluded_starts_count_and_are_not_booked(staff: Connection) -> None:  # B-8
    practice, client = open_practice(staff), register(staff)
    request = creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=3")
    request.excluded_local_starts.append(local(practice, 2, "10:00"))
    made = staff.call(request)
    assert shown(made.occurrences) == [
        (local(practice, 1, "10:00"), True, v1.SERIES_OMISSION_REASON_UNSPECIFIED),
        (local(practice, 2, "10:00"), False, v1.SERIES_OMISSION_REASON_EXCLUDED),
        (local(practice, 3, "10:00"), True, v1.SERIES_OMISSION_REASON_UNSPECIFIED),
    ]
    assert practice.free_on(staff, 2)[2] == "10:00"


def test_an_online_booking_becomes_the_first(staff: Connection) -> None:  # B-8
    practice, client = open_practice(staff), register(staff)
    first = practice.book(staff, practice.at(3, "10:00"), client, as_client(client))
    request = v1.SeriesCreateRequest(first_appointment_id=first.id, rule="FREQ=WEEKLY;COUNT=3")
    with pytest.raises(NotFound):
        other = open_practice(staff)
        staff.call(request, actor=as_therapist(other.therapist.id))
    made = staff.call(request, actor=as_therapist(practice.therapist.id))
    assert [each.start_ms for each in made.occurrences] == [
        practice.at(3 + 7 * week, "10:00") for week in range(3)
    ]
    joined = made.occurrences[0].appointment
    assert (joined.id, joined.version, joined.series_id) == (first.id, 2, made.series.id)
    assert joined.price == first.price
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == ["first_appointment_id"]


def test_what_is_paid_when_it_is_booked_is_in_no_series(staff: Connection) -> None:  # B-8 P-4
    prepaid = {"payment_plan": v1.PAYMENT_PLAN_PREPAID}
    practice, client = open_practice(staff, service=prepaid), register(staff)
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=2"))
    assert refused.value.reason == "PLAN_NOT_FOR_SERIES"


def test_repeated_it_is_booked_once(staff: Connection) -> None:  # B-13 B-8
    practice, client = open_practice(staff), register(staff)
    request = creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=5")
    first = staff.call(request, key="series" + client)
    assert staff.call(request, key="series" + client) == first
    listed = staff.call(v1.SeriesListRequest(client_id=client))
    assert [each.id for each in listed.series] == [first.series.id]


def test_series_are_listed_page_by_page(staff: Connection) -> None:  # B-8
    practice, client = open_practice(staff), register(staff)
    made = [
        staff.call(creating(practice, client, local(practice, 1, clock), "FREQ=DAILY;COUNT=2"))
        for clock in ("09:00", "10:00", "11:00")
    ]
    other = open_practice(staff)
    staff.call(creating(other, client, local(other, 5, "09:00"), "FREQ=DAILY;COUNT=2"))
    request = v1.SeriesListRequest(therapist_id=practice.therapist.id, page_size=2)
    first = staff.call(request)
    request.page_token = first.next_page_token
    second = staff.call(request)
    assert [*first.series, *second.series] == [each.series for each in made]
    assert not second.next_page_token
    assert len(staff.call(v1.SeriesListRequest(client_id=client)).series) == 4


def test_whose_series_it_is(staff: Connection) -> None:  # B-8 B-9
    practice, client = open_practice(staff), register(staff)
    other, stranger = open_practice(staff), register(staff)
    request = creating(practice, client, local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=2")
    for actor in (as_client(client), as_therapist(other.therapist.id)):
        with pytest.raises(PermissionDenied):
            staff.call(request, actor=actor)
    made = staff.call(request, actor=as_therapist(practice.therapist.id))
    get = v1.SeriesGetRequest(series_id=made.series.id)
    for actor in (as_client(client), as_therapist(practice.therapist.id)):
        assert staff.call(get, actor=actor).series == made.series
    for actor in (as_client(stranger), as_therapist(other.therapist.id)):
        with pytest.raises(NotFound):
            staff.call(get, actor=actor)
    with pytest.raises(PermissionDenied):
        staff.call(v1.SeriesListRequest(client_id=client), actor=as_client(stranger))
    listed = staff.call(v1.SeriesListRequest(client_id=client), actor=as_client(client))
    assert [each.id for each in listed.series] == [made.series.id]
    first = made.occurrences[0].appointment.id
    for change in (moving(first, ALL, local(practice, 1, "11:00")), cancelling(first, ALL)):
        with pytest.raises(PermissionDenied):
            staff.call(change, actor=as_client(client))
        with pytest.raises(NotFound):
            staff.call(change, actor=as_therapist(other.therapist.id))
        staff.call(change, actor=as_therapist(practice.therapist.id))


def test_what_no_series_has(staff: Connection, partner: Connection) -> None:  # B-9
    practice = open_practice(staff)
    single = practice.book(staff, practice.at(1, "10:00"))
    for change in (
        moving(single.id, ALL, local(practice, 1, "11:00")),
        cancelling(single.id, ALL),
    ):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(change)
        assert refused.value.fields == ["appointment_id"]
        with pytest.raises(NotFound):
            partner.call(change)
    with pytest.raises(NotFound):
        staff.call(v1.SeriesGetRequest(series_id=new_id("srs")))


@rows(
    ("therapist_id", "", "therapist_id"),
    ("service_id", "svc_1", "service_id"),
    ("location_id", "", "location_id"),
    ("client_id", "", "client_id"),
    ("room_id", "room_1", "room_id"),
    ("local_start", "", "local_start"),
    ("local_start", "2026-12-01T10:00Z", "local_start"),
    ("local_start", "2026-02-30T10:00", "local_start"),
    ("local_start", "9999-12-01T10:00", "local_start"),
    ("local_start", "2026-12-01T24:00", "local_start"),
    ("rule", "", "rule"),
    ("rule", "FREQ=YEARLY;COUNT=2", "rule"),
    ("rule", "FREQ=WEEKLY", "rule"),
    ("rule", "FREQ=WEEKLY;COUNT=401", "rule"),
    ("rule", "FREQ=DAILY;UNTIL=20991231", "rule"),
    ("excluded_local_starts", ["tomorrow"], "excluded_local_starts[0]"),
    ("excluded_local_starts", ["2026-12-01T10:00"] * 401, "excluded_local_starts"),
    ("first_appointment_id", "apt", "first_appointment_id"),
    ("conflict_mode", 9, "conflict_mode"),
    ("overrides", [4], "overrides[0]"),
)
def test_wrong_fields_of_a_series(staff: Connection, practice: Practice, row: Row) -> None:
    request = creating(practice, new_id("cli"), local(practice, 1, "10:00"), "FREQ=DAILY;COUNT=2")
    if row[0] == "rule":
        request.client_id = register(staff)
    refuse(staff, request, row)


@rows(
    ("therapist_id", "", "therapist_id"),
    ("service_id", "", "service_id"),
    ("location_id", "x", "location_id"),
    ("client_id", "x", "client_id"),
    ("rule", "FREQ=WEEKLY;UNTIL=20270101", "rule"),
    ("rule", "FREQ=WEEKLY;COUNT=101", "rule"),
    ("rule", "", "rule"),
    ("misses_max", 10, "misses_max"),
    ("misses_max", -1, "misses_max"),
    ("until_ms", 0, "until_ms"),
    ("page_size", -1, "page_size"),
)
def test_wrong_fields_of_a_search(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, looking(practice, 1, 8), row)


def test_a_search_looks_at_five_weeks_of_first_starts(
    staff: Connection, practice: Practice
) -> None:
    request = looking(practice, 1, 36)
    staff.call(request)
    refuse(staff, request, ("until_ms", request.until_ms + 2 * DAY_MS + MINUTE_MS, "until_ms"))
