"""Events (E-1): read from a position on, and told as they happen, whatever is cut in between."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import contract as v1
import pytest
from client import (
    Cancelled,
    Closed,
    Connection,
    DeadlineExceeded,
    FailedPrecondition,
    InvalidArgument,
    Refused,
    ResourceExhausted,
    Unavailable,
)
from conftest import NewPartner, Shared, StartServer
from google.protobuf.message import Message
from practice import HOUR_MS, Practice, open_practice, registration
from server import Server
from subscribers import CuttingProxy, Subscriber, all_events, require_told_once, told
from asking import REQUESTS
from things import Things

STREAMS_MAX = 32


class Writer(threading.Thread):
    """Books and cancels with a therapist of its own, also where the server goes and comes back."""

    def __init__(self, server: Server, practice: Practice, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.server, self.practice, self.stop = server, practice, stop
        self.booked = 0
        self.wrong: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                with suppress(OSError, Closed, Unavailable), self.server.connect() as connection:
                    while not self.stop.is_set():
                        self._book(connection)
        except BaseException as error:
            self.wrong = error

    def _book(self, connection: Connection) -> None:
        self.booked += 1
        start = self.practice.at(3, "09:00") + self.booked % 8 * HOUR_MS
        try:
            made = self.practice.book(connection, start)
        except Refused as refused:
            # Booked by a call whose answer was lost.
            assert refused.reason == "SLOT_TAKEN", refused
            return
        connection.call(v1.AppointmentsCancelRequest(appointment_id=made.id))
        time.sleep(0.002)


def run_cut(
    server: Server, *, cuts: int, kills: int, resume: Callable[[int], int] = lambda each: each
) -> list[Subscriber]:
    """Subscribers whose connections are cut so often while bookings run; they have seen the end when it returns."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    with server.connect() as staff:
        practices = [open_practice(staff) for _ in range(2)]
    stop = threading.Event()
    writers = [Writer(server, practice, stop) for practice in practices]
    proxy = CuttingProxy(server, random.Random(dice.random()))
    subscribers = [
        Subscriber(server, server.key, random.Random(dice.random()), proxy=through, resume=resume)
        for through in (None, proxy, None, proxy)
    ]
    for thread in (*writers, *subscribers):
        thread.start()

    def count() -> int:
        return proxy.cuts + sum(each.cuts for each in subscribers)

    deadline = time.monotonic() + 60
    for round in range(kills + 1):
        while count() < cuts * (round + 1) / (kills + 1):
            assert time.monotonic() < deadline, f"only {count()} cuts"
            time.sleep(0.01)
        if round < kills:
            server.kill()
            time.sleep(dice.uniform(0, 0.1))
            server.start()
    stop.set()
    for writer in writers:
        writer.join(30)
        assert not writer.is_alive() and writer.wrong is None, writer.wrong
    with server.connect() as staff:
        last = all_events(staff)[-1].position
    for subscriber in subscribers:
        subscriber.goal = last
    for subscriber in subscribers:
        subscriber.join(30)
        assert not subscriber.is_alive(), f"at {subscriber.position} of {last}"
        assert subscriber.wrong is None, subscriber.wrong
    proxy.close()
    return subscribers


def test_subscribers_cut_a_hundred_times_miss_nothing_and_see_nothing_twice(
    start_server: StartServer,
) -> None:  # E-1
    """By their own hand, amid frames, and by the server's death."""
    server = start_server()
    subscribers = run_cut(server, cuts=120, kills=3)
    with server.connect() as staff:
        listed = all_events(staff)
    assert len(listed) > 100
    for subscriber in subscribers:
        require_told_once(subscriber.seen, listed)


