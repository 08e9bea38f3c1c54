"""Dates of a package (K-3): several in one go, all or none, and later by naming the link."""

import contract as v1
import pytest
from client import Aborted, AlreadyExists, FailedPrecondition, InvalidArgument, NotFound
from life import euro
from packaging import DEDUCTS, Shelf, state
from practice import DAY_MS, HOUR_MS
from seduta.wire.v1 import status_pb2 as status


def starts(shelf: Shelf, sessions: list[v1.Appointment]) -> list[str]:
    """What the therapist's clock shows at each start."""
    return [shelf.shows(each.start_time) for each in sessions]


# K-3 and S-9: first, since the clocks are put forward on March 28.


def test_dates_keep_their_local_time_and_a_gap_is_told(shelf: Shelf) -> None:  # K-3 S-9
    package = shelf.package()
    therapist = shelf.practice.therapist
    dates = ["2027-03-22", "2027-03-29"]
    lines = [v1.PackageLine(date=date) for date in dates]
    lines[0].time, lines[0].therapist_id = "10:00", therapist.id
    linked = shelf.link(package, lines=lines)
    assert starts(shelf, list(linked.appointments)) == ["10:00", "10:00"]
    first, second = (each.start_time.ToMilliseconds() for each in linked.appointments)
    assert second - first == 7 * DAY_MS - HOUR_MS
    assert [each.local_start for each in linked.lines] == [f"{date}T10:00" for date in dates]

    gap = v1.PackageLine(date="2027-03-28", time="02:30", therapist_id=therapist.id)
    request = v1.PackagesScheduleRequest(link_id=linked.link.id, lines=[gap])
    with pytest.raises(FailedPrecondition) as refused:
        shelf.staff.call(request)
    assert refused.value.reason == "LINES_NOT_BOOKABLE"
    assert refused.value.status.error_info.metadata["lines"] == "0"
    request.validate_only = True
    (report,) = shelf.staff.call(request).lines
    assert (report.bookable, report.start_ms) == (False, 0)
    assert report.omission == v1.SERIES_OMISSION_REASON_GAP


def test_the_first_line_fills_the_others(shelf: Shelf) -> None:  # K-3
    lines = [
        shelf.line(1, "10:00", service_id=shelf.assessment.id, status=DEDUCTS),
        shelf.line(2),
        v1.PackageLine(date=shelf.date(3).isoformat(), time="15:30"),
        shelf.line(4, service_id=shelf.practice.service.id),
    ]
    linked = shelf.link(shelf.package(), lines=lines)
    sessions = list(linked.appointments)
    assert starts(shelf, sessions) == ["10:00", "10:00", "15:30", "10:00"]
    assert {each.therapist_id for each in sessions} == {shelf.practice.therapist.id}
    assert [each.service_id for each in sessions] == [shelf.assessment.id] * 3 + [
        shelf.practice.service.id
    ]
    # But for the status: that is each line's own.
    assert [each.attendance for each in sessions] == [DEDUCTS, "", "", ""]
    assert [state(each) for each in sessions] == ["ATTENDED"] + ["RESERVED"] * 3
    assert shelf.balance(linked.link) == (0, 3, 1, 0, 0)
    assert linked.link == shelf.now(linked.link)
    assert [each.id for each in shelf.sessions(linked.link, page_size=2)] == [
        each.id for each in sessions
    ]


def test_all_dates_are_booked_or_none(shelf: Shelf) -> None:  # K-3 S-4
    client, package = shelf.client(), shelf.package()
    taken = shelf.book(2, "10:00")
    lines = [
        shelf.line(1, "10:00"),
        shelf.line(2),  # someone else's
        shelf.line(1, "10:30"),  # the first line's own
        shelf.line(3, "20:00"),  # nobody is there
    ]
    request = shelf.linking(package, client, lines)
    with pytest.raises(AlreadyExists) as refused:
        shelf.staff.call(request)
    assert refused.value.reason == "LINES_NOT_BOOKABLE"
    assert refused.value.status.error_info.metadata["lines"] == "1,2,3"
    assert refused.value.collides_with == {taken.id}
    assert not shelf.links(client)
    assert not shelf.staff.call(v1.AppointmentsListRequest(client_id=client)).appointments

    # The dry run says it of each line.
    request.validate_only = True
    told = shelf.staff.call(request)
    assert [each.bookable for each in told.lines] == [True, False, False, False]
    assert [bool(each.conflicts.discrepancies) for each in told.lines] == [False, True, True, True]
    assert not told.appointments and not shelf.links(client)

    # What can be overridden is, for each line; a collision is not.
    del request.lines[1:3]
    request.validate_only = False
    request.overrides.append(status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS)
    request.overrides.append(status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE)
    assert starts(shelf, list(shelf.staff.call(request).appointments)) == ["10:00", "20:00"]


