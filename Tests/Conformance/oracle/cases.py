"""A case: what a partner has, and calls in their order; drawn from a seed, or read from JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

import contract as v1
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from oracle import eras
from oracle.clocks import MINUTE_MS, edge
from oracle.dice import BUFFERS, DURATIONS, GRIDS, Dice, directory, exception, policy, schedule
from oracle.hours import Stretch, open_hours
from oracle.practice import Practice
from oracle.verdict import is_off_grid
from seduta.wire.v1 import frames_pb2 as wire

CAN_BE_OVERRIDDEN = [1, 2, 3, 8, 9, 10]


@dataclass
class Call:
    """A request, and on whose behalf it is made."""

    request: Message
    actor: wire.Actor = field(default_factory=wire.Actor)


@dataclass
class Case:
    seed: str
    policy: v1.Policy
    directory: v1.DirectoryImportRequest
    clients: list[str]
    calls: list[Call]

    def to_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "policy": plain(self.policy),
            "directory": plain(self.directory),
            "clients": self.clients,
            "calls": [
                {type(call.request).__name__: plain(call.request), "actor": plain(call.actor)}
                for call in self.calls
            ],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Case":
        calls = []
        for each in value["calls"]:
            actor = ParseDict(each["actor"], wire.Actor())
            (name,) = set(each) - {"actor"}
            calls.append(Call(ParseDict(each[name], getattr(v1, name)()), actor))
        return cls(
            seed=value["seed"],
            policy=ParseDict(value["policy"], v1.Policy()),
            directory=ParseDict(value["directory"], v1.DirectoryImportRequest()),
            clients=value["clients"],
            calls=calls,
        )

    def __str__(self) -> str:
        return json.dumps(self.to_json(), ensure_ascii=False)


def plain(message: Message) -> dict[str, Any]:
    return MessageToDict(message, preserving_proto_field_name=True)


def copied(message: Any) -> Any:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy


def draw(seed: str, now_ms: int) -> Case:
    """The case of a seed, as it is on this day."""
    dice = Dice(seed)
    era = eras.draw(dice.random, now_ms)
    clients = [dice.new_id("cli") for _ in range(2)]
    case = Case(seed, policy(dice, with_caps=True), directory(dice, era), clients, [])
    drawing = Drawing(dice, era, case, now_ms)
    # Several rounds: what a search left behind is not to be stale after the next change.
    for _ in range(dice.random.choice([1, 2, 3])):
        case.calls += [drawing.change() for _ in range(dice.random.choice([0, 1, 4, 8]))]
        case.calls += [drawing.check() for _ in range(12)]
        case.calls += [drawing.search() for _ in range(2 if era.bookable else 1)]
        case.calls.append(drawing.lookup())
    return case


class Drawing:
    """Draws the calls of one case."""

    def __init__(self, dice: Dice, era: eras.Era, case: Case, now_ms: int) -> None:
        self.dice, self.era, self.case = dice, era, case
        self.random = dice.random
        self.this_minute_ms = now_ms // MINUTE_MS * MINUTE_MS
        self.from_ms, self.until_ms = eras.midnight(era, -2), eras.midnight(era, 3)
        self.practice = Practice(policy=case.policy)
        self.practice.take_over(case.directory)
        self.places = [copied(each) for each in case.directory.locations]
        self.taken: list[int] = []
        self.appointments: list[str] = []
        self.holds: dict[str, str] = {}

    def change(self) -> Call:
        kinds = ["book", "hold", "cancel", "release", "schedule", "settings"]
        kind = self.random.choices(kinds, [52, 16, 6, 3, 10, 13])[0]
        if kind == "hold":
            return self.hold()
        if kind == "cancel" and self.appointments:
            request = v1.AppointmentsCancelRequest()
            request.appointment_id = self.random.choice(self.appointments)
            return Call(request)
        if kind == "release" and self.holds:
            return Call(v1.HoldsReleaseRequest(hold_id=self.random.choice(list(self.holds))))
        if kind == "schedule":
            return self.schedule()
        if kind == "settings":
            return self.settings()
        return self.book()

    def book(self) -> Call:
        request = v1.AppointmentsBookRequest(appointment_id=self.dice.new_id("apt"))
        request.validate_only = self.dice.chance(10)
        call = self.wish(request, client_needed=True)
        self.appointments.append(request.appointment_id)
        return call

    def hold(self) -> Call:
        request = v1.HoldsTakeRequest(hold_id=self.dice.new_id("hld"))
        call = self.wish(request)
        self.holds[request.hold_id] = request.therapist_id
        return call

    def check(self) -> Call:
        return self.wish(v1.SlotsCheckRequest())

    def wish(self, request: Any, client_needed: bool = False) -> Call:
        """Fills in what checks, bookings and holds have in common."""
        service = self.random.choice(self.case.directory.services)
        request.therapist_id, request.service_id = service.therapist_id, service.id
        request.location_id = self.random.choice(service.location_ids)
        rooms = next(
            each.rooms for each in self.case.directory.locations if each.id == request.location_id
        )
        if rooms and self.dice.chance(30):
            request.room_id = self.random.choice(rooms).id
        if client_needed or self.dice.chance(60):
            request.client_id = self.random.choice(self.case.clients)
        request.start_ms = self.start(service, request.location_id)
        if self.dice.chance(40):
            request.start_ms = self.on_grid(service, request.start_ms)
        if client_needed or isinstance(request, v1.HoldsTakeRequest):
            self.taken.append(request.start_ms)
        actor = self.actor(request.therapist_id, request.client_id)
        if not isinstance(request, v1.HoldsTakeRequest):
            may_override = actor.role != wire.ACTOR_ROLE_CLIENT
            if may_override and self.dice.chance(60 if client_needed else 40):
                chosen = set(self.random.sample(CAN_BE_OVERRIDDEN, self.random.randint(1, 6)))
                # Else hardly anything would be booked in the past.
                chosen |= (
                    {3, 8} if client_needed and request.start_ms < self.this_minute_ms else set()
                )
                request.overrides.extend(sorted(chosen))
            theirs = [hold for hold, of in self.holds.items() if of == request.therapist_id]
            if theirs and self.dice.chance(20):
                request.hold_id = self.random.choice(theirs)
        return Call(request, actor)

    def hours(self, service: v1.Service, location_id: str) -> list[Stretch]:
        """Where there is room for a session around the era."""
        schedules = {each.therapist_id: each for each in self.case.directory.schedules}
        schedule = schedules[service.therapist_id]
        hours = open_hours(schedule, self.era.zone, [location_id], self.from_ms, self.until_ms)
        return [each for each in hours if each[1] - each[0] >= service.duration_minutes * MINUTE_MS]

    def start(self, service: v1.Service, location_id: str) -> int:
        """A whole minute at which something is likely to be decided."""
        kinds = ["hours", "edge", "taken", "change", "any", "now"]
        kind = self.random.choices(kinds, [43, 12, 18, 12, 7, 8])[0]
        lasts_ms = service.duration_minutes * MINUTE_MS
        hours = self.hours(service, location_id)
        nudge_ms = self.random.choice([-60, -30, -15, -5, -1, 0, 0, 0, 1, 5, 10, 30]) * MINUTE_MS
        if kind == "hours" and hours:
            begins, ends = self.random.choice(hours)
            at_ms = self.random.randrange(begins, ends - lasts_ms + 1, MINUTE_MS)
            return self.on_grid(service, at_ms)
        if kind == "edge" and hours:
            begins, ends = self.random.choice(hours)
            return self.random.choice([begins, ends - lasts_ms, ends]) + nudge_ms
        if kind == "taken" and self.taken:
            at_ms = self.random.choice(self.taken)
            return at_ms + self.random.choice([-lasts_ms, 0, lasts_ms, lasts_ms * 2]) + nudge_ms
        if kind == "change" and self.era.minutes:
            at_ms = edge(self.era.zone, self.era.day, self.random.choice(self.era.minutes))
            return (
                at_ms + self.random.randrange(-180, 180, self.random.choice([1, 5, 15])) * MINUTE_MS
            )
        if kind == "now" and self.era.zone not in eras.AGREE_UNTIL:
            ahead_ms = self.random.choice([0, self.practice.notice_ms(service)])
            return self.this_minute_ms + ahead_ms + self.random.randrange(-1, 3) * MINUTE_MS
        step_ms = self.random.choice([1, 5, 15, 60]) * MINUTE_MS
        return self.random.randrange(self.from_ms, self.until_ms) // step_ms * step_ms

    def on_grid(self, service: v1.Service, at_ms: int) -> int:
        """The start of the grid at an instant or before it."""
        grid_minutes = self.practice.grid_minutes(service)
        while is_off_grid(self.era.zone, grid_minutes, at_ms):
            at_ms -= MINUTE_MS
        return at_ms

    def actor(self, therapist_id: str, client_id: str = "") -> wire.Actor:
        roles = [wire.ACTOR_ROLE_STAFF, wire.ACTOR_ROLE_THERAPIST, wire.ACTOR_ROLE_CLIENT]
        role = self.random.choices(roles, [60, 15, 25])[0]
        client = client_id or self.random.choice(self.case.clients)
        return wire.Actor(role=role, id=["", "", therapist_id, client][role])

    def schedule(self) -> Call:
        """New hours, more exceptions, or fewer: some appointments fall outside (S-13)."""
        person = self.random.choice(self.case.directory.therapists)
        add = v1.DirectoryAddScheduleExceptionsRequest(therapist_id=person.id)
        add.exceptions.append(exception(self.dice, self.era, person))
        update = v1.DirectoryUpdateScheduleRequest(schedule=schedule(self.dice, self.era, person))
        remove = v1.DirectoryRemoveScheduleExceptionsRequest(therapist_id=person.id)
        for each in self.case.directory.schedules:
            if each.therapist_id == person.id and each.exceptions:
                remove.exception_ids.append(self.random.choice(each.exceptions).id)
        request = self.random.choice([add, add, update, remove if remove.exception_ids else add])
        request.validate_only = self.dice.chance(30)
        return Call(request)

    def settings(self) -> Call:
        """Other settings of somebody or something; what is booked keeps the buffers that it has."""
        kind = self.random.choice(["partner", "service", "therapist", "location"])
        if kind == "partner":
            new_policy = policy(self.dice, with_caps=True)
            return Call(v1.DirectoryUpdatePolicyRequest(policy=new_policy))
        if kind == "therapist":
            person = copied(self.random.choice(self.case.directory.therapists))
            person.grid_minutes = self.random.choice(GRIDS)
            person.policy.CopyFrom(policy(self.dice, with_caps=True))
            if self.dice.chance(30):
                person.time_zone = self.random.choice(eras.ZONES_THAT_AGREE)
            return Call(v1.DirectoryUpdateTherapistRequest(therapist=person))
        if kind == "location":
            place = self.random.choice(self.places)
            if place.rooms:
                place.rooms.add(id=self.dice.new_id("room"), name="Stanza")
                place.rooms.reverse()
            return Call(v1.DirectoryUpdateLocationRequest(location=place))
        line = copied(self.random.choice(self.case.directory.services))
        line.buffer_before_minutes = self.random.choice(BUFFERS)
        line.buffer_after_minutes = self.random.choice(BUFFERS)
        line.duration_minutes = self.random.choice(DURATIONS)
        return Call(v1.DirectoryUpdateServiceRequest(service=line))

    def span(self) -> tuple[int, int]:
        """From when until when to look: mostly a few days about the era; 0 is now."""
        from_ms = self.from_ms + self.random.choice([0, 0, self.random.randrange(1440)]) * MINUTE_MS
        from_ms += self.random.choice([0, 0, 0, 1, 59_999])
        minutes_max = self.random.choices([6 * 1440, 45 * 1440], [92, 8])[0]
        until_ms = from_ms + self.random.randrange(1, minutes_max) * MINUTE_MS
        is_near = self.this_minute_ms < until_ms < self.this_minute_ms + 30 * 1440 * MINUTE_MS
        return (0 if is_near and self.dice.chance(20) else from_ms), until_ms

    def search(self) -> Call:
        request = v1.SlotsSearchRequest()
        request.from_ms, request.until_ms = self.span()
        whom = self.dice.some([each.id for each in self.case.directory.therapists], at_least=1)
        request.filter.CopyFrom(self.filter(whom))
        request.filter.therapist_ids.extend(whom)
        if self.dice.chance(25):
            del request.filter.therapist_ids[:]
            request.filter.service_kind = self.random.choice(self.dice.kinds)
        if self.dice.chance(40):
            request.page_size = self.random.choice([1, 2, 7, 50, 1000])
        return Call(request, self.actor(whom[0]))

    def filter(self, therapist_ids: list[str]) -> v1.SlotFilter:
        """At most a few conditions, which one of the therapists may meet."""
        wanted = v1.SlotFilter()
        directory = self.case.directory
        theirs = [each for each in directory.services if each.therapist_id in therapist_ids]
        service = self.random.choice(theirs)
        whom = next(each for each in directory.therapists if each.id == service.therapist_id)
        where = next(each for each in directory.locations if each.id in service.location_ids)
        conditions: dict[str, Any] = {
            "service_id": service.id,
            "service_kind": service.kind,
            "location_id": where.id,
            "mode": service.mode,
            "language": whom.languages[0],
            "speciality": self.random.choice(["cbt", "emdr"]),
            "insurer": self.random.choice(["uno", "due"]),
            "city": where.city or "Roma",
        }
        for name in self.random.sample(list(conditions), self.random.choice([0, 0, 0, 1, 2])):
            setattr(wanted, name, conditions[name])
        if self.dice.chance(10):
            wanted.price_min.CopyFrom(v1.Money(minor_units=7000, currency="EUR"))
        if self.dice.chance(10):
            wanted.price_max.CopyFrom(v1.Money(minor_units=7000, currency="EUR"))
        return wanted

    def lookup(self) -> Call:
        request = v1.SlotsBatchLookupRequest()
        request.kind = self.random.choice(
            [v1.BATCH_LOOKUP_KIND_FIRST_FREE, v1.BATCH_LOOKUP_KIND_DAYS]
        )
        request.from_ms, request.until_ms = self.span()
        whom = self.dice.some([each.id for each in self.case.directory.therapists], at_least=1)
        request.therapist_ids.extend(whom)
        request.filter.CopyFrom(self.filter(whom))
        return Call(request, self.actor(whom[0]))
