"""What is in the way of one start: the ten discrepancies of S-4, one after the other."""

import contract as v1
from dateutil.relativedelta import relativedelta
from oracle.clocks import MINUTE_MS, is_second_pass, local_day, shown
from oracle.hours import open_hours
from oracle.practice import Occupation, Practice
from seduta.wire.v1 import status_pb2 as status

KINDS = range(1, 11)


class Wish:
    """A session that someone thinks of: the fields of a check, a booking or a hold alike."""

    def __init__(self, practice: Practice, request: v1.SlotsCheckRequest, role: int) -> None:
        self.practice, self.role = practice, role
        self.service = practice.services[request.service_id]
        self.therapist = practice.therapists[request.therapist_id]
        self.schedule = practice.schedules[request.therapist_id]
        self.location = practice.locations[request.location_id]
        self.zone = self.therapist.time_zone
        self.start_ms = request.start_ms
        self.end_ms = request.start_ms + self.service.duration_minutes * MINUTE_MS
        self.room_id, self.client_id = request.room_id, request.client_id
        self.hold_id = request.hold_id
        self.overrides = set(request.overrides)
        self.before_ms = self.service.buffer_before_minutes * MINUTE_MS
        self.after_ms = self.service.buffer_after_minutes * MINUTE_MS

    def within(self, location_ids: list[str]) -> bool:
        """Whether the whole session lies in the hours of the locations together."""
        hours = open_hours(self.schedule, self.zone, location_ids, self.start_ms, self.end_ms)
        return any(begins <= self.start_ms and self.end_ms <= ends for begins, ends in hours)

    def others(self, now_ms: int) -> list[Occupation]:
        return list(self.practice.occupations(now_ms, but=self.hold_id))

    def occupants(self, room_id: str, now_ms: int) -> list[Occupation]:
        """What takes a room during the session."""
        return [
            other
            for other in self.others(now_ms)
            if other.room_id == room_id and other.overlaps(self.start_ms, self.end_ms)
        ]

    def rooms(self) -> list[str]:
        """The rooms that would do, in the location's order."""
        return [self.room_id] if self.room_id else [room.id for room in self.location.rooms]

    def free_room(self, now_ms: int) -> str:
        """The first room that is free (S-10); empty where there is none."""
        return next((room for room in self.rooms() if not self.occupants(room, now_ms)), "")


def discrepancies(wish: Wish, now_ms: int) -> list[status.Discrepancy]:
    """Everything that is in the way, in the order of the kinds, overridden or not (S-4)."""
    outside_there = not wish.within([wish.location.id])
    found = {
        1: outside_there,
        2: outside_there and not wish.within(list(wish.therapist.location_ids)),
        3: wish.start_ms < now_ms,
        4: therapist_collisions(wish, now_ms),
        5: room_collisions(wish, now_ms),
        6: client_collisions(wish, now_ms),
        7: is_beyond_horizon(wish, now_ms),
        8: wish.start_ms < now_ms + wish.practice.notice_ms(wish.service)
        and wish.practice.notice_ms(wish.service) > 0,
        9: is_off_grid(wish.zone, wish.practice.grid_minutes(wish.service), wish.start_ms),
        10: is_over_cap(wish, now_ms),
    }
    return [
        status.Discrepancy(
            kind=kind,
            collisions=found[kind] if kind in (4, 5, 6) else [],
            overridden=kind in wish.overrides,
        )
        for kind in KINDS
        if found[kind]
    ]


def therapist_collisions(wish: Wish, now_ms: int) -> list[status.Collision]:
    return [
        collision(other, wish.therapist.id)
        for other in wish.others(now_ms)
        if other.therapist_id == wish.therapist.id
        and other.keeps_from(wish.start_ms, wish.end_ms, wish.before_ms, wish.after_ms)
    ]


def room_collisions(wish: Wish, now_ms: int) -> list[status.Collision]:
    """What takes the rooms, where none of those that would do is free."""
    if not wish.rooms() or wish.free_room(now_ms):
        return []
    taken = [(room, other) for room in wish.rooms() for other in wish.occupants(room, now_ms)]
    return [
        collision(other, room) for room, other in sorted(taken, key=lambda each: each[1].start_ms)
    ]


def client_collisions(wish: Wish, now_ms: int) -> list[status.Collision]:
    return [
        collision(other, wish.client_id)
        for other in wish.others(now_ms)
        if wish.client_id
        and other.client_id == wish.client_id
        and other.overlaps(wish.start_ms, wish.end_ms)
    ]


def collision(other: Occupation, resource_id: str) -> status.Collision:
    return status.Collision(
        appointment_id="" if other.is_hold else other.id,
        hold_id=other.id if other.is_hold else "",
        hold_expire_ms=other.expire_ms,
        start_ms=other.start_ms,
        end_ms=other.end_ms,
        resource_id=resource_id,
    )


def is_beyond_horizon(wish: Wish, now_ms: int) -> bool:
    """Calendar months from today in the therapist's zone, the last day included (S-2)."""
    months = wish.practice.horizon_months(wish.service, wish.role)
    last = local_day(wish.zone, now_ms) + relativedelta(months=months)
    return local_day(wish.zone, wish.start_ms) > last


def is_off_grid(zone: str, grid_minutes: int, start_ms: int) -> bool:
    """Not a step from the full hour (S-3), or in the second pass of a repeated hour (S-9)."""
    return shown(zone, start_ms).minute % grid_minutes != 0 or is_second_pass(zone, start_ms)


def is_over_cap(wish: Wish, now_ms: int) -> bool:
    """Sessions count on the local day, and in the local week, in which they start."""
    daily, weekly = wish.practice.caps(wish.therapist.id)
    day = local_day(wish.zone, wish.start_ms)
    theirs = [
        local_day(wish.zone, other.start_ms)
        for other in wish.others(now_ms)
        if other.therapist_id == wish.therapist.id
    ]
    on_day = sum(other == day for other in theirs)
    in_week = sum(other.isocalendar()[:2] == day.isocalendar()[:2] for other in theirs)
    over_day = daily is not None and on_day >= daily
    return over_day or (weekly is not None and in_week >= weekly)


def standing(found: list[status.Discrepancy]) -> list[int]:
    """The kinds that were not overridden."""
    return [each.kind for each in found if not each.overridden]


def can_be_booked(wish: Wish, now_ms: int) -> bool:
    return not standing(discrepancies(wish, now_ms))
