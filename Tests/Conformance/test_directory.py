"""Therapists, locations, services and schedules: created, changed by mask, imported as a whole."""

import contract as v1
import pytest
from client import (
    Aborted,
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    Refused,
)
from google.protobuf.field_mask_pb2 import FieldMask
from practice import DAY_MS, Practice, new_id, now_ms, office, online, open_practice, weekly


@pytest.fixture
def practice(staff: Connection) -> Practice:
    return open_practice(staff)


def test_what_is_created_is_read_back(staff: Connection, practice: Practice) -> None:
    therapist, location, service = practice.therapist, practice.location, practice.service
    assert (therapist.version, location.version, service.version) == (1, 1, 1)
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=therapist.id))
    assert got.therapist == therapist
    assert therapist.id.startswith("thr_") and len(therapist.id) == 30
    there = staff.call(v1.DirectoryGetLocationRequest(location_id=location.id))
    assert there.location == location
    assert location.id.startswith("loc_") and location.rooms[0].id.startswith("room_")
    line = staff.call(v1.DirectoryGetServiceRequest(service_id=service.id))
    assert line.service == service
    assert service.id.startswith("svc_")
    schedule = staff.call(v1.DirectoryGetScheduleRequest(therapist_id=therapist.id)).schedule
    assert schedule.version == 2
    assert list(schedule.windows) == weekly(location.id, "09:00", "17:00")


def test_a_new_therapist_has_an_empty_schedule(staff: Connection) -> None:
    therapist = v1.Therapist(display_name="Dr. Who", time_zone="Europe/Vienna", languages=["de"])
    made = staff.call(v1.DirectoryCreateTherapistRequest(therapist=therapist)).therapist
    schedule = staff.call(v1.DirectoryGetScheduleRequest(therapist_id=made.id)).schedule
    assert schedule == v1.Schedule(therapist_id=made.id, version=1)


def test_a_grid_of_0_means_30(staff: Connection) -> None:  # S-3
    practice = open_practice(staff, therapist={"grid_minutes": 0}, hours=("09:00", "11:00"))
    assert practice.free_on(staff, 3) == ["09:00", "09:30", "10:00"]


def test_a_taken_id_is_refused(staff: Connection, practice: Practice) -> None:
    with pytest.raises(AlreadyExists):
        staff.call(v1.DirectoryCreateTherapistRequest(therapist=practice.therapist))
    with pytest.raises(AlreadyExists):
        staff.call(v1.DirectoryCreateLocationRequest(location=practice.location))
    with pytest.raises(AlreadyExists):
        staff.call(v1.DirectoryCreateServiceRequest(service=practice.service))


def test_a_mask_changes_what_it_names_and_nothing_else(
    staff: Connection, practice: Practice
) -> None:
    change = v1.Therapist(id=practice.therapist.id, display_name="Maria Conti", time_zone="?")
    request = v1.DirectoryUpdateTherapistRequest(
        therapist=change, update_mask=FieldMask(paths=["display_name"])
    )
    changed = staff.call(request).therapist
    expected = v1.Therapist()
    expected.CopyFrom(practice.therapist)
    expected.display_name, expected.version = "Maria Conti", 2
    assert changed == expected
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=change.id)).therapist
    assert got == expected

    room = v1.Room(name="Stanza blu")
    location = v1.Location(id=practice.location.id, rooms=[*practice.location.rooms, room])
    grown = staff.call(
        v1.DirectoryUpdateLocationRequest(location=location, update_mask=FieldMask(paths=["rooms"]))
    ).location
    assert grown.name == practice.location.name and grown.version == 2
    assert [each.name for each in grown.rooms] == ["Stanza 1", "Stanza blu"]
    assert grown.rooms[0] == practice.location.rooms[0]

    price = v1.Money(minor_units=9000, currency="EUR")
    service = v1.Service(id=practice.service.id, price=price)
    dearer = staff.call(
        v1.DirectoryUpdateServiceRequest(service=service, update_mask=FieldMask(paths=["price"]))
    ).service
    assert dearer.price == price and dearer.name == practice.service.name
    found = staff.call(practice.search(0, now_ms() + 3 * DAY_MS))
    assert found.groups[0].price == price


def test_no_mask_changes_all(staff: Connection, practice: Practice) -> None:
    change = v1.Therapist(
        id=practice.therapist.id,
        display_name="Maria Conti",
        time_zone="Europe/Rome",
        languages=["it", "de"],
        specialities=["anxiety"],
        location_ids=[practice.location.id],
    )
    changed = staff.call(v1.DirectoryUpdateTherapistRequest(therapist=change)).therapist
    assert changed.version == 2
    assert changed.languages == ["it", "de"] and changed.specialities == ["anxiety"]
    assert changed.insurers == []


