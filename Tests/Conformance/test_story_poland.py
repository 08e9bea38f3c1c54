"""Poland: visits that are entered by hand, visits in a cycle, and a link that cancels.

Katarzyna Nowak works in Warsaw, in two places: Mokotów until four, Praga from four on. She enters
visits herself, also those that took place already, and most of her patients come every week.
"""

from collections.abc import Iterator
from typing import Any

import contract as v1
import pytest
from clinic import Clinic, Offer, Visit, iso, report
from practice import office
from storytelling import (
    IN_PAST,
    OUTSIDE_LOCATION_HOURS,
    OUTSIDE_SCHEDULE,
    THERAPIST_BUSY,
    LinkHolder,
    Person,
    Stage,
    on_stage,
    refused,
    shown,
)

NOWAK = "mgr Katarzyna Nowak"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("poland")
    yield from on_stage(folder, zone="Europe/Warsaw", language="pl", begins="2027-03-03 12:00")


@pytest.fixture(scope="module")
def clinic(stage: Stage) -> Clinic:
    mokotow, praga = office(rooms=0, city="Warszawa"), office(rooms=0, city="Warszawa")
    mokotow.name, praga.name = "Gabinet Mokotów", "Gabinet Praga"
    terms = v1.CancellationTerms(notice_minutes=24 * 60, late_percent=100, fee_where_unpaid=True)
    return Clinic(
        stage,
        NOWAK,
        (mokotow, "08:00", "16:00"),
        (praga, "16:00", "20:00"),
        policy=v1.Policy(cancellation=terms),
    )


@pytest.fixture(scope="module")
def visit(clinic: Clinic) -> Offer:
    return clinic.offers(
        "Sesja indywidualna", 50, "180.00 PLN", v1.PAYMENT_PLAN_ON_SITE, clinic.places[0]
    )


@pytest.fixture(scope="module")
def jan(stage: Stage) -> Person:
    return stage.registered("Jan Kowalski")


@pytest.fixture(scope="module")
def ewa(stage: Stage) -> Person:
    return stage.registered("Ewa Wiśniewska", email="ewa.w@example.org")


def test_1_a_visit_by_hand_meets_all_four_conflicts(
    stage: Stage, clinic: Clinic, visit: Offer, jan: Person
) -> None:
    # S-4: each by itself. It is Wednesday, noon.
    nowak = clinic.therapist

    def conflicts(at: str) -> list[str]:
        return clinic.in_the_way(visit, at, by=nowak)

    assert conflicts("2027-03-04 10:00") == []
    assert conflicts("2027-03-04 17:00") == ["OUTSIDE_LOCATION_HOURS"]  # she is in Praga then
    assert conflicts("2027-03-04 21:00") == ["OUTSIDE_LOCATION_HOURS", "OUTSIDE_SCHEDULE"]
    assert conflicts("2027-03-03 11:30") == ["IN_PAST"]
    clinic.book(visit, "2027-03-04 10:00", jan, by=nowak)
    assert conflicts("2027-03-04 10:30") == ["THERAPIST_BUSY"]

    # B-3 S-6: last night someone new came in need. She enters it, and says what she knows.
    piotr = stage.newcomer("Piotr Zieliński", email="piotr@example.org")
    with refused("SLOT_NOT_BOOKABLE") as refusal:
        clinic.book(visit, "2027-03-02 21:00", piotr, by=nowak)
    assert refusal.in_the_way == ["OUTSIDE_LOCATION_HOURS", "OUTSIDE_SCHEDULE", "IN_PAST"]
    with refused("SLOT_NOT_BOOKABLE") as refusal:
        clinic.book(visit, "2027-03-02 21:00", piotr, by=nowak, overrides=[IN_PAST])
    assert refusal.in_the_way == [
        "OUTSIDE_LOCATION_HOURS",
        "OUTSIDE_SCHEDULE",
        "IN_PAST, overridden",
    ]
    knowingly = [OUTSIDE_LOCATION_HOURS, OUTSIDE_SCHEDULE, IN_PAST]
    night = clinic.book(visit, "2027-03-02 21:00", piotr, by=nowak, overrides=knowingly)
    assert "Piotr Zieliński" in clinic.clients()
    (step, *_) = stage.call(
        v1.AppointmentsListTransitionsRequest(appointment_id=night.id)
    ).transitions
    assert list(step.overridden) == knowingly

    # S-4 S-6: another at that hour meets all four at once, and a collision is nobody's to accept.
    with refused("SLOT_TAKEN") as refusal:
        clinic.book(visit, "2027-03-02 21:30", jan, by=nowak)
    assert refusal.in_the_way == [
        "OUTSIDE_LOCATION_HOURS",
        "OUTSIDE_SCHEDULE",
        "IN_PAST",
        "THERAPIST_BUSY",
    ]
    assert refusal.why.collides_with == {night.id}
    with refused("SLOT_TAKEN") as refusal:
        clinic.book(visit, "2027-03-02 21:30", jan, by=nowak, overrides=knowingly)
    assert refusal.in_the_way == [
        "OUTSIDE_LOCATION_HOURS, overridden",
        "OUTSIDE_SCHEDULE, overridden",
        "IN_PAST, overridden",
        "THERAPIST_BUSY",
    ]
    with refused("MALFORMED_REQUEST"):
        clinic.book(
            visit, "2027-03-02 21:30", jan, by=nowak, overrides=[*knowingly, THERAPIST_BUSY]
        )

    # What was over when it was entered is soon completed.
    stage.clock.forward(minutes=1)
    assert night.state == "COMPLETED"


