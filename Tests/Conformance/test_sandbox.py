"""The clock of a sandbox: who may move it, that it never goes back, and that all happens on the way."""

import subprocess
import threading
import uuid
from datetime import datetime

import contract as v1
import pytest
from client import (
    Connection,
    FailedPrecondition,
    InvalidArgument,
    PermissionDenied,
    as_client,
    as_therapist,
)
from conftest import NewPartner, StartServer
from practice import DAY_MS, HOUR_MS, MINUTE_MS, now_ms, open_practice
from sandboxes import Sandbox, wait_until
from server import BINARY

BEGIN_MS = 1_803_880_800_000  # of every sandbox: 2027-03-01T06:00:00Z


def test_a_sandbox_begins_where_it_is_told_and_says_what_it_is(sandbox: Sandbox) -> None:
    assert "sandbox" in sandbox.server.printed
    assert 0 <= sandbox.now() - BEGIN_MS < 30_000
    health = sandbox.staff.call(v1.HealthCheckRequest())
    assert 0 <= health.server_time.ToMilliseconds() - BEGIN_MS < 30_000


def test_the_clock_runs_on_from_where_it_was_put(sandbox: Sandbox) -> None:
    began = now_ms()
    moved = sandbox.advance(to=BEGIN_MS + DAY_MS)
    assert moved.time.ToMilliseconds() == BEGIN_MS + DAY_MS and moved.changed == 0
    first, second = sandbox.now(), sandbox.now()
    assert BEGIN_MS + DAY_MS <= first <= second <= BEGIN_MS + DAY_MS + (now_ms() - began)
    moved = sandbox.advance(by=HOUR_MS)
    assert moved.time.ToMilliseconds() >= second + HOUR_MS


@pytest.mark.parametrize("kill", [False, True])
def test_a_restart_does_not_go_back(sandbox: Sandbox, kill: bool) -> None:
    sandbox.advance(by=90 * DAY_MS)
    shown = sandbox.now()
    sandbox.restart(kill=kill)
    assert shown <= sandbox.now() < shown + 60_000


def test_a_server_that_is_no_sandbox_does_not_serve_one_s_times(sandbox: Sandbox) -> None:
    sandbox.advance(by=DAY_MS)
    data = sandbox.server.data_dir
    sandbox.close()
    ended = subprocess.run(
        [BINARY, "serve", "--data-dir", str(data), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == 1 and "--sandbox" in ended.stderr, ended


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2027-06-01T08:00:00Z", "2027-06-01T08:00:00Z"),
        ("2027-06-01T08:00:00+02:00", "2027-06-01T06:00:00Z"),
        ("2020-01-01T00:00:00Z", None),
    ],
)
def test_a_start_that_is_later_moves_it_and_another_does_not(
    start_server: StartServer, monkeypatch: pytest.MonkeyPatch, start: str, first: str | None
) -> None:
    monkeypatch.setenv("SEDUTA_SANDBOX", "true")
    server = start_server("--sandbox-start", start)
    first_ms = now_ms()
    if first:
        first_ms = int(datetime.fromisoformat(first).timestamp() * 1000)
    for days in (1, 2):
        with server.connect(server.key) as connection:
            shown_ms = connection.call(v1.SandboxGetTimeRequest()).time.ToMilliseconds()
            assert 0 <= shown_ms - first_ms - (days - 1) * DAY_MS < 60_000
            connection.call(v1.SandboxAdvanceRequest(by_ms=DAY_MS))
        # A start with the same flags goes on from where it was.
        assert server.stop() == 0
        server.start()


def test_the_clock_ends_with_the_calendar(sandbox: Sandbox) -> None:
    for _ in range(10):
        before = sandbox.now()
        try:
            sandbox.advance(by=3_653 * DAY_MS)
        except InvalidArgument as refused:
            assert refused.fields == ["by_ms"]
            break
    else:
        raise AssertionError("the clock went on beyond 2100")
    # It is in the 2090s, stays there, and still goes on by less.
    assert 0 <= sandbox.now() - before < 30_000
    assert sandbox.advance(by=DAY_MS).time.ToMilliseconds() >= before + DAY_MS


