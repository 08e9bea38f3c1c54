"""Brazil: packages, by procedure and by their total; reminders in Portuguese; the session card."""

import contract as v1
import pytest
from brazil import SOUZA, clinic, joao, lucia, put_statuses, session, stage  # noqa: F401 (fixtures)
from clinic import Clinic, Offer
from plans import Plan, dates, template
from storytelling import Person, Stage, refused, shown


@pytest.fixture(scope="module")
def assessment(clinic: Clinic) -> Offer:
    return clinic.offers(
        "Avaliação", 50, "320.00 BRL", v1.PAYMENT_PLAN_ON_SITE, clinic.places[0]
    )


@pytest.fixture(scope="module")
def monthly(stage: Stage, session: Offer, assessment: Offer) -> v1.Package:
    """Each session at the price of its procedure, month after month."""
    return template(
        stage, "Plano mensal", 8, session, assessment, validity_days=31, automatic_renewal=True
    )


@pytest.fixture(scope="module")
def plan(stage: Stage, clinic: Clinic, monthly: v1.Package, joao: Person) -> Plan:
    """João's: this month has four sessions; his insurer has authorised them (K-2, K-4)."""
    put_statuses(stage)
    stage.clock.advance_to("2027-03-16 09:00")
    return Plan.linked(
        stage,
        monthly,
        joao,
        dates(clinic, "2027-03-17 10:00", "2027-03-19", "2027-03-22 15:00", "2027-03-24"),
        sessions=4,
        details=v1.VisitDetails(insurer="Unimed", authorisation_number="SP-2027-0316"),
        sms_lead_minutes=120,
    )


def test_1_a_package_with_its_days(
    stage: Stage, clinic: Clinic, plan: Plan, joao: Person, lucia: Person
) -> None:
    # K-3: all days in one step; what a later line does not say is as in the first.
    assert [visit.at for visit in plan.visits] == [
        "2027-03-17 10:00",
        "2027-03-19 10:00",
        "2027-03-22 15:00",
        "2027-03-24 10:00",
    ]
    for visit in plan.visits:
        its = visit.read().package
        # K-2: the telephone is his own.
        assert (its.insurer, its.authorisation_number, its.phone) == (
            "Unimed",
            "SP-2027-0316",
            "+5511987654321",
        )
        assert (visit.state, shown(visit.read().price)) == ("SCHEDULED", "0.00 BRL")
    # He is told once, of the package; she of each of hers.
    assert plan.messages == ["PACKAGE_LINKED to João Silva"]
    assert plan.visits[0].messages == [f"BOOKING_CONFIRMED to {SOUZA}"]

    # K-6: all four are booked, so nobody books a fifth.
    assert plan.balance == "0 / 4: 0 + 4 + 0 + 0 + 0"
    with refused("PACKAGE_USED_UP"):
        plan.schedule(dates(clinic, "2027-03-25 10:00"))
    # Nor does Lúcia by what is João's.
    with refused("NOT_FOUND"):
        plan.link(by=lucia)
    assert plan.link(by=joao).name == "Plano mensal"


def test_2_reminders_come_at_their_time_in_portuguese(
    stage: Stage, plan: Plan, joao: Person
) -> None:
    # N-2: by e-mail a day and three hours before; by SMS two hours before, as the package says.
    stage.clock.advance_to("2027-03-17 09:00")
    mails = [
        mail
        for mail in stage.mailbox.mails("joao@example.br", "lembrete do seu horário")
        if mail.at >= "2027-03-16"
    ]
    assert [mail.at for mail in mails] == ["2027-03-16 10:00", "2027-03-17 07:00"]
    # N-3: as a Brazilian writes it; and the subject does not give away what it is about.
    assert "quarta-feira, 17 de março de 2027, das 10:00 às 10:50" in mails[0].text
    assert "psico" not in mails[0].subject.lower()
    (text,) = stage.mailbox.texts("+5511987654321")
    assert text.at == "2027-03-17 08:00"
    assert "lembrete do seu horário" in text.text and "17/3, às 10:00" in text.text
    assert "psico" not in text.text.lower()
    (linked,) = stage.mailbox.mails("joao@example.br", "seu pacote está pronto")
    assert linked.at == "2027-03-16 09:00" and "Plano mensal" in linked.text
    assert len({mail.id for mail in mails} | {linked.id}) == 3


