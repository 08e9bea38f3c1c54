"""What operators look at: what is promised, what happened, what is due (N-1, N-4, E-3, A-2)."""

import json
import os
import subprocess
from pathlib import Path

import contract as v1
import pytest
from client import Connection, InvalidArgument, PermissionDenied, as_client, as_link, as_therapist
from conftest import NewPartner
from google.protobuf.message import Message
from practice import DAY_MS, MINUTE_MS, Practice, now_ms, open_practice, register
from sandboxes import Sandbox, audit, outbox
from seduta.wire.v1 import frames_pb2 as wire
from server import BINARY

LISTS = (v1.AdminOutboxRequest, v1.AdminAuditRequest, v1.AdminDueRequest)


@pytest.fixture
def practice(partner: Connection) -> Practice:
    return open_practice(partner)


def test_a_booking_and_its_cancelling_are_told_to_both(
    partner: Connection, practice: Practice
) -> None:  # N-1
    booked = practice.book(partner, practice.at(2, "10:00"))
    partner.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    messages = outbox(partner)
    assert [(each.kind, each.recipient_id) for each in messages] == [
        (kind, recipient)
        for kind in ("BOOKING_CONFIRMED", "APPOINTMENT_CANCELLED")
        for recipient in (booked.client_id, booked.therapist_id)
    ]
    assert {(each.subject_id, each.state, each.note) for each in messages} == {
        (booked.id, "PENDING", "")
    }
    assert all(abs(each.create_time.ToMilliseconds() - now_ms()) < 60_000 for each in messages)


def test_messages_are_known_by_the_event_that_they_tell(
    partner: Connection, practice: Practice
) -> None:  # N-4
    booked = practice.book(partner, practice.at(2, "10:00"))
    told = audit(partner, subject_id=booked.id)[-1].position
    assert [each.id for each in outbox(partner)] == [f"{told}-0", f"{told}-1"]
    assert [each.id for each in outbox(partner)] == [f"{told}-0", f"{told}-1"]


def test_the_client_s_confirmation_has_the_link_that_cancels(
    partner: Connection, practice: Practice
) -> None:  # A-5, N-1
    booked = practice.book(partner, practice.at(2, "10:00"))
    tokens = [each.cancel_token for each in outbox(partner, subject_id=booked.id)]
    link = partner.call(v1.AppointmentsGetCancelLinkRequest(appointment_id=booked.id))
    assert tokens == [link.token, ""]
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id)
    cancelled = partner.call(request, actor=as_link(tokens[0])).appointment
    assert cancelled.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT
    assert {each.cancel_token for each in outbox(partner)[2:]} == {""}


def test_the_outbox_can_be_asked_about_one_thing_or_one_person(
    partner: Connection, practice: Practice
) -> None:  # N-4
    client = register(partner)
    booked = [
        practice.book(partner, practice.at(2, "10:00"), client),
        practice.book(partner, practice.at(2, "11:00"), client),
        practice.book(partner, practice.at(2, "12:00")),
    ]
    about = outbox(partner, subject_id=booked[1].id)
    assert [each.recipient_id for each in about] == [client, practice.therapist.id]
    to = outbox(partner, recipient_id=client)
    assert [each.subject_id for each in to] == [booked[0].id, booked[1].id]
    both = outbox(partner, recipient_id=client, subject_id=booked[1].id)
    assert [each.id for each in both] == [about[0].id]
    assert not outbox(partner, subject_id="apt_" + "0" * 26)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_pages_of_the_outbox_join_to_the_whole(
    partner: Connection, practice: Practice, size: int
) -> None:  # N-4
    for time_of_day in ("10:00", "11:00", "12:00"):
        practice.book(partner, practice.at(2, time_of_day))
    whole = outbox(partner)
    assert len(whole) == 6
    assert outbox(partner, page_size=size) == whole


def test_a_page_token_belongs_to_its_list(partner: Connection, practice: Practice) -> None:
    booked = practice.book(partner, practice.at(2, "10:00"))
    token = partner.call(v1.AdminOutboxRequest(page_size=1)).next_page_token
    assert token
    for wrong in (
        v1.AdminOutboxRequest(page_token="nonsense"),
        v1.AdminOutboxRequest(page_token=token, recipient_id=booked.client_id),
    ):
        with pytest.raises(InvalidArgument) as refused:
            partner.call(wrong)
        assert refused.value.fields == ["page_token"]


