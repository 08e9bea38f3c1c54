"""Money that goes back the way it came, wholly or in part, and what banks take back (P-6, P-8)."""

import threading
import uuid

import contract as v1
import pytest
from cashdesk import CashDesk, giving_back, intent, intents, payments
from client import Aborted, FailedPrecondition, InvalidArgument, PermissionDenied, as_client, as_therapist
from life import PRICE, euro
from practice import HOUR_MS, MINUTE_MS
from sandboxes import Sandbox

PAID = ("SCHEDULED", "PAID", PRICE, 0)


@pytest.fixture(scope="module")
def desk(payday: Sandbox) -> CashDesk:
    return CashDesk(payday, v1.PAYMENT_PLAN_PREPAID)


def only_intent(desk: CashDesk, booked: v1.Appointment) -> v1.PaymentIntent:
    (only,) = intents(desk.staff, booked)
    return intent(desk.staff, only.id)


def test_all_of_it(desk: CashDesk) -> None:  # P-6 N-1
    booked = desk.paid(2, "09:00")
    answer = desk.staff.call(giving_back(booked, reason="the therapist was ill"))
    (refund,) = answer.refunds
    assert refund.direction == v1.PAYMENT_DIRECTION_REFUND
    assert (refund.amount, refund.note) == (euro(PRICE), "the therapist was ill")
    assert refund.state == v1.PAYMENT_STATE_PENDING
    assert answer.appointment.amount_refunded == euro(PRICE)
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.money(booked)[1:] == ("REFUNDED", PRICE, PRICE)
    only = only_intent(desk, booked)
    assert only.amount_refunded == euro(PRICE)
    assert desk.gateway.given_back(only.id) == [PRICE]
    (now,) = [each for each in payments(desk.staff, booked) if each.id == refund.id]
    assert now.state == v1.PAYMENT_STATE_SUCCEEDED and now.version > refund.version
    assert desk.told(booked)[-1] == ("REFUNDED", "client")
    with pytest.raises(FailedPrecondition) as nothing:
        desk.staff.call(giving_back(booked))
    assert nothing.value.reason == "NOTHING_PAID"


def test_in_parts_and_never_more_than_was_paid(desk: CashDesk) -> None:  # P-6
    booked = desk.paid(2, "10:00")
    desk.staff.call(giving_back(booked, 2000))
    with pytest.raises(InvalidArgument) as refused:
        desk.staff.call(giving_back(booked, PRICE - 2000 + 1))
    assert refused.value.fields == ["amount.minor_units"]
    desk.staff.call(giving_back(booked, 1500))
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.money(booked)[1:] == ("PARTLY_REFUNDED", PRICE, 3500)
    desk.staff.call(giving_back(booked))
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.money(booked)[1:] == ("REFUNDED", PRICE, PRICE)
    only = only_intent(desk, booked)
    assert sorted(desk.gateway.given_back(only.id)) == [1500, 2000, 3500]


def test_what_is_wrong_with_it_is_said(desk: CashDesk) -> None:  # P-6
    booked = desk.paid(2, "11:00")
    unpaid = desk.book(2, "12:00")
    with pytest.raises(FailedPrecondition) as nothing:
        desk.staff.call(giving_back(unpaid))
    assert nothing.value.reason == "NOTHING_PAID"
    with pytest.raises(InvalidArgument) as reasonless:
        desk.staff.call(giving_back(booked, reason=""))
    assert reasonless.value.fields == ["reason"]
    other = giving_back(booked, 1)
    other.amount.currency = "PLN"
    with pytest.raises(InvalidArgument) as currency:
        desk.staff.call(other)
    assert currency.value.fields == ["amount.currency"]
    with pytest.raises(Aborted):
        desk.staff.call(giving_back(booked, version=1))
    for actor in (as_client(booked.client_id), as_therapist(booked.therapist_id)):
        with pytest.raises(PermissionDenied):
            desk.staff.call(giving_back(booked), actor=actor)
    tried = desk.staff.call(giving_back(booked, validate_only=True), key="")
    assert tried.appointment.amount_refunded == euro(PRICE)
    assert desk.money(booked) == PAID


