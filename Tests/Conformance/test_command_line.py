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


def test_a_slot_is_held_and_booked_over(demo: Server) -> None:  # S-12
    slot = free_slot(demo)
    taken = run(demo, f"hold take {slot}")
    assert taken.returncode == 0 and "Held until" in taken.stdout, taken.stderr
    found = re.search(r"hld_\w{26}", taken.stdout)
    assert found
    hold = found[0]
    refused = run(demo, f"book {slot} {PERSON}")
    assert refused.returncode == 1
    assert "held by " + hold in refused.stderr and "unless it is renewed" in refused.stderr
    assert run(demo, f"check {slot}").returncode == 1
    checked = run(demo, f"check {slot} --hold {hold}")
    assert checked.returncode == 0 and f"--hold {hold}" in checked.stdout
    assert "Held until" in run(demo, f"hold renew {hold}").stdout
    booked = run(demo, f"book {slot} {PERSON} --hold {hold}")
    assert booked.returncode == 0, booked.stderr
    assert run(demo, f"hold release {hold}").returncode == 4

    slot = free_slot(demo)
    held = json.loads(run(demo, f"hold take {slot} --json").stdout)["hold"]
    assert run(demo, f"hold release {held['id']}").returncode == 0
    assert run(demo, f"check {slot}").returncode == 0


def test_what_is_in_the_way_is_overridden_by_name(demo: Server) -> None:  # S-6
    words = free_slot(demo).split()
    words[-1] = str(int(words[-1]) + 7 * 60_000)
    slot = " ".join(words)
    refused = run(demo, f"check {slot}")
    assert refused.returncode == 1 and "grid" in refused.stdout
    kinds = "--override off-grid --override outside-location-hours --override outside-schedule"
    checked = run(demo, f"check {slot} {kinds}")
    assert checked.returncode == 0 and "(overridden)" in checked.stdout, checked.stdout
    assert "--override off-grid" in checked.stdout
    client = "cli_" + "0" * 26
    refused = run(demo, f"book {slot} {kinds} --client {client} --as client:{client}")
    assert refused.returncode == 3 and "override nothing" in refused.stderr
    assert run(demo, f"book {slot} {PERSON} {kinds}").returncode == 0
    assert run(demo, f"check {slot} --override therapist-busy").returncode == 2


def test_many_are_looked_up_at_once(demo: Server) -> None:  # S-11
    found = json.loads(run(demo, "search --city Rome --days 7 --limit 400 --json").stdout)
    ids = sorted({group["therapistId"] for group in found["groups"]})[:5]
    flags = " ".join(f"--therapist {each}" for each in ids)
    shown = run(demo, f"lookup {flags} --days 14")
    assert shown.returncode == 0, shown.stderr
    assert [line.split()[0] for line in shown.stdout.splitlines()[1:]] == ids
    told = json.loads(run(demo, f"lookup {flags} --days 14 --json").stdout)
    assert len(told["startMs"]) == len(ids)
    days = run(demo, f"lookup {flags} --days 14 --day-by-day")
    assert days.returncode == 0 and ids[0] in days.stdout, days.stderr
    assert run(demo, "lookup --therapist thr_1").returncode == 2


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
