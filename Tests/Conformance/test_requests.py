"""Requests: a client asks where the therapist decides; who may, and what is listed."""

import contract as v1
import pytest
from client import (
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from conftest import NewPartner
from google.protobuf.field_mask_pb2 import FieldMask
from practice import MINUTE_MS, new_id, open_practice
from requesting import (
    STRANGER,
    accept,
    ask,
    asking,
    decline,
    enrol,
    listed,
    open_for_requests,
    open_requests,
    read,
    somebody,
    withdraw,
)
from seduta.wire.v1 import status_pb2 as status
from server import Server

REQUEST = v1.Policy(client_booking=v1.BOOKING_MODE_REQUEST)
INSTANT = v1.Policy(client_booking=v1.BOOKING_MODE_INSTANT)


# Asking


def test_a_request_waits_and_takes_its_slot(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff)
    client = enrol(staff)
    start = practice.at(3, "10:00")
    asked = ask(
        staff, practice, start, as_client(client.id), client_id=client.id, note="Mornings, please"
    )
    assert asked.state == v1.APPOINTMENT_STATE_REQUESTED and asked.id.startswith("apt_")
    assert (asked.client_id, asked.room_id) == (client.id, practice.rooms[0])
    assert asked.payment_status == v1.PAYMENT_STATUS_NONE and asked.price.minor_units == 7000
    assert asked.request.note == "Mornings, please" and not asked.request.HasField("person")
    assert read(staff, asked.id) == asked
    assert practice.free_on(staff, 3)[:2] == ["09:00", "11:00"]
    with pytest.raises(AlreadyExists) as taken:
        practice.book(staff, start)
    assert taken.value.collides_with == {asked.id}
    # It shows in the calendar, marked as a request.
    calendar = v1.AppointmentsListRequest(therapist_id=practice.therapist.id)
    assert list(staff.call(calendar).appointments) == [asked]
    assert open_requests(staff, practice) == [asked]
    assert listed(staff, practice) == []


def test_whoever_is_not_known_is_kept_as_they_wrote_it(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff)
    person = somebody(birth_date="1987-03-29")
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER, person=person)
    assert asked.client_id == "" and asked.request.person == person
    assert read(staff, asked.id) == asked


def test_staff_ask_for_a_client_further_ahead(staff: Connection) -> None:  # B-4, S-2
    practice = open_for_requests(staff)
    client = enrol(staff).id
    far = practice.at(60, "10:00")
    with pytest.raises(FailedPrecondition) as refused:
        ask(staff, practice, far, as_client(client), client_id=client)
    assert refused.value.kinds == [status.DISCREPANCY_KIND_BEYOND_HORIZON]
    assert ask(staff, practice, far, client_id=client).state == v1.APPOINTMENT_STATE_REQUESTED


def test_asking_is_refused_as_booking_is(staff: Connection) -> None:  # B-4, S-4, A-7
    practice = open_for_requests(staff)
    start = practice.at(3, "10:00")
    first = ask(staff, practice, start)
    with pytest.raises(AlreadyExists) as taken:
        ask(staff, practice, start + 30 * MINUTE_MS, STRANGER)
    assert taken.value.collides_with == {first.id} and len(taken.value.alternatives) == 3
    with pytest.raises(FailedPrecondition) as closed:
        ask(staff, practice, practice.at(3, "18:10"), STRANGER)
    assert closed.value.kinds == [
        status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
        status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
        status.DISCREPANCY_KIND_OFF_GRID,
    ]


def test_asking_takes_a_hold_over(staff: Connection) -> None:  # B-4, S-12
    practice = open_for_requests(staff)
    start = practice.at(3, "10:00")
    hold = practice.hold(staff, start, STRANGER)
    with pytest.raises(AlreadyExists) as taken:
        ask(staff, practice, start, STRANGER)
    assert taken.value.collides_with == {hold.id}
    asked = ask(staff, practice, start, STRANGER, hold_id=hold.id)
    with pytest.raises(NotFound):
        staff.call(v1.HoldsReleaseRequest(hold_id=hold.id))
    # What it held is free again once the request is declined.
    decline(staff, asked.id)
    assert practice.free_on(staff, 3)[:3] == ["09:00", "09:30", "10:00"]


