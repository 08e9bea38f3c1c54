"""Subscribers whose connections are cut again and again, by themselves and by a proxy, and a proxy that cuts."""

import random
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import contract as v1
from client import Closed, Connection, Unavailable
from server import HOST, Server

# What tells one event from another.
Told = tuple[int, str, str, int]


def told(event: v1.Event) -> Told:
    return event.position, event.kind, event.subject_id, event.subject_version


class CuttingProxy:
    """Forwards TCP to a server, and cuts each connection after so many bytes of the server's, amid frames as it comes."""

    def __init__(self, server: Server, dice: random.Random) -> None:
        self.server = server
        self.dice = dice
        self.cuts = 0
        self.listener = socket.create_server((HOST, 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                inner, _ = self.listener.accept()
                try:
                    outer = socket.create_connection((HOST, self.server.port), 5)
                except OSError:
                    inner.close()
                    continue
                # From less than Welcome to some replies full of events.
                left = int(10 ** self.dice.uniform(1, 5.5))
                for source, sink, limit in ((inner, outer, None), (outer, inner, left)):
                    pump = threading.Thread(
                        target=self._pump, args=(source, sink, limit), daemon=True
                    )
                    pump.start()

    def _pump(self, source: socket.socket, sink: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                if left is not None and len(data) >= left:
                    sink.sendall(data[:left])
                    self.cuts += 1
                    break
                sink.sendall(data)
                if left is not None:
                    left -= len(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Subscriber(threading.Thread):
    """Goes on from the last position that it saw, over one connection after the other."""

    def __init__(
        self,
        server: Server,
        key: str,
        dice: random.Random,
        *,
        proxy: CuttingProxy | None = None,
        kinds: Sequence[str] = (),
        resume: Callable[[int], int] = lambda position: position,
    ) -> None:
        super().__init__(daemon=True)
        self.server, self.key, self.dice, self.proxy = server, key, dice, proxy
        self.kinds, self.resume = kinds, resume
        self.seen: list[Told] = []
        self.position = 0
        self.cuts = 0
        self.goal: int | None = None
        self.wrong: BaseException | None = None

    def run(self) -> None:
        try:
            while self.goal is None or self.position < self.goal:
                try:
                    self._listen()
                except (OSError, Closed, Unavailable):
                    time.sleep(0.01)
        except BaseException as error:
            self.wrong = error

    def _listen(self) -> None:
        port = self.proxy.port if self.proxy else self.server.port
        with Connection(HOST, port, self.key, timeout_s=5) as connection:
            request = v1.EventsSubscribeRequest(
                after_position=self.resume(self.position), kinds=self.kinds
            )
            call = connection.begin(request)
            # Hangs up on its own after a moment, whatever is on its way.
            until = time.monotonic() + self.dice.uniform(0, 0.25)
            while self.goal is None or self.position < self.goal:
                left = until - time.monotonic()
                if left <= 0:
                    break
                connection.socket.settimeout(left)
                reply = connection.tell(call)
                assert reply is not None, "a stream of events ended without a status"
                self.seen += [told(event) for event in reply.events]
                self.position = reply.position
        self.cuts += 1


def all_events(connection: Connection, kinds: Sequence[str] = ()) -> list[v1.Event]:
    """Everything from the first on, page by page."""
    events: list[v1.Event] = []
    position, more = 0, True
    while more:
        page = connection.call(
            v1.EventsListRequest(after_position=position, page_size=97, kinds=kinds)
        )
        assert page.position > position or not page.more
        events += page.events
        position, more = page.position, page.more
    return events


def require_told_once(seen: Sequence[Told], listed: Sequence[v1.Event]) -> None:
    """All that happened, in order, each once: 1, 2, 3, ... without a gap."""
    positions = [position for position, *_ in seen]
    assert positions == list(range(1, len(listed) + 1)), "something is missed, repeated or misplaced"
    assert list(seen) == [told(event) for event in listed]
