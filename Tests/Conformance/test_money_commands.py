"""Money from the command line: what goes through the gateway, what is in the account, the books."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import contract as v1
import pytest
from life import offering
from practice import DAY_MS, Practice, register
from sandboxes import Sandbox, wait_until
from test_command_line import SEDUTA

# Of the first day's month: each sandbox begins on 1 March 2027.
MARCH = "--month 2027-03 --zone Europe/Rome"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox with the sandbox's gateway."""
    sandbox = Sandbox(tmp_path_factory.mktemp("money") / "data", "--payment-gateway", "sandbox")
    yield sandbox
    sandbox.close()


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Sandbox]:
    """One whose books are empty, and where all money moves outside."""
    sandbox = Sandbox(tmp_path / "data", "--payment-gateway", "none")
    yield sandbox
    sandbox.close()


def run(sandbox: Sandbox, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SEDUTA, *shlex.split(line)],
        cwd=sandbox.server.data_dir.parent,
        env=os.environ
        | {
            "SEDUTA_PORT": str(sandbox.server.port),
            "SEDUTA_KEY": sandbox.key,
            "TZ": "Europe/Rome",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


def done(sandbox: Sandbox, line: str) -> str:
    """What a command printed that has to go well."""
    ended = run(sandbox, line)
    assert ended.returncode == 0, (line, ended.stdout, ended.stderr)
    return ended.stdout


def refused(sandbox: Sandbox, line: str, code: int = 1) -> str:
    """What a command said that has to be refused, or that came to nothing good."""
    ended = run(sandbox, line)
    assert ended.returncode == code, (line, ended.stdout, ended.stderr)
    return ended.stdout + ended.stderr


def first(prefix: str, text: str) -> str:
    """The first id of a kind in what was printed."""
    found = re.search(rf"{prefix}_\w{{26}}", text)
    assert found, text
    return found[0]


def rows(text: str) -> list[dict[str, str]]:
    """CSV as Python's own reader has it."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def booked(sandbox: Sandbox, practice: Practice, time_of_day: str, client: str = "") -> v1.Appointment:
    """On the day after tomorrow."""
    return practice.book(sandbox.staff, sandbox.at(practice, 2, time_of_day), client)


def prepaid(sandbox: Sandbox) -> Practice:
    commission = v1.Commission(basis_points=1_000)
    return offering(sandbox.staff, v1.PAYMENT_PLAN_PREPAID, commission=commission)


def test_the_books_are_read_by_people_and_by_programs(books: Sandbox) -> None:  # P-9 P-10
    assert "Nothing is in the books." in done(books, "ledger trial")
    practice = prepaid(books)
    therapist = practice.therapist.id
    held, given = booked(books, practice, "10:00"), booked(books, practice, "12:00")
    for each in (held, given):
        done(books, f"pay {each.id} --method 'bank transfer'")
    note = 'he said "no", twice'
    done(books, f"refund {given.id} --by-hand cash --amount 70 --reason {shlex.quote(note)}")
    books.advance(by=3 * DAY_MS)

    trial = done(books, "ledger trial")
    assert f"{therapist} is owed 126.00 EUR." in trial
    total = next(line for line in trial.splitlines() if line.startswith("TOTAL"))
    assert total.split()[1] == "EUR" and total.split()[-1] == "0.00"
    assert total.split()[2] == total.split()[3]

    lines = rows(done(books, "ledger trial --csv"))
    told = json.loads(done(books, "ledger trial --json"))
    assert len(lines) == len(told["lines"]) + len(told["totals"])
    accounts = [line for line in lines if line["kind"] != "TOTAL"]
    for side in ("debits", "credits"):
        sums = sum(int(line[f"{side}_minor"]) for line in accounts)
        (whole,) = (line for line in lines if line["kind"] == "TOTAL")
        assert sums == int(whole[f"{side}_minor"]) == 100 * Decimal(whole[side])
    assert sum(int(line["balance_minor"]) for line in accounts) == 0
    (mine,) = (line for line in accounts if line["kind"] == "THERAPIST")
    assert (mine["owner"], mine["balance"], mine["currency"]) == (therapist, "-126.00", "EUR")

    transfers = done(books, f"ledger transfers --subject {held.id}")
    for kind in ("CHARGE", "SESSION_RECOGNISED", "COMMISSION"):
        assert kind in transfers
    assert "There is more" in done(books, "ledger transfers --limit 1")
    assert note in done(books, f"ledger transfers --subject {given.id}")


def test_a_statement_adds_up_and_says_what_is_owed(books: Sandbox) -> None:  # P-9 P-10
    practice = prepaid(books)
    therapist = practice.therapist.id
    held = booked(books, practice, "10:00")
    done(books, f"pay {held.id}")
    note = 'he said "no", twice'
    done(books, f"refund {held.id} --by-hand cash --amount 10.50 --reason {shlex.quote(note)}")
    ahead = rows(done(books, f"ledger statement --client {held.client_id} {MARCH} --csv"))
    assert [each["entry"] for each in ahead] == ["OPENING", "CHARGE", "REFUND", "CLOSING"]
    assert [each["note"] for each in ahead] == ["", "", note, ""]
    assert [each["debit"] for each in ahead] == ["", "", "10.50", ""]
    assert [each["credit"] for each in ahead] == ["", "70.00", "", ""]
    assert [each["balance"] for each in ahead] == ["0.00", "-70.00", "-59.50", "-59.50"]
    told = done(books, f"ledger statement --client {held.client_id} {MARCH}")
    assert f"At the end {held.client_id} has 59.50 EUR for sessions to come." in told

    books.advance(by=3 * DAY_MS)
    told = done(books, f"ledger statement --client {held.client_id} {MARCH}")
    assert f"At the end {held.client_id} owes 10.50 EUR." in told
    told = done(books, f"ledger statement --therapist {therapist} {MARCH}")
    assert f"At the end {therapist} is owed 63.00 EUR." in told

    payout = f"ledger payout {therapist}"
    high = refused(books, f"{payout} 63.01 EUR --method 'bank transfer'")
    assert "At most 63.00 EUR can be paid out." in high
    assert "Nothing in PLN" in refused(books, f"{payout} 1 PLN --method 'bank transfer'")
    assert "more digits" in refused(books, f"{payout} 1.005 EUR --method cash", 2)
    tried = done(books, f"{payout} 63 EUR --method 'bank transfer' --validate-only")
    assert "nothing was done" in tried
    paid = done(books, f"{payout} 63.00 EUR --method 'bank transfer' --note March")
    assert "63.00 EUR paid out" in paid
    assert "PAYOUT" in done(books, f"ledger transfers --subject {first('pyo', paid)}")
    told = done(books, f"ledger statement --therapist {therapist} {MARCH}")
    assert f"At the end {therapist} is owed nothing in EUR." in told

    lines = rows(done(books, f"ledger statement --therapist {therapist} {MARCH} --csv"))
    opening, *posted, closing = lines
    moved = sum(int(each["debit_minor"] or 0) - int(each["credit_minor"] or 0) for each in posted)
    assert int(opening["balance_minor"]) + moved == int(closing["balance_minor"]) == 0
    assert all(each["at"].startswith("2027-03-0") and each["at"].endswith("+01:00") for each in posted)
    assert "No therapist is owed anything." in done(books, "ledger trial")


def test_a_statement_is_of_the_time_that_was_asked_for(books: Sandbox) -> None:  # P-9
    practice = prepaid(books)
    held = booked(books, practice, "10:00")
    done(books, f"pay {held.id}")
    whose = f"--client {held.client_id}"
    month = done(books, f"ledger statement {whose} {MARCH} --csv")
    assert month == done(
        books, f"ledger statement {whose} --from 2027-03-01 --to 2027-04-01 --csv"
    )
    assert len(rows(month)) == 3
    before = done(books, f"ledger statement {whose} --month 2027-02 --zone Europe/Rome")
    assert before.startswith("Nothing is on the accounts of")
    later = rows(done(books, f"ledger statement {whose} --month 2027-04 --csv"))
    assert [each["entry"] for each in later] == ["OPENING", "CLOSING"]
    assert [each["balance"] for each in later] == ["-70.00", "-70.00"]
    # March begins in Auckland while it is still February in Rome; nothing was written yet.
    auckland = "--month 2027-03 --zone Pacific/Auckland"
    assert len(rows(done(books, f"ledger statement {whose} {auckland} --csv"))) == 3
    for wrong in (
        "",
        "--month 2027-13",
        "--month 2027-03 --zone Rome",
        "--month 2027-03 --from 2027-03-01",
        "--from 2027-03-01",
        "--from 2027-03-01 --until 2027-04-01 --zone Europe/Rome",
        f"{MARCH} --csv --json",
        f"{MARCH} --therapist {practice.therapist.id}",
    ):
        refused(books, f"ledger statement {whose} {wrong}", 2)
    mine = f"ledger statement {whose} {MARCH} --as client:{held.client_id}"
    assert "for sessions to come" in done(books, mine)
    stranger = register(books.staff)
    refused(books, f"ledger statement {whose} {MARCH} --as client:{stranger}", 3)
    done(books, f"ledger statement {MARCH}")


def test_without_a_gateway_it_is_said_what_to_do(books: Sandbox) -> None:  # P-4 P-7
    waits = booked(books, prepaid(books), "10:00")
    told = done(books, f"checkout {waits.id}")
    assert "no payment gateway" in told and f"pay {waits.id}" in told
    assert "seduta pay" in refused(books, f"checkout {waits.id} --token tok_ok")
    assert "seduta pay" in refused(books, f"cards save {waits.client_id} --token tok_ok")


def test_a_card_pays_and_the_money_goes_back_to_it(trial: Sandbox) -> None:  # P-4 P-6 P-7
    practice = prepaid(trial)
    visit = booked(trial, practice, "10:00")
    declined = refused(trial, f"checkout {visit.id} --token tok_declined")
    assert "Declined: card_declined." in declined and f"checkout {visit.id}" in declined
    paid = done(trial, f"checkout {visit.id} --token tok_ok")
    assert paid.startswith("Paid: 70.00 EUR."), paid
    assert "Nothing is left to be paid" in refused(trial, f"checkout {visit.id} --token tok_ok")
    listed = done(trial, f"intents {visit.id}").splitlines()
    # Two cards, one intent: a gateway cannot take the amount twice.
    assert len(listed) == 2 and first("pin", paid) in listed[1] and "paid" in listed[1]

    tried = done(trial, f"refund {visit.id} --amount 20 --reason late --validate-only")
    assert "nothing was done: 20.00 EUR" in tried
    part = done(trial, f"refund {visit.id} --amount 20 --reason late")
    assert "Goes back: 20.00 EUR through the gateway" in part
    assert "50.00 EUR" in done(trial, f"refund {visit.id} --reason 'the rest'")
    assert "--by-hand" in refused(trial, f"refund {visit.id} --reason again")
    wait_until(lambda: "on its way" not in done(trial, f"payments --appointment {visit.id}"))
    moved = done(trial, f"payments --appointment {visit.id}").splitlines()[1:]
    assert [line.split()[3] for line in moved] == ["paid", "given", "given"]
    assert all(first("pin", paid) in line and "done" in line for line in moved)
    told = done(trial, f"history {visit.id}")
    kinds = ["PAYMENT_BEGUN", "PAYMENT_FAILED", "PAYMENT_SUCCEEDED", "REFUND_BEGUN"]
    assert all(kind in told for kind in kinds), told


def test_what_waits_for_the_client_is_told_with_what_to_do(trial: Sandbox) -> None:  # P-7
    practice = prepaid(trial)
    visit = booked(trial, practice, "10:00")
    waits = done(trial, f"checkout {visit.id} --token tok_needs_confirmation")
    intent = first("pin", waits)
    assert "has to confirm at their bank:\n  http" in waits and f"confirm {intent}" in waits
    assert "http" in done(trial, f"intents {visit.id}")
    shown = done(trial, f"appointments --client {visit.client_id}")
    assert "to be confirmed at the bank: 70.00 EUR" in shown
    assert done(trial, f"confirm {intent}").startswith("Paid: 70.00 EUR.")
    assert "seduta intents" in refused(trial, f"confirm {intent}")

    other = booked(trial, practice, "11:00")
    left = done(trial, f"checkout {other.id}")
    assert "browser takes it from here" in left and "client secret" in left

    silent = booked(trial, practice, "12:00")
    unknown = refused(trial, f"checkout {silent.id} --token tok_hangs --wait-ms 300", 6)
    assert "not said yet" in unknown and f"intents {silent.id}" in unknown
    again = refused(trial, f"checkout {silent.id} --token tok_ok")
    assert "not known yet" in again and "seduta intents" in again
    assert f"intents apt_{'0' * 26}" not in refused(trial, f"intents apt_{'0' * 26}", 4)


def test_cards_are_saved_charged_and_taken_away(trial: Sandbox) -> None:  # P-2
    client = register(trial.staff)
    assert f"cards save {client}" in done(trial, f"cards list {client}")
    saved = done(trial, f"cards save {client} --token tok_ok")
    card = first("pmt", saved)
    assert saved.startswith("Saved.") and "4242" in saved and "yes" in saved
    other = first("pmt", done(trial, f"cards save {client} --token tok_declined"))
    assert "cannot be saved" in refused(trial, f"cards save {client} --token tok_cannot_be_saved")
    assert run(trial, f"cards default {other} --version 99").returncode == 5
    done(trial, f"cards default {other}")
    lines = done(trial, f"cards list {client}").splitlines()
    assert [" yes " in line for line in lines if card in line or other in line] == [False, True]
    left = done(trial, f"cards save {client}")
    assert "client secret" in left and f"cards refresh {first('pmt', left)}" in left

    practice = prepaid(trial)
    visit = booked(trial, practice, "13:00", client)
    assert "Declined" in refused(trial, f"checkout {visit.id} --method {other} --off-session")
    assert "Paid" in done(trial, f"checkout {visit.id} --method {card} --off-session")
    assert run(trial, f"checkout {visit.id} --method {card} --token tok_ok").returncode == 2
    done(trial, f"cards remove {other}")
    assert other not in done(trial, f"cards list {client}")
    gone = refused(trial, f"cards default {other}")
    assert "seduta cards list" in gone


def test_a_session_is_booked_to_be_charged_before_it(trial: Sandbox) -> None:  # P-2
    practice = offering(trial.staff, v1.PAYMENT_PLAN_CAPTURE_BEFORE)
    client = register(trial.staff)
    start = trial.at(practice, 3, "10:00")
    what = (
        f"book --therapist {practice.therapist.id} --service {practice.service.id} "
        f"--location {practice.location.id} --start {start} --client {client}"
    )
    assert "seduta cards save" in refused(trial, f"{what} --as client:{client}")
    card = first("pmt", done(trial, f"cards save {client} --token tok_ok"))
    told = done(trial, f"{what} --card {card}")
    assert "is charged at" in told and card in told


def test_what_is_in_the_account_pays(trial: Sandbox) -> None:  # P-5
    practice = prepaid(trial)
    client = register(trial.staff)
    grant, buy = f"benefits grant {client}", f"benefits buy {client}"
    assert grant in done(trial, f"benefits list {client}")
    visit = booked(trial, practice, "14:00", client)
    assert "seduta benefits list" in refused(trial, f"benefits use {visit.id}")
    credit = first("ben", done(trial, f"{grant} --kind credit --value 30 --note 'for the wait'"))
    used = done(trial, f"benefits use {visit.id}")
    assert f"Paid: 30.00 EUR by {credit}." in used and "40.00 EUR" in used
    shown = done(trial, f"appointments --client {client}")
    assert "to be paid: 40.00 EUR" in shown
    assert "Declined" in refused(
        trial, f"{buy} --kind voucher --value 100 --token tok_declined"
    )
    assert "Paid" in done(trial, f"{buy} --kind voucher --value 100 --token tok_ok")
    used = done(trial, f"benefits use {visit.id}")
    voucher = first("ben", used)
    assert f"Paid: 40.00 EUR by {voucher}." in used
    done(trial, f"{grant} --kind sessions --sessions 10 --value 600 --paid-by cash")
    listed = done(trial, f"benefits list {client}")
    assert re.search(rf"{voucher} +voucher +active +60.00 EUR +100.00 EUR +never", listed), listed
    assert "10 sessions for 600.00 EUR" in listed and "used up" in listed
    back = done(trial, f"refund {voucher} --reason 'moved away'")
    assert "Goes back: 60.00 EUR through the gateway" in back
    into = done(trial, f"refund {visit.id} --reason 'moved away'")
    assert f"into {credit}" in into
    for wrong in ("--kind sessions", "--kind credit", "--kind credit --value 1 --sessions 2"):
        assert run(trial, f"{grant} {wrong}").returncode == 2

    start = trial.at(practice, 3, "14:00")
    what = (
        f"book --therapist {practice.therapist.id} --service {practice.service.id} "
        f"--location {practice.location.id} --start {start} --client {client}"
    )
    assert ", paid" in done(trial, f"{what} --use-benefits")
