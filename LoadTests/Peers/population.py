#!/usr/bin/env python3
"""Gives the peers what a Seduta holds: population.py DATA_DIR FOLDER.

Reads the database of a server that was filled with population W, and writes into FOLDER the rows that
PostgreSQL loads (*.copy), and the same questions for everyone: their parameters for PostgreSQL (*.tsv) and
the requests that the wire client sends to Seduta (*.requests). Therapists and clients are numbered by their
ids, so that their order is the same everywhere.
"""

import bisect
import random
import sqlite3
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import seduta_wire

SEED = 1
MONTH_QUERIES, FIRST_STARTS_QUERIES, COLLISION_QUERIES, BOOKINGS_MAX = 4096, 512, 4096, 60_000
BOOKINGS_OF_A_THERAPIST = 60
FIRST_DAYS, MONTH_DAYS, WEEK_DAYS = 150, 30, 7
CANDIDATES, STARTS_WANTED, STARTS_MAX = 200, 20, 1000
REDIS_GET = b"*2\r\n$3\r\nGET\r\n$5\r\nreply\r\n"
DAY_MS, MINUTE_MS = 86_400_000, 60_000


def instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S+00")


class Therapist:
    """A therapist of population W: one service at one location, in one room."""

    def __init__(self, number: int, row: sqlite3.Row) -> None:
        self.number = number
        self.id, self.zone_name, self.service = row["id"], row["time_zone"], row["service_id"]
        self.location, self.room = row["location_id"], row["room_id"]
        self.minutes, self.grid = row["duration_minutes"], row["grid_minutes"]
        self.zone = ZoneInfo(self.zone_name)
        self.windows: list[tuple[int, int, int]] = []
        self.busy: list[tuple[int, int]] = []

    def is_free(self, start: int, end: int) -> bool:
        place = bisect.bisect_left(self.busy, (end, 0))
        return place == 0 or self.busy[place - 1][1] <= start

    def session(self, day: date, draw: random.Random) -> tuple[int, int] | None:
        """One that the hours of the day allow, on the grid, whether it is booked or not."""
        hours = [window for window in self.windows if window[0] == day.isoweekday()]
        if not hours:
            return None
        _, opens, closes = draw.choice(hours)
        minute = draw.randrange(opens, closes - self.minutes + 1, self.grid)
        local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self.zone)
        start = round(local.timestamp() * 1000)
        return start, start + self.minutes * MINUTE_MS


class Practice:
    def __init__(self, database: sqlite3.Connection) -> None:
        database.row_factory = sqlite3.Row
        found = database.execute(
            """
            SELECT t.id, t.time_zone, t.grid_minutes, s.id AS service_id, s.duration_minutes,
              l.location_id, r.id AS room_id
            FROM therapists AS t
            JOIN services AS s ON s.therapist_id = t.id
            JOIN service_locations AS l ON l.service_id = s.id
            JOIN rooms AS r ON r.location_id = l.location_id
            ORDER BY t.id
            """
        ).fetchall()
        self.therapists = [Therapist(number, row) for number, row in enumerate(found, start=1)]
        self.by_id = {therapist.id: therapist for therapist in self.therapists}
        if len(self.by_id) != len(found):
            sys.exit("population.py: a therapist of population W has one service, location and room")
        clients = database.execute("SELECT id FROM clients ORDER BY id")
        self.clients = {id: number for number, (id,) in enumerate(clients, start=1)}
        self.client_ids = list(self.clients)
        for therapist, *window in database.execute(
            "SELECT therapist_id, weekday, opens_minute, closes_minute FROM schedule_windows"
        ):
            self.by_id[therapist].windows.append(tuple(window))
        self.booked = database.execute(
            """
            SELECT therapist_id, client_id, start_ms, end_ms
            FROM appointments WHERE occupies = 1 ORDER BY start_ms
            """
        ).fetchall()
        for therapist, _, start, end in self.booked:
            self.by_id[therapist].busy.append((start, end))
        self.listed = database.execute("SELECT therapist_id, client_id FROM therapies")


def write_rows(practice: Practice, folder: Path) -> None:
    """Text as COPY reads it, the columns in the order of schema.sql."""
    with (folder / "therapists.copy").open("w") as file:
        for therapist in practice.therapists:
            lengths = f"{therapist.minutes} minutes\t{therapist.grid} minutes"
            file.write(f"{therapist.number}\t{therapist.zone_name}\t{lengths}\n")
    ids = "".join(therapist.id + "\n" for therapist in practice.therapists)
    (folder / "therapist_ids").write_text(ids)
    with (folder / "windows.copy").open("w") as file:
        for therapist in practice.therapists:
            for weekday, opens, closes in therapist.windows:
                hours = f"{opens} minutes\t{closes} minutes"
                file.write(f"{therapist.number}\t{weekday}\t{hours}\n")
    with (folder / "therapist_clients.copy").open("w") as file:
        for therapist, client in practice.listed:
            file.write(f"{practice.by_id[therapist].number}\t{practice.clients[client]}\n")
    rest = "DUE\tON_SITE\t7000\tEUR\t1\t2026-01-01 00:00:00+00\t2026-01-01 00:00:00+00\t\n"
    with (folder / "appointments.copy").open("w") as file:
        for number, (therapist_id, client, start, end) in enumerate(practice.booked, start=1):
            therapist = practice.by_id[therapist_id]
            # Service, location and room are the therapist's own, and have their number.
            own = f"{therapist.number}\t{practice.clients[client]}" + f"\t{therapist.number}" * 3
            during = f'["{instant(start)}","{instant(end)}")'
            state = f"{therapist.zone_name}\tSCHEDULED\tt"
            file.write(f"{number}\t1\t{own}\t{during}\t{state}\t{rest}")


