"""`seduta`, the command line: what it prints for people and programs, and how it ends."""

import json
import os
import re
import shlex
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from practice import new_id
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


def free_slot(demo: Server, earlier: int = 0) -> str:
    """The flags that name a slot in Rome that is some time ahead, or so many quarters of that time earlier."""
    found = run(demo, "search --city Rome --days 7 --limit 400 --json")
    assert found.returncode == 0, found.stderr
    page = json.loads(found.stdout)
    place = (len(page["startMs"]) - 1) * (4 - earlier) // 4
    start, index = page["startMs"][place], page["groupIndex"][place]
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


def test_a_series_is_found_booked_moved_and_cancelled(demo: Server) -> None:  # B-8 B-9
    slot = free_slot(demo)
    booked = json.loads(run(demo, f"book {slot} {PERSON} --json").stdout)["appointment"]
    what = f"--therapist {booked['therapistId']} --service {booked['serviceId']}"
    found = run(demo, f"series search {what} --days 14 --misses-max 5 --limit 3")
    assert found.returncode == 0 and "To book the first:" in found.stdout, found.stderr
    assert "series create --therapist" in found.stdout

    first = f"--first {booked['id']} --rule 'FREQ=WEEKLY;COUNT=4' --skip"
    tried = run(demo, f"series create {first} --validate-only")
    assert tried.returncode == 0 and "nothing was done" in tried.stdout, tried.stderr
    made = run(demo, f"series create {first}")
    assert made.returncode == 0 and "Booked, and on disk." in made.stdout, made.stderr
    series = re.search(r"srs_\w{26}", made.stdout)
    assert series and f"series show {series[0]}" in made.stdout
    shown = run(demo, f"series show {series[0]}")
    assert "FREQ=WEEKLY;COUNT=4" in shown.stdout and booked["id"] in shown.stdout
    listed = json.loads(run(demo, f"series list --client {booked['clientId']} --json").stdout)
    assert [each["id"] for each in listed["series"]] == [series[0]]

    away = f"series move {booked['id']} --scope all --to 2099-01-01T03:10"
    refused = run(demo, f"{away} --validate-only")
    assert refused.returncode == 1 and "This cannot be moved" in refused.stdout, refused.stderr
    assert "too far ahead" in refused.stdout
    refused = run(demo, away)
    assert refused.returncode == 1 and "--validate-only" in refused.stderr
    assert "--start" not in refused.stderr  # which `series move` does not have
    assert run(demo, f"series move {booked['id']} --scope all --to tomorrow").returncode == 2
    assert run(demo, f"series cancel {booked['id']} --scope this --version 9").returncode == 5
    cancelled = run(demo, f"series cancel {booked['id']} --scope all")
    assert cancelled.returncode == 0 and "Cancelled." in cancelled.stdout, cancelled.stderr
    assert booked["id"] in cancelled.stdout
    assert run(demo, f"series cancel {booked['id']} --scope all").returncode == 1
    assert run(demo, f"series show {new_id('srs')}").returncode == 4


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


def test_a_session_moves_is_paid_cancelled_and_refunded(demo: Server) -> None:
    # B-10 A-1 A-6 P-6
    slot = free_slot(demo)
    booked = json.loads(run(demo, f"book {slot} {PERSON} --json").stdout)["appointment"]
    name, client = booked["id"], f"--as client:{booked['clientId']}"
    cancelled = json.loads(run(demo, f"cancel {name} --quote {client} --json").stdout)
    start = cancelled["alternativeStartMs"][0]
    quiet = run(demo, f"reschedule {name} --start {start} --quiet {client}")
    assert quiet.returncode == 2 and "quiet" in quiet.stderr
    moved = run(demo, f"reschedule {name} --start {start} --reason 'a train' --quiet --version 1")
    assert moved.returncode == 0 and moved.stdout.startswith("Moved."), moved.stderr
    assert run(demo, f"reschedule {name} --start {start}").returncode == 2

    assert run(demo, f"pay {name} --amount 1.005").returncode == 2
    part = run(demo, f"pay {name} --amount 10.00 --method card --note 'first part'")
    assert part.returncode == 0 and "10.00" in part.stdout and "card" in part.stdout, part.stderr
    paid = run(demo, f"pay {name}")
    assert paid.returncode == 0 and ", paid" in paid.stdout, paid.stderr
    assert run(demo, f"pay {name}").returncode == 1
    assert run(demo, f"checkout {name}").returncode == 1

    assert run(demo, f"complete {name}").returncode == 1
    early = run(demo, f"attendance {name} no-show")
    assert early.returncode == 1 and "SCHEDULED" in early.stderr

    quote = run(demo, f"cancel {name} --quote")
    assert "nothing was done" in quote.stdout and "to be given back" in quote.stdout
    assert "Free instead:" in quote.stdout
    assert run(demo, f"cancel {name} --quiet").returncode == 0
    # What came in by hand goes back by hand.
    refused = run(demo, f"refund {name} --reason 'the therapist is ill'")
    assert refused.returncode == 1 and "--by-hand" in refused.stderr, refused.stderr
    given = run(demo, f"refund {name} --by-hand cash --reason 'the therapist is ill'")
    assert given.returncode == 0 and ", refunded" in given.stdout, given.stderr
    assert run(demo, f"refund {name} --by-hand cash --reason again").returncode == 1

    told = run(demo, f"history {name} {client}").stdout
    kinds = ["BOOKED", "RESCHEDULED", "PAYMENT_RECORDED", "CANCELLED", "REFUND_RECORDED"]
    assert all(kind in told for kind in kinds) and "a train; from " in told
    listed = run(demo, f"payments --appointment {name} {client}")
    assert listed.returncode == 0 and "first part" in listed.stdout, listed.stderr
    assert [line.split()[3] for line in listed.stdout.splitlines()[1:]] == ["paid", "paid", "given"]
    assert run(demo, f"payments {client}").returncode == 3


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
    booked = run(demo, f"book {slot} {PERSON} {kinds} --json")
    assert booked.returncode == 0, booked.stderr
    appointment = json.loads(booked.stdout)["appointment"]["id"]
    told = run(demo, f"history {appointment}").stdout
    assert "accepted: " in told and "off-grid" in told and "staff" in told
    assert run(demo, f"check {slot} --override therapist-busy").returncode == 2


