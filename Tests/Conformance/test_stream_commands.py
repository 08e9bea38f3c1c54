"""`seduta events` and `seduta watch`: what happens, as lines."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import contract as v1
from conftest import StartServer
from practice import open_practice
from server import BINARY, HOST, Server
from subscribers import all_events

SEDUTA = str(Path(BINARY).with_name("seduta"))


def command(server: Server, *words: str) -> list[str]:
    return [SEDUTA, *words, "--host", HOST, "--port", str(server.port), "--key", server.key]


@contextmanager
def following(server: Server, *words: str) -> Iterator[Iterator[str]]:
    """The lines of a command that goes on until it is ended."""
    with subprocess.Popen(command(server, *words), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield iter(process.stdout.readline, "")
        finally:
            process.kill()


def lines(server: Server, *words: str) -> list[str]:
    done = subprocess.run(command(server, *words), capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def positions(told: list[str]) -> list[int]:
    return [int(line.split()[0]) for line in told]


def test_events_are_listed_and_followed(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as staff:
        practice = open_practice(staff)
        count = len(all_events(staff))
        assert positions(lines(server, "events")) == list(range(1, count + 1))
        assert positions(lines(server, "events", "--after", "2")) == list(range(3, count + 1))
        (line,) = lines(server, "events", "--kind", "THERAPIST_PUT", "--json")
        told = json.loads(line)
        assert told["therapist"]["id"] == told["subjectId"] == practice.therapist.id
        with following(server, "events", "--follow", "--after", str(count)) as followed:
            booked = practice.book(staff, practice.at(3, "10:00"))
            while "APPOINTMENT_BOOKED" not in (line := next(followed)):
                pass
            assert booked.id in line


def test_slots_are_watched(start_server: StartServer) -> None:
    server = start_server()
    with server.connect() as staff:
        practice = open_practice(staff)
        until = str(practice.at(8, "00:00"))
        words = ("watch", "--therapist", practice.therapist.id, "--until", until, "--limit", "1000")
        found: v1.SlotsSearchResponse = staff.call(
            v1.SlotsSearchRequest(
                until_ms=int(until),
                page_size=1000,
                filter=v1.SlotFilter(therapist_ids=[practice.therapist.id]),
            )
        )
        with following(server, *words) as watched:
            first = [next(watched) for _ in found.groups[0].start_ms]
            assert all(line.startswith("+ ") for line in first)
            booked = practice.book(staff, practice.at(3, "10:00")).id
            gone = next(watched)
            assert gone.startswith("- ") and gone[2:] in [line[2:] for line in first]
            staff.call(v1.AppointmentsCancelRequest(appointment_id=booked))
            while not (line := next(watched)).startswith("+ "):
                assert line.startswith("- ")
            assert line[2:] in [each[2:] for each in first]

