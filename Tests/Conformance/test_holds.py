"""A hold keeps a slot for some minutes; the booking that it was made for takes it over (S-12)."""

import threading
import time
from collections.abc import Callable

import contract as v1
import pytest
from client import (
    AlreadyExists,
    Connection,
    FailedPrecondition,
    NotFound,
    PermissionDenied,
    Refused,
    as_client,
    as_therapist,
    refusal,
)
from fieldrows import Row, refuse, rows
from google.protobuf.message import Message
from practice import MINUTE_MS, Practice, new_id, now_ms, open_practice, register
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server

THERAPIST_BUSY = status.DISCREPANCY_KIND_THERAPIST_BUSY
ROOM_BUSY = status.DISCREPANCY_KIND_ROOM_BUSY
CLIENT_BUSY = status.DISCREPANCY_KIND_CLIENT_BUSY


def get(connection: Connection, hold_id: str, actor: wire.Actor | None = None) -> v1.Hold:
    return connection.call(v1.HoldsGetRequest(hold_id=hold_id), actor=actor).hold


def renew(connection: Connection, hold_id: str, actor: wire.Actor | None = None) -> v1.Hold:
    return connection.call(v1.HoldsRenewRequest(hold_id=hold_id), actor=actor).hold


def release(connection: Connection, hold_id: str, actor: wire.Actor | None = None) -> None:
    connection.call(v1.HoldsReleaseRequest(hold_id=hold_id), actor=actor)


@pytest.fixture(scope="module")
def practice(server: Server) -> Practice:
    with server.connect() as connection:
        return open_practice(connection)


def test_a_slot_is_held_for_ten_minutes_and_for_nobody_else(staff: Connection) -> None:  # S-12
    practice = open_practice(staff)
    client = register(staff)
    start = practice.at(3, "10:00")
    before = now_ms()
    hold = practice.hold(staff, start, client_id=client)
    taken = hold.create_time.ToMilliseconds()
    assert before <= taken <= now_ms()
    assert hold.expire_time.ToMilliseconds() == taken + 10 * MINUTE_MS
    assert hold.expire_time_max.ToMilliseconds() == taken + 60 * MINUTE_MS
    assert hold.start_time.ToMilliseconds() == start
    assert hold.end_time.ToMilliseconds() == start + 50 * MINUTE_MS
    assert (hold.therapist_id, hold.client_id) == (practice.therapist.id, client)
    assert hold.room_id == practice.rooms[0]
    assert get(staff, hold.id) == hold

    assert "10:00" not in practice.free_on(staff, 3)
    with pytest.raises(AlreadyExists) as refused:
        practice.book(staff, start, client)
    assert refused.value.kinds == [THERAPIST_BUSY, ROOM_BUSY, CLIENT_BUSY]
    assert refused.value.collides_with == {hold.id}
    for found in refused.value.status.conflicts.discrepancies:
        (collision,) = found.collisions
        assert collision.hold_expire_ms == hold.expire_time.ToMilliseconds()
        assert (collision.start_ms, collision.end_ms) == (start, start + 50 * MINUTE_MS)
    checked = staff.call(practice.check(start, client_id=client))
    assert checked.conflicts == refused.value.status.conflicts
    with pytest.raises(AlreadyExists):
        practice.hold(staff, start)


def test_what_cannot_be_booked_cannot_be_held(staff: Connection) -> None:  # S-12 S-4
    practice = open_practice(staff)
    with pytest.raises(FailedPrecondition) as refused:
        practice.hold(staff, practice.at(3, "20:10"))
    assert refused.value.kinds == [
        status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
        status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
        status.DISCREPANCY_KIND_OFF_GRID,
    ]
    far = practice.at(50, "10:00")
    with pytest.raises(FailedPrecondition) as refused:
        practice.hold(staff, far, as_client(""))
    assert refused.value.kinds == [status.DISCREPANCY_KIND_BEYOND_HORIZON]
    practice.hold(staff, far)


def test_the_booking_takes_the_hold_over(staff: Connection) -> None:  # S-12
    practice = open_practice(staff, rooms=2)
    start = practice.at(3, "10:00")
    hold = practice.hold(staff, start)
    checked = staff.call(practice.check(start, hold_id=hold.id))
    assert checked.bookable and checked.room_id == hold.room_id
    booked = practice.book(staff, start, hold_id=hold.id)
    assert booked.room_id == hold.room_id
    for call in (get, renew, release):
        with pytest.raises(NotFound):
            call(staff, hold.id)
    with pytest.raises(NotFound):
        practice.book(staff, practice.at(3, "12:00"), hold_id=hold.id)


