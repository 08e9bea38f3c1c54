"""The session card (K-8): a PDF, A4, with all of a link's sessions, in the client's language."""

import re
import subprocess
from pathlib import Path

import contract as v1
import pytest
from client import InvalidArgument, NotFound, as_client, as_therapist
from packaging import ATTENDED, RELEASES, Shelf
from practice import new_id, register


def told(command: str, card: bytes, folder: Path) -> str:
    file = folder / "card.pdf"
    file.write_bytes(card)
    out = ("-layout", str(file), "-") if command == "pdftotext" else (str(file),)
    return subprocess.run([command, *out], capture_output=True, text=True, check=True).stdout


def card(shelf: Shelf, link: v1.PackageLink, language: str = "", actor: object = None) -> bytes:
    request = v1.PackagesGetCardRequest(link_id=link.id, language=language)
    return shelf.staff.call(request, actor=actor).pdf


def test_the_card_has_every_session(shelf: Shelf, tmp_path: Path) -> None:  # K-8
    client = register(shelf.staff, name="Łucja Żółć", language="pl")
    details = v1.VisitDetails(insurer="Unisalute", authorisation_number="AUT-17", notes="Winda")
    linked = shelf.link(
        shelf.package(),
        client,
        [shelf.line(1, "10:00"), shelf.line(2, "11:00"), shelf.line(3, "12:30"), shelf.line(4)],
        details=details,
    )
    attended, released, cancelled, _ = linked.appointments
    shelf.choose(attended, shelf.assessment.id)
    shelf.hold(attended, ATTENDED)
    shelf.hold(released, RELEASES)
    shelf.cancel(cancelled)

    printed = card(shelf, linked.link)
    assert printed.startswith(b"%PDF-")
    about = told("pdfinfo", printed, tmp_path)
    assert re.search(r"^Pages: +1$", about, re.M) and "(A4)" in about
    polish = told("pdftotext", printed, tmp_path)
    for word in (
        "Łucja Żółć",
        "Percorso",
        "Unisalute",
        "AUT-17",
        "Winda",
        "Dr. Maria Rossi",
        "Valutazione",
        "10:00",
        "11:00",
        "12:30",
        "100,00",
    ):
        assert word in polish, f"{word} is not on:\n{polish}"
    # Of the partner's own statuses, the name.
    assert RELEASES.title() in polish
    english = told("pdftotext", card(shelf, linked.link, "en"), tmp_path)
    assert english != polish and "12:30" in english
    # What is not written comes in English.
    assert told("pdftotext", card(shelf, linked.link, "fi"), tmp_path) == english


def test_a_card_without_sessions_is_a_card_and_many_fill_pages(
    shelf: Shelf, tmp_path: Path
) -> None:  # K-8
    link = shelf.link(shelf.package(90_000, sessions=90)).link
    assert re.search(r"^Pages: +1$", told("pdfinfo", card(shelf, link), tmp_path), re.M)
    for first in (1, 31):
        lines = [shelf.line(first, "10:00")] + [shelf.line(first + more) for more in range(1, 30)]
        shelf.schedule(link, *lines)
    printed = card(shelf, link)
    pages = re.search(r"^Pages: +(\d+)$", told("pdfinfo", printed, tmp_path), re.M)
    assert pages and int(pages[1]) > 1
    assert told("pdftotext", printed, tmp_path).count("10:00") == 60


def test_who_gets_the_card(shelf: Shelf) -> None:  # K-8
    link = shelf.link(shelf.package()).link
    for actor in (None, as_client(link.client_id), as_therapist(shelf.practice.therapist.id)):
        assert card(shelf, link, actor=actor).startswith(b"%PDF-")
    outsider = Shelf(shelf.sandbox)
    for actor in (as_client(shelf.client()), as_therapist(outsider.practice.therapist.id)):
        with pytest.raises(NotFound):
            card(shelf, link, actor=actor)
    with pytest.raises(NotFound):
        card(shelf, v1.PackageLink(id=new_id("pkl")))
    with pytest.raises(InvalidArgument) as refused:
        card(shelf, link, "no language")
    assert refused.value.fields == ["language"]