@pytest.mark.parametrize("fault", [1, -1], ids=["one is skipped", "one is told again"])
def test_a_subscriber_who_goes_on_elsewhere_is_found_out(
    start_server: StartServer, fault: int
) -> None:
    """The test above can fail: here the subscribers' own positions are wrong by one."""
    server = start_server()
    with server.connect() as staff:
        open_practice(staff)
        last = all_events(staff)[-1].position
    resume = lambda position: min(max(0, position + fault), last) if position else 0  # noqa: E731
    try:
        subscribers = run_cut(server, cuts=30, kills=0, resume=resume)
    except AssertionError as found:
        assert "POSITION_AHEAD" in str(found), found
        return
    with server.connect() as staff:
        listed = all_events(staff)
    with pytest.raises(AssertionError, match="missed, repeated or misplaced"):
        for subscriber in subscribers:
            require_told_once(subscriber.seen, listed)


def test_every_kind_of_thing_is_told_as_get_gives_it(till: Shared) -> None:  # E-1
    with till.server.connect(till.keys.take()) as staff:
        things = Things(staff)
        for title in (
            "Holds/Renew",
            "Appointments/Book",
            "Requests/Decline",
            "Series/Get",
            "Benefits/Get",
            "Payments/Record",
            "Directory/UpdatePolicy",
            "Directory/UpdateAttendanceStatuses",
            "Directory/AddScheduleExceptions",
        ):
            with suppress(FailedPrecondition):
                staff.call(REQUESTS[title](things))
        things.practice.hold(staff, things.practice.at(6, "10:00"))
        paid = things.practice.book(staff, things.practice.at(7, "10:00"))
        staff.call(v1.PaymentsRecordRequest(appointment_id=paid.id, method="cash"))
        shown: set[str] = set()
        for event in all_events(staff):
            name = event.WhichOneof("resource")
            if name is None:
                assert event.kind.startswith("HOLD_"), event
                continue
            shown.add(name)
            assert getattr(event, name) == got(staff, name, event), event.kind
            version = getattr(getattr(event, name), "version", event.subject_version)
            assert version >= event.subject_version or name == "hold"
        assert shown | {"payout"} == {field.name for field in RESOURCES}, shown


RESOURCES = v1.Event.DESCRIPTOR.oneofs_by_name["resource"].fields


def got(staff: Connection, name: str, event: v1.Event) -> Message:
    """What Get gives."""
    id = event.subject_id
    match name:
        case "appointment":
            return staff.call(v1.AppointmentsGetRequest(appointment_id=id)).appointment
        case "client":
            return staff.call(v1.ClientsGetRequest(client_id=id)).client
        case "therapy":
            return staff.call(v1.TherapiesGetRequest(therapy_id=id)).therapy
        case "series":
            return staff.call(v1.SeriesGetRequest(series_id=id)).series
        case "hold":
            return staff.call(v1.HoldsGetRequest(hold_id=id)).hold
        case "therapist":
            return staff.call(v1.DirectoryGetTherapistRequest(therapist_id=id)).therapist
        case "location":
            return staff.call(v1.DirectoryGetLocationRequest(location_id=id)).location
        case "service":
            return staff.call(v1.DirectoryGetServiceRequest(service_id=id)).service
        case "schedule":
            return staff.call(v1.DirectoryGetScheduleRequest(therapist_id=id)).schedule
        case "policy":
            return staff.call(v1.DirectoryGetPolicyRequest())
        case "attendance_statuses":
            return staff.call(v1.DirectoryListAttendanceStatusesRequest())
        case "payment":
            request = v1.PaymentsListRequest(appointment_id=event.related_id)
            return next(each for each in staff.call(request).payments if each.id == id)
        case "payment_intent":
            return staff.call(v1.PaymentsGetIntentRequest(intent_id=id)).intent
        case "payment_method":
            return staff.call(v1.PaymentMethodsGetRequest(payment_method_id=id)).payment_method
        case "benefit":
            return staff.call(v1.BenefitsGetRequest(benefit_id=id)).benefit
        case "package":
            return staff.call(v1.PackagesGetRequest(package_id=id)).package
        case "package_link":
            return staff.call(v1.PackagesGetLinkRequest(link_id=id)).link
        case _:
            raise AssertionError(f"how to get {name}?")


