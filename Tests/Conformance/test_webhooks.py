"""The HTTP listener: Stripe's signed webhooks, and what those who run a server ask (P-7)."""

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

import contract as v1
import pytest
from client import Connection
from server import HOST, Server

SECRET = "whsec_conformance"


class Hooked(Server):
    """A server with a Stripe that does not answer, and a port for its webhooks."""

    def __init__(self, folder: Path) -> None:
        self.port_file = folder / "http-port"
        (folder / "key").write_text("sk_test_conformance")
        (folder / "secret").write_text(SECRET)
        super().__init__(
            folder / "data",
            "--payment-gateway", "stripe",
            "--stripe-url", "http://127.0.0.1:9",
            "--stripe-secret-key-file", str(folder / "key"),
            "--stripe-webhook-secret-file", str(folder / "secret"),
            "--http-port", "0",
            "--http-port-file", str(self.port_file),
        )  # fmt: skip

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection(HOST, self.http_port(self.port_file), timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body or None, named)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def hook(self, body: bytes, secret: str = SECRET, at: float | None = None) -> int:
        return self.ask("POST", "/webhooks/stripe", body, stripe_signature=sign(body, secret, at))[0]


def sign(body: bytes, secret: str = SECRET, at: float | None = None) -> str:
    """As Stripe's documentation has it."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"t={stamp},v1={digest.hexdigest()}"


def event(id: str, kind: str = "payment_intent.succeeded", **object_: object) -> bytes:
    about = {"id": "pi_unknown", "object": "payment_intent", "status": "succeeded"} | object_
    return json.dumps(
        {
            "id": id,
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": about},
        }
    ).encode()


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hooked]:
    server = Hooked(tmp_path_factory.mktemp("hooked"))
    server.start()
    yield server
    assert server.stop() == 0, server.tail()


@pytest.fixture(scope="module")
def staff(hooked: Hooked) -> Iterator[Connection]:
    with hooked.connect() as connection:
        yield connection


def test_what_is_signed_is_taken_once_or_twice(hooked: Hooked) -> None:  # P-7
    body = event("evt_1")
    assert hooked.hook(body) == 200
    # Told twice, it is as if told once.
    assert hooked.hook(body) == 200
    # What is about things of others is none of ours, and need not be told again.
    assert hooked.hook(event("evt_2", "invoice.paid", object="invoice")) == 200


def test_what_is_not_signed_is_not(hooked: Hooked) -> None:  # P-7
    body = event("evt_3")
    assert hooked.ask("POST", "/webhooks/stripe", body)[0] == 400
    assert hooked.ask("POST", "/webhooks/stripe", body, stripe_signature="nonsense")[0] == 400
    assert hooked.hook(body, secret="whsec_another") == 400
    other = hooked.ask(
        "POST", "/webhooks/stripe", body, stripe_signature=sign(event("evt_4"))
    )
    assert other[0] == 400
    # Old, or from the future: heard and sent again by someone.
    assert hooked.hook(body, at=time.time() - 3_600) == 400
    assert hooked.hook(body) == 200


def test_a_signature_among_others(hooked: Hooked) -> None:  # P-7
    """While a secret is changed, Stripe signs with both."""
    body = event("evt_5")
    good = sign(body)
    stamp, right = good.split(",")
    both = f"{stamp},v1={'0' * 64},{right},v0=whatever"
    assert hooked.ask("POST", "/webhooks/stripe", body, stripe_signature=both)[0] == 200


def test_what_is_too_large_or_elsewhere(hooked: Hooked) -> None:  # P-7
    large = event("evt_6", description="x" * 300_000)
    status, _ = hooked.ask("POST", "/webhooks/stripe", large, stripe_signature=sign(large))
    assert status == 413
    body = event("evt_7")
    assert hooked.ask("POST", "/webhooks/paypal", body, stripe_signature=sign(body))[0] == 404
    assert hooked.ask("POST", "/webhooks/sandbox", body)[0] == 404
    assert hooked.ask("POST", "/nothing", body)[0] == 404
    assert hooked.ask("GET", "/webhooks/stripe")[0] in {404, 405}
    # Signed, and no event at all: whether it is refused or passed over, the server goes on.
    assert hooked.hook(b"{") in {200, 400}
    assert hooked.hook(b"[]") in {200, 400}
    assert hooked.ask("GET", "/health/live")[0] == 200


def test_nothing_of_it_shows_a_secret(hooked: Hooked) -> None:  # P-7
    hooked.hook(event("evt_8"), secret="whsec_another")
    log = hooked.log.read_text()
    assert SECRET not in log and "sk_test_conformance" not in log


def test_health_and_metrics(hooked: Hooked, staff: Connection) -> None:
    staff.call(v1.HealthCheckRequest())
    assert hooked.ask("GET", "/health/live")[0] == 200
    assert hooked.ask("GET", "/health/ready")[0] == 200
    status, text = hooked.ask("GET", "/metrics")
    assert status == 200
    told = {line.partition("{")[0].partition(" ")[0] for line in text.splitlines() if line[:1] != "#"}
    assert told >= {
        "seduta_calls_total",
        "seduta_connections",
        "seduta_commands_waiting",
        "seduta_overdue",
        "seduta_messages_total",
        "seduta_outbox_pending",
        "seduta_outbox_given_up",
        "seduta_build_info",
    }
    for line in text.splitlines():
        if line and not line.startswith("#"):
            assert float(line.rpartition(" ")[2]) >= 0, line