def test_the_booking_may_differ_from_the_hold(staff: Connection) -> None:  # S-12
    practice = open_practice(staff, rooms=2)
    held, comes = register(staff), register(staff)
    hold = practice.hold(staff, practice.at(3, "10:00"), client_id=held)
    start, room = practice.at(3, "10:30"), practice.rooms[1]
    booked = practice.book(staff, start, comes, hold_id=hold.id, room_id=room)
    assert (booked.client_id, booked.room_id) == (comes, room)
    free = practice.free_on(staff, 3)
    assert "09:30" in free and "10:00" not in free
    assert staff.call(practice.check(practice.at(3, "09:30"), client_id=held)).bookable


def test_a_booking_that_is_refused_leaves_the_hold(staff: Connection) -> None:  # S-12
    practice = open_practice(staff)
    practice.book(staff, practice.at(3, "11:00"))
    hold = practice.hold(staff, practice.at(3, "10:00"))
    with pytest.raises(AlreadyExists) as refused:
        practice.book(staff, practice.at(3, "10:30"), hold_id=hold.id)
    assert hold.id not in refused.value.collides_with
    dry = practice.booking(practice.at(3, "10:00"), hold_id=hold.id, validate_only=True)
    staff.call(dry, key="")
    assert get(staff, hold.id) == hold
    practice.book(staff, practice.at(3, "10:00"), hold_id=hold.id)


def test_it_must_be_of_the_same_therapist(staff: Connection) -> None:  # S-12
    here, there = open_practice(staff), open_practice(staff)
    hold = there.hold(staff, there.at(3, "10:00"))
    with pytest.raises(NotFound) as refused:
        here.book(staff, here.at(3, "10:00"), hold_id=hold.id)
    assert "hold_id" in refused.value.status.message
    with pytest.raises(NotFound):
        staff.call(here.check(here.at(3, "10:00"), hold_id=hold.id))


def test_renewing_moves_the_deadline_up_to_what_it_may_be(staff: Connection) -> None:  # S-12
    practice = open_practice(staff)
    hold = practice.hold(staff, practice.at(3, "10:00"))
    time.sleep(0.05)
    before = now_ms()
    renewed = renew(staff, hold.id)
    assert before + 10 * MINUTE_MS <= renewed.expire_time.ToMilliseconds()
    assert renewed.expire_time.ToMilliseconds() <= now_ms() + 10 * MINUTE_MS
    assert renewed.expire_time_max == hold.expire_time_max
    assert get(staff, hold.id) == renewed


def test_releasing_frees_the_slot_at_once(staff: Connection) -> None:  # S-12
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    hold = practice.hold(staff, start)
    release(staff, hold.id)
    assert "10:00" in practice.free_on(staff, 3)
    practice.book(staff, start)
    for call in (get, renew, release):
        with pytest.raises(NotFound):
            call(staff, hold.id)


def test_holds_are_the_actors_own(staff: Connection) -> None:  # S-12
    practice, other = open_practice(staff), open_practice(staff)
    mine, theirs = register(staff), register(staff)
    start = practice.at(3, "10:00")
    for actor in (as_client(theirs), as_client("")):
        with pytest.raises(PermissionDenied):
            practice.hold(staff, start, actor, client_id=mine)
    with pytest.raises(PermissionDenied):
        practice.hold(staff, start, as_therapist(other.therapist.id))
    hold = practice.hold(staff, start, as_client(mine), client_id=mine)
    for actor in (as_client(theirs), as_client(""), as_therapist(other.therapist.id)):
        for call in (get, renew, release):
            with pytest.raises(NotFound):
                call(staff, hold.id, actor)
    with pytest.raises(NotFound):
        practice.book(staff, start, theirs, as_client(theirs), hold_id=hold.id)
    for actor in (as_client(mine), as_therapist(practice.therapist.id), None):
        assert get(staff, hold.id, actor).id == hold.id
        renew(staff, hold.id, actor)
    release(staff, hold.id, as_client(mine))

    anyones = practice.hold(staff, start, as_client(""))
    renew(staff, anyones.id, as_client(theirs))
    practice.book(staff, start, mine, as_client(mine), hold_id=anyones.id)


def test_anothers_hold_is_told_apart_from_none_by_nothing(
    staff: Connection, partner: Connection
) -> None:
    practice = open_practice(staff)
    hold = practice.hold(staff, practice.at(3, "10:00"))
    absent = new_id("hld")
    for call in (get, renew, release):
        said = []
        for hold_id in (hold.id, absent):
            with pytest.raises(NotFound) as refused:
                call(partner, hold_id)
            said.append(str(refused.value.status).replace(hold_id, "ID"))
        assert said[0] == said[1]
    own = open_practice(partner)
    with pytest.raises(NotFound):
        own.book(partner, own.at(3, "10:00"), hold_id=hold.id)
    with pytest.raises(NotFound):
        partner.call(own.check(own.at(3, "10:00"), hold_id=hold.id))
    with pytest.raises(AlreadyExists) as refused:
        own.hold(partner, own.at(3, "10:00"), hold_id=hold.id)
    assert refused.value.reason == "ID_TAKEN"
    assert get(staff, hold.id) == hold


