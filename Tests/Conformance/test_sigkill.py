"""The server is killed at random moments while bookings come in; what it acknowledged stands.

Each round: start on the same data directory, see that everything is there, book from several
connections, SIGKILL. What was not acknowledged is wholly there or not at all, and asking again with
the same idempotency key makes one appointment of it.
"""

import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import contract as v1
from client import Closed, Connection, NotFound, Refused
from practice import MINUTE_MS, Practice, open_practice, registration
from server import Server

ROUNDS = 20
LANES = 4
BOOKING_S = (0.05, 0.5)


@dataclass
class Lane:
    """One connection's bookings: a therapist of its own, one start after the other."""

    practice: Practice
    next_start_ms: int
    number: int  # of the last booking; no two lanes have the same
    done: dict[str, v1.Appointment] = field(default_factory=dict)  # by idempotency key
    unknown: dict[str, v1.AppointmentsBookRequest] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def book_on(self, server: Server) -> None:
        """Books until the connection breaks."""
        try:
            with server.connect() as connection:
                while True:
                    self.number += 1
                    known = self.practice.therapist.id
                    key = f"{known}-{self.number}"
                    request = self.practice.booking(
                        self.next_start_ms,
                        new_client=registration(client_id=like(known, "cli", self.number)),
                        appointment_id=like(known, "apt", self.number),
                    )
                    self.next_start_ms += 5 * MINUTE_MS
                    self.unknown[key] = request
                    self.done[key] = connection.call(request, key=key).appointment
                    del self.unknown[key]
        except (Closed, OSError):
            pass
        except Refused as refused:
            self.wrong.append(str(refused))


def like(known: str, prefix: str, number: int) -> str:
    """An id of another kind and number, in the form of one that the server made."""
    digits = f"{number:06}"
    return f"{prefix}_{known.partition('_')[2][: -len(digits)]}{digits}"


def exists(connection: Connection, request: object) -> bool:
    try:
        connection.call(request)
    except NotFound:
        return False
    return True


def settle(connection: Connection, lane: Lane, checked: set[str]) -> None:
    """Sees that what was acknowledged is there, and repeats what was not."""
    fresh = [key for key in lane.done if key not in checked]
    frames = [
        connection.frame(v1.AppointmentsGetRequest(appointment_id=lane.done[key].id))
        for key in fresh
    ]
    connection.send(*frames)
    for key, frame in zip(fresh, frames, strict=True):
        assert connection.answer(frame.call.call_id).appointment == lane.done[key]
    checked.update(fresh)

    for key, request in lane.unknown.items():
        # The appointment and the client who came with it: both or neither.
        booked = exists(
            connection, v1.AppointmentsGetRequest(appointment_id=request.appointment_id)
        )
        assert booked == exists(
            connection, v1.ClientsGetRequest(client_id=request.new_client.client_id)
        )
        free = request.start_ms in lane.practice.free(
            connection, request.start_ms, request.start_ms + 1
        )
        assert free != booked
        lane.done[key] = connection.call(request, key=key).appointment
        assert lane.done[key].id == request.appointment_id
    lane.unknown.clear()


def everything(connection: Connection, lane: Lane) -> list[v1.Appointment]:
    """All appointments of a lane's therapist."""
    request = v1.AppointmentsListRequest(therapist_id=lane.practice.therapist.id, page_size=1000)
    listed: list[v1.Appointment] = []
    while True:
        page = connection.call(request)
        listed += page.appointments
        if not page.next_page_token:
            return listed
        request.page_token = page.next_page_token


def test_what_was_acknowledged_survives_sigkill(tmp_path: Path) -> None:  # B-13
    seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    print(f"SEED={seed}")
    chance = random.Random(seed)
    server = Server(tmp_path / "data")
    server.start()
    key = server.key
    with server.connect() as connection:
        practices = [
            open_practice(
                connection,
                zone="Etc/UTC",
                hours=("00:00", "24:00"),
                rooms=0,
                therapist={"grid_minutes": 5},
                service={"duration_minutes": 5},
            )
            for _ in range(LANES)
        ]
    lanes = [
        Lane(practice, practice.at(2, "00:00"), index * 200_000)
        for index, practice in enumerate(practices)
    ]
    checked: set[str] = set()
    repeated = 0
    for _ in range(ROUNDS):
        threads = [threading.Thread(target=lane.book_on, args=(server,)) for lane in lanes]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(*BOOKING_S))
        server.kill()
        for thread in threads:
            thread.join(15)
            assert not thread.is_alive()
        assert not any(lane.wrong for lane in lanes), [lane.wrong for lane in lanes]
        repeated += sum(len(lane.unknown) for lane in lanes)

        server.start()
        with server.connect(key) as connection:
            for lane in lanes:
                settle(connection, lane, checked)

    with server.connect(key) as connection:
        for lane in lanes:
            expected = sorted(lane.done.values(), key=lambda each: each.start_time.seconds)
            assert everything(connection, lane) == expected
    booked = sum(len(lane.done) for lane in lanes)
    print(
        f"{booked} bookings stand after {ROUNDS} kills; {repeated} were not acknowledged at first"
    )
    assert booked > ROUNDS, "the server was killed before it did anything"
    assert server.stop() == 0
