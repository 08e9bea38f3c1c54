"""The words in which the platforms' stories are told: a stage, its clock, people, their messages.

Each story has a server of its own, started with `--sandbox`: its clock is moved, so that months
pass in seconds. Times are as the therapist's clock shows them: "2027-03-05 14:50". What happened is
said in sentences, so that a story that ends otherwise shows where. The practice is in `clinic.py`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import contract as v1
import pytest
from client import Refused, as_client, as_link, as_therapist
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from mailhouse import parsed
from practice import DAY_MS, MINUTE_MS, timestamp
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server

# Discrepancies that therapist and staff may knowingly accept (S-6), and one that nobody may.
OUTSIDE_LOCATION_HOURS = status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS
OUTSIDE_SCHEDULE = status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE
IN_PAST = status.DISCREPANCY_KIND_IN_PAST
THERAPIST_BUSY = status.DISCREPANCY_KIND_THERAPIST_BUSY
OVER_CAP = status.DISCREPANCY_KIND_OVER_CAP


@dataclass(eq=False)
class Person:
    """A client or a therapist. A client has no id until they are registered."""

    name: str
    id: str = ""
    registration: v1.ClientRegistration | None = field(default=None, repr=False)

    @property
    def actor(self) -> wire.Actor:
        return as_therapist(self.id) if self.id.startswith("thr_") else as_client(self.id)


@dataclass(eq=False)
class LinkHolder:
    """Whoever has the link from a confirmation (A-5)."""

    token: str

    @property
    def actor(self) -> wire.Actor:
        return as_link(self.token)


# Who does something; None is the partner's staff.
Someone = Person | LinkHolder | None


class Clock:
    """The server's clock, read in the therapist's zone. It runs by itself, too."""

    def __init__(self, stage: "Stage", zone: str) -> None:
        self.stage = stage
        self.zone = ZoneInfo(zone)

    def ms(self, local: str) -> int:
        """The instant at which a clock shows "2027-03-05 14:50" (the first, if twice)."""
        shown = datetime.strptime(local, "%Y-%m-%d %H:%M").replace(tzinfo=self.zone)
        return int(shown.timestamp()) * 1000

    def shows(self, instant: Timestamp | int) -> str:
        """What a clock shows at an instant."""
        ms = instant if isinstance(instant, int) else instant.ToMilliseconds()
        return datetime.fromtimestamp(ms / 1000, self.zone).strftime("%Y-%m-%d %H:%M")

    @property
    def now_ms(self) -> int:
        return self.stage.call(v1.SandboxGetTimeRequest()).time.ToMilliseconds()

    @property
    def now(self) -> str:
        return self.shows(self.now_ms)

    def advance_to(self, local: str) -> None:
        """Moves it; what becomes due until then happens first, in order."""
        self.stage.call(v1.SandboxAdvanceRequest(to_time=timestamp(self.ms(local))))
        assert self.now == local, "the story tells it minute by minute, and is late"

    def reach(self, instant: Timestamp) -> None:
        """Moves it to the very moment that someone was told."""
        self.stage.call(v1.SandboxAdvanceRequest(to_time=instant))

    def forward(self, minutes: int) -> None:
        self.stage.call(v1.SandboxAdvanceRequest(by_ms=minutes * MINUTE_MS))


class Outbox:
    """What people are told (N-1)."""

    def __init__(self, stage: "Stage") -> None:
        self.stage = stage

    def about(self, subject_id: str) -> list[str]:
        """Everything that was promised about something: "BOOKING_CONFIRMED to Anna Bianchi"."""
        return [
            f"{each.kind} to {self.stage.name(each.recipient_id)}"
            + (f": {each.note}" if each.note else "")
            for each in self._messages(subject_id=subject_id)
            if each.kind != "REMINDER"  # these are looked at where they arrive
        ]

    def cancel_link(self, subject_id: str) -> LinkHolder:
        """Whoever opens the link in what the client was sent."""
        messages = self._messages(subject_id=subject_id)
        (token,) = {each.cancel_token for each in messages if each.cancel_token}
        return LinkHolder(token)

    def _messages(self, **which: str) -> list[v1.OutboxMessage]:
        return list(self.stage.call(v1.AdminOutboxRequest(page_size=1000, **which)).messages)


@dataclass(frozen=True)
class Letter:
    """An e-mail or a text message, as it arrived."""

    at: str  # when it was sent, as the therapist's clock shows it
    subject: str  # empty for a text message
    text: str
    id: str

    @property
    def line(self) -> str:
        return f"{self.at} {self.subject or self.text}"


class Mailbox:
    """What arrived (N-5), with who it is for; read by Python's email package."""

    def __init__(self, stage: "Stage") -> None:
        self.stage = stage
        self.folder = Path(stage.server.data_dir) / "mailbox"

    def mails(self, address: str, subject: str = "") -> list[Letter]:
        """In order of time; those whose subject has these words."""
        found = []
        for file in sorted(self.folder.glob("*.eml")):
            message = parsed(file.read_bytes())
            (to,) = message["To"].addresses
            assert not message.defects and message["Message-ID"]
            if to.addr_spec != address or subject not in message["Subject"]:
                continue
            plain, rich = (message.get_body((kind,)) for kind in ("plain", "html"))
            assert plain is not None and rich is not None
            found.append(
                Letter(
                    self.stage.clock.shows(int(message["Date"].datetime.timestamp()) * 1000),
                    message["Subject"],
                    plain.get_content(),
                    message["Message-ID"],
                )
            )
        return found

    def texts(self, number: str) -> list[Letter]:
        """What came by SMS, in order of time."""
        found = []
        for file in sorted(self.folder.glob("*.json")):
            kept = json.loads(file.read_text())
            if kept["to"] == number:
                sent = datetime.fromisoformat(kept["date"])
                at = self.stage.clock.shows(int(sent.timestamp()) * 1000)
                found.append(Letter(at, "", kept["body"], kept["id"]))
        return found


