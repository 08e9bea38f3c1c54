"""Cancelling: what it costs, what is given back, and what could be booked instead (A-5 to A-7)."""

import contract as v1
import pytest
from client import (
    Aborted,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    as_client,
    as_therapist,
)
from life import (
    PRICE,
    SOON_MS,
    advance,
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
from practice import DAY_MS, MINUTE_MS, open_practice, register

ALWAYS_IN_TIME = 0
ALWAYS_LATE = 31 * 24 * 60


@pytest.mark.parametrize(
    ("notice", "reason", "fee"),
    [
        (ALWAYS_IN_TIME, v1.SETTLEMENT_REASON_IN_TIME, 700),
        (ALWAYS_LATE, v1.SETTLEMENT_REASON_LATE, 3500),
    ],
)
def test_a_client_pays_the_share_that_the_terms_say(
    staff: Connection, notice: int, reason: int, fee: int
) -> None:
    agreed = terms(10, 50, notice)
    practice = offering(staff, cancellation=agreed)
    booked = practice.book(staff, practice.at(3, "10:00"))
    staff.call(paying(booked))
    done = staff.call(cancelling(booked, reason="ill"), actor=as_client(booked.client_id))
    settlement = done.settlement
    assert settlement.reason == reason
    assert (settlement.paid, settlement.fee) == (euro(PRICE), euro(fee))
    assert (settlement.refund, settlement.outstanding) == (euro(PRICE - fee), euro(0))
    assert settlement.terms == agreed
    assert f"{fee * 100 // PRICE} % of the price" in settlement.explanation
    now = done.appointment
    assert now.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT
    assert (now.fee, now.amount_paid) == (euro(fee), euro(PRICE))
    assert now.payment_status == v1.PAYMENT_STATUS_PAID
    assert now.cancel_reason == "ill" and now == read(staff, booked)


def test_a_therapist_and_staff_cancel_at_no_cost(staff: Connection) -> None:
    practice = offering(staff, cancellation=terms(100, 100, ALWAYS_LATE, unpaid=True))
    for actor in (None, as_therapist(practice.therapist.id)):
        booked = practice.book(staff, practice.at(3, "10:00"))
        staff.call(paying(booked))
        done = staff.call(cancelling(booked), actor=actor)
        assert done.settlement.reason == v1.SETTLEMENT_REASON_BY_THERAPIST
        assert done.settlement.fee == euro(0) and done.settlement.refund == euro(PRICE)
        assert not done.settlement.HasField("terms")
        assert done.appointment.state == v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST
        assert not done.appointment.HasField("fee")


@pytest.mark.parametrize("unpaid", [True, False])
def test_what_was_not_paid_is_claimed_where_the_terms_want_it(
    staff: Connection, unpaid: bool
) -> None:
    practice = offering(staff, cancellation=terms(0, 50, ALWAYS_LATE, unpaid=unpaid))
    booked = practice.book(staff, practice.at(3, "10:00"))
    done = staff.call(cancelling(booked), actor=as_client(booked.client_id))
    fee = euro(3500 if unpaid else 0)
    assert (done.settlement.fee, done.settlement.outstanding) == (fee, fee)
    assert done.settlement.refund == done.settlement.paid == euro(0)
    due = v1.PAYMENT_STATUS_DUE if unpaid else v1.PAYMENT_STATUS_NONE
    assert done.appointment.payment_status == due


def test_what_is_not_paid_in_advance_yet_is_not_binding(staff: Connection) -> None:  # A-6 P-4
    practice = offering(
        staff, v1.PAYMENT_PLAN_PREPAID, terms(100, 100, ALWAYS_LATE, unpaid=True)
    )
    booked = practice.book(staff, practice.at(3, "10:00"))
    staff.call(paying(booked, 1000))
    done = staff.call(cancelling(booked), actor=as_client(booked.client_id))
    assert done.settlement.reason == v1.SETTLEMENT_REASON_NOT_BINDING
    assert (done.settlement.fee, done.settlement.refund) == (euro(0), euro(1000))
    assert done.appointment.payment_status == v1.PAYMENT_STATUS_PAID
    assert not done.appointment.HasField("payment_deadline_time")
    back = staff.call(refunding(booked)).appointment
    assert back.payment_status == v1.PAYMENT_STATUS_REFUNDED


def test_a_quote_is_the_answer_and_changes_nothing(staff: Connection) -> None:
    practice = offering(staff, cancellation=terms(10, 50, ALWAYS_LATE))
    booked = practice.book(staff, practice.at(3, "10:00"))
    paid = staff.call(paying(booked)).appointment
    client = as_client(booked.client_id)
    quote = staff.call(cancelling(booked, validate_only=True), actor=client, key="")
    assert read(staff, booked) == paid
    assert "10:00" not in practice.free_on(staff, 3)
    done = staff.call(cancelling(booked), actor=client)
    quote.appointment.update_time.CopyFrom(done.appointment.update_time)
    assert quote == done


def test_near_starts_are_offered_instead(staff: Connection) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    done = staff.call(cancelling(booked))
    assert list(done.alternative_start_ms) == [
        practice.at(3, each) for each in ("09:00", "09:30", "10:30")
    ]
    for start in done.alternative_start_ms:
        staff.call(practice.booking(start, booked.client_id, validate_only=True), key="")


def test_rounded_half_up_to_the_cent(staff: Connection) -> None:
    practice = open_practice(
        staff,
        service={
            "price": euro(7001),
            "policy": v1.Policy(cancellation=terms(50, 0, ALWAYS_IN_TIME)),
        },
    )
    booked = practice.book(staff, practice.at(3, "10:00"))
    staff.call(paying(booked))
    done = staff.call(cancelling(booked), actor=as_client(booked.client_id))
    assert (done.settlement.fee, done.settlement.refund) == (euro(3501), euro(3500))


def test_only_therapist_and_staff_choose_whether_the_client_is_told(staff: Connection) -> None:
    # B-11
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    with pytest.raises(InvalidArgument) as refused:
        staff.call(cancelling(booked, quiet=True), actor=as_client(booked.client_id))
    assert refused.value.fields == ["quiet"]
    actor = as_therapist(practice.therapist.id)
    assert staff.call(cancelling(booked, quiet=True), actor=actor).appointment.version == 2


def test_it_is_cancelled_once_and_the_refusal_has_the_state(staff: Connection) -> None:
    # A-1 B-14
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    with pytest.raises(Aborted):
        staff.call(cancelling(booked, version=2))
    with pytest.raises(NotFound):
        staff.call(cancelling(booked), actor=as_client(register(staff)))
    staff.call(cancelling(booked, version=1), actor=as_client(booked.client_id))
    for actor in (None, as_client(booked.client_id)):
        with pytest.raises(FailedPrecondition) as refused:
            staff.call(cancelling(booked), actor=actor)
        assert refused.value.reason == "APPOINTMENT_STATE"
        assert refused.value.status.error_info.metadata["state"] == "CANCELLED_BY_CLIENT"
    last = history(staff, booked)[-1]
    assert (last.kind, last.actor_role) == ("CANCELLED", "CLIENT")
    assert last.to_state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT


def test_with_just_the_notice_that_is_asked_for_it_is_in_time(sandboxed: Connection) -> None:
    #
    practice = offering(sandboxed, cancellation=terms(0, 100, 24 * 60))
    start = practice.at(5, "10:00")
    booked = practice.book(sandboxed, start)
    sandboxed.call(paying(booked))
    quote = cancelling(booked, validate_only=True)
    actor = as_client(booked.client_id)
    advance(sandboxed, start - DAY_MS - SOON_MS)
    assert sandboxed.call(quote, actor=actor, key="").settlement.refund == euro(PRICE)
    advance(sandboxed, start - DAY_MS + 1)
    late = sandboxed.call(quote, actor=actor, key="").settlement
    assert late.reason == v1.SETTLEMENT_REASON_LATE
    assert (late.fee, late.refund) == (euro(PRICE), euro(0))


def test_in_progress_it_can_be_cancelled_until_its_start(sandboxed: Connection) -> None:
    practice = offering(sandboxed, cancellation=terms(0, 100, 24 * 60))
    first, second = (practice.book(sandboxed, practice.at(3, each)) for each in ("10:00", "11:00"))
    advance(sandboxed, practice.at(3, "10:56"))
    assert read(sandboxed, first).state == v1.APPOINTMENT_STATE_COMPLETED
    with pytest.raises(FailedPrecondition) as over:
        sandboxed.call(cancelling(first))
    assert over.value.status.error_info.metadata["state"] == "COMPLETED"
    third = practice.book(sandboxed, practice.at(3, "12:00"))
    assert read(sandboxed, second).state == v1.APPOINTMENT_STATE_IN_PROGRESS
    done = sandboxed.call(cancelling(second), actor=as_client(second.client_id))
    assert done.settlement.reason == v1.SETTLEMENT_REASON_LATE
    advance(sandboxed, practice.at(3, "12:00") + MINUTE_MS)
    for actor in (None, as_client(third.client_id)):
        with pytest.raises(FailedPrecondition) as begun:
            sandboxed.call(cancelling(third), actor=actor)
        assert begun.value.reason == "APPOINTMENT_BEGUN"
    assert read(sandboxed, second) == done.appointment


def test_both_are_told_unless_it_is_quiet(staff: Connection) -> None:  # B-11 N-1
    practice = open_practice(staff)
    for quiet in (False, True):
        booked = practice.book(staff, practice.at(3, "10:00"))
        staff.call(cancelling(booked, quiet=quiet))
        cancelled = both("APPOINTMENT_CANCELLED")[quiet:]
        assert told(staff, booked) == both("BOOKING_CONFIRMED") + cancelled
