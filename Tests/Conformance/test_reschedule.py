"""Moving an appointment: the new time is taken and the old one freed together (B-10)."""

import uuid
from collections.abc import Callable

import contract as v1
import pytest
from client import (
    Aborted,
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    Refused,
    as_client,
    as_therapist,
)
from conftest import StartServer
from google.protobuf.field_mask_pb2 import FieldMask
from life import advance, both, cancelling, history, moving, offering, paying, read, told
from practice import MINUTE_MS, Practice, office, open_practice, register, weekly
from seduta.wire.v1 import status_pb2 as status
from server import Server


@pytest.fixture
def practice(staff: Connection) -> Practice:
    return open_practice(staff, rooms=2)


def test_an_appointment_moves_in_one_step(staff: Connection, practice: Practice) -> None:
    # B-10 A-1
    booked = practice.book(staff, practice.at(3, "10:00"))
    new = practice.at(4, "12:00")
    actor = as_client(booked.client_id)
    moved = staff.call(moving(booked, new, reason="a train"), actor=actor).appointment
    expected = v1.Appointment()
    expected.CopyFrom(booked)
    expected.start_time.FromMilliseconds(new)
    expected.end_time.FromMilliseconds(new + 50 * MINUTE_MS)
    expected.version = 2
    expected.update_time.CopyFrom(moved.update_time)
    assert moved == expected == read(staff, booked)
    assert booked.update_time.ToMilliseconds() <= moved.update_time.ToMilliseconds()

    assert "10:00" in practice.free_on(staff, 3)
    assert not {"11:30", "12:00", "12:30"} & set(practice.free_on(staff, 4))
    first, second = history(staff, booked)
    assert (first.kind, second.kind) == ("BOOKED", "RESCHEDULED")
    assert second.start_time_before == booked.start_time
    assert second.from_state == second.to_state == v1.APPOINTMENT_STATE_SCHEDULED
    assert (second.actor_role, second.actor_id) == ("CLIENT", booked.client_id)
    assert (second.reason, second.version) == ("a train", 2)


def test_it_may_overlap_its_own_old_time(staff: Connection, practice: Practice) -> None:  # B-10
    booked = practice.book(staff, practice.at(3, "10:00"), room_id=practice.rooms[1])
    moved = staff.call(moving(booked, practice.at(3, "10:30"))).appointment
    assert moved.start_time.ToMilliseconds() == practice.at(3, "10:30")
    # Its room stays, though another comes first.
    assert moved.room_id == practice.rooms[1]
    other = staff.call(moving(moved, practice.at(3, "10:30"), room_id=practice.rooms[0]))
    assert other.appointment.room_id == practice.rooms[0]


def test_a_dry_run_answers_as_the_move_and_does_nothing(
    staff: Connection, practice: Practice
) -> None:  # B-10 S-5
    booked = practice.book(staff, practice.at(3, "10:00"))
    start = practice.at(3, "12:00")
    tried = staff.call(moving(booked, start, validate_only=True), key="").appointment
    assert read(staff, booked) == booked
    moved = staff.call(moving(booked, start)).appointment
    tried.update_time.CopyFrom(moved.update_time)
    assert tried == moved


def test_what_is_in_the_way_is_named_and_nothing_changes(
    staff: Connection, practice: Practice
) -> None:  # B-10 S-4 A-7
    booked = practice.book(staff, practice.at(3, "10:00"))
    other = practice.book(staff, practice.at(3, "12:00"))
    with pytest.raises(AlreadyExists) as refused:
        staff.call(moving(booked, practice.at(3, "11:40")))
    assert refused.value.reason == "SLOT_TAKEN"
    assert refused.value.kinds == [4, 9]
    assert refused.value.collides_with == {other.id}
    alternatives = refused.value.alternatives
    assert len(alternatives) == 3 and practice.at(3, "10:00") not in alternatives
    assert read(staff, booked) == booked and len(history(staff, booked)) == 1
    for start in alternatives:
        staff.call(moving(booked, start))
    with pytest.raises(FailedPrecondition) as closed:
        staff.call(moving(booked, practice.at(3, "20:00")))
    assert (closed.value.reason, closed.value.kinds) == ("SLOT_NOT_BOOKABLE", [1, 2])