class Stage:
    """A server of its own, a clock, an outbox and a mailbox."""

    def __init__(self, server: Server, zone: str, language: str) -> None:
        self.server = server
        self.key = server.key
        self.zone = zone
        self.language = language
        self.staff = server.connect()
        self.clock = Clock(self, zone)
        self.outbox = Outbox(self)
        self.mailbox = Mailbox(self)
        self._names: dict[str, str] = {}

    def power_fails(self) -> None:
        """The server ends without a warning, and is started again."""
        self.server.kill()
        self.server.start()
        self.staff = self.server.connect(self.key)

    def call(self, request: Message, by: Someone = None) -> Any:
        return self.staff.call(request, actor=by.actor if by else None)

    def newcomer(self, name: str, **fields: Any) -> Person:
        """Someone who never came before, and accepts terms and data processing (B-2)."""
        consent = v1.Consent(version="2027-01", accept_time=timestamp(self.clock.now_ms - DAY_MS))
        about: dict[str, Any] = {
            "name": name,
            "email": f"{name.lower().replace(' ', '.')}@example.org",
            "phone": "+390612345678",
            "language": self.language,
            "time_zone": self.zone,
            "terms": consent,
            "data_processing": consent,
        }
        return Person(name, registration=v1.ClientRegistration(**about | fields))

    def registered(self, name: str, **fields: Any) -> Person:
        """A client of the partner's who is on no therapist's list yet."""
        person = self.newcomer(name, **fields)
        request = v1.ClientsRegisterRequest(client=person.registration)
        person.id = self.call(request).client.id
        return person

    def name(self, someone: str) -> str:
        """Who has an id; a request's own stands for whoever asked."""
        if someone not in self._names:
            self._names[someone] = self._read_name(someone)
        return self._names[someone]

    def _read_name(self, someone: str) -> str:
        match someone.partition("_")[0]:
            case "thr":
                request = v1.DirectoryGetTherapistRequest(therapist_id=someone)
                return str(self.call(request).therapist.display_name)
            case "cli":
                return str(self.call(v1.ClientsGetRequest(client_id=someone)).client.name)
            case "apt":
                return "whoever asked"
        raise AssertionError(f"{someone} is nobody's id")


def on_stage(folder: Path, *flags: str, zone: str, language: str, begins: str) -> Iterator[Stage]:
    """A story's server, from its first to its last day."""
    start = datetime.fromisoformat(begins).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    server = Server(
        folder / "data", "--sandbox", "--sandbox-start", f"{start:%Y-%m-%dT%H:%M:%SZ}", *flags
    )
    server.start()
    stage = Stage(server, zone, language)
    yield stage
    assert stage.call(v1.AdminDueRequest()).overdue == 0
    stage.staff.close()
    assert server.running, f"sedutad ended during the story:\n{server.tail()}"
    assert server.stop() == 0, server.tail()


class Refusal:
    """What someone was told who was refused."""

    def __init__(self) -> None:
        self.why = Refused(status.Status())

    @property
    def in_the_way(self) -> list[str]:
        """All discrepancies (S-4), those that were overridden marked."""
        return said(self.why.status.conflicts)

    @property
    def facts(self) -> dict[str, str]:
        return dict(self.why.status.error_info.metadata)


@contextmanager
def refused(reason: str) -> Iterator[Refusal]:
    """What is done inside is refused for this reason."""
    __tracebackhide__ = True  # where the story is, is of interest
    refusal = Refusal()
    with pytest.raises(Refused) as caught:
        yield refusal
    assert caught.value.reason == reason, f"refused, but: {caught.value}"
    refusal.why = caught.value


def said(conflicts: status.Conflicts) -> list[str]:
    """Discrepancies by their names: "IN_PAST", or "IN_PAST, overridden"."""
    prefix = len("DISCREPANCY_KIND_")
    return [
        status.DiscrepancyKind.Name(each.kind)[prefix:]
        + (", overridden" if each.overridden else "")
        for each in conflicts.discrepancies
    ]


def money(amount: str) -> v1.Money:
    """The amount that "70.00 EUR" says."""
    units, currency = amount.split()
    return v1.Money(minor_units=int(units.replace(".", "")), currency=currency)


def shown(amount: v1.Money) -> str:
    """What an amount says: "70.00 EUR"; nothing where there is none."""
    if not amount.currency:
        return ""
    return f"{amount.minor_units // 100}.{amount.minor_units % 100:02} {amount.currency}"
