"""What time does to appointments by itself: at its time, once, across restarts and kills (A-2, P-4)."""

import contract as v1
import pytest
from client import Connection, FailedPrecondition, as_client
from conftest import StartServer
from practice import DAY_MS, MINUTE_MS, Practice, now_ms, open_practice
from requesting import STRANGER, accept, ask, enrol, open_for_requests
from sandboxes import Sandbox, audit, outbox, wait_until
from seduta.wire.v1 import status_pb2 as status

ANYTIME = [
    status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
    status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
    status.DISCREPANCY_KIND_IN_PAST,
    status.DISCREPANCY_KIND_OFF_GRID,
]


def test_a_session_is_in_progress_from_five_minutes_before_its_start(
    sandbox: Sandbox,
) -> None:
    practice = open_practice(sandbox.staff)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 1, "10:00"))
    begins_ms = booked.start_time.ToMilliseconds() - 5 * MINUTE_MS
    # The clock runs on while the state is read. Until then the client was reminded.
    assert sandbox.advance(to=begins_ms - 30_000).changed == 1
    assert sandbox.state(booked) == "SCHEDULED"
    assert sandbox.advance(to=begins_ms).changed == 1
    assert sandbox.state(booked) == "IN_PROGRESS"
    assert sandbox.get(booked).version == booked.version + 1
    assert sandbox.history(booked)[1:] == [("BEGUN", "SYSTEM", begins_ms)]


@pytest.mark.parametrize("minutes", [0, 45])
def test_a_session_is_completed_after_its_end_as_the_policy_says(
    sandbox: Sandbox, minutes: int
) -> None:
    service = {"policy": v1.Policy(complete_after_minutes=minutes)}
    practice = open_practice(sandbox.staff, service=service)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 1, "10:00"))
    over_ms = booked.end_time.ToMilliseconds() + minutes * MINUTE_MS
    sandbox.advance(to=over_ms - 30_000)
    assert sandbox.state(booked) == "IN_PROGRESS"
    assert sandbox.advance(to=over_ms).changed == 1
    assert sandbox.state(booked) == "COMPLETED"
    begins_ms = booked.start_time.ToMilliseconds() - 5 * MINUTE_MS
    assert sandbox.history(booked)[1:] == [
        ("BEGUN", "SYSTEM", begins_ms),
        ("COMPLETED", "SYSTEM", over_ms),
    ]
    # Completing says nothing of attendance, and nobody is told.
    assert sandbox.get(booked).attendance == v1.Appointment().attendance
    assert {each.kind for each in outbox(sandbox.staff, subject_id=booked.id)} == {
        "BOOKING_CONFIRMED"
    }


def prepaid(staff: Connection, **policy: int) -> Practice:
    service = {"payment_plan": v1.PAYMENT_PLAN_PREPAID, "policy": v1.Policy(**policy)}
    return open_practice(staff, service=service)


@pytest.mark.parametrize(("policy", "minutes"), [({}, 15), ({"payment_minutes": 40}, 40)])
def test_what_is_not_paid_in_time_is_cancelled_and_its_slot_is_free(
    sandbox: Sandbox, policy: dict[str, int], minutes: int
) -> None:  # A-2, P-4, N-1
    practice = prepaid(sandbox.staff, **policy)
    start_ms = sandbox.at(practice, 1, "10:00")
    booked = practice.book(sandbox.staff, start_ms)
    assert sandbox.state(booked) == "INITIATED"
    ends_ms = sandbox.history(booked)[0][2] + minutes * MINUTE_MS
    sandbox.advance(to=ends_ms - 30_000)
    assert sandbox.state(booked) == "INITIATED"
    assert not practice.free(sandbox.staff, start_ms, start_ms + 1)
    assert sandbox.advance(to=ends_ms).changed == 1
    assert sandbox.state(booked) == "PAYMENT_CANCELLED"
    assert practice.free(sandbox.staff, start_ms, start_ms + 1) == [start_ms]
    assert sandbox.history(booked)[1:] == [("PAYMENT_CANCELLED", "SYSTEM", ends_ms)]
    # It was never confirmed, since it was never paid.
    told = outbox(sandbox.staff, subject_id=booked.id)
    assert [(each.kind, each.recipient_id) for each in told] == [
        ("PAYMENT_CANCELLED", booked.client_id),
        ("PAYMENT_CANCELLED", booked.therapist_id),
    ]
    assert {each.create_time.ToMilliseconds() for each in told} == {ends_ms}
    again = practice.book(sandbox.staff, start_ms)
    assert sandbox.state(again) == "INITIATED"


