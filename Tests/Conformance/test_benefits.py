"""What is in clients' accounts: given and sold, used in its order, wholly and in part, and what lapses (P-5)."""

import contract as v1
import pytest
from cashdesk import CashDesk, balances, giving_back, intent, name
from client import (
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from life import PRICE, euro
from practice import DAY_MS, HOUR_MS, MINUTE_MS, new_id, timestamp
from sandboxes import Sandbox

VOUCHER, CREDIT, SESSIONS = (
    v1.BENEFIT_KIND_VOUCHER,
    v1.BENEFIT_KIND_CREDIT,
    v1.BENEFIT_KIND_SESSIONS,
)


@pytest.fixture(scope="module")
def desk(payday: Sandbox) -> CashDesk:
    return CashDesk(payday, v1.PAYMENT_PLAN_PREPAID)


@pytest.fixture(scope="module")
def packages(payday: Sandbox) -> CashDesk:
    return CashDesk(payday, v1.PAYMENT_PLAN_PACKAGE)


def draft(client: str, kind: int = VOUCHER, value: int = 5000, **more: object) -> v1.BenefitDraft:
    return v1.BenefitDraft(client_id=client, kind=kind, value=euro(value), **more)


def grant(desk: CashDesk, client: str, kind: int = VOUCHER, value: int = 5000, **more: object) -> v1.Benefit:
    paid_by = str(more.pop("paid_by", ""))
    request = v1.BenefitsGrantRequest(benefit=draft(client, kind, value, **more), paid_by=paid_by)
    return desk.staff.call(request).benefit


def get(desk: CashDesk, benefit: v1.Benefit) -> v1.Benefit:
    return desk.staff.call(v1.BenefitsGetRequest(benefit_id=benefit.id)).benefit


def use(desk: CashDesk, booked: v1.Appointment, actor: object = None) -> list[tuple[str, int]]:
    request = v1.BenefitsUseRequest(appointment_id=booked.id)
    uses = desk.staff.call(request, actor=actor).uses
    return [(each.benefit_id, each.amount.minor_units) for each in uses]


def standing(desk: CashDesk, benefit: v1.Benefit) -> tuple[str, int, int]:
    """Its state, and what is left: value and sessions."""
    now = get(desk, benefit)
    return name(v1.BenefitState, now.state), now.value_left.minor_units, now.sessions_left


def later(desk: CashDesk, days: int) -> object:
    return timestamp(desk.sandbox.now() + days * DAY_MS)


def test_a_voucher_pays_a_part_and_a_card_the_rest(desk: CashDesk) -> None:  # P-5
    client = desk.client()
    voucher = grant(desk, client, value=5000, note="for her birthday")
    assert name(v1.BenefitState, voucher.state) == "ACTIVE" and voucher.note == "for her birthday"
    assert voucher.origin == v1.BENEFIT_ORIGIN_GRANTED and voucher.value_left == euro(5000)
    booked = desk.book(2, "09:00", client)
    assert use(desk, booked, as_client(client)) == [(voucher.id, 5000)]
    assert standing(desk, voucher) == ("USED_UP", 0, 0)
    assert desk.money(booked)[2:] == (5000, 0)
    assert desk.sandbox.get(booked).state != v1.APPOINTMENT_STATE_SCHEDULED
    paid = desk.pay(booked)
    assert paid.amount_captured == euro(PRICE - 5000)
    assert desk.money(booked) == ("SCHEDULED", "PAID", PRICE, 0)
    assert desk.gateway.taken(paid.id) == [PRICE - 5000]
    with pytest.raises(FailedPrecondition) as refused:
        use(desk, booked)
    assert refused.value.reason == "NOTHING_DUE"


def test_one_that_pays_the_whole_makes_it_certain(desk: CashDesk) -> None:  # P-4 P-5
    client = desk.client()
    credit = grant(desk, client, CREDIT, 10_000)
    booked = desk.book(2, "10:00", client, use_benefits=True)
    assert desk.money(booked) == ("SCHEDULED", "PAID", PRICE, 0)
    assert standing(desk, credit) == ("ACTIVE", 3000, 0)
    (only,) = desk.staff.call(v1.PaymentsListRequest(appointment_id=booked.id)).payments
    assert (only.method, only.paid_by_benefit_id, only.intent_id) == ("benefit", credit.id, "")


def test_those_that_expire_first_are_used_first_then_the_oldest(desk: CashDesk) -> None:  # P-5
    client = desk.client()
    never_old = grant(desk, client, value=1000)
    late = grant(desk, client, value=1000, expire_time=later(desk, 90))
    never_new = grant(desk, client, CREDIT, 10_000)
    soon = grant(desk, client, CREDIT, 1000, expire_time=later(desk, 60))
    order = [soon.id, late.id, never_old.id, never_new.id]
    listed = desk.staff.call(v1.BenefitsListRequest(client_id=client), actor=as_client(client))
    assert [each.id for each in listed.benefits] == order
    booked = desk.book(2, "11:00", client)
    amounts = [1000, 1000, 1000, PRICE - 3000]
    assert use(desk, booked) == list(zip(order, amounts, strict=True))
    assert standing(desk, never_new) == ("ACTIVE", 10_000 - (PRICE - 3000), 0)
    # Those that are over come last, the newest first.
    listed = desk.staff.call(v1.BenefitsListRequest(client_id=client))
    assert [each.id for each in listed.benefits] == [
        never_new.id, soon.id, late.id, never_old.id
    ]


def test_for_other_services_it_pays_nothing(desk: CashDesk, packages: CashDesk) -> None:  # P-5
    client = desk.client()
    grant(desk, client, service_ids=[packages.practice.service.id])
    booked = desk.book(2, "12:00", client)
    with pytest.raises(FailedPrecondition) as refused:
        use(desk, booked)
    assert refused.value.reason == "NO_BENEFIT"
    fitting = grant(desk, client, service_ids=[desk.practice.service.id])
    assert use(desk, booked) == [(fitting.id, 5000)]


def test_one_that_has_expired_pays_nothing(desk: CashDesk) -> None:  # P-5
    client = desk.client()
    voucher = grant(desk, client, expire_time=later(desk, 1))
    before = balances(desk.staff).get("PARTNER", 0)
    desk.sandbox.advance(by=DAY_MS + MINUTE_MS)
    assert standing(desk, voucher)[0] == "EXPIRED"
    # What lapses is the partner's.
    assert balances(desk.staff)["PARTNER"] == before - 5000
    booked = desk.book(3, "09:00", client)
    with pytest.raises(FailedPrecondition) as refused:
        use(desk, booked)
    assert refused.value.reason == "NO_BENEFIT"


def test_one_is_bought_with_a_card(desk: CashDesk) -> None:  # P-5 P-8
    client = desk.client()
    request = v1.BenefitsBuyRequest(
        benefit=draft(client, value=8000), payment_method_token="tok_ok"
    )
    answer = desk.staff.call(request, actor=as_client(client))
    assert name(v1.BenefitState, answer.benefit.state) == "PENDING"
    assert answer.intent.benefit_id == answer.benefit.id and not answer.intent.appointment_id
    paid = intent(desk.staff, answer.intent.id)
    assert paid.amount_captured == euro(8000)
    assert standing(desk, answer.benefit) == ("ACTIVE", 8000, 0)
    assert get(desk, answer.benefit).origin == v1.BENEFIT_ORIGIN_BOUGHT
    booked = desk.book(3, "10:00", client)
    assert use(desk, booked) == [(answer.benefit.id, PRICE)]
    # What is left of it goes back to the card.
    desk.staff.call(v1.PaymentsRefundRequest(benefit_id=answer.benefit.id, reason="moves away"))
    desk.sandbox.advance(by=MINUTE_MS)
    assert desk.gateway.given_back(paid.id) == [8000 - PRICE]
    assert standing(desk, answer.benefit)[1] == 0


def test_one_that_is_not_paid_pays_nothing(desk: CashDesk) -> None:  # P-5
    client = desk.client()
    request = v1.BenefitsBuyRequest(benefit=draft(client), payment_method_token="tok_declined")
    answer = desk.staff.call(request)
    assert intent(desk.staff, answer.intent.id).failure_code == "card_declined"
    assert name(v1.BenefitState, get(desk, answer.benefit).state) in {"PENDING", "CANCELED"}
    booked = desk.book(3, "11:00", client)
    with pytest.raises(FailedPrecondition) as refused:
        use(desk, booked)
    assert refused.value.reason == "NO_BENEFIT"


def test_what_was_paid_by_a_benefit_goes_back_into_it(desk: CashDesk) -> None:  # P-5 P-6
    client = desk.client()
    voucher = grant(desk, client, value=PRICE, expire_time=later(desk, 7))
    booked = desk.book(3, "12:00", client)
    use(desk, booked)
    assert standing(desk, voucher) == ("USED_UP", 0, 0)
    (refund,) = desk.staff.call(giving_back(booked, 2000)).refunds
    assert refund.paid_by_benefit_id == voucher.id
    assert refund.state == v1.PAYMENT_STATE_SUCCEEDED
    assert standing(desk, voucher) == ("ACTIVE", 2000, 0)
    # There is time to use what came back.
    assert get(desk, voucher).expire_time.ToMilliseconds() >= desk.sandbox.now() + 30 * DAY_MS - HOUR_MS
    assert desk.money(booked)[2:] == (PRICE, 2000)


def test_a_package_is_paid_by_its_sessions(packages: CashDesk) -> None:  # P-1 P-5
    desk = packages
    client = desk.client()
    with pytest.raises(FailedPrecondition) as refused:
        desk.book(3, "09:00", client)
    assert refused.value.reason == "BENEFIT_REQUIRED"
    # Three sessions for 200 euros: 66.67, 66.67 and 66.66, whatever a session costs by itself.
    package = grant(desk, client, SESSIONS, 20_000, sessions=3, paid_by="cash")
    left: list[int] = []
    booked = []
    for hour in ("09:00", "10:00", "11:00"):
        booked.append(desk.book(3, hour, client))
        assert desk.money(booked[-1]) == ("SCHEDULED", "PAID", PRICE, 0)
        left.append(get(desk, package).value_left.minor_units)
    assert left == [13_333, 6_666, 0]
    assert standing(desk, package) == ("USED_UP", 0, 0)
    with pytest.raises(FailedPrecondition):
        desk.book(3, "12:00", client)
    # Cancelled in time, the session comes back.
    desk.staff.call(v1.AppointmentsCancelRequest(appointment_id=booked[1].id))
    state, _, sessions = standing(desk, package)
    assert (state, sessions) == ("ACTIVE", 1)
    assert desk.money(booked[1])[2:] == (PRICE, PRICE)
    assert desk.money(desk.book(3, "13:00", client))[0] == "SCHEDULED"


def test_what_is_wrong_with_one_is_said(desk: CashDesk) -> None:  # P-5
    client = desk.client()
    wrong: list[tuple[v1.BenefitDraft, str]] = [
        (draft("", VOUCHER), "benefit.client_id"),
        (draft(client, 0), "benefit.kind"),
        (draft(client, VOUCHER, 0), "benefit.value.minor_units"),
        (draft(client, VOUCHER, -1), "benefit.value.minor_units"),
        (draft(client, VOUCHER, sessions=2), "benefit.sessions"),
        (draft(client, SESSIONS, 0), "benefit.sessions"),
        (draft(client, SESSIONS, 0, sessions=1001), "benefit.sessions"),
        # Sessions that are given were sold for nothing.
        (draft(client, SESSIONS, 1000, sessions=2), "benefit.value.minor_units"),
        (draft(client, expire_time=timestamp(1)), "benefit.expire_time"),
        (draft(client, note="x" * 1001), "benefit.note"),
        (draft(client, benefit_id="ben_1"), "benefit.benefit_id"),
        (draft(client, service_ids=[new_id("svc") for _ in range(51)]), "benefit.service_ids"),
    ]
    for request, field in wrong:
        with pytest.raises(InvalidArgument) as refused:
            desk.staff.call(v1.BenefitsGrantRequest(benefit=request))
        assert refused.value.fields == [field]
    with pytest.raises(InvalidArgument) as without:
        desk.staff.call(v1.BenefitsGrantRequest())
    assert without.value.fields == ["benefit"]
    with pytest.raises(NotFound):
        grant(desk, new_id("cli"))
    with pytest.raises(NotFound):
        grant(desk, client, service_ids=[new_id("svc")])


def test_who_may_give_and_see_what(desk: CashDesk) -> None:  # P-5 A-5
    client, other = desk.client(), desk.client()
    voucher = grant(desk, client)
    giving = v1.BenefitsGrantRequest(benefit=draft(client))
    for actor in (as_client(client), as_therapist(desk.practice.therapist.id)):
        with pytest.raises(PermissionDenied):
            desk.staff.call(giving, actor=actor)
    assert desk.staff.call(
        v1.BenefitsGetRequest(benefit_id=voucher.id), actor=as_client(client)
    ).benefit == voucher
    with pytest.raises(NotFound):
        desk.staff.call(v1.BenefitsGetRequest(benefit_id=voucher.id), actor=as_client(other))
    with pytest.raises(PermissionDenied):
        desk.staff.call(
            v1.BenefitsBuyRequest(benefit=draft(client), payment_method_token="tok_ok"),
            actor=as_client(other),
        )