def test_a_dry_run_answers_as_if(shelf: Shelf) -> None:  # K-3 S-5
    client, package = shelf.client(), shelf.package(20_000)
    request = shelf.linking(
        package, client, [shelf.line(1, "10:00"), shelf.line(2)], validate_only=True
    )
    told = shelf.staff.call(request)
    assert (len(told.appointments), told.link.balance.reserved) == (2, 2)
    assert told.amount_outstanding == euro(20_000)
    assert not shelf.links(client)
    with pytest.raises(NotFound):
        shelf.now(told.link)
    request.validate_only = False
    assert len(shelf.staff.call(request).appointments) == 2


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("date", "", "lines[0].date"),
        ("date", "2027-02-30", "lines[0].date"),
        ("time", "", "lines[0].time"),
        ("time", "24:00", "lines[0].time"),
        ("time", "9:00", "lines[0].time"),
        ("therapist_id", "", "lines[0].therapist_id"),
        ("therapist_id", "cli_1", "lines[0].therapist_id"),
        ("status", "NOBODY_KNOWS", "lines[0].status"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(
    shelf: Shelf, field: str, value: str, named: str
) -> None:  # K-3
    line = shelf.line(1, "10:00")
    setattr(line, field, value)
    with pytest.raises(InvalidArgument) as refused:
        shelf.link(shelf.package(), lines=[line])
    assert refused.value.fields == [named]


def test_a_line_names_what_the_package_covers(shelf: Shelf) -> None:  # K-1 K-3
    other = shelf.colleague()
    package = shelf.package(service_ids=[shelf.practice.service.id])
    for line, field in (
        (shelf.line(1, "10:00", service_id=shelf.assessment.id), "lines[0].service_id"),
        (shelf.line(1, "10:00", therapist_id=other.therapist_id), "lines[0].therapist_id"),
    ):
        with pytest.raises(InvalidArgument) as refused:
            shelf.link(package, lines=[line])
        assert refused.value.fields == [field]
    link = shelf.link(package).link
    with pytest.raises(InvalidArgument) as refused:
        shelf.staff.call(
            v1.AppointmentsBookRequest(
                therapist_id=shelf.practice.therapist.id,
                service_id=shelf.assessment.id,
                location_id=shelf.practice.location.id,
                start_ms=shelf.at(1, "10:00"),
                client_id=link.client_id,
                package_link_id=link.id,
            )
        )
    assert refused.value.fields == ["service_id"]


def test_sessions_are_booked_later_by_naming_the_link(shelf: Shelf) -> None:  # K-3
    link = shelf.link(shelf.package(sessions=2)).link
    assert shelf.client_told(link) == ["PACKAGE_LINKED"]
    booked = shelf.book_of(link, 2, "10:00")
    assert booked.package.link_id == link.id
    assert booked.end_time.ToMilliseconds() - booked.start_time.ToMilliseconds() == 40 * 60_000
    assert shelf.balance(link) == (1, 1, 0, 0, 0)
    assert [each.id for each in shelf.schedule(link, shelf.line(3, "10:00"))]
    with pytest.raises(FailedPrecondition) as refused:
        shelf.book_of(link, 4, "10:00")
    assert refused.value.reason == "PACKAGE_USED_UP"
    assert refused.value.status.error_info.metadata["available"] == "0"
    with pytest.raises(FailedPrecondition) as refused:
        shelf.schedule(link, shelf.line(4, "10:00"))
    assert refused.value.reason == "PACKAGE_USED_UP"
    with pytest.raises(NotFound):  # someone else's
        shelf.book(4, "10:00", shelf.client(), package_link_id=link.id)
    with pytest.raises(Aborted):
        shelf.schedule(link, shelf.line(4, "10:00"), version=link.version)
    with pytest.raises(FailedPrecondition) as refused:  # more dates than sessions
        shelf.link(shelf.package(sessions=1), lines=[shelf.line(5, "10:00"), shelf.line(6)])
    assert refused.value.reason == "PACKAGE_USED_UP"
