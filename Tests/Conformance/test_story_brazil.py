"""Brazil: sessions on several days, chosen in one go; who came and who did not; money in parts."""

import contract as v1
import pytest
from brazil import SOUZA, STATUSES, clinic, joao, lucia, put_statuses, session, stage  # noqa: F401 (fixtures)
from clinic import Clinic, Offer, Visit
from storytelling import OVER_CAP, Person, Stage, refused, shown


@pytest.mark.usefixtures("joao", "lucia")
def test_1_the_receptionist_knows_who_writes(stage: Stage) -> None:
    # B-5: by the number that the message came from; by name and date of birth.
    def may_be(**about: str) -> list[str]:
        found = stage.call(v1.ClientsMatchRequest(**about)).matches
        return [f"{each.client.name} {each.score}" for each in found]

    assert may_be(phone="+5511987654321") == ["João Silva 30"]
    assert may_be(name="Lúcia Santos", birth_date="1992-12-01") == ["Lúcia Santos 30"]
    assert may_be(phone="+5511987654321", name="joão silva") == ["João Silva 45"]
    # A family shares a telephone: whoever was born on another day is someone else.
    assert may_be(phone="+5511987654321", birth_date="2015-03-20") == []
    assert may_be(phone="+5511900000000") == []


def test_2_sessions_on_several_days_in_one_go(
    stage: Stage, clinic: Clinic, session: Offer, joao: Person, lucia: Person
) -> None:
    # S-12: while João chooses, his days are held: Tuesdays and Thursdays at ten.
    days = ["2027-03-02", "2027-03-04", "2027-03-09", "2027-03-11", "2027-03-16"]
    holds = [clinic.hold(session, f"{day} 10:00", joao) for day in days]
    for day in days:
        assert "10:00" not in clinic.free(session, day)
        with refused("SLOT_TAKEN"):
            clinic.book(session, f"{day} 10:00", lucia, by=lucia)
    assert {stage.clock.shows(hold.expire_time) for hold in holds} == {"2027-03-01 08:10"}

    # One after the other is booked, each by the hold that was taken for it.
    stage.clock.advance_to("2027-03-01 08:06")
    booked = [
        clinic.book(session, f"{day} 10:00", joao, hold_id=hold.id)
        for day, hold in list(zip(days, holds, strict=True))[:3]
    ]
    assert [visit.state for visit in booked] == ["SCHEDULED"] * 3
    stage.call(v1.HoldsRenewRequest(hold_id=holds[3].id))

    # The last took too long: it lapses, and is anybody's from that moment on.
    stage.clock.reach(holds[4].expire_time)
    with refused("HOLD_LAPSED"):
        clinic.book(session, f"{days[4]} 10:00", joao, hold_id=holds[4].id)
    clinic.book(session, f"{days[4]} 10:00", lucia, by=lucia)
    # The one that was renewed is still his.
    with refused("SLOT_TAKEN"):
        clinic.book(session, f"{days[3]} 10:00", lucia, by=lucia)
    clinic.book(session, f"{days[3]} 10:00", joao, hold_id=holds[3].id)
    with refused("NOT_FOUND"):
        stage.call(v1.HoldsGetRequest(hold_id=holds[3].id))
    assert clinic.calendar() == [
        "2027-03-02 10:00 João Silva SCHEDULED",
        "2027-03-04 10:00 João Silva SCHEDULED",
        "2027-03-09 10:00 João Silva SCHEDULED",
        "2027-03-11 10:00 João Silva SCHEDULED",
        "2027-03-16 10:00 Lúcia Santos SCHEDULED",
    ]


def visits(stage: Stage, client: Person) -> list[Visit]:
    """All of a client's, in order of time."""
    listed = stage.call(v1.AppointmentsListRequest(client_id=client.id)).appointments
    return [Visit(stage, each) for each in listed]


def test_3_who_came_and_who_did_not(stage: Stage, clinic: Clinic, joao: Person) -> None:
    # what this partner calls it, and what it does to a package's session.
    put_statuses(stage)
    assert list(stage.call(v1.DirectoryListAttendanceStatusesRequest()).statuses) == STATUSES

    souza = clinic.therapist
    tuesday, thursday, next_tuesday, _ = visits(stage, joao)
    with refused("APPOINTMENT_STATE"):
        tuesday.attend("ATTENDED", by=souza)
    stage.clock.advance_to("2027-03-02 10:05")
    assert tuesday.attend("ATTENDED", by=souza) == "ATTENDED"
    stage.clock.advance_to("2027-03-02 10:40")
    tuesday.complete(by=souza)  # by hand, ten minutes early
    assert tuesday.history() == [
        "2027-03-01 08:06 BOOKED by staff: SCHEDULED",
        "2027-03-02 09:55 BEGUN by time: IN_PROGRESS",
        f"2027-03-02 10:05 ATTENDANCE_SET by {SOUZA}: IN_PROGRESS",
        f"2027-03-02 10:40 COMPLETED by {SOUZA}: COMPLETED",
    ]

    # a session is completed whether or not anyone came; A-4: what was set can be corrected.
    stage.clock.advance_to("2027-03-04 11:00")
    assert (thursday.state, thursday.read().attendance) == ("COMPLETED", "")
    assert thursday.attend("NO_SHOW", by=souza) == "NO_SHOW"
    assert thursday.attend("FALTA_JUSTIFICADA") == "FALTA_JUSTIFICADA"
    assert thursday.attend("FALTA_COBRADA") == "FALTA_COBRADA"
    assert thursday.attend("") == ""
    assert thursday.attend("NO_SHOW") == "NO_SHOW"
    with refused("MALFORMED_REQUEST") as refusal:
        thursday.attend("CHEGOU_TARDE")
    assert refusal.why.fields == ["attendance"]
    with refused("ROLE_NOT_ALLOWED"):
        thursday.attend("ATTENDED", by=joao)
    assert (thursday.state, next_tuesday.read().attendance) == ("COMPLETED", "")
    assert clinic.therapy(joao).summary.held == 1  # who did not show had no session


