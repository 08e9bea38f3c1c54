"""Austria: a client asks, the therapist decides.

Mag. Johanna Gruber works in Vienna. Nobody books with her: they ask, and she answers (B-4 to B-6).
Whoever asks may be new, or someone whom the platform has known for years.
"""

from collections.abc import Iterator
from typing import Any

import contract as v1
import pytest
from clinic import Clinic, Offer, Visit
from google.protobuf.field_mask_pb2 import FieldMask
from practice import office
from storytelling import Person, Stage, on_stage, refused

GRUBER = "Mag. Johanna Gruber"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("austria")
    yield from on_stage(folder, zone="Europe/Vienna", language="de", begins="2027-03-01 07:00")


@pytest.fixture(scope="module")
def clinic(stage: Stage) -> Clinic:
    return Clinic(
        stage,
        GRUBER,
        (office(rooms=1, city="Wien"), "09:00", "17:00"),
        policy=v1.Policy(
            client_booking=v1.BOOKING_MODE_REQUEST,
            decline_reason_in_message=v1.POLICY_SWITCH_ON,
        ),
    )


@pytest.fixture(scope="module")
def hour(clinic: Clinic) -> Offer:
    return clinic.offers(
        "Einzeltherapie", 50, "95.00 EUR", v1.PAYMENT_PLAN_ON_SITE, clinic.places[0]
    )


@pytest.fixture(scope="module")
def lukas(stage: Stage) -> Person:
    """The partner's client, though not hers yet."""
    return stage.registered(
        "Lukas Huber",
        email="lukas.huber@example.at",
        phone="+436601234567",
        birth_date="1990-02-11",
    )


def whoever(stage: Stage, name: str, email: str, phone: str, **more: Any) -> Person:
    """Someone who fills in the form, whoever they are."""
    return stage.newcomer(name, email=email, phone=phone, **more)


def accept(stage: Stage, visit: Visit, by: Person, **more: Any) -> v1.RequestsAcceptResponse:
    return stage.call(v1.RequestsAcceptRequest(appointment_id=visit.id, **more), by)


def decline(stage: Stage, visit: Visit, by: Person, reason: str, quiet: bool = False) -> None:
    request = v1.RequestsDeclineRequest(appointment_id=visit.id, reason=reason, quiet=quiet)
    stage.call(request, by)


def test_1_a_client_asks_and_is_told_at_once(
    stage: Stage, clinic: Clinic, hour: Offer, lukas: Person
) -> None:
    # B-4: nobody books here; they ask.
    with refused("REQUEST_REQUIRED"):
        clinic.book(hour, "2027-03-03 10:00", lukas, by=lukas)

    form = whoever(stage, "Lukas Huber", "Lukas.Huber@example.at", "+436609999999")
    request = clinic.ask(hour, "2027-03-03 10:00", form, by=form, note="Es ist dringend.")
    assert request.state == "REQUESTED"
    assert request.messages == [
        "REQUEST_RECEIVED to whoever asked",
        f"REQUEST_RECEIVED to {GRUBER}",
    ]
    assert request.read().request.note == "Es ist dringend."
    assert request.read().client_id == ""

    # It shows in the calendar and takes its slot meanwhile.
    assert clinic.calendar() == ["2027-03-03 10:00 whoever asked REQUESTED"]
    assert "10:00" not in clinic.free(hour, "2027-03-03")
    other = whoever(stage, "Eva Maier", "eva@example.at", "+436641111111")
    with refused("SLOT_TAKEN"):
        clinic.ask(hour, "2027-03-03 10:30", other, by=other)

    # B-5: she sees who it may be, and why. His e-mail address and his name agree.
    assert clinic.requests() == {"2027-03-03 10:00": ["Lukas Huber 55: email, name"]}

    # B-5: one matches, and is taken: no second Lukas Huber comes to be.
    accepted = accept(stage, request, by=clinic.therapist)
    assert not accepted.is_new_client
    assert accepted.appointment.client_id == lukas.id
    assert (request.state, request.payment, request.client) == ("SCHEDULED", "DUE", "Lukas Huber")
    assert request.messages[-1] == "REQUEST_ACCEPTED to Lukas Huber"
    # which has the link that cancels, as this is its confirmation.
    assert request.quote(by=stage.outbox.cancel_link(request.id)).explanation
    assert request.history() == [
        "2027-03-01 07:00 REQUESTED by someone new: REQUESTED",
        f"2027-03-01 07:00 ACCEPTED by {GRUBER}: SCHEDULED",
    ]
    assert clinic.requests() == {}
    # B-4: nor does he move it by himself: another time is hers to decide, too.
    with refused("REQUEST_REQUIRED"):
        request.move("2027-03-03 12:00", by=lukas)
    with refused("APPOINTMENT_STATE") as refusal:
        decline(stage, request, clinic.therapist, "zu spät")
    assert refusal.facts["state"] == "SCHEDULED"