def test_a_therapy_is_shown_and_lets_its_client_book(demo: Server) -> None:  # B-7, B-12
    booked = json.loads(run(demo, f"book {free_slot(demo)} {PERSON} --json").stdout)["appointment"]
    listed = run(demo, f"therapies --client {booked['clientId']}")
    assert listed.returncode == 0, listed.stderr
    found = re.search(r"tpy_\w{26}", listed.stdout)
    assert found and "off" in listed.stdout
    shown = run(demo, f"therapy {found[0]}")
    assert shown.returncode == 0 and re.search(r"upcoming +1\n", shown.stdout), shown.stderr
    assert re.search(r"follow-ups +open\n", shown.stdout)
    changed = run(demo, f"therapy {found[0]} --self-booking on --version 1")
    assert changed.returncode == 0 and "Self-booking is on." in changed.stdout
    assert run(demo, f"therapy {found[0]} --self-booking off --version 1").returncode == 5
    assert json.loads(run(demo, f"therapy {found[0]} --json").stdout)["therapy"]["selfBooking"]
    assert run(demo, f"therapy {found[0]} --as client:cli_{'0' * 26}").returncode == 4
    for flags in (f"--therapy {found[0]}", f"--client {booked['clientId']} --active"):
        appointments = json.loads(run(demo, f"appointments {flags} --json").stdout)
        assert [each["id"] for each in appointments["appointments"]] == [booked["id"]]
    assert run(demo, f"appointments --series srs_{'0' * 26}").returncode == 4
    none = run(demo, f"appointments --client {booked['clientId']} --state completed")
    assert none.returncode == 0 and "No appointments there." in none.stdout


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


def test_a_new_client_is_booked_once_however_often_it_is_repeated(demo: Server) -> None:  # B-2
    line = f"book {free_slot(demo)} {PERSON} --idempotency-key {new_id('key')}"
    accepted = f"--accept-time {int(time.time()) - 60}000"
    first, again = run(demo, f"{line} {accepted}"), run(demo, f"{line} {accepted}")
    assert first.returncode == again.returncode == 0, again.stderr
    assert first.stdout == again.stdout
    # Without it the consents are given now, which is another request.
    assert run(demo, line).returncode == 2


def test_a_lost_answer_is_told_with_all_that_repeats_the_booking(demo: Server) -> None:
    line = f"book {free_slot(demo)} {PERSON}"
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        cutter = threading.Thread(target=lose_the_last_answer, args=(door, demo.port))
        cutter.start()
        lost = run(demo, f"{line} --port {port}")
        cutter.join()
    assert lost.returncode == 6, lost
    told = re.search(r"--idempotency-key \S+ --accept-time \d+", lost.stderr)
    assert told, lost.stderr
    repeated = run(demo, f"{line} {told[0]}")
    assert repeated.returncode == 0 and "Booked, and on disk." in repeated.stdout, repeated.stderr


def lose_the_last_answer(door: socket.socket, port: int) -> None:
    """Passes a connection on to a server, Welcome and the time back, and nothing after those."""
    near, _ = door.accept()
    with near, socket.create_connection(("127.0.0.1", port)) as far:
        for _ in range(2):
            far.sendall(near.recv(65536))
            near.sendall(far.recv(65536))
        far.sendall(near.recv(65536))
        far.recv(65536)


def test_hints_name_the_command_that_helps(demo: Server) -> None:
    for line, hint in [
        (f"history apt_{'0' * 26}", "seduta appointments"),
        (f"series show srs_{'0' * 26}", "seduta series list"),
        (f"therapy tpy_{'0' * 26}", "seduta therapies"),
        (f"hold renew hld_{'0' * 26}", "take a new one"),
    ]:
        absent = run(demo, line)
        assert absent.returncode == 4 and hint in absent.stderr, absent
    therapy = json.loads(run(demo, "therapies --limit 1 --json").stdout)["therapies"][0]["id"]
    stale = run(demo, f"therapy {therapy} --self-booking on --version 99")
    assert stale.returncode == 5 and f"seduta therapy {therapy}" in stale.stderr
    asked = run(demo, f"request {free_slot(demo)} {PERSON}")
    assert asked.returncode == 1 and "seduta book" in asked.stderr


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


def test_a_text_of_ones_own_is_previewed_put_listed_and_taken_away(demo: Server) -> None:  # N-3
    folder = demo.data_dir.parent
    (folder / "text.txt").write_text("Ciao {{reader}}, {{when}}.")
    (folder / "text.html").write_text("<p>{{when}}</p>")
    own = "REMINDER it --subject 'A presto' --text text.txt --html text.html"
    shown = run(demo, f"templates preview {own}")
    assert shown.returncode == 0 and "A presto" in shown.stdout and "Ciao " in shown.stdout
    assert run(demo, f"templates put {own}").returncode == 0
    assert "A presto" in run(demo, "templates list").stdout
    assert run(demo, "templates delete REMINDER it").returncode == 0
    assert "A presto" not in run(demo, "templates list").stdout
    missing = run(demo, "templates put REMINDER it --subject a --text nowhere.txt --html text.html")
    assert missing.returncode == 2 and "nowhere.txt cannot be read" in missing.stderr