def test_4_a_session_moves_in_one_step(
    stage: Stage, clinic: Clinic, session: Offer, joao: Person
) -> None:
    # B-10: the new time is taken and the old one freed together.
    _, _, tuesday, thursday = visits(stage, joao)
    tuesday.pay("50.00 BRL", method="pix")
    tuesday.move("2027-03-10 15:00", by=joao)
    assert tuesday.at == "2027-03-10 15:00"
    assert "10:00" in clinic.free(session, "2027-03-09")
    assert "15:00" not in clinic.free(session, "2027-03-10")
    # Payment follows.
    assert (shown(tuesday.read().amount_paid), tuesday.payment) == ("50.00 BRL", "DUE")
    assert tuesday.messages[-2:] == [
        "APPOINTMENT_CHANGED to João Silva",
        f"APPOINTMENT_CHANGED to {SOUZA}",
    ]

    # Or nothing changes: Lúcia has that time.
    with refused("SLOT_TAKEN") as refusal:
        thursday.move("2027-03-16 10:00", by=joao)
    assert refusal.in_the_way == ["THERAPIST_BUSY", "ROOM_BUSY"]
    assert thursday.at == "2027-03-11 10:00"
    assert "10:00" not in clinic.free(session, "2027-03-11")

    # Half an hour later overlaps nothing but itself.
    thursday.move("2027-03-11 10:30", by=clinic.therapist, quiet=True)
    assert thursday.messages[-1] == f"APPOINTMENT_CHANGED to {SOUZA}"
    assert thursday.history()[-1] == (f"2027-03-04 11:00 RESCHEDULED by {SOUZA}: SCHEDULED")
    assert thursday.messages.count("APPOINTMENT_CHANGED to João Silva") == 0  # B-11


def test_5_no_more_than_three_a_day(
    clinic: Clinic, session: Offer, joao: Person, lucia: Person
) -> None:
    # S-4: her own cap. João's session of the tenth is the first.
    clinic.book(session, "2027-03-10 09:00", lucia, by=lucia)
    third = clinic.book(session, "2027-03-10 11:00", lucia, by=lucia)
    assert clinic.free(session, "2027-03-10") == []
    with refused("SLOT_NOT_BOOKABLE") as refusal:
        clinic.book(session, "2027-03-10 13:00", joao, by=joao)
    assert refusal.in_the_way == ["OVER_CAP"]
    # S-6: she may accept a fourth, by name; a client may not.
    with refused("ROLE_NOT_ALLOWED"):
        clinic.book(session, "2027-03-10 13:00", joao, by=joao, overrides=[OVER_CAP])
    fourth = clinic.book(
        session, "2027-03-10 13:00", lucia, by=clinic.therapist, overrides=[OVER_CAP]
    )
    for visit in (third, fourth):
        visit.cancel(by=clinic.therapist)
    assert "13:00" in clinic.free(session, "2027-03-10")


def test_6_lists(stage: Stage, clinic: Clinic, joao: Person, lucia: Person) -> None:
    # B-12: what is to come, nearest first; all that stands; a client's; a therapy's; by state.
    souza = clinic.therapist
    to_come = [
        "2027-03-10 09:00 Lúcia Santos SCHEDULED",
        "2027-03-10 15:00 João Silva SCHEDULED",
        "2027-03-11 10:30 João Silva SCHEDULED",
        "2027-03-16 10:00 Lúcia Santos SCHEDULED",
    ]
    assert clinic.calendar(by=souza, from_ms=stage.clock.now_ms, active=True) == to_come
    assert clinic.calendar(by=souza, active=True) == to_come
    assert clinic.calendar(by=joao, client_id=joao.id, active=True) == to_come[1:3]
    therapy = clinic.therapy(lucia).therapy
    assert clinic.calendar(therapy_id=therapy.id, active=True) == [to_come[0], to_come[3]]
    assert clinic.calendar(states=[v1.APPOINTMENT_STATE_COMPLETED]) == [
        "2027-03-02 10:00 João Silva COMPLETED",
        "2027-03-04 10:00 João Silva COMPLETED",
    ]
    until = stage.clock.ms("2027-03-11 00:00")
    assert clinic.calendar(by=souza, active=True, until_ms=until) == to_come[:2]

    # And by pages.
    request = v1.AppointmentsListRequest(therapist_id=souza.id, active=True, page_size=3)
    first = stage.call(request)
    request.page_token = first.next_page_token
    second = stage.call(request)
    pages = [[clinic.line(each) for each in page.appointments] for page in (first, second)]
    assert pages == [to_come[:3], to_come[3:]] and second.next_page_token == ""


