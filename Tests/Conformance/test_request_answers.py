"""Answers to requests: the therapist accepts or declines, the client may take it back."""

import threading

import contract as v1
import pytest
from client import (
    Aborted,
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    Refused,
    as_client,
    as_therapist,
    refusal,
)
from conftest import StartServer
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message
from practice import DAY_MS, MINUTE_MS, now_ms, open_practice
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


# Accepting


def test_accepting_makes_it_a_normal_appointment(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    client = enrol(staff).id
    asked = ask(staff, practice, practice.at(3, "10:00"), as_client(client), client_id=client)
    answer = accept(staff, asked.id, as_therapist(practice.therapist.id), version=1)
    accepted = answer.appointment
    assert accepted.state == v1.APPOINTMENT_STATE_SCHEDULED and not answer.is_new_client
    assert accepted.payment_status == v1.PAYMENT_STATUS_DUE and accepted.version == 2
    assert (accepted.client_id, accepted.start_time) == (client, asked.start_time)
    assert accepted.service_id == practice.service.id  # the subject is what they chose
    assert read(staff, asked.id) == accepted
    assert open_requests(staff, practice) == [] and listed(staff, practice) == [client]


def test_accepting_somebody_new_makes_the_client(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    person = somebody(birth_date="1987-03-29")
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER, person=person)
    answer = accept(staff, asked.id, as_therapist(practice.therapist.id))
    assert answer.is_new_client
    client = staff.call(v1.ClientsGetRequest(client_id=answer.appointment.client_id)).client
    for field in ("name", "email", "phone", "language", "time_zone", "birth_date", "terms"):
        assert getattr(client, field) == getattr(person, field)
    assert client.data_processing == person.data_processing
    assert listed(staff, practice) == [client.id]
    # Their time is taken from then on, also with others.
    other = open_practice(staff)
    with pytest.raises(AlreadyExists) as taken:
        other.book(staff, other.at(3, "10:00"), client.id)
    assert taken.value.kinds == [status.DISCREPANCY_KIND_CLIENT_BUSY]


def test_accepting_somebody_who_matches_one_client(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    client = enrol(staff)
    person = somebody("Anna B.", email=client.email.upper())
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER, person=person)
    answer = accept(staff, asked.id)
    assert (answer.appointment.client_id, answer.is_new_client) == (client.id, False)
    assert listed(staff, practice) == [client.id]


def test_accepting_somebody_who_matches_several(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    person = somebody()
    email, phone = enrol(staff, email=person.email), enrol(staff, phone=person.phone)
    therapist = as_therapist(practice.therapist.id)
    starts = [practice.at(3, clock) for clock in ("10:00", "11:00")]
    first, second = (ask(staff, practice, start, STRANGER, person=person) for start in starts)
    for validate_only in (True, False):
        with pytest.raises(FailedPrecondition) as refused:
            accept(staff, first.id, therapist, validate_only=validate_only)
        assert refused.value.reason == "SEVERAL_CLIENTS_MATCH"
        ids = refused.value.status.error_info.metadata["client_ids"]
        assert ids.split(",") == [email.id, phone.id]  # best first
    assert read(staff, first.id) == first
    named = accept(staff, first.id, therapist, client_id=phone.id)
    assert (named.appointment.client_id, named.is_new_client) == (phone.id, False)
    made = accept(staff, second.id, therapist, as_new_client=True)
    assert made.is_new_client and made.appointment.client_id not in (email.id, phone.id)


def test_accepting_for_a_client_who_is_taken(staff: Connection) -> None:  # B-5, S-10
    practice, other = open_for_requests(staff), open_practice(staff)
    client = enrol(staff)
    start = practice.at(3, "10:00")
    person = somebody(email=client.email)
    asked = ask(staff, practice, start, STRANGER, person=person)
    booked = other.book(staff, start, client.id)
    with pytest.raises(AlreadyExists) as taken:
        accept(staff, asked.id)
    assert taken.value.kinds == [status.DISCREPANCY_KIND_CLIENT_BUSY]
    assert taken.value.collides_with == {booked.id} and len(taken.value.alternatives) == 3
    assert read(staff, asked.id) == asked
    staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    assert accept(staff, asked.id).appointment.client_id == client.id


def test_accepting_as_if(staff: Connection) -> None:  # B-5, S-5
    practice = open_for_requests(staff)
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER)
    answer = accept(staff, asked.id, validate_only=True)
    assert answer.is_new_client and answer.appointment.state == v1.APPOINTMENT_STATE_SCHEDULED
    assert read(staff, asked.id) == asked and listed(staff, practice) == []
    with pytest.raises(NotFound):
        staff.call(v1.ClientsGetRequest(client_id=answer.appointment.client_id))


def test_who_asked_under_their_own_id_stays_the_client(staff: Connection) -> None:  # B-5
    practice = open_for_requests(staff)
    client, other = enrol(staff).id, enrol(staff).id
    asked = ask(staff, practice, practice.at(3, "10:00"), client_id=client)
    for more, field in [({"client_id": other}, "client_id"), ({"as_new_client": True}, None)]:
        with pytest.raises(InvalidArgument) as refused:
            accept(staff, asked.id, **more)
        assert refused.value.fields == [field or "as_new_client"]
    assert accept(staff, asked.id, client_id=client).appointment.client_id == client


def test_what_is_prepaid_waits_for_the_money(staff: Connection) -> None:  # B-6, P-4
    offer = {"payment_plan": v1.PAYMENT_PLAN_PREPAID, "policy": REQUEST}
    practice = open_practice(staff, service=offer)
    asked = ask(staff, practice, practice.at(3, "10:00"))
    before = now_ms()
    accepted = accept(staff, asked.id).appointment
    assert accepted.state == v1.APPOINTMENT_STATE_INITIATED
    assert accepted.payment_status == v1.PAYMENT_STATUS_DUE
    deadline = accepted.payment_deadline_time.ToMilliseconds()
    assert before <= deadline - 15 * MINUTE_MS <= now_ms()
    with pytest.raises(FailedPrecondition) as refused:
        accept(staff, asked.id)
    assert refused.value.status.error_info.metadata["state"] == "INITIATED"


def test_accepting_after_hours_and_offer_have_gone(staff: Connection) -> None:  # B-5, S-13
    practice = open_for_requests(staff)
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER)
    shut = v1.Schedule(therapist_id=practice.therapist.id)
    staff.call(v1.DirectoryUpdateScheduleRequest(schedule=shut))
    policy = v1.Policy(minimum_notice_minutes=44_640)
    service = v1.Service(id=practice.service.id, policy=policy, duration_minutes=30)
    mask = FieldMask(paths=["policy", "duration_minutes"])
    staff.call(v1.DirectoryUpdateServiceRequest(service=service, update_mask=mask))
    accepted = accept(staff, asked.id).appointment
    assert accepted.state == v1.APPOINTMENT_STATE_SCHEDULED
    assert (accepted.start_time, accepted.end_time) == (asked.start_time, asked.end_time)


