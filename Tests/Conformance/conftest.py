"""Servers and connections for the tests.

Most tests share one server and its first partner: each builds a practice of its own, so that none
is in another's way. A test that looks at everything a partner has takes `partner`.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest
from cashdesk import trial_balance
from client import Connection
from packaging import Shelf, keep_statuses
from sandboxes import Sandbox
from server import SCOPES, Server

StartServer = Callable[..., Server]
NewPartner = Callable[..., Connection]


# Keys are made while the server does not run, so there must be enough for all tests.
PARTNERS = [SCOPES] * 150 + [(scope,) for scope in SCOPES] * 4


class KeyRing:
    """Keys of partners that nobody has used yet, and one of the first partner that only reads."""

    def __init__(
        self, partners: Sequence[tuple[str, ...]], keys: list[str], reader: str
    ) -> None:
        self.reader = reader
        self._unused = list(zip(partners, keys, strict=True))

    def take(self, *scopes: str) -> str:
        for index, (has, key) in enumerate(self._unused):
            if set(has) == set(scopes or SCOPES):
                del self._unused[index]
                return key
        raise AssertionError(f"no key with {scopes or SCOPES} is left: make more in PARTNERS")


class Shared:
    """A server that tests share, and its keys."""

    def __init__(self, folder: Path, *flags: str, partners: Sequence[tuple[str, ...]]) -> None:
        self.server = Server(folder / "data", *flags)
        reader, *keys = self.server.start_with_keys(
            ("--scopes", "read"),
            *(("--new-partner", "Conformance", "--scopes", ",".join(has)) for has in partners),
        )
        self.keys = KeyRing(partners, keys, reader)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return Shared(tmp_path_factory.mktemp("shared"), partners=PARTNERS)


@pytest.fixture(scope="session")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """A server that takes payments through the sandbox's gateway; its clock is the real one."""
    folder = tmp_path_factory.mktemp("till")
    till = Shared(folder, "--payment-gateway", "sandbox", partners=[SCOPES] * 4)
    yield till
    assert till.server.running, f"sedutad ended during the tests:\n{till.server.tail()}"
    assert till.server.stop() == 0, till.server.tail()


@pytest.fixture(scope="session")
def keys(shared: Shared) -> KeyRing:
    return shared.keys


@pytest.fixture(scope="session")
def server(shared: Shared) -> Iterator[Server]:
    """The server that most tests share."""
    server = shared.server
    yield server
    assert server.running, f"sedutad ended during the tests:\n{server.tail()}"
    assert server.stop() == 0, server.tail()


@pytest.fixture
def staff(server: Server) -> Iterator[Connection]:
    """A connection of the first partner, with all scopes."""
    with server.connect() as connection:
        yield connection


@pytest.fixture
def new_partner(server: Server, keys: KeyRing) -> Iterator[NewPartner]:
    """Makes partners that nobody else uses: a connection each, with the scopes given."""
    opened: list[Connection] = []

    def make(*scopes: str) -> Connection:
        opened.append(server.connect(keys.take(*scopes)))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close()


@pytest.fixture
def partner(new_partner: NewPartner) -> Connection:
    """A connection of a partner who has nothing yet, with all scopes."""
    return new_partner()


@pytest.fixture
def sandboxed(start_server: StartServer) -> Iterator[Connection]:
    """A connection to a server of the test's own, whose clock can be moved."""
    with start_server("--sandbox").connect() as connection:
        yield connection


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


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A server whose clock a test moves; it begins on Monday, March 1, 2027."""
    sandbox = Sandbox(tmp_path / "sandbox")
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def payday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox that the tests of a file share, whose clock goes on from one to the next."""
    sandbox = Sandbox(tmp_path_factory.mktemp("payday") / "sandbox")
    yield sandbox
    trial_balance(sandbox.staff)  # whatever happened, the books come to zero
    sandbox.close()


@pytest.fixture(scope="module")
def _statuses(payday: Sandbox) -> None:
    keep_statuses(payday)


@pytest.fixture
def shelf(payday: Sandbox, _statuses: None) -> Shelf:
    """A practice that sells packages, in the sandbox of a file; the partner has statuses of its own."""
    return Shelf(payday)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A story is told no further than to the act that failed: what follows leans on it."""
    report = yield
    if report.failed and "stage" in getattr(item, "fixturenames", ()):
        item.listchain()[-2].broken_off = item.name
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    if act := getattr(item.listchain()[-2], "broken_off", None):
        pytest.skip(f"the story broke off in {act}")