def test_7_money_to_the_last_refund(stage: Stage, clinic: Clinic, joao: Person) -> None:
    # P-1: paid at the office, recorded by hand, in parts; never more than is due.
    first, no_show, moved, last = visits(stage, joao)
    first.pay(method="pix")
    moved.pay("100.00 BRL", by=clinic.therapist, method="cash")
    with refused("MALFORMED_REQUEST"):
        moved.pay("50.01 BRL")
    with refused("MALFORMED_REQUEST"):
        moved.pay("50.00 EUR")
    assert (moved.payment, shown(moved.read().amount_paid)) == ("DUE", "150.00 BRL")
    last.pay("200.00 BRL", method="pix")

    def summary() -> tuple[list[str], list[str]]:
        found = clinic.therapy(joao).summary
        return [shown(each) for each in found.paid], [shown(each) for each in found.outstanding]

    # One and three quarters, and one in advance; the no-show, and a quarter, are open.
    assert summary() == (["550.00 BRL"], ["250.00 BRL"])
    moved.pay()
    assert moved.payment == "PAID"
    assert moved.money() == [
        "PAYMENT 50.00 BRL by pix",
        "PAYMENT 100.00 BRL by cash",
        "PAYMENT 50.00 BRL by card",
    ]
    with refused("NOTHING_DUE"):
        moved.pay("0.01 BRL")

    # B-10: the one that moved was held at its new time, and nothing happened at the old one.
    stage.clock.advance_to("2027-03-11 08:00")
    assert moved.history()[-4:] == [
        f"2027-03-04 11:00 PAYMENT_RECORDED by {SOUZA}: SCHEDULED",
        "2027-03-04 11:00 PAYMENT_RECORDED by staff: SCHEDULED",
        "2027-03-10 14:55 BEGUN by time: IN_PROGRESS",
        "2027-03-10 15:50 COMPLETED by time: COMPLETED",
    ]
    # he calls off the last one on its morning: thirty percent.
    settled = last.cancel(by=joao)
    assert (shown(settled.fee), shown(settled.refund)) == ("60.00 BRL", "140.00 BRL")
    # P-6: in two parts, and not a cent more.
    last.refund("cancelada pelo paciente", "100.00 BRL")
    last.refund("o resto")
    assert (last.state, last.payment) == ("CANCELLED_BY_CLIENT", "PARTLY_REFUNDED")
    with refused("MALFORMED_REQUEST"):
        last.refund("mais nada é devido")
    with refused("MALFORMED_REQUEST"):
        last.refund("mais do que foi pago", "60.01 BRL")
    assert summary() == (["460.00 BRL"], ["200.00 BRL"])

    # The last refund: she waives the fee after all.
    last.refund("cortesia", "60.00 BRL")
    assert last.payment == "REFUNDED"
    assert last.money()[1:] == [
        "REFUND 100.00 BRL by card: cancelada pelo paciente",
        "REFUND 40.00 BRL by card: o resto",
        "REFUND 60.00 BRL by card: cortesia",
    ]
    assert summary() == (["400.00 BRL"], ["200.00 BRL"])
    assert no_show.payment == "DUE"


def test_8_a_fee_that_was_paid_in_part(stage: Stage, clinic: Clinic, lucia: Person) -> None:
    # fifty were paid, sixty is the fee: nothing comes back, and ten stand as an open claim.
    visit = visits(stage, lucia)[-1]
    assert visit.at == "2027-03-16 10:00"
    visit.pay("50.00 BRL", method="pix")
    stage.clock.advance_to("2027-03-16 09:00")
    settled = visit.cancel(by=lucia, reason="febre")
    assert (shown(settled.fee), shown(settled.refund), shown(settled.outstanding)) == (
        "60.00 BRL",
        "0.00 BRL",
        "10.00 BRL",
    )
    assert (visit.state, visit.payment) == ("CANCELLED_BY_CLIENT", "DUE")
    # Her session of the tenth is open, and this.
    outstanding = clinic.therapy(lucia).summary.outstanding
    assert [shown(each) for each in outstanding] == ["210.00 BRL"]
    visit.pay(method="pix")
    assert (visit.state, visit.payment) == ("CANCELLED_BY_CLIENT", "PAID")
    assert visit.money() == ["PAYMENT 50.00 BRL by pix", "PAYMENT 10.00 BRL by pix"]