def test_2_whoever_is_new_gets_a_record(stage: Stage, clinic: Clinic, hour: Offer) -> None:
    # B-5: none matches, so that a record is made in the same call.
    form = whoever(stage, "Eva Maier", "eva@example.at", "+436641111111")
    request = clinic.ask(hour, "2027-03-03 11:00", form, by=form)
    assert clinic.requests() == {"2027-03-03 11:00": []}
    accepted = accept(stage, request, by=clinic.therapist)
    assert accepted.is_new_client
    assert request.client == "Eva Maier"
    assert clinic.clients() == ["Lukas Huber", "Eva Maier"]
    record = stage.call(v1.ClientsGetRequest(client_id=accepted.appointment.client_id)).client
    assert record.terms.version and record.data_processing.version  # B-2


def test_3_several_may_have_asked(stage: Stage, clinic: Clinic, hour: Offer) -> None:
    # B-5: mother and daughter have one telephone.
    mother = stage.registered("Maria Steiner", email="maria@example.at", phone="+436765555555")
    daughter = stage.registered("Sophie Steiner", email="sophie@example.at", phone="+436765555555")
    form = whoever(stage, "Sophie Steiner", "sophie.neu@example.at", "+436765555555")
    request = clinic.ask(hour, "2027-03-03 13:00", form, by=form)
    assert clinic.requests() == {
        "2027-03-03 13:00": ["Sophie Steiner 45: phone, name", "Maria Steiner 30: phone"]
    }
    with refused("SEVERAL_CLIENTS_MATCH") as refusal:
        accept(stage, request, by=clinic.therapist)
    assert refusal.facts["client_ids"].split(",") == [daughter.id, mother.id]
    assert request.state == "REQUESTED"
    accept(stage, request, by=clinic.therapist, client_id=daughter.id)
    assert request.client == "Sophie Steiner"

    # Or it is neither of them: a new record, whoever matches.
    form = whoever(stage, "Anna Steiner", "anna@example.at", "+436765555555")
    request = clinic.ask(hour, "2027-03-03 14:00", form, by=form)
    assert accept(stage, request, by=clinic.therapist, as_new_client=True).is_new_client
    assert request.client == "Anna Steiner"


def test_4_whoever_asked_has_another_session_then(
    stage: Stage, clinic: Clinic, hour: Offer, lukas: Person
) -> None:
    # S-10: with another therapist, which the form could not know.
    wagner = Clinic(stage, "Dr. Max Wagner", (office(rooms=0, city="Wien"), "09:00", "17:00"))
    group = wagner.offers("Gruppe", 90, "40.00 EUR", v1.PAYMENT_PLAN_ON_SITE, wagner.places[0])
    other = wagner.book(group, "2027-03-03 15:00", lukas)
    form = whoever(stage, "Lukas Huber", "lukas.huber@example.at", "+436601234567")
    request = clinic.ask(hour, "2027-03-03 16:00", form, by=form)
    with refused("SLOT_TAKEN") as refusal:
        accept(stage, request, by=clinic.therapist)
    assert refusal.in_the_way == ["CLIENT_BUSY"]
    assert refusal.why.collides_with == {other.id}
    assert request.state == "REQUESTED"
    other.cancel(by=lukas)
    accept(stage, request, by=clinic.therapist)
    assert (request.state, request.client) == ("SCHEDULED", "Lukas Huber")
    request.cancel(by=lukas)