def test_each_moves_within_their_horizon_and_overrides_what_they_may(
    staff: Connection, practice: Practice
) -> None:  # S-2 S-6 B-10
    booked = practice.book(staff, practice.at(3, "10:00"))
    client = as_client(booked.client_id)
    with pytest.raises(FailedPrecondition) as far:
        staff.call(moving(booked, practice.at(40, "10:00")), actor=client)
    assert far.value.kinds == [7]
    early = moving(
        booked,
        practice.at(40, "08:10"),
        overrides=[status.DISCREPANCY_KIND_OFF_GRID, 1, 2],
    )
    with pytest.raises(PermissionDenied):
        staff.call(early, actor=client)
    moved = staff.call(early, actor=as_therapist(practice.therapist.id)).appointment
    assert moved.start_time.ToMilliseconds() == practice.at(40, "08:10")
    assert list(history(staff, booked)[-1].overridden) == [1, 2, 9]


def test_only_therapist_and_staff_choose_whether_the_client_is_told(
    staff: Connection, practice: Practice
) -> None:  # B-11
    booked = practice.book(staff, practice.at(3, "10:00"))
    with pytest.raises(InvalidArgument) as refused:
        staff.call(
            moving(booked, practice.at(3, "12:00"), quiet=True), actor=as_client(booked.client_id)
        )
    assert refused.value.fields == ["quiet"]
    actor = as_therapist(practice.therapist.id)
    assert staff.call(moving(booked, practice.at(3, "12:00"), quiet=True), actor=actor)


def test_both_are_told_unless_it_is_quiet(staff: Connection, practice: Practice) -> None:
    # B-11 N-1
    for quiet, start in ((False, "11:00"), (True, "12:00")):
        booked = practice.book(staff, practice.at(3, "10:00"))
        staff.call(moving(booked, practice.at(3, start), quiet=quiet))
        changed = both("APPOINTMENT_CHANGED")[quiet:]
        assert told(staff, booked) == both("BOOKING_CONFIRMED") + changed


def test_time_goes_by_the_new_start(sandboxed: Connection) -> None:  # B-10 A-2
    practice = open_practice(sandboxed)
    booked = practice.book(sandboxed, practice.at(3, "10:00"))
    sandboxed.call(moving(booked, practice.at(4, "10:00")))
    advance(sandboxed, practice.at(3, "23:00"))
    assert read(sandboxed, booked).state == v1.APPOINTMENT_STATE_SCHEDULED
    advance(sandboxed, practice.at(4, "09:55"))
    assert read(sandboxed, booked).state == v1.APPOINTMENT_STATE_IN_PROGRESS
    with pytest.raises(FailedPrecondition) as refused:
        sandboxed.call(moving(booked, practice.at(5, "10:00")))
    assert refused.value.reason == "APPOINTMENT_STATE"
    assert refused.value.status.error_info.metadata["state"] == "IN_PROGRESS"