# Accepted by themselves


def test_plain_requests_are_accepted_by_themselves(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff, auto_accept_requests=v1.POLICY_SWITCH_ON)
    client = enrol(staff)
    starts = [practice.at(3, clock) for clock in ("10:00", "11:00", "12:00")]
    known = ask(staff, practice, starts[0], as_client(client.id), client_id=client.id)
    matching = somebody(phone=client.phone)
    match = ask(staff, practice, starts[1], STRANGER, person=matching)
    newcomer = ask(staff, practice, starts[2], STRANGER)
    told = []
    for accepted in (known, match, newcomer):
        assert accepted.state == v1.APPOINTMENT_STATE_SCHEDULED and accepted.version == 2
        told.append(accepted.client_id)
        stands = read(staff, accepted.id)
        accepted.client_id = stands.client_id
        assert stands == accepted
    # Whoever writes another's telephone number does not learn that they are a client.
    assert told == [client.id, "", ""]
    assert match.client_id == client.id
    assert newcomer.client_id not in ("", client.id)
    assert set(listed(staff, practice)) == {client.id, newcomer.client_id}
    assert open_requests(staff, practice) == []


def test_requests_that_are_not_plain_wait(staff: Connection) -> None:  # B-4
    practice = open_for_requests(staff, auto_accept_requests=v1.POLICY_SWITCH_ON)
    other = open_practice(staff)
    client = enrol(staff)
    several = somebody(email=client.email)
    enrol(staff, phone=several.phone)
    waiting = ask(staff, practice, practice.at(3, "10:00"), STRANGER, person=several)
    assert waiting.state == v1.APPOINTMENT_STATE_REQUESTED and waiting.client_id == ""
    # One match, who is taken at that time: nothing that whoever asks should be told.
    other.book(staff, other.at(3, "12:00"), client.id)
    taken = somebody(email=client.email)
    waits_too = ask(staff, practice, practice.at(3, "12:00"), STRANGER, person=taken)
    assert waits_too.state == v1.APPOINTMENT_STATE_REQUESTED and waits_too.client_id == ""
    assert open_requests(staff, practice) == [waiting, waits_too]


