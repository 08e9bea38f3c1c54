"""A therapist at work, as the platforms' stories tell it: prices, calendar, visits, money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import contract as v1
from practice import DAY_MS, weekly
from storytelling import Person, Someone, Stage, money, said, shown

MONDAY_TO_FRIDAY = range(1, 6)


def state_name(state: int) -> str:
    return str(v1.AppointmentState.Name(state)).removeprefix("APPOINTMENT_STATE_")


@dataclass(frozen=True)
class Offer:
    """A line of the price list, at the place where it is offered."""

    service: v1.Service
    place: v1.Location

    def at(self, start_ms: int) -> dict[str, Any]:
        return {
            "therapist_id": self.service.therapist_id,
            "service_id": self.service.id,
            "location_id": self.place.id,
            "start_ms": start_ms,
        }


class Visit:
    """An appointment, in its life from the first to the last step."""

    def __init__(self, stage: Stage, appointment: v1.Appointment) -> None:
        self.stage = stage
        self.id = appointment.id

    def read(self, by: Someone = None) -> v1.Appointment:
        return self.stage.call(v1.AppointmentsGetRequest(appointment_id=self.id), by).appointment

    @property
    def state(self) -> str:
        return state_name(self.read().state)

    @property
    def payment(self) -> str:
        return str(v1.PaymentStatus.Name(self.read().payment_status)).removeprefix(
            "PAYMENT_STATUS_"
        )

    @property
    def at(self) -> str:
        return self.stage.clock.shows(self.read().start_time)

    @property
    def client(self) -> str:
        """The client's name."""
        return self.stage.name(self.read().client_id)

    @property
    def messages(self) -> list[str]:
        return self.stage.outbox.about(self.id)

    def history(self) -> list[str]:
        """Every step (A-1): "2027-03-05 10:50 COMPLETED by time: COMPLETED (why)"."""
        request = v1.AppointmentsListTransitionsRequest(appointment_id=self.id)
        by = {"SYSTEM": "time", "STAFF": "staff", "LINK_HOLDER": "the link"}
        return [
            f"{self.stage.clock.shows(step.time)} {step.kind}"
            f" by {by.get(step.actor_role) or self._who(step)}: {state_name(step.to_state)}"
            + (f" ({step.reason})" if step.reason else "")
            for step in self.stage.call(request).transitions
        ]

    def _who(self, step: v1.AppointmentTransition) -> str:
        return self.stage.name(step.actor_id) if step.actor_id else "someone new"

    def move(self, to: str, by: Someone = None, **more: Any) -> None:
        """In one step (B-10)."""
        start_ms = self.stage.clock.ms(to)
        request = v1.AppointmentsRescheduleRequest(
            appointment_id=self.id, start_ms=start_ms, **more
        )
        self.stage.call(request, by)

    def quote(self, by: Someone = None) -> v1.Settlement:
        """What cancelling would cost; nothing is done."""
        return self._cancel(by, validate_only=True).settlement

    def cancel(self, by: Someone = None, reason: str = "", **more: Any) -> v1.Settlement:
        return self._cancel(by, reason=reason, **more).settlement

    def _cancel(self, by: Someone, **more: Any) -> v1.AppointmentsCancelResponse:
        return self.stage.call(v1.AppointmentsCancelRequest(appointment_id=self.id, **more), by)

    def complete(self, by: Someone = None) -> None:
        self.stage.call(v1.AppointmentsCompleteRequest(appointment_id=self.id), by)

    def attend(self, attendance: str, by: Someone = None) -> str:
        """Says whether the client came (A-4); gives what stands now."""
        request = v1.AppointmentsSetAttendanceRequest(appointment_id=self.id, attendance=attendance)
        return str(self.stage.call(request, by).appointment.attendance)

    def join(self, by: Someone = None) -> v1.AppointmentsJoinResponse:
        return self.stage.call(v1.AppointmentsJoinRequest(appointment_id=self.id), by)

    def begin_payment(self, by: Someone = None) -> None:
        """The client goes to the payment page (P-4)."""
        self.stage.call(v1.PaymentsBeginRequest(appointment_id=self.id), by)

    def pay(self, amount: str = "", by: Someone = None, method: str = "card") -> None:
        """Records that money came in: all that is due, or a part."""
        request = v1.PaymentsRecordRequest(
            appointment_id=self.id, amount=money(amount) if amount else None, method=method
        )
        self.stage.call(request, by)

    def refund(self, reason: str, amount: str = "", by: Someone = None) -> None:
        """Records that money was given back (P-6): what is owed back, or another amount."""
        request = v1.PaymentsRecordRefundRequest(
            appointment_id=self.id,
            amount=money(amount) if amount else None,
            method="card",
            reason=reason,
        )
        self.stage.call(request, by)

    def money(self) -> list[str]:
        """All that moved: "PAYMENT 70.00 EUR by cash", "REFUND 35.00 EUR by card: late"."""
        found = self.stage.call(v1.PaymentsListRequest(appointment_id=self.id)).payments
        return [
            str(v1.PaymentDirection.Name(each.direction)).removeprefix("PAYMENT_DIRECTION_")
            + f" {shown(each.amount)} by {each.method}"
            + (f": {each.note}" if each.note else "")
            for each in found
        ]


