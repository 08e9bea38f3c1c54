"""What a call is to be answered, and what it changes: the oracle's side of a conversation.

Answers are compared as plain values, made in the same way from what the oracle thinks and from what
the server says. What the rules leave open is not in them: sentences, ids that the server makes.
"""

from typing import Any

import contract as v1
from google.protobuf.message import Message
from oracle.clocks import MINUTE_MS
from oracle.hours import open_hours
from oracle.listing import days_of, first_free, found
from oracle.practice import Occupation, Practice
from oracle.verdict import Wish, discrepancies, standing
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status

Plain = Any


class Opinion:
    """Knows what a partner has, by being told every call that was answered."""

    def __init__(self, policy: v1.Policy, directory: v1.DirectoryImportRequest) -> None:
        self.practice = Practice(policy=policy)
        self.practice.take_over(directory)

    def on(self, request: Message, actor: wire.Actor, now_ms: int) -> Plain:
        """What the answer to a request is, at an instant."""
        match request:
            case v1.SlotsCheckRequest():
                return self.verdict(Wish(self.practice, request, actor.role), now_ms)
            case v1.SlotsSearchRequest():
                return self.search(request, actor.role, now_ms)
            case v1.SlotsBatchLookupRequest():
                return self.lookup(request, actor.role, now_ms)
            case v1.AppointmentsBookRequest():
                return self.booking(as_check(request), actor.role, now_ms)
            case v1.HoldsTakeRequest():
                return self.hold(request, actor.role, now_ms)
            case v1.AppointmentsCancelRequest():
                has_begun = self.practice.taken[request.appointment_id].start_ms <= now_ms
                return {"refused": "APPOINTMENT_BEGUN"} if has_begun else {}
            case _ if schedule := self.new_schedule(request):
                return self.affected(schedule, now_ms)
            case _:
                return {}

    def allows(self, request: Message, answered: Plain, now_ms: int) -> bool:
        """Whether an answer is right as well: time completes what is over, at a moment of its own."""
        if not isinstance(request, v1.AppointmentsCancelRequest):
            return False
        is_over = self.practice.taken[request.appointment_id].end_ms <= now_ms
        return is_over and answered == {"refused": "APPOINTMENT_STATE"}

    def verdict(self, wish: Wish, now_ms: int) -> Plain:
        what = discrepancies(wish, now_ms)
        bookable = not standing(what)
        room = wish.free_room(now_ms) if bookable else ""
        return {"bookable": bookable, "room": room, "discrepancies": plain_discrepancies(what)}

    def booking(self, request: v1.SlotsCheckRequest, role: int, now_ms: int) -> Plain:
        wish = Wish(self.practice, request, role)
        answer = self.verdict(wish, now_ms)
        if answer["bookable"]:
            return {"booked": [wish.start_ms, wish.end_ms], "room": answer["room"]}
        taken = {4, 5, 6} & {each["kind"] for each in answer["discrepancies"]}
        code = status.CODE_ALREADY_EXISTS if taken else status.CODE_FAILED_PRECONDITION
        return {"refused": code, "discrepancies": answer["discrepancies"]}

    def hold(self, request: v1.HoldsTakeRequest, role: int, now_ms: int) -> Plain:
        check = as_check(request)
        check.hold_id = ""  # what it will be called, not one that the caller has
        answer = self.booking(check, role, now_ms)
        once_ms, in_all_ms = self.practice.hold_ms(self.practice.services[request.service_id])
        return answer | ({"lasts": once_ms, "at most": in_all_ms} if "booked" in answer else {})

    def search(self, request: v1.SlotsSearchRequest, role: int, now_ms: int) -> Plain:
        return [[start, *group] for start, group in found(self.practice, request, role, now_ms)]

    def lookup(self, request: v1.SlotsBatchLookupRequest, role: int, now_ms: int) -> Plain:
        if request.kind == v1.BATCH_LOOKUP_KIND_DAYS:
            theirs = [
                days_of(self.practice, request, each, role, now_ms)
                for each in request.therapist_ids
            ]
            return [plain_days(each) for each in theirs]
        firsts = first_free(self.practice, request, role, now_ms)
        return [[first[0], *first[1]] if first else None for first in firsts]

    def new_schedule(self, request: Message) -> v1.Schedule | None:
        """What a schedule becomes by a request; None where it is not about schedules."""
        result = v1.Schedule()
        match request:
            case v1.DirectoryUpdateScheduleRequest():
                result.CopyFrom(request.schedule)
            case v1.DirectoryAddScheduleExceptionsRequest():
                result.CopyFrom(self.practice.schedules[request.therapist_id])
                result.exceptions.extend(request.exceptions)
            case v1.DirectoryRemoveScheduleExceptionsRequest():
                result.CopyFrom(self.practice.schedules[request.therapist_id])
                for each in list(result.exceptions):
                    if each.id in request.exception_ids:
                        result.exceptions.remove(each)
            case _:
                return None
        return result

    def affected(self, schedule: v1.Schedule, now_ms: int) -> Plain:
        """The appointments, not over yet, outside the new hours of their location (S-13)."""
        zone = self.practice.therapists[schedule.therapist_id].time_zone
        return [
            each.id
            for each in self.practice.occupations(now_ms)
            if each.therapist_id == schedule.therapist_id
            and not each.is_hold
            and each.end_ms > now_ms
            and not any(
                begins <= each.start_ms and each.end_ms <= ends
                for begins, ends in open_hours(
                    schedule, zone, [each.location_id], each.start_ms, each.end_ms
                )
            )
        ]

    def knows_subject_of(self, request: Message, actor: wire.Actor) -> bool:
        """Whether what a call is about exists: a booking before it may have been refused.

        For a client, nobody else's hold does.
        """
        taken = self.practice.taken
        match request:
            case v1.AppointmentsCancelRequest():
                return request.appointment_id in taken
            case v1.HoldsReleaseRequest():
                return request.hold_id in taken
            case v1.SlotsCheckRequest() | v1.AppointmentsBookRequest():
                hold = taken.get(request.hold_id)
                is_theirs = hold and hold.client_id == actor.id
                return not request.hold_id or bool(is_theirs if is_client(actor) else hold)
            case v1.DirectoryRemoveScheduleExceptionsRequest():
                there = {
                    each.id for each in self.practice.schedules[request.therapist_id].exceptions
                }
                return there.issuperset(request.exception_ids)
            case _:
                return True

    def told(self, request: Message, response: Message) -> None:
        """Takes note of what a call changed."""
        if getattr(request, "validate_only", False):
            return
        taken = self.practice.taken
        match request:
            case v1.AppointmentsBookRequest():
                taken.pop(request.hold_id, None)
                booked = response.appointment
                taken[booked.id] = self.occupation(booked, request.service_id)
            case v1.HoldsTakeRequest():
                taken[response.hold.id] = self.occupation(response.hold, request.service_id)
                taken[response.hold.id].expire_ms = response.hold.expire_time.ToMilliseconds()
            case v1.AppointmentsCancelRequest():
                del taken[request.appointment_id]
            case v1.HoldsReleaseRequest():
                taken.pop(request.hold_id, None)
            case v1.DirectoryUpdateServiceRequest():
                self.practice.services[request.service.id] = request.service
            case v1.DirectoryUpdateTherapistRequest():
                self.practice.therapists[request.therapist.id] = request.therapist
            case v1.DirectoryUpdateLocationRequest():
                self.practice.locations[request.location.id] = request.location
            case v1.DirectoryUpdatePolicyRequest():
                self.practice.policy = request.policy
            case _ if schedule := self.new_schedule(request):
                self.practice.schedules[schedule.therapist_id] = schedule

    def occupation(self, booked: Any, service_id: str) -> Occupation:
        """What an appointment or a hold takes; its buffers are those of its service when booked."""
        service = self.practice.services[service_id]
        return Occupation(
            id=booked.id,
            therapist_id=booked.therapist_id,
            location_id=booked.location_id,
            room_id=booked.room_id,
            client_id=booked.client_id,
            start_ms=booked.start_time.ToMilliseconds(),
            end_ms=booked.end_time.ToMilliseconds(),
            before_ms=service.buffer_before_minutes * MINUTE_MS,
            after_ms=service.buffer_after_minutes * MINUTE_MS,
        )


def is_client(actor: wire.Actor) -> bool:
    return actor.role == wire.ACTOR_ROLE_CLIENT


def as_check(request: Any) -> v1.SlotsCheckRequest:
    """A booking or a hold as the check that asks the same."""
    check = v1.SlotsCheckRequest()
    for name in check.DESCRIPTOR.fields_by_name:
        value = getattr(request, name, None)
        if name == "overrides":
            check.overrides.extend(value or [])
        elif value:
            setattr(check, name, value)
    return check


def plain_discrepancies(what: list[status.Discrepancy]) -> Plain:
    return [
        {
            "kind": each.kind,
            "overridden": each.overridden,
            "collisions": sorted(
                [c.start_ms, c.end_ms, c.appointment_id, c.hold_id, c.hold_expire_ms, c.resource_id]
                for c in each.collisions
            ),
        }
        for each in what
    ]


def plain_days(days: v1.TherapistDays) -> Plain:
    return {
        "therapist": days.therapist_id,
        "zone": days.time_zone,
        "first": days.first_date,
        "days": [list(pair) for pair in zip(days.availability, days.free_starts, strict=True)],
    }
