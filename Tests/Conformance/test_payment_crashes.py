"""The server is killed at random moments while cards are charged: each is charged once, and nothing is lost (P-8).

Each round: charge many bookings from several connections, SIGKILL, start on the same folder. At the end every booking
that is PAID was taken from once, by the gateway's own file, and nothing was taken for what is not PAID.
"""

import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import contract as v1
from cashdesk import Books, intent, intents, payments, trial_balance
from client import Closed, FailedPrecondition, Refused
from life import PRICE, euro
from practice import Practice, open_practice, register
from server import Server

ROUNDS = 10
LANES = 4
BOOKINGS = 60
CHARGING_S = (0.03, 0.4)
CARDS = ("tok_ok", "tok_ok", "tok_answers_twice", "tok_declined", "tok_refund_hangs")


@dataclass
class Lane:
    """One connection's bookings, of which each is paid for until it is PAID, and some given back."""

    practice: Practice
    chance: random.Random
    booked: list[v1.Appointment] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def charge_on(self, server: Server, key: str) -> None:
        """Until the connection breaks: whatever was begun, it is begun again."""
        try:
            with server.connect(key, timeout_s=30) as connection:
                while True:
                    booked = self.chance.choice(self.booked)
                    request = v1.PaymentsBeginRequest(
                        appointment_id=booked.id, payment_method_token=self.chance.choice(CARDS)
                    )
                    try:
                        connection.call(request)
                        if self.chance.random() < 0.2:
                            refund = v1.PaymentsRefundRequest(
                                appointment_id=booked.id, amount=euro(1000), reason="goodwill"
                            )
                            connection.call(refund)
                    except FailedPrecondition as refused:
                        if refused.reason not in {
                            "NOTHING_DUE", "PAYMENT_IN_FLIGHT", "NOTHING_PAID", "APPOINTMENT_STATE"
                        }:
                            self.wrong.append(str(refused))
        except (Closed, OSError):
            pass
        except Refused as refused:
            self.wrong.append(str(refused))


def open_lanes(server: Server, chance: random.Random) -> list[Lane]:
    lanes: list[Lane] = []
    with server.connect() as connection:
        for _ in range(LANES):
            practice = open_practice(
                connection,
                hours=("00:00", "24:00"),
                rooms=0,
                therapist={"grid_minutes": 30},
                service={
                    "duration_minutes": 30,
                    "payment_plan": v1.PAYMENT_PLAN_PREPAID,
                    # Nothing is cancelled meanwhile, however slow the machine is.
                    "policy": v1.Policy(payment_minutes=600),
                },
            )
            lane = Lane(practice, random.Random(chance.random()))
            client = register(connection)
            first = practice.at(3, "08:00")
            lane.booked = [
                practice.book(connection, first + number * 1_800_000, client)
                for number in range(BOOKINGS // LANES)
            ]
            lanes.append(lane)
    return lanes


def test_each_charge_happens_once_whatever_crashes(tmp_path: Path) -> None:  # P-8 P-6 P-9
    seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    print(f"SEED={seed}")
    chance = random.Random(seed)
    server = Server(tmp_path / "data", "--payment-gateway", "sandbox")
    server.start()
    key = server.key
    lanes = open_lanes(server, chance)
    for _ in range(ROUNDS):
        threads = [threading.Thread(target=lane.charge_on, args=(server, key)) for lane in lanes]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(*CHARGING_S))
        server.kill()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()
        assert not any(lane.wrong for lane in lanes), [lane.wrong for lane in lanes]
        server.start()

    taken_in_all = 0
    with server.connect(key, timeout_s=60) as staff:
        for booked in (each for lane in lanes for each in lane.booked):
            # What was under way is looked up, and comes to an end.
            settled = [intent(staff, each.id, wait_ms=30_000) for each in intents(staff, booked)]
            assert not any(each.pending for each in settled), settled
            wait_for_refunds(staff, booked)
            now = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id)).appointment
            books = Books.read(server.data_dir)
            for each in settled:
                captures = books.captures.get(each.id, [])
                assert len(captures) <= 1, each
                assert sum(captures) == each.amount_captured.minor_units, each
                given = sum(books.refunds.get(each.id, []))
                assert given == each.amount_refunded.minor_units <= sum(captures), each
            taken = sum(books.taken(*(each.id for each in settled)))
            assert now.amount_paid.minor_units == taken
            assert now.amount_refunded.minor_units == sum(
                books.given_back(*(each.id for each in settled))
            )
            if now.payment_status == v1.PAYMENT_STATUS_PAID:
                assert taken == PRICE and now.state == v1.APPOINTMENT_STATE_SCHEDULED
            taken_in_all += taken
        trial_balance(staff)
        ours = {each.id for lane in lanes for b in lane.booked for each in intents(staff, b)}
        assert set(Books.read(server.data_dir).attempts) <= ours, "nothing was taken that is not known"
    print(f"{taken_in_all // 100} euros were taken over {ROUNDS} kills")
    assert taken_in_all > ROUNDS * PRICE // 2, "the server was killed before it did anything"
    assert server.stop() == 0, server.tail()


def wait_for_refunds(staff: object, booked: v1.Appointment) -> None:
    deadline = time.monotonic() + 60
    while any(each.state == v1.PAYMENT_STATE_PENDING for each in payments(staff, booked)):
        assert time.monotonic() < deadline, payments(staff, booked)
        time.sleep(0.1)
