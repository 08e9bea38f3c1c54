"""Card numbers never reach Seduta (P-7): every text that people write is looked at, and no other.

Which text is which is decided here, by the message and field of Proto/: a field that is new there fails the first
test until it is decided.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import contract as v1
import pytest
from client import Connection, InvalidArgument, Refused
from conftest import Shared
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from practice import new_id, registration
from sandboxes import audit as all_events
from seduta.wire.v1 import frames_pb2 as wire
from server import Server
from asking import REQUESTS
from things import Things

# Published for tests by gateways. Only here: what is refused is looked for in all that a server keeps.
CARD = "4000056655665556"
# Where a card's number is taken, it is this one.
OTHER_CARD = "5555555555554444"

# What people write.
FREE = {
    "Actor.id",  # the name that staff give; those of others are ids
    "AppointmentsCancelRequest.reason",
    "AppointmentsRescheduleRequest.reason",
    "AttendanceStatus.name",
    "BenefitDraft.note",
    "BenefitsGrantRequest.paid_by",
    "Client.name",
    "ClientRegistration.name",
    "ClientsMatchRequest.name",
    "DirectoryListPublicHolidaysRequest.calendar",  # NOT_FOUND repeats it
    "LedgerRecordPayoutRequest.method",
    "LedgerRecordPayoutRequest.note",
    "Location.address",
    "Location.city",
    "Location.name",
    "Package.name",
    "PackagePayment.method",
    "PackagesDeleteLinkRequest.reason",
    "PackagesPayRequest.note",
    "MessageTemplate.html",
    "MessageTemplate.sms",
    "MessageTemplate.subject",
    "MessageTemplate.text",
    "NotificationSettings.sender_name",
    "PaymentsRecordRefundRequest.method",
    "PaymentsRecordRefundRequest.reason",
    "PaymentsRecordRequest.method",
    "PaymentsRecordRequest.note",
    "PaymentsRefundRequest.reason",
    "RequestsAskRequest.note",
    "RequestsDeclineRequest.reason",
    "RequestsWithdrawRequest.reason",
    "Room.name",
    "ScheduleException.note",
    "SeriesCancelRequest.reason",
    "SeriesRescheduleRequest.reason",
    "Service.kind",
    "Service.name",
    "Therapist.display_name",
    "Therapist.insurers",
    "Therapist.specialities",
    "VisitDetails.insurer",
    "VisitDetails.notes",
}
# What has a form of its own, or is compared and not kept. Ids and page tokens are exempt by their names.
EXEMPT = {
    "AdminOutboxRequest.state",
    "AppointmentsSetAttendanceRequest.attendance",
    "AttendanceStatus.code",
    "BenefitsBuyRequest.payment_method_token",  # tokens have a test of their own
    "Call.idempotency_key",
    "Call.method",
    "Call.traceparent",
    "Client.birth_date",
    "Client.email",
    "Client.language",
    "Client.phone",
    "Client.time_zone",
    "ClientRegistration.birth_date",
    "ClientRegistration.email",
    "ClientRegistration.language",
    "ClientRegistration.phone",
    "ClientRegistration.time_zone",
    "ClientsMatchRequest.birth_date",
    "ClientsMatchRequest.email",
    "ClientsMatchRequest.phone",
    "Consent.version",
    "DirectoryListPublicHolidaysRequest.first_date",
    "DirectoryListPublicHolidaysRequest.last_date",
    "EventsListRequest.kinds",
    "EventsSubscribeRequest.kinds",
    "Hello.api_key",
    "Hello.client_name",
    "Hello.client_version",
    "Money.currency",
    "PackageLine.date",
    "PackageLine.status",
    "PackageLine.time",
    "PackagePayment.payment_method_token",
    "PackagesGetCardRequest.language",
    "NotificationSettings.cancel_url",
    "NotificationSettings.join_url",
    "NotificationSettings.pay_url",
    "NotificationSettings.reply_to",
    "NotificationsPreviewTemplateRequest.reader_language",
    "PaymentMethodsSetUpRequest.token",
    "PaymentsBeginRequest.payment_method_token",
    "Schedule.public_holidays",
    "ScheduleException.first_date",
    "ScheduleException.last_date",
    "SeriesCreateRequest.excluded_local_starts",
    "SeriesCreateRequest.local_start",
    "SeriesCreateRequest.rule",
    "SeriesRescheduleRequest.local_start",
    "SeriesSearchRequest.rule",
    "SlotFilter.city",
    "SlotFilter.insurer",
    "SlotFilter.language",
    "SlotFilter.service_kind",
    "SlotFilter.speciality",
    "Therapist.email",
    "TemplateKey.kind",
    "TemplateKey.language",
    "Therapist.languages",
    "Therapist.time_zone",
    "WebhookEndpoint.kinds",
    "WebhookEndpoint.last_error",  # told, never taken
    "WebhookEndpoint.url",
    "WebhooksCreateEndpointRequest.kinds",
    "WebhooksCreateEndpointRequest.url",
    "WeeklyWindow.valid_from",
    "VisitDetails.authorisation_number",  # insurers' numbers may be as long as a card's
    "VisitDetails.phone",
    "WeeklyWindow.valid_until",
}


def asking_as_somebody(things: Things) -> v1.RequestsAskRequest:
    request = things.asking()
    request.person.CopyFrom(registration())
    return request


CALLS: dict[str, Callable[[Things], Message]] = REQUESTS | {
    "Requests/Ask, by somebody": asking_as_somebody
}


def is_ours(kind: Descriptor | None) -> bool:
    return kind is not None and kind.file.package.startswith("seduta.")


def is_text(field: FieldDescriptor) -> bool:
    return field.type == FieldDescriptor.TYPE_STRING


def named(field: FieldDescriptor) -> str:
    return f"{field.containing_type.name}.{field.name}"


def is_named_exempt(field: FieldDescriptor) -> bool:
    ends = ("_id", "_ids", "page_token")
    return (field.name == "id" or field.name.endswith(ends)) and named(field) not in FREE


def declared(message: Descriptor, path: str) -> Iterator[tuple[str, FieldDescriptor]]:
    """Every text of a message and of those in it."""
    for field in message.fields:
        here = f"{path}.{field.name}"
        if is_text(field):
            yield here, field
        elif is_ours(field.message_type):
            yield from declared(field.message_type, here)


@dataclass
class Spot:
    """A place in a request where people write."""

    path: str  # with the message's name, without indices
    named: str  # as a refusal names it
    holder: Message
    field: FieldDescriptor

    def put(self, text: str) -> None:
        value = getattr(self.holder, self.field.name)
        if isinstance(value, str):
            setattr(self.holder, self.field.name, text)
        else:
            value.append(text)
            self.named += f"[{len(value) - 1}]"


def spots(message: Message, path: str, named_so_far: str = "") -> Iterator[Spot]:
    """Where people write in a request; in a list, in the first."""
    for field in message.DESCRIPTOR.fields:
        here, as_named = f"{path}.{field.name}", f"{named_so_far}{field.name}"
        if is_text(field) and named(field) in FREE:
            yield Spot(here, as_named, message, field)
    for field, value in message.ListFields():
        here, as_named = f"{path}.{field.name}", f"{named_so_far}{field.name}"
        if not is_ours(field.message_type):
            continue
        if isinstance(value, Message):
            yield from spots(value, here, f"{as_named}.")
        else:
            yield from spots(value[0], here, f"{as_named}[0].")


def luhn(digits: str) -> bool:
    values = [int(digit) for digit in reversed(digits)]
    return sum(sum(divmod(2 * d, 10)) if i % 2 else d for i, d in enumerate(values)) % 10 == 0


@pytest.fixture(scope="module")
def server(till: Shared) -> Server:
    """One that takes payments."""
    return till.server


@pytest.fixture(scope="module")
def things(till: Shared) -> Iterator[Things]:
    """What a partner has whom nobody else uses."""
    with till.server.connect(till.keys.take()) as connection:
        yield Things(connection)


def refusal_of(connection: Connection, request: Message, card: str = CARD, **how: object) -> Refused:
    """Nothing of the refusal repeats the number."""
    with pytest.raises(InvalidArgument) as refused:
        connection.call(request, **how)
    assert refused.value.reason == "MALFORMED_REQUEST"
    assert card.encode() not in refused.value.status.SerializeToString()
    return refused.value


def test_every_text_of_the_contract_is_decided() -> None:  # P-7
    roots = [request.DESCRIPTOR for request in v1.METHOD_OF]
    roots += [wire.Hello.DESCRIPTOR, wire.Call.DESCRIPTOR]
    texts = [field for root in roots for _, field in declared(root, root.name)]
    assert {named(field) for field in texts if not is_named_exempt(field)} == FREE | EXEMPT
    assert not FREE & EXEMPT


def test_every_text_that_people_write_is_tried(things: Things) -> None:  # P-7
    tried = set()
    for make in CALLS.values():
        request = make(things)
        tried |= {spot.path for spot in spots(request, type(request).__name__)}
    kinds = [kind.DESCRIPTOR for kind in v1.METHOD_OF]
    written = {
        path
        for kind in kinds
        for path, field in declared(kind, kind.name)
        if named(field) in FREE
    }
    assert tried == written


def audit(staff: Connection) -> list[v1.AuditEvent]:
    """What people did: what a gateway is still at, and time, go on meanwhile."""
    beside = ("GATEWAY", "SYSTEM")
    return [event for event in all_events(staff) if event.actor_role not in beside]


@pytest.mark.parametrize("title", CALLS)
def test_a_card_number_is_refused_wherever_people_write(things: Things, title: str) -> None:  # P-7
    make, staff = CALLS[title], things.connection
    request = make(things)
    paths = [spot.path for spot in spots(request, type(request).__name__)]
    before = audit(staff)
    for path in paths:
        asked = type(request)()
        asked.CopyFrom(request)
        spot = next(each for each in spots(asked, type(asked).__name__) if each.path == path)
        spot.put(f"card {CARD}")
        refused = refusal_of(staff, asked)
        assert set(refused.fields) == {spot.named}
        violation, *_ = refused.status.bad_request.field_violations
        assert violation.description == "expected no card number: Seduta takes tokens only"
    assert audit(staff) == before


def test_a_token_is_no_card_number(things: Things) -> None:  # P-7
    booked, staff = things.booked, things.connection
    voucher = things.voucher()
    for request, field in (
        (v1.PaymentsBeginRequest(appointment_id=booked.id, payment_method_token=CARD), "payment_method_token"),
        (v1.BenefitsBuyRequest(benefit=voucher, payment_method_token=CARD), "payment_method_token"),
        (v1.PaymentMethodsSetUpRequest(client_id=booked.client_id, token=CARD), "token"),
        (
            v1.PackagesPayRequest(
                link_id=things.owed.id, payment=v1.PackagePayment(payment_method_token=CARD)
            ),
            "payment.payment_method_token",
        ),
    ):
        assert refusal_of(staff, request).fields == [field]


@pytest.mark.parametrize(
    "written",
    [
        "4000 0566 5566 5556",
        "4000-0566-5566-5556, 12/27, 123",
        "4000\u202f0566\u202f5566\u202f5556",
        "４０００　０５６６　５５６６　５５５６",
        "Anna 06 1234567, 4000.0566.5566.5556",
    ],
)
def test_however_it_is_written(things: Things, written: str) -> None:  # P-7
    request = v1.AppointmentsCancelRequest(appointment_id=things.booked.id, reason=written)
    assert refusal_of(things.connection, request, written).fields == ["reason"]


def test_staff_s_own_name_is_none(things: Things) -> None:  # P-7
    actor = wire.Actor(role=wire.ACTOR_ROLE_STAFF, id=CARD)
    before = audit(things.connection)
    cancelling = v1.AppointmentsCancelRequest(appointment_id=things.booked.id)
    for request in (cancelling, v1.ClientsListRequest()):
        assert refusal_of(things.connection, request, actor=actor).fields == ["actor.id"]
    assert audit(things.connection) == before


def test_the_key_of_a_refused_call_is_free(things: Things) -> None:  # P-7
    person = registration(name=f"Anna {CARD}")
    request = things.practice.booking(things.practice.at(6, "10:00"), new_client=person)
    key = new_id("key")
    assert refusal_of(things.connection, request, key=key).fields == ["new_client.name"]
    request.new_client.name = "Anna"
    assert things.connection.call(request, key=key).appointment.id


def test_what_is_refused_for_another_reason_is_not_repeated_either(things: Things) -> None:  # P-7
    request = v1.ClientsRegisterRequest(client=registration(phone=CARD, language=CARD))
    refused = refusal_of(things.connection, request)
    assert refused.fields == ["client.phone", "client.language"]
    therapist = v1.Therapist()
    therapist.CopyFrom(things.practice.therapist)
    del therapist.specialities[:]
    therapist.specialities.extend([CARD, CARD])
    refused = refusal_of(
        things.connection, v1.DirectoryUpdateTherapistRequest(therapist=therapist)
    )
    assert set(refused.fields) == {"therapist.specialities[0]", "therapist.specialities[1]"}


def test_nothing_of_what_was_refused_is_kept(things: Things, server: Server) -> None:  # P-7
    for title in CALLS:
        test_a_card_number_is_refused_wherever_people_write(things, title)
    files = [each for each in server.data_dir.iterdir() if each.is_file()]
    assert any(each.name == "seduta.sqlite" for each in files)
    for each in [*files, server.log]:
        assert CARD.encode() not in each.read_bytes(), each.name


# A German and a Lithuanian number that look like Visa's and Diners Club's, and a Brazilian mobile.
PHONES = ["+4915879251879", "+370673151662588", "+5511987654325"]


@pytest.mark.parametrize("phone", PHONES)
def test_a_telephone_number_that_passes_luhn_is_taken(things: Things, phone: str) -> None:  # P-7
    assert luhn(phone[1:])
    request = v1.ClientsRegisterRequest(client=registration(phone=phone, name=f"Anna {phone}"))
    client = things.connection.call(request).client
    assert (client.phone, client.name) == (phone, f"Anna {phone}")
    matches = things.connection.call(v1.ClientsMatchRequest(phone=phone)).matches
    assert [each.client.id for each in matches] == [client.id]


def test_codes_and_addresses_are_taken_as_they_are(things: Things) -> None:  # P-7
    assert luhn(OTHER_CARD)
    person = registration(email=f"{OTHER_CARD}@example.org")
    person.terms.version = OTHER_CARD
    request = v1.ClientsRegisterRequest(client=person)
    client = things.connection.call(request, key=OTHER_CARD).client
    assert (client.email, client.terms.version) == (person.email, OTHER_CARD)
    for asked in (
        v1.AdminAuditRequest(actor_id=OTHER_CARD),
        v1.AdminOutboxRequest(recipient_id=OTHER_CARD),
        v1.SlotsSearchRequest(
            until_ms=things.start, filter=v1.SlotFilter(speciality=OTHER_CARD)
        ),
    ):
        assert not things.connection.call(asked).ListFields()