def test_asking_as_if(staff: Connection) -> None:  # B-4, S-5
    practice = open_for_requests(staff)
    start = practice.at(3, "10:00")
    asked = ask(staff, practice, start, STRANGER, validate_only=True)
    assert asked.state == v1.APPOINTMENT_STATE_REQUESTED
    with pytest.raises(NotFound):
        read(staff, asked.id)
    assert ask(staff, practice, start).state == v1.APPOINTMENT_STATE_REQUESTED


def test_asking_twice_with_one_key_asks_once(staff: Connection) -> None:  # B-13
    practice = open_for_requests(staff)
    request = asking(practice, practice.at(3, "10:00"))
    key = new_id("key")
    first = staff.call(request, key=key)
    assert staff.call(request, key=key) == first
    request.note = "other"
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request, key=key)
    assert refused.value.reason == "IDEMPOTENCY_KEY_REUSED"


def test_an_id_can_be_chosen_and_is_taken_once(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff)
    chosen = new_id("apt")
    assert ask(staff, practice, practice.at(3, "10:00"), appointment_id=chosen).id == chosen
    with pytest.raises(AlreadyExists) as refused:
        ask(staff, practice, practice.at(3, "12:00"), appointment_id=chosen)
    assert refused.value.reason == "ID_TAKEN"


def test_who_asks_must_be_there(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff)
    for field, prefix in [
        ("therapist_id", "thr"),
        ("service_id", "svc"),
        ("location_id", "loc"),
        ("room_id", "room"),
        ("client_id", "cli"),
        ("hold_id", "hld"),
    ]:
        request = asking(practice, practice.at(3, "10:00"))
        setattr(request, field, new_id(prefix))
        with pytest.raises(NotFound) as refused:
            staff.call(request)
        assert refused.value.status.error_info.metadata["field"] == field


# Policies


def test_clients_ask_or_book_as_service_therapist_and_partner_say(partner: Connection) -> None:
    """B-1, B-4: the service's word counts first, then the therapist's, then the partner's."""
    practice = open_practice(partner)
    slots = (practice.at(3, clock) for clock in ("10:00", "11:00", "12:00", "13:00", "14:00"))

    def they_ask() -> None:
        start = next(slots)
        for actor, more in [(STRANGER, {}), (STRANGER, {"validate_only": True})]:
            with pytest.raises(FailedPrecondition) as refused:
                practice.book(partner, start, actor=actor, **more)
            assert refused.value.reason == "REQUEST_REQUIRED"
        assert ask(partner, practice, start, STRANGER).state == v1.APPOINTMENT_STATE_REQUESTED

    def they_book() -> None:
        start = next(slots)
        for actor in (STRANGER, None):
            with pytest.raises(FailedPrecondition) as refused:
                ask(partner, practice, start, actor)
            assert refused.value.reason == "REQUESTS_NOT_TAKEN"
        booked = practice.book(partner, start, actor=STRANGER)
        assert booked.state == v1.APPOINTMENT_STATE_SCHEDULED

    they_book()
    partner.call(v1.DirectoryUpdatePolicyRequest(policy=REQUEST))
    they_ask()
    mask = FieldMask(paths=["policy"])
    therapist = v1.Therapist(id=practice.therapist.id, policy=INSTANT)
    partner.call(v1.DirectoryUpdateTherapistRequest(therapist=therapist, update_mask=mask))
    they_book()
    service = v1.Service(id=practice.service.id, policy=REQUEST)
    partner.call(v1.DirectoryUpdateServiceRequest(service=service, update_mask=mask))
    they_ask()


def test_staff_and_therapists_book_where_clients_ask(staff: Connection) -> None:  # B-3, B-4
    practice = open_for_requests(staff)
    for actor, clock in [(None, "10:00"), (as_therapist(practice.therapist.id), "11:00")]:
        booked = practice.book(staff, practice.at(3, clock), actor=actor)
        assert booked.state == v1.APPOINTMENT_STATE_SCHEDULED


