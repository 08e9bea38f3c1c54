"""What the stories need: a therapist at work, clients, and times of day."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import contract as v1
from client import Connection
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp
from seduta.wire.v1 import frames_pb2 as wire

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
EVERY_DAY = range(1, 8)


def new_id(prefix: str) -> str:
    """An id as the server makes them: 48 bits of time and 80 of chance, in Crockford's base 32."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return prefix + "_" + "".join(CROCKFORD[number >> 5 * i & 31] for i in reversed(range(26)))


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def today(zone: str) -> date:
    """Today in a zone; waits over its midnight, so that a test's day does not change under it."""
    now = datetime.now(ZoneInfo(zone))
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    if (left := midnight - now) < timedelta(seconds=20):
        time.sleep(left.total_seconds() + 1)
    return datetime.now(ZoneInfo(zone)).date()


def local_ms(zone: str, day: date, clock: str) -> int:
    """The instant at which a clock in a zone shows "10:00" on a day (the first, if twice)."""
    hour, minute = map(int, clock.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return int(local.timestamp()) * 1000


def clock(zone: str, instant_ms: int) -> str:
    """What a clock in a zone shows at an instant: "10:00"."""
    return datetime.fromtimestamp(instant_ms / 1000, ZoneInfo(zone)).strftime("%H:%M")


def timestamp(instant_ms: int) -> Timestamp:
    stamp = Timestamp()
    stamp.FromMilliseconds(instant_ms)
    return stamp


def months_later(day: date, months: int) -> date:
    """The same day some calendar months on; the end of a shorter month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def registration(name: str = "Anna Bianchi", **changes: Any) -> v1.ClientRegistration:
    """A person who books for the first time, with both consents given."""
    consent = v1.Consent(version="2026-05", accept_time=timestamp(now_ms() - DAY_MS))
    fields: dict[str, Any] = {
        "name": name,
        "email": f"{secrets.token_hex(8)}@example.org",
        "phone": "+390612345678",
        "language": "it",
        "time_zone": "Europe/Rome",
        "terms": consent,
        "data_processing": consent,
    }
    return v1.ClientRegistration(**fields | changes)


def register(connection: Connection, **changes: Any) -> str:
    """Registers a client; gives their id."""
    request = v1.ClientsRegisterRequest(client=registration(**changes))
    return connection.call(request).client.id


@dataclass
class Practice:
    """A therapist at work at one location, with one service."""

    location: v1.Location
    therapist: v1.Therapist
    service: v1.Service

    @property
    def rooms(self) -> list[str]:
        return [room.id for room in self.location.rooms]

    def at(self, days: int, time_of_day: str) -> int:
        """So many days from today, when the therapist's clock shows "10:00"."""
        return local_ms(self.therapist.time_zone, self.day(days), time_of_day)

    def day(self, days: int) -> date:
        """The therapist's day, so many days from today."""
        return today(self.therapist.time_zone) + timedelta(days=days)

    def check(self, start_ms: int, **more: Any) -> v1.SlotsCheckRequest:
        return v1.SlotsCheckRequest(**self._what(start_ms), **more)

    def booking(
        self, start_ms: int, client_id: str = "", **more: Any
    ) -> v1.AppointmentsBookRequest:
        """A request to book; for a new client unless one is named."""
        if client_id:
            more["client_id"] = client_id
        elif "new_client" not in more:
            more["new_client"] = registration()
        return v1.AppointmentsBookRequest(**self._what(start_ms), **more)

    def book(
        self,
        connection: Connection,
        start_ms: int,
        client_id: str = "",
        actor: wire.Actor | None = None,
        **more: Any,
    ) -> v1.Appointment:
        """Books; raises Refused."""
        request = self.booking(start_ms, client_id, **more)
        return connection.call(request, actor=actor).appointment

    def holding(self, start_ms: int, **more: Any) -> v1.HoldsTakeRequest:
        return v1.HoldsTakeRequest(**self._what(start_ms), **more)

    def hold(
        self,
        connection: Connection,
        start_ms: int,
        actor: wire.Actor | None = None,
        **more: Any,
    ) -> v1.Hold:
        """Takes a hold; raises Refused."""
        return connection.call(self.holding(start_ms, **more), actor=actor).hold

    def search(self, from_ms: int, until_ms: int, **more: Any) -> v1.SlotsSearchRequest:
        """A request for this therapist's free starts of this service."""
        mine = v1.SlotFilter(therapist_ids=[self.therapist.id], service_id=self.service.id)
        return v1.SlotsSearchRequest(from_ms=from_ms, until_ms=until_ms, filter=mine, **more)

    def free(self, connection: Connection, from_ms: int, until_ms: int) -> list[int]:
        """All free starts in a time range."""
        return starts(connection.call(self.search(from_ms, until_ms)))

    def free_on(self, connection: Connection, days: int) -> list[str]:
        """The free starts of a day, as the therapist's clock shows them."""
        found = self.free(connection, self.at(days, "00:00"), self.at(days + 1, "00:00"))
        return [clock(self.therapist.time_zone, each) for each in found]

    def schedule(self, connection: Connection) -> v1.Schedule:
        request = v1.DirectoryGetScheduleRequest(therapist_id=self.therapist.id)
        return connection.call(request).schedule

    def adding(
        self, *exceptions: v1.ScheduleException, **more: Any
    ) -> v1.DirectoryAddScheduleExceptionsRequest:
        return v1.DirectoryAddScheduleExceptionsRequest(
            therapist_id=self.therapist.id, exceptions=exceptions, **more
        )

    def removing(self, *ids: str, **more: Any) -> v1.DirectoryRemoveScheduleExceptionsRequest:
        return v1.DirectoryRemoveScheduleExceptionsRequest(
            therapist_id=self.therapist.id, exception_ids=ids, **more
        )

    def _what(self, start_ms: int) -> dict[str, Any]:
        return {
            "therapist_id": self.therapist.id,
            "service_id": self.service.id,
            "location_id": self.location.id,
            "start_ms": start_ms,
        }


def starts(found: v1.SlotsSearchResponse) -> list[int]:
    """All starts of a search of a single therapist, in order of time."""
    return sorted(start for group in found.groups for start in group.start_ms)


def weekly(
    location_id: str, opens: str, closes: str, weekdays: Sequence[int] = EVERY_DAY
) -> list[v1.WeeklyWindow]:
    """The same hours on several weekdays; "25:00" is 01:00 of the next day."""
    return [
        v1.WeeklyWindow(
            weekday=weekday,
            opens_minute=minutes(opens),
            closes_minute=minutes(closes),
            location_id=location_id,
        )
        for weekday in weekdays
    ]


def minutes(time_of_day: str) -> int:
    """Minutes after midnight; "25:00" is 01:00 of the next day."""
    hour, minute = time_of_day.split(":")
    return int(hour) * 60 + int(minute)


def closed(first: date, last: date | None = None, **more: Any) -> v1.ScheduleException:
    """Whole days on which nothing opens."""
    return v1.ScheduleException(
        kind=v1.SCHEDULE_EXCEPTION_KIND_CLOSED,
        first_date=first.isoformat(),
        last_date=last.isoformat() if last else "",
        **more,
    )


def closed_hours(
    day: date, opens: str, closes: str, last: date | None = None, **more: Any
) -> v1.ScheduleException:
    """Hours that are taken away from each day."""
    return closed(
        day, last, opens_minute=minutes(opens), closes_minute=minutes(closes), **more
    )


def extra_hours(
    location_id: str, day: date, opens: str, closes: str, last: date | None = None
) -> v1.ScheduleException:
    """Hours besides the weekly ones."""
    exception = closed_hours(day, opens, closes, last, location_id=location_id)
    exception.kind = v1.SCHEDULE_EXCEPTION_KIND_EXTRA_HOURS
    return exception


def office(rooms: int = 1, city: str = "Roma") -> v1.Location:
    """A location in person, not created yet."""
    return v1.Location(
        name="Studio Trastevere",
        mode=v1.SESSION_MODE_IN_PERSON,
        address="Via della Lungara 12",
        city=city,
        rooms=[v1.Room(name=f"Stanza {number + 1}") for number in range(rooms)],
    )


def online() -> v1.Location:
    """A location online, not created yet."""
    return v1.Location(name="Online", mode=v1.SESSION_MODE_ONLINE)


def open_practice(
    connection: Connection,
    *,
    location: v1.Location | None = None,
    rooms: int = 1,
    zone: str = "Europe/Rome",
    hours: tuple[str, str] = ("09:00", "17:00"),
    weekdays: Sequence[int] = EVERY_DAY,
    therapist: dict[str, Any] | None = None,
    service: dict[str, Any] | None = None,
) -> Practice:
    """Creates a practice over the wire: 50-minute sessions on a grid of 30 minutes, 9 to 17 daily.

    A location that has an id is shared with the practice it came from.
    """
    location = location or office(rooms)
    if not location.id:
        created = connection.call(v1.DirectoryCreateLocationRequest(location=location))
        location = created.location
    about: dict[str, Any] = {
        "display_name": "Dr. Maria Rossi",
        "time_zone": zone,
        "languages": ["it"],
        "location_ids": [location.id],
        "grid_minutes": 30,
    }
    person = v1.Therapist(**about | (therapist or {}))
    person = connection.call(v1.DirectoryCreateTherapistRequest(therapist=person)).therapist
    offer: dict[str, Any] = {
        "therapist_id": person.id,
        "name": "Colloquio individuale",
        "kind": "individual",
        "duration_minutes": 50,
        "price": v1.Money(minor_units=7000, currency="EUR"),
        "mode": location.mode,
        "location_ids": [location.id],
        "payment_plan": v1.PAYMENT_PLAN_ON_SITE,
    }
    line = v1.Service(**offer | (service or {}))
    line = connection.call(v1.DirectoryCreateServiceRequest(service=line)).service
    schedule = v1.Schedule(
        therapist_id=person.id, windows=weekly(location.id, *hours, weekdays=weekdays)
    )
    connection.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))
    return Practice(location, person, line)


def mornings(connection: Connection) -> Practice:
    """Sessions of an hour at full hours, from 9 to 12 every day."""
    return open_practice(
        connection,
        hours=("09:00", "12:00"),
        therapist={"grid_minutes": 60},
        service={"duration_minutes": 60},
    )


def update_schedule(
    connection: Connection, schedule: v1.Schedule, *paths: str
) -> v1.DirectoryUpdateScheduleResponse:
    """Changes the named fields of a schedule; all of them when none is named."""
    request = v1.DirectoryUpdateScheduleRequest(
        schedule=schedule, update_mask=FieldMask(paths=paths)
    )
    return connection.call(request)
