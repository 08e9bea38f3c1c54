"""A server whose clock a test moves, and what time did meanwhile."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import contract as v1
from client import Connection
from practice import Practice, local_ms
from server import Server

# Each sandbox begins here, so that its weekdays and its zones' changes are known: a Monday.
FIRST_DAY = date(2027, 3, 1)
FIRST_INSTANT = "2027-03-01T06:00:00Z"


class Sandbox:
    """A server that was started with --sandbox, and a connection of its first partner's staff."""

    def __init__(self, data_dir: Path, *flags: str) -> None:
        self.server = Server(data_dir, "--sandbox", "--sandbox-start", FIRST_INSTANT, *flags)
        self.server.start()
        self.key = self.server.key
        self.staff = self.server.connect(self.key, timeout_s=60)

    def now(self) -> int:
        """What the clock shows, in milliseconds since 1970."""
        return self.staff.call(v1.SandboxGetTimeRequest()).time.ToMilliseconds()

    def advance(self, *, to: int = 0, by: int = 0) -> v1.SandboxAdvanceResponse:
        """Moves the clock to an instant or by a time, both in milliseconds."""
        request = v1.SandboxAdvanceRequest()
        if to:
            request.to_time.FromMilliseconds(to)
        else:
            request.by_ms = by
        return self.staff.call(request)

    def day(self, days: int) -> date:
        """So many days after the first one."""
        return FIRST_DAY + timedelta(days=days)

    def at(self, practice: Practice, days: int, time_of_day: str) -> int:
        """So many days after the first one, when the therapist's clock shows "10:00"."""
        return local_ms(practice.therapist.time_zone, self.day(days), time_of_day)

    def get(self, appointment: v1.Appointment) -> v1.Appointment:
        return self.staff.call(v1.AppointmentsGetRequest(appointment_id=appointment.id)).appointment

    def state(self, appointment: v1.Appointment) -> str:
        """Its state, as "SCHEDULED"."""
        name = v1.AppointmentState.Name(self.get(appointment).state)
        return name.removeprefix("APPOINTMENT_STATE_")

    def history(self, appointment: v1.Appointment) -> list[tuple[str, str, int]]:
        """What happened to it: what, on whose behalf, and when; reminders apart."""
        return [
            (event.kind.removeprefix("APPOINTMENT_"), event.actor_role, event.time.ToMilliseconds())
            for event in audit(self.staff, subject_id=appointment.id)
            if event.kind != "APPOINTMENT_REMINDED"
        ]

    def restart(self, *, kill: bool = False) -> None:
        """Stops the server and starts it on the same data."""
        self.staff.close()
        if kill:
            self.server.kill()
        else:
            assert self.server.stop() == 0, self.server.tail()
        self.server.start()
        self.staff = self.server.connect(self.key, timeout_s=60)

    def close(self) -> None:
        self.staff.close()
        if self.server.running:
            assert self.server.stop() == 0, self.server.tail()


def audit(staff: Connection, **which: str) -> list[v1.AuditEvent]:
    """All events, however many pages they fill."""
    events: list[v1.AuditEvent] = []
    request = v1.AdminAuditRequest(page_size=1000, **which)
    while page := staff.call(request).events:
        events += page
        request.after_position = page[-1].position
    return events


def outbox(staff: Connection, page_size: int = 0, **which: str) -> list[v1.OutboxMessage]:
    """All messages but reminders, however many pages they fill."""
    messages: list[v1.OutboxMessage] = []
    request = v1.AdminOutboxRequest(page_size=page_size, **which)
    while True:
        page = staff.call(request)
        messages += [each for each in page.messages if each.kind != "REMINDER"]
        if not page.next_page_token:
            return messages
        request.page_token = page.next_page_token


def wait_until(is_so: Callable[[], bool], for_s: float = 20) -> None:
    """Waits for what the server does by itself."""
    deadline = time.monotonic() + for_s
    while not is_so():
        assert time.monotonic() < deadline, f"it is not so after {for_s} s"
        time.sleep(0.01)