def test_the_audit_says_who_did_what_on_whose_behalf(
    partner: Connection, practice: Practice
) -> None:  # E-3
    client = register(partner)
    anna = wire.Actor(role=wire.ACTOR_ROLE_STAFF, id="anna")
    booked = [
        practice.book(partner, practice.at(2, time_of_day), client, actor=actor)
        for time_of_day, actor in (
            ("10:00", anna),
            ("11:00", as_therapist(practice.therapist.id)),
            ("12:00", as_client(client)),
        )
    ]
    link = partner.call(v1.AppointmentsGetCancelLinkRequest(appointment_id=booked[0].id)).token
    partner.call(v1.AppointmentsCancelRequest(appointment_id=booked[0].id), actor=as_link(link))
    by = [
        (each.actor_role, each.actor_id)
        for appointment in booked
        for each in audit(partner, subject_id=appointment.id)
    ]
    assert by == [
        ("STAFF", "anna"),
        ("LINK_HOLDER", booked[0].id),
        ("THERAPIST", practice.therapist.id),
        ("CLIENT", client),
    ]
    therapy, appointment = audit(partner, actor_id="anna")
    assert (therapy.kind, therapy.related_id) == ("THERAPY_BEGUN", client)
    assert appointment.subject_id == booked[0].id
    assert [each.subject_id for each in audit(partner, actor_id=client)] == [booked[2].id]


def test_the_audit_is_in_the_partner_s_order_and_without_a_gap(
    partner: Connection, practice: Practice
) -> None:  # E-1, E-3
    booked = practice.book(partner, practice.at(2, "10:00"))
    whole = audit(partner)
    assert [each.position for each in whole] == list(range(1, len(whole) + 1))
    kinds = [each.kind for each in whole]
    made = ["LOCATION_PUT", "THERAPIST_PUT", "SCHEDULE_PUT", "SERVICE_PUT", "SCHEDULE_PUT"]
    assert kinds[:5] == made
    assert {"CLIENT_REGISTERED", "THERAPY_BEGUN", "APPOINTMENT_BOOKED"} == set(kinds[5:])
    begun = next(each for each in whole if each.kind == "THERAPY_BEGUN")
    assert begun.related_id == booked.client_id
    pages: list[v1.AuditEvent] = []
    while True:
        after = pages[-1].position if pages else 0
        page = partner.call(v1.AdminAuditRequest(after_position=after, page_size=2)).events
        if not page:
            break
        assert len(page) <= 2
        pages += page
    assert pages == whole


def test_what_is_due_comes_the_next_first(sandbox: Sandbox) -> None:
    practice = open_practice(sandbox.staff)
    late, early = (
        practice.book(sandbox.staff, sandbox.at(practice, day, "10:00")) for day in (9, 2)
    )
    prepaid = open_practice(
        sandbox.staff, service={"payment_plan": v1.PAYMENT_PLAN_PREPAID}
    ).book(sandbox.staff, sandbox.at(practice, 5, "10:00"))

    def due(page_size: int = 0) -> list[tuple[str, str]]:
        found = sandbox.staff.call(v1.AdminDueRequest(page_size=page_size))
        assert found.overdue == 0
        return [(each.appointment_id, each.state) for each in found.items]

    assert due() == [
        (prepaid.id, "INITIATED"),
        (early.id, "SCHEDULED"),
        (late.id, "SCHEDULED"),
    ]
    assert due(1) == [(prepaid.id, "INITIATED")]
    next_ms = sandbox.staff.call(v1.AdminDueRequest()).items[1].due_time.ToMilliseconds()
    # A day before, it is reminded of (N-2).
    assert next_ms == early.start_time.ToMilliseconds() - DAY_MS
    sandbox.advance(to=early.start_time.ToMilliseconds() - 5 * MINUTE_MS)
    assert due() == [(early.id, "IN_PROGRESS"), (late.id, "SCHEDULED")]
    sandbox.advance(by=30 * DAY_MS)
    assert due() == []


def test_only_staff_with_the_scope_admin_look(
    partner: Connection, practice: Practice, new_partner: NewPartner
) -> None:  # E-2
    booked = practice.book(partner, practice.at(2, "10:00"))
    reader = new_partner("read")
    for asking in LISTS:
        for actor in (as_therapist(booked.therapist_id), as_client(booked.client_id)):
            with pytest.raises(PermissionDenied) as refused:
                partner.call(asking(), actor=actor)
            assert refused.value.reason == "ROLE_NOT_ALLOWED"
        with pytest.raises(PermissionDenied) as refused:
            reader.call(asking())
        assert refused.value.reason == "SCOPE_MISSING"