def test_follow_ups_that_wait_cannot_be_asked_for_either(staff: Connection) -> None:  # B-7
    practice = open_for_requests(staff, follow_ups_after_first_session=v1.POLICY_SWITCH_ON)
    client, therapist = enrol(staff), as_therapist(practice.therapist.id)
    themself = as_client(client.id)
    first = ask(staff, practice, practice.at(3, "10:00"), themself, client_id=client.id)
    with pytest.raises(FailedPrecondition) as refused:
        ask(staff, practice, practice.at(4, "10:00"), themself, client_id=client.id)
    assert refused.value.reason == "FOLLOW_UP_NOT_OPEN"
    # Nor by leaving out who one is.
    person = somebody(email=client.email)
    second = ask(staff, practice, practice.at(4, "10:00"), STRANGER, person=person)
    accept(staff, first.id, therapist)
    with pytest.raises(FailedPrecondition) as refused:
        accept(staff, second.id, therapist)
    assert refused.value.reason == "FOLLOW_UP_NOT_OPEN"
    assert accept(staff, second.id).appointment.client_id == client.id


# Who may


def test_to_others_a_request_is_not_there(
    staff: Connection, new_partner: NewPartner
) -> None:  # B-5, B-6
    practice, other = open_for_requests(staff), open_for_requests(staff)
    client = enrol(staff).id
    asked = ask(staff, practice, practice.at(3, "10:00"), client_id=client)
    unknown = ask(staff, practice, practice.at(3, "11:00"), STRANGER)
    elsewhere = new_partner()
    therapist = as_therapist(other.therapist.id)
    for connection, actor, answer in [
        (staff, therapist, accept),
        (staff, therapist, decline),
        (staff, as_client(enrol(staff).id), withdraw),
        (staff, STRANGER, withdraw),
        (elsewhere, None, accept),
        (elsewhere, None, decline),
        (elsewhere, None, withdraw),
    ]:
        for request in (asked.id, unknown.id, new_id("apt")):
            with pytest.raises(NotFound) as refused:
                answer(connection, request, actor, version=9)
            assert refused.value.status.error_info.metadata["field"] == "appointment_id"
    foreign = enrol(elsewhere).id
    with pytest.raises(NotFound) as refused:
        accept(staff, unknown.id, client_id=foreign)
    assert refused.value.status.error_info.metadata["field"] == "client_id"


def test_each_role_does_its_own(staff: Connection) -> None:  # B-4, B-5, B-6
    practice = open_for_requests(staff)
    client = enrol(staff).id
    start = practice.at(3, "10:00")
    asked = ask(staff, practice, start, client_id=client)
    therapist = as_therapist(practice.therapist.id)
    for actor, more in [
        (as_client(enrol(staff).id), {"client_id": client}),
        (as_client(client), {}),  # a client who is known asks as themself
        (STRANGER, {"client_id": client}),
        (therapist, {"client_id": client}),
    ]:
        with pytest.raises(PermissionDenied) as refused:
            ask(staff, practice, practice.at(3, "12:00"), actor, **more)
        assert refused.value.reason == "ROLE_NOT_ALLOWED"
    for actor, answer in [
        (as_client(client), accept),
        (as_client(client), decline),
        (therapist, withdraw),
    ]:
        with pytest.raises(PermissionDenied) as refused:
            answer(staff, asked.id, actor)
        assert refused.value.reason == "ROLE_NOT_ALLOWED"


def test_asking_and_answering_need_the_scope(server: Server, shared: object) -> None:  # E-2
    with server.connect(shared.keys.reader) as reader:  # type: ignore[attr-defined]
        for request in (
            v1.RequestsAskRequest(),
            v1.RequestsAcceptRequest(),
            v1.RequestsDeclineRequest(),
            v1.RequestsWithdrawRequest(),
        ):
            with pytest.raises(PermissionDenied) as refused:
                reader.call(request)
            assert refused.value.reason == "SCOPE_MISSING"
        reader.call(v1.RequestsListRequest())


