"""Whose things are whose: every method of the contract, asked about what is another's.

The methods and the fields that name something are read from Proto/. One that is new there, and has no
request in things.py, fails the first two tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import contract as v1
import pytest
from client import (
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    Refused,
    as_client,
    as_link,
    as_therapist,
)
from conftest import Shared
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from seduta.wire.v1 import frames_pb2 as wire
from test_partners import changed, text_of
from asking import REQUESTS
from things import Things

# What the caller names, and the server makes: with another's id it is taken.
MADE = {
    "AppointmentsBookRequest.appointment_id",
    "AppointmentsBookRequest.new_client.client_id",
    "HoldsTakeRequest.hold_id",
    "RequestsAskRequest.appointment_id",
    "ClientsRegisterRequest.client.client_id",
    "DirectoryCreateTherapistRequest.therapist.id",
    "DirectoryCreateLocationRequest.location.id",
    "DirectoryCreateLocationRequest.location.rooms.id",
    "DirectoryUpdateLocationRequest.location.rooms.id",
    "DirectoryCreateServiceRequest.service.id",
    "DirectoryImportRequest.locations.id",
    "DirectoryImportRequest.locations.rooms.id",
    "DirectoryImportRequest.therapists.id",
    "DirectoryImportRequest.services.id",
    "PaymentMethodsSetUpRequest.payment_method_id",
    "BenefitsGrantRequest.benefit.benefit_id",
    "BenefitsBuyRequest.benefit.benefit_id",
    "PackagesCreateRequest.package.id",
    "PackagesLinkRequest.link_id",
    "PackagesRenewLinkRequest.new_link_id",
    "WebhooksCreateEndpointRequest.endpoint_id",
}
# An exception's id is its schedule's own: another schedule may have the same.
OF_THEIR_OWN = {
    "DirectoryUpdateScheduleRequest.schedule.exceptions.id",
    "DirectoryAddScheduleExceptionsRequest.exceptions.id",
    "DirectoryImportRequest.schedules.exceptions.id",
    # Not an error where it is not there.
    "DirectoryRemoveScheduleExceptionsRequest.exception_ids",
}
# Must be one of the therapist's own: anyone else's is as wrong as one that nobody has.
FITTING = {
    "DirectoryUpdateServiceRequest.service.therapist_id",
    "DirectoryUpdateScheduleRequest.schedule.windows.location_id",
    "DirectoryUpdateScheduleRequest.schedule.exceptions.location_id",
    "DirectoryAddScheduleExceptionsRequest.exceptions.location_id",
    "DirectoryImportRequest.therapists.location_ids",
    "DirectoryImportRequest.services.location_ids",
    "DirectoryImportRequest.schedules.windows.location_id",
    "DirectoryImportRequest.schedules.exceptions.location_id",
    # Must be of the package's own.
    "PackagesLinkRequest.lines.service_id",
    "PackagesScheduleRequest.lines.service_id",
}
# Must be empty, or say who is on a record: nothing is looked up.
NAMES_NOTHING = {
    "RequestsAskRequest.person.client_id",
    "SlotsBatchLookupRequest.filter.therapist_ids",
}
# Conditions on a list of the partner's own: with another's id it is empty.
CONDITIONS = {
    "AdminOutboxRequest.subject_id",
    "AdminOutboxRequest.recipient_id",
    "AdminAuditRequest.subject_id",
    "AdminAuditRequest.actor_id",
    "EventsListRequest.subject_id",
    "LedgerListTransfersRequest.subject_id",
}
# What every party may know of every therapist of the partner's.
OPEN = {
    v1.HealthCheckRequest,
    v1.SlotsSearchRequest,
    v1.SlotsBatchLookupRequest,
    v1.SlotsWatchRequest,
    v1.DirectoryGetTherapistRequest,
    v1.DirectoryListTherapistsRequest,
    v1.DirectoryGetLocationRequest,
    v1.DirectoryListLocationsRequest,
    v1.DirectoryGetServiceRequest,
    v1.DirectoryListServicesRequest,
    v1.DirectoryGetScheduleRequest,
    v1.DirectoryListSchedulesRequest,
    v1.DirectoryListPublicHolidaysRequest,
    v1.DirectoryListAttendanceStatusesRequest,
}

# And what every therapist may know besides.
OPEN_TO_THERAPISTS = {v1.PackagesGetRequest, v1.PackagesListRequest}


def is_id(field: FieldDescriptor) -> bool:
    return field.type == FieldDescriptor.TYPE_STRING and (
        field.name == "id" or field.name.endswith(("_id", "_ids"))
    )


def declared(message: Descriptor, path: str) -> Iterator[str]:
    """Every field of a request that names something by its id."""
    for field in message.fields:
        here = f"{path}.{field.name}"
        if is_id(field):
            yield here
        elif field.message_type and field.message_type.file.package == "seduta.v1":
            yield from declared(field.message_type, here)


@dataclass
class Spot:
    """A place in a request where an id stands."""

    path: str
    holder: Message
    field: FieldDescriptor

    @property
    def id(self) -> str:
        value = getattr(self.holder, self.field.name)
        return value if isinstance(value, str) else value[0]

    def put(self, id: str) -> None:
        if isinstance(getattr(self.holder, self.field.name), str):
            setattr(self.holder, self.field.name, id)
        else:
            getattr(self.holder, self.field.name)[0] = id


def spots(message: Message, path: str = "") -> Iterator[Spot]:
    """Where ids stand in a request; in a list, those of the first."""
    path = path or type(message).__name__
    for field, value in message.ListFields():
        here = f"{path}.{field.name}"
        if is_id(field):
            yield Spot(here, message, field)
        elif field.message_type and field.message_type.file.package == "seduta.v1":
            yield from spots(value if isinstance(value, Message) else value[0], here)


def spot(message: Message, path: str) -> Spot:
    return next(each for each in spots(message) if each.path == path)


@pytest.fixture(scope="module")
def staff_of_one(till: Shared) -> Iterator[Connection]:
    with till.server.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def staff_of_two(till: Shared) -> Iterator[Connection]:
    with till.server.connect(till.keys.take()) as connection:
        yield connection


@pytest.fixture(scope="module")
def theirs(staff_of_one: Connection) -> Iterator[Things]:
    """What the first partner has; it is as it was when all tests are done."""
    things = Things(staff_of_one)
    booked, practice = things.booked, things.practice
    yield things
    staff = things.connection
    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == booked
    therapist = v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id)
    assert staff.call(therapist).therapist == practice.therapist
    service = v1.DirectoryGetServiceRequest(service_id=practice.service.id)
    assert staff.call(service).service == practice.service
    location = v1.DirectoryGetLocationRequest(location_id=practice.location.id)
    assert staff.call(location).location == practice.location


@pytest.fixture(scope="module")
def neighbours(staff_of_one: Connection) -> Things:
    """What another therapist and client of the same partner have."""
    return Things(staff_of_one)


@pytest.fixture(scope="module")
def mine(staff_of_two: Connection) -> Things:
    """What the second partner has."""
    return Things(staff_of_two)


@pytest.fixture(scope="module", params=REQUESTS)
def title(request: pytest.FixtureRequest) -> str:
    """Which of the requests."""
    return request.param


def test_every_method_has_a_request(mine: Things) -> None:
    asked = set()
    for make in REQUESTS.values():
        try:
            asked.add(type(make(mine)))
        except Refused as refused:
            raise AssertionError(f"what a request needs cannot be made: {refused}") from refused
    assert asked == set(v1.METHOD_OF)


def test_every_field_that_names_something_is_tried(mine: Things) -> None:
    tried = {each.path for make in REQUESTS.values() for each in spots(make(mine))}
    names = {path for kind in v1.METHOD_OF for path in declared(kind.DESCRIPTOR, kind.__name__)}
    assert names - tried == NAMES_NOTHING


def test_of_another_partners_nothing_is_told(theirs: Things, mine: Things, title: str) -> None:
    """Another partner's id is answered as one that nobody has, word for word."""
    make = REQUESTS[title]
    for path in [each.path for each in spots(make(mine))]:
        if path in OF_THEIR_OWN:
            continue
        with_theirs = make(mine)
        with_none = type(with_theirs)()
        with_none.CopyFrom(with_theirs)
        known = theirs.other(spot(with_theirs, path).id)
        absent = changed(known)
        spot(with_theirs, path).put(known)
        spot(with_none, path).put(absent)
        if path in MADE:
            with pytest.raises(AlreadyExists) as taken:
                mine.connection.call(with_theirs)
            assert taken.value.reason == "ID_TAKEN", path
        elif path in CONDITIONS:
            answer = mine.connection.call(with_theirs)
            if isinstance(answer, v1.EventsListResponse):
                answer.ClearField("position")  # how far one's own events were looked at
            assert not answer.ListFields(), path
        else:
            wrong = (InvalidArgument, FailedPrecondition) if path in FITTING else NotFound
            refused = text_of(mine.connection, with_theirs, known, refused_as=wrong)
            assert refused == text_of(
                mine.connection, with_none, absent, refused_as=wrong
            ), path


