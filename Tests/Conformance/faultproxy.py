"""An HTTP proxy that goes wrong when told to: what a network and a tired server do to calls.

Between a client and a server it passes every call on, until a fault is planned for one:

    proxy.plan(Fault.DROP_AFTER, "POST", r"/confirm$")      # the next such call only

Programs that are not ours in Python plan faults at `/_faults` (POST, the plan as JSON), and read there (GET) what was
called so far.
"""

import enum
import http.client
import json
import re
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
CONTROL_PATH = "/_faults"
UPSTREAM_TIMEOUT_S = 20
# Neither is passed on: they are about one connection, not about the call.
HOP_HEADERS = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "date", "server"}


class Fault(enum.Enum):
    """What happens to a call."""

    DROP_BEFORE = "drop before"  # the connection ends; the server never hears of it
    DROP_AFTER = "drop after"  # the server does it; the connection ends without an answer
    DELAY = "delay"  # the server does it; its answer comes `seconds` later
    DOUBLE = "double"  # the server gets it twice; the second answer is passed on
    BROKEN = "broken"  # the server does it; the answer is whole, and no JSON
    TRUNCATED = "truncated"  # the server does it; half of its answer comes, then the connection ends
    ERROR_BEFORE = "error before"  # `status`, and the server never hears of it
    ERROR_AFTER = "error after"  # the server does it; the answer is `status`
    DRIP = "drip"  # the server does it; its answer comes byte by byte for `seconds`


@dataclass
class Plan:
    fault: Fault
    method: str
    path: re.Pattern[str]
    times: int
    seconds: float
    status: int


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    idempotency_key: str
    body: str
    fault: Fault | None
    reached_count: int  # how often the server got it


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class FaultProxy:
    """Listens on a free port while it is entered."""

    def __init__(self, upstream_port: int) -> None:
        self.upstream_port = upstream_port
        self._lock = threading.Lock()
        self._plans: list[Plan] = []
        self._calls: list[Call] = []
        proxy = self

        class Handler(_Handler):
            owner = proxy

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._server.server_address[1]}"

    def __enter__(self) -> "FaultProxy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def plan(
        self,
        fault: Fault,
        method: str = "POST",
        path: str = "",
        times: int = 1,
        seconds: float = 2,
        status: int = 500,
    ) -> None:
        """The next `times` calls whose path, without its query, matches go wrong. Plans are used up in order."""
        with self._lock:
            self._plans.append(Plan(fault, method, re.compile(path), times, seconds, status))

    def calls(self, method: str = "POST", path: str = "") -> list[Call]:
        """What was called so far, in order."""
        with self._lock:
            return [c for c in self._calls if c.method == method and re.search(path, c.path)]

    def clear(self) -> None:
        """Forgets plans and calls."""
        with self._lock:
            self._plans.clear()
            self._calls.clear()

    def _take(self, method: str, path: str) -> Plan | None:
        with self._lock:
            for plan in self._plans:
                if plan.method == method and plan.path.search(path):
                    plan.times -= 1
                    if plan.times == 0:
                        self._plans.remove(plan)
                    return plan
        return None

    def _note(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)


class _Handler(BaseHTTPRequestHandler):
    owner: FaultProxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == CONTROL_PATH:
            self._control(body)
            return
        plan = self.owner._take(self.command, self.path.partition("?")[0])
        fault = plan.fault if plan else None
        answers: list[Answer] = []
        if fault not in (Fault.DROP_BEFORE, Fault.ERROR_BEFORE):
            answers = [self._forward(body) for _ in range(2 if fault is Fault.DOUBLE else 1)]
        self.owner._note(
            Call(
                self.command,
                self.path,
                self.headers.get("Idempotency-Key", ""),
                body.decode(errors="replace"),
                fault,
                len(answers),
            )
        )
        try:
            self._answer(plan, answers)
        except OSError:
            # The client has gone: that is what most faults are for.
            self.close_connection = True

    def _forward(self, body: bytes) -> Answer:
        connection = http.client.HTTPConnection(
            HOST, self.owner.upstream_port, timeout=UPSTREAM_TIMEOUT_S
        )
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_HEADERS}
        try:
            connection.request(self.command, self.path, body or None, headers)
            response = connection.getresponse()
            kept = [(k, v) for k, v in response.getheaders() if k.lower() not in HOP_HEADERS]
            return Answer(response.status, kept, response.read())
        finally:
            connection.close()

    def _answer(self, plan: Plan | None, answers: list[Answer]) -> None:
        if plan is None:
            self._send(answers[-1])
            return
        match plan.fault:
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                self.close_connection = True
            case Fault.DELAY:
                time.sleep(plan.seconds)
                self._send(answers[-1])
            case Fault.DOUBLE:
                self._send(answers[-1])
            case Fault.BROKEN:
                self._send(Answer(answers[-1].status, [], b"\x00{]" + answers[-1].body[:10]))
            case Fault.ERROR_BEFORE | Fault.ERROR_AFTER:
                self._send(Answer(plan.status, [], b'{"error": {"type": "api_error"}}'))
            case Fault.TRUNCATED:
                whole = answers[-1].body
                self._head(answers[-1], len(whole))
                self.wfile.write(whole[: len(whole) // 2])
                self.close_connection = True
            case Fault.DRIP:
                whole = answers[-1].body
                self._head(answers[-1], len(whole))
                for byte in whole:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(plan.seconds / len(whole))

    def _head(self, answer: Answer, length: int) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send(self, answer: Answer) -> None:
        self._head(answer, len(answer.body))
        self.wfile.write(answer.body)

    def _control(self, body: bytes) -> None:
        answer: Any = {}
        match self.command:
            case "POST":
                plan = json.loads(body)
                self.owner.plan(Fault(plan.pop("fault")), **plan)
            case "DELETE":
                self.owner.clear()
            case _:
                answer = [
                    {"method": c.method, "path": c.path, "key": c.idempotency_key, "reached": c.reached_count}
                    for c in self.owner._calls
                ]
        self._send(Answer(200, [("Content-Type", "application/json")], json.dumps(answer).encode()))
