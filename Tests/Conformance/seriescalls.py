"""Requests about series, and what the tests look at in their answers."""

from collections.abc import Iterable
from typing import Any

import contract as v1
from client import Connection
from practice import Practice

THIS, FOLLOWING, ALL = (
    v1.SERIES_SCOPE_THIS,
    v1.SERIES_SCOPE_THIS_AND_FOLLOWING,
    v1.SERIES_SCOPE_ALL,
)
SKIP = v1.SERIES_CONFLICT_MODE_SKIP


def local(practice: Practice, days: int, time_of_day: str) -> str:
    """So many days from today, as series say it: "2026-12-01T10:00"."""
    return f"{practice.day(days).isoformat()}T{time_of_day}"


def creating(
    practice: Practice, client_id: str, local_start: str, rule: str, **more: Any
) -> v1.SeriesCreateRequest:
    return v1.SeriesCreateRequest(
        therapist_id=practice.therapist.id,
        service_id=practice.service.id,
        location_id=practice.location.id,
        client_id=client_id,
        local_start=local_start,
        rule=rule,
        **more,
    )


def looking(
    practice: Practice, first: int, end: int, rule: str = "FREQ=WEEKLY;COUNT=10", **more: Any
) -> v1.SeriesSearchRequest:
    """First starts on the days from `first` on, before `end`, counted from today."""
    return v1.SeriesSearchRequest(
        therapist_id=practice.therapist.id,
        service_id=practice.service.id,
        rule=rule,
        from_ms=practice.at(first, "00:00"),
        until_ms=practice.at(end, "00:00"),
        **more,
    )


def moving(
    appointment_id: str, scope: Any, local_start: str, **more: Any
) -> v1.SeriesRescheduleRequest:
    return v1.SeriesRescheduleRequest(
        appointment_id=appointment_id, scope=scope, local_start=local_start, **more
    )


def cancelling(appointment_id: str, scope: Any, **more: Any) -> v1.SeriesCancelRequest:
    return v1.SeriesCancelRequest(appointment_id=appointment_id, scope=scope, **more)


def members(connection: Connection, series_id: str) -> list[v1.Appointment]:
    return list(connection.call(v1.SeriesGetRequest(series_id=series_id)).appointments)


def starts(connection: Connection, series_id: str) -> list[int]:
    """Of those that stand, in order of time."""
    return [
        each.start_time.ToMilliseconds()
        for each in members(connection, series_id)
        if each.state == v1.APPOINTMENT_STATE_SCHEDULED
    ]


def shown(reports: Iterable[v1.OccurrenceReport]) -> list[tuple[str, bool, int]]:
    return [(each.local_start, each.bookable, each.omission) for each in reports]