# The list


def test_requests_are_listed_page_by_page(partner: Connection) -> None:  # B-5
    first, second = open_for_requests(partner), open_for_requests(partner)
    late = ask(partner, first, first.at(4, "10:00"))
    early = ask(partner, first, first.at(3, "10:00"))
    twin = ask(partner, second, second.at(3, "10:00"))
    decline(partner, ask(partner, first, first.at(3, "12:00")).id)
    first.book(partner, first.at(3, "14:00"))
    everything = sorted([late, early, twin], key=lambda r: (r.start_time.seconds, r.id))
    request = v1.RequestsListRequest(page_size=1)
    found = []
    for _ in range(3):
        page = partner.call(request)
        assert len(page.requests) == 1
        found.append(page.requests[0].appointment)
        request.page_token = page.next_page_token
    assert found == everything and request.page_token == ""
    own = v1.RequestsListRequest(therapist_id=first.therapist.id, page_size=1000)
    therapist = as_therapist(first.therapist.id)
    for actor in (None, therapist):
        page = partner.call(own, actor=actor)
        assert [each.appointment for each in page.requests] == [early, late]
        assert page.next_page_token == ""
    for asked in (
        v1.RequestsListRequest(),
        v1.RequestsListRequest(therapist_id=second.therapist.id),
    ):
        with pytest.raises(PermissionDenied):
            partner.call(asked, actor=therapist)
    with pytest.raises(PermissionDenied):
        partner.call(v1.RequestsListRequest(), actor=STRANGER)


def test_a_page_token_belongs_to_its_list(partner: Connection) -> None:  # B-5
    practice = open_for_requests(partner)
    for clock in ("10:00", "11:00"):
        ask(partner, practice, practice.at(3, clock))
    token = partner.call(v1.RequestsListRequest(page_size=1)).next_page_token
    assert token
    therapist = practice.therapist.id
    for request in (
        v1.RequestsListRequest(therapist_id=therapist, page_token=token),
        v1.AppointmentsListRequest(page_token=token),
    ):
        with pytest.raises(InvalidArgument) as refused:
            partner.call(request)
        assert refused.value.fields == ["page_token"]


def test_a_list_names_whom_each_may_be_of(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    person = somebody(birth_date="1987-03-29")
    best = enrol(staff, email=person.email, name=person.name, birth_date="1987-03-29")
    other = enrol(staff, phone=person.phone)
    ask(staff, practice, practice.at(3, "10:00"), STRANGER, person=person)
    ask(staff, practice, practice.at(3, "11:00"), client_id=best.id)
    ask(staff, practice, practice.at(3, "12:00"), STRANGER)
    request = v1.RequestsListRequest(therapist_id=practice.therapist.id)
    unknown, known, newcomer = staff.call(request).requests
    assert [(m.client, m.score, list(m.agreeing_fields)) for m in unknown.matches] == [
        (best, 70, ["email", "name", "birth_date"]),
        (other, 30, ["phone"]),
    ]
    assert not known.matches and not newcomer.matches


def test_a_therapist_learns_of_strangers_what_it_takes_to_choose(
    staff: Connection,
) -> None:  # B-5
    practice = open_for_requests(staff)
    person = somebody()
    mine, others = enrol(staff, email=person.email), enrol(staff, email=person.email)
    practice.book(staff, practice.at(4, "10:00"), mine.id)
    ask(staff, practice, practice.at(3, "10:00"), STRANGER, person=person)
    request = v1.RequestsListRequest(therapist_id=practice.therapist.id)
    (listed_one,) = staff.call(request, actor=as_therapist(practice.therapist.id)).requests
    assert [match.client for match in listed_one.matches] == [
        mine,
        v1.Client(id=others.id, name=others.name),
    ]
    (for_staff,) = staff.call(request).requests
    assert [match.client for match in for_staff.matches] == [mine, others]