# Declining and withdrawing


def test_declining_frees_the_slot_at_once(staff: Connection) -> None:  # B-6
    practice = open_for_requests(staff)
    start = practice.at(3, "10:00")
    for clock, quiet in [("10:00", False), ("11:00", True)]:
        asked = ask(staff, practice, practice.at(3, clock), STRANGER)
        therapist = as_therapist(practice.therapist.id)
        declined = decline(
            staff, asked.id, therapist, version=1, reason="No room left", quiet=quiet
        )
        assert declined.state == v1.APPOINTMENT_STATE_DECLINED and declined.version == 2
        assert declined.cancel_reason == "No room left"
        assert read(staff, asked.id) == declined
    assert start in practice.free(staff, start, start + DAY_MS)
    assert open_requests(staff, practice) == [] and listed(staff, practice) == []
    assert practice.book(staff, start).state == v1.APPOINTMENT_STATE_SCHEDULED


def test_a_client_takes_a_request_back(staff: Connection) -> None:  # B-6
    practice = open_for_requests(staff)
    client = enrol(staff).id
    start = practice.at(3, "10:00")
    for actor in (as_client(client), None):
        asked = ask(staff, practice, start, as_client(client), client_id=client)
        back = withdraw(staff, asked.id, actor, version=1, reason="Found another")
        assert back.state == v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT
        assert back.cancel_reason == "Found another" and back.version == 2
        assert start in practice.free(staff, start, start + DAY_MS)


def test_what_is_answered_is_answered(staff: Connection) -> None:
    practice = open_for_requests(staff)
    starts = iter([practice.at(3, clock) for clock in ("10:00", "11:00", "12:00", "13:00")])
    for answer, state in [
        (accept, "SCHEDULED"),
        (decline, "DECLINED"),
        (withdraw, "CANCELLED_BY_CLIENT"),
    ]:
        asked = ask(staff, practice, next(starts))
        answer(staff, asked.id)
        for again in (accept, decline, withdraw):
            with pytest.raises(FailedPrecondition) as refused:
                again(staff, asked.id)
            assert refused.value.reason == "APPOINTMENT_STATE"
            assert refused.value.status.error_info.metadata["state"] == state
    # What was booked was never asked for.
    booked = practice.book(staff, next(starts))
    with pytest.raises(FailedPrecondition) as refused:
        withdraw(staff, booked.id)
    assert refused.value.status.error_info.metadata["state"] == "SCHEDULED"


def test_an_answer_to_a_stale_version_is_refused(staff: Connection) -> None:  # B-14
    practice = open_for_requests(staff)
    asked = ask(staff, practice, practice.at(3, "10:00"))
    for answer in (accept, decline, withdraw):
        with pytest.raises(Aborted) as refused:
            answer(staff, asked.id, version=2)
        assert refused.value.reason == "STALE_VERSION"
        assert refused.value.status.error_info.metadata["current_version"] == "1"
    assert read(staff, asked.id) == asked


# Many at once