def test_2_jan_comes_every_wednesday(
    stage: Stage, clinic: Clinic, visit: Offer, jan: Person, ewa: Person
) -> None:
    nowak = clinic.therapist
    nine = "FREQ=WEEKLY;COUNT=9;BYDAY=WE"
    ewas = clinic.book(visit, "2027-03-24 10:00", ewa, by=nowak)

    # B-8: all or nothing; the report says what each would meet.
    with refused("SERIES_NOT_BOOKABLE") as refusal:
        clinic.series(visit, "2027-03-10 10:00", nine, jan, by=nowak)
    assert refusal.in_the_way == ["THERAPIST_BUSY"]
    assert refusal.why.collides_with == {ewas.id}
    dry = clinic.series(visit, "2027-03-10 10:00", nine, jan, by=nowak, validate_only=True)
    assert not dry.bookable
    assert report(dry.occurrences) == [
        "2027-03-10 10:00 booked",
        "2027-03-17 10:00 booked",
        "2027-03-24 10:00 THERAPIST_BUSY",
        "2027-03-31 10:00 booked",
        "2027-04-07 10:00 booked",
        "2027-04-14 10:00 booked",
        "2027-04-21 10:00 booked",
        "2027-04-28 10:00 booked",
        "2027-05-05 10:00 booked",
    ]
    assert clinic.calendar(client_id=jan.id) == ["2027-03-04 10:00 Jan Kowalski SCHEDULED"]

    # B-8: or without the one that collides; and without one when she is at a congress.
    # B-11: he was in the room, and needs no e-mail.
    made = clinic.series(
        visit,
        "2027-03-10 10:00",
        nine,
        jan,
        by=nowak,
        excluded_local_starts=[iso("2027-04-14 10:00")],
        conflict_mode=v1.SERIES_CONFLICT_MODE_SKIP,
        quiet=True,
    )
    assert stage.outbox.about(made.series.id) == [f"BOOKING_CONFIRMED to {NOWAK}"]
    assert omitted(made.series) == ["2027-03-24 10:00 CONFLICT", "2027-04-14 10:00 EXCLUDED"]
    assert clinic.of_series(made.series.id) == [
        f"{day} 10:00 Jan Kowalski SCHEDULED"  # S-9: also after 28 March
        for day in (
            "2027-03-10",
            "2027-03-17",
            "2027-03-31",
            "2027-04-07",
            "2027-04-21",
            "2027-04-28",
            "2027-05-05",
        )
    ]


def omitted(series: v1.SeriesInfo) -> list[str]:
    """What the rule would give and was left out, and why."""
    return [
        each.local_start.replace("T", " ")
        + " "
        + v1.SeriesOmissionReason.Name(each.reason).removeprefix("SERIES_OMISSION_REASON_")
        for each in series.omissions
    ]


def on(stage: Stage, day: str, client: Person) -> Visit:
    """The client's visit of a day that was not cancelled."""
    listed = stage.call(
        v1.AppointmentsListRequest(
            client_id=client.id,
            from_ms=stage.clock.ms(f"{day} 00:00"),
            until_ms=stage.clock.ms(f"{day} 23:59"),
            active=True,
        )
    ).appointments
    (found,) = listed
    return Visit(stage, found)