def test_3_who_came_deducts_and_releases(
    stage: Stage, clinic: Clinic, session: Offer, assessment: Offer, plan: Plan, joao: Person
) -> None:
    # K-5: nothing is posted until a procedure is chosen; then at its price.
    souza = clinic.therapist
    first, second, third, fourth = plan.visits
    stage.clock.advance_to("2027-03-17 10:55")
    plan.choose(first, assessment, by=souza)
    assert (shown(first.read().price), first.payment) == ("320.00 BRL", "DUE")
    plan.choose(first, session, by=souza)
    assert (shown(first.read().price), first.payment) == ("200.00 BRL", "DUE")
    first.attend("ATTENDED", by=souza)
    first.pay(method="pix")
    assert plan.balance == "0 / 4: 0 + 3 + 1 + 0 + 0"

    # A-4 K-6: an absence that is excused gives the session back; one that is not takes it.
    stage.clock.advance_to("2027-03-19 10:55")
    second.attend("FALTA_JUSTIFICADA")
    assert plan.balance == "1 / 4: 1 + 2 + 1 + 0 + 0"
    stage.clock.advance_to("2027-03-22 15:55")
    third.attend("FALTA_JUSTIFICADA")
    assert plan.balance == "2 / 4: 2 + 1 + 1 + 0 + 0"
    third.attend("FALTA_COBRADA")  # corrected
    assert plan.balance == "1 / 4: 1 + 1 + 2 + 0 + 0"
    (again,) = plan.schedule(dates(clinic, "2027-03-26 10:00"))
    assert (again.at, plan.balance) == ("2027-03-26 10:00", "0 / 4: 0 + 2 + 2 + 0 + 0")
    with refused("PACKAGE_USED_UP"):
        second.attend("ATTENDED")  # its session is João's again, and booked again

    # K-7: used up, it is renewed by itself, on the same terms.
    stage.clock.advance_to("2027-03-24 10:55")
    fourth.attend("ATTENDED", by=souza)
    stage.clock.advance_to("2027-03-26 10:55")
    again.attend("ATTENDED", by=souza)
    assert plan.balance == "0 / 4: 0 + 0 + 4 + 0 + 0"
    old, new = Plan.all_of(stage, joao)
    assert old.id == plan.id and old.link().renewed_by_link_id == new.id
    assert new.balance == "4 / 4: 4 + 0 + 0 + 0 + 0"
    assert new.link().details.authorisation_number == "SP-2027-0316"
    assert new.messages == ["PACKAGE_RENEWED to João Silva"]
    stage.clock.forward(1)
    (renewed,) = stage.mailbox.mails("joao@example.br", "seu pacote foi renovado")
    assert renewed.at == "2027-03-26 10:55"

    # A month that nobody used expires, and the next begins.
    stage.clock.reach(new.link().expire_time)
    assert new.balance == "0 / 4: 0 + 0 + 0 + 4 + 0"
    assert [each.balance[:5] for each in Plan.all_of(stage, joao)] == ["0 / 4", "0 / 4", "4 / 4"]


def test_4_the_session_card(stage: Stage, plan: Plan, joao: Person, lucia: Person) -> None:
    # K-8: all of its sessions, in his language, with what the partner calls them.
    printed = plan.card(by=joao)
    for word in (
        "João Silva",
        SOUZA,
        "Plano mensal",
        "Unimed",
        "SP-2027-0316",
        "Falta justificada",
        "Falta cobrada",
        "Psicoterapia",
        "200,00",
    ):
        assert word in printed, f"{word} is not on:\n{printed}"
    with refused("NOT_FOUND"):
        plan.card(by=lucia)


def test_5_a_package_by_its_total(
    stage: Stage, clinic: Clinic, session: Offer, lucia: Person
) -> None:
    # K-5: the sum is posted at linking; three hundred are paid, the rest stays open.
    four = template(stage, "Pacote de quatro", 4, session, total="700.00 BRL")
    plan = Plan.linked(
        stage,
        four,
        lucia,
        dates(clinic, "2027-04-27 09:00", "2027-04-28", "2027-04-29"),
        payment=v1.PackagePayment(method="pix", amount=v1.Money(minor_units=30_000, currency="BRL")),
    )
    assert plan.owed == "400.00 BRL"
    assert [shown(visit.read().price) for visit in plan.visits] == ["175.00 BRL"] * 3
    assert [visit.payment for visit in plan.visits] == ["PAID"] * 3
    first, second, _ = plan.visits
    stage.clock.advance_to("2027-04-27 09:55")
    first.attend("ATTENDED")
    # with half a day's notice it costs nothing, and is hers again.
    second.cancel(by=lucia)
    assert plan.balance == "2 / 4: 2 + 1 + 1 + 0 + 0"
    plan.pay("pix")
    assert plan.owed == ""

    # K-7: she moves away; what is left goes back to her.
    deleted = plan.delete(v1.FUTURE_SESSIONS_CANCEL, "mudança")
    assert [clinic.line(each) for each in deleted.appointments] == [
        "2027-04-29 09:00 Lúcia Santos CANCELLED_BY_THERAPIST"
    ]
    assert plan.balance == "0 / 4: 0 + 0 + 1 + 0 + 3"
