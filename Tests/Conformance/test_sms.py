"""Text messages go through Twilio's HTTP API, or what speaks like it: asked rightly, again, and discreetly (N-2, N-5)."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import contract as v1
import pytest
from practice import HOUR_MS, MINUTE_MS, open_practice, register
from sandboxes import Sandbox

ACCOUNT = "AC00000000000000000000000000000017"
TOKEN = "token-of-the-conformance-tests"
FROM = "+390600000017"
PHONE = "+390612345678"


class TextHouse:
    """Takes text messages as Twilio does, or fails with the statuses that it is told; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], list[tuple[str, str]]]] = []
        self.failures: list[int] = []
        house = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                form = parse_qsl(body, keep_blank_values=True, strict_parsing=True)
                house.asked.append((self.path, headers, form))
                if house.failures:
                    status = house.failures.pop(0)
                    code = 21211 if status == 400 else 20500
                    self._answer(status, {"code": code, "message": f"no way to {PHONE}"})
                else:
                    self._answer(201, {"sid": f"SM{len(house.asked):032}", "status": "queued"})

            def _answer(self, status: int, what: dict[str, object]) -> None:
                body = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def house() -> Iterator[TextHouse]:
    house = TextHouse()
    yield house
    house.close()


@pytest.fixture
def texting(tmp_path: Path, house: TextHouse) -> Iterator[Sandbox]:
    secret = tmp_path / "token"
    secret.write_text(TOKEN)
    world = Sandbox(
        tmp_path / "data",
        "--sms", "twilio",
        "--sms-from", FROM,
        "--twilio-url", house.url,
        "--twilio-account", ACCOUNT,
        "--twilio-auth-token-file", str(secret),
    )  # fmt: skip
    yield world
    world.close()


def outbox(world: Sandbox, appointment_id: str) -> v1.OutboxMessage:
    """The only text message about an appointment."""
    request = v1.AdminOutboxRequest(page_size=1000, subject_id=appointment_id)
    (message,) = (each for each in world.staff.call(request).messages if each.channel == "SMS")
    return message


def test_a_reminder_by_sms_is_asked_for_as_twilio_wants_it(
    texting: Sandbox, house: TextHouse
) -> None:  # N-2, N-5
    practice = open_practice(texting.staff)
    client = register(texting.staff, phone=PHONE, sms_lead_minutes=60)
    booked = practice.book(texting.staff, texting.at(practice, 3, "10:00"), client)
    start_ms = booked.start_time.ToMilliseconds()
    texting.advance(to=start_ms - HOUR_MS - MINUTE_MS)
    assert not house.asked
    # N-4: what fails for now is asked for again, word for word.
    house.failures = [503]
    texting.advance(to=start_ms - HOUR_MS // 2)
    failed, taken = house.asked
    assert failed[2] == taken[2]

    path, headers, form = taken
    assert path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    login = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    assert headers["authorization"] == f"Basic {login}"
    assert [name for name, _ in form] == ["To", "From", "Body"]
    fields = dict(form)
    assert (fields["To"], fields["From"]) == (PHONE, FROM)

    # Others may see a telephone's screen: it tells when, and not of what.
    text = fields["Body"]
    assert "10:00" in text
    told = [practice.service.name, practice.therapist.display_name, "terap", "therap", "psic", "psych"]
    assert not [word for word in told if word.lower() in text.lower()]

    message = outbox(texting, booked.id)
    assert (message.kind, message.state, message.tries) == ("REMINDER", "SENT", 2)
    log = texting.server.log.read_text()
    assert not [word for word in (TOKEN, PHONE, text) if word in log]


def test_a_number_that_nobody_has_is_given_up(texting: Sandbox, house: TextHouse) -> None:  # N-4
    practice = open_practice(texting.staff)
    client = register(texting.staff, phone=PHONE, sms_lead_minutes=60)
    booked = practice.book(texting.staff, texting.at(practice, 3, "10:00"), client)
    house.failures = [400]
    texting.advance(to=booked.start_time.ToMilliseconds())
    assert len(house.asked) == 1
    message = outbox(texting, booked.id)
    assert (message.state, message.tries) == ("GIVEN_UP", 1)
    assert PHONE not in texting.server.log.read_text()