def move(
    stage: Stage, one: Visit, to: str, scope: int, by: Person, **more: Any
) -> v1.SeriesRescheduleResponse:
    request = v1.SeriesRescheduleRequest(
        appointment_id=one.id, local_start=iso(to), scope=scope, **more
    )
    return stage.call(request, by)


def cancel(stage: Stage, one: Visit, scope: int, by: Person, quiet: bool = False) -> list[str]:
    """Cancels in a scope; gives the days that are free again."""
    request = v1.SeriesCancelRequest(appointment_id=one.id, scope=scope, quiet=quiet)
    cancelled = stage.call(request, by).cancelled
    return [stage.clock.shows(each.appointment.start_time).split()[0] for each in cancelled]


def test_3_the_cycle_moves_in_three_scopes(
    stage: Stage, clinic: Clinic, visit: Offer, jan: Person
) -> None:
    nowak = clinic.therapist
    (series_id,) = {on(stage, "2027-03-10", jan).read().series_id}

    # B-9: this one. It goes to Thursday, and remembers where the cycle had it.
    one = on(stage, "2027-03-17", jan)
    move(stage, one, "2027-03-18 12:00", v1.SERIES_SCOPE_THIS, by=nowak, quiet=True)
    assert one.at == "2027-03-18 12:00"
    assert stage.clock.shows(one.read().original_start_time) == "2027-03-17 10:00"
    assert one.messages == [f"APPOINTMENT_CHANGED to {NOWAK}"]  # B-11
    assert "10:00" in clinic.free(visit, "2027-03-17")

    # B-9: this and the following. The cycle splits.
    moved = move(
        stage,
        on(stage, "2027-03-31", jan),
        "2027-03-31 11:00",
        v1.SERIES_SCOPE_THIS_AND_FOLLOWING,
        by=nowak,
    )
    assert moved.series.id != series_id and moved.series.split_from_series_id == series_id
    assert stage.outbox.about(moved.series.id) == [
        "APPOINTMENT_CHANGED to Jan Kowalski",
        f"APPOINTMENT_CHANGED to {NOWAK}",
    ]
    assert clinic.of_series(series_id) == [
        "2027-03-10 10:00 Jan Kowalski SCHEDULED",
        "2027-03-18 12:00 Jan Kowalski SCHEDULED",
    ]
    assert clinic.of_series(moved.series.id) == [
        f"{day} 11:00 Jan Kowalski SCHEDULED"
        for day in ("2027-03-31", "2027-04-07", "2027-04-21", "2027-04-28", "2027-05-05")
    ]
    assert omitted(moved.series) == ["2027-04-14 11:00 EXCLUDED"]

    # B-9: all. The one that went to Thursday goes with the others, from where the cycle had it;
    # the one that was left out for Ewa stays left out.
    whole = move(
        stage, on(stage, "2027-03-10", jan), "2027-03-10 09:00", v1.SERIES_SCOPE_ALL, by=nowak
    )
    assert whole.series.id == series_id
    assert clinic.of_series(series_id) == [
        "2027-03-10 09:00 Jan Kowalski SCHEDULED",
        "2027-03-17 09:00 Jan Kowalski SCHEDULED",
    ]
    assert omitted(whole.series) == ["2027-03-24 09:00 CONFLICT"]

    # And the later ones to another day, all by one.
    whole = move(
        stage, on(stage, "2027-04-07", jan), "2027-04-08 11:00", v1.SERIES_SCOPE_ALL, by=nowak
    )
    assert omitted(whole.series) == ["2027-04-15 11:00 EXCLUDED"]
    assert clinic.of_series(moved.series.id) == [
        f"{day} 11:00 Jan Kowalski SCHEDULED"
        for day in ("2027-04-01", "2027-04-08", "2027-04-22", "2027-04-29", "2027-05-06")
    ]
    assert one.at == "2027-03-17 09:00"