class Questions:
    """Draws the same questions for everyone."""

    def __init__(self, practice: Practice, folder: Path, greeting: bytes) -> None:
        self.practice, self.folder, self.greeting = practice, folder, greeting
        self.draw = random.Random(SEED)
        self.tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    def day_ms(self, day: int) -> int:
        first = datetime(self.tomorrow.year, self.tomorrow.month, self.tomorrow.day, tzinfo=UTC)
        return round(first.timestamp()) * 1000 + day * DAY_MS

    def write(self, name: str, parameters: list[str], requests: list[tuple[int, bytes]]) -> None:
        (self.folder / f"{name}.tsv").write_text("".join(line + "\n" for line in parameters))
        if requests:
            path = self.folder / f"{name}.requests"
            seduta_wire.write_requests(path, self.greeting, requests)

    def months(self) -> None:
        parameters, requests = [], []
        for _ in range(MONTH_QUERIES):
            therapist = self.draw.choice(self.practice.therapists)
            day = self.draw.randrange(FIRST_DAYS)
            start, end = self.day_ms(day), self.day_ms(day + MONTH_DAYS)
            parameters.append(f"{therapist.number}\t{instant(start)}\t{instant(end)}")
            requests.append(
                seduta_wire.search([therapist.id], start, end, STARTS_MAX, therapist.service)
            )
        self.write("q1", parameters, requests)

    def first_starts(self) -> None:
        parameters, requests = [], []
        start, end = self.day_ms(0), self.day_ms(WEEK_DAYS)
        wanted = min(CANDIDATES, len(self.practice.therapists))
        for _ in range(FIRST_STARTS_QUERIES):
            chosen = self.draw.sample(self.practice.therapists, wanted)
            numbers = ",".join(str(therapist.number) for therapist in chosen)
            parameters.append(f"{{{numbers}}}\t{instant(start)}\t{instant(end)}")
            ids = [therapist.id for therapist in chosen]
            requests.append(seduta_wire.search(ids, start, end, STARTS_WANTED))
        self.write("q2", parameters, requests)

    def session(self) -> tuple[Therapist, int, int]:
        while True:
            therapist = self.draw.choice(self.practice.therapists)
            day = self.tomorrow + timedelta(days=1 + self.draw.randrange(FIRST_DAYS))
            drawn = therapist.session(day, self.draw)
            if drawn:
                return therapist, *drawn

    def collisions(self) -> None:
        parameters, requests = [], []
        for _ in range(COLLISION_QUERIES):
            therapist, start, end = self.session()
            client = self.draw.choice(self.practice.client_ids)
            people = f"{therapist.number}\t{therapist.number}\t{self.practice.clients[client]}"
            parameters.append(f"{people}\t{instant(start)}\t{instant(end)}")
            requests.append(
                seduta_wire.check(
                    therapist.id, therapist.service, therapist.location, therapist.room, client, start
                )
            )
        self.write("q3", parameters, requests)

    def bookings(self) -> None:
        """Free sessions that overlap no other of them: a fraction of what each therapist has."""
        parameters: list[str] = []
        wanted = min(BOOKINGS_MAX, BOOKINGS_OF_A_THERAPIST * len(self.practice.therapists))
        while len(parameters) < wanted:
            therapist, start, end = self.session()
            if not therapist.is_free(start, end):
                continue
            bisect.insort(therapist.busy, (start, end))
            client = self.practice.clients[self.draw.choice(self.practice.client_ids)]
            people = f"{therapist.number}\t{therapist.number}\t{client}"
            parameters.append(f"{people}\t{instant(start)}\t{instant(end)}")
        self.write("bookings", parameters, [])


def main() -> None:
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    database = sqlite3.connect(f"file:{data / 'seduta.sqlite'}?mode=ro", uri=True)
    practice = Practice(database)
    write_rows(practice, folder)
    questions = Questions(practice, folder, seduta_wire.hello((data / "key").read_text().strip()))
    questions.months()
    questions.first_starts()
    questions.collisions()
    questions.bookings()
    seduta_wire.write_requests(folder / "redis.requests", b"", [(0, REDIS_GET)])
    booked, therapists = len(practice.booked), len(practice.therapists)
    print(f"{therapists:,} therapists, {len(practice.clients):,} clients, {booked:,} bookings")


main()