def test_the_time_to_pay_never_goes_beyond_the_new_start(sandboxed: Connection) -> None:
    # B-10 P-4
    practice = offering(sandboxed, v1.PAYMENT_PLAN_PREPAID, payment_minutes=1_440)
    advance(sandboxed, practice.at(2, "20:00"))
    booked = practice.book(sandboxed, practice.at(4, "10:00"))
    paid = practice.book(sandboxed, practice.at(4, "12:00"))
    sandboxed.call(paying(paid))
    start = practice.at(3, "10:00")
    moved = sandboxed.call(moving(booked, start)).appointment
    assert moved.state == v1.APPOINTMENT_STATE_INITIATED
    assert moved.payment_deadline_time.ToMilliseconds() == start
    assert booked.payment_deadline_time.ToMilliseconds() > start
    # Payment and price follow.
    followed = sandboxed.call(moving(paid, practice.at(3, "12:00"))).appointment
    assert followed.payment_status == v1.PAYMENT_STATUS_PAID
    assert followed.amount_paid == followed.price == paid.price
    advance(sandboxed, start)
    assert read(sandboxed, booked).state == v1.APPOINTMENT_STATE_PAYMENT_CANCELLED
    assert read(sandboxed, paid) == followed


def test_the_same_start_and_place_is_no_move(staff: Connection, practice: Practice) -> None:
    # B-10
    booked = practice.book(staff, practice.at(3, "10:00"))
    for more in (
        {},
        {"location_id": booked.location_id},
        {"room_id": booked.room_id},
    ):
        with pytest.raises(InvalidArgument) as refused:
            staff.call(moving(booked, practice.at(3, "10:00"), **more))
        assert refused.value.fields == ["start_ms"]


def test_another_location_of_its_service_will_do(staff: Connection) -> None:  # B-10
    practice = open_practice(staff)
    second = staff.call(v1.DirectoryCreateLocationRequest(location=office())).location
    staff.call(
        v1.DirectoryUpdateTherapistRequest(
            therapist=v1.Therapist(
                id=practice.therapist.id, location_ids=[practice.location.id, second.id]
            ),
            update_mask=FieldMask(paths=["location_ids"]),
        )
    )
    booked = practice.book(staff, practice.at(3, "10:00"))
    evening = moving(booked, practice.at(3, "18:00"), location_id=second.id)
    with pytest.raises(NotFound) as refused:
        staff.call(evening)
    assert refused.value.status.error_info.metadata["field"] == "location_id"
    staff.call(
        v1.DirectoryUpdateServiceRequest(
            service=v1.Service(
                id=practice.service.id, location_ids=[practice.location.id, second.id]
            ),
            update_mask=FieldMask(paths=["location_ids"]),
        )
    )
    windows = weekly(practice.location.id, "09:00", "17:00") + weekly(second.id, "17:00", "20:00")
    staff.call(
        v1.DirectoryUpdateScheduleRequest(
            schedule=v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
        )
    )
    moved = staff.call(evening).appointment
    assert (moved.location_id, moved.room_id) == (second.id, second.rooms[0].id)
    assert practice.book(staff, practice.at(3, "10:00")).room_id == practice.rooms[0]


def test_a_hold_of_the_new_slot_is_taken_over(staff: Connection, practice: Practice) -> None:
    # B-10 S-12
    booked = practice.book(staff, practice.at(3, "10:00"))
    start = practice.at(3, "12:00")
    hold = practice.hold(staff, start)
    with pytest.raises(AlreadyExists):
        staff.call(moving(booked, start))
    staff.call(moving(booked, start, hold_id=hold.id))
    with pytest.raises(NotFound):
        staff.call(v1.HoldsGetRequest(hold_id=hold.id))
    with pytest.raises(NotFound) as refused:
        staff.call(moving(booked, practice.at(3, "13:00"), hold_id=hold.id))
    assert refused.value.status.error_info.metadata["field"] == "hold_id"


def test_a_stale_version_is_refused(staff: Connection, practice: Practice) -> None:  # B-14
    booked = practice.book(staff, practice.at(3, "10:00"))
    staff.call(moving(booked, practice.at(3, "12:00"), version=1))
    with pytest.raises(Aborted) as refused:
        staff.call(moving(booked, practice.at(3, "13:00"), version=1))
    assert refused.value.reason == "STALE_VERSION"
    assert refused.value.status.error_info.metadata["current_version"] == "2"


