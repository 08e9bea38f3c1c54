"""Links (K-4, K-7): edited, renewed by hand and by themselves, over and deleted."""

import contract as v1
import pytest
from client import Aborted, FailedPrecondition, InvalidArgument, NotFound
from packaging import ATTENDED, DEDUCTS, NO_SHOW, RELEASES, Shelf, link_state
from practice import DAY_MS, new_id, timestamp

KEEP, CANCEL = v1.FUTURE_SESSIONS_KEEP, v1.FUTURE_SESSIONS_CANCEL


# K-4, K-7: editing.


def test_the_count_is_edited(shelf: Shelf) -> None:  # K-4
    assert shelf.link(shelf.package(), sessions=6).link.balance.total == 6
    for sum in (None, 20_000):
        link = shelf.link(shelf.package(sum), lines=[shelf.line(5, "10:00"), shelf.line(6)]).link
        for session in shelf.sessions(link):
            shelf.cancel(session)
        shelf.schedule(link, shelf.line(5, "10:00"), shelf.line(6))
        with pytest.raises(InvalidArgument) as refused:
            shelf.edit(link, sessions=1)
        assert refused.value.fields == ["sessions"]
        assert shelf.edit(link, sessions=3).balance.available == 1
        more = shelf.edit(link, sessions=7)
        assert (more.balance.total, more.balance.available) == (7, 5)
        assert shelf.balance(link) == (5, 2, 0, 0, 0)
        with pytest.raises(Aborted):
            shelf.edit(link, sessions=8, version=1)
        for session in shelf.sessions(link):
            if session.state == v1.APPOINTMENT_STATE_SCHEDULED:
                shelf.cancel(session)
    # What was left of the sum is shared by the sessions that are left.
    link = shelf.link(shelf.package(10_000, sessions=2), lines=[shelf.line(1, "10:00")]).link
    shelf.edit(link, sessions=3)
    shares = [each.price.minor_units for each in shelf.schedule(link, shelf.line(2, "10:00"), shelf.line(3))]
    assert shares == [2_500, 2_500]


def test_a_link_is_edited_by_its_fields(shelf: Shelf) -> None:  # K-7
    link = shelf.link(shelf.package(validity_days=30)).link
    room = shelf.practice.rooms[0]
    until = timestamp(shelf.sandbox.now() + 60 * DAY_MS)
    edited = shelf.edit(
        link, insurer="Unimed", notes="x", room_id=room, automatic_renewal=True, expire_time=until
    )
    assert (edited.details.insurer, edited.details.notes) == ("Unimed", "x")
    assert edited.details.phone == link.details.phone
    assert (edited.room_id, edited.automatic_renewal, edited.expire_time) == (room, True, until)
    assert edited.version == link.version + 1 and edited == shelf.now(link)
    assert not shelf.edit(link, expire_time=None).HasField("expire_time")
    for field, value in (
        ("sessions", 0),
        ("sms_lead_minutes", 5),
        ("phone", "066543"),
        ("expire_time", timestamp(shelf.sandbox.now() - 1)),
    ):
        with pytest.raises(InvalidArgument) as refused:
            shelf.edit(link, **{field: value})
        assert refused.value.fields[0].endswith(field)
    with pytest.raises(InvalidArgument) as refused:
        shelf.edit(link)
    assert refused.value.fields == ["update_mask"]
    with pytest.raises(NotFound):
        shelf.edit(v1.PackageLink(id=new_id("pkl")), notes="y")


# K-7: renewal and expiry.


def test_a_link_is_renewed_by_hand(shelf: Shelf) -> None:  # K-7
    client = shelf.client()
    link = shelf.link(shelf.package(20_000, validity_days=30), client, sessions=5).link
    renewed = shelf.renew(link)
    assert renewed.renewal_of_link_id == link.id and renewed.balance.available == 5
    assert (renewed.price, renewed.details) == (link.price, link.details)
    assert shelf.now(link).renewed_by_link_id == renewed.id
    assert renewed.benefit_id not in ("", link.benefit_id)
    assert shelf.owed(renewed) == 20_000
    assert shelf.client_told(renewed) == ["PACKAGE_RENEWED"]
    third = shelf.renew(renewed, sessions=2, quiet=True)
    assert (third.balance.total, shelf.client_told(third)) == (2, [])
    # The order of linking, with what a list needs.
    assert [each.id for each in shelf.links(client)] == [link.id, renewed.id, third.id]
    first = shelf.links(client, page_size=1)
    assert [each.id for each in first] == [link.id] and first[0].HasField("create_time")
    for sessions in (-1, 1001):
        with pytest.raises(InvalidArgument) as refused:
            shelf.renew(link, sessions=sessions)
        assert refused.value.fields == ["sessions"]
    with pytest.raises(Aborted):
        shelf.renew(link, version=1)


@pytest.mark.parametrize("sum", [None, 10_000])
def test_a_link_that_is_used_up_is_renewed_by_itself(shelf: Shelf, sum: int | None) -> None:  # K-7
    package = shelf.package(sum, sessions=2, automatic_renewal=True)
    client = shelf.client()
    link = shelf.link(package, client, [shelf.line(1, "10:00"), shelf.line(2)]).link
    first, second = shelf.sessions(link)
    shelf.hold(first)
    shelf.hold(second, NO_SHOW)
    assert len(shelf.links(client)) == 1  # one is reserved still
    shelf.attend(second, DEDUCTS)
    old, new = shelf.links(client)
    assert (old.renewed_by_link_id, new.renewal_of_link_id) == (new.id, old.id)
    assert shelf.balance(new) == (2, 0, 0, 0, 0) and new.automatic_renewal
    assert shelf.client_told(new) == ["PACKAGE_RENEWED"]
    # Corrected and attended again: it was renewed, and is not once more.
    shelf.attend(second, RELEASES)
    assert shelf.balance(link) == (1, 0, 1, 0, 0)
    shelf.attend(second, ATTENDED)
    assert len(shelf.links(client)) == 2


