"""CAPTURE_BEFORE: a saved card is charged 24 hours before the session, and what comes where it fails (P-2, P-3)."""

import contract as v1
import pytest
from cashdesk import CashDesk, intent, intents
from client import FailedPrecondition, NotFound, as_client
from life import PRICE, SOON_MS, both, euro, moving, read, terms
from practice import DAY_MS, HOUR_MS, MINUTE_MS
from sandboxes import Sandbox

PAID = ("SCHEDULED", "PAID", PRICE, 0)
FAILED = ("SCHEDULED", "FAILED", 0, 0)
NOTICE_MINUTES = 48 * 60


@pytest.fixture(scope="module")
def desk(payday: Sandbox) -> CashDesk:
    """Cancelling less than two days before costs half, paid or not; who does not come pays 80 %."""
    cancellation = terms(0, 50, NOTICE_MINUTES, unpaid=True)
    cancellation.no_show_percent = 80
    return CashDesk(payday, v1.PAYMENT_PLAN_CAPTURE_BEFORE, cancellation=cancellation)


def charge_ms(booked: v1.Appointment) -> int:
    return booked.start_time.ToMilliseconds() - DAY_MS


def failed(desk: CashDesk, days: int, time_of_day: str, card: str = "tok_declined") -> v1.Appointment:
    """One whose charge has just failed."""
    booked = desk.book(days, time_of_day, desk.client(card))
    desk.sandbox.advance(to=charge_ms(booked) + MINUTE_MS)
    return booked


def test_a_saved_card_is_charged_a_day_before(desk: CashDesk) -> None:  # P-2 P-8 N-1
    client = desk.client("tok_ok")
    booked = desk.book(3, "10:00", client, as_client(client))
    assert desk.money(booked) == ("SCHEDULED", "DUE", 0, 0)
    assert booked.charge_time.ToMilliseconds() == charge_ms(booked)
    assert not booked.HasField("payment_deadline_time")
    assert desk.told(booked) == both("BOOKING_CONFIRMED")
    desk.sandbox.advance(to=charge_ms(booked) - SOON_MS)
    assert read(desk.staff, booked) == booked and intents(desk.staff, booked) == []
    desk.sandbox.advance(to=charge_ms(booked) + 1)
    assert desk.money(booked) == PAID
    now = read(desk.staff, booked)
    assert not now.HasField("charge_time") and not now.HasField("payment_deadline_time")
    (only,) = intents(desk.staff, booked)
    assert (only.attempts, only.amount_captured) == (1, euro(PRICE))
    assert desk.gateway.taken(only.id) == [PRICE]
    assert desk.told(booked)[2:] == [("PAID", "client")]
    kinds = [(what, who) for what, who, _ in desk.sandbox.history(booked)]
    assert ("CHARGED", "SYSTEM") in kinds
    # It is charged once, whatever time brings.
    desk.sandbox.advance(to=booked.end_time.ToMilliseconds() + 1)
    assert desk.money(booked) == ("COMPLETED", "PAID", PRICE, 0)
    assert desk.gateway.taken(only.id) == [PRICE] and len(intents(desk.staff, booked)) == 1


def test_booked_later_than_that_it_is_charged_at_once(desk: CashDesk) -> None:  # P-2
    booked = desk.book(1, "09:00", desk.client("tok_ok"))
    assert booked.start_time.ToMilliseconds() - desk.sandbox.now() < DAY_MS
    desk.sandbox.advance(by=1_000)
    assert desk.money(booked) == PAID


def test_a_client_who_books_has_something_to_charge(desk: CashDesk) -> None:  # P-2
    without, other = desk.client(), desk.client("tok_ok")
    with pytest.raises(FailedPrecondition) as refused:
        desk.book(4, "10:00", without, as_client(without))
    assert refused.value.reason == "PAYMENT_METHOD_REQUIRED"
    theirs = desk.save(other, "tok_ok")
    with pytest.raises(NotFound):
        desk.book(4, "10:00", without, payment_method_id=theirs.id)
    named = desk.book(4, "11:00", other, as_client(other), payment_method_id=theirs.id)
    desk.sandbox.advance(to=charge_ms(named) + 1)
    (only,) = intents(desk.staff, named)
    assert only.payment_method_id == theirs.id
    assert desk.money(named) == PAID


def test_what_staff_book_without_one_is_as_a_charge_that_failed(desk: CashDesk) -> None:
    # P-2 P-3
    booked = desk.book(2, "14:00")
    desk.sandbox.advance(to=charge_ms(booked) + MINUTE_MS)
    assert desk.money(booked) == FAILED
    assert desk.told(booked)[2:] == both("PAYMENT_FAILED")