def test_a_repeated_call_holds_once(staff: Connection) -> None:  # B-13
    practice = open_practice(staff)
    request = practice.holding(practice.at(3, "10:00"))
    key = new_id("key")
    first = staff.call(request, key=key)
    assert staff.call(request, key=key) == first
    release(staff, first.hold.id)
    # A key is no claim: the same answer, and no hold.
    assert staff.call(request, key=key) == first
    with pytest.raises(NotFound):
        get(staff, first.hold.id)


def test_the_caller_may_choose_the_id(staff: Connection) -> None:
    practice = open_practice(staff)
    chosen = new_id("hld")
    assert practice.hold(staff, practice.at(3, "10:00"), hold_id=chosen).id == chosen
    with pytest.raises(AlreadyExists) as refused:
        practice.hold(staff, practice.at(3, "11:00"), hold_id=chosen)
    assert refused.value.reason == "ID_TAKEN"


@rows(
    ("therapist_id", "", "therapist_id"),
    ("service_id", "svc_1", "service_id"),
    ("location_id", "", "location_id"),
    ("room_id", "room_1", "room_id"),
    ("start_ms", 0, "start_ms"),
    ("start_ms", now_ms() // MINUTE_MS * MINUTE_MS + 1, "start_ms"),
    ("client_id", "anna", "client_id"),
    ("hold_id", new_id("apt"), "hold_id"),
)
def test_wrong_fields_of_a_hold(staff: Connection, practice: Practice, row: Row) -> None:
    refuse(staff, practice.holding(practice.at(4, "10:00")), row)


@pytest.mark.parametrize(
    "kind", [v1.HoldsGetRequest, v1.HoldsRenewRequest, v1.HoldsReleaseRequest]
)
def test_a_hold_is_named(staff: Connection, kind: type[Message]) -> None:
    refuse(staff, kind(), ("hold_id", "", "hold_id"))
    refuse(staff, kind(), ("hold_id", "hold", "hold_id"))


def race(server: Server, requests: Callable[[int], list[Message]]) -> list[list[wire.Reply]]:
    """Several connections at once, each with its own requests in one write; what each was told."""
    lanes = 6
    ready = threading.Barrier(lanes)
    replies: dict[int, list[wire.Reply]] = {}

    def run(lane: int) -> None:
        with server.connect(timeout_s=30) as connection:
            frames = [connection.frame(each) for each in requests(lane)]
            ready.wait(30)
            connection.send(*frames)
            replies[lane] = connection.replies(frame.call.call_id for frame in frames)

    threads = [threading.Thread(target=run, args=(lane,)) for lane in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [replies[lane] for lane in range(lanes)]


def test_of_many_takers_one_wins(server: Server, staff: Connection) -> None:  # S-12 S-10
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    told = race(server, lambda _: [practice.holding(start) for _ in range(20)])
    replies = [reply for lane in told for reply in lane]
    won = [reply for reply in replies if not reply.HasField("status")]
    assert len(won) == 1
    hold = v1.HoldsTakeResponse.FromString(won[0].message).hold
    for reply in replies:
        if reply.HasField("status"):
            refused = refusal(reply.status)
            assert isinstance(refused, AlreadyExists)
            assert refused.collides_with == {hold.id}
    assert get(staff, hold.id) == hold


def test_takers_and_bookers_want_one_slot(server: Server, staff: Connection) -> None:  # S-12 S-10
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    told = race(
        server,
        lambda lane: [
            practice.holding(start) if (lane + number) % 2 else practice.booking(start)
            for number in range(20)
        ],
    )
    assert sum(not reply.HasField("status") for lane in told for reply in lane) == 1


def test_a_hold_is_booked_over_once(server: Server, staff: Connection) -> None:  # S-12
    practice = open_practice(staff)
    start = practice.at(3, "10:00")
    hold = practice.hold(staff, start)
    told = race(server, lambda _: [practice.booking(start, hold_id=hold.id) for _ in range(5)])
    replies = [reply for lane in told for reply in lane]
    assert sum(not reply.HasField("status") for reply in replies) == 1
    refused: list[Refused] = [
        refusal(reply.status) for reply in replies if reply.HasField("status")
    ]
    assert all(isinstance(each, NotFound) for each in refused)


def test_holds_outlive_a_killed_server(start_server: Callable[..., Server]) -> None:  # S-12
    server = start_server()
    with server.connect() as connection:
        practice = open_practice(connection)
        start = practice.at(3, "10:00")
        hold = practice.hold(connection, start)
    server.kill()
    server.start()
    with server.connect() as connection:
        assert get(connection, hold.id) == hold
        with pytest.raises(AlreadyExists) as refused:
            practice.book(connection, start)
        assert refused.value.collides_with == {hold.id}
        practice.book(connection, start, hold_id=hold.id)
