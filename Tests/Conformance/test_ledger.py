"""The books: every movement balanced, every balance what Python's decimal makes of the same day (P-9, P-10)."""

from decimal import Decimal

import contract as v1
import pytest
from cashdesk import (
    CashDesk,
    balances,
    gateway_fee,
    giving_back,
    intents,
    share,
    statement,
    transfers,
    trial_balance,
)
from client import FailedPrecondition, PermissionDenied, as_client, as_therapist
from life import PRICE, euro, offering, paying, terms
from practice import DAY_MS, HOUR_MS, MINUTE_MS
from sandboxes import Sandbox

COMMISSION = "12.5"


@pytest.fixture
def day(sandbox: Sandbox) -> CashDesk:
    """A practice of which the partner takes an eighth; late cancelling costs 30 %, not to come 80 %."""
    cancellation = terms(0, 30, 48 * 60, unpaid=True)
    cancellation.no_show_percent = 80
    return CashDesk(
        sandbox,
        v1.PAYMENT_PLAN_PREPAID,
        price=7777,
        cancellation=cancellation,
        commission=v1.Commission(basis_points=1250),
    )


def test_after_a_mixed_day_the_books_are_what_they_should_be(day: CashDesk) -> None:
    # P-9 P-10
    desk, staff, price = day, day.staff, 7777
    therapist = desk.practice.therapist.id
    held, late, missed, moved_back, lost = (
        desk.paid(1, hour, card)
        for hour, card in (
            ("09:00", "tok_ok"),
            ("10:00", "tok_ok"),
            ("11:00", "tok_ok"),
            ("12:00", "tok_ok"),
            ("13:00", "tok_dispute_lost"),
        )
    )
    declined = desk.book(1, "14:00")
    desk.pay(declined, "tok_declined")
    staff.call(v1.AppointmentsCancelRequest(appointment_id=late.id), actor=as_client(late.client_id))
    staff.call(giving_back(moved_back, 1234, reason="came late"))
    desk.sandbox.advance(to=held.end_time.ToMilliseconds() + DAY_MS)
    missing = v1.AppointmentsSetAttendanceRequest(appointment_id=missed.id, attendance="NO_SHOW")
    staff.call(missing)
    desk.sandbox.advance(by=HOUR_MS)

    # What it has to come to, by hand.
    fee, no_show = share(price, "30"), share(price, "80")
    commission = share(price, COMMISSION)
    kept_by_gateway = 5 * gateway_fee(price)
    back = (price - fee) + (price - no_show) + 1234
    expected = {
        "GATEWAY": 5 * price - back - price - kept_by_gateway,
        "FEES": kept_by_gateway,
        # Goodwill, and what the bank took: open claims.
        "CLIENT": 1234 + price,
        "THERAPIST": -3 * (price - commission),
        "PARTNER": -3 * commission,
        "PENALTIES": -(fee + no_show),
    }
    assert balances(staff) == expected
    for booked in (held, late, missed, moved_back, lost):
        assert transfers(staff, booked.id), "each has its own"
    numbers = [each.number for each in transfers(staff)]
    assert numbers == list(range(1, len(numbers) + 1))
    kinds = {each.kind for each in transfers(staff)}
    assert kinds == {
        "CHARGE", "FEE", "REFUND", "SESSION_RECOGNISED", "COMMISSION", "PENALTY",
        "RECOGNITION_REVERSED", "DISPUTE_OPENED", "DISPUTE_LOST",
    }
    # The gateway's own books say the same.
    ids = [each.id for b in (held, late, missed, moved_back, lost) for each in intents(staff, b)]
    assert sum(desk.gateway.taken(*ids)) == 5 * price
    assert sum(desk.gateway.given_back(*ids)) == back

    # The therapist's statement, and the payout (P-10).
    since, until = held.create_time.ToMilliseconds(), desk.sandbox.now() + 1
    (section,) = statement(staff, therapist, since - HOUR_MS, until)
    owed = 3 * (price - commission) + fee + no_show
    assert (section.currency, section.opening, section.closing) == ("EUR", 0, -owed)
    (own,) = statement(staff, therapist, since - HOUR_MS, until, as_therapist(therapist))
    assert own == section
    payout = v1.LedgerRecordPayoutRequest(
        therapist_id=therapist, amount=euro(owed + 1), method="bank transfer"
    )
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(payout)
    assert refused.value.reason == "PAYOUT_TOO_HIGH"
    assert refused.value.status.error_info.metadata["owed_minor_units"] == str(owed)
    payout.amount.minor_units = owed
    payout.validate_only = True
    staff.call(payout, key="")
    payout.validate_only = False
    assert staff.call(payout).payout_id.startswith("pyo_")
    with pytest.raises(FailedPrecondition):
        staff.call(payout)
    assert balances(staff)["BANK"] == -owed
    (after,) = statement(staff, therapist, since - HOUR_MS, desk.sandbox.now() + 1)
    assert after.closing == 0 and after.lines[-1].kind == "PAYOUT"

    # Periods join: the end of one is the start of the next.
    middle = held.end_time.ToMilliseconds() + 1
    first = statement(staff, therapist, since - HOUR_MS, middle)
    second = statement(staff, therapist, middle, desk.sandbox.now() + 1)
    assert first[0].closing == second[0].opening
    assert len(first[0].lines) + len(second[0].lines) == len(after.lines)
    # What was written before an instant stays.
    early = v1.LedgerTrialBalanceRequest()
    early.before_time.FromMilliseconds(since - HOUR_MS)
    assert not staff.call(early).lines

    # The client's own.
    client = held.client_id
    (mine,) = statement(staff, client, since - HOUR_MS, until, as_client(client))
    assert mine.closing == 0
    with pytest.raises(PermissionDenied):
        statement(staff, late.client_id, since, until, as_client(client))
    with pytest.raises(PermissionDenied):
        statement(staff, "", since, until, as_therapist(therapist))
    for request in (v1.LedgerTrialBalanceRequest(), v1.LedgerListTransfersRequest(), payout):
        for actor in (as_client(client), as_therapist(therapist)):
            with pytest.raises(PermissionDenied):
                staff.call(request, actor=actor)


