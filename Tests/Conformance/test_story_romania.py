"""Romania: sessions that are paid before they are certain, and their lives in eight states.

Psiholog Andreea Popescu works online, from Bucharest. Whoever books has fifteen minutes to pay. Her
terms: a day's notice, after that half the price; for couples, all of it. The clocks are put forward
on 28 March 2027.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import contract as v1
import jwt
import pytest
from clinic import Clinic, Offer, Visit
from plans import Plan, dates, template
from practice import office, online
from storytelling import Person, Stage, on_stage, refused, shown

POPESCU = "Psiholog Andreea Popescu"
SECRET = "what Jitsi has, too, and nobody else"
DAY = 24 * 60


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("romania")
    (folder / "secret").write_text(f"{SECRET}\n")
    video = ("--video", "jitsi", "--video-url", "https://meet.example.org")
    app = ("--video-app-id", "cabinet", "--video-secret-file", str(folder / "secret"))
    # The money is taken on the partner's own payment page, and recorded by their staff.
    by_hand = ("--payment-gateway", "none")
    yield from on_stage(
        folder,
        *video,
        *app,
        *by_hand,
        zone="Europe/Bucharest",
        language="ro",
        begins="2027-03-01 09:00",
    )


@pytest.fixture(scope="module")
def clinic(stage: Stage) -> Clinic:
    terms = v1.CancellationTerms(notice_minutes=DAY, late_percent=50)
    return Clinic(
        stage,
        POPESCU,
        (online(), "09:00", "18:00"),
        (office(rooms=1, city="București"), "09:00", "18:00"),
        weekdays=range(1, 8),
        policy=v1.Policy(cancellation=terms),
    )


@pytest.fixture(scope="module")
def session(clinic: Clinic) -> Offer:
    return clinic.offers(
        "Ședință online", 50, "249.99 RON", v1.PAYMENT_PLAN_PREPAID, clinic.places[0]
    )


@pytest.fixture(scope="module")
def couples(clinic: Clinic) -> Offer:
    all_of_it = v1.CancellationTerms(notice_minutes=2 * DAY, in_time_percent=10, late_percent=100)
    return clinic.offers(
        "Terapie de cuplu",
        80,
        "400.05 RON",
        v1.PAYMENT_PLAN_PREPAID,
        clinic.places[0],
        policy=v1.Policy(cancellation=all_of_it),
    )


@pytest.fixture(scope="module")
def ioana(stage: Stage) -> Person:
    return stage.newcomer("Ioana Ionescu", phone="+40721000001")


@pytest.fixture(scope="module")
def radu(stage: Stage) -> Person:
    return stage.registered("Radu Marin", phone="+40721000002")


def paid(clinic: Clinic, offer: Offer, at: str, client: Person) -> Visit:
    """A visit that was booked and paid."""
    visit = clinic.book(offer, at, client, by=client)
    visit.pay()
    assert (visit.state, visit.payment) == ("SCHEDULED", "PAID")
    return visit


def test_1_from_booking_to_the_end_in_five_states(
    stage: Stage, clinic: Clinic, session: Offer, ioana: Person
) -> None:
    # B-1 P-4: booked, and not certain yet. The slot is taken, and nothing is confirmed.
    visit = clinic.book(session, "2027-03-03 10:00", ioana, by=ioana)
    assert (visit.state, visit.payment) == ("INITIATED", "DUE")
    assert stage.clock.shows(visit.read().payment_deadline_time) == "2027-03-01 09:15"
    assert "10:00" not in clinic.free(session, "2027-03-03")
    assert visit.messages == []

    # P-4: she goes to the payment page; the fifteen minutes go on.
    stage.clock.advance_to("2027-03-01 09:05")
    visit.begin_payment(by=ioana)
    assert (visit.state, visit.payment) == ("PAYMENT_PROCESSING", "PROCESSING")
    assert stage.clock.shows(visit.read().payment_deadline_time) == "2027-03-01 09:15"

    # What was promised outlives the server.
    stage.power_fails()
    assert (visit.state, visit.payment) == ("PAYMENT_PROCESSING", "PROCESSING")

    # The money has come: now it stands, and both are told.
    stage.clock.advance_to("2027-03-01 09:14")
    visit.pay()
    assert (visit.state, visit.payment) == ("SCHEDULED", "PAID")
    assert not visit.read().HasField("payment_deadline_time")
    assert visit.messages == [
        "BOOKING_CONFIRMED to Ioana Ionescu",
        f"BOOKING_CONFIRMED to {POPESCU}",
        "PAID to Ioana Ionescu",
    ]
    stage.clock.advance_to("2027-03-01 09:16")
    assert visit.state == "SCHEDULED"

    # it begins five minutes before its start, and is over at its end.
    stage.clock.advance_to("2027-03-03 09:54")
    assert visit.state == "SCHEDULED"
    stage.clock.advance_to("2027-03-03 09:55")
    assert visit.state == "IN_PROGRESS"
    stage.clock.advance_to("2027-03-03 10:49")
    assert visit.state == "IN_PROGRESS"
    stage.clock.advance_to("2027-03-03 10:50")
    assert visit.state == "COMPLETED"

    # who, when, why.
    assert visit.history() == [
        "2027-03-01 09:00 BOOKED by someone new: INITIATED",
        "2027-03-01 09:05 PAYMENT_BEGUN by Ioana Ionescu: PAYMENT_PROCESSING",
        "2027-03-01 09:14 PAYMENT_RECORDED by staff: SCHEDULED",
        "2027-03-03 09:55 BEGUN by time: IN_PROGRESS",
        "2027-03-03 10:50 COMPLETED by time: COMPLETED",
    ]
    with refused("APPOINTMENT_STATE") as refusal:
        visit.cancel(by=ioana)
    assert refusal.facts["state"] == "COMPLETED"


def test_2_not_paid_in_time(
    stage: Stage, clinic: Clinic, session: Offer, ioana: Person, radu: Person
) -> None:
    # P-4: fifteen minutes, whether or not she is on the payment page.
    for minutes, on_the_page in ((30, False), (60, True)):
        begin = f"2027-03-04 {8 + minutes // 60:02}:{minutes % 60:02}"
        stage.clock.advance_to(begin)
        visit = clinic.book(session, "2027-03-05 10:00", ioana, by=ioana)
        if on_the_page:
            visit.begin_payment(by=ioana)
        stage.clock.advance_to(f"{begin[:-2]}{minutes % 60 + 14:02}")
        assert visit.state == ("PAYMENT_PROCESSING" if on_the_page else "INITIATED")
        with refused("SLOT_TAKEN"):
            clinic.book(session, "2027-03-05 10:00", radu, by=radu)

        stage.clock.reach(visit.read().payment_deadline_time)
        assert (visit.state, visit.payment) == ("PAYMENT_CANCELLED", "NONE")
        assert "10:00" in clinic.free(session, "2027-03-05")
        assert visit.messages == [
            "PAYMENT_CANCELLED to Ioana Ionescu",
            f"PAYMENT_CANCELLED to {POPESCU}",
        ]
        assert visit.history()[-1] == (
            f"{begin[:-2]}{minutes % 60 + 15:02} PAYMENT_CANCELLED by time: PAYMENT_CANCELLED"
        )
        # Money that comes after that is not taken: it has to go back.
        with refused("APPOINTMENT_STATE") as refusal:
            visit.pay()
        assert refusal.facts["state"] == "PAYMENT_CANCELLED"

    # P-4 P-6: what came in part before the time ran out has to be given back.
    part = clinic.book(session, "2027-03-05 12:00", ioana, by=ioana)
    part.pay("100.00 RON")
    assert (part.state, part.payment) == ("INITIATED", "DUE")
    stage.clock.reach(part.read().payment_deadline_time)
    assert (part.state, part.payment) == ("PAYMENT_CANCELLED", "PAID")
    part.refund("neplătită la timp")
    assert (part.state, part.payment) == ("PAYMENT_CANCELLED", "REFUNDED")
    assert part.money()[-1] == "REFUND 100.00 RON by card: neplătită la timp"

    # The slot is anybody's; and whoever books within the hour pays before the start.
    paid(clinic, session, "2027-03-05 10:00", radu)
    stage.clock.advance_to("2027-03-04 09:50")
    soon = clinic.book(session, "2027-03-04 10:00", ioana, by=ioana)
    assert stage.clock.shows(soon.read().payment_deadline_time) == "2027-03-04 10:00"
    soon.cancel(by=ioana)


def test_3_each_joins_with_a_link_of_their_own(
    stage: Stage, clinic: Clinic, session: Offer, radu: Person
) -> None:
    # ten minutes before the start, and not sooner.
    popescu = clinic.therapist
    visit = paid(clinic, session, "2027-03-06 12:00", radu)
    stage.clock.advance_to("2027-03-06 11:49")
    for party in (popescu, radu):
        with refused("JOIN_NOT_OPEN") as refusal:
            visit.join(by=party)
        assert stage.clock.shows(int(refusal.facts["open_ms"])) == "2027-03-06 11:50"

    stage.clock.advance_to("2027-03-06 11:50")
    hers, his = visit.join(by=popescu), visit.join(by=radu)
    assert stage.clock.shows(his.open_time) == "2027-03-06 11:50"
    assert stage.clock.shows(his.close_time) == "2027-03-06 12:50"
    tokens = [read(stage, link.url) for link in (hers, his)]
    assert tokens[0]["room"] == tokens[1]["room"]
    users = [token["context"]["user"] for token in tokens]
    assert [(user["name"], user["moderator"]) for user in users] == [
        (POPESCU, "true"),
        ("Radu Marin", "false"),
    ]

    stage.clock.advance_to("2027-03-06 12:49")
    assert urlsplit(visit.join(by=radu).url).netloc == "meet.example.org"
    stage.clock.advance_to("2027-03-06 12:50")
    for party in (popescu, radu):
        with refused("JOIN_CLOSED"):
            visit.join(by=party)

    # B-10: the way moves with its session.
    moved = paid(clinic, session, "2027-03-06 14:00", radu)
    moved.move("2027-03-06 16:00", by=radu)
    stage.clock.advance_to("2027-03-06 13:55")
    with refused("JOIN_NOT_OPEN") as refusal:
        moved.join(by=radu)
    assert stage.clock.shows(int(refusal.facts["open_ms"])) == "2027-03-06 15:50"
    assert (moved.state, moved.payment) == ("SCHEDULED", "PAID")

    # at the office there is no link, but an address.
    cabinet = clinic.offers(
        "Ședință la cabinet", 50, "249.99 RON", v1.PAYMENT_PLAN_ON_SITE, clinic.places[1]
    )
    there = clinic.book(cabinet, "2027-03-08 15:00", radu, by=radu).join(by=radu)
    assert (there.url, there.city, there.room_name) == ("", "București", "Stanza 1")
    assert there.address == clinic.places[1].address


def read(stage: Stage, url: str) -> dict[str, object]:
    """What a link's token says to Jitsi. It is good while joining is open, by the story's clock."""
    (token,) = parse_qs(urlsplit(url).query)["jwt"]
    claims: dict[str, object] = jwt.decode(
        token,
        SECRET,
        algorithms=["HS256"],
        audience="jitsi",
        issuer="cabinet",
        options={"verify_nbf": False, "verify_exp": False},
    )
    now_s = stage.clock.now_ms // 1000
    assert int(str(claims["nbf"])) <= now_s < int(str(claims["exp"]))
    return claims


def test_4_what_cancelling_costs_a_client(
    stage: Stage, clinic: Clinic, session: Offer, couples: Offer, radu: Person
) -> None:
    # with a day's notice, nothing. The quote says so before.
    visit = paid(clinic, session, "2027-03-10 12:00", radu)
    stage.clock.advance_to("2027-03-09 11:59")
    quote = visit.quote(by=radu)
    assert (shown(quote.paid), shown(quote.fee), shown(quote.refund)) == (
        "249.99 RON",
        "0.00 RON",
        "249.99 RON",
    )
    assert quote.reason == v1.SETTLEMENT_REASON_IN_TIME and quote.explanation
    assert visit.state == "SCHEDULED"

    # A minute too late, half of 249.99, which is 124.995: rounded half up to 125.00.
    stage.clock.advance_to("2027-03-09 12:01")
    quote = visit.quote(by=radu)
    settled = visit.cancel(by=radu, reason="răcit")
    assert settled == quote
    assert settled.reason == v1.SETTLEMENT_REASON_LATE
    assert (shown(settled.fee), shown(settled.refund)) == ("125.00 RON", "124.99 RON")
    assert (visit.state, visit.payment) == ("CANCELLED_BY_CLIENT", "PAID")
    assert shown(visit.read().fee) == "125.00 RON"

    # P-6: the refund, with its reason; and never more than was paid.
    visit.refund("jumătate, anulare târzie")
    assert visit.payment == "PARTLY_REFUNDED"
    assert shown(visit.read().amount_refunded) == "124.99 RON"
    with refused("MALFORMED_REQUEST"):
        visit.refund("încă o dată", "125.01 RON")
    assert visit.money() == [
        "PAYMENT 249.99 RON by card",
        "REFUND 124.99 RON by card: jumătate, anulare târzie",
    ]
    assert visit.history()[-2:] == [
        "2027-03-09 12:01 CANCELLED by Radu Marin: CANCELLED_BY_CLIENT (răcit)",
        "2027-03-09 12:01 REFUND_RECORDED by staff: CANCELLED_BY_CLIENT (jumătate, anulare târzie)",
    ]

    # the service's own terms: a tenth in time (40.005, so 40.01), all of it when late.
    early = paid(clinic, couples, "2027-03-15 12:00", radu)
    settled = early.cancel(by=radu)
    assert (shown(settled.fee), shown(settled.refund)) == ("40.01 RON", "360.04 RON")
    late = paid(clinic, couples, "2027-03-11 12:00", radu)
    settled = late.cancel(by=radu)
    assert (shown(settled.fee), shown(settled.refund)) == ("400.05 RON", "0.00 RON")
    with refused("MALFORMED_REQUEST"):
        late.refund("nimic de returnat")

    # What was not paid yet binds nobody.
    open_one = clinic.book(session, "2027-03-09 15:00", radu, by=radu)
    settled = open_one.cancel(by=radu)
    assert settled.reason == v1.SETTLEMENT_REASON_NOT_BINDING
    assert (shown(settled.fee), open_one.payment) == ("0.00 RON", "NONE")


def test_5_a_day_is_a_day_when_the_clocks_are_put_forward(
    stage: Stage, clinic: Clinic, session: Offer, radu: Person
) -> None:
    # notice is a length of time. A day before Sunday at ten is Saturday at nine.
    visit = paid(clinic, session, "2027-03-28 10:00", radu)
    stage.clock.advance_to("2027-03-27 08:59")
    assert visit.quote(by=radu).reason == v1.SETTLEMENT_REASON_IN_TIME
    stage.clock.advance_to("2027-03-27 09:01")
    assert visit.quote(by=radu).reason == v1.SETTLEMENT_REASON_LATE

    # and five minutes are five minutes, by the clock that hangs there on Sunday.
    stage.clock.advance_to("2027-03-28 09:55")
    assert visit.state == "IN_PROGRESS"

    # N-2 N-3: so it is with reminders, which are in Romanian.
    mails = [
        mail
        for mail in stage.mailbox.mails("radu.marin@example.org", "programarea dumneavoastră se apropie")
        if mail.at >= "2027-03-26"
    ]
    assert [mail.at for mail in mails] == ["2027-03-27 09:00", "2027-03-28 07:00"]
    assert "duminică, 28 martie 2027" in mails[0].text and "10:00" in mails[0].text
    assert "terapie" not in mails[0].subject.lower()


def test_6_the_therapist_cancels_and_all_comes_back(
    stage: Stage, clinic: Clinic, session: Offer, ioana: Person
) -> None:
    popescu = clinic.therapist
    visit = paid(clinic, session, "2027-03-28 16:00", ioana)
    stage.clock.advance_to("2027-03-28 15:57")
    assert visit.state == "IN_PROGRESS"

    # A-5 A-6: until the start; by the therapist, without a fee.
    settled = visit.cancel(by=popescu, reason="urgență")
    assert settled.reason == v1.SETTLEMENT_REASON_BY_THERAPIST
    assert (shown(settled.fee), shown(settled.refund)) == ("0.00 RON", "249.99 RON")
    visit.refund("urgență")
    assert (visit.state, visit.payment) == ("CANCELLED_BY_THERAPIST", "REFUNDED")
    assert visit.messages[-3:] == [
        "APPOINTMENT_CANCELLED to Ioana Ionescu",
        f"APPOINTMENT_CANCELLED to {POPESCU}",
        "REFUNDED to Ioana Ionescu",
    ]
    assert visit.history() == [
        "2027-03-28 09:55 BOOKED by Ioana Ionescu: INITIATED",
        "2027-03-28 09:55 PAYMENT_RECORDED by staff: SCHEDULED",
        "2027-03-28 15:55 BEGUN by time: IN_PROGRESS",
        f"2027-03-28 15:57 CANCELLED by {POPESCU}: CANCELLED_BY_THERAPIST (urgență)",
        "2027-03-28 15:57 REFUND_RECORDED by staff: CANCELLED_BY_THERAPIST (urgență)",
    ]
    with refused("NOTHING_PAID"):
        visit.refund("încă o dată", "0.01 RON")


def test_7_a_package_and_its_reminders(
    stage: Stage, clinic: Clinic, session: Offer, ioana: Person, radu: Person
) -> None:
    # K-1 to K-5: four sessions for one sum, which is posted now and paid on the partner's own page.
    popescu = clinic.therapist
    request = v1.DirectoryUpdateAttendanceStatusesRequest(
        statuses=[
            v1.AttendanceStatus(
                code="ABSENT_NEANUNTAT",
                name="Absență neanunțată",
                effect=v1.ATTENDANCE_EFFECT_DEDUCT,
            )
        ]
    )
    stage.call(request)
    four = template(stage, "Pachet 4 ședințe", 4, session, total="899.99 RON", validity_days=30)
    plan = Plan.linked(
        stage,
        four,
        ioana,
        dates(clinic, "2027-03-29 10:00", "2027-03-30", "2027-03-31"),
        sms_lead_minutes=60,
    )
    assert (plan.owed, plan.balance) == ("899.99 RON", "1 / 4: 1 + 3 + 0 + 0 + 0")
    # P-4: the package owes; its sessions stand.
    assert [(visit.state, visit.payment) for visit in plan.visits] == [("SCHEDULED", "PAID")] * 3
    # The sum is shared to the last ban.
    assert [shown(visit.read().price) for visit in plan.visits] == ["225.00 RON"] * 3
    plan.pay("card", "500.00 RON")
    assert plan.owed == "399.99 RON"
    plan.pay("card")
    assert plan.owed == ""

    # N-2: at 15:57 the day before is gone by for the first; three hours before, it is not.
    first, second, third = plan.visits
    stage.clock.advance_to("2027-03-29 10:55")
    third.cancel(by=popescu, reason="concediu")  # its reminders are not sent
    stage.clock.advance_to("2027-03-31 12:00")
    mails = stage.mailbox.mails("ioana.ionescu@example.org", "programarea dumneavoastră se apropie")
    assert [mail.at for mail in mails if mail.at >= "2027-03-28 16"] == [
        "2027-03-29 07:00",
        "2027-03-29 10:00",
        "2027-03-30 07:00",
    ]
    assert "luni, 29 martie 2027" in next(
        mail.text for mail in mails if mail.at == "2027-03-29 07:00"
    )
    texts = stage.mailbox.texts("+40721000001")
    assert [text.at for text in texts] == ["2027-03-29 09:00", "2027-03-30 09:00"]
    assert all("terapie" not in text.text.lower() for text in texts)

    # K-6: she came once; once she did not, and had not said so.
    first.attend("ATTENDED", by=popescu)
    second.attend("ABSENT_NEANUNTAT", by=popescu)
    assert plan.balance == "2 / 4: 2 + 0 + 2 + 0 + 0"
    last = clinic.book(session, "2027-04-01 10:00", ioana, by=ioana, package_link_id=plan.id)
    assert (last.state, plan.balance) == ("SCHEDULED", "1 / 4: 1 + 1 + 2 + 0 + 0")
    with refused("NOT_FOUND"):
        clinic.book(session, "2027-04-02 10:00", radu, by=radu, package_link_id=plan.id)

    # K-7 K-8: renewed by hand with more; what is left of the first lapses. The card has it all.
    next_one = plan.renew(sessions=6)
    assert (next_one.balance, next_one.owed) == ("6 / 6: 6 + 0 + 0 + 0 + 0", "899.99 RON")
    assert next_one.messages == ["PACKAGE_RENEWED to Ioana Ionescu"]
    stage.clock.advance_to("2027-04-01 10:55")
    last.attend("ATTENDED")
    stage.clock.reach(plan.link().expire_time)
    assert plan.balance == "0 / 4: 0 + 0 + 3 + 1 + 0"
    printed = plan.card(by=ioana)
    for word in ("Ioana Ionescu", POPESCU, "Pachet 4 ședințe", "Absență neanunțată", "899,99"):
        assert word in printed, f"{word} is not on:\n{printed}"
