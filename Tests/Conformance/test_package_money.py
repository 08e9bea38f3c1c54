"""The money of packages (K-5, P-9, P-10): posted by procedure as each is chosen, or as a sum at linking."""

import contract as v1
import pytest
from cashdesk import balances, intent, name, statement
from client import (
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    Refused,
    as_client,
    as_therapist,
)
from google.protobuf.message import Message
from life import euro
from packaging import ATTENDED, NO_SHOW, RELEASES, Shelf, state
from practice import DAY_MS

EIGHTH = v1.Commission(basis_points=1250)
POSTED = "PROCEDURE_POSTED: CLIENT {0}, DEFERRED_REVENUE -{0}"
REVERSED = "RECOGNITION_REVERSED: CLIENT -{0}, DEFERRED_REVENUE {0}"


def refused(shelf: Shelf, request: Message, actor: object = None) -> Refused:
    with pytest.raises(Refused) as caught:
        shelf.staff.call(request, actor=actor)
    return caught.value


# By procedure.


def test_a_procedure_posts_its_price_and_another_posts_anew(shelf: Shelf) -> None:  # K-5
    linked = shelf.link(shelf.package(commission=EIGHTH), lines=[shelf.line(1, "10:00")])
    (session,) = linked.appointments
    assert linked.link.benefit_id == "" and not linked.HasField("amount_outstanding")
    assert (session.price, session.package.procedure_id) == (euro(0), "")
    assert session.payment_status == v1.PAYMENT_STATUS_NONE
    assert shelf.posted(session.id) == [] and shelf.posted(linked.link.id) == []

    therapist = as_therapist(session.therapist_id)
    chosen = shelf.choose(session, shelf.practice.service.id, therapist)
    assert (chosen.price, chosen.package.procedure_id) == (euro(7_000), shelf.practice.service.id)
    assert name(v1.PaymentStatus, chosen.payment_status) == "DUE"
    assert chosen.end_time == session.end_time  # it lasts as long as the package says
    assert shelf.choose(session, shelf.practice.service.id) == chosen  # nothing new
    shelf.choose(session, shelf.assessment.id)
    expected = [POSTED.format(7_000), REVERSED.format(7_000), POSTED.format(10_000)]
    assert shelf.posted(session.id) == expected
    none = shelf.choose(session, "")
    assert (none.price, none.package.procedure_id) == (euro(0), "")
    shelf.choose(session, shelf.assessment.id)
    expected += [REVERSED.format(10_000), POSTED.format(10_000)]
    assert shelf.posted(session.id) == expected

    # Held: what was posted is earned, and the partner has its eighth.
    shelf.hold(session)
    expected += [
        REVERSED.format(10_000),
        "SESSION_RECOGNISED: CLIENT 10000, THERAPIST -10000",
        "COMMISSION: THERAPIST 1250, PARTNER -1250",
    ]
    assert shelf.posted(session.id) == expected
    assert balances(shelf.staff, session.therapist_id) == {"THERAPIST": -8_750}
    # Chosen after it was held, it is earned at the new price.
    shelf.choose(session, shelf.practice.service.id)
    assert balances(shelf.staff, session.therapist_id) == {"THERAPIST": -(7_000 - 875)}
    # Released, nothing was earned, and nothing is owed.
    released = shelf.attend(session, RELEASES)
    assert not released.HasField("amount_outstanding")
    assert balances(shelf.staff, session.therapist_id) == {}
    assert balances(shelf.staff, session.client_id) == {}


def test_a_procedure_is_paid_like_any_session(shelf: Shelf) -> None:  # K-5 P-1
    (session,) = shelf.link(shelf.package(), lines=[shelf.line(1, "10:00")]).appointments
    recording = v1.PaymentsRecordRequest(appointment_id=session.id, method="cash")
    assert refused(shelf, recording).reason == "NOTHING_DUE"
    shelf.choose(session, shelf.assessment.id)
    shelf.staff.call(recording)
    after = shelf.sandbox.get(session)
    assert (name(v1.PaymentStatus, after.payment_status), after.amount_paid) == ("PAID", euro(10_000))
    assert balances(shelf.staff, session.client_id) == {"DEFERRED_REVENUE": -10_000}
    shelf.hold(session)
    assert balances(shelf.staff, session.client_id) == {}


def test_what_is_cancelled_is_not_posted_any_more(shelf: Shelf) -> None:  # K-5 A-6
    (session,) = shelf.link(shelf.package(), lines=[shelf.line(2, "10:00")]).appointments
    shelf.choose(session, shelf.assessment.id)
    shelf.cancel(session)
    assert shelf.posted(session.id) == [POSTED.format(10_000), REVERSED.format(10_000)]
    request = v1.PackagesChooseProcedureRequest(appointment_id=session.id)
    assert refused(shelf, request).reason == "APPOINTMENT_STATE"