def test_two_at_once_are_never_more_than_was_paid(desk: CashDesk) -> None:  # P-6 P-8
    booked = desk.paid(2, "13:00")
    server, key = desk.sandbox.server, desk.sandbox.key
    given: list[int] = []
    refused: list[str] = []
    together = threading.Barrier(2)

    def give() -> None:
        with server.connect(key) as connection:
            together.wait(10)
            try:
                connection.call(giving_back(booked, 4000))
                given.append(4000)
            except InvalidArgument as too_much:
                refused.extend(too_much.fields)

    both = [threading.Thread(target=give) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(30)
    assert given == [4000] and refused == ["amount.minor_units"]
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.money(booked)[1:] == ("PARTLY_REFUNDED", PRICE, 4000)
    assert desk.gateway.given_back(only_intent(desk, booked).id) == [4000]


def test_said_twice_it_goes_back_once(desk: CashDesk) -> None:  # B-13 P-8
    booked = desk.paid(2, "14:00")
    key = str(uuid.uuid4())
    first = desk.staff.call(giving_back(booked, 1000), key=key)
    assert desk.staff.call(giving_back(booked, 1000), key=key) == first
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.gateway.given_back(only_intent(desk, booked).id) == [1000]


def test_one_that_takes_its_time(desk: CashDesk) -> None:  # P-6
    booked = desk.paid(2, "15:00", "tok_refund_pending")
    desk.staff.call(giving_back(booked))
    desk.sandbox.advance(by=MINUTE_MS)
    assert ("REFUND", PRICE, "PENDING") in desk.moved(booked)
    assert desk.money(booked)[1:] == ("REFUNDED", PRICE, PRICE)
    desk.sandbox.advance(by=2 * HOUR_MS)
    assert ("REFUND", PRICE, "SUCCEEDED") in desk.moved(booked)
    assert desk.gateway.given_back(only_intent(desk, booked).id) == [PRICE]


def test_one_that_fails_is_still_kept(desk: CashDesk) -> None:  # P-6 N-1
    booked = desk.paid(2, "16:00", "tok_refund_fails")
    desk.staff.call(giving_back(booked, 3000))
    desk.sandbox.advance(by=2 * HOUR_MS)
    assert desk.money(booked) == PAID
    (refund,) = [p for p in payments(desk.staff, booked) if p.direction == v1.PAYMENT_DIRECTION_REFUND]
    assert refund.state == v1.PAYMENT_STATE_FAILED
    assert refund.failure_code == "expired_or_canceled_card"
    assert not only_intent(desk, booked).HasField("amount_refunded")
    assert ("REFUND_FAILED", "client") in desk.told(booked)
    assert ("REFUND_FAILED", "therapist") not in desk.told(booked)
    assert desk.gateway.given_back(only_intent(desk, booked).id) == []


def test_one_whose_answer_is_lost_is_made_once(desk: CashDesk) -> None:  # P-8
    booked = desk.paid(3, "09:00", "tok_refund_hangs")
    desk.staff.call(giving_back(booked, 3000))
    desk.sandbox.advance(by=HOUR_MS)
    assert ("REFUND", 3000, "SUCCEEDED") in desk.moved(booked)
    assert desk.gateway.given_back(only_intent(desk, booked).id) == [3000]


# What banks take back.


def test_while_a_dispute_is_open_the_money_is_held(desk: CashDesk) -> None:  # P-6
    booked = desk.paid(3, "10:00", "tok_disputed_later")
    desk.sandbox.advance(by=HOUR_MS + 5 * MINUTE_MS)
    held = only_intent(desk, booked)
    assert held.dispute_state == v1.DISPUTE_STATE_OPEN
    assert held.amount_disputed == euro(PRICE)
    assert desk.money(booked) == ("SCHEDULED", "DISPUTED", PRICE, 0)


def test_a_dispute_that_is_won(desk: CashDesk) -> None:  # P-6
    booked = desk.paid(3, "11:00", "tok_dispute_won")
    desk.sandbox.advance(by=2 * HOUR_MS + 5 * MINUTE_MS)
    assert only_intent(desk, booked).dispute_state == v1.DISPUTE_STATE_WON
    assert desk.money(booked) == PAID


@pytest.mark.parametrize(
    ("card", "at"), [("tok_dispute_lost", "12:00"), ("tok_out_of_order", "13:00")]
)
def test_a_dispute_that_is_lost_is_claimed_again(desk: CashDesk, card: str, at: str) -> None:
    # P-6
    booked = desk.paid(3, at, card)
    desk.sandbox.advance(by=2 * HOUR_MS + 5 * MINUTE_MS)
    assert only_intent(desk, booked).dispute_state == v1.DISPUTE_STATE_LOST
    state, status, paid, refunded = desk.money(booked)
    assert (state, paid, refunded) == ("SCHEDULED", PRICE, PRICE)
    assert status in {"DUE", "REFUNDED"}
    assert desk.pay(booked).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.money(booked)[2:] == (2 * PRICE, PRICE)