def test_what_happens_is_told_at_once(partner: Connection, server: Server) -> None:  # E-1
    practice = open_practice(partner)
    so_far = all_events(partner)
    call = partner.begin(v1.EventsSubscribeRequest(after_position=so_far[-1].position))
    first = partner.tell(call)
    assert not first.events and first.position == so_far[-1].position
    began = time.monotonic()
    booked = practice.book(partner, practice.at(3, "10:00"))
    seen: list[v1.Event] = []
    while not any(event.kind == "APPOINTMENT_BOOKED" for event in seen):
        seen += partner.tell(call).events
    assert time.monotonic() - began < 1
    assert seen[-1].appointment == booked or seen[-1].kind != "APPOINTMENT_BOOKED"
    require_told_once([told(event) for event in so_far + seen], all_events(partner))


def test_only_the_kinds_that_are_asked_for_are_told_and_the_position_goes_on(
    partner: Connection,
) -> None:
    practice = open_practice(partner)
    kinds = ["APPOINTMENT_CANCELLED", "APPOINTMENT_BOOKED", "NEVER_HEARD_OF"]
    for hour in ("10:00", "12:00"):
        practice.book(partner, practice.at(3, hour))
    everything = all_events(partner)
    wanted = [event for event in everything if event.kind in kinds]
    assert len(wanted) == 2
    assert all_events(partner, kinds) == wanted
    page = partner.call(v1.EventsListRequest(kinds=["NEVER_HEARD_OF"]))
    assert (list(page.events), page.position, page.more) == ([], everything[-1].position, False)
    page = partner.call(v1.EventsListRequest(subject_id=wanted[0].subject_id))
    assert [event.position for event in page.events] == [wanted[0].position]
    call = partner.begin(v1.EventsSubscribeRequest(kinds=kinds))
    seen: list[v1.Event] = []
    while len(seen) < 2:
        seen += partner.tell(call).events
    assert seen == wanted


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (v1.EventsListRequest(after_position=-1), "after_position"),
        (v1.EventsListRequest(page_size=-1), "page_size"),
        (v1.EventsListRequest(kinds=["a"]), "kinds[0]"),
        (v1.EventsListRequest(kinds=["A", "B,C"]), "kinds[1]"),
        (v1.EventsListRequest(kinds=["A", "A"]), "kinds[1]"),
        (v1.EventsListRequest(kinds=[f"K{i}" for i in range(101)]), "kinds"),
        (v1.EventsListRequest(subject_id="a\nb"), "subject_id"),
        (v1.EventsSubscribeRequest(after_position=-1), "after_position"),
        (v1.EventsSubscribeRequest(kinds=[""]), "kinds[0]"),
    ],
)
def test_what_is_no_request_is_refused(
    partner: Connection, request_: Message, field: str
) -> None:
    with pytest.raises(InvalidArgument) as refused:
        partner.call(request_)
    assert refused.value.fields == [field]


@pytest.mark.parametrize("kind", [v1.EventsListRequest, v1.EventsSubscribeRequest])
def test_a_position_that_is_not_reached_yet_is_refused(
    partner: Connection, kind: type[Message]
) -> None:
    """It is another server's, or of data that is gone: to go on silently would miss what comes up to there."""
    open_practice(partner)
    last = all_events(partner)[-1].position
    with pytest.raises(FailedPrecondition) as refused:
        partner.call(kind(after_position=last + 1))
    assert refused.value.reason == "POSITION_AHEAD"
    assert refused.value.status.error_info.metadata["last_position"] == str(last)
    assert partner.call(kind(after_position=last)).position == last


