"""What a partner has: the directory, its policy, and what is taken."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import contract as v1
from oracle.clocks import MINUTE_MS
from seduta.wire.v1 import frames_pb2 as wire

GRID_MINUTES = 30
STAFF_HORIZON_MONTHS = 6
CLIENT_HORIZON_MONTHS = 1
HOLD_MINUTES = 10
HOLD_TOTAL_MINUTES = 60


@dataclass
class Occupation:
    """An appointment, or a hold: what it takes, and from when until when."""

    id: str
    therapist_id: str
    location_id: str
    room_id: str
    client_id: str
    start_ms: int
    end_ms: int
    before_ms: int = 0
    after_ms: int = 0
    expire_ms: int = 0  # of a hold

    @property
    def is_hold(self) -> bool:
        return self.expire_ms > 0

    def holds(self, now_ms: int) -> bool:
        """A hold's slot is free the moment it lapses (S-12)."""
        return not self.is_hold or now_ms < self.expire_ms

    def overlaps(self, start_ms: int, end_ms: int) -> bool:
        return self.start_ms < end_ms and start_ms < self.end_ms

    def keeps_from(self, start_ms: int, end_ms: int, before_ms: int, after_ms: int) -> bool:
        """Whether the therapist cannot have both: buffers may meet, but never a session (S-7)."""
        return self.overlaps(start_ms - before_ms, end_ms + after_ms) or (
            self.start_ms - self.before_ms < end_ms and start_ms < self.end_ms + self.after_ms
        )


@dataclass
class Practice:
    """A partner's resources by id."""

    locations: dict[str, v1.Location] = field(default_factory=dict)
    therapists: dict[str, v1.Therapist] = field(default_factory=dict)
    services: dict[str, v1.Service] = field(default_factory=dict)
    schedules: dict[str, v1.Schedule] = field(default_factory=dict)
    policy: v1.Policy = field(default_factory=v1.Policy)
    taken: dict[str, Occupation] = field(default_factory=dict)

    def take_over(self, directory: v1.DirectoryImportRequest) -> None:
        self.locations |= {each.id: each for each in directory.locations}
        self.therapists |= {each.id: each for each in directory.therapists}
        self.services |= {each.id: each for each in directory.services}
        self.schedules |= {
            each.id: v1.Schedule(therapist_id=each.id) for each in directory.therapists
        }
        self.schedules |= {each.therapist_id: each for each in directory.schedules}

    def occupations(self, now_ms: int, but: str = "") -> Iterator[Occupation]:
        """What is taken at an instant, in order of start; without the caller's own hold."""
        for each in sorted(self.taken.values(), key=lambda each: (each.start_ms, each.id)):
            if each.holds(now_ms) and each.id != but:
                yield each

    def grid_minutes(self, service: v1.Service) -> int:
        """The service's step, else its therapist's (S-3)."""
        therapist = self.therapists[service.therapist_id]
        if service.full_hours_only or therapist.full_hours_only:
            return 60
        return service.grid_minutes or therapist.grid_minutes or GRID_MINUTES

    def setting(self, name: str, therapist_id: str, service: v1.Service | None = None) -> int:
        """A policy's number: the service's, else the therapist's, else the partner's, else 0."""
        policies = [self.therapists[therapist_id].policy, self.policy]
        for policy in ([service.policy] if service else []) + policies:
            if number := getattr(policy, name):
                return int(number)
        return 0

    def horizon_months(self, service: v1.Service, role: int) -> int:
        """S-2."""
        if role == wire.ACTOR_ROLE_CLIENT:
            name, default = "client_horizon_months", CLIENT_HORIZON_MONTHS
        else:
            name, default = "staff_horizon_months", STAFF_HORIZON_MONTHS
        return self.setting(name, service.therapist_id, service) or default

    def notice_ms(self, service: v1.Service) -> int:
        """-1 is for none, and so is the default."""
        minutes = self.setting("minimum_notice_minutes", service.therapist_id, service)
        return max(0, minutes) * MINUTE_MS

    def caps(self, therapist_id: str) -> tuple[int | None, int | None]:
        """The daily and the weekly cap; None for no limit."""
        daily = self.setting("daily_cap", therapist_id)
        weekly = self.setting("weekly_cap", therapist_id)
        return (daily if daily > 0 else None, weekly if weekly > 0 else None)

    def hold_ms(self, service: v1.Service) -> tuple[int, int]:
        """How long a hold lasts until it is renewed, and in all (S-12)."""
        of = service.therapist_id
        once = self.setting("hold_minutes", of, service) or HOLD_MINUTES
        total = self.setting("hold_total_minutes", of, service) or HOLD_TOTAL_MINUTES
        return once * MINUTE_MS, total * MINUTE_MS
