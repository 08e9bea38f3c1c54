"""`seduta request` and those that answer: what they print, and how they end."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import contract as v1
import pytest
from server import Server
from test_command_line import free_slot, run

REQUEST = v1.BOOKING_MODE_REQUEST


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo where clients ask."""
    folder: Path = tmp_path_factory.mktemp("asking")
    server = Server(folder / ".seduta", "--demo")
    server.start()
    key = (server.data_dir / "key").read_text().strip()
    with server.connect(key) as connection:
        policy = v1.Policy(client_booking=REQUEST)
        connection.call(v1.DirectoryUpdatePolicyRequest(policy=policy))
    yield server
    assert server.stop() == 0


def person(name: str, email: str) -> str:
    return (
        f"--name '{name}' --email {email} --phone +390612345699 --language it "
        "--time-zone Europe/Rome --accept-terms 2026-05 --accept-data-processing 2026-05"
    )


def asked(demo: Server, who: str, *more: str, earlier: int = 0) -> str:
    """Asks for a free slot; gives the request's id."""
    line = f"request {free_slot(demo, earlier)} {who} --as client {' '.join(more)}"
    made = run(demo, line)
    assert made.returncode == 0, made.stderr
    assert "Asked for; its slot is taken until the therapist has decided." in made.stdout
    found = re.search(r"apt_\w{26}", made.stdout)
    assert found
    return found[0]


def test_a_session_is_asked_for_listed_and_accepted(demo: Server) -> None:  # B-4, B-5
    slot = free_slot(demo)
    who = person("Ada Neri", "ada.neri@example.com")
    refused = run(demo, f"book {slot} {who} --as client")
    assert refused.returncode == 1 and "the therapist decides" in refused.stderr
    assert "seduta request" in refused.stderr
    tried = run(demo, f"request {slot} {who} --as client --validate-only")
    assert tried.returncode == 0 and "nothing was done" in tried.stdout
    request = asked(demo, who, "--note 'Mornings, please' --birth-date 1987-03-29")
    shown = run(demo, "requests")
    assert shown.returncode == 0 and f"accept {request}" in shown.stdout, shown.stderr
    row = next(line for line in shown.stdout.splitlines() if request in line)
    assert "Ada Neri" in row
    told = json.loads(run(demo, "requests --json").stdout)
    assert [each["appointment"]["id"] for each in told["requests"]] == [request]
    assert told["requests"][0]["appointment"]["request"]["note"] == "Mornings, please"
    assert run(demo, f"accept {request} --version 7").returncode == 5
    assert "would be accepted" in run(demo, f"accept {request} --validate-only").stdout
    accepted = run(demo, f"accept {request} --version 1")
    assert accepted.returncode == 0, accepted.stderr
    assert "Accepted. Its client is new." in accepted.stdout and "scheduled" in accepted.stdout
    assert run(demo, f"accept {request}").returncode == 1
    assert "No requests are waiting." in run(demo, "requests").stdout


def test_whom_it_may_be_of_is_told_and_chosen(demo: Server) -> None:  # B-5
    who = person("Bice Verdi", "bice@example.com")
    # Hours apart: nobody can be at two sessions at once.
    for earlier in (0, 1):
        accepted = run(demo, f"accept {asked(demo, who, earlier=earlier)} --as-new-client")
        assert accepted.returncode == 0
    request = asked(demo, who, earlier=2)
    shown = run(demo, "requests").stdout
    candidates = re.findall(r"(cli_\w{26}) \((\d+)\)", shown)
    # Ada, of the test before, may have the telephone in common.
    best = [client for client, score in candidates if score == "85"]
    assert len(best) == 2
    refused = run(demo, f"accept {request}")
    assert refused.returncode == 1 and "Name one with --client" in refused.stderr
    assert all(client in refused.stderr for client in best)
    accepted = run(demo, f"accept {request} --client {best[1]}")
    assert accepted.returncode == 0 and best[1] in accepted.stdout
    assert "new" not in accepted.stdout.splitlines()[0]


def test_requests_are_declined_and_taken_back(demo: Server) -> None:  # B-6
    who = person("Carla Blu", "carla@example.com")
    declined = run(demo, f"decline {asked(demo, who)} --reason 'No room left' --quiet")
    assert declined.returncode == 0, declined.stderr
    assert declined.stdout.startswith("Declined.") and "No room left" in declined.stdout
    back = run(demo, f"withdraw {asked(demo, who)} --reason 'Found another'")
    assert back.returncode == 0 and back.stdout.startswith("Taken back."), back.stderr
    assert run(demo, f"withdraw apt_{'0' * 26}").returncode == 4
    assert run(demo, "withdraw apt_1").returncode == 2
