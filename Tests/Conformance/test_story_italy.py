"""Italy: a first talk that costs nothing, a first session, and then a therapy.

Dott.ssa Maria Rossi works in Rome, from Monday to Friday. On this platform follow-ups wait until a
full session was held and paid (B-7), and only the therapist makes a series (B-8). The story runs
over 28 March 2027, when the clocks are put forward.
"""

from collections.abc import Iterator
from itertools import pairwise

import contract as v1
import pytest
from clinic import Clinic, Offer, Visit, iso, report
from practice import HOUR_MS, office, online
from storytelling import Person, Stage, on_stage, refused, shown

ROSSI = "Dott.ssa Maria Rossi"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("italy")
    yield from on_stage(folder, zone="Europe/Rome", language="it", begins="2027-03-01 07:00")


@pytest.fixture(scope="module")
def clinic(stage: Stage) -> Clinic:
    policy = v1.Policy(
        follow_ups_after_first_session=v1.POLICY_SWITCH_ON,
        cancellation=v1.CancellationTerms(notice_minutes=24 * 60, late_percent=50),
    )
    stage.call(v1.DirectoryUpdatePolicyRequest(policy=policy))
    return Clinic(stage, ROSSI, (office(), "09:00", "18:00"), (online(), "09:00", "18:00"))


@pytest.fixture(scope="module")
def talk(clinic: Clinic) -> Offer:
    """Twenty minutes to get to know each other."""
    return clinic.offers(
        "Colloquio conoscitivo", 20, "0.00 EUR", v1.PAYMENT_PLAN_FREE, clinic.places[1]
    )


@pytest.fixture(scope="module")
def session(clinic: Clinic) -> Offer:
    return clinic.offers(
        "Colloquio individuale", 50, "70.00 EUR", v1.PAYMENT_PLAN_ON_SITE, clinic.places[0]
    )


@pytest.fixture(scope="module")
def anna(stage: Stage) -> Person:
    return stage.newcomer("Anna Bianchi")


@pytest.fixture(scope="module")
def bruno(stage: Stage) -> Person:
    return stage.registered("Bruno Conti")


def test_1_anna_comes_to_know_her_therapist(
    stage: Stage, clinic: Clinic, talk: Offer, anna: Person
) -> None:
    # B-2: nobody is booked who did not accept both, and nobody is registered by a refusal.
    hesitant = stage.newcomer("Anna Bianchi", data_processing=None)
    with refused("MALFORMED_REQUEST") as refusal:
        clinic.book(talk, "2027-03-02 15:00", hesitant, by=hesitant)
    assert refusal.why.fields == ["new_client.data_processing"]
    assert clinic.clients() == []

    # B-1 B-2: she books, and it stands at once.
    visit = clinic.book(talk, "2027-03-02 15:00", anna, by=anna)
    assert (visit.state, visit.payment) == ("SCHEDULED", "NONE")
    assert clinic.clients() == ["Anna Bianchi"]
    assert visit.messages == [
        "BOOKING_CONFIRMED to Anna Bianchi",
        f"BOOKING_CONFIRMED to {ROSSI}",
    ]
    assert "15:00" not in clinic.free(talk, "2027-03-02")

    # the talk takes place, and nobody has to say so.
    stage.clock.advance_to("2027-03-02 15:30")
    assert visit.history() == [
        "2027-03-01 07:00 BOOKED by someone new: SCHEDULED",
        "2027-03-02 14:55 BEGUN by time: IN_PROGRESS",
        "2027-03-02 15:20 COMPLETED by time: COMPLETED",
    ]


