"""The calls that change a schedule: exceptions by id, masks, versions, whose they are (S-8)."""

from datetime import timedelta

import contract as v1
import pytest
from client import (
    Aborted,
    AlreadyExists,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from google.protobuf.field_mask_pb2 import FieldMask
from practice import (
    Practice,
    closed,
    closed_hours,
    extra_hours,
    mornings,
    new_id,
    office,
    register,
    update_schedule,
    weekly,
)

MORNING = ["09:00", "10:00", "11:00"]


@pytest.fixture
def practice(staff: Connection) -> Practice:
    return mornings(staff)


def test_exceptions_are_read_back_in_order(staff: Connection, practice: Practice) -> None:  # S-8
    given = [
        closed(practice.day(9), note="Ferie – chiuso"),
        extra_hours(practice.location.id, practice.day(3), "20:00", "26:00"),
        closed_hours(practice.day(5), "00:00", "00:01", location_id=practice.location.id),
        closed(practice.day(4), practice.day(4) + timedelta(days=366)),
    ]
    added = staff.call(practice.adding(*given)).schedule
    assert added.version == 3
    assert [each.first_date for each in added.exceptions] == [
        practice.day(days).isoformat() for days in (3, 4, 5, 9)
    ]
    assert all(each.id.startswith("exc_") and len(each.id) == 30 for each in added.exceptions)
    for each, expected in zip(added.exceptions, [given[1], given[3], given[2], given[0]]):
        expected.id = each.id
        expected.last_date = expected.last_date or expected.first_date
        assert each == expected
    assert practice.schedule(staff) == added
    listed = staff.call(v1.DirectoryListSchedulesRequest(page_size=1000)).schedules
    assert added in listed


def test_a_caller_may_choose_an_exceptions_id_once(
    staff: Connection, practice: Practice
) -> None:
    mine = closed(practice.day(3), id=new_id("exc"))
    added = staff.call(practice.adding(mine)).schedule
    assert [each.id for each in added.exceptions] == [mine.id]
    with pytest.raises(AlreadyExists) as refused:
        staff.call(practice.adding(closed(practice.day(4)), mine))
    assert mine.id in refused.value.status.message
    assert practice.schedule(staff) == added
    # It is one schedule's: another may have the same.
    assert staff.call(mornings(staff).adding(mine)).schedule.exceptions[0].id == mine.id


def test_exceptions_are_removed_all_or_none(staff: Connection, practice: Practice) -> None:
    exceptions = [closed(practice.day(days), id=new_id("exc")) for days in (3, 4, 5)]
    staff.call(practice.adding(*exceptions))
    first, second, third = (each.id for each in exceptions)
    with pytest.raises(NotFound):
        staff.call(practice.removing(first, new_id("exc")))
    assert practice.free_on(staff, 3) == []
    left = staff.call(practice.removing(first, third)).schedule
    assert [each.id for each in left.exceptions] == [second]
    assert [practice.free_on(staff, days) for days in (3, 4, 5)] == [MORNING, [], MORNING]


def test_a_schedule_has_at_most_1000_exceptions(staff: Connection, practice: Practice) -> None:
    days = [closed(practice.day(9)) for _ in range(1000)]
    assert len(staff.call(practice.adding(*days)).schedule.exceptions) == 1000
    with pytest.raises(InvalidArgument) as refused:
        staff.call(practice.adding(closed(practice.day(10))))
    assert refused.value.fields == ["exceptions"]


def test_a_mask_changes_what_it_names_and_nothing_else(
    staff: Connection, practice: Practice
) -> None:
    staff.call(practice.adding(closed(practice.day(3))))
    before = practice.schedule(staff)
    new = v1.Schedule(
        therapist_id=practice.therapist.id,
        windows=weekly(practice.location.id, "14:00", "15:00"),
        exceptions=[closed(practice.day(5), practice.day(5), id=new_id("exc"))],
        public_holidays=["DE-BY"],
    )
    for path in ("windows", "public_holidays", "exceptions"):
        expected = v1.Schedule()
        expected.CopyFrom(before)
        expected.ClearField(path)
        getattr(expected, path).extend(getattr(new, path))
        expected.version += 1
        before = update_schedule(staff, new, path).schedule
        assert before == expected == practice.schedule(staff)
    assert practice.free_on(staff, 4) == ["14:00"] and practice.free_on(staff, 5) == []
    # Without a mask all is replaced.
    emptied = update_schedule(staff, v1.Schedule(therapist_id=practice.therapist.id)).schedule
    assert not (emptied.windows or emptied.exceptions or emptied.public_holidays)


def test_a_stale_version_is_refused(staff: Connection, practice: Practice) -> None:  # B-14
    seen = practice.schedule(staff).version
    added = staff.call(practice.adding(closed(practice.day(3)), version=seen)).schedule
    assert added.version == seen + 1
    for request in (
        practice.adding(closed(practice.day(4)), version=seen),
        practice.removing(added.exceptions[0].id, version=seen),
    ):
        with pytest.raises(Aborted):
            staff.call(request)
    assert practice.schedule(staff) == added


def test_an_answer_as_if_changes_nothing(staff: Connection, practice: Practice) -> None:
    before = practice.schedule(staff)
    adding = practice.adding(closed(practice.day(3)), validate_only=True)
    answer = staff.call(adding, key="").schedule
    assert len(answer.exceptions) == 1 and answer.version == before.version + 1
    emptied = v1.DirectoryUpdateScheduleRequest(
        schedule=v1.Schedule(therapist_id=practice.therapist.id), validate_only=True
    )
    assert not staff.call(emptied, key="").schedule.windows
    with pytest.raises(NotFound):
        staff.call(practice.removing(new_id("exc"), validate_only=True), key="")
    assert practice.schedule(staff) == before
    assert practice.free_on(staff, 3) == MORNING


def test_a_repeated_call_adds_once(staff: Connection, practice: Practice) -> None:  # B-13
    key = "closed" + practice.therapist.id
    adding = practice.adding(closed(practice.day(3)))
    first = staff.call(adding, key=key)
    assert staff.call(adding, key=key) == first
    assert practice.schedule(staff) == first.schedule
    removing = practice.removing(first.schedule.exceptions[0].id)
    assert staff.call(removing, key=key) == staff.call(removing, key=key)


def test_therapists_keep_their_own_exceptions(staff: Connection, practice: Practice) -> None:
    own, other = as_therapist(practice.therapist.id), as_therapist(mornings(staff).therapist.id)
    client = as_client(register(staff))
    adding = practice.adding(closed(practice.day(3), id=new_id("exc")))
    removing = practice.removing(adding.exceptions[0].id)
    for request in (adding, removing):
        for actor in (other, client):
            with pytest.raises(PermissionDenied):
                staff.call(request, actor=actor)
        assert staff.call(request, actor=own).schedule.therapist_id == practice.therapist.id


def test_a_location_with_exceptions_stays_the_therapists(
    staff: Connection, practice: Practice
) -> None:
    update_schedule(staff, v1.Schedule(therapist_id=practice.therapist.id))
    other = staff.call(v1.DirectoryCreateLocationRequest(location=office())).location
    both = v1.DirectoryUpdateTherapistRequest(
        therapist=v1.Therapist(
            id=practice.therapist.id, location_ids=[practice.location.id, other.id]
        ),
        update_mask=FieldMask(paths=["location_ids"]),
    )
    staff.call(both)
    added = staff.call(practice.adding(closed(practice.day(3), location_id=other.id))).schedule
    without = v1.DirectoryUpdateTherapistRequest(
        therapist=v1.Therapist(id=practice.therapist.id, location_ids=[practice.location.id]),
        update_mask=FieldMask(paths=["location_ids"]),
    )
    with pytest.raises(FailedPrecondition):
        staff.call(without)
    staff.call(practice.removing(added.exceptions[0].id))
    assert staff.call(without).therapist.location_ids == [practice.location.id]


def test_an_import_takes_the_whole_schedule(staff: Connection, practice: Practice) -> None:
    windows = weekly(practice.location.id, "09:00", "10:00")
    windows[0].valid_from = "2026-01-01"
    schedule = v1.Schedule(
        therapist_id=practice.therapist.id,
        windows=windows,
        exceptions=[
            closed(practice.day(4), practice.day(4), id=new_id("exc")),
            closed(practice.day(3), practice.day(3), id=new_id("exc")),
        ],
        public_holidays=["IT"],
    )
    staff.call(v1.DirectoryImportRequest(schedules=[schedule]))
    kept = practice.schedule(staff)
    assert list(kept.exceptions) == [schedule.exceptions[1], schedule.exceptions[0]]
    assert kept.windows == schedule.windows and kept.public_holidays == ["IT"]
    assert practice.free_on(staff, 3) == practice.free_on(staff, 4) == []