@pytest.mark.parametrize("role", ["therapist", "client", "link holder"])
def test_of_anothers_of_the_same_partner_nothing_is_told(
    theirs: Things, neighbours: Things, title: str, role: str
) -> None:
    """A therapist, a client, and who has a link of theirs touch only what is theirs."""
    staff = theirs.connection
    asked = REQUESTS[title](theirs)
    if isinstance(asked, v1.AppointmentsJoinRequest):
        asked.ClearField("party")  # for staff, who have none of their own
    actor = acting(role, neighbours)
    if type(asked) in OPEN and (role != "link holder" or isinstance(asked, v1.HealthCheckRequest)):
        staff.call(asked, actor=actor)
    elif type(asked) in OPEN_TO_THERAPISTS and role == "therapist":
        staff.call(asked, actor=actor)
    elif isinstance(asked, v1.ClientsMatchRequest) and role == "therapist":
        assert not staff.call(asked, actor=actor).matches
    else:
        with pytest.raises((NotFound, PermissionDenied)):
            staff.call(asked, actor=actor)


def acting(role: str, things: Things) -> wire.Actor:
    match role:
        case "therapist":
            return as_therapist(things.booked.therapist_id)
        case "client":
            return as_client(things.booked.client_id)
        case _:
            request = v1.AppointmentsGetCancelLinkRequest(appointment_id=things.booked.id)
            return as_link(things.connection.call(request).token)