def test_2_follow_ups_wait_for_the_first_session(
    stage: Stage, clinic: Clinic, session: Offer, anna: Person
) -> None:
    # B-7: a talk of twenty minutes opens nothing; the first full session is not a follow-up.
    rossi = clinic.therapist
    first = clinic.book(session, "2027-03-05 10:00", anna, by=anna)
    assert (first.state, first.payment) == ("SCHEDULED", "DUE")
    assert not clinic.therapy(anna).summary.follow_ups_open

    def nobody_books_a_follow_up() -> None:
        for someone in (anna, rossi):
            with refused("FOLLOW_UP_NOT_OPEN"):
                clinic.book(session, "2027-03-10 10:00", anna, by=someone)
        with refused("FOLLOW_UP_NOT_OPEN"):
            clinic.series(session, "2027-03-10 10:00", "FREQ=WEEKLY;COUNT=2", anna, by=rossi)

    nobody_books_a_follow_up()
    as_first = v1.SeriesCreateRequest(first_appointment_id=first.id, rule="FREQ=WEEKLY;COUNT=2")
    with refused("FOLLOW_UP_NOT_OPEN"):
        stage.call(as_first, by=rossi)
    stage.clock.advance_to("2027-03-05 10:50")
    assert first.state == "COMPLETED"
    nobody_books_a_follow_up()  # it was held, and is not paid
    with refused("MALFORMED_REQUEST"):
        first.pay("70.01 EUR", by=rossi)
    first.pay(by=rossi, method="cash")
    assert (first.state, first.payment) == ("COMPLETED", "PAID")
    assert first.messages[-1] == "PAID to Anna Bianchi"

    # From now on her therapist books; she does once her therapist lets her.
    follow_up = clinic.book(session, "2027-03-10 10:00", anna, by=rossi)
    assert follow_up.history() == [f"2027-03-05 10:50 BOOKED by {ROSSI}: SCHEDULED"]
    with refused("SELF_BOOKING_OFF"):
        clinic.book(session, "2027-03-11 10:00", anna, by=anna)
    therapy = clinic.therapy(anna)
    assert therapy.summary.follow_ups_open and not therapy.therapy.self_booking
    with refused("ROLE_NOT_ALLOWED"):
        switch_self_booking(stage, therapy.therapy, by=anna)
    switch_self_booking(stage, therapy.therapy, by=rossi)
    clinic.book(session, "2027-03-11 10:00", anna, by=anna)


def switch_self_booking(stage: Stage, therapy: v1.Therapy, by: Person) -> None:
    stage.call(v1.TherapiesUpdateRequest(therapy_id=therapy.id, self_booking=True), by)


def test_3_how_far_ahead_each_of_them_books(
    stage: Stage, clinic: Clinic, session: Offer, anna: Person
) -> None:
    # S-2: a client one month, a therapist six, the last day included.
    rossi = clinic.therapist
    stage.clock.advance_to("2027-03-08 08:00")
    assert clinic.in_the_way(session, "2027-04-08 17:00", anna, by=anna) == []
    assert clinic.in_the_way(session, "2027-04-09 09:00", anna, by=anna) == ["BEYOND_HORIZON"]
    assert clinic.in_the_way(session, "2027-09-08 17:00", anna, by=rossi) == []
    assert clinic.in_the_way(session, "2027-09-09 09:00", anna, by=rossi) == ["BEYOND_HORIZON"]
    with refused("SLOT_NOT_BOOKABLE") as refusal:
        clinic.book(session, "2027-04-09 09:00", anna, by=anna)
    assert refusal.in_the_way == ["BEYOND_HORIZON"]
    assert clinic.free(session, "2027-04-09", by=anna) == []
    assert "09:00" in clinic.free(session, "2027-04-09", by=rossi)

    # The horizon moves with the days: at midnight, it is a day further.
    stage.clock.advance_to("2027-03-08 23:59")
    assert clinic.in_the_way(session, "2027-04-09 09:00", anna, by=anna) == ["BEYOND_HORIZON"]
    stage.clock.advance_to("2027-03-09 00:00")
    assert clinic.in_the_way(session, "2027-04-09 09:00", anna, by=anna) == []
    assert clinic.in_the_way(session, "2027-09-09 17:00", anna, by=rossi) == []


