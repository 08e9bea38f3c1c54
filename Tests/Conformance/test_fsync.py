"""A booking is on disk before it is answered: shown by the system calls of a server under strace.

SIGKILL does not show this: what a killed process has written, the kernel still has.
"""

import re
import shutil
import subprocess
import time
from pathlib import Path

import contract as v1
import pytest
from client import Connection
from practice import open_practice
from server import Server

TRACED = "fdatasync,fsync,write,writev,sendmsg,sendto,read,recvfrom,recvmsg"
RECEIVED = re.compile(r"\b(?:read|recvfrom|recvmsg)\b")
SENT = re.compile(r"\b(?:write|writev|sendmsg|sendto)\(\d+<(?:TCP|socket)")
SYNCED = re.compile(r"\bf(?:data)?sync(?:\(\d+<(?P<path>[^>]*)>\)| resumed>\))\s+= 0")


def traced_server(tmp_path: Path) -> tuple[Server, Path]:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed; on Debian: apt-get install strace")
    probe = subprocess.run([strace, "-f", "true"], capture_output=True, text=True, check=False)
    assert probe.returncode == 0, (
        "strace is installed, but may not trace here (a container needs --cap-add=SYS_PTRACE), "
        f"so that this cannot be shown: {probe.stderr[-300:]}"
    )
    trace = tmp_path / "trace"
    server = Server(tmp_path / "data")
    # With -D strace is the child, and the process that was started is the server itself.
    server.start(
        strace, "-D", "-f", "-tt", "-yy", "-s", "200000", "-e", f"trace={TRACED}", "-o", str(trace)
    )
    return server, trace


def first(lines: list[str], begin: int, what: re.Pattern[str], text: str = "") -> int:
    """The next line from `begin` on that matches and has the text in it."""
    for index in range(begin, len(lines)):
        if text in lines[index] and what.search(lines[index]):
            return index
    raise AssertionError(f"no {what.pattern} with {text!r} after line {begin} of the trace")


def assert_synced(lines: list[str], appointment_id: str) -> str:
    """Sees an fdatasync between the arrival of a Book and the sending of its reply."""
    arrived = first(lines, 0, RECEIVED, appointment_id)
    replied = first(lines, arrived + 1, SENT, appointment_id)
    synced = [line for line in lines[arrived + 1 : replied] if SYNCED.search(line)]
    assert synced, "answered before it was on disk:\n" + "\n".join(
        line[:160] for line in lines[arrived : replied + 1]
    )
    return synced[-1]


def book_with_ids(connection: Connection, count: int, pipelined: bool) -> list[str]:
    """Books with ids of our own, which can be recognised in requests and replies."""
    practice = open_practice(connection)
    like = practice.therapist.id.partition("_")[2][:-4]
    ids = [f"apt_{like}{number:04}" for number in range(count)]
    requests = [
        practice.booking(practice.at(number + 3, "10:00"), appointment_id=id)
        for number, id in enumerate(ids)
    ]
    if pipelined:
        frames = [connection.frame(request) for request in requests]
        connection.send(*frames)
        for frame in frames:
            connection.answer(frame.call.call_id)
    else:
        for request in requests:
            connection.call(request)
    return ids


def test_a_booking_is_synced_before_it_is_answered(tmp_path: Path) -> None:
    server, trace = traced_server(tmp_path)
    try:
        with server.connect(timeout_s=30) as connection:
            one_by_one = book_with_ids(connection, 5, pipelined=False)
            together = book_with_ids(connection, 100, pipelined=True)
            booked = v1.AppointmentsGetRequest(appointment_id=together[-1])
            assert connection.call(booked).appointment.version == 1
    finally:
        exit_code = server.stop()
    assert exit_code == 0
    lines = read_to_the_end(trace, server)
    syncs = [assert_synced(lines, id) for id in one_by_one]
    assert len(set(syncs)) == len(syncs), "each of these was waited for, so each has its own"
    # A few of these are cut in two by the server's reads, and cannot be recognised in the trace.
    whole = [id for id in together if any(id in line and RECEIVED.search(line) for line in lines)]
    assert len(whole) > len(together) / 2
    for id in whole:
        assert_synced(lines, id)
    print("\n".join(line[:120] for line in syncs))


def read_to_the_end(trace: Path, server: Server) -> list[str]:
    """The trace, once the end of the process (not of a thread) is in it."""
    assert server.process is not None
    end = re.compile(rf"^{server.process.pid} .*\+\+\+ exited with 0", re.MULTILINE)
    deadline = time.monotonic() + 10
    while not end.search(text := trace.read_text(errors="replace")):
        assert time.monotonic() < deadline, "strace does not finish its trace"
        time.sleep(0.05)
    return text.splitlines()
