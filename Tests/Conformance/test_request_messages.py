"""Who is told what of a request (N-1), and what time does to one that nobody answers (B-6)."""

import contract as v1
import pytest
from client import Connection, FailedPrecondition, as_client, as_link, as_therapist
from conftest import StartServer
from practice import MINUTE_MS
from requesting import (
    STRANGER,
    accept,
    ask,
    decline,
    enrol,
    open_for_requests,
    read,
    somebody,
    withdraw,
)

ON, OFF = v1.POLICY_SWITCH_ON, v1.POLICY_SWITCH_OFF


def told(connection: Connection, about: str) -> list[tuple[str, str, str]]:
    """What is promised about an appointment: kind, to whom, what goes into it word by word."""
    messages = connection.call(v1.AdminOutboxRequest(subject_id=about)).messages
    return [(message.kind, message.recipient_id, message.note) for message in messages]


def test_both_are_told_of_a_request(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff)
    therapist, client = practice.therapist.id, enrol(staff).id
    known = ask(staff, practice, practice.at(3, "10:00"), as_client(client), client_id=client).id
    unknown = ask(staff, practice, practice.at(3, "11:00"), STRANGER).id
    for asked, recipient in [(known, client), (unknown, unknown)]:
        assert told(staff, asked) == [
            ("REQUEST_RECEIVED", recipient, ""),
            ("REQUEST_RECEIVED", therapist, ""),
        ]
    tried = ask(staff, practice, practice.at(3, "12:00"), validate_only=True).id
    assert told(staff, tried) == []


def test_the_client_is_told_of_the_acceptance(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER).id
    accept(staff, asked, validate_only=True)
    assert len(told(staff, asked)) == 2
    client = accept(staff, asked).appointment.client_id
    assert told(staff, asked)[2:] == [("REQUEST_ACCEPTED", client, "")]


def test_an_accepted_request_can_be_cancelled_by_the_link_in_its_message(
    staff: Connection,
) -> None:  # B-5, A-5
    practice = open_for_requests(staff)
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER).id
    accept(staff, asked)
    messages = staff.call(v1.AdminOutboxRequest(subject_id=asked)).messages
    tokens = [message.cancel_token for message in messages]
    assert tokens[:2] == ["", ""] and tokens[2]
    cancel = v1.AppointmentsCancelRequest(appointment_id=asked)
    cancelled = staff.call(cancel, actor=as_link(tokens[2])).appointment
    assert cancelled.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT


def test_what_is_accepted_at_once_is_told_as_that_alone(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff, auto_accept_requests=ON)
    accepted = ask(staff, practice, practice.at(3, "10:00"), STRANGER)
    assert told(staff, accepted.id) == [
        ("REQUEST_ACCEPTED", read(staff, accepted.id).client_id, ""),
        ("REQUEST_ACCEPTED", practice.therapist.id, ""),
    ]
    # The history has both steps.
    events = staff.call(v1.AdminAuditRequest(subject_id=accepted.id)).events
    assert [event.kind for event in events] == ["APPOINTMENT_REQUESTED", "APPOINTMENT_ACCEPTED"]
    assert [event.subject_version for event in events] == [1, 2]


@pytest.mark.parametrize(("setting", "note"), [(0, ""), (OFF, ""), (ON, "Fully booked")])
def test_the_reason_is_told_where_the_policy_says_so(
    staff: Connection, setting: int, note: str
) -> None:  # B-6
    practice = open_for_requests(staff, decline_reason_in_message=setting)
    client = enrol(staff).id
    known = ask(staff, practice, practice.at(3, "10:00"), client_id=client).id
    unknown = ask(staff, practice, practice.at(3, "11:00"), STRANGER).id
    for asked, recipient in [(known, client), (unknown, unknown)]:
        decline(staff, asked, as_therapist(practice.therapist.id), reason="Fully booked")
        assert told(staff, asked)[2:] == [("REQUEST_DECLINED", recipient, note)]


def test_declining_quietly_tells_nobody(staff: Connection) -> None:  # B-6
    practice = open_for_requests(staff, decline_reason_in_message=ON)
    asked = ask(staff, practice, practice.at(3, "10:00")).id
    assert decline(staff, asked, reason="Fully booked", quiet=True).cancel_reason == "Fully booked"
    assert len(told(staff, asked)) == 2


def test_both_are_told_of_a_withdrawal(staff: Connection) -> None:  # B-6
    practice = open_for_requests(staff)
    client = enrol(staff).id
    asked = ask(staff, practice, practice.at(3, "10:00"), client_id=client).id
    withdraw(staff, asked, as_client(client), reason="Found another")
    assert told(staff, asked)[2:] == [
        ("APPOINTMENT_CANCELLED", client, ""),
        ("APPOINTMENT_CANCELLED", practice.therapist.id, ""),
    ]


def test_unanswered_a_request_expires_at_its_start(start_server: StartServer) -> None:  # B-6
    server = start_server("--sandbox")
    with server.connect() as staff:
        practice = open_for_requests(staff)
        start = practice.at(1, "10:00")
        asked = ask(staff, practice, start, STRANGER)
        move = v1.SandboxAdvanceRequest()
        move.to_time.FromMilliseconds(start - MINUTE_MS)
        staff.call(move)
        assert read(staff, asked.id) == asked
        move.to_time.FromMilliseconds(start)
        staff.call(move)
        expired = read(staff, asked.id)
        assert expired.state == v1.APPOINTMENT_STATE_EXPIRED and expired.version == 2
        assert staff.call(v1.RequestsListRequest()).requests == []
        for answer in (accept, decline, withdraw):
            with pytest.raises(FailedPrecondition) as refused:
                answer(staff, asked.id)
            assert refused.value.status.error_info.metadata["state"] == "EXPIRED"
        # Nobody is told, and nobody becomes a client.
        assert len(told(staff, asked.id)) == 2
        assert staff.call(v1.ClientsListRequest()).clients == []


def test_what_is_prepaid_goes_when_it_is_not_paid(start_server: StartServer) -> None:  # B-6, P-4
    server = start_server("--sandbox")
    with server.connect() as staff:
        practice = open_for_requests(staff, payment_minutes=20)
        change = v1.DirectoryUpdateServiceRequest(
            service=v1.Service(id=practice.service.id, payment_plan=v1.PAYMENT_PLAN_PREPAID)
        )
        change.update_mask.paths.append("payment_plan")
        staff.call(change)
        person = somebody()
        asked = ask(staff, practice, practice.at(1, "10:00"), STRANGER, person=person).id
        client = accept(staff, asked).appointment.client_id
        staff.call(v1.SandboxAdvanceRequest(by_ms=21 * MINUTE_MS))
        assert read(staff, asked).state == v1.APPOINTMENT_STATE_PAYMENT_CANCELLED
        assert told(staff, asked)[3:] == [
            ("PAYMENT_CANCELLED", client, ""),
            ("PAYMENT_CANCELLED", practice.therapist.id, ""),
        ]
        assert practice.free_on(staff, 1)[:3] == ["09:00", "09:30", "10:00"]
