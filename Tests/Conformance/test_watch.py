"""Slots.Watch: told whenever what a search finds changes, and only then."""

import time
from collections.abc import Iterator

import contract as v1
import pytest
from client import Cancelled, Connection, InvalidArgument, NotFound
from practice import HOUR_MS, Practice, closed, new_id, office, open_practice
from sandboxes import Sandbox
from server import Server


def watching(search: v1.SlotsSearchRequest) -> v1.SlotsWatchRequest:
    # The fields have the same numbers.
    return v1.SlotsWatchRequest.FromString(search.SerializeToString())


class Watcher:
    """Watches what a search finds, on a connection of its own."""

    def __init__(self, connection: Connection, search: v1.SlotsSearchRequest) -> None:
        self.connection, self.search = connection, search
        self.call = connection.begin(watching(search))
        self.found = self.next()

    def next(self) -> v1.SlotsSearchResponse:
        reply = self.connection.tell(self.call)
        assert reply is not None and reply.HasField("found")
        return reply.found

    def require(self, staff: Connection) -> None:
        """Within a second it has been told what the search finds now."""
        began = time.monotonic()
        now = staff.call(self.search)
        while self.found != now:
            self.found = self.next()
        assert time.monotonic() - began < 1

    def require_silence(self, seconds: float = 0.7) -> None:
        self.connection.socket.settimeout(seconds)
        with pytest.raises(TimeoutError):
            self.next()
        self.connection.socket.settimeout(10)


def whole_day(practice: Practice, days: int = 3) -> v1.SlotsSearchRequest:
    return practice.search(practice.at(days, "00:00"), practice.at(days + 1, "00:00"))


@pytest.fixture
def practice(partner: Connection) -> Practice:
    return open_practice(partner)


@pytest.fixture
def watcher(server: Server, partner: Connection, practice: Practice) -> Iterator[Watcher]:
    with server.connect(partner.key) as connection:
        yield Watcher(connection, whole_day(practice))


def test_at_first_it_is_told_what_is_found(
    partner: Connection, practice: Practice, watcher: Watcher
) -> None:
    assert watcher.found == partner.call(watcher.search)
    assert len(watcher.found.groups[0].start_ms) > 10


def test_what_is_booked_moved_cancelled_and_held_is_told_within_a_second(
    partner: Connection, practice: Practice, watcher: Watcher
) -> None:  # E-1
    before = watcher.found
    booked = practice.book(partner, practice.at(3, "10:00"))
    watcher.require(partner)
    assert watcher.found != before
    moving = v1.AppointmentsRescheduleRequest(
        appointment_id=booked.id, start_ms=practice.at(3, "14:00")
    )
    partner.call(moving)
    watcher.require(partner)
    partner.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    watcher.require(partner)
    assert watcher.found == before
    hold = practice.hold(partner, practice.at(3, "10:00"))
    watcher.require(partner)
    assert watcher.found != before
    partner.call(v1.HoldsReleaseRequest(hold_id=hold.id))
    watcher.require(partner)
    assert watcher.found == before


def test_hours_prices_and_the_policy_are_told(
    partner: Connection, practice: Practice, watcher: Watcher
) -> None:
    before = watcher.found
    partner.call(practice.adding(closed(practice.day(3))))
    watcher.require(partner)
    assert not watcher.found.groups or not watcher.found.groups[0].start_ms
    exceptions = practice.schedule(partner).exceptions
    partner.call(practice.removing(*(each.id for each in exceptions)))
    watcher.require(partner)
    assert watcher.found == before
    service = practice.service
    service.price.minor_units += 500
    partner.call(v1.DirectoryUpdateServiceRequest(service=service))
    watcher.require(partner)
    assert watcher.found.groups[0].price.minor_units == service.price.minor_units


def test_of_what_changes_elsewhere_nothing_is_told(
    partner: Connection, practice: Practice, watcher: Watcher
) -> None:
    other = open_practice(partner)
    other.book(partner, other.at(3, "10:00"))
    practice.book(partner, practice.at(5, "10:00"))
    watcher.require_silence()
    practice.book(partner, practice.at(3, "10:00"))
    watcher.require(partner)


