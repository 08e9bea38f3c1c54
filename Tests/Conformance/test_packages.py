"""Packages (K-1, K-2): templates of four kinds, and what a client is given. Clients are changed, too."""

import contract as v1
import pytest
from client import (
    Aborted,
    AlreadyExists,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from fieldrows import Row, refuse
from google.protobuf.field_mask_pb2 import FieldMask
from life import euro
from packaging import Shelf, state
from practice import DAY_MS, new_id, register

KEEP = v1.FUTURE_SESSIONS_KEEP


# K-1: templates.


@pytest.mark.parametrize("renews", [False, True])
@pytest.mark.parametrize("sum", [None, 30_000])
def test_templates_of_all_four_kinds(shelf: Shelf, sum: int | None, renews: bool) -> None:  # K-1
    made = shelf.package(
        sum,
        automatic_renewal=renews,
        validity_days=90,
        commission=v1.Commission(basis_points=1250),
    )
    assert made.id.startswith("pkg_") and made.version == 1 and made.HasField("create_time")
    assert (made.automatic_renewal, made.validity_days, made.sessions) == (renews, 90, 4)
    assert made.HasField("price") == (sum is not None)
    assert set(made.service_ids) == set(shelf.services)
    assert shelf.staff.call(v1.PackagesGetRequest(package_id=made.id)).package == made
    link = shelf.link(made).link
    assert (link.name, link.package_id, link.automatic_renewal) == (made.name, made.id, renews)
    assert (link.posting, link.duration_minutes) == (made.posting, 40)
    assert link.commission == made.commission  # K-1: shown
    assert bool(link.benefit_id) == (sum is not None)
    expires = link.expire_time.ToMilliseconds() - link.create_time.ToMilliseconds()
    assert expires == 90 * DAY_MS


def test_a_template_changes_and_its_links_do_not(shelf: Shelf) -> None:  # K-1 B-14
    made = shelf.package()
    link = shelf.link(made).link
    made.name, made.sessions = "Percorso breve", 3

    def update(*paths: str, version: int = 0) -> v1.Package:
        made.version = version
        request = v1.PackagesUpdateRequest(package=made, update_mask=FieldMask(paths=paths))
        return shelf.staff.call(request).package

    renamed = update("name")
    assert (renamed.name, renamed.sessions, renamed.version) == ("Percorso breve", 4, 2)
    with pytest.raises(Aborted):
        update("sessions", version=1)
    assert update("sessions", version=2).sessions == 3
    with pytest.raises(InvalidArgument) as refused:
        update("title")
    assert refused.value.fields == ["update_mask.paths[0]"]
    assert shelf.now(link) == link

    made.archived = True
    update("archived")

    def listed(**which: bool) -> set[str]:
        request = v1.PackagesListRequest(page_size=1000, **which)
        return {each.id for each in shelf.staff.call(request).packages}

    assert made.id not in listed() and made.id in listed(with_archived=True)
    with pytest.raises(InvalidArgument) as refused:
        shelf.link(made)
    assert refused.value.fields == ["package_id"]
    # What was linked goes on.
    assert len(shelf.schedule(link, shelf.line(2, "10:00"))) == 1


@pytest.mark.parametrize(
    "row",
    [
        ("package.name", "", "package.name"),
        ("package.sessions", 0, "package.sessions"),
        ("package.sessions", 1001, "package.sessions"),
        ("package.posting", 0, "package.posting"),
        ("package.posting", v1.PACKAGE_POSTING_TOTAL_VALUE, "package.price"),
        ("package.price", euro(100), "package.price"),
        ("package.duration_minutes", 4, "package.duration_minutes"),
        ("package.validity_days", 3661, "package.validity_days"),
        ("package.validity_days", -1, "package.validity_days"),
        ("package.service_ids", [], "package.service_ids"),
        ("package.id", "pkl_1", "package.id"),
    ],
)
def test_what_is_wrong_with_a_template_is_named(shelf: Shelf, row: Row) -> None:  # K-1
    package = v1.Package(
        name="Percorso",
        sessions=4,
        posting=v1.PACKAGE_POSTING_BY_PROCEDURE,
        duration_minutes=40,
        service_ids=shelf.services,
    )
    refuse(shelf.staff, v1.PackagesCreateRequest(package=package), row)


def test_a_sum_is_worth_something_in_each_session(shelf: Shelf) -> None:  # K-1 K-4
    for sum in (0, 4):
        assert shelf.package(sum).price == euro(sum)
    with pytest.raises(InvalidArgument) as refused:
        shelf.package(3)
    assert refused.value.fields[0].startswith("package.")
    with pytest.raises(InvalidArgument) as refused:
        shelf.link(shelf.package(4), sessions=5)
    assert refused.value.fields == ["sessions"]
    assert shelf.link(shelf.package(0), sessions=5).link.balance.total == 5


# K-2: links.


def test_a_link_has_what_goes_to_its_appointments(shelf: Shelf) -> None:  # K-2
    client = register(shelf.staff, phone="+390299887766", sms_lead_minutes=90)
    package = shelf.package()
    details = v1.VisitDetails(
        insurer="Unisalute", authorisation_number="AUT-2027/17", notes="Third floor, no lift"
    )
    room = shelf.practice.rooms[0]
    linked = shelf.link(
        package, client, [shelf.line(1, "10:00"), shelf.line(2)], details=details, room_id=room
    )
    link = linked.link
    assert link.details.phone == "+390299887766"  # taken from the client
    assert (link.room_id, link.sms_lead_minutes) == (room, 90)
    assert len(linked.appointments) == 2
    for session in linked.appointments:
        its = session.package
        assert (its.link_id, its.insurer, its.authorisation_number, its.phone, its.notes) == (
            link.id,
            "Unisalute",
            "AUT-2027/17",
            "+390299887766",
            "Third floor, no lift",
        )
        assert (session.room_id, session.sms_lead_minutes) == (room, 90)
        assert session.end_time.ToMilliseconds() - session.start_time.ToMilliseconds() == 40 * 60_000
        assert state(session) == "RESERVED" and session.client_id == client

    details.phone = "+390611223344"
    other = shelf.link(package, client, details=details, sms_lead_minutes=240).link
    assert (other.details.phone, other.sms_lead_minutes) == ("+390611223344", 240)
    assert shelf.link(package, client, sms_lead_minutes=-1).link.sms_lead_minutes == 0

    # What is edited goes to what is booked from then on.
    shelf.edit(link, insurer="Generali", sms_lead_minutes=0)
    later = shelf.book_of(link, 3, "10:00")
    assert (later.package.insurer, later.sms_lead_minutes) == ("Generali", 0)
    assert shelf.sandbox.get(linked.appointments[0]).package.insurer == "Unisalute"


def test_a_link_serves_several_therapists(shelf: Shelf) -> None:  # K-2 K-3
    second = shelf.colleague()
    package = shelf.package(service_ids=[shelf.practice.service.id, second.id])
    lines = [shelf.line(1, "10:00"), shelf.line(1, "11:00", therapist_id=second.therapist_id)]
    linked = shelf.link(package, lines=lines)
    assert [each.service_id for each in linked.appointments] == [
        shelf.practice.service.id,
        second.id,
    ]
    for therapist in (shelf.practice.therapist.id, second.therapist_id):
        listed = shelf.links(therapist_id=therapist, actor=as_therapist(therapist))
        assert linked.link.id in {each.id for each in listed}
    # Each is told of theirs, the client once, of the package.
    assert shelf.client_told(linked.link) == ["PACKAGE_LINKED"]
    for session in linked.appointments:
        assert shelf.client_told(session) == []
        asked = v1.AdminOutboxRequest(subject_id=session.id)
        told = shelf.staff.call(asked).messages
        assert [(each.kind, each.recipient_id) for each in told] == [
            ("BOOKING_CONFIRMED", session.therapist_id)
        ]


def test_who_may_do_what(shelf: Shelf) -> None:  # K-2 K-7
    package = shelf.package()
    therapist = as_therapist(shelf.practice.therapist.id)
    outsider = as_therapist(shelf.colleague().therapist_id)
    linked = shelf.link(package, lines=[shelf.line(1, "10:00")], actor=therapist)
    link, client = linked.link, as_client(linked.link.client_id)
    stranger = as_client(shelf.client())
    for refused_to in (outsider, stranger):
        for request in (
            v1.PackagesGetLinkRequest(link_id=link.id),
            v1.PackagesListSessionsRequest(link_id=link.id),
            v1.PackagesGetCardRequest(link_id=link.id),
        ):
            with pytest.raises(NotFound):
                shelf.staff.call(request, actor=refused_to)
    with pytest.raises(PermissionDenied):
        shelf.links(link.client_id, actor=stranger)
    assert [each.id for each in shelf.links(link.client_id, actor=client)] == [link.id]
    for request in (
        shelf.linking(package, link.client_id),
        v1.PackagesScheduleRequest(link_id=link.id, lines=[shelf.line(2, "10:00")]),
        v1.PackagesRenewLinkRequest(link_id=link.id),
        v1.PackagesDeleteLinkRequest(link_id=link.id, future_sessions=KEEP),
    ):
        with pytest.raises(PermissionDenied):
            shelf.staff.call(request, actor=client)
        with pytest.raises(NotFound):
            shelf.staff.call(request, actor=outsider)
    # A therapist books sessions of their own only.
    second = shelf.colleague()
    shared = shelf.package(service_ids=[shelf.practice.service.id, second.id])
    of_another = [shelf.line(1, "11:00", therapist_id=second.therapist_id)]
    with pytest.raises(NotFound):
        shelf.link(shared, lines=of_another, actor=therapist)
    with pytest.raises(PermissionDenied):
        shelf.staff.call(v1.PackagesListRequest(), actor=client)


# B-14, and clients.


def test_a_repeated_call_is_done_once(shelf: Shelf) -> None:  # B-13
    request = shelf.linking(shelf.package(10_000), lines=[shelf.line(1, "10:00")])
    key = new_id("key")
    first = shelf.staff.call(request, key=key)
    assert shelf.staff.call(request, key=key) == first
    assert len(shelf.links(request.client_id)) == 1
    request.link_id = first.link.id
    with pytest.raises(AlreadyExists) as refused:
        shelf.staff.call(request)
    assert refused.value.reason == "ID_TAKEN"


def test_a_client_is_changed(shelf: Shelf) -> None:  # N-2 B-14
    client = shelf.client()

    def update(*paths: str, actor: object = None, **fields: object) -> v1.Client:
        request = v1.ClientsUpdateRequest(
            client=v1.Client(id=client, **fields), update_mask=FieldMask(paths=paths)
        )
        return shelf.staff.call(request, actor=actor).client

    before = shelf.staff.call(v1.ClientsGetRequest(client_id=client)).client
    after = update("sms_lead_minutes", "phone", sms_lead_minutes=120, phone="+390677889900")
    assert (after.sms_lead_minutes, after.phone) == (120, "+390677889900")
    assert (after.name, after.email, after.version) == (before.name, before.email, before.version + 1)
    own = update("language", language="pl", actor=as_client(client))
    assert own.language == "pl"
    matches = shelf.staff.call(v1.ClientsMatchRequest(phone="+390677889900")).matches
    assert client in {each.client.id for each in matches}
    with pytest.raises(Aborted):
        update("name", name="Anna", version=1)
    with pytest.raises((NotFound, PermissionDenied)):
        update("name", name="Anna", actor=as_client(shelf.client()))
    for field, value in (("sms_lead_minutes", 5), ("email", "nobody"), ("time_zone", "Mars/Base")):
        with pytest.raises(InvalidArgument) as refused:
            update(field, **{field: value})
        assert refused.value.fields == [f"client.{field}"]
    # What is booked from then on has it.
    assert shelf.link(shelf.package(), client).link.sms_lead_minutes == 120
