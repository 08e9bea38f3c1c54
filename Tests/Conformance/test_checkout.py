"""PREPAID: the client pays when they book, and whatever the card does, each charge happens once (P-4, P-7, P-8)."""

import threading
import uuid

import contract as v1
import pytest
from cashdesk import CashDesk, intent, intents, payments
from client import FailedPrecondition, NotFound, as_client, as_therapist
from life import PRICE, SOON_MS, both, euro
from practice import HOUR_MS, MINUTE_MS
from sandboxes import Sandbox

PAID = ("SCHEDULED", "PAID", PRICE, 0)


@pytest.fixture(scope="module")
def desk(payday: Sandbox) -> CashDesk:
    return CashDesk(payday, v1.PAYMENT_PLAN_PREPAID)


def test_paid_with_a_card_it_stands(desk: CashDesk) -> None:  # P-4 N-1
    booked = desk.book(1, "09:00")
    assert desk.money(booked) == ("INITIATED", "DUE", 0, 0)
    assert booked.amount_outstanding == euro(PRICE)
    client = as_client(booked.client_id)
    request = v1.PaymentsBeginRequest(appointment_id=booked.id, payment_method_token="tok_ok")
    begun = desk.staff.call(request, actor=client)
    assert begun.appointment.state == v1.APPOINTMENT_STATE_PAYMENT_PROCESSING
    assert begun.intent.id.startswith("pin_") and begun.intent.pending
    assert begun.intent.state == v1.PAYMENT_INTENT_STATE_PROCESSING
    assert (begun.intent.amount, begun.intent.gateway) == (euro(PRICE), "sandbox")
    assert (begun.intent.appointment_id, begun.intent.client_id) == (booked.id, booked.client_id)
    done = intent(desk.staff, begun.intent.id)
    assert done.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED and not done.pending
    assert (done.amount_captured, done.attempts, done.failure_code) == (euro(PRICE), 1, "")
    assert not done.HasField("amount_refunded") and done.gateway_reference
    assert desk.money(booked) == PAID
    now = desk.sandbox.get(booked)
    assert not now.HasField("payment_deadline_time") and not now.HasField("amount_outstanding")
    (payment,) = payments(desk.staff, booked)
    assert (payment.amount, payment.method, payment.intent_id) == (euro(PRICE), "card", done.id)
    assert payment.state == v1.PAYMENT_STATE_SUCCEEDED
    assert desk.told(booked) == [*both("BOOKING_CONFIRMED"), ("PAID", "client")]
    assert desk.gateway.taken(done.id) == [PRICE]
    with pytest.raises(FailedPrecondition) as refused:
        desk.begin(booked, "tok_ok")
    assert refused.value.reason == "NOTHING_DUE"


@pytest.mark.parametrize(
    ("card", "why"),
    [("tok_declined", "card_declined"), ("tok_insufficient_funds", "insufficient_funds")],
)
def test_after_a_card_that_is_declined_another_pays(desk: CashDesk, card: str, why: str) -> None:
    # P-4 P-7
    booked = desk.book(1, "10:00" if card == "tok_declined" else "11:00")
    failed = desk.pay(booked, card, actor=as_client(booked.client_id))
    assert failed.state == v1.PAYMENT_INTENT_STATE_REQUIRES_PAYMENT_METHOD
    assert (failed.failure_code, failed.attempts) == (why, 1)
    assert desk.money(booked) == ("PAYMENT_PROCESSING", "FAILED", 0, 0)
    # The client was there to see it.
    assert desk.told(booked) == []
    now = desk.sandbox.get(booked)
    assert now.payment_deadline_time == booked.payment_deadline_time
    paid = desk.pay(booked, "tok_ok", actor=as_client(booked.client_id))
    assert paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert (paid.id, paid.attempts, paid.failure_code) == (failed.id, 2, "")
    assert desk.money(booked) == PAID
    assert desk.gateway.taken(paid.id) == [PRICE]