class Clinic:
    """A therapist, where and when they work, and what they offer."""

    def __init__(
        self,
        stage: Stage,
        therapist: str,
        *hours: tuple[v1.Location, str, str],
        weekdays: Sequence[int] = MONDAY_TO_FRIDAY,
        policy: v1.Policy | None = None,
    ) -> None:
        self.stage = stage
        self.clock = stage.clock
        self.places = [
            stage.call(v1.DirectoryCreateLocationRequest(location=place)).location
            for place, _, _ in hours
        ]
        person = v1.Therapist(
            display_name=therapist,
            time_zone=stage.zone,
            languages=[stage.language],
            location_ids=[place.id for place in self.places],
            grid_minutes=30,
            policy=policy,
        )
        made = stage.call(v1.DirectoryCreateTherapistRequest(therapist=person)).therapist
        self.therapist = Person(therapist, made.id)
        windows = [
            window
            for place, (_, opens, closes) in zip(self.places, hours, strict=True)
            for window in weekly(place.id, opens, closes, weekdays)
        ]
        schedule = v1.Schedule(therapist_id=made.id, windows=windows)
        stage.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))

    def offers(
        self, name: str, minutes: int, price: str, plan: int, place: v1.Location, **more: Any
    ) -> Offer:
        service = v1.Service(
            therapist_id=self.therapist.id,
            name=name,
            kind="individual",
            duration_minutes=minutes,
            price=money(price),
            mode=place.mode,
            location_ids=[place.id],
            payment_plan=plan,
            **more,
        )
        made = self.stage.call(v1.DirectoryCreateServiceRequest(service=service)).service
        return Offer(made, place)

    def book(self, offer: Offer, at: str, client: Person, by: Someone = None, **more: Any) -> Visit:
        """Books for a client; for one who never came before, they are registered by it (B-2)."""
        if client.id:
            more["client_id"] = client.id
        else:
            more["new_client"] = client.registration
        request = v1.AppointmentsBookRequest(**offer.at(self.clock.ms(at)), **more)
        booked = self.stage.call(request, by).appointment
        client.id = booked.client_id
        return Visit(self.stage, booked)

    def in_the_way(
        self, offer: Offer, at: str, client: Person | None = None, by: Someone = None, **more: Any
    ) -> list[str]:
        """What a booking would be told (S-5); nothing is done."""
        request = v1.SlotsCheckRequest(
            **offer.at(self.clock.ms(at)), client_id=client.id if client else "", **more
        )
        return said(self.stage.call(request, by).conflicts)

    def hold(self, offer: Offer, at: str, client: Person, by: Someone = None) -> v1.Hold:
        request = v1.HoldsTakeRequest(**offer.at(self.clock.ms(at)), client_id=client.id)
        return self.stage.call(request, by).hold

    def free(self, offer: Offer, day: str, by: Someone = None) -> list[str]:
        """The free starts of a day: "10:00"."""
        from_ms = self.clock.ms(f"{day} 00:00")
        found = self.stage.call(
            v1.SlotsSearchRequest(
                from_ms=from_ms,
                until_ms=from_ms + DAY_MS,
                filter=v1.SlotFilter(
                    therapist_ids=[self.therapist.id],
                    service_id=offer.service.id,
                    location_id=offer.place.id,
                ),
            ),
            by,
        )
        starts = sorted(start for group in found.groups for start in group.start_ms)
        return [self.clock.shows(start).split()[1] for start in starts]

    def ask(
        self, offer: Offer, at: str, person: Person, by: Someone = None, note: str = "", **more: Any
    ) -> Visit:
        """Asks for a session (B-4), under the client's own id or as someone who may be anyone."""
        if person.id:
            more["client_id"] = person.id
        else:
            more["person"] = person.registration
        request = v1.RequestsAskRequest(**offer.at(self.clock.ms(at)), note=note, **more)
        return Visit(self.stage, self.stage.call(request, by).appointment)

    def requests(self) -> dict[str, list[str]]:
        """Open requests by their time, each with whom it may be of, best first (B-5)."""
        listed = v1.RequestsListRequest(therapist_id=self.therapist.id)
        return {
            self.clock.shows(each.appointment.start_time): [
                f"{match.client.name} {match.score}: {', '.join(match.agreeing_fields)}"
                for match in each.matches
            ]
            for each in self.stage.call(listed, self.therapist).requests
        }

    def calendar(self, by: Someone = None, **which: Any) -> list[str]:
        """Appointments in order of time (B-12): "2027-03-05 10:00 Anna Bianchi SCHEDULED"."""
        request = v1.AppointmentsListRequest(therapist_id=self.therapist.id, **which)
        return [self.line(each) for each in self.stage.call(request, by).appointments]

    def line(self, each: v1.Appointment) -> str:
        """An appointment as a calendar shows it."""
        who = self.stage.name(each.client_id) if each.client_id else "whoever asked"
        return f"{self.clock.shows(each.start_time)} {who} {state_name(each.state)}"

    def clients(self) -> list[str]:
        """Who is on the therapist's list, in the order in which they came."""
        request = v1.ClientsListRequest(therapist_id=self.therapist.id)
        return [each.name for each in self.stage.call(request).clients]

    def therapy(self, client: Person) -> v1.TherapiesGetResponse:
        """The therapy of a client, with its summary."""
        request = v1.TherapiesListRequest(therapist_id=self.therapist.id, client_id=client.id)
        (found,) = self.stage.call(request).therapies
        return self.stage.call(v1.TherapiesGetRequest(therapy_id=found.id))

    def series(
        self, offer: Offer, first: str, rule: str, client: Person, by: Someone = None, **more: Any
    ) -> v1.SeriesCreateResponse:
        """Books visits that recur (B-8)."""
        what = offer.at(0)
        del what["start_ms"]
        request = v1.SeriesCreateRequest(
            **what, local_start=iso(first), rule=rule, client_id=client.id, **more
        )
        return self.stage.call(request, by)

    def of_series(self, series_id: str) -> list[str]:
        """The appointments of a series, as a calendar shows them."""
        found = self.stage.call(v1.SeriesGetRequest(series_id=series_id))
        return [self.line(each) for each in found.appointments]


def iso(local: str) -> str:
    """A local time as ISO 8601 has it: "2027-03-05T10:00"."""
    return local.replace(" ", "T")


def report(occurrences: Sequence[v1.OccurrenceReport]) -> list[str]:
    """What became of each occurrence: "2027-03-24 10:00 THERAPIST_BUSY, left out"."""
    return [
        f"{each.local_start.replace('T', ' ')} "
        + ("booked" if each.bookable else " ".join(said(each.conflicts)))
        + (", left out" if each.omission else "")
        for each in occurrences
    ]
