"""Payments and refunds that are recorded by hand (P-1, P-4, P-6)."""

import uuid
from collections.abc import Iterator

import contract as v1
import pytest
from client import (
    Aborted,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from conftest import StartServer
from life import (
    PRICE,
    SOON_MS,
    advance,
    beginning,
    both,
    cancelling,
    euro,
    history,
    offering,
    paying,
    read,
    refunding,
    terms,
    told,
)
from practice import MINUTE_MS, open_practice, register
from test_lists import pages


def payments(
    connection: Connection, booked: v1.Appointment | None = None, actor: object = None
) -> list[v1.Payment]:
    request = v1.PaymentsListRequest(appointment_id=booked.id if booked else "")
    return list(connection.call(request, actor=actor).payments)


def by_id(payment: v1.Payment) -> str:
    return payment.id


def test_a_session_is_paid_at_the_office(staff: Connection) -> None:  # P-1
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    assert booked.payment_status == v1.PAYMENT_STATUS_DUE
    actor = as_therapist(practice.therapist.id)
    done = staff.call(paying(booked, method="card", note="terminal 2"), actor=actor)
    assert done.payment.id.startswith("pay_") and done.payment.appointment_id == booked.id
    assert done.payment.direction == v1.PAYMENT_DIRECTION_PAYMENT
    assert (done.payment.amount, done.payment.method) == (euro(PRICE), "card")
    assert done.payment.note == "terminal 2"
    assert done.payment.create_time == done.appointment.update_time
    assert done.appointment == read(staff, booked)
    assert done.appointment.state == v1.APPOINTMENT_STATE_SCHEDULED
    assert done.appointment.payment_status == v1.PAYMENT_STATUS_PAID
    assert done.appointment.amount_paid == euro(PRICE)
    assert payments(staff, booked) == [done.payment]
    assert history(staff, booked)[-1].kind == "PAYMENT_RECORDED"
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(paying(booked))
    assert refused.value.reason == "NOTHING_DUE"


def test_one_that_is_paid_in_advance_is_certain_once_it_is_paid(staff: Connection) -> None:
    # P-4
    practice = offering(staff, v1.PAYMENT_PLAN_PREPAID, payment_minutes=20)
    booked = practice.book(staff, practice.at(3, "10:00"))
    assert booked.state == v1.APPOINTMENT_STATE_INITIATED
    deadline = booked.create_time.ToMilliseconds() + 20 * MINUTE_MS
    assert booked.payment_deadline_time.ToMilliseconds() == deadline
    assert "10:00" not in practice.free_on(staff, 3)
    actor = as_client(booked.client_id)
    begun = staff.call(beginning(booked, version=1), actor=actor).appointment
    assert begun.state == v1.APPOINTMENT_STATE_PAYMENT_PROCESSING
    assert begun.payment_status == v1.PAYMENT_STATUS_PROCESSING
    assert begun.payment_deadline_time == booked.payment_deadline_time
    with pytest.raises(FailedPrecondition) as again:
        staff.call(beginning(booked), actor=actor)
    assert again.value.status.error_info.metadata["state"] == "PAYMENT_PROCESSING"
    part = staff.call(paying(booked, 3000)).appointment
    assert part.state == v1.APPOINTMENT_STATE_PAYMENT_PROCESSING
    whole = staff.call(paying(booked)).appointment
    assert whole.state == v1.APPOINTMENT_STATE_SCHEDULED
    assert whole.payment_status == v1.PAYMENT_STATUS_PAID
    assert whole.amount_paid == euro(PRICE)
    assert not whole.HasField("payment_deadline_time")
    # By id: two of the same millisecond come in any order.
    assert sorted(each.amount.minor_units for each in payments(staff, booked)) == [3000, 4000]
    kinds = [each.kind for each in history(staff, booked)]
    assert kinds == ["BOOKED", "PAYMENT_BEGUN", "PAYMENT_RECORDED", "PAYMENT_RECORDED"]


def test_it_is_confirmed_once_it_is_paid(staff: Connection) -> None:  # P-4 N-1
    practice = offering(staff, v1.PAYMENT_PLAN_PREPAID)
    booked = practice.book(staff, practice.at(3, "10:00"))
    staff.call(paying(booked, 1000))
    assert told(staff, booked) == []
    staff.call(paying(booked))
    staff.call(refunding(booked, 500))
    expected = [*both("BOOKING_CONFIRMED"), ("PAID", "client"), ("REFUNDED", "client")]
    assert told(staff, booked) == expected


@pytest.fixture
def sandboxed(start_server: StartServer) -> Iterator[Connection]:
    """A sandbox of a partner whose money moves outside."""
    with start_server("--sandbox", "--payment-gateway", "none").connect() as connection:
        yield connection


def test_what_is_not_paid_in_time_is_cancelled(sandboxed: Connection) -> None:  # P-3 P-4 P-6
    practice = offering(sandboxed, v1.PAYMENT_PLAN_PREPAID)
    unpaid, part, paid = (
        practice.book(sandboxed, practice.at(3, each)) for each in ("10:00", "11:00", "12:00")
    )
    sandboxed.call(beginning(unpaid))
    sandboxed.call(paying(part, 3000))
    advance(sandboxed, unpaid.payment_deadline_time.ToMilliseconds() - SOON_MS)
    stands = sandboxed.call(paying(paid)).appointment
    advance(sandboxed, paid.payment_deadline_time.ToMilliseconds())
    assert read(sandboxed, paid) == stands
    for booked, status in (
        (unpaid, v1.PAYMENT_STATUS_NONE),
        (part, v1.PAYMENT_STATUS_PAID),
    ):
        now = read(sandboxed, booked)
        assert (now.state, now.payment_status) == (
            v1.APPOINTMENT_STATE_PAYMENT_CANCELLED,
            status,
        )
        assert not now.HasField("payment_deadline_time")
        assert told(sandboxed, booked) == both("PAYMENT_CANCELLED")
        with pytest.raises(FailedPrecondition) as refused:
            sandboxed.call(paying(booked))
        assert refused.value.reason == "APPOINTMENT_STATE"
        assert refused.value.status.error_info.metadata["state"] == "PAYMENT_CANCELLED"
        last = history(sandboxed, booked)[-1]
        assert (last.kind, last.actor_role) == ("PAYMENT_CANCELLED", "SYSTEM")
    assert {"10:00", "11:00"} <= set(practice.free_on(sandboxed, 3))
    # What came in has to go back, and is paid until it has.
    back = sandboxed.call(refunding(part))
    assert back.refund.amount == euro(3000)
    assert back.appointment.payment_status == v1.PAYMENT_STATUS_REFUNDED


def test_what_costs_nothing_is_not_paid(staff: Connection) -> None:  # P-1
    service = {"payment_plan": v1.PAYMENT_PLAN_FREE, "price": euro(0)}
    practice = open_practice(staff, service=service)
    booked = practice.book(staff, practice.at(3, "10:00"))
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(paying(booked))
    assert refused.value.reason == "NOTHING_DUE"
    with pytest.raises(FailedPrecondition) as begun:
        staff.call(beginning(booked))
    assert begun.value.status.error_info.metadata["state"] == "SCHEDULED"


def test_an_amount_is_more_than_nothing_and_no_more_than_is_due(staff: Connection) -> None:
    # P-1
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    wrong = [(0, "minor_units"), (-1, "minor_units"), (PRICE + 1, "minor_units")]
    for amount, field in wrong:
        with pytest.raises(InvalidArgument) as refused:
            staff.call(paying(booked, amount))
        assert refused.value.fields == [f"amount.{field}"]
    request = paying(booked, 1)
    request.amount.currency = "PLN"
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == ["amount.currency"]
    with pytest.raises(InvalidArgument) as refused:
        staff.call(v1.PaymentsRecordRequest(appointment_id="x", version=-1, note="x" * 1_001))
    assert refused.value.fields == ["appointment_id", "version", "method", "note"]
    with pytest.raises(InvalidArgument) as refused:
        staff.call(v1.PaymentsRecordRefundRequest(appointment_id=booked.id))
    assert refused.value.fields == ["method", "reason"]
    assert payments(staff, booked) == [] and read(staff, booked) == booked


def test_never_more_is_given_back_than_was_paid(staff: Connection) -> None:  # P-6
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    with pytest.raises(FailedPrecondition) as nothing:
        staff.call(refunding(booked))
    assert nothing.value.reason == "NOTHING_PAID"
    staff.call(paying(booked))
    part = staff.call(refunding(booked, 2000, reason="came late"))
    assert part.refund.direction == v1.PAYMENT_DIRECTION_REFUND
    assert (part.refund.amount, part.refund.note) == (euro(2000), "came late")
    assert part.appointment.payment_status == v1.PAYMENT_STATUS_PARTLY_REFUNDED
    assert part.appointment.amount_refunded == euro(2000)
    with pytest.raises(InvalidArgument) as refused:
        staff.call(refunding(booked, PRICE - 2000 + 1))
    assert refused.value.fields == ["amount.minor_units"]
    rest = staff.call(refunding(booked))
    assert rest.refund.amount == euro(PRICE - 2000)
    assert rest.appointment.payment_status == v1.PAYMENT_STATUS_REFUNDED
    with pytest.raises(FailedPrecondition):
        staff.call(refunding(booked, 1))
    assert history(staff, booked)[-1].reason == "goodwill"


def test_after_a_cancelling_what_is_owed_is_given_back_or_paid(staff: Connection) -> None:
    # A-6 P-6
    practice = offering(staff, cancellation=terms(0, 30, 31 * 24 * 60, unpaid=True))
    paid, unpaid = (practice.book(staff, practice.at(3, each)) for each in ("10:00", "11:00"))
    staff.call(paying(paid))
    for booked in (paid, unpaid):
        staff.call(cancelling(booked), actor=as_client(booked.client_id))
    assert staff.call(refunding(paid)).refund.amount == euro(4900)
    with pytest.raises(InvalidArgument) as refused:
        staff.call(refunding(paid))
    assert refused.value.fields == ["amount"]
    fee = staff.call(paying(unpaid))
    assert fee.payment.amount == euro(2100)
    assert fee.appointment.payment_status == v1.PAYMENT_STATUS_PAID
    with pytest.raises(FailedPrecondition) as over:
        staff.call(paying(unpaid))
    assert over.value.status.error_info.metadata["state"] == "CANCELLED_BY_CLIENT"


def test_a_dry_run_records_nothing(staff: Connection) -> None:  # P-1
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    tried = staff.call(paying(booked, validate_only=True), key="")
    assert tried.appointment.payment_status == v1.PAYMENT_STATUS_PAID
    assert payments(staff, booked) == [] and read(staff, booked) == booked


def test_said_twice_it_is_recorded_once(staff: Connection) -> None:  # B-13 P-1
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    key = str(uuid.uuid4())
    first = staff.call(paying(booked, 1000), key=key)
    assert staff.call(paying(booked, 1000), key=key) == first
    assert len(payments(staff, booked)) == 1
    with pytest.raises(Aborted):
        staff.call(paying(booked, version=1))


def test_who_may_record_and_see_what(staff: Connection, partner: Connection) -> None:  # P-1
    on_site, prepaid = open_practice(staff), offering(staff, v1.PAYMENT_PLAN_PREPAID)
    at_office = on_site.book(staff, on_site.at(3, "10:00"))
    in_advance = prepaid.book(staff, prepaid.at(3, "10:00"))
    client = as_client(at_office.client_id)
    for request in (paying(at_office), refunding(at_office)):
        with pytest.raises(PermissionDenied):
            staff.call(request, actor=client)
        with pytest.raises(NotFound):
            staff.call(request, actor=as_therapist(prepaid.therapist.id))
        with pytest.raises(NotFound):
            partner.call(request)
    with pytest.raises(PermissionDenied) as refused:
        staff.call(paying(in_advance), actor=as_therapist(prepaid.therapist.id))
    assert refused.value.reason == "ROLE_NOT_ALLOWED"
    with pytest.raises(PermissionDenied):
        staff.call(beginning(in_advance), actor=as_therapist(prepaid.therapist.id))
    with pytest.raises(NotFound):
        staff.call(beginning(in_advance), actor=client)

    paid = staff.call(paying(at_office)).payment
    for actor in (None, client, as_therapist(on_site.therapist.id)):
        assert payments(staff, at_office, actor) == [paid]
    for stranger in (as_client(register(staff)), as_therapist(prepaid.therapist.id)):
        with pytest.raises(NotFound):
            payments(staff, at_office, stranger)
        with pytest.raises(PermissionDenied):
            payments(staff, actor=stranger)
    with pytest.raises(NotFound):
        payments(partner, at_office)


def test_the_payments_of_a_therapy_are_those_of_its_two(staff: Connection) -> None:  # P-1
    practice = open_practice(staff)
    first = practice.book(staff, practice.at(3, "10:00"))
    again = practice.book(staff, practice.at(4, "10:00"), first.client_id)
    stranger = practice.book(staff, practice.at(5, "10:00"))
    made = [staff.call(paying(each)).payment for each in (first, again, stranger)]
    listing = v1.TherapiesListRequest(
        therapist_id=practice.therapist.id, client_id=first.client_id
    )
    (therapy,) = staff.call(listing).therapies
    request = v1.PaymentsListRequest(therapy_id=therapy.id)
    for actor in (None, as_client(first.client_id), as_therapist(practice.therapist.id)):
        assert list(staff.call(request, actor=actor).payments) == sorted(made[:2], key=by_id)
    for other in (as_client(stranger.client_id), as_therapist(open_practice(staff).therapist.id)):
        with pytest.raises(NotFound):
            staff.call(request, actor=other)
    request.appointment_id = stranger.id
    assert list(staff.call(request).payments) == []


def test_payments_are_listed_in_order_of_time_in_pages(partner: Connection) -> None:  # P-1
    practice = open_practice(partner)
    booked = [practice.book(partner, practice.at(3, f"{hour}:00")) for hour in range(10, 13)]
    made = [
        partner.call(paying(each, amount)).payment for amount in (10, 20, 30) for each in booked
    ]
    got = pages(partner, v1.PaymentsListRequest(page_size=4), lambda page: list(page.payments))
    assert [len(each) for each in got] == [4, 4, 1]
    listed = [each for page in got for each in page]
    assert listed == sorted(made, key=by_id)
    mine = [each for each in listed if each.appointment_id == booked[1].id]
    assert payments(partner, booked[1]) == mine
    with pytest.raises(NotFound):
        partner.call(v1.PaymentsListRequest(therapy_id="tpy_" + "0" * 26))