def test_a_token_that_is_none_is_told(desk: CashDesk) -> None:  # P-7
    booked = desk.book(1, "12:00")
    failed = desk.pay(booked, "tok_nonsense")
    assert failed.state == v1.PAYMENT_INTENT_STATE_REQUIRES_PAYMENT_METHOD
    assert failed.failure_code == "resource_missing"
    assert desk.pay(booked).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED


def test_the_client_confirms_at_their_bank(desk: CashDesk) -> None:  # P-4 P-7
    booked = desk.book(1, "13:00")
    client = as_client(booked.client_id)
    waits = desk.begin(booked, "tok_needs_confirmation", actor=client)
    waiting = intent(desk.staff, waits)
    assert waiting.state == v1.PAYMENT_INTENT_STATE_REQUIRES_ACTION
    assert waiting.action_url and not waiting.pending
    assert desk.money(booked) == ("PAYMENT_PROCESSING", "REQUIRES_ACTION", 0, 0)
    # The therapist sees that it is so, and nothing to pay with.
    (seen,) = intents(desk.staff, booked, as_therapist(booked.therapist_id))
    assert (seen.id, seen.action_url, seen.client_secret) == (waits, "", "")
    confirming = v1.PaymentsConfirmRequest(intent_id=waits)
    with pytest.raises(NotFound):
        desk.staff.call(confirming, actor=as_client(desk.client()))
    assert desk.staff.call(confirming, actor=client).intent.state == (
        v1.PAYMENT_INTENT_STATE_PROCESSING
    )
    assert intent(desk.staff, waits).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.money(booked) == PAID and desk.gateway.taken(waits) == [PRICE]
    with pytest.raises(FailedPrecondition) as refused:
        desk.staff.call(confirming, actor=client)
    assert refused.value.reason == "INTENT_STATE"


def test_a_lost_answer_is_looked_up_and_not_asked_again(desk: CashDesk) -> None:  # P-8
    booked = desk.book(1, "14:00")
    hangs = desk.begin(booked, "tok_hangs")
    open_still = intent(desk.staff, hangs, wait_ms=300)
    assert open_still.pending and open_still.state == v1.PAYMENT_INTENT_STATE_PROCESSING
    with pytest.raises(FailedPrecondition) as refused:
        desk.begin(booked, "tok_ok")
    assert refused.value.reason == "PAYMENT_IN_FLIGHT"
    assert refused.value.status.error_info.metadata["intent_id"] == hangs
    desk.sandbox.advance(by=4 * MINUTE_MS)
    assert intent(desk.staff, hangs).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.money(booked) == PAID
    assert desk.gateway.taken(hangs) == [PRICE] and desk.gateway.attempts[hangs] == 1


def test_what_hung_may_have_been_declined(desk: CashDesk) -> None:  # P-8
    booked = desk.book(1, "15:00")
    hangs = desk.begin(booked, "tok_hangs_then_declines")
    desk.sandbox.advance(by=4 * MINUTE_MS)
    assert intent(desk.staff, hangs).failure_code == "card_declined"
    assert desk.money(booked) == ("PAYMENT_PROCESSING", "FAILED", 0, 0)
    assert desk.pay(booked).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.gateway.taken(hangs) == [PRICE]


def test_what_the_gateway_forgot_is_paid_anew(desk: CashDesk) -> None:  # P-8
    booked = desk.book(1, "16:00")
    forgotten = desk.begin(booked, "tok_forgets")
    desk.sandbox.advance(by=MINUTE_MS)
    gone = intent(desk.staff, forgotten)
    assert gone.state == v1.PAYMENT_INTENT_STATE_CANCELED
    assert desk.money(booked) == ("PAYMENT_PROCESSING", "FAILED", 0, 0)
    paid = desk.pay(booked)
    assert paid.id != forgotten and paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert [each.id for each in intents(desk.staff, booked)] == [forgotten, paid.id]
    assert desk.gateway.taken(forgotten, paid.id) == [PRICE]


def test_told_twice_it_is_paid_once(desk: CashDesk) -> None:  # P-8
    booked = desk.paid(2, "09:00", "tok_answers_twice")
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.money(booked) == PAID
    assert desk.moved(booked) == [("PAYMENT", PRICE, "SUCCEEDED")]
    assert desk.told(booked).count(("PAID", "client")) == 1


