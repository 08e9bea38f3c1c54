"""The balance of a package (K-6): reserved, deducted, released and corrected, and never more than is left."""

import threading

import contract as v1
import pytest
from client import Connection, FailedPrecondition, Refused, as_client, as_therapist
from packaging import ATTENDED, DEDUCTS, NEITHER, NO_SHOW, RELEASES, Shelf, state
from practice import HOUR_MS
from sandboxes import Sandbox


def test_who_came_moves_a_session(shelf: Shelf) -> None:  # K-6 A-4
    link = shelf.link(shelf.package(20_000), lines=[shelf.line(1, "10:00")]).link
    (session,) = shelf.sessions(link)
    assert shelf.balance(link) == (3, 1, 0, 0, 0)
    seen = []
    for status in (ATTENDED, NO_SHOW, DEDUCTS, RELEASES, NEITHER, RELEASES, "", ATTENDED):
        after = shelf.hold(session, status)
        seen.append((state(after), shelf.balance(link)))
    reserved, attended, released = (3, 1, 0, 0, 0), (3, 0, 1, 0, 0), (4, 0, 0, 0, 0)
    assert seen == [
        ("ATTENDED", attended),
        ("RESERVED", reserved),
        ("ATTENDED", attended),
        ("RELEASED", released),
        ("RESERVED", reserved),
        ("RELEASED", released),
        ("RESERVED", reserved),
        ("ATTENDED", attended),
    ]


def test_what_was_released_and_booked_again_cannot_come_back(shelf: Shelf) -> None:  # K-6
    link = shelf.link(shelf.package(10_000, sessions=1), lines=[shelf.line(1, "10:00")]).link
    (session,) = shelf.sessions(link)
    shelf.hold(session, RELEASES)
    again = shelf.book_of(link, 2, "10:00")
    with pytest.raises(FailedPrecondition) as refused:
        shelf.attend(session, ATTENDED)
    assert refused.value.reason == "PACKAGE_USED_UP"
    assert shelf.balance(link) == (0, 1, 0, 0, 0)
    shelf.cancel(again)
    shelf.attend(session, ATTENDED)
    assert shelf.balance(link) == (0, 0, 1, 0, 0)


def test_cancelling_releases_or_deducts(payday: Sandbox) -> None:  # K-6 A-6
    terms = v1.CancellationTerms(notice_minutes=24 * 60, late_percent=50, fee_where_unpaid=True)
    shelf = Shelf(payday, cancellation=terms)
    link = shelf.link(
        shelf.package(20_000), lines=[shelf.line(3, "10:00"), shelf.line(1, "10:00")]
    ).link
    late, early = shelf.sessions(link)
    client = as_client(link.client_id)
    assert shelf.cancel(early, client).fee.minor_units == 0
    assert (state(payday.get(early)), shelf.balance(link)) == ("RELEASED", (3, 1, 0, 0, 0))
    payday.advance(to=late.start_time.ToMilliseconds() - HOUR_MS)
    # By procedure and by total: a fee costs the session.
    assert shelf.cancel(late, client).fee.minor_units > 0
    assert (state(payday.get(late)), shelf.balance(link)) == ("ATTENDED", (3, 0, 1, 0, 0))
    (third,) = shelf.schedule(link, shelf.line(1, "10:00"))
    shelf.cancel(third, as_therapist(third.therapist_id))  # by the therapist: at no fee
    assert shelf.balance(link) == (3, 0, 1, 0, 0)


def test_nobody_books_more_than_is_left(shelf: Shelf) -> None:  # K-6 S-10
    link = shelf.link(shelf.package(10_000, sessions=1)).link
    server = shelf.sandbox.server
    refusals: list[Refused] = []
    booked: list[v1.Appointment] = []
    together = threading.Barrier(4)

    def book(connection: Connection, start_ms: int) -> None:
        request = shelf.practice.booking(start_ms, link.client_id, package_link_id=link.id)
        together.wait(timeout=10)
        try:
            booked.append(connection.call(request).appointment)
        except Refused as refused:
            refusals.append(refused)

    connections = [server.connect(timeout_s=30) for _ in range(4)]
    threads = [
        threading.Thread(target=book, args=(connection, shelf.at(2, f"{10 + hour}:00")))
        for hour, connection in enumerate(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    for connection in connections:
        connection.close()
    assert len(booked) == 1
    assert {refused.reason for refused in refusals} == {"PACKAGE_USED_UP"} and len(refusals) == 3
    assert shelf.balance(link) == (0, 1, 0, 0, 0)
