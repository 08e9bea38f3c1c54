"""A whole server with Stripe: cards saved, charged, declined and given back to, and answers that get lost (P-7, P-8).

The Stripe is localstripe, behind a proxy that goes wrong when told to; what it cannot prove is said in test_stripe.py.
"""

from collections.abc import Iterator
from pathlib import Path

import contract as v1
import pytest
from cashdesk import giving_back, intent, intents, method, payments, trial_balance
from client import Connection
from faultproxy import HOST, Fault
from life import PRICE, euro, offering, read
from practice import Practice, register
from sandboxes import wait_until
from server import Server
from stripes import CANNOT_BE_SAVED, DECLINED, PAYS, SECRET_KEY, Stripe

WEBHOOK_SECRET = "whsec_conformance"
CHARGE = "/payment_intents/[^/]+/confirm$"
# What may become of an answer, and when the session is.
FAULTS = {
    Fault.DROP_BEFORE: "11:00",
    Fault.DROP_AFTER: "12:00",
    Fault.DOUBLE: "13:00",
    Fault.TRUNCATED: "14:00",
    Fault.BROKEN: "15:00",
    Fault.ERROR_AFTER: "16:00",
}


@pytest.fixture(scope="module")
def stripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stripe]:
    with Stripe(tmp_path_factory.mktemp("stripe")) as stripe:
        yield stripe