def test_money_by_hand_is_in_somebody_s_hand(sandbox: Sandbox) -> None:  # P-1 P-9
    staff = sandbox.staff
    on_site = offering(staff)
    booked = on_site.book(staff, sandbox.at(on_site, 1, "10:00"))
    staff.call(paying(booked), actor=as_therapist(on_site.therapist.id))
    assert balances(staff) == {"HAND": PRICE, "DEFERRED_REVENUE": -PRICE}
    assert balances(staff, on_site.therapist.id) == {"HAND": PRICE}
    sandbox.advance(to=booked.end_time.ToMilliseconds() + MINUTE_MS)
    assert balances(staff) == {"HAND": PRICE, "THERAPIST": -PRICE}
    # They have it already.
    payout = v1.LedgerRecordPayoutRequest(
        therapist_id=on_site.therapist.id, amount=euro(1), method="bank transfer"
    )
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(payout)
    assert refused.value.reason == "PAYOUT_TOO_HIGH"


@pytest.mark.parametrize("currency", ["PLN", "BRL"])
def test_currencies_are_not_mixed(sandbox: Sandbox, currency: str) -> None:  # P-9
    staff = sandbox.staff
    desk = CashDesk(sandbox, v1.PAYMENT_PLAN_PREPAID)
    desk.paid(1, "10:00")
    service = v1.Service()
    service.CopyFrom(desk.practice.service)
    service.price.currency = currency
    desk.practice.service = staff.call(
        v1.DirectoryUpdateServiceRequest(service=service)
    ).service
    booked = desk.book(1, "11:00")
    desk.pay(booked)
    totals = {each.currency: each.debit for each in trial_balance(staff).totals}
    each_way = PRICE + gateway_fee(PRICE)
    assert totals == {"EUR": each_way, currency: each_way}


def test_a_fixed_commission_is_never_more_than_the_price(sandbox: Sandbox) -> None:  # P-10
    staff = sandbox.staff
    for fixed, commission in ((1500, 1500), (PRICE + 1, PRICE)):
        desk = CashDesk(
            sandbox,
            v1.PAYMENT_PLAN_PREPAID,
            commission=v1.Commission(fixed_minor_units=fixed),
        )
        booked = desk.paid(1, "10:00")
        desk.sandbox.advance(to=booked.end_time.ToMilliseconds() + MINUTE_MS)
        earned = balances(staff, desk.practice.therapist.id).get("THERAPIST", 0)
        assert earned == -(Decimal(PRICE) - commission)