def test_after_a_failure_the_client_pays_with_another_card(desk: CashDesk) -> None:  # P-3 N-1
    booked = failed(desk, 3, "11:00")
    assert desk.money(booked) == FAILED
    assert desk.told(booked)[2:] == both("PAYMENT_FAILED")
    deadline = read(desk.staff, booked).payment_deadline_time.ToMilliseconds()
    assert 0 <= deadline - charge_ms(booked) - 4 * HOUR_MS < SOON_MS
    client = as_client(booked.client_id)
    again = desk.pay(booked, "tok_insufficient_funds", actor=client)
    assert again.failure_code == "insufficient_funds"
    # Nobody is told of what the client saw, and their time does not grow.
    assert read(desk.staff, booked).payment_deadline_time.ToMilliseconds() == deadline
    desk.sandbox.advance(to=deadline - SOON_MS)
    assert desk.money(booked) == FAILED
    assert desk.pay(booked, "tok_ok", actor=client).attempts == 3
    assert desk.money(booked) == PAID
    desk.sandbox.advance(to=deadline + HOUR_MS)
    assert desk.money(booked) == PAID
    assert desk.told(booked)[2:] == [*both("PAYMENT_FAILED"), ("PAID", "client")]


def test_the_same_card_may_do_later(desk: CashDesk) -> None:  # P-3
    booked = failed(desk, 3, "12:00")
    (tried,) = intents(desk.staff, booked)
    once_more = desk.pay(booked, "", payment_method_id=tried.payment_method_id)
    assert once_more.failure_code == "card_declined" and once_more.attempts == 2
    assert desk.money(booked) == FAILED


def test_what_is_not_paid_after_four_hours_is_cancelled(desk: CashDesk) -> None:  # P-3 N-1
    booked = failed(desk, 3, "13:00")
    assert not desk.is_free(booked)
    deadline = read(desk.staff, booked).payment_deadline_time.ToMilliseconds()
    desk.sandbox.advance(to=deadline + MINUTE_MS)
    assert desk.money(booked) == ("PAYMENT_CANCELLED", "NONE", 0, 0)
    assert desk.is_free(booked)
    assert desk.told(booked)[2:] == [*both("PAYMENT_FAILED"), *both("PAYMENT_CANCELLED")]
    with pytest.raises(FailedPrecondition) as late:
        desk.begin(booked, "tok_ok")
    assert late.value.reason == "APPOINTMENT_STATE"
    (only,) = intents(desk.staff, booked)
    assert only.state == v1.PAYMENT_INTENT_STATE_CANCELED
    assert desk.gateway.taken(only.id) == []


def test_never_beyond_the_start(desk: CashDesk) -> None:  # P-3
    tomorrow = desk.at(1, "10:00")
    desk.sandbox.advance(to=tomorrow - 2 * HOUR_MS)
    booked = desk.book(0, "10:00", desk.client("tok_declined"))
    desk.sandbox.advance(by=1_000)
    assert desk.money(booked) == FAILED
    assert read(desk.staff, booked).payment_deadline_time == booked.start_time
    desk.sandbox.advance(to=tomorrow - SOON_MS)
    assert desk.money(booked)[0] == "SCHEDULED"
    desk.sandbox.advance(to=tomorrow + MINUTE_MS)
    assert desk.money(booked)[0] == "PAYMENT_CANCELLED"


def test_who_has_to_confirm_is_told_and_does(desk: CashDesk) -> None:  # P-3 P-7
    booked = desk.book(4, "14:00")
    waiting = desk.pay(booked, "tok_needs_confirmation", off_session=True)
    assert waiting.state == v1.PAYMENT_INTENT_STATE_REQUIRES_ACTION and waiting.action_url
    assert desk.money(booked) == ("SCHEDULED", "REQUIRES_ACTION", 0, 0)
    assert desk.told(booked)[2:] == both("PAYMENT_FAILED")
    confirming = v1.PaymentsConfirmRequest(intent_id=waiting.id)
    desk.staff.call(confirming, actor=as_client(booked.client_id))
    assert intent(desk.staff, waiting.id).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.money(booked) == PAID and desk.gateway.taken(waiting.id) == [PRICE]