def test_a_mask_with_an_unknown_field_is_refused(staff: Connection, practice: Practice) -> None:
    schedule = v1.Schedule(therapist_id=practice.therapist.id)
    for paths in (["nonsense"], ["display_name", "rooms"], ["version"], [""]):
        mask = FieldMask(paths=paths)
        for request in (
            v1.DirectoryUpdateTherapistRequest(therapist=practice.therapist, update_mask=mask),
            v1.DirectoryUpdateServiceRequest(service=practice.service, update_mask=mask),
            v1.DirectoryUpdateScheduleRequest(schedule=schedule, update_mask=mask),
        ):
            with pytest.raises(InvalidArgument) as refused:
                staff.call(request)
            assert refused.value.fields[0].startswith("update_mask"), (paths, refused.value)
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id))
    assert got.therapist.version == 1


def test_a_service_stays_with_its_therapist(staff: Connection, practice: Practice) -> None:
    other = open_practice(staff)
    service = v1.Service()
    service.CopyFrom(practice.service)
    service.therapist_id = other.therapist.id
    with pytest.raises(InvalidArgument) as refused:
        staff.call(v1.DirectoryUpdateServiceRequest(service=service))
    assert refused.value.fields == ["service.therapist_id"]


def test_a_location_stays_of_its_mode(staff: Connection, practice: Practice) -> None:
    location = v1.Location(id=practice.location.id, mode=v1.SESSION_MODE_ONLINE)
    mask = FieldMask(paths=["mode"])
    with pytest.raises(InvalidArgument) as refused:
        staff.call(v1.DirectoryUpdateLocationRequest(location=location, update_mask=mask))
    assert refused.value.fields == ["location.mode"]


def test_a_change_shows_in_searches_when_it_is_answered(
    staff: Connection, practice: Practice
) -> None:
    shorter = v1.Schedule(
        therapist_id=practice.therapist.id,
        windows=weekly(practice.location.id, "14:00", "16:00"),
        version=2,
    )
    changed = staff.call(v1.DirectoryUpdateScheduleRequest(schedule=shorter)).schedule
    assert changed.version == 3
    assert practice.free_on(staff, 3) == ["14:00", "14:30", "15:00"]

    service = v1.Service(id=practice.service.id, duration_minutes=90)
    mask = FieldMask(paths=["duration_minutes"])
    staff.call(v1.DirectoryUpdateServiceRequest(service=service, update_mask=mask))
    assert practice.free_on(staff, 3) == ["14:00", "14:30"]

    with pytest.raises(Aborted):
        staff.call(v1.DirectoryUpdateScheduleRequest(schedule=shorter))


def test_a_schedule_never_cancels_what_is_booked(staff: Connection, practice: Practice) -> None:
    # S-13
    booked = practice.book(staff, practice.at(3, "10:00"))
    closed = v1.Schedule(therapist_id=practice.therapist.id)
    staff.call(v1.DirectoryUpdateScheduleRequest(schedule=closed))
    assert practice.free_on(staff, 3) == []
    got = staff.call(v1.AppointmentsGetRequest(appointment_id=booked.id))
    assert got.appointment == booked


def test_what_something_depends_on_cannot_go(staff: Connection, practice: Practice) -> None:
    booked = practice.book(staff, practice.at(3, "10:00"))
    roomless = v1.DirectoryUpdateLocationRequest(
        location=v1.Location(id=practice.location.id), update_mask=FieldMask(paths=["rooms"])
    )
    with pytest.raises(FailedPrecondition) as refused:
        staff.call(roomless)
    assert refused.value.status.precondition_failure.violations
    homeless = v1.DirectoryUpdateTherapistRequest(
        therapist=v1.Therapist(id=practice.therapist.id),
        update_mask=FieldMask(paths=["location_ids"]),
    )
    with pytest.raises(FailedPrecondition):
        staff.call(homeless)
    staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
    assert not staff.call(roomless).location.rooms


def test_a_service_is_offered_only_where_it_can_be(staff: Connection, practice: Practice) -> None:
    video = staff.call(v1.DirectoryCreateLocationRequest(location=online())).location
    elsewhere = staff.call(v1.DirectoryCreateLocationRequest(location=office())).location
    for location in (video, elsewhere):  # of another mode; not one of the therapist's
        service = v1.Service()
        service.CopyFrom(practice.service)
        service.ClearField("id")
        service.location_ids[0] = location.id
        with pytest.raises(Refused) as refused:
            staff.call(v1.DirectoryCreateServiceRequest(service=service))
        assert isinstance(refused.value, InvalidArgument | FailedPrecondition)
    windows = weekly(elsewhere.id, "09:00", "17:00")
    schedule = v1.Schedule(therapist_id=practice.therapist.id, windows=windows)
    with pytest.raises(Refused) as refused:
        staff.call(v1.DirectoryUpdateScheduleRequest(schedule=schedule))
    assert isinstance(refused.value, InvalidArgument | FailedPrecondition)