@pytest.fixture(scope="module")
def server(stripe: Stripe, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("server")
    (folder / "key").write_text(SECRET_KEY)
    (folder / "secret").write_text(WEBHOOK_SECRET)
    server = Server(
        folder / "data",
        "--payment-gateway", "stripe",
        "--stripe-url", stripe.url,
        "--stripe-secret-key-file", str(folder / "key"),
        "--stripe-webhook-secret-file", str(folder / "secret"),
        "--http-port", "0",
        "--http-port-file", str(folder / "http-port"),
    )  # fmt: skip
    server.start()
    port = server.http_port(folder / "http-port")
    stripe.send_webhooks(f"http://{HOST}:{port}/webhooks/stripe", WEBHOOK_SECRET)
    yield server
    assert server.running, server.tail()
    assert server.stop() == 0, server.tail()
    log = server.log.read_text()
    assert SECRET_KEY not in log and WEBHOOK_SECRET not in log


@pytest.fixture(scope="module")
def staff(server: Server) -> Iterator[Connection]:
    with server.connect(timeout_s=60) as connection:
        yield connection


@pytest.fixture(scope="module")
def practice(staff: Connection) -> Practice:
    return offering(staff, v1.PAYMENT_PLAN_PREPAID)


@pytest.fixture(autouse=True)
def calm(stripe: Stripe) -> Iterator[None]:
    """No fault of one test is left for the next."""
    yield
    stripe.proxy.clear()


def begin(staff: Connection, booked: v1.Appointment, **more: object) -> v1.PaymentIntent:
    request = v1.PaymentsBeginRequest(appointment_id=booked.id, **more)
    return intent(staff, staff.call(request).intent.id, wait_ms=30_000)


def saved(staff: Connection, client: str, token: str) -> v1.PaymentMethod:
    request = v1.PaymentMethodsSetUpRequest(client_id=client, token=token)
    return method(staff, staff.call(request).payment_method.id)


def is_paid(staff: Connection, booked: v1.Appointment) -> bool:
    now = read(staff, booked)
    return now.payment_status == v1.PAYMENT_STATUS_PAID and now.amount_paid == euro(PRICE)


def test_a_card_is_saved_charged_and_given_back_to(
    stripe: Stripe, staff: Connection, practice: Practice
) -> None:  # P-6 P-7
    client = register(staff)
    card = saved(staff, client, PAYS)
    assert card.state == v1.PAYMENT_METHOD_STATE_ACTIVE, card
    assert (card.gateway, card.brand, card.last_digits) == ("stripe", "visa", "4242")
    booked = practice.book(staff, practice.at(3, "09:00"), client)
    paid = begin(staff, booked, payment_method_id=card.id)
    assert paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED, paid
    assert paid.gateway_reference.startswith("pi_") and is_paid(staff, booked)
    assert stripe.captured(paid.gateway_reference) == [PRICE]
    staff.call(giving_back(booked, 2000))
    wait_until(
        lambda: [p.state for p in payments(staff, booked) if p.direction == v1.PAYMENT_DIRECTION_REFUND]
        == [v1.PAYMENT_STATE_SUCCEEDED]
    )
    refunds = stripe.ask("GET", "/v1/refunds", limit="100")["data"]
    assert [r["amount"] for r in refunds if r["payment_intent"] == paid.gateway_reference] == [2000]
    # Each call said under which key it is to be done once.
    assert all(call.idempotency_key for call in stripe.proxy.calls("POST"))


def test_a_card_that_cannot_be_saved(staff: Connection) -> None:  # P-7
    failed = saved(staff, register(staff), CANNOT_BE_SAVED)
    assert failed.state == v1.PAYMENT_METHOD_STATE_FAILED and failed.failure_code


def test_after_a_card_that_is_declined_another_pays(
    stripe: Stripe, staff: Connection, practice: Practice
) -> None:  # P-4 P-7
    client = register(staff)
    bad, good = saved(staff, client, DECLINED), saved(staff, client, PAYS)
    booked = practice.book(staff, practice.at(3, "10:00"), client)
    failed = begin(staff, booked, payment_method_id=bad.id)
    assert failed.state == v1.PAYMENT_INTENT_STATE_REQUIRES_PAYMENT_METHOD
    assert failed.failure_code == "card_declined" and not is_paid(staff, booked)
    paid = begin(staff, booked, payment_method_id=good.id)
    assert paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED and is_paid(staff, booked)
    assert stripe.captured(paid.gateway_reference) == [PRICE]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_whatever_becomes_of_an_answer_it_is_charged_once(
    stripe: Stripe, staff: Connection, practice: Practice, fault: Fault
) -> None:  # P-8
    client = register(staff)
    card = saved(staff, client, PAYS)
    booked = practice.book(staff, practice.at(3, FAULTS[fault]), client)
    stripe.proxy.plan(fault, "POST", CHARGE)
    paid = begin(staff, booked, payment_method_id=card.id)
    assert paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED, paid
    assert is_paid(staff, booked) and len(intents(staff, booked)) == 1
    assert stripe.captured(paid.gateway_reference) == [PRICE]
    assert any(call.fault == fault for call in stripe.proxy.calls("POST", CHARGE))


def test_what_the_client_pays_in_their_own_browser_is_told_by_a_webhook(
    stripe: Stripe, staff: Connection, practice: Practice
) -> None:  # P-4 P-7
    booked = practice.book(staff, practice.at(4, "10:00"))
    waiting = begin(staff, booked)
    assert waiting.state == v1.PAYMENT_INTENT_STATE_REQUIRES_PAYMENT_METHOD and not waiting.pending
    assert waiting.client_secret.startswith(waiting.gateway_reference)
    card = stripe.new_method("4242424242424242")
    path = f"/v1/payment_intents/{waiting.gateway_reference}/confirm"
    stripe.ask("POST", path, payment_method=card)
    # Long before it would be looked at by itself.
    wait_until(lambda: is_paid(staff, booked), for_s=15)
    assert stripe.captured(waiting.gateway_reference) == [PRICE]


def test_killed_amid_a_charge_it_is_looked_up(
    stripe: Stripe, server: Server, practice: Practice
) -> None:  # P-8
    key = server.key
    with server.connect(key, timeout_s=60) as staff:
        client = register(staff)
        card = saved(staff, client, PAYS)
        booked = practice.book(staff, practice.at(4, "09:00"), client)
        # Stripe takes the money, and its answer is on the way for longer than the server lives.
        stripe.proxy.plan(Fault.DELAY, "POST", CHARGE, seconds=3)
        request = v1.PaymentsBeginRequest(appointment_id=booked.id, payment_method_id=card.id)
        begun = staff.call(request).intent.id
        wait_until(lambda: bool(stripe.proxy.calls("POST", CHARGE)))
    server.kill()
    server.start()
    with server.connect(key, timeout_s=60) as staff:
        paid = intent(staff, begun, wait_ms=30_000)
        assert paid.state == v1.PAYMENT_INTENT_STATE_SUCCEEDED, paid
        assert is_paid(staff, booked)
        assert stripe.captured(paid.gateway_reference) == [PRICE]
        assert len(stripe.proxy.calls("POST", CHARGE)) == 1
        trial_balance(staff)