def test_5_she_declines(stage: Stage, clinic: Clinic, hour: Offer, lukas: Person) -> None:
    # B-6: with a reason, which goes into the message, as her settings say; the slot is free.
    request = clinic.ask(hour, "2027-03-04 10:00", lukas, by=lukas)
    assert clinic.requests() == {"2027-03-04 10:00": []}  # who asks under their id is known
    decline(stage, request, clinic.therapist, "Da bin ich auf Fortbildung.")
    assert request.state == "DECLINED"
    assert request.messages == [
        "REQUEST_RECEIVED to Lukas Huber",
        f"REQUEST_RECEIVED to {GRUBER}",
        "REQUEST_DECLINED to Lukas Huber: Da bin ich auf Fortbildung.",
    ]
    assert request.read().cancel_reason == "Da bin ich auf Fortbildung."
    assert "10:00" in clinic.free(hour, "2027-03-04")

    # B-6: or without a message: she has called him.
    request = clinic.ask(hour, "2027-03-04 10:00", lukas, by=lukas)
    decline(stage, request, clinic.therapist, "telefonisch besprochen", quiet=True)
    assert request.state == "DECLINED"
    assert not [each for each in request.messages if each.startswith("REQUEST_DECLINED")]
    with refused("APPOINTMENT_STATE"):
        accept(stage, request, by=clinic.therapist)

    # B-6: or with a message that keeps the reason to herself.
    settings(stage, clinic, decline_reason_in_message=v1.POLICY_SWITCH_OFF)
    request = clinic.ask(hour, "2027-03-04 10:00", lukas, by=lukas)
    decline(stage, request, clinic.therapist, "hat zweimal nicht abgesagt")
    assert request.messages[-1] == "REQUEST_DECLINED to Lukas Huber"
    assert request.history()[-1] == (
        f"2027-03-01 07:00 DECLINED by {GRUBER}: DECLINED (hat zweimal nicht abgesagt)"
    )


def settings(stage: Stage, clinic: Clinic, **more: int) -> None:
    """What she sets for herself."""
    policy = v1.Policy(client_booking=v1.BOOKING_MODE_REQUEST, **more)
    therapist = v1.Therapist(id=clinic.therapist.id, policy=policy)
    mask = FieldMask(paths=["policy"])
    stage.call(v1.DirectoryUpdateTherapistRequest(therapist=therapist, update_mask=mask))


def test_6_requests_that_nobody_answers(
    stage: Stage, clinic: Clinic, hour: Offer, lukas: Person
) -> None:
    # B-6: he takes one back before it is answered.
    request = clinic.ask(hour, "2027-03-04 11:00", lukas, by=lukas)
    stage.call(v1.RequestsWithdrawRequest(appointment_id=request.id, reason="erledigt"), lukas)
    assert request.state == "CANCELLED_BY_CLIENT"
    assert request.history()[-1] == (
        "2027-03-01 07:00 WITHDRAWN by Lukas Huber: CANCELLED_BY_CLIENT (erledigt)"
    )
    assert "11:00" in clinic.free(hour, "2027-03-04")

    # B-6: one lapses at its start, and not before.
    request = clinic.ask(hour, "2027-03-04 12:00", lukas, by=lukas)
    stage.clock.advance_to("2027-03-04 11:59")
    assert request.state == "REQUESTED"
    stage.clock.advance_to("2027-03-04 12:00")
    assert request.state == "EXPIRED"
    assert request.history()[-1] == "2027-03-04 12:00 EXPIRED by time: EXPIRED"
    with refused("APPOINTMENT_STATE"):
        accept(stage, request, by=clinic.therapist)


