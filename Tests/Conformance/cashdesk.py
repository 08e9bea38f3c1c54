"""Sessions that are paid through the sandbox's gateway: its cards, what clients do, and what is looked at after."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import contract as v1
from client import Connection
from life import PRICE, euro
from practice import MINUTE_MS, clock, local_ms, open_practice, register, timestamp
from sandboxes import Sandbox
from seduta.wire.v1 import frames_pb2 as wire

WAIT_MS = 10_000


def name(enum: Any, value: int) -> str:
    """What an enum's value is called, without its type's name."""
    whole, start = enum.Name(value), enum.Name(0).removesuffix("UNSPECIFIED")
    return whole.removeprefix(start)


def share(amount: int, percent: str) -> int:
    """So much of an amount, rounded half up to the minor unit."""
    exact = Decimal(amount) * Decimal(percent) / 100
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def gateway_fee(amount: int) -> int:
    """What the sandbox's gateway keeps of an amount for itself: 1.5 % and 25 minor units."""
    return min(amount, share(amount, "1.5") + 25)


class CashDesk:
    """A practice in a sandbox whose session of 70 euros has a plan; days count from the sandbox's own."""

    def __init__(self, sandbox: Sandbox, plan: int, price: int = PRICE, **policy: Any) -> None:
        self.sandbox = sandbox
        self.practice = open_practice(
            sandbox.staff,
            service={
                "payment_plan": plan,
                "price": euro(price),
                "policy": v1.Policy(**policy),
            },
        )

    @property
    def staff(self) -> Connection:
        return self.sandbox.staff

    def at(self, days: int, time_of_day: str) -> int:
        zone = self.practice.therapist.time_zone
        today = datetime.fromtimestamp(self.sandbox.now() / 1000, ZoneInfo(zone)).date()
        return local_ms(zone, today + timedelta(days=days), time_of_day)

    def book(
        self, days: int, time_of_day: str, client: str = "", actor: wire.Actor | None = None, **more: Any
    ) -> v1.Appointment:
        return self.practice.book(
            self.staff, self.at(days, time_of_day), client or self.client(), actor, **more
        )

    def client(self, *cards: str) -> str:
        """A new client, with these cards saved; the first is the default."""
        made = register(self.staff)
        for card in cards:
            self.save(made, card)
        return made

    def save(self, client: str, card: str, **more: Any) -> v1.PaymentMethod:
        request = v1.PaymentMethodsSetUpRequest(client_id=client, token=card, **more)
        made = self.staff.call(request).payment_method
        assert made.pending and made.state == v1.PAYMENT_METHOD_STATE_PENDING
        if card.startswith("tok_hangs"):  # no answer for two minutes
            self.sandbox.advance(by=5 * MINUTE_MS)
        return method(self.staff, made.id)

    def begin(
        self,
        booked: v1.Appointment,
        card: str = "",
        actor: wire.Actor | None = None,
        key: str | None = None,
        **more: Any,
    ) -> str:
        """The client pays now; gives the intent's id."""
        request = v1.PaymentsBeginRequest(
            appointment_id=booked.id, payment_method_token=card, **more
        )
        return self.staff.call(request, actor=actor, key=key).intent.id

    def pay(self, booked: v1.Appointment, card: str = "tok_ok", **more: Any) -> v1.PaymentIntent:
        """The same, and what the gateway said."""
        return intent(self.staff, self.begin(booked, card, **more))

    def paid(self, days: int, time_of_day: str, card: str = "tok_ok") -> v1.Appointment:
        """One that is booked and paid with a card."""
        booked = self.book(days, time_of_day)
        assert self.pay(booked, card).state == v1.PAYMENT_INTENT_STATE_SUCCEEDED
        return self.sandbox.get(booked)

    def money(self, booked: v1.Appointment) -> tuple[str, str, int, int]:
        """State, payment status, and what was paid and given back, as they are now."""
        now = self.sandbox.get(booked)
        return (
            name(v1.AppointmentState, now.state),
            name(v1.PaymentStatus, now.payment_status),
            now.amount_paid.minor_units,
            now.amount_refunded.minor_units,
        )

    def moved(self, booked: v1.Appointment) -> list[tuple[str, int, str]]:
        """What moved for an appointment: which way, how much, and where it is."""
        return [
            (
                name(v1.PaymentDirection, each.direction),
                each.amount.minor_units,
                name(v1.PaymentState, each.state),
            )
            for each in payments(self.staff, booked)
        ]

    def told(self, booked: v1.Appointment) -> list[tuple[str, str]]:
        """Without reminders, which come as time runs (N-2)."""
        who = {booked.client_id: "client", booked.therapist_id: "therapist"}
        request = v1.AdminOutboxRequest(subject_id=booked.id, page_size=1000)
        return [
            (each.kind, who[each.recipient_id])
            for each in self.staff.call(request).messages
            if each.kind != "REMINDER"
        ]

    def is_free(self, booked: v1.Appointment) -> bool:
        start = booked.start_time.ToMilliseconds()
        return start in self.practice.free(self.staff, start, start + 1)

    def shows(self, stamp: Any) -> str:
        """What the therapist's clock shows at a time: "10:00"."""
        return clock(self.practice.therapist.time_zone, stamp.ToMilliseconds())

    @property
    def gateway(self) -> "Books":
        return Books.read(self.sandbox.server.data_dir)