def test_4_the_cycle_is_cancelled_in_three_scopes(
    stage: Stage, clinic: Clinic, jan: Person
) -> None:
    nowak = clinic.therapist
    first, later = on(stage, "2027-03-10", jan), on(stage, "2027-04-08", jan)
    thursdays = later.read().series_id

    # B-9: this one, and the cycle goes on around it.
    assert cancel(stage, later, v1.SERIES_SCOPE_THIS, by=nowak) == ["2027-04-08"]
    # B-9: this and the following.
    last_but_one = on(stage, "2027-04-29", jan)
    gone = cancel(stage, last_but_one, v1.SERIES_SCOPE_THIS_AND_FOLLOWING, by=nowak)
    assert gone == ["2027-04-29", "2027-05-06"]
    assert clinic.of_series(thursdays) == [
        "2027-04-01 11:00 Jan Kowalski SCHEDULED",
        "2027-04-08 11:00 Jan Kowalski CANCELLED_BY_THERAPIST",
        "2027-04-22 11:00 Jan Kowalski SCHEDULED",
        "2027-04-29 11:00 Jan Kowalski CANCELLED_BY_THERAPIST",
        "2027-05-06 11:00 Jan Kowalski CANCELLED_BY_THERAPIST",
    ]
    assert stage.outbox.about(thursdays)[-2:] == [
        "APPOINTMENT_CANCELLED to Jan Kowalski",
        f"APPOINTMENT_CANCELLED to {NOWAK}",
    ]
    # What was cancelled is remembered: the rest moves, and it does not come back.
    move(stage, on(stage, "2027-04-01", jan), "2027-04-01 12:00", v1.SERIES_SCOPE_ALL, by=nowak)
    assert later.state == "CANCELLED_BY_THERAPIST"
    assert on(stage, "2027-04-22", jan).at == "2027-04-22 12:00"

    # B-9: all, but for what was held.
    stage.clock.advance_to("2027-03-11 09:00")
    second = on(stage, "2027-03-17", jan)
    assert cancel(stage, second, v1.SERIES_SCOPE_ALL, by=nowak, quiet=True) == ["2027-03-17"]
    told = stage.outbox.about(first.read().series_id)
    assert "APPOINTMENT_CANCELLED to Jan Kowalski" not in told  # B-11
    assert told[-1] == f"APPOINTMENT_CANCELLED to {NOWAK}"
    assert (first.state, second.state) == ("COMPLETED", "CANCELLED_BY_THERAPIST")
    with refused("SERIES_OVER"):
        cancel(stage, second, v1.SERIES_SCOPE_ALL, by=nowak)


def test_5_a_link_that_cancels_once(
    stage: Stage, clinic: Clinic, visit: Offer, ewa: Person
) -> None:
    # the confirmation has a link, which shows the therapist's terms first.
    booked = clinic.book(visit, "2027-03-16 10:00", ewa, by=ewa)
    link = stage.outbox.cancel_link(booked.id)
    assert booked.read(by=link).id == booked.id
    quote = booked.quote(by=link)
    assert (quote.terms.notice_minutes, quote.terms.in_time_percent) == (24 * 60, 0)
    assert quote.terms.late_percent == 100
    assert (shown(quote.fee), shown(quote.outstanding)) == ("0.00 PLN", "0.00 PLN")
    assert booked.state == "SCHEDULED"

    # It cancels once.
    booked.cancel(by=link, reason="wyjazd")
    assert booked.history() == [
        "2027-03-11 09:00 BOOKED by Ewa Wiśniewska: SCHEDULED",
        "2027-03-11 09:00 CANCELLED by the link: CANCELLED_BY_CLIENT (wyjazd)",
    ]
    assert "10:00" in clinic.free(visit, "2027-03-16")
    with refused("LINK_USED"):
        booked.cancel(by=link)

    # late, and not paid yet: the whole price stands as a claim.
    tomorrow = clinic.book(visit, "2027-03-12 08:00", ewa, by=ewa)
    settled = tomorrow.cancel(by=stage.outbox.cancel_link(tomorrow.id))
    assert (shown(settled.fee), shown(settled.outstanding)) == ("180.00 PLN", "180.00 PLN")
    assert (tomorrow.state, tomorrow.payment) == ("CANCELLED_BY_CLIENT", "DUE")

    # it expires with the start, and serves for one visit.
    today = clinic.book(visit, "2027-03-11 13:00", ewa, by=ewa)
    link = stage.outbox.cancel_link(today.id)
    with refused("NOT_FOUND"):
        tomorrow.read(by=link)
    stage.clock.advance_to("2027-03-11 12:59")
    assert shown(today.quote(by=link).fee) == "180.00 PLN"
    stage.clock.advance_to("2027-03-11 13:00")
    with refused("LINK_EXPIRED"):
        today.cancel(by=link)
    with refused("NOT_FOUND"):
        today.read(by=LinkHolder(link.token[:-1] + ("A" if link.token[-1] != "A" else "B")))