def test_resources_that_do_not_exist_cannot_be_changed(
    staff: Connection, practice: Practice
) -> None:
    therapist, location, service = v1.Therapist(), v1.Location(), v1.Service()
    therapist.CopyFrom(practice.therapist)
    location.CopyFrom(practice.location)
    service.CopyFrom(practice.service)
    therapist.id = therapist.id[:-3] + "000"
    location.id = location.id[:-3] + "000"
    service.id = service.id[:-3] + "000"
    schedule = v1.Schedule(therapist_id=therapist.id)
    for request in (
        v1.DirectoryUpdateTherapistRequest(therapist=therapist),
        v1.DirectoryUpdateLocationRequest(location=location),
        v1.DirectoryUpdateServiceRequest(service=service),
        v1.DirectoryUpdateScheduleRequest(schedule=schedule),
    ):
        with pytest.raises(NotFound):
            staff.call(request)


def whole_directory() -> v1.DirectoryImportRequest:
    """A practice with two therapists, as one import: resources refer to each other."""
    place = office(rooms=2)
    place.id = new_id("loc")
    for room in place.rooms:
        room.id = new_id("room")
    request = v1.DirectoryImportRequest(locations=[place])
    for name in ("Anna", "Berta"):
        therapist = v1.Therapist(
            id=new_id("thr"),
            display_name=name,
            time_zone="Europe/Warsaw",
            languages=["pl"],
            location_ids=[place.id],
        )
        request.therapists.append(therapist)
        service = v1.Service(
            id=new_id("svc"),
            therapist_id=therapist.id,
            name="Konsultacja",
            kind="individual",
            duration_minutes=50,
            price=v1.Money(minor_units=25000, currency="PLN"),
            mode=v1.SESSION_MODE_IN_PERSON,
            location_ids=[place.id],
            payment_plan=v1.PAYMENT_PLAN_ON_SITE,
        )
        request.services.append(service)
        windows = weekly(place.id, "09:00", "17:00")
        request.schedules.append(v1.Schedule(therapist_id=therapist.id, windows=windows))
    return request


def test_a_whole_directory_is_imported_in_one_step(staff: Connection) -> None:
    request = whole_directory()
    assert staff.call(request).created == 5
    for index in (0, 1):
        practice = Practice(
            request.locations[0], request.therapists[index], request.services[index]
        )
        assert len(practice.free_on(staff, 3)) == 15
        got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id))
        assert got.therapist.version == 1
        assert got.therapist.display_name == practice.therapist.display_name

    request.therapists[1].display_name = "Barbara"
    again = staff.call(request)
    assert (again.created, again.replaced) == (0, 7)
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=request.therapists[1].id))
    assert (got.therapist.display_name, got.therapist.version) == ("Barbara", 2)


def test_an_import_with_a_mistake_imports_nothing(staff: Connection) -> None:
    request = whole_directory()
    request.therapists[1].time_zone = "Mars/Base"
    request.services[0].duration_minutes = 0
    request.schedules[1].windows[3].weekday = 9
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == [
        "therapists[1].time_zone",
        "services[0].duration_minutes",
        "schedules[1].windows[3].weekday",
    ]
    assert_absent(staff, request)


def test_an_import_that_refers_to_nothing_imports_nothing(staff: Connection) -> None:
    request = whole_directory()
    absent = new_id("loc")
    request.therapists[1].location_ids.append(absent)
    with pytest.raises(Refused) as refused:
        staff.call(request)
    assert isinstance(refused.value, NotFound | InvalidArgument)
    named = " ".join([refused.value.status.message, *refused.value.fields])
    assert absent in named or "therapists[1]" in named
    assert_absent(staff, request)


def test_an_import_carries_ids_and_each_once(staff: Connection) -> None:
    request = whole_directory()
    request.locations[0].rooms.add(name="Stanza senza id")
    request.therapists[1].id = request.therapists[0].id
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert "therapists[1].id" in refused.value.fields
    request = whole_directory()
    request.services[0].id = ""
    with pytest.raises(InvalidArgument) as refused:
        staff.call(request)
    assert refused.value.fields == ["services[0].id"]
    assert_absent(staff, request)


def test_an_import_has_a_limit(staff: Connection) -> None:
    request = v1.DirectoryImportRequest()
    for number in range(10_001):
        request.locations.add(id=new_id("loc"), name=f"{number}", mode=v1.SESSION_MODE_ONLINE)
    with pytest.raises(InvalidArgument):
        staff.call(request)
    with pytest.raises(NotFound):
        staff.call(v1.DirectoryGetLocationRequest(location_id=request.locations[0].id))


def assert_absent(staff: Connection, request: v1.DirectoryImportRequest) -> None:
    for location in request.locations:
        with pytest.raises(NotFound):
            staff.call(v1.DirectoryGetLocationRequest(location_id=location.id))
    for therapist in request.therapists:
        with pytest.raises(NotFound):
            staff.call(v1.DirectoryGetTherapistRequest(therapist_id=therapist.id))
