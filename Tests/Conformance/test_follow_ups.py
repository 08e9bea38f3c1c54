"""Follow-ups wait until a first full session was held and paid, where the policy says so (B-7)."""

from typing import Any

import contract as v1
import pytest
from client import Connection, FailedPrecondition, as_client, as_therapist
from life import cancelling, paying, refunding
from practice import HOUR_MS, MINUTE_MS, Practice, open_practice, register
from sandboxes import Sandbox
from seduta.wire.v1 import frames_pb2 as wire

WAIT = v1.Policy(follow_ups_after_first_session=v1.POLICY_SWITCH_ON)


def waiting_practice(connection: Connection, **more: Any) -> Practice:
    """Where follow-ups wait."""
    return open_practice(connection, therapist={"policy": WAIT}, **more)


def therapy(connection: Connection, booked: v1.Appointment) -> v1.TherapiesGetResponse:
    """The therapy of an appointment, as it is now."""
    listing = v1.TherapiesListRequest(
        therapist_id=booked.therapist_id, client_id=booked.client_id
    )
    (found,) = connection.call(listing).therapies
    return connection.call(v1.TherapiesGetRequest(therapy_id=found.id))


def let_book(connection: Connection, booked: v1.Appointment, on: bool) -> None:
    """Sets whether the client books by themself."""
    found = therapy(connection, booked).therapy
    connection.call(v1.TherapiesUpdateRequest(therapy_id=found.id, self_booking=on))


def refusal(
    connection: Connection, practice: Practice, start_ms: int, client: str, actor: wire.Actor
) -> str:
    """Why it is not booked; the dry run says the same."""
    reasons = []
    for validate_only in (True, False):
        request = practice.booking(start_ms, client, validate_only=validate_only)
        with pytest.raises(FailedPrecondition) as refused:
            connection.call(request, actor=actor)
        metadata = refused.value.status.error_info.metadata
        assert metadata["client_id"] == client
        assert metadata["therapist_id"] == practice.therapist.id
        reasons.append(refused.value.reason)
    assert reasons[0] == reasons[1]
    return reasons[0]


def test_the_first_session_opens_what_follows(sandbox: Sandbox) -> None:  # B-7
    staff = sandbox.staff
    practice = waiting_practice(staff)
    booked = practice.book(
        staff, sandbox.at(practice, 1, "10:00"), actor=wire.Actor(role=wire.ACTOR_ROLE_CLIENT)
    )
    client, therapist = as_client(booked.client_id), as_therapist(practice.therapist.id)
    later = sandbox.at(practice, 8, "10:00")

    def refused(actor: wire.Actor) -> str:
        return refusal(staff, practice, later, booked.client_id, actor)

    # It stands, it is over, it is paid: only then it was held and paid.
    assert [refused(client), refused(therapist)] == ["FOLLOW_UP_NOT_OPEN"] * 2
    sandbox.advance(to=sandbox.at(practice, 1, "11:00"))
    assert sandbox.state(booked) == "COMPLETED"
    assert [refused(client), refused(therapist)] == ["FOLLOW_UP_NOT_OPEN"] * 2
    summary = therapy(staff, booked).summary
    assert (summary.held, summary.upcoming, summary.follow_ups_open) == (1, 0, False)
    assert list(summary.outstanding) == [booked.price] and not summary.paid
    staff.call(paying(booked))
    summary = therapy(staff, booked).summary
    assert summary.follow_ups_open and not summary.outstanding
    assert list(summary.paid) == [booked.price]

    # From then on the therapist manages them, and the client where the therapy says so.
    assert refused(client) == "SELF_BOOKING_OFF"
    followed = practice.book(staff, later, booked.client_id, actor=therapist)
    assert therapy(staff, booked).summary.upcoming == 1
    let_book(staff, booked, True)
    practice.book(staff, later + HOUR_MS, booked.client_id, actor=client)
    let_book(staff, booked, False)
    later += 2 * HOUR_MS
    assert refused(client) == "SELF_BOOKING_OFF"
    assert followed.state == v1.APPOINTMENT_STATE_SCHEDULED


