"""What the tests of requests have in common: practices where clients ask, people, and answers."""

import secrets
from typing import Any

import contract as v1
from client import Connection, as_client
from practice import Practice, open_practice, registration
from seduta.wire.v1 import frames_pb2 as wire

STRANGER = as_client("")


def open_for_requests(connection: Connection, **settings: Any) -> Practice:
    """A practice where clients ask and the therapist decides; with more of its policy."""
    policy = v1.Policy(client_booking=v1.BOOKING_MODE_REQUEST, **settings)
    return open_practice(connection, service={"policy": policy})


def somebody(name: str = "", **changes: Any) -> v1.ClientRegistration:
    """A person whom nobody resembles: with a name and a telephone of their own, too."""
    name = name or f"Anna {secrets.token_hex(6)}"
    phone = f"+39{secrets.randbelow(10**10):010}"
    return registration(name, **{"phone": phone} | changes)


def enrol(connection: Connection, **changes: Any) -> v1.Client:
    """Registers somebody."""
    request = v1.ClientsRegisterRequest(client=somebody(**changes))
    return connection.call(request).client


def asking(practice: Practice, start_ms: int, **more: Any) -> v1.RequestsAskRequest:
    """A request for a session; of somebody new unless a client is named."""
    if "client_id" not in more and "person" not in more:
        more["person"] = somebody()
    return v1.RequestsAskRequest(
        therapist_id=practice.therapist.id,
        service_id=practice.service.id,
        location_id=practice.location.id,
        start_ms=start_ms,
        **more,
    )


def ask(
    connection: Connection,
    practice: Practice,
    start_ms: int,
    actor: wire.Actor | None = None,
    **more: Any,
) -> v1.Appointment:
    return connection.call(asking(practice, start_ms, **more), actor=actor).appointment


def accept(
    connection: Connection,
    appointment_id: str,
    actor: wire.Actor | None = None,
    **more: Any,
) -> v1.RequestsAcceptResponse:
    request = v1.RequestsAcceptRequest(appointment_id=appointment_id, **more)
    return connection.call(request, actor=actor)


def decline(
    connection: Connection,
    appointment_id: str,
    actor: wire.Actor | None = None,
    **more: Any,
) -> v1.Appointment:
    request = v1.RequestsDeclineRequest(appointment_id=appointment_id, **more)
    return connection.call(request, actor=actor).appointment


def withdraw(
    connection: Connection,
    appointment_id: str,
    actor: wire.Actor | None = None,
    **more: Any,
) -> v1.Appointment:
    request = v1.RequestsWithdrawRequest(appointment_id=appointment_id, **more)
    return connection.call(request, actor=actor).appointment


def read(connection: Connection, appointment_id: str) -> v1.Appointment:
    request = v1.AppointmentsGetRequest(appointment_id=appointment_id)
    return connection.call(request).appointment


def listed(connection: Connection, practice: Practice) -> list[str]:
    """The ids on the therapist's client list."""
    request = v1.ClientsListRequest(therapist_id=practice.therapist.id)
    return [client.id for client in connection.call(request).clients]


def open_requests(connection: Connection, practice: Practice) -> list[v1.Appointment]:
    request = v1.RequestsListRequest(therapist_id=practice.therapist.id)
    return [each.appointment for each in connection.call(request).requests]