def test_who_chooses_which_procedure(shelf: Shelf) -> None:  # K-5
    second = shelf.colleague()
    package = shelf.package(service_ids=[shelf.practice.service.id, second.id])
    (session,) = shelf.link(package, lines=[shelf.line(1, "10:00")]).appointments
    request = v1.PackagesChooseProcedureRequest(
        appointment_id=session.id, procedure_id=shelf.practice.service.id
    )
    assert isinstance(refused(shelf, request, as_client(session.client_id)), PermissionDenied)
    assert isinstance(refused(shelf, request, as_therapist(second.therapist_id)), NotFound)
    for other in (second.id, shelf.assessment.id):  # another therapist's; not of the package
        request.procedure_id = other
        assert isinstance(refused(shelf, request), NotFound)
    for appointment in (
        shelf.book(1, "12:00"),
        shelf.link(shelf.package(20_000), lines=[shelf.line(1, "13:00")]).appointments[0],
    ):
        request.appointment_id = appointment.id
        request.procedure_id = shelf.practice.service.id
        assert refused(shelf, request).reason == "NO_PROCEDURE"


# By total value.


def test_the_sum_is_posted_at_linking_and_shared_by_the_sessions(shelf: Shelf) -> None:  # K-5 P-9
    package = shelf.package(20_000, sessions=3, commission=EIGHTH)
    lines = [shelf.line(1, "10:00"), shelf.line(2), shelf.line(3)]
    linked = shelf.link(package, lines=lines)
    link, client = linked.link, linked.link.client_id
    assert linked.amount_outstanding == euro(20_000) and not linked.HasField("intent")
    assert shelf.posted(link.id) == ["PACKAGE_SOLD: CLIENT 20000, DEFERRED_REVENUE -20000"]
    prices = [each.price.minor_units for each in linked.appointments]
    assert (sum(prices), max(prices) - min(prices)) == (20_000, 1)
    for session in linked.appointments:
        assert name(v1.PaymentStatus, session.payment_status) == "PAID"
        assert not session.HasField("amount_outstanding")

    first, second, third = linked.appointments
    shelf.hold(first)
    shelf.hold(second, NO_SHOW)  # costs the session, and the whole of its share
    earned = sum(prices[:2])
    assert sum(balances(shelf.staff, client).values()) == 20_000 - (20_000 - earned)
    assert balances(shelf.staff, client)["DEFERRED_REVENUE"] == -prices[2]
    # Released: its share goes back, and pays for another session.
    shelf.hold(third, RELEASES)
    assert shelf.balance(link) == (1, 1, 1, 0, 0)
    (again,) = shelf.schedule(link, shelf.line(1, "10:00"))
    assert again.price.minor_units == prices[2]
    shelf.hold(again)
    assert "DEFERRED_REVENUE" not in balances(shelf.staff, client)
    assert balances(shelf.staff, client) == {"CLIENT": 20_000}


def test_the_sum_is_paid_by_hand_in_parts(shelf: Shelf) -> None:  # K-5 P-1
    link = shelf.link(shelf.package(20_000), lines=[shelf.line(1, "10:00")]).link
    began = shelf.sandbox.now() - DAY_MS
    paid = shelf.pay(link, method="cash", amount=euro(5_000))
    assert (paid.payment.amount, paid.payment.method) == (euro(5_000), "cash")
    assert shelf.owed(link) == 15_000
    for amount in (euro(15_001), euro(0), v1.Money(minor_units=1, currency="USD")):
        with pytest.raises(InvalidArgument):
            shelf.pay(link, method="cash", amount=amount)
    shelf.pay(link, method="bank transfer")
    assert shelf.owed(link) == 0
    with pytest.raises(FailedPrecondition) as nothing:
        shelf.pay(link, method="cash")
    assert nothing.value.reason == "NOTHING_DUE"
    assert shelf.posted(link.id)[1:] == [
        "CHARGE: CLIENT -5000, HAND 5000",
        "CHARGE: CLIENT -15000, HAND 15000",
    ]
    # The client's statement has the sum, and what was paid of it.
    until = shelf.sandbox.now() + DAY_MS
    sections = statement(shelf.staff, link.client_id, began, until, as_client(link.client_id))
    assert [(each.opening, each.closing) for each in sections] == [(0, -20_000)]
    assert balances(shelf.staff, link.client_id) == {"DEFERRED_REVENUE": -20_000}
    with pytest.raises(FailedPrecondition) as nothing:
        shelf.pay(shelf.link(shelf.package()).link, method="cash")
    assert nothing.value.reason == "NOTHING_DUE"