def test_a_time_that_is_not_later_is_refused(sandbox: Sandbox) -> None:
    for wrong, field in (
        ({"to": sandbox.now()}, "to_time"),
        ({"to": BEGIN_MS - 1}, "to_time"),
        ({"by": -1}, "by_ms"),
        ({"by": 3_653 * DAY_MS + 1}, "by_ms"),
        ({"to": 4_102_444_800_001}, "to_time"),
    ):
        with pytest.raises(InvalidArgument) as refused:
            sandbox.advance(**wrong)
        assert refused.value.fields == [field]
    with pytest.raises(InvalidArgument):
        sandbox.staff.call(v1.SandboxAdvanceRequest())
    assert sandbox.now() - BEGIN_MS < 30_000


def test_every_other_server_refuses(staff: Connection) -> None:
    for request in (v1.SandboxGetTimeRequest(), v1.SandboxAdvanceRequest(by_ms=DAY_MS)):
        with pytest.raises(FailedPrecondition) as refused:
            staff.call(request)
        assert refused.value.reason == "NO_SANDBOX"
    health = staff.call(v1.HealthCheckRequest())
    assert abs(health.server_time.ToMilliseconds() - now_ms()) < 60_000


def test_only_staff_with_the_scope_admin_move_it(
    sandbox: Sandbox, new_partner: NewPartner
) -> None:
    practice = open_practice(sandbox.staff)
    booked = practice.book(sandbox.staff, sandbox.at(practice, 1, "10:00"))
    for request in (v1.SandboxGetTimeRequest(), v1.SandboxAdvanceRequest(by_ms=DAY_MS)):
        for actor in (as_therapist(booked.therapist_id), as_client(booked.client_id)):
            with pytest.raises(PermissionDenied) as refused:
                sandbox.staff.call(request, actor=actor)
            assert refused.value.reason == "ROLE_NOT_ALLOWED"
        with pytest.raises(PermissionDenied) as refused:
            new_partner("manage").call(request)
        assert refused.value.reason == "SCOPE_MISSING"
    assert sandbox.state(booked) == "SCHEDULED"


def test_the_same_key_moves_it_once(sandbox: Sandbox) -> None:  # B-13
    key = str(uuid.uuid4())
    request = v1.SandboxAdvanceRequest(by_ms=DAY_MS)
    first = sandbox.staff.call(request, key=key)
    assert sandbox.staff.call(request, key=key) == first
    with pytest.raises(InvalidArgument) as refused:
        sandbox.staff.call(v1.SandboxAdvanceRequest(by_ms=2 * DAY_MS), key=key)
    assert refused.value.reason == "IDEMPOTENCY_KEY_REUSED"
    sandbox.restart()
    assert sandbox.staff.call(request, key=key) == first
    assert sandbox.now() < BEGIN_MS + 2 * DAY_MS
    with pytest.raises(InvalidArgument) as refused:
        sandbox.staff.call(request, key="")
    assert refused.value.fields == ["idempotency_key"]