def test_7_what_is_plain_is_accepted_by_itself(stage: Stage, clinic: Clinic, hour: Offer) -> None:
    # B-4: she lets requests be accepted by themselves.
    settings(stage, clinic, auto_accept_requests=v1.POLICY_SWITCH_ON)
    form = whoever(stage, "Lukas Huber", "lukas.huber@example.at", "+436601234567")
    request = clinic.ask(hour, "2027-03-08 10:00", form, by=form)
    assert (request.state, request.client) == ("SCHEDULED", "Lukas Huber")
    assert "REQUEST_ACCEPTED to Lukas Huber" in request.messages
    assert request.history() == [
        "2027-03-04 12:00 REQUESTED by someone new: REQUESTED",
        "2027-03-04 12:00 ACCEPTED by time: SCHEDULED",
    ]
    # B-4 B-5: so is whoever is new: their record is made with it.
    form = whoever(stage, "Paul Berger", "paul@example.at", "+436647777777")
    request = clinic.ask(hour, "2027-03-08 13:00", form, by=form)
    assert (request.state, request.client) == ("SCHEDULED", "Paul Berger")
    # B-4: whoever may be several still waits for her choice.
    form = whoever(stage, "M. Steiner", "m.steiner@example.at", "+436765555555")
    request = clinic.ask(hour, "2027-03-08 11:00", form, by=form)
    assert request.state == "REQUESTED"
    settings(stage, clinic)
    decline(stage, request, clinic.therapist, "")


def test_8_a_prepaid_one_is_paid_once_it_is_accepted(
    stage: Stage, clinic: Clinic, lukas: Person
) -> None:
    online_price = clinic.offers(
        "Einzeltherapie, im Voraus", 50, "90.00 EUR", v1.PAYMENT_PLAN_PREPAID, clinic.places[0]
    )
    request = clinic.ask(online_price, "2027-03-09 10:00", lukas, by=lukas)
    assert (request.state, request.payment) == ("REQUESTED", "NONE")
    with refused("APPOINTMENT_STATE"):
        request.pay()

    # B-6 P-4: the fifteen minutes begin when it is accepted.
    stage.clock.advance_to("2027-03-05 09:00")
    accept(stage, request, by=clinic.therapist)
    assert (request.state, request.payment) == ("INITIATED", "DUE")
    assert stage.clock.shows(request.read().payment_deadline_time) == "2027-03-05 09:15"
    assert request.messages[-1] == "REQUEST_ACCEPTED to Lukas Huber"
    request.begin_payment(by=lukas)
    request.pay()
    assert (request.state, request.payment) == ("SCHEDULED", "PAID")

    # To the last refund (P-6): she falls ill, and he gets everything back.
    request.cancel(by=clinic.therapist, reason="krank")
    request.refund("krank")
    assert (request.state, request.payment) == ("CANCELLED_BY_THERAPIST", "REFUNDED")
    assert request.money() == [
        "PAYMENT 90.00 EUR by card",
        "REFUND 90.00 EUR by card: krank",
    ]
    assert clinic.calendar(by=clinic.therapist) == [
        "2027-03-03 10:00 Lukas Huber COMPLETED",
        "2027-03-03 11:00 Eva Maier COMPLETED",
        "2027-03-03 13:00 Sophie Steiner COMPLETED",
        "2027-03-03 14:00 Anna Steiner COMPLETED",
        "2027-03-03 16:00 Lukas Huber CANCELLED_BY_CLIENT",
        "2027-03-04 10:00 Lukas Huber DECLINED",
        "2027-03-04 10:00 Lukas Huber DECLINED",
        "2027-03-04 10:00 Lukas Huber DECLINED",
        "2027-03-04 11:00 Lukas Huber CANCELLED_BY_CLIENT",
        "2027-03-04 12:00 Lukas Huber EXPIRED",
        "2027-03-08 10:00 Lukas Huber SCHEDULED",
        "2027-03-08 11:00 whoever asked DECLINED",
        "2027-03-08 13:00 Paul Berger SCHEDULED",
        "2027-03-09 10:00 Lukas Huber CANCELLED_BY_THERAPIST",
    ]