def test_what_was_cancelled_is_not_moved(staff: Connection, practice: Practice) -> None:
    # A-1 B-10
    booked = practice.book(staff, practice.at(3, "10:00"))
    staff.call(cancelling(booked))
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(moving(booked, practice.at(3, "12:00")))
    assert refused.value.reason == "APPOINTMENT_STATE"
    assert refused.value.status.error_info.metadata["state"] == "CANCELLED_BY_THERAPIST"


def test_only_whose_it_is_moves_it(
    staff: Connection, partner: Connection, practice: Practice
) -> None:  # B-10
    booked = practice.book(staff, practice.at(3, "10:00"))
    request = moving(booked, practice.at(3, "12:00"))
    strangers: list[Callable[[], object]] = [
        lambda: staff.call(request, actor=as_client(register(staff))),
        lambda: staff.call(request, actor=as_therapist(open_practice(staff).therapist.id)),
        lambda: partner.call(request),
    ]
    for ask in strangers:
        with pytest.raises(NotFound):
            ask()


def test_where_clients_ask_they_do_not_move(staff: Connection) -> None:  # B-4 B-10
    practice = offering(staff, client_booking=v1.BOOKING_MODE_REQUEST)
    booked = practice.book(staff, practice.at(3, "10:00"))
    request = moving(booked, practice.at(3, "12:00"))
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(request, actor=as_client(booked.client_id))
    assert refused.value.reason == "REQUEST_REQUIRED"
    assert staff.call(request, actor=as_therapist(practice.therapist.id)).appointment.version == 2


def test_every_wrong_field_is_named(staff: Connection) -> None:
    with pytest.raises(InvalidArgument) as refused:
        staff.call(
            v1.AppointmentsRescheduleRequest(
                appointment_id="apt_1",
                version=-1,
                start_ms=1,
                location_id="x",
                room_id="x",
                overrides=[4],
                hold_id="x",
                reason="x" * 1_001,
            )
        )
    assert sorted(refused.value.fields) == sorted(
        ["appointment_id", "version", "start_ms", "location_id", "room_id"]
        + ["overrides[0]", "hold_id", "reason"]
    )


def test_said_twice_it_moves_once(staff: Connection, practice: Practice) -> None:  # B-13
    booked = practice.book(staff, practice.at(3, "10:00"))
    key = str(uuid.uuid4())
    request = moving(booked, practice.at(3, "12:00"))
    first = staff.call(request, key=key)
    staff.call(moving(booked, practice.at(3, "13:00")))
    assert staff.call(request, key=key) == first
    assert read(staff, booked).version == 3


def test_of_many_who_want_one_slot_one_gets_it(server: Server) -> None:  # B-10 S-10
    with server.connect() as connection:
        practice = open_practice(connection)
        booked = [
            practice.book(connection, practice.at(day, "10:00")) for day in range(3, 15)
        ]
        target = practice.at(20, "10:00")
        calls = [connection.begin(moving(each, target)) for each in booked]
        won: list[v1.Appointment] = []
        for call in calls:
            try:
                won.append(connection.answer(call).appointment)
            except Refused as refused:
                assert refused.reason == "SLOT_TAKEN"
        assert len(won) == 1
        for day, each in enumerate(booked, start=3):
            now = read(connection, each)
            assert now == (won[0] if each.id == won[0].id else each)
            assert ("10:00" in practice.free_on(connection, day)) == (each.id == won[0].id)


def test_a_move_outlives_the_server(start_server: StartServer) -> None:  # B-10
    server = start_server()
    with server.connect() as connection:
        practice = open_practice(connection)
        booked = practice.book(connection, practice.at(3, "10:00"))
        moved = connection.call(moving(booked, practice.at(3, "12:00"))).appointment
    server.kill()
    server.start()
    with server.connect() as connection:
        assert read(connection, booked) == moved
        free = practice.free_on(connection, 3)
        assert "10:00" in free and "12:00" not in free