def test_time_to_pay_ends_at_the_start_at_the_latest(sandbox: Sandbox) -> None:  # P-4
    practice = prepaid(sandbox.staff, payment_minutes=600)
    start_ms = sandbox.at(practice, 0, "09:00")
    booked = practice.book(sandbox.staff, start_ms)
    sandbox.advance(to=start_ms)
    assert sandbox.state(booked) == "PAYMENT_CANCELLED"
    assert sandbox.history(booked)[-1] == ("PAYMENT_CANCELLED", "SYSTEM", start_ms)


def test_a_request_that_nobody_answers_lapses_at_its_start(sandbox: Sandbox) -> None:  # B-6
    practice = open_for_requests(sandbox.staff)
    client = enrol(sandbox.staff)
    start_ms = sandbox.at(practice, 1, "10:00")
    other_ms = sandbox.at(practice, 1, "12:00")
    # Of a client, and of somebody who is not known.
    asked = ask(sandbox.staff, practice, start_ms, as_client(client.id), client_id=client.id)
    theirs = ask(sandbox.staff, practice, other_ms, STRANGER)
    sandbox.advance(to=start_ms - 30_000)
    assert sandbox.state(asked) == "REQUESTED"
    assert sandbox.advance(to=start_ms).changed == 1
    assert (sandbox.state(asked), sandbox.state(theirs)) == ("EXPIRED", "REQUESTED")
    assert sandbox.history(asked)[1:] == [("EXPIRED", "SYSTEM", start_ms)]
    with pytest.raises(FailedPrecondition) as refused:
        accept(sandbox.staff, asked.id)
    assert refused.value.reason == "APPOINTMENT_STATE"
    assert other_ms not in practice.free(sandbox.staff, other_ms, other_ms + 1)
    sandbox.advance(to=other_ms)
    assert sandbox.state(theirs) == "EXPIRED"


def test_time_to_pay_for_a_request_begins_when_it_is_accepted(sandbox: Sandbox) -> None:  # B-6, P-4
    policy = v1.Policy(client_booking=v1.BOOKING_MODE_REQUEST)
    service = {"payment_plan": v1.PAYMENT_PLAN_PREPAID, "policy": policy}
    practice = open_practice(sandbox.staff, service=service)
    start_ms = sandbox.at(practice, 3, "10:00")
    asked = ask(sandbox.staff, practice, start_ms, STRANGER)
    sandbox.advance(by=DAY_MS)
    assert sandbox.state(asked) == "REQUESTED"
    accept(sandbox.staff, asked.id)
    assert sandbox.state(asked) == "INITIATED"
    accepted_ms = sandbox.history(asked)[-1][2]
    sandbox.advance(to=accepted_ms + 15 * MINUTE_MS - 30_000)
    assert sandbox.state(asked) == "INITIATED"
    sandbox.advance(to=accepted_ms + 15 * MINUTE_MS)
    assert sandbox.state(asked) == "PAYMENT_CANCELLED"
    assert practice.free(sandbox.staff, start_ms, start_ms + 1) == [start_ms]


def test_time_does_nothing_to_what_was_cancelled(sandbox: Sandbox) -> None:
    practice = open_practice(sandbox.staff)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 1, "10:00"))
    cancelled = sandbox.staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    assert sandbox.advance(by=7 * DAY_MS).changed == 0
    assert sandbox.get(booked) == cancelled.appointment