def test_a_room_that_another_takes_is_told(server: Server, partner: Connection) -> None:
    place = office(rooms=1)
    practice = open_practice(partner, location=place)
    other = open_practice(partner, location=practice.location)
    with server.connect(partner.key) as connection:
        watcher = Watcher(connection, whole_day(practice))
        other.book(partner, other.at(3, "10:00"))
        before = watcher.found
        watcher.require(partner)
        assert watcher.found != before


def test_across_therapists_it_is_told_as_search_answers(
    server: Server, partner: Connection, practice: Practice
) -> None:
    other = open_practice(partner)
    search = v1.SlotsSearchRequest(until_ms=practice.at(6, "00:00"), page_size=5)
    with server.connect(partner.key) as connection:
        watcher = Watcher(connection, search)
        assert watcher.found == partner.call(search)
        first = watcher.found.start_ms[0]
        group = watcher.found.groups[watcher.found.group_index[0]]
        mine = practice if group.therapist_id == practice.therapist.id else other
        mine.book(partner, first)
        watcher.require(partner)


def test_many_changes_are_few_replies(
    partner: Connection, practice: Practice, watcher: Watcher
) -> None:
    began = time.monotonic()
    changes = 0
    while changes < 100:
        booked = practice.book(partner, practice.at(3, "10:00"))
        partner.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
        changes += 2
    practice.book(partner, practice.at(3, "12:00"))
    took = time.monotonic() - began
    now, replies = partner.call(watcher.search), 0
    while watcher.found != now:
        watcher.found = watcher.next()
        replies += 1
    assert 1 <= replies <= (took + 1) / 0.2 + 1


def test_a_hold_that_lapses_and_a_start_that_passes_are_told(sandbox: Sandbox) -> None:
    practice = open_practice(sandbox.staff)
    with sandbox.server.connect(sandbox.key) as connection:
        watcher = Watcher(connection, practice.search(0, sandbox.at(practice, 1, "00:00")))
        before = watcher.found
        practice.hold(sandbox.staff, sandbox.at(practice, 0, "12:00"))
        watcher.require(sandbox.staff)
        assert watcher.found != before
        sandbox.advance(by=HOUR_MS)
        watcher.require(sandbox.staff)
        assert sandbox.at(practice, 0, "12:00") in watcher.found.groups[0].start_ms
        # At the very instant the start is still free; a moment later it is not.
        sandbox.advance(to=sandbox.at(practice, 0, "12:00"))
        while sandbox.now() <= sandbox.at(practice, 0, "12:00"):
            time.sleep(0.001)
        watcher.require(sandbox.staff)
        assert sandbox.at(practice, 0, "11:00") not in watcher.found.groups[0].start_ms


def test_it_ends_by_itself_when_the_time_has_come(sandbox: Sandbox) -> None:
    practice = open_practice(sandbox.staff)
    with sandbox.server.connect(sandbox.key) as connection:
        call = connection.begin(watching(practice.search(0, sandbox.at(practice, 0, "12:00"))))
        assert connection.tell(call).HasField("found")
        sandbox.advance(to=sandbox.at(practice, 0, "12:00"))
        while (reply := connection.tell(call)) is not None:
            assert reply.HasField("found")
        connection.call(v1.HealthCheckRequest())


def test_it_ends_when_it_is_cancelled(partner: Connection, practice: Practice) -> None:
    call = partner.begin(watching(whole_day(practice)))
    assert partner.tell(call).HasField("found")
    partner.cancel(call)
    with pytest.raises(Cancelled):
        partner.tell(call)


def test_what_is_no_search_is_refused(partner: Connection, practice: Practice) -> None:
    with pytest.raises(InvalidArgument) as refused:
        partner.call(v1.SlotsWatchRequest(page_size=-1))
    assert refused.value.fields == ["until_ms", "page_size"]
    nobody = watching(whole_day(practice))
    nobody.filter.therapist_ids[0] = new_id("thr")
    with pytest.raises(NotFound) as unknown:
        partner.call(nobody)
    assert unknown.value.status.error_info.metadata["field"] == "filter.therapist_ids[0]"
    nothing = watching(whole_day(practice))
    nothing.filter.service_id = new_id("svc")
    with pytest.raises(NotFound):
        partner.call(nothing)