def test_what_is_left_expires_and_comes_back_when_released(shelf: Shelf) -> None:  # K-1 K-6 K-7
    package = shelf.package(20_000, validity_days=10, automatic_renewal=True)
    client = shelf.client()
    with pytest.raises(FailedPrecondition) as refused:
        shelf.link(package, client, [shelf.line(9, "10:00"), shelf.line(11)])
    assert refused.value.reason == "PACKAGE_EXPIRES" and not shelf.links(client)
    linked = shelf.link(package, client, [shelf.line(8, "10:00"), shelf.line(9)])
    link, (first, second) = linked.link, linked.appointments
    moving = v1.AppointmentsRescheduleRequest(
        appointment_id=second.id, start_ms=shelf.at(11, "10:00")
    )
    with pytest.raises(FailedPrecondition) as refused:
        shelf.staff.call(moving)
    assert refused.value.reason == "PACKAGE_EXPIRES"
    shelf.hold(first)
    shelf.hold(second, NO_SHOW)
    shelf.sandbox.advance(to=link.expire_time.ToMilliseconds())
    assert (link_state(shelf.now(link)), shelf.balance(link)) == ("EXPIRED", (0, 1, 1, 2, 0))
    for act in (
        lambda: shelf.schedule(link, shelf.line(1, "10:00")),
        lambda: shelf.edit(link, notes="x"),
    ):
        with pytest.raises(FailedPrecondition) as refused:
            act()
        assert refused.value.reason == "PACKAGE_NOT_ACTIVE"
    old, new = shelf.links(client)  # and it was renewed, once
    assert (old.renewed_by_link_id, shelf.balance(new)) == (new.id, (4, 0, 0, 0, 0))
    shelf.attend(second, RELEASES)
    assert (link_state(shelf.now(link)), shelf.balance(link)) == ("ACTIVE", (1, 0, 1, 2, 0))
    left = shelf.now(link).expire_time.ToMilliseconds() - shelf.sandbox.now()
    assert 29 * DAY_MS < left <= 30 * DAY_MS
    assert len(shelf.schedule(link, shelf.line(2, "10:00"))) == 1
    assert len(shelf.links(client)) == 2


# K-7: deleting.


@pytest.mark.parametrize("sum", [None, 20_000])
@pytest.mark.parametrize("future", [KEEP, CANCEL])
def test_a_link_is_deleted(shelf: Shelf, sum: int | None, future: int) -> None:  # K-7
    package = shelf.package(sum)
    linked = shelf.link(package, lines=[shelf.line(1, "10:00"), shelf.line(2), shelf.line(3)])
    link = linked.link
    held, kept, chosen = linked.appointments
    if sum is None:
        shelf.choose(chosen, shelf.assessment.id)
    shelf.hold(held)
    with pytest.raises(Aborted):
        shelf.delete(link, future, version=1)
    deleted = shelf.delete(link, future, reason="moved away")
    assert link_state(deleted.link) == "DELETED" and deleted.link == shelf.now(link)
    assert shelf.balance(link) == (0, 0, 1, 0, 3)
    after = [shelf.sandbox.get(each) for each in (kept, chosen)]
    assert list(deleted.appointments) == after
    assert shelf.sandbox.get(held).package.link_id == link.id  # it began: it stays as it is
    if future == KEEP:
        assert [each.state for each in after] == [v1.APPOINTMENT_STATE_SCHEDULED] * 2
        assert not any(each.HasField("package") for each in after)
        prices = [7_000, 7_000 if sum else 10_000]
        assert [each.price.minor_units for each in after] == prices
        assert [each.amount_outstanding.minor_units for each in after] == prices
    else:
        assert {each.state for each in after} <= {
            v1.APPOINTMENT_STATE_CANCELLED_BY_THERAPIST,
            v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT,
        }
        assert [each.cancel_reason for each in after] == ["moved away"] * 2
        assert all("APPOINTMENT_CANCELLED" in shelf.client_told(each) for each in after)
    if sum:
        benefit = shelf.staff.call(v1.BenefitsGetRequest(benefit_id=link.benefit_id)).benefit
        assert benefit.state == v1.BENEFIT_STATE_CANCELED
    # Whoever came, it can be corrected: what is released then is returned, too.
    shelf.attend(held, RELEASES)
    assert shelf.balance(link) == (0, 0, 0, 0, 4)
    for act in (lambda: shelf.delete(link, future), lambda: shelf.renew(link)):
        with pytest.raises(FailedPrecondition) as refused:
            act()
        assert refused.value.reason == "PACKAGE_NOT_ACTIVE"


def test_what_becomes_of_the_sessions_to_come_has_to_be_said(shelf: Shelf) -> None:  # K-7
    link = shelf.link(shelf.package()).link
    with pytest.raises(InvalidArgument) as refused:
        shelf.delete(link, v1.FUTURE_SESSIONS_UNSPECIFIED)
    assert refused.value.fields == ["future_sessions"]
