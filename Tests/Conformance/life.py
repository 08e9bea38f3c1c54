"""What the tests of an appointment's life ask for again and again."""

from typing import Any

import contract as v1
from client import Connection
from practice import Practice, open_practice, timestamp
from seduta.wire.v1 import frames_pb2 as wire

PRICE = 7000
# A sandbox's clock goes on between two moves: so long before an edge it has not come yet.
SOON_MS = 20_000


def euro(minor_units: int) -> v1.Money:
    return v1.Money(minor_units=minor_units, currency="EUR")


def offering(
    connection: Connection,
    plan: int = v1.PAYMENT_PLAN_ON_SITE,
    cancellation: v1.CancellationTerms | None = None,
    **more: Any,
) -> Practice:
    """A practice whose session of 70 euros has this plan and these terms."""
    policy = v1.Policy(cancellation=cancellation, **more)
    return open_practice(connection, service={"payment_plan": plan, "policy": policy})


def terms(in_time: int, late: int, notice_minutes: int, unpaid: bool = False) -> v1.CancellationTerms:
    return v1.CancellationTerms(
        notice_minutes=notice_minutes,
        in_time_percent=in_time,
        late_percent=late,
        fee_where_unpaid=unpaid,
    )


def read(connection: Connection, booked: v1.Appointment) -> v1.Appointment:
    """The appointment as it is now."""
    return connection.call(v1.AppointmentsGetRequest(appointment_id=booked.id)).appointment


def history(
    connection: Connection, booked: v1.Appointment, actor: wire.Actor | None = None
) -> list[v1.AppointmentTransition]:
    request = v1.AppointmentsListTransitionsRequest(appointment_id=booked.id)
    return list(connection.call(request, actor=actor).transitions)


def moving(
    booked: v1.Appointment, start_ms: int, **more: Any
) -> v1.AppointmentsRescheduleRequest:
    return v1.AppointmentsRescheduleRequest(
        appointment_id=booked.id, start_ms=start_ms, **more
    )


def cancelling(booked: v1.Appointment, **more: Any) -> v1.AppointmentsCancelRequest:
    return v1.AppointmentsCancelRequest(appointment_id=booked.id, **more)


def beginning(booked: v1.Appointment, **more: Any) -> v1.PaymentsBeginRequest:
    return v1.PaymentsBeginRequest(appointment_id=booked.id, **more)


def paying(
    booked: v1.Appointment, minor_units: int | None = None, method: str = "cash", **more: Any
) -> v1.PaymentsRecordRequest:
    """All that is due unless an amount is named."""
    amount = None if minor_units is None else euro(minor_units)
    return v1.PaymentsRecordRequest(
        appointment_id=booked.id, amount=amount, method=method, **more
    )


def refunding(
    booked: v1.Appointment, minor_units: int | None = None, reason: str = "goodwill", **more: Any
) -> v1.PaymentsRecordRefundRequest:
    """What is owed back unless an amount is named."""
    amount = None if minor_units is None else euro(minor_units)
    return v1.PaymentsRecordRefundRequest(
        appointment_id=booked.id, amount=amount, method="cash", reason=reason, **more
    )


def advance(connection: Connection, instant_ms: int) -> int:
    """Moves a sandbox's clock to this instant; how many appointments time has changed."""
    request = v1.SandboxAdvanceRequest(to_time=timestamp(instant_ms))
    return connection.call(request).changed


def told(connection: Connection, booked: v1.Appointment) -> list[tuple[str, str]]:
    """The messages about an appointment: what, and to whom."""
    request = v1.AdminOutboxRequest(subject_id=booked.id)
    who = {booked.client_id: "client", booked.therapist_id: "therapist"}
    return [(each.kind, who[each.recipient_id]) for each in connection.call(request).messages]


def both(kind: str) -> list[tuple[str, str]]:
    return [(kind, "client"), (kind, "therapist")]
