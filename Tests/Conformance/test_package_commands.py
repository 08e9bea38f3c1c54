"""Packages from the command line: templates, links, dates, money, the card; and clients that are changed."""

from pathlib import Path

from packaging import Shelf
from test_money_commands import done, first, refused, run


def templated(shelf: Shelf, more: str = "--posting by-procedure") -> str:
    services = " ".join(f"--service {id}" for id in shelf.services)
    made = done(
        shelf.sandbox,
        f"packages create --name Percorso --sessions 4 --minutes 40 {services} {more}",
    )
    return first("pkg", made)


def test_templates(shelf: Shelf) -> None:  # K-1
    box = shelf.sandbox
    total = templated(
        shelf, "--posting total --price 200 --renewal --validity-days 90 --commission 1250"
    )
    shown = done(box, f"packages show {total}")
    for part in ("200.00 EUR at linking", "by itself", "90 days", "12.50%", "4 of 40 minutes"):
        assert part in shown, shown
    changed = done(box, f"packages update {total} --name Breve --no-renewal --version 1")
    assert "Breve" in changed and "by hand" in changed and "90 days" in changed
    stale = refused(box, f"packages update {total} --sessions 5 --version 1", 5)
    assert f"packages show {total}" in stale
    done(box, f"packages update {total} --archived")
    assert total not in done(box, "packages list")
    assert "archived" in done(box, "packages list --with-archived")
    assert run(box, "packages create --name x --sessions 4").returncode == 2
    assert run(box, f"packages update {total}").returncode == 2
    absent = refused(box, f"packages show pkg_{'0' * 26}", 4)
    assert "seduta packages list" in absent


def test_a_link_from_its_dates_to_its_end(shelf: Shelf, tmp_path: Path) -> None:  # K-2 to K-8
    box, client = shelf.sandbox, shelf.client()
    package = templated(shelf)
    day = [shelf.date(days).isoformat() for days in range(8)]
    line = f"{day[1]},time=10:00,therapist={shelf.practice.therapist.id}"
    what = (
        f"packages link {package} --client {client} --insurer Unimed --authorisation A-17 "
        f"--sms-lead 90 --line {line} --line {day[2]}"
    )
    tried = done(box, f"{what} --validate-only")
    assert "nothing was done" in tried and "2 / 4" in tried
    assert "no packages" in done(box, f"packages links --client {client}")
    made = done(box, what)
    link, session = first("pkl", made), first("apt", made)
    for part in ("Linked, and on disk", "2 / 4", "Unimed", "A-17", "90 minutes before"):
        assert part in made, made
    assert "4 = 2 available + 2 reserved + 0 attended + 0 expired + 0 returned" in made

    listed = done(box, f"packages links --client {client}").splitlines()
    assert len(listed) == 2 and link in listed[1] and "2 / 4" in listed[1]
    booked = done(box, f"packages schedule {link} --line {line.replace(day[1], day[3])}")
    assert "Balance: 1 / 4" in booked
    taken = refused(box, f"packages schedule {link} --line {line}")
    assert "lines[0]" in taken
    many = f"--line {line.replace(day[1], day[4])} --line {day[5]}"
    assert "packages detail" in refused(box, f"packages schedule {link} {many}")
    start = shelf.at(6, "10:00")
    by_book = done(
        box,
        f"book --therapist {shelf.practice.therapist.id} --service {shelf.services[0]} "
        f"--location {shelf.practice.location.id} --start {start} --client {client} --package {link}",
    )
    assert f"{link}, reserved" in by_book

    chosen = done(box, f"packages procedure {session} {shelf.assessment.id}")
    assert "100.00 EUR, to be paid" in chosen
    assert "0.00 EUR" in done(box, f"packages procedure {session}")
    edited = done(box, f"packages edit {link} --sessions 6 --notes 'by the window' --renewal")
    assert "2 / 6" in edited and "by the window" in edited and "Unimed" in edited
    detail = done(box, f"packages detail {link}")
    assert "6 = 2 available + 4 reserved" in detail and detail.count("apt_") == 4
    renewed = first("pkl", done(box, f"packages renew {link} --sessions 3"))
    assert link in done(box, f"packages detail {renewed}")

    card = tmp_path / "card.pdf"
    assert "Written" in done(box, f"packages card {link} --out {card}")
    assert card.read_bytes().startswith(b"%PDF-")
    assert "Cannot write" in refused(box, f"packages card {link} --out {tmp_path / 'no' / 'x.pdf'}")
    gone = done(box, f"packages delete {link} --future cancel --reason moved")
    assert "deleted" in gone and "cancelled by therapist" in gone and "6 returned" in gone
    assert "packages links" in refused(box, f"packages detail pkl_{'0' * 26}", 4)


def test_the_sum_is_paid(shelf: Shelf) -> None:  # K-5
    box = shelf.sandbox
    package = templated(shelf, "--posting total --price 200")
    made = done(box, f"packages link {package} --client {shelf.client()}")
    link = first("pkl", made)
    assert f"packages pay {link} --by cash" in made and "200.00 EUR" in made
    part = done(box, f"packages pay {link} --by cash --amount 50")
    assert "Recorded: 50.00 EUR paid, cash." in part
    assert "150.00 EUR" in done(box, f"packages detail {link}")
    assert "Declined" in refused(box, f"packages pay {link} --token tok_declined")
    assert done(box, f"packages pay {link} --token tok_ok").startswith("Paid: 150.00 EUR.")
    refused(box, f"packages pay {link} --by cash")
    assert run(box, f"packages pay {link} --amount 5").returncode == 2
    done(box, f"packages link {package} --client {shelf.client()} --paid-by cash")


def test_a_client_is_changed(shelf: Shelf) -> None:  # N-2
    client = shelf.client()
    told = done(shelf.sandbox, f"clients update {client} --sms-lead 120 --language pl")
    assert "120 minutes before" in told and "pl" in told
    assert run(shelf.sandbox, f"clients update {client}").returncode == 2
    refused(shelf.sandbox, f"clients update {client} --name Anna --version 1", 5)