def test_time_passes_by_the_system_s_clock_too(staff: Connection) -> None:
    practice = open_practice(staff)
    start_ms = now_ms() // MINUTE_MS * MINUTE_MS

    def state(booked: v1.Appointment) -> int:
        request = v1.AppointmentsGetRequest(appointment_id=booked.id)
        return staff.call(request).appointment.state

    now = practice.book(staff, start_ms, overrides=ANYTIME)
    wait_until(lambda: state(now) == v1.APPOINTMENT_STATE_IN_PROGRESS)
    over = practice.book(staff, start_ms - 60 * MINUTE_MS, overrides=ANYTIME)
    wait_until(lambda: state(over) == v1.APPOINTMENT_STATE_COMPLETED)
    steps = [each.kind for each in audit(staff, subject_id=over.id)]
    assert steps == ["APPOINTMENT_BOOKED", "APPOINTMENT_BEGUN", "APPOINTMENT_COMPLETED"]


def test_a_kill_amid_what_is_due_loses_and_repeats_nothing(
    start_server: StartServer,
) -> None:  # A-2, N-4
    server = start_server()
    with server.connect() as staff:
        practices = [
            open_practice(
                staff,
                zone="Etc/UTC",
                hours=("00:00", "24:00"),
                rooms=0,
                therapist={"grid_minutes": 5},
                service={"duration_minutes": 5, "payment_plan": plan},
            )
            for plan in (v1.PAYMENT_PLAN_ON_SITE, v1.PAYMENT_PLAN_PREPAID)
        ]
        first_ms = now_ms() // MINUTE_MS * MINUTE_MS - 400 * 5 * MINUTE_MS
        booked: list[v1.Appointment] = []
        frames = [
            staff.frame(practice.booking(first_ms + number * 5 * MINUTE_MS, overrides=ANYTIME))
            for number in range(300)
            for practice in practices
        ]
        # All that comes is due at once: each is killed amid what it does.
        staff.send(*frames)
        booked += [staff.answer(frame.call.call_id).appointment for frame in frames]
    for _ in range(4):
        server.kill()
        server.start()
    with server.connect() as staff:
        wait_until(lambda: not staff.call(v1.AdminDueRequest()).items)
        happened, told = audit(staff), outbox(staff, page_size=1000)
    steps: dict[str, list[str]] = {each.id: [] for each in booked}
    for event in happened:
        if event.subject_id in steps:
            steps[event.subject_id].append(event.kind.removeprefix("APPOINTMENT_"))
    on_site, prepaid_ones = booked[::2], booked[1::2]
    assert {tuple(steps[each.id]) for each in on_site} == {("BOOKED", "BEGUN", "COMPLETED")}
    assert {tuple(steps[each.id]) for each in prepaid_ones} == {("BOOKED", "PAYMENT_CANCELLED")}
    # Told once, in the transaction of what it tells.
    messages = [
        (each.subject_id, each.recipient_id) for each in told if each.kind == "PAYMENT_CANCELLED"
    ]
    assert sorted(messages) == sorted(
        (each.id, whom) for each in prepaid_ones for whom in (each.client_id, each.therapist_id)
    )
    assert [each.position for each in happened] == list(range(1, len(happened) + 1))


def test_cancelling_is_possible_in_the_five_minutes_before_the_start(
    sandbox: Sandbox,
) -> None:
    practice = open_practice(sandbox.staff)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 1, "10:00"))
    other = practice.book(sandbox.staff, sandbox.at(practice, 1, "11:00"))
    sandbox.advance(to=booked.start_time.ToMilliseconds() - 2 * MINUTE_MS)
    assert sandbox.state(booked) == "IN_PROGRESS"
    sandbox.staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    assert sandbox.state(booked) == "CANCELLED_BY_THERAPIST"
    sandbox.advance(to=other.start_time.ToMilliseconds())
    with pytest.raises(FailedPrecondition) as refused:
        sandbox.staff.call(v1.AppointmentsCancelRequest(appointment_id=other.id))
    assert refused.value.reason == "APPOINTMENT_BEGUN"
