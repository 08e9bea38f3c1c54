"""A partner's own server, which is told of events by webhooks and does not always behave."""

import contextlib
import hashlib
import hmac
import json
import random
import select
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Told"], str]


class Told:
    """A call as it came in."""

    def __init__(self, headers: dict[str, str], body: bytes) -> None:
        self.headers = headers
        self.body = body
        self.id = headers["seduta-event-id"]
        self.json: dict[str, Any] = json.loads(body)
        self.at = time.time()
        # What it was answered with.
        self.answer = ""
        # Whether it waits for an answer that will not come.
        self.is_open = False

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = self.json["event"]
        return event

    @property
    def position(self) -> int:
        return int(self.event["position"])

    @property
    def subject(self) -> str:
        return str(self.event["subjectId"])


def signatures(header: str) -> tuple[int, set[str]]:
    """The seconds and the signatures of a Seduta-Signature."""
    pairs = [part.split("=", 1) for part in header.split(",")]
    (seconds,) = (int(value) for name, value in pairs if name == "t")
    return seconds, {value for name, value in pairs if name == "v1"}


def is_signed(told: Told, secret: str) -> bool:
    """As docs/webhooks.md says."""
    seconds, given = signatures(told.headers["seduta-signature"])
    expected = hmac.new(
        secret.encode(), f"{seconds}.".encode() + told.body, hashlib.sha256
    ).hexdigest()
    return any(hmac.compare_digest(expected, each) for each in given)


class Receiver:
    """Answers each call as `answer` says: "200" and the like, "drop" or "hang"."""

    def __init__(self, answer: Answer = lambda _: "200") -> None:
        self.answer = answer
        self.calls: list[Told] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told = Told({name.lower(): value for name, value in self.headers.items()}, body)
                with receiver._lock:
                    told.answer = receiver.answer(told)
                    receiver.calls.append(told)
                if told.answer == "hang":
                    self._hang(told)
                if told.answer in ("drop", "hang"):
                    self.close_connection = True
                    with contextlib.suppress(OSError):  # who called may have gone
                        self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(int(told.answer))
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def _hang(self, told: Told) -> None:
                """Until who called gives up."""
                told.is_open = True
                while not receiver._stopping.is_set():
                    if select.select([self.connection], [], [], 0.1)[0]:
                        break
                told.is_open = False

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/hook"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def arrived(self) -> list[Told]:
        """What it has taken, in order."""
        with self._lock:
            return [told for told in self.calls if told.answer.startswith("2")]

    def all(self) -> list[Told]:
        with self._lock:
            return list(self.calls)

    def close(self) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()


def moody(seed: int, good: float = 0.5) -> Answer:
    """Fails at random, in each way that there is."""
    dice = random.Random(seed)

    def answer(_: Told) -> str:
        if dice.random() < good:
            return "200"
        return dice.choice(["500", "503", "drop", "302", "404"])

    return answer
