"""How sedutad is set up: flags, environment and file, and what it says to what cannot be."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from conftest import StartServer
from server import BINARY, Server


def refused(*flags: str, code: int = 1, **environment: str) -> str:
    """What `serve` says on the standard error when it does not start."""
    ended = subprocess.run(
        [BINARY, "serve", *flags],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == code, ended
    return ended.stderr


def frame_limit(server: Server) -> int:
    with server.connect() as connection:
        return connection.welcome.limits.frame_bytes_max


def test_a_flag_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "seduta.json"
    file.write_text(json.dumps({"seduta": {"frameBytesMax": 20_000, "idleTimeoutMs": 60_000}}))
    server = Server(tmp_path / "data", "--config", str(file))
    seen = []
    for set_environment, flags in ((False, ()), (True, ()), (True, ("--frame-bytes-max", "40000"))):
        if set_environment:
            monkeypatch.setenv("SEDUTA_FRAME_BYTES_MAX", "30000")
        server.flags = ("--config", str(file), *flags)
        server.start()
        seen.append(frame_limit(server))
        with server.connect() as connection:
            assert connection.welcome.limits.idle_ms_max == 60_000
        assert server.stop() == 0
    assert seen == [20_000, 30_000, 40_000]


def test_the_first_key_is_shown_once_and_kept_for_its_owner_only(start_server: StartServer) -> None:
    server = start_server()
    kept = server.data_dir / "key"
    assert kept.read_text().strip() == server.key
    assert kept.stat().st_mode & 0o077 == 0
    assert server.stop() == 0
    server.start()
    assert "API key" not in server.printed
    server.connect().close()


def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path, start_server: StartServer) -> None:
    data = ("--data-dir", str(tmp_path / "other"))
    running = start_server()
    port = str(running.port)
    assert f"port {port} on 127.0.0.1 is taken" in refused(*data, "--port", port)
    own = ("--data-dir", str(running.data_dir), "--port", "0")
    assert "another sedutad is running" in refused(*own)
    assert "port: expected 0 to 65535, got 70000" in refused(*data, "--port", "70000")
    assert 'port: expected a whole number, got "x"' in refused(*data, SEDUTA_PORT="x")
    assert "demo-date: expected a date" in refused(*data, "--demo", "--demo-date", "2026-02-30")
    assert "cannot be read" in refused(*data, "--config", str(tmp_path / "absent.json"))
    no_time = refused(*data, "--sandbox", "--sandbox-start", "tomorrow")
    assert 'sandbox-start: expected a time such as' in no_time and '"tomorrow"' in no_time
    no_sandbox = refused(*data, "--sandbox-start", "2027-03-01T08:00:00Z")
    assert "sandbox-start: expected sandbox with it" in no_sandbox
    making = [BINARY, "key", "create", "--data-dir", str(running.data_dir)]
    made = subprocess.run(making, capture_output=True, text=True, timeout=30)
    assert made.returncode == 1 and "stop it first" in made.stderr
    running.connect().close()


def test_the_demo_is_the_same_for_the_same_seed_and_date(tmp_path: Path) -> None:
    def ids(name: str, *flags: str) -> str:
        demo = ("--demo", "--demo-therapists", "5", "--demo-date", "2027-03-01", *flags)
        server = Server(tmp_path / name, *demo)
        server.start()
        assert server.stop() == 0
        query = "SELECT group_concat(id) FROM (SELECT id FROM appointments ORDER BY id)"
        # A server's data are ordinary tables: any SQL tool reads them.
        with sqlite3.connect(server.data_dir / "seduta.sqlite") as database:
            return str(database.execute(query).fetchone()[0])

    first = ids("a")
    assert first.count("apt_") > 50
    assert ids("b") == first
    assert ids("c", "--seed", "2") != first
