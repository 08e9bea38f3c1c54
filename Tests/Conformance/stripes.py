"""A Stripe for tests: localstripe on a free port, with a proxy in front that goes wrong when told to.

    with Stripe(folder) as stripe:
        Server(..., "--stripe-url", stripe.url)
        stripe.proxy.plan(Fault.DROP_AFTER, "POST", "/confirm$")
"""

import http.client
import json
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path
from typing import Any

from faultproxy import HOST, FaultProxy

SECRET_KEY = "sk_test_conformance"
START_S_MAX = 30
# localstripe's own: pays, is declined when it is charged, cannot be saved, and wants the client's bank.
PAYS = "pm_card_visa"
DECLINED = "pm_card_chargeCustomerFail"
CANNOT_BE_SAVED = "pm_card_visa_chargeDeclined"
NEEDS_BANK_NUMBER = "4000002500003155"


class Stripe:
    """localstripe, with the proxy; both while it is entered."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "localstripe.log"
        with socket.socket(socket.AF_INET6) as free:
            free.bind(("::", 0))
            self.port = free.getsockname()[1]
        self.proxy = FaultProxy(self.port)

    @property
    def url(self) -> str:
        """The API's base URL, through the proxy."""
        return self.proxy.url

    def __enter__(self) -> "Stripe":
        program = Path(__file__).with_name("stripelike.py")
        command = [sys.executable, str(program), "--port", str(self.port), "--from-scratch"]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out)
        deadline = time.monotonic() + START_S_MAX
        while True:
            try:
                socket.create_connection((HOST, self.port), 1).close()
                break
            except OSError:
                assert self.process.poll() is None, f"localstripe ended:\n{self.log.read_text()}"
                assert time.monotonic() < deadline, f"localstripe does not listen:\n{self.log.read_text()}"
                time.sleep(0.05)
        self.proxy.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.proxy.__exit__()
        self.process.terminate()
        self.process.wait(START_S_MAX)

    def ask(self, method: str, path: str, **fields: str) -> Any:
        """Asks localstripe itself, past the proxy. Of nested names "card[number]" is the form."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_S_MAX)
        form = urllib.parse.urlencode(fields)
        headers = {
            "Authorization": f"Bearer {SECRET_KEY}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body, path = (form, path) if method == "POST" else (None, f"{path}?{form}" if form else path)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read().decode()
        connection.close()
        assert response.status == 200, f"{method} {path}: {response.status} {content}"
        return json.loads(content) if content else None

    def new_method(self, number: str) -> str:
        """A payment method of a test card, as a client's browser would make it."""
        made = self.ask(
            "POST",
            "/v1/payment_methods",
            type="card",
            **{"card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2031", "card[cvc]": "123"},
        )
        return str(made["id"])

    def send_webhooks(self, url: str, secret: str) -> None:
        """From now on it tells its events there, signed, a second after they happened."""
        self.ask("POST", "/_config/webhooks/seduta", url=url, secret=secret)

    def captured(self, reference: str) -> list[int]:
        """Each successful charge of an intent: more than one was a mistake."""
        charges = self.ask("GET", "/v1/charges", limit="100")["data"]
        return [
            c["amount"] for c in charges if c["payment_intent"] == reference and c["status"] == "succeeded"
        ]