def test_two_that_move_it_at_once_do_so_one_after_the_other(sandbox: Sandbox) -> None:
    times: list[int] = []

    def move() -> None:
        with sandbox.server.connect(sandbox.key, timeout_s=60) as connection:
            moved = connection.call(v1.SandboxAdvanceRequest(by_ms=DAY_MS))
            times.append(moved.time.ToMilliseconds())

    movers = [threading.Thread(target=move) for _ in range(4)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join(60)
    times.sort()
    assert len(times) == 4
    for number, time in enumerate(times, 1):
        assert 0 <= time - BEGIN_MS - number * DAY_MS < 60_000
    assert all(later - earlier >= DAY_MS for earlier, later in zip(times, times[1:], strict=False))


def test_holds_lapse_and_horizons_follow_the_clock(sandbox: Sandbox) -> None:  # S-2, S-12
    practice = open_practice(sandbox.staff)
    start_ms = sandbox.at(practice, 1, "10:00")
    hold = practice.hold(sandbox.staff, start_ms)
    assert hold.create_time.ToMilliseconds() - BEGIN_MS < 60_000
    assert start_ms not in practice.free(sandbox.staff, start_ms, start_ms + 1)
    sandbox.advance(to=hold.expire_time.ToMilliseconds())
    assert start_ms in practice.free(sandbox.staff, start_ms, start_ms + 1)
    # Half a year on, what was ahead is past, and what was beyond the horizon can be booked.
    far_ms = sandbox.at(practice, 200, "10:00")
    assert not practice.free(sandbox.staff, far_ms, far_ms + 1)
    sandbox.advance(to=sandbox.at(practice, 180, "08:00"))
    assert not practice.free(sandbox.staff, start_ms, start_ms + 1)
    assert practice.free(sandbox.staff, far_ms, far_ms + 1) == [far_ms]
    assert sandbox.state(practice.book(sandbox.staff, far_ms)) == "SCHEDULED"


def test_months_pass_in_seconds_and_in_order(sandbox: Sandbox) -> None:
    practices = [open_practice(sandbox.staff) for _ in range(3)]
    booked = [
        practice.book(sandbox.staff, sandbox.at(practice, day, time_of_day))
        for day in range(1, 180, 7)
        for practice, time_of_day in zip(practices, ("10:00", "10:00", "14:30"), strict=True)
    ]
    moved = sandbox.advance(by=183 * DAY_MS)
    assert moved.changed == len(booked)
    events = sandbox.staff.call(v1.AdminAuditRequest(page_size=1000)).events
    steps = [
        (event.time.ToMilliseconds(), event.kind, event.subject_id, event.actor_role)
        for event in events
        if event.kind in ("APPOINTMENT_BEGUN", "APPOINTMENT_COMPLETED")
    ]
    begun = [(each.start_time.ToMilliseconds() - 5 * MINUTE_MS, each.id) for each in booked]
    over = [(each.end_time.ToMilliseconds(), each.id) for each in booked]
    expected = [(at, "APPOINTMENT_BEGUN", id_, "SYSTEM") for at, id_ in begun]
    expected += [(at, "APPOINTMENT_COMPLETED", id_, "SYSTEM") for at, id_ in over]
    # In order of time, then of id; each at its own time, to the millisecond.
    assert steps == sorted(expected, key=lambda step: (step[0], step[2]))
    assert {sandbox.state(each) for each in booked} == {"COMPLETED"}


def test_a_kill_while_it_moves_loses_and_repeats_nothing(sandbox: Sandbox) -> None:  # A-2, B-13
    practice = open_practice(sandbox.staff)
    booked = [
        practice.book(sandbox.staff, sandbox.at(practice, day, time_of_day))
        for day in range(1, 61)
        for time_of_day in ("09:00", "11:00", "13:00", "15:00")
    ]
    target_ms = sandbox.at(practice, 62, "00:00")
    request = v1.SandboxAdvanceRequest()
    request.to_time.FromMilliseconds(target_ms)
    sandbox.staff.begin(request, key="once")
    # Far enough that something has happened, and not so far that all has.
    wait_until(lambda: len(sandbox.history(booked[5])) > 1)
    shown_ms = sandbox.now()
    sandbox.restart(kill=True)
    assert shown_ms < target_ms, "the server was killed too late"
    assert sandbox.now() >= shown_ms, "the clock went back"
    answer = sandbox.staff.call(request, key="once")
    assert answer.time.ToMilliseconds() == target_ms
    assert sandbox.now() < target_ms + DAY_MS, "the clock was moved twice"
    for each in booked:
        wait_until(lambda each=each: sandbox.state(each) == "COMPLETED")
        steps = [kind for kind, _, _ in sandbox.history(each)]
        assert steps == ["BOOKED", "BEGUN", "COMPLETED"]