def test_one_that_is_wholly_given_back_was_not_paid(sandbox: Sandbox) -> None:  # B-7
    staff = sandbox.staff
    practice = waiting_practice(staff)
    booked = practice.book(staff, sandbox.at(practice, 1, "10:00"))
    staff.call(paying(booked))
    later = sandbox.at(practice, 8, "10:00")
    therapist = as_therapist(practice.therapist.id)
    assert refusal(staff, practice, later, booked.client_id, therapist) == "FOLLOW_UP_NOT_OPEN"
    sandbox.advance(to=sandbox.at(practice, 1, "11:00"))
    assert therapy(staff, booked).summary.follow_ups_open
    staff.call(refunding(booked, 2000))
    assert therapy(staff, booked).summary.follow_ups_open
    staff.call(refunding(booked, 5000))
    summary = therapy(staff, booked).summary
    assert not summary.follow_ups_open and not summary.paid and not summary.outstanding
    assert refusal(staff, practice, later, booked.client_id, therapist) == "FOLLOW_UP_NOT_OPEN"


def test_one_that_the_client_missed_was_not_held(sandbox: Sandbox) -> None:  # B-7
    staff = sandbox.staff
    practice = waiting_practice(staff)
    booked = practice.book(staff, sandbox.at(practice, 1, "10:00"))
    staff.call(paying(booked))
    sandbox.advance(to=sandbox.at(practice, 1, "11:00"))
    staff.call(
        v1.AppointmentsSetAttendanceRequest(appointment_id=booked.id, attendance="NO_SHOW")
    )
    summary = therapy(staff, booked).summary
    assert (summary.held, summary.follow_ups_open) == (0, False)
    # So another first one can be booked, and only one.
    client = as_client(booked.client_id)
    again = practice.book(staff, sandbox.at(practice, 8, "10:00"), booked.client_id, actor=client)
    assert again.state == v1.APPOINTMENT_STATE_SCHEDULED
    later = sandbox.at(practice, 9, "10:00")
    assert refusal(staff, practice, later, booked.client_id, client) == "FOLLOW_UP_NOT_OPEN"


def test_a_talk_is_no_first_session_and_staff_never_wait(staff: Connection) -> None:  # B-7
    practice = waiting_practice(staff)
    talk = v1.Service()
    talk.CopyFrom(practice.service)
    talk.ClearField("id")
    talk.duration_minutes = 45
    talk = staff.call(v1.DirectoryCreateServiceRequest(service=talk)).service
    talks = Practice(practice.location, practice.therapist, talk)
    client = register(staff)
    actor = as_client(client)
    talks.book(staff, talks.at(2, "10:00"), client, actor=actor)
    talks.book(staff, talks.at(3, "10:00"), client, actor=actor)
    first = practice.book(staff, practice.at(4, "10:00"), client, actor=actor)
    for each in (practice, talks):
        start = each.at(5, "10:00")
        assert refusal(staff, each, start, client, actor) == "FOLLOW_UP_NOT_OPEN"
    # A check is about the slot.
    assert staff.call(practice.check(practice.at(5, "10:00"), client_id=client)).bookable
    practice.book(staff, practice.at(5, "10:00"), client)

    # One that does not come to pass is none.
    for listed in staff.call(
        v1.AppointmentsListRequest(client_id=client, from_ms=first.start_time.ToMilliseconds())
    ).appointments:
        staff.call(cancelling(listed))
    practice.book(staff, practice.at(6, "10:00"), client, actor=actor)


def test_the_policy_of_the_service_counts_and_nobody_waits_without_one(
    staff: Connection,
) -> None:  # B-7
    anyone = open_practice(staff)
    client = register(staff)
    for days in (3, 4):
        anyone.book(staff, anyone.at(days, "10:00"), client, actor=as_client(client))
    (found,) = staff.call(v1.TherapiesListRequest(client_id=client)).therapies
    opened = staff.call(v1.TherapiesGetRequest(therapy_id=found.id)).summary
    assert opened.follow_ups_open and opened.upcoming == 2

    shorter = v1.Policy(full_session_minutes=60)
    practice = waiting_practice(staff, service={"policy": shorter})
    for days in (5, 6):
        practice.book(staff, practice.at(days, "10:00"), client, actor=as_client(client))
    never = v1.Policy(follow_ups_after_first_session=v1.POLICY_SWITCH_OFF)
    practice = waiting_practice(staff, service={"policy": never})
    for days in (7, 8):
        start = practice.at(days, "10:00") + 30 * MINUTE_MS
        practice.book(staff, start, client, actor=as_client(client))