def test_a_partner_sees_none_of_another_s(
    partner: Connection, practice: Practice, new_partner: NewPartner
) -> None:  # E-1
    booked = practice.book(partner, practice.at(2, "10:00"))
    other = new_partner()
    assert not outbox(other) and not audit(other)
    assert not outbox(other, subject_id=booked.id)
    assert not audit(other, subject_id=booked.id)
    assert not other.call(v1.AdminDueRequest()).items
    assert [each.appointment_id for each in partner.call(v1.AdminDueRequest()).items] == [booked.id]


@pytest.mark.parametrize(
    ("asking", "field"),
    [
        *((asking(page_size=-1), "page_size") for asking in LISTS),
        (v1.AdminAuditRequest(after_position=-1), "after_position"),
        (v1.AdminAuditRequest(subject_id="a" * 201), "subject_id"),
        (v1.AdminOutboxRequest(recipient_id="a\nb"), "recipient_id"),
    ],
)
def test_a_wrong_field_is_named(partner: Connection, asking: Message, field: str) -> None:
    with pytest.raises(InvalidArgument) as refused:
        partner.call(asking)
    assert refused.value.fields == [field]


def test_the_command_line_shows_it_all_and_moves_the_clock(sandbox: Sandbox) -> None:  # N-1, E-3
    practice = open_practice(sandbox.staff)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 1, "10:00"))

    def seduta(line: str, code: int = 0) -> str:
        ended = subprocess.run(
            [str(Path(BINARY).with_name("seduta")), *line.split()],
            env=os.environ | {"SEDUTA_PORT": str(sandbox.server.port), "SEDUTA_KEY": sandbox.key},
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert ended.returncode == code, ended
        return ended.stdout + ended.stderr

    told = seduta(f"outbox --about {booked.id} --to {booked.client_id}").splitlines()
    columns = "ID PROMISED WHAT TO ABOUT BY STATE TRIES SENT WHY NOT NOTE"
    assert told[0].split() == columns.split()
    assert len(told) == 2 and "BOOKING_CONFIRMED" in told[1]
    # Nothing is told where no transport is: and that can be seen.
    assert any(state in told[1] for state in ("pending", "sent", "skipped"))
    assert booked.id in seduta("due") and "scheduled" in seduta("due")
    assert seduta("clock").startswith("Mon 2027-03-01T06:0")
    moved = seduta("clock --to 2027-03-02T10:00+01:00")
    assert "Tue 2027-03-02T09:00+00:00" in moved and "1 appointment." in moved
    # What begins "now" begins by the server's clock, not this computer's.
    assert "2027-03-02T1" in seduta(f"search --therapist {practice.therapist.id}")
    assert "2027-03-02T1" in seduta(f"lookup --therapist {practice.therapist.id}")
    begun = seduta("appointments")
    assert booked.id in begun and "in progress" in begun and "cancel" not in begun
    shown = json.loads(seduta("clock --by 24h --json"))
    assert shown["time"].startswith("2027-03-03T09:00:") and shown["changed"] == "1"
    assert "No appointments there." in seduta("appointments")
    assert "no-show" in seduta(f"attendance {booked.id} no-show")
    assert "attendance" not in seduta(f"attendance {booked.id}")
    assert "--to" in seduta("clock --to 2027-03-04T10:00Z --by 24h", code=2)
    assert "to_time" in seduta("clock --to 2027-03-01T10:00Z", code=2)
    happened = seduta(f"audit --about {booked.id}")
    steps = [line.split()[2:] for line in happened.splitlines()[2:]]
    reminded = ["APPOINTMENT_REMINDED", booked.id, "1", "system"]
    assert reminded in steps and [step for step in steps if step != reminded][:2] == [
        ["APPOINTMENT_BEGUN", booked.id, "2", "system"],
        ["APPOINTMENT_COMPLETED", booked.id, "3", "system"],
    ]
    assert "More: --after 1" in seduta("audit --limit 1")
    assert "Nothing happened there." in seduta("audit --by nobody")
    assert "No messages there." in seduta(f"outbox --to {practice.therapist.id} --about {'x' * 9}")
    assert "Nothing is due." in seduta("due")
    kinds = [each["kind"] for each in json.loads(seduta("audit --json --after 5"))["events"]]
    assert kinds[-3:] == ["APPOINTMENT_COMPLETED", *["APPOINTMENT_ATTENDANCE_SET"] * 2]