def race(server: Server, requests: list[Message]) -> list[Message | Refused]:
    """Sends each request from a connection of its own, all at the same moment."""
    ready = threading.Barrier(len(requests))
    answers: list[Message | Refused | None] = [None] * len(requests)

    def run(lane: int) -> None:
        with server.connect(timeout_s=30) as connection:
            ready.wait(30)
            try:
                answers[lane] = connection.call(requests[lane])
            except Refused as refused:
                answers[lane] = refused

    threads = [threading.Thread(target=run, args=(lane,)) for lane in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(answer is not None for answer in answers)
    return [answer for answer in answers if answer is not None]


def test_one_slot_is_asked_for_once(server: Server, staff: Connection) -> None:  # B-4, S-10
    practice = open_for_requests(staff)
    start = practice.at(3, "10:00")
    wishes: list[Message] = [asking(practice, start) for _ in range(6)]
    wishes += [practice.booking(start) for _ in range(6)]
    answers = race(server, wishes)
    (stands,) = [answer for answer in answers if not isinstance(answer, Refused)]
    for answer in answers:
        if answer is not stands:
            assert isinstance(answer, AlreadyExists)
            assert answer.collides_with == {stands.appointment.id}


@pytest.mark.parametrize("round_number", range(5))
def test_a_request_is_answered_once(
    server: Server, staff: Connection, round_number: int
) -> None:  # B-5, B-6
    practice = open_for_requests(staff)
    asked = ask(staff, practice, practice.at(3, "10:00"), STRANGER)
    answers = race(
        server,
        [
            v1.RequestsAcceptRequest(appointment_id=asked.id),
            v1.RequestsAcceptRequest(appointment_id=asked.id, version=1),
            v1.RequestsAcceptRequest(appointment_id=asked.id, as_new_client=True),
            v1.RequestsDeclineRequest(appointment_id=asked.id),
            v1.RequestsDeclineRequest(appointment_id=asked.id, version=1),
            v1.RequestsWithdrawRequest(appointment_id=asked.id),
        ],
    )
    (won,) = [answer for answer in answers if not isinstance(answer, Refused)]
    assert read(staff, asked.id) == won.appointment and won.appointment.version == 2
    for answer in answers:
        if answer is not won:
            assert isinstance(answer, FailedPrecondition | Aborted)
    accepted = won.appointment.state == v1.APPOINTMENT_STATE_SCHEDULED
    # Whoever lost the race has registered nobody.
    assert len(listed(staff, practice)) == (1 if accepted else 0)


def test_in_one_batch_two_requests_of_one_person_make_one_client(
    staff: Connection,
) -> None:  # B-5
    """Commands that are decided together see what those before them did."""
    practice = open_for_requests(staff)
    person = somebody()
    starts = [practice.at(3, clock) for clock in ("10:00", "11:00")]
    asked = [ask(staff, practice, start, STRANGER, person=person) for start in starts]
    frames = [staff.frame(v1.RequestsAcceptRequest(appointment_id=each.id)) for each in asked]
    staff.send(*frames)
    replies = staff.replies(frame.call.call_id for frame in frames)
    assert not any(reply.HasField("status") for reply in replies), refusal(replies[0].status)
    first, second = (v1.RequestsAcceptResponse.FromString(reply.message) for reply in replies)
    assert (first.is_new_client, second.is_new_client) == (True, False)
    assert first.appointment.client_id == second.appointment.client_id


# Restarts


def test_requests_wait_on_after_a_restart(start_server: StartServer) -> None:  # B-4, B-5
    server = start_server()
    with server.connect() as staff:
        practice = open_for_requests(staff)
        start = practice.at(3, "10:00")
        asked = ask(staff, practice, start, STRANGER, note="Mornings")
    assert server.stop() == 0, server.tail()
    server.start()
    with server.connect() as staff:
        assert read(staff, asked.id) == asked
        assert open_requests(staff, practice) == [asked]
        with pytest.raises(AlreadyExists) as taken:
            practice.book(staff, start)
        assert taken.value.collides_with == {asked.id}
        client = accept(staff, asked.id).appointment.client_id
        other = open_practice(staff)
        with pytest.raises(AlreadyExists) as busy:
            other.book(staff, start, client)
        assert busy.value.kinds == [status.DISCREPANCY_KIND_CLIENT_BUSY]