def method(connection: Connection, id: str) -> v1.PaymentMethod:
    """A payment method, once the gateway has said what it is."""
    request = v1.PaymentMethodsGetRequest(payment_method_id=id, wait_ms=WAIT_MS)
    return connection.call(request).payment_method


def intent(connection: Connection, id: str, wait_ms: int = WAIT_MS) -> v1.PaymentIntent:
    """An intent, once nothing is being asked of the gateway about it."""
    request = v1.PaymentsGetIntentRequest(intent_id=id, wait_ms=wait_ms)
    return connection.call(request).intent


def intents(
    connection: Connection, booked: v1.Appointment, actor: wire.Actor | None = None
) -> list[v1.PaymentIntent]:
    request = v1.PaymentsListIntentsRequest(appointment_id=booked.id)
    return list(connection.call(request, actor=actor).intents)


def payments(connection: Connection, booked: v1.Appointment) -> list[v1.Payment]:
    request = v1.PaymentsListRequest(appointment_id=booked.id, page_size=1000)
    return list(connection.call(request).payments)


def giving_back(
    booked: v1.Appointment, minor_units: int | None = None, reason: str = "goodwill", **more: Any
) -> v1.PaymentsRefundRequest:
    """All that can be given back unless an amount is named."""
    amount = None if minor_units is None else euro(minor_units)
    return v1.PaymentsRefundRequest(
        appointment_id=booked.id, amount=amount, reason=reason, **more
    )


@dataclass
class Books:
    """The gateway's own truth, read from its file: what it took and gave back, whatever was answered."""

    captures: dict[str, list[int]] = field(default_factory=dict)  # by our intent's id
    refunds: dict[str, list[int]] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, data_dir: Path) -> "Books":
        """All of it, however the server ended: half a line at the end was answered to nobody."""
        text = (data_dir / "sandbox-payments.jsonl").read_text()
        whole = text[: text.rfind("\n") + 1].splitlines()
        made: dict[str, dict[str, Any]] = {}
        given: dict[str, dict[str, Any]] = {}
        for entry in map(json.loads, whole):
            if "intent" in entry:
                made[entry["intent"]["reference"]] = entry["intent"]
            if "refund" in entry:
                given[entry["refund"]["refund"]] = entry["refund"]
        books = cls()
        for each in made.values():
            books.attempts[each["intent"]] = books.attempts.get(each["intent"], 0) + len(
                each["attempts"]
            )
            if capture := each.get("capture"):
                books.captures.setdefault(each["intent"], []).append(capture["amount"])
        for each in given.values():
            if each["succeeds"]:
                ours = made[each["intentReference"]]["intent"]
                books.refunds.setdefault(ours, []).append(each["amount"])
        return books

    def taken(self, *ids: str) -> list[int]:
        return [amount for id in ids for amount in self.captures.get(id, [])]

    def given_back(self, *ids: str) -> list[int]:
        return [amount for id in ids for amount in self.refunds.get(id, [])]


def trial_balance(connection: Connection) -> v1.LedgerTrialBalanceResponse:
    """The books of the partner, which always come to zero."""
    found = connection.call(v1.LedgerTrialBalanceRequest())
    for total in found.totals:
        lines = [each for each in found.lines if each.currency == total.currency]
        assert total.debit == total.credit == sum(each.debit for each in lines)
        assert sum(each.balance for each in lines) == 0
        assert all(each.balance == each.debit - each.credit for each in lines)
    return found


def balances(connection: Connection, owner: str = "") -> dict[str, int]:
    """The euros on each kind of account, of all owners or of one."""
    sums: dict[str, int] = {}
    for line in trial_balance(connection).lines:
        if line.currency == "EUR" and owner in ("", line.account.owner_id):
            sums[line.account.kind] = sums.get(line.account.kind, 0) + line.balance
    return {kind: balance for kind, balance in sums.items() if balance}


def statement(
    connection: Connection,
    owner: str = "",
    since_ms: int = 0,
    until_ms: int = 0,
    actor: wire.Actor | None = None,
) -> list[v1.StatementSection]:
    request = v1.LedgerStatementRequest(
        owner_id=owner, start_time=timestamp(since_ms), end_time=timestamp(until_ms)
    )
    found = list(connection.call(request, actor=actor).sections)
    for section in found:
        balance = section.opening
        for line in section.lines:
            balance += line.amount
            assert line.balance == balance
        assert section.closing == balance
    return found


def transfers(connection: Connection, subject: str = "") -> list[v1.Transfer]:
    """All of them, each balanced."""
    found: list[v1.Transfer] = []
    request = v1.LedgerListTransfersRequest(subject_id=subject, page_size=1000)
    while True:
        page = connection.call(request)
        found += page.transfers
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    for each in found:
        assert sum(posting.amount.minor_units for posting in each.postings) == 0, each
        assert len(each.postings) > 1 and all(p.amount.minor_units for p in each.postings)
    return found
