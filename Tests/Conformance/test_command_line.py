"""`seduta`, the command line: what it prints for people and programs, and how it ends."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from server import BINARY, Server

SEDUTA = str(Path(BINARY).with_name("seduta"))
PERSON = (
    "--name 'Ada Neri' --email ada@example.com --phone +390612345678 --language it "
    "--time-zone Europe/Rome --accept-terms 2026-05 --accept-data-processing 2026-05"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("demo") / ".seduta", "--demo")
    server.start()
    yield server
    assert server.stop() == 0


def run(demo: Server, line: str) -> subprocess.CompletedProcess[str]:
    """Runs a command where the demo's key is found, as a person beside the server would."""
    return subprocess.run(
        [SEDUTA, *shlex.split(line)],
        cwd=demo.data_dir.parent,
        env=os.environ | {"SEDUTA_PORT": str(demo.port), "TZ": "Europe/Rome"},
        capture_output=True,
        text=True,
        timeout=30,
    )


def free_slot(demo: Server) -> str:
    """The flags that name a slot in Rome that is some time ahead."""
    found = run(demo, "search --city Rome --days 7 --limit 400 --json")
    assert found.returncode == 0, found.stderr
    page = json.loads(found.stdout)
    start, index = page["startMs"][-1], page["groupIndex"][-1]
    group = page["groups"][index]
    return (
        f"--therapist {group['therapistId']} --service {group['serviceId']} "
        f"--location {group['locationId']} --start {start}"
    )


def test_a_session_is_found_booked_collided_with_and_cancelled(demo: Server) -> None:
    slot = free_slot(demo)
    assert run(demo, f"check {slot}").returncode == 0
    booked = run(demo, f"book {slot} {PERSON}")
    assert booked.returncode == 0 and "Booked, and on disk." in booked.stdout, booked.stderr
    appointment = re.search(r"apt_\w{26}", booked.stdout)
    assert appointment
    taken = run(demo, f"book {slot} {PERSON}")
    assert taken.returncode == 1 and taken.stdout == ""
    assert "The therapist has another appointment." in taken.stderr
    assert appointment[0] in taken.stderr and "Free instead:" in taken.stderr
    check = run(demo, f"check {slot}")
    assert check.returncode == 1 and appointment[0] in check.stdout
    listed = json.loads(run(demo, "appointments --limit 1000 --json").stdout)
    assert appointment[0] in [each["id"] for each in listed["appointments"]]
    assert run(demo, f"cancel {appointment[0]} --version 7").returncode == 5
    assert run(demo, f"cancel {appointment[0]} --reason late").returncode == 0
    assert run(demo, f"cancel {appointment[0]}").returncode == 1
    assert run(demo, f"check {slot}").returncode == 0


def test_the_command_that_a_search_suggests_can_be_typed_as_it_is(demo: Server) -> None:
    shown = run(demo, "search --city Vienna --days 7 --limit 3")
    suggested = shown.stdout[shown.stdout.index("To book the first:") :].splitlines()[1:5]
    words = shlex.split("\n".join(suggested).replace("\\\n", " "))
    assert words[0] == SEDUTA and words[1] == "book"
    booked = run(demo, shlex.join([*words[1:], "--validate-only"]))
    assert booked.returncode == 0, booked.stderr


def test_a_refusal_is_one_json_document_on_the_standard_error(demo: Server) -> None:
    absent = run(demo, f"cancel apt_{'0' * 26} --json")
    assert absent.returncode == 4 and absent.stdout == ""
    assert json.loads(absent.stderr)["errorInfo"]["reason"] == "NOT_FOUND"


def test_what_is_wrong_is_told_with_what_to_do(demo: Server, tmp_path: Path) -> None:
    assert run(demo, "search --limit abc").returncode == 2
    wrong_key = run(demo, "search --key nonsense")
    assert wrong_key.returncode == 3 and "key" in wrong_key.stderr
    nobody = run(demo, "ping --port 1")
    assert nobody.returncode == 3 and "make serve" in nobody.stderr
    keyless = subprocess.run(
        [SEDUTA, "search"], cwd=tmp_path, capture_output=True, text=True, timeout=30
    )
    assert keyless.returncode == 3 and "make serve" in keyless.stderr
    assert "round trip" in run(demo, "ping").stdout