def test_4_every_thursday_at_ten(
    stage: Stage, clinic: Clinic, session: Offer, anna: Person, bruno: Person
) -> None:
    rossi = clinic.therapist
    (thursday,) = stage.call(
        v1.AppointmentsListRequest(
            client_id=anna.id,
            from_ms=stage.clock.ms("2027-03-11 00:00"),
            until_ms=stage.clock.ms("2027-03-12 00:00"),
        )
    ).appointments
    clinic.book(session, "2027-03-25 10:00", bruno)

    # B-8: which weekly times are free all ten times, and which all but once?
    search = v1.SeriesSearchRequest(
        therapist_id=rossi.id,
        service_id=session.service.id,
        rule="FREQ=WEEKLY;COUNT=10",
        from_ms=stage.clock.ms("2027-03-18 09:00"),
        until_ms=stage.clock.ms("2027-03-18 12:00"),
        misses_max=1,
        client_id=anna.id,
    )
    found = stage.call(search).candidates
    assert [
        (each.local_start, each.free, [stage.clock.shows(miss) for miss in each.missed_start_ms])
        for each in found
    ] == [
        ("2027-03-18T09:00", 10, []),
        ("2027-03-18T11:00", 10, []),
        ("2027-03-18T11:30", 10, []),
        ("2027-03-18T09:30", 9, ["2027-03-25 09:30"]),
        ("2027-03-18T10:00", 9, ["2027-03-25 10:00"]),
        ("2027-03-18T10:30", 9, ["2027-03-25 10:30"]),
    ]

    # B-8: a series is the therapist's to make. Anna's own booking becomes its first.
    weekly = v1.SeriesCreateRequest(
        first_appointment_id=thursday.id,
        rule="FREQ=WEEKLY;COUNT=10",
        conflict_mode=v1.SERIES_CONFLICT_MODE_SKIP,
    )
    with refused("ROLE_NOT_ALLOWED"):
        stage.call(weekly, by=anna)
    made = stage.call(weekly, by=rossi)
    assert report(made.occurrences) == [
        "2027-03-11 10:00 booked",
        "2027-03-18 10:00 booked",
        "2027-03-25 10:00 THERAPIST_BUSY ROOM_BUSY, left out",
        "2027-04-01 10:00 booked",
        "2027-04-08 10:00 booked",
        "2027-04-15 10:00 booked",
        "2027-04-22 10:00 booked",
        "2027-04-29 10:00 booked",
        "2027-05-06 10:00 booked",
        "2027-05-13 10:00 booked",
    ]
    assert [each.local_start for each in made.series.omissions] == [iso("2027-03-25 10:00")]
    assert Visit(stage, thursday).history()[-1].endswith(f"JOINED_SERIES by {ROSSI}: SCHEDULED")

    # S-9: ten stays ten, though the clocks are put forward: an hour less lies between.
    starts = [each.start_ms for each in made.occurrences]
    weeks = [later - earlier for earlier, later in pairwise(starts)]
    assert [week // HOUR_MS for week in weeks] == [168, 168, 167, 168, 168, 168, 168, 168, 168]

    # S-2: half a year is as far as a series goes, too. Staff may make one as well.
    dry = clinic.series(
        session, "2027-03-12 10:00", "FREQ=WEEKLY;COUNT=2", anna, validate_only=True
    )
    assert dry.bookable
    with refused("SERIES_NOT_BOOKABLE") as refusal:
        clinic.series(session, "2027-03-12 10:00", "FREQ=WEEKLY;COUNT=30", anna, by=rossi)
    assert refusal.in_the_way == ["BEYOND_HORIZON"]


def test_5_the_end_of_a_short_month(
    stage: Stage, clinic: Clinic, session: Offer, anna: Person
) -> None:
    # S-2: from the end of a month a month leads to the end of a shorter one.
    stage.clock.advance_to("2027-03-31 08:00")
    assert clinic.in_the_way(session, "2027-04-30 17:00", anna, by=anna) == []
    assert clinic.in_the_way(session, "2027-05-03 09:00", anna, by=anna) == ["BEYOND_HORIZON"]


def test_6_the_last_refund(stage: Stage, clinic: Clinic, anna: Person) -> None:
    rossi = clinic.therapist
    april = stage.call(
        v1.AppointmentsListRequest(
            client_id=anna.id,
            from_ms=stage.clock.ms("2027-04-15 00:00"),
            until_ms=stage.clock.ms("2027-04-30 00:00"),
        )
    ).appointments
    early, late, by_rossi = (Visit(stage, each) for each in april)
    for visit in (early, late, by_rossi):
        visit.pay(by=rossi)

    # two days before, nothing is lost; P-6: what is given back says why.
    stage.clock.advance_to("2027-04-13 10:00")
    assert shown(early.cancel(by=anna, reason="in viaggio").refund) == "70.00 EUR"
    assert (early.state, early.payment) == ("CANCELLED_BY_CLIENT", "PAID")
    early.refund("in viaggio", by=rossi)
    assert (early.state, early.payment) == ("CANCELLED_BY_CLIENT", "REFUNDED")

    # On the day itself, half of it.
    stage.clock.advance_to("2027-04-22 08:00")
    settled = late.cancel(by=anna)
    assert (shown(settled.fee), shown(settled.refund)) == ("35.00 EUR", "35.00 EUR")
    with refused("MALFORMED_REQUEST"):
        late.refund("troppo", "70.01 EUR", by=rossi)
    late.refund("metà, disdetta tardiva", by=rossi)
    assert late.payment == "PARTLY_REFUNDED"
    assert late.money() == [
        "PAYMENT 70.00 EUR by card",
        "REFUND 35.00 EUR by card: metà, disdetta tardiva",
    ]

    # By the therapist, all of it, however late.
    stage.clock.advance_to("2027-04-29 09:30")
    assert shown(by_rossi.cancel(by=rossi, reason="influenza").refund) == "70.00 EUR"
    by_rossi.refund("influenza", by=rossi)
    assert (by_rossi.state, by_rossi.payment) == ("CANCELLED_BY_THERAPIST", "REFUNDED")
    assert by_rossi.messages[-1] == "REFUNDED to Anna Bianchi"

    # The series goes on around them, to its end.
    stage.clock.advance_to("2027-05-13 11:00")
    assert clinic.calendar(client_id=anna.id) == [
        "2027-03-02 15:00 Anna Bianchi COMPLETED",
        "2027-03-05 10:00 Anna Bianchi COMPLETED",
        "2027-03-10 10:00 Anna Bianchi COMPLETED",
        "2027-03-11 10:00 Anna Bianchi COMPLETED",
        "2027-03-18 10:00 Anna Bianchi COMPLETED",
        "2027-04-01 10:00 Anna Bianchi COMPLETED",
        "2027-04-08 10:00 Anna Bianchi COMPLETED",
        "2027-04-15 10:00 Anna Bianchi CANCELLED_BY_CLIENT",
        "2027-04-22 10:00 Anna Bianchi CANCELLED_BY_CLIENT",
        "2027-04-29 10:00 Anna Bianchi CANCELLED_BY_THERAPIST",
        "2027-05-06 10:00 Anna Bianchi COMPLETED",
        "2027-05-13 10:00 Anna Bianchi COMPLETED",
    ]
    summary = clinic.therapy(anna).summary
    assert (summary.upcoming, summary.held) == (0, 9)
    assert [shown(each) for each in summary.paid] == ["105.00 EUR"]  # a session, and half of one
    assert [shown(each) for each in summary.outstanding] == ["490.00 EUR"]  # seven, on site