def test_asked_by_many_at_once_it_is_charged_once(desk: CashDesk) -> None:  # P-8 B-13
    booked = desk.book(2, "10:00")
    server, key = desk.sandbox.server, desk.sandbox.key
    refusals: list[str] = []

    def click() -> None:
        with server.connect(key) as connection:
            request = v1.PaymentsBeginRequest(
                appointment_id=booked.id, payment_method_token="tok_ok"
            )
            try:
                connection.call(request)
            except FailedPrecondition as refused:
                refusals.append(refused.reason)

    clicks = [threading.Thread(target=click) for _ in range(8)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(30)
    assert set(refusals) <= {"PAYMENT_IN_FLIGHT", "NOTHING_DUE"} and len(refusals) == 7
    (only,) = intents(desk.staff, booked)
    assert intent(desk.staff, only.id).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.gateway.taken(only.id) == [PRICE] and desk.money(booked) == PAID


def test_said_twice_it_is_begun_once(desk: CashDesk) -> None:  # B-13 P-8
    booked = desk.book(2, "11:00")
    key = str(uuid.uuid4())
    first = desk.begin(booked, "tok_ok", key=key)
    intent(desk.staff, first)
    assert desk.begin(booked, "tok_ok", key=key) == first
    assert desk.gateway.taken(first) == [PRICE]


def test_a_saved_card_pays_and_one_that_was_taken_away_does_not(desk: CashDesk) -> None:  # P-7
    client = desk.client()
    saved = desk.save(client, "tok_ok")
    assert saved.state == v1.PAYMENT_METHOD_STATE_ACTIVE and saved.is_default
    assert saved.last_digits == "4242" and saved.brand and 1 <= saved.expiry_month <= 12
    other = desk.save(client, "tok_declined")
    assert not other.is_default
    listing = v1.PaymentMethodsListRequest(client_id=client)
    assert [each.id for each in desk.staff.call(listing).payment_methods] == [saved.id, other.id]
    booked = desk.book(2, "12:00", client)
    stranger = desk.book(2, "13:00")
    with pytest.raises(NotFound):
        desk.begin(stranger, payment_method_id=saved.id)
    paid = desk.pay(booked, "", payment_method_id=saved.id)
    assert paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert paid.payment_method_id == saved.id
    change = v1.PaymentMethodsUpdateRequest(
        payment_method_id=saved.id, change=v1.PAYMENT_METHOD_CHANGE_DETACH
    )
    desk.staff.call(change, actor=as_client(client))
    listed = desk.staff.call(listing).payment_methods
    assert [(each.id, each.is_default) for each in listed] == [(other.id, True)]
    later = desk.book(2, "14:00", client)
    with pytest.raises(FailedPrecondition) as refused:
        desk.begin(later, payment_method_id=saved.id)
    assert refused.value.reason == "PAYMENT_METHOD_NOT_ACTIVE"


def test_a_card_that_cannot_be_saved(desk: CashDesk) -> None:  # P-7
    failed = desk.save(desk.client(), "tok_cannot_be_saved")
    assert failed.state == v1.PAYMENT_METHOD_STATE_FAILED
    assert failed.failure_code == "card_declined" and not failed.is_default


def test_what_is_not_paid_in_time_is_cancelled(desk: CashDesk) -> None:  # P-4
    tried, untried = desk.book(3, "09:00"), desk.book(3, "10:00")
    failed = desk.pay(tried, "tok_declined")
    deadline = tried.payment_deadline_time.ToMilliseconds()
    assert deadline == tried.create_time.ToMilliseconds() + 15 * MINUTE_MS
    desk.sandbox.advance(to=deadline - SOON_MS)
    assert desk.money(tried)[0] == "PAYMENT_PROCESSING"
    desk.sandbox.advance(to=deadline + MINUTE_MS)
    for booked in (tried, untried):
        assert desk.money(booked) == ("PAYMENT_CANCELLED", "NONE", 0, 0)
        assert desk.told(booked) == both("PAYMENT_CANCELLED")
        assert desk.is_free(booked)
        with pytest.raises(FailedPrecondition) as late:
            desk.begin(booked, "tok_ok")
        assert late.value.reason == "APPOINTMENT_STATE"
    # No money can be taken by it any more, here or there.
    assert intent(desk.staff, failed.id).state == v1.PAYMENT_INTENT_STATE_CANCELED


def test_money_that_was_taken_in_time_stands_though_it_is_told_late(desk: CashDesk) -> None:
    # P-4 P-8
    booked = desk.book(3, "11:00")
    slow = desk.begin(booked, "tok_hangs_for_long")
    desk.sandbox.advance(to=booked.payment_deadline_time.ToMilliseconds() - SOON_MS)
    assert desk.money(booked)[0] == "PAYMENT_PROCESSING"
    desk.sandbox.advance(by=HOUR_MS)
    assert intent(desk.staff, slow).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert desk.money(booked) == PAID


def test_money_that_arrives_too_late_goes_back_whole(desk: CashDesk) -> None:  # P-4 P-6
    booked = desk.book(3, "12:00")
    deadline = booked.payment_deadline_time.ToMilliseconds()
    desk.sandbox.advance(to=deadline - MINUTE_MS)
    slow = desk.begin(booked, "tok_hangs_for_long")
    desk.sandbox.advance(to=deadline + 5 * MINUTE_MS)
    # The gateway is asked to take nothing, and does not say.
    assert desk.money(booked)[0] == "PAYMENT_PROCESSING" and not desk.is_free(booked)
    desk.sandbox.advance(to=deadline + 11 * MINUTE_MS)
    assert desk.money(booked)[0] == "PAYMENT_CANCELLED" and desk.is_free(booked)
    assert desk.told(booked) == both("PAYMENT_CANCELLED")
    desk.sandbox.advance(to=deadline + 2 * HOUR_MS)
    assert desk.money(booked) == ("PAYMENT_CANCELLED", "REFUNDED", PRICE, PRICE)
    assert intent(desk.staff, slow).amount_refunded == euro(PRICE)
    assert desk.gateway.taken(slow) == desk.gateway.given_back(slow) == [PRICE]
    assert desk.told(booked)[2:] == [("REFUNDED", "client")]
    assert sorted(desk.moved(booked)) == [
        ("PAYMENT", PRICE, "SUCCEEDED"),
        ("REFUND", PRICE, "SUCCEEDED"),
    ]


def test_cancelled_while_it_is_paid(desk: CashDesk) -> None:  # A-6 P-6 P-8
    """What is taken for an appointment that is no more goes back."""
    booked = desk.book(3, "13:00")
    slow = desk.begin(booked, "tok_hangs")
    assert intent(desk.staff, slow, wait_ms=500).attempts == 1
    desk.staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    desk.sandbox.advance(by=30 * MINUTE_MS)
    assert desk.money(booked) == ("CANCELLED_BY_THERAPIST", "REFUNDED", PRICE, PRICE)
    assert desk.gateway.taken(slow) == desk.gateway.given_back(slow) == [PRICE]


def test_cancelled_before_it_is_paid(desk: CashDesk) -> None:  # A-6 P-8
    """Whatever the gateway is at: in the end it has taken nothing, or given it back."""
    booked = [desk.book(4, f"{hour:02}:00") for hour in range(9, 15)]
    begun = [desk.begin(each, "tok_ok") for each in booked[:3]]
    begun += [desk.begin(each) for each in booked[3:]]
    for each in booked:
        desk.staff.call(v1.AppointmentsCancelRequest(appointment_id=each.id))
    desk.sandbox.advance(by=HOUR_MS)
    for each, id in zip(booked, begun, strict=True):
        state, _, paid, refunded = desk.money(each)
        assert state == "CANCELLED_BY_THERAPIST" and paid == refunded
        assert desk.gateway.taken(id) == desk.gateway.given_back(id)
        assert not intent(desk.staff, id).pending
