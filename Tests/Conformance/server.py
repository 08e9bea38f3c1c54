"""A real `sedutad` on a free port, with a data directory of its own."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from client import Connection, FrameSocket

BINARY = os.environ.get("SEDUTAD", "")
HOST = "127.0.0.1"
START_S_MAX = 30
STOP_S_MAX = 30
SCOPES = ("read", "book", "manage", "admin")


class Server:
    """Starts, stops and kills one process, by its pid; keeps what it printed."""

    def __init__(self, data_dir: Path, *flags: str) -> None:
        self.data_dir = data_dir
        self.flags = flags
        self.key = ""
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data_dir.with_suffix(".log")
        self.printed = ""

    def start_with_keys(self, *makings: tuple[str, ...]) -> list[str]:
        """Starts it with more keys than the first: they are made while it does not run."""
        self.start()
        assert self.stop() == 0, self.tail()
        keys = [self.create_key(*flags) for flags in makings]
        self.start()
        return keys

    def start(self, *wrapper: str) -> None:
        """Starts it and waits until it says where it listens. A wrapper is a program that execs."""
        command = [*wrapper, BINARY, "serve", "--data-dir", str(self.data_dir), "--port", "0"]
        self.printed = ""
        stdout = self.data_dir.with_suffix(".stdout")
        with stdout.open("wb") as out, self.log.open("ab") as err:
            self.process = subprocess.Popen([*command, *self.flags], stdout=out, stderr=err)
        deadline = time.monotonic() + START_S_MAX
        while not (listening := re.search(r"listening on [\d.]+:(\d+)\n", self.printed)):
            assert self.process.poll() is None, f"sedutad ended at start:\n{self.tail()}"
            assert time.monotonic() < deadline, f"sedutad does not listen:\n{self.tail()}"
            time.sleep(0.005)
            self.printed = stdout.read_text()
        self.port = int(listening[1])
        if shown := re.search(r"API key \(shown once\): (\S+)\n", self.printed):
            self.key = shown[1]

    def http_port(self, file: Path) -> int:
        """Where it listens for HTTP, from the file that `--http-port-file` names. It says so a moment after the rest."""
        deadline = time.monotonic() + START_S_MAX
        while not (file.exists() and (text := file.read_text().strip())):
            assert self.running and time.monotonic() < deadline, self.tail()
            time.sleep(0.005)
        return int(text)

    def connect(self, key: str | None = None, timeout_s: float = 10) -> Connection:
        """A connection that has said Hello, with the first partner's key unless told otherwise."""
        return Connection(HOST, self.port, self.key if key is None else key, timeout_s)

    def open(self, timeout_s: float = 10) -> FrameSocket:
        """A connection that has said nothing."""
        return FrameSocket(HOST, self.port, timeout_s)

    def create_key(self, *flags: str) -> str:
        """Makes an API key with sedutad's own command."""
        command = [BINARY, "key", "create", "--data-dir", str(self.data_dir), *flags]
        made = subprocess.run(command, capture_output=True, text=True, timeout=START_S_MAX)
        assert made.returncode == 0, f"{command} failed:\n{made.stdout}{made.stderr}"
        return made.stdout.strip().splitlines()[-1]

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def wait(self) -> int:
        """Waits for the end; gives the exit code."""
        assert self.process is not None
        try:
            return self.process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"sedutad does not stop on SIGTERM:\n{self.tail()}") from None

    def stop(self) -> int:
        """Asks it to drain and waits; gives the exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """Ends it without a warning."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(STOP_S_MAX)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tail(self) -> str:
        """The last of what it logged."""
        return self.printed + self.log.read_text(errors="replace")[-4000:]
