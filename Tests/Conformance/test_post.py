"""What people are told: it arrives, at its instant, in their language, once (N-1, N-2, N-4)."""

from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import contract as v1
import pytest
from mailhouse import parsed
from practice import HOUR_MS, MINUTE_MS, Practice, open_practice, registration
from sandboxes import Sandbox

MAIL = "therapist@example.org"


def mails(sandbox: Sandbox) -> list[EmailMessage]:
    """All that arrived, in the order in which it was promised."""
    folder = Path(sandbox.server.data_dir) / "mailbox"
    return [parsed(file.read_bytes()) for file in sorted(folder.glob("*.eml"))]


def to(messages: list[EmailMessage], address: str) -> list[EmailMessage]:
    return [each for each in messages if address in each["To"]]


def sent_ms(message: EmailMessage) -> int:
    return int(parsedate_to_datetime(message["Date"]).timestamp() * 1000)


def told(sandbox: Sandbox, **which: str) -> list[v1.OutboxMessage]:
    request = v1.AdminOutboxRequest(page_size=1000, **which)
    return list(sandbox.staff.call(request).messages)


def settled(sandbox: Sandbox) -> None:
    """A moment passes on the sandbox's clock: what was promised by then has left."""
    sandbox.advance(by=1)


@pytest.fixture
def practice(sandbox: Sandbox) -> Practice:
    return open_practice(sandbox.staff, therapist={"email": MAIL})


def test_a_booking_is_confirmed_to_both(sandbox: Sandbox, practice: Practice) -> None:  # N-1
    person = registration(language="pl", name="Łucja Żak")
    booked = practice.book(sandbox.staff, sandbox.at(practice, 3, "10:00"), new_client=person)
    settled(sandbox)
    (own,) = to(mails(sandbox), person.email)
    (other,) = to(mails(sandbox), MAIL)
    assert own["Message-ID"] != other["Message-ID"]
    for message in (own, other):
        assert message.get_body(("plain",)) is not None and message.get_body(("html",)) is not None
    body = own.get_body(("plain",))
    assert body is not None and "10:00" in body.get_content()
    assert {(each.state, each.channel) for each in told(sandbox, subject_id=booked.id)} == {
        ("SENT", "EMAIL")
    }


def test_reminders_come_a_day_and_three_hours_before(
    sandbox: Sandbox, practice: Practice
) -> None:  # N-2
    person = registration()
    booked = practice.book(sandbox.staff, sandbox.at(practice, 3, "10:00"), new_client=person)
    start_ms = booked.start_time.ToMilliseconds()
    settled(sandbox)
    before = len(to(mails(sandbox), person.email))
    sandbox.advance(to=start_ms - 24 * HOUR_MS - MINUTE_MS)
    assert len(to(mails(sandbox), person.email)) == before
    sandbox.advance(to=start_ms)
    reminders = to(mails(sandbox), person.email)[before:]
    assert [start_ms - sent_ms(each) for each in reminders] == [24 * HOUR_MS, 3 * HOUR_MS]
    # The therapist wants none, unless the policy says so.
    assert not [each for each in told(sandbox, recipient_id=booked.therapist_id) if each.kind == "REMINDER"]


def test_a_cancelled_session_is_not_reminded_of(
    sandbox: Sandbox, practice: Practice
) -> None:  # N-2, N-4
    booked = practice.book(sandbox.staff, sandbox.at(practice, 3, "10:00"))
    sandbox.staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    sandbox.advance(to=booked.start_time.ToMilliseconds())
    assert {each.kind for each in told(sandbox, subject_id=booked.id)} == {
        "BOOKING_CONFIRMED",
        "APPOINTMENT_CANCELLED",
    }


def test_a_session_that_moves_takes_its_reminders_along(
    sandbox: Sandbox, practice: Practice
) -> None:  # N-2, B-10
    booked = practice.book(sandbox.staff, sandbox.at(practice, 3, "10:00"))
    later_ms = sandbox.at(practice, 5, "11:00")
    sandbox.advance(to=booked.start_time.ToMilliseconds() - 23 * HOUR_MS)
    sandbox.staff.call(
        v1.AppointmentsRescheduleRequest(appointment_id=booked.id, start_ms=later_ms)
    )
    sandbox.advance(to=later_ms)
    reminders = [
        each.create_time.ToMilliseconds()
        for each in told(sandbox, subject_id=booked.id)
        if each.kind == "REMINDER"
    ]
    assert reminders == [
        booked.start_time.ToMilliseconds() - 24 * HOUR_MS,
        later_ms - 24 * HOUR_MS,
        later_ms - 3 * HOUR_MS,
    ]


def test_a_kill_amid_sending_loses_none_and_changes_no_id(
    sandbox: Sandbox, practice: Practice
) -> None:  # N-4
    people = [registration() for _ in range(20)]
    for number, person in enumerate(people):
        practice.book(
            sandbox.staff, sandbox.at(practice, 2 + number, "10:00"), new_client=person
        )
        if number % 5 == 0:
            sandbox.restart(kill=True)
    settled(sandbox)
    # A message that came again took its own place.
    arrived = mails(sandbox)
    assert all(len(to(arrived, person.email)) == 1 for person in people)
    assert len({each["Message-ID"] for each in arrived}) == len(arrived)
    assert {each.state for each in told(sandbox)} == {"SENT"}


def test_the_outbox_is_listed_by_state(sandbox: Sandbox) -> None:  # N-4
    practice = open_practice(sandbox.staff)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 3, "10:00"))
    settled(sandbox)
    (skipped,) = told(sandbox, state="SKIPPED")
    assert (skipped.recipient_id, skipped.error) == (
        booked.therapist_id,
        "unreachable: no address",
    )
    (sent,) = told(sandbox, state="SENT")
    assert sent.recipient_id == booked.client_id and sent.tries == 1
    assert not told(sandbox, state="PENDING")