def test_the_sum_is_paid_while_it_is_linked(shelf: Shelf) -> None:  # K-5
    by_hand = v1.PackagePayment(method="pix", amount=euro(8_000))
    linked = shelf.link(shelf.package(20_000), payment=by_hand)
    assert linked.amount_outstanding == euro(12_000)
    client = shelf.client("tok_ok")
    (card,) = shelf.staff.call(v1.PaymentMethodsListRequest(client_id=client)).payment_methods
    by_card = v1.PackagePayment(payment_method_id=card.id)
    linked = shelf.link(shelf.package(20_000), client, payment=by_card)
    taken = intent(shelf.staff, linked.intent.id)
    assert taken.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert shelf.owed(linked.link) == 0
    # Where each session is paid for, there is no sum to be paid.
    with pytest.raises(FailedPrecondition) as nothing:
        shelf.link(shelf.package(), client, payment=by_card)
    assert nothing.value.reason == "NOTHING_DUE"
    assert len(shelf.links(client)) == 1


def test_the_client_pays_the_sum_through_the_gateway(shelf: Shelf) -> None:  # K-5 P-7
    link = shelf.link(shelf.package(20_000), lines=[shelf.line(1, "10:00")]).link
    client = as_client(link.client_id)
    with pytest.raises((NotFound, PermissionDenied)):
        shelf.pay(link, client, method="cash")  # they cannot say so themselves
    with pytest.raises(NotFound):
        shelf.pay(link, as_client(shelf.client()), payment_method_token="tok_ok")
    with pytest.raises(PermissionDenied):
        shelf.pay(link, as_therapist(shelf.practice.therapist.id), payment_method_token="tok_ok")
    with pytest.raises(InvalidArgument) as wrong:
        shelf.pay(link, payment_method_token="tok_ok", amount=euro(100))
    assert wrong.value.fields == ["payment.amount"]
    with pytest.raises(InvalidArgument) as wrong:
        shelf.pay(link)
    assert wrong.value.fields == ["payment"]

    # Declined: it stays open, and the package goes on.
    begun = shelf.pay(link, client, payment_method_token="tok_declined").intent
    assert intent(shelf.staff, begun.id).failure_code
    assert shelf.owed(link) == 20_000 and shelf.balance(link) == (3, 1, 0, 0, 0)
    assert len(shelf.schedule(link, shelf.line(2, "10:00"))) == 1
    paid = shelf.pay(link, client, payment_method_token="tok_ok").intent
    assert intent(shelf.staff, paid.id).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
    assert shelf.owed(link) == 0
    assert begun.id == paid.id and shelf.gateway.taken(paid.id) == [20_000]
    # What was paid can go back, and is owed again.
    back = v1.PaymentsRefundRequest(
        benefit_id=link.benefit_id, amount=euro(2_000), reason="goodwill"
    )
    shelf.staff.call(back)
    assert shelf.owed(link) == 2_000


def test_deleting_gives_back_what_is_left_of_the_sum(shelf: Shelf) -> None:  # K-7 P-9
    paid = v1.PackagePayment(method="cash")
    linked = shelf.link(
        shelf.package(20_000), lines=[shelf.line(1, "10:00"), shelf.line(2)], payment=paid
    )
    shelf.hold(linked.appointments[0], ATTENDED)
    shelf.delete(linked.link, v1.FUTURE_SESSIONS_CANCEL)
    # A quarter was held; the rest is the client's.
    assert balances(shelf.staff, linked.link.client_id) == {"CLIENT": -15_000}
    assert state(shelf.sandbox.get(linked.appointments[1])) == "RELEASED"


def test_a_package_s_benefit_pays_for_its_sessions_and_no_other(shelf: Shelf) -> None:  # K-5 P-5
    link = shelf.link(shelf.package(20_000)).link
    benefit = shelf.staff.call(v1.BenefitsGetRequest(benefit_id=link.benefit_id)).benefit
    assert (benefit.origin, benefit.package_link_id) == (v1.BENEFIT_ORIGIN_PACKAGE, link.id)
    outside = shelf.book(1, "10:00", link.client_id)
    request = v1.BenefitsUseRequest(appointment_id=outside.id)
    assert isinstance(refused(shelf, request), FailedPrecondition)
    assert shelf.balance(link) == (4, 0, 0, 0, 0)


def test_the_commission_of_a_package_is_taken_instead_of_the_policy_s(shelf: Shelf) -> None:  # K-1 P-10
    ours = Shelf(shelf.sandbox, commission=v1.Commission(basis_points=5000))
    for commission, share in ((EIGHTH, 625), (None, 2_500)):
        linked = ours.link(
            ours.package(20_000, commission=commission), lines=[ours.line(1, "10:00")]
        )
        ours.hold(linked.appointments[0])
        posted = ours.posted(linked.appointments[0].id)
        assert posted[-1] == f"COMMISSION: THERAPIST {share}, PARTNER -{share}"