def test_one_that_moves_is_charged_a_day_before_its_new_start(desk: CashDesk) -> None:
    # P-2 B-10
    booked = desk.book(3, "15:00", desk.client("tok_ok"))
    desk.staff.call(moving(booked, desk.at(6, "15:00")))
    moved = read(desk.staff, booked)
    assert moved.charge_time.ToMilliseconds() == charge_ms(moved) == charge_ms(booked) + 3 * DAY_MS
    desk.sandbox.advance(to=charge_ms(booked) + HOUR_MS)
    assert desk.money(booked) == ("SCHEDULED", "DUE", 0, 0)
    desk.sandbox.advance(to=charge_ms(moved) + 1)
    assert desk.money(booked) == PAID
    # Paid is paid, wherever it moves.
    desk.staff.call(moving(booked, desk.at(4, "15:00")))
    assert not read(desk.staff, booked).HasField("charge_time")
    desk.sandbox.advance(by=4 * DAY_MS)
    (only,) = intents(desk.staff, booked)
    assert desk.gateway.taken(only.id) == [PRICE]


def test_a_late_fee_is_charged(desk: CashDesk) -> None:  # P-2 A-6
    booked = desk.book(4, "10:00", desk.client("tok_ok"))
    desk.sandbox.advance(to=charge_ms(booked) - HOUR_MS)
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id)
    settlement = desk.staff.call(request, actor=as_client(booked.client_id)).settlement
    assert settlement.fee == euro(PRICE // 2)
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.money(booked) == ("CANCELLED_BY_CLIENT", "PAID", PRICE // 2, 0)
    (only,) = intents(desk.staff, booked)
    assert desk.gateway.taken(only.id) == [PRICE // 2]


def test_who_cancels_in_time_pays_nothing_and_is_not_charged(desk: CashDesk) -> None:  # P-2 A-6
    booked = desk.book(4, "11:00", desk.client("tok_ok"))
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id)
    desk.staff.call(request, actor=as_client(booked.client_id))
    desk.sandbox.advance(by=5 * DAY_MS)
    assert desk.money(booked) == ("CANCELLED_BY_CLIENT", "NONE", 0, 0)
    assert intents(desk.staff, booked) == []


def test_of_what_was_paid_all_but_the_fee_goes_back(desk: CashDesk) -> None:  # A-6 P-6
    booked = desk.book(3, "09:00", desk.client("tok_ok"))
    desk.sandbox.advance(to=charge_ms(booked) + MINUTE_MS)
    assert desk.money(booked) == PAID
    request = v1.AppointmentsCancelRequest(appointment_id=booked.id)
    desk.staff.call(request, actor=as_client(booked.client_id))
    desk.sandbox.advance(by=MINUTE_MS)
    half = PRICE // 2
    assert desk.money(booked) == ("CANCELLED_BY_CLIENT", "PARTLY_REFUNDED", PRICE, half)
    (only,) = intents(desk.staff, booked)
    assert desk.gateway.given_back(only.id) == [half]


def test_who_does_not_come_pays_the_no_show_fee(desk: CashDesk) -> None:  # A-4 A-6 P-6
    booked = desk.book(3, "16:00", desk.client("tok_ok"))
    desk.sandbox.advance(to=booked.end_time.ToMilliseconds() + MINUTE_MS)
    assert desk.money(booked) == ("COMPLETED", "PAID", PRICE, 0)
    missing = v1.AppointmentsSetAttendanceRequest(appointment_id=booked.id, attendance="NO_SHOW")
    desk.staff.call(missing)
    desk.sandbox.advance(by=MINUTE_MS)
    back = PRICE - PRICE * 80 // 100
    assert desk.money(booked)[2:] == (PRICE, back)
    (only,) = intents(desk.staff, booked)
    assert desk.gateway.given_back(only.id) == [back]


def test_what_becomes_of_a_charge_that_hangs_is_found_out(desk: CashDesk) -> None:  # P-3 P-8
    slow = failed(desk, 3, "10:00", "tok_hangs")
    assert desk.money(slow) == ("SCHEDULED", "PROCESSING", 0, 0)
    assert desk.told(slow)[2:] == []
    desk.sandbox.advance(by=5 * MINUTE_MS)
    assert desk.money(slow) == PAID
    (only,) = intents(desk.staff, slow)
    assert desk.gateway.taken(only.id) == [PRICE] and desk.gateway.attempts[only.id] == 1
    lost = failed(desk, 3, "10:00", "tok_hangs_then_declines")
    desk.sandbox.advance(by=5 * MINUTE_MS)
    assert desk.money(lost) == FAILED and desk.told(lost)[2:] == both("PAYMENT_FAILED")
