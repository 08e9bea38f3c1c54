"""Servers and connections for the tests.

Most tests share one server and its first partner: each builds a practice of its own, so that none
is in another's way. A test that looks at everything a partner has takes `partner`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client import Connection
from server import SCOPES, Server

StartServer = Callable[..., Server]
NewPartner = Callable[..., Connection]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most tests share."""
    server = Server(tmp_path_factory.mktemp("shared") / "data")
    server.start()
    yield server
    assert server.running, f"sedutad ended during the tests:\n{server.tail()}"
    assert server.stop() == 0, server.tail()


@pytest.fixture
def staff(server: Server) -> Iterator[Connection]:
    """A connection of the first partner, with all scopes."""
    with server.connect() as connection:
        yield connection


@pytest.fixture
def new_partner(server: Server) -> Iterator[NewPartner]:
    """Makes partners that nobody else uses: a connection each, with the scopes given."""
    opened: list[Connection] = []

    def make(*scopes: str) -> Connection:
        scoped = ",".join(scopes or SCOPES)
        key = server.create_key("--new-partner", "Conformance", "--scopes", scoped)
        opened.append(server.connect(key))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close()


@pytest.fixture
def partner(new_partner: NewPartner) -> Connection:
    """A connection of a partner who has nothing yet, with all scopes."""
    return new_partner()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Starts servers with flags of their own; those still running are stopped at the end."""
    started: list[Server] = []

    def start(*flags: str) -> Server:
        started.append(Server(tmp_path / f"data{len(started)}", *flags))
        started[-1].start()
        return started[-1]

    yield start
    for server in started:
        if server.running:
            assert server.stop() == 0, server.tail()