def test_partners_have_orders_of_their_own(new_partner: NewPartner) -> None:  # E-1
    one, other = new_partner(), new_partner()
    call = other.begin(v1.EventsSubscribeRequest())
    assert other.tell(call).position == 0
    practice = open_practice(one)
    practice.book(one, practice.at(3, "10:00"))
    assert not all_events(other)
    other.socket.settimeout(0.5)
    with pytest.raises(TimeoutError):
        other.tell(call)


def test_a_stream_that_is_cancelled_ends_and_the_connection_goes_on(partner: Connection) -> None:
    open_practice(partner)
    call = partner.begin(v1.EventsSubscribeRequest())
    position = partner.tell(call).position
    partner.cancel(call)
    with pytest.raises(Cancelled) as ended:
        while reply := partner.tell(call):
            position = reply.position
    assert ended.value.status.error_info.metadata["position"] == str(position)
    partner.cancel(call)
    partner.call(v1.HealthCheckRequest())


def test_a_streams_time_is_not_limited_unless_it_is_said(partner: Connection) -> None:
    call = partner.begin(v1.EventsSubscribeRequest(), timeout_ms=300)
    began = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        while partner.tell(call):
            pass
    assert 0.25 < time.monotonic() - began < 5


def test_a_server_that_stops_says_where_to_go_on(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as staff:
        open_practice(staff)
        call = staff.begin(v1.EventsSubscribeRequest())
        position = staff.tell(call).position
        assert server.stop() == 0
        with pytest.raises(Unavailable) as ended:
            while reply := staff.tell(call):
                position = reply.position
    assert ended.value.reason == "DRAINING"
    assert ended.value.status.error_info.metadata["position"] == str(position)


def test_a_connection_has_so_many_streams_and_no_more(partner: Connection) -> None:
    calls = [partner.begin(v1.EventsSubscribeRequest()) for _ in range(STREAMS_MAX)]
    for call in calls:
        partner.tell(call)
    with pytest.raises(ResourceExhausted) as refused:
        partner.call(v1.EventsSubscribeRequest())
    assert refused.value.reason == "TOO_MANY_STREAMS"
    partner.cancel(calls[0])
    with pytest.raises(Cancelled):
        partner.tell(calls[0])
    partner.call(v1.EventsSubscribeRequest())


def resident_kib(server: Server) -> int:
    assert server.process is not None
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def test_who_does_not_read_costs_no_memory_and_misses_nothing(start_server: StartServer) -> None:
    """32 streams of some 5 MB each, of which nothing is read for a while."""
    server = start_server()
    with server.connect() as staff, server.connect(timeout_s=30) as slow:
        rooms = [v1.Room(name=f"{number} {'x' * 90}") for number in range(100)]
        made = v1.Location(name="Large", mode=v1.SESSION_MODE_IN_PERSON, rooms=rooms)
        made.address, made.city = "Via Roma 1", "Roma"
        place = staff.call(v1.DirectoryCreateLocationRequest(location=made)).location
        for _ in range(400):
            place.version = 0
            place = staff.call(v1.DirectoryUpdateLocationRequest(location=place)).location
        listed = all_events(staff)
        assert sum(event.ByteSize() for event in listed) > 4_000_000
        before = resident_kib(server)
        calls = [slow.begin(v1.EventsSubscribeRequest()) for _ in range(STREAMS_MAX)]
        time.sleep(2)
        staff.call(v1.HealthCheckRequest())
        grown = resident_kib(server) - before
        assert grown < 64 << 10, f"{grown} KiB"
        seen: list[v1.Event] = []
        while len(seen) < len(listed):
            seen += slow.tell(calls[-1]).events
        require_told_once([told(event) for event in seen], listed)


def test_registering_is_told_with_who_it_is(partner: Connection) -> None:
    made = partner.call(v1.ClientsRegisterRequest(client=registration())).client
    (event,) = all_events(partner, ["CLIENT_REGISTERED"])
    assert (event.subject_id, event.subject_version, event.client) == (made.id, made.version, made)
    assert (event.actor_role, event.related_id) == ("STAFF", "")
