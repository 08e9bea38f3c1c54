"""The life of an appointment: its states, its history, whether the client came (A-1, A-2, A-4)."""

import contract as v1
import pytest
from client import (
    Aborted,
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    as_client,
    as_therapist,
)
from conftest import NewPartner
from life import SOON_MS, advance, cancelling, history, moving, offering, paying, read
from practice import MINUTE_MS, now_ms, open_practice, register


def completing(booked: v1.Appointment, **more: int) -> v1.AppointmentsCompleteRequest:
    return v1.AppointmentsCompleteRequest(appointment_id=booked.id, **more)


def attending(
    booked: v1.Appointment, attendance: str, **more: int
) -> v1.AppointmentsSetAttendanceRequest:
    return v1.AppointmentsSetAttendanceRequest(
        appointment_id=booked.id, attendance=attendance, **more
    )


def attendance(code: str, **more: object) -> v1.AttendanceStatus:
    fields: dict[str, object] = {"name": code.title(), "effect": v1.ATTENDANCE_EFFECT_NONE}
    return v1.AttendanceStatus(code=code, **fields | more)


def update(
    connection: Connection, *statuses: v1.AttendanceStatus, version: int = 0
) -> v1.DirectoryUpdateAttendanceStatusesResponse:
    request = v1.DirectoryUpdateAttendanceStatusesRequest(statuses=statuses, version=version)
    return connection.call(request)


def test_every_step_is_kept_with_who_when_and_why(staff: Connection) -> None:
    practice = open_practice(staff)
    before = now_ms()
    booked = practice.book(staff, practice.at(3, "10:00"), actor=as_therapist(practice.therapist.id))
    client = as_client(booked.client_id)
    staff.call(moving(booked, practice.at(3, "12:00"), reason="sooner was too soon"))
    staff.call(paying(booked, note="coins"))
    staff.call(cancelling(booked, reason="ill"), actor=client)
    steps = history(staff, booked)
    assert [each.version for each in steps] == [1, 2, 3, 4]
    kinds = ["BOOKED", "RESCHEDULED", "PAYMENT_RECORDED", "CANCELLED"]
    assert [each.kind for each in steps] == kinds
    scheduled, cancelled = (
        v1.APPOINTMENT_STATE_SCHEDULED,
        v1.APPOINTMENT_STATE_CANCELLED_BY_CLIENT,
    )
    assert [each.from_state for each in steps] == [0, scheduled, scheduled, scheduled]
    assert [each.to_state for each in steps] == [scheduled, scheduled, scheduled, cancelled]
    assert [each.actor_role for each in steps] == ["THERAPIST", "STAFF", "STAFF", "CLIENT"]
    assert (steps[0].actor_id, steps[3].actor_id) == (practice.therapist.id, booked.client_id)
    reasons = ["", "sooner was too soon", "coins", "ill"]
    assert [each.reason for each in steps] == reasons
    times = [each.time.ToMilliseconds() for each in steps]
    assert times == sorted(times) and before <= times[0] and times[-1] <= now_ms()
    assert [each.HasField("start_time_before") for each in steps] == [False, True, False, False]


def test_whose_the_appointment_is_may_read_its_history(
    staff: Connection, partner: Connection
) -> None:
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    for actor in (None, as_client(booked.client_id), as_therapist(practice.therapist.id)):
        assert len(history(staff, booked, actor)) == 1
    other = open_practice(staff).therapist.id
    for actor in (as_client(register(staff)), as_client(""), as_therapist(other)):
        with pytest.raises(NotFound):
            history(staff, booked, actor)
    with pytest.raises(NotFound):
        history(partner, booked)


def test_what_has_not_begun_is_neither_completed_nor_attended(staff: Connection) -> None:
    # A-1 A-2 A-4
    practice = open_practice(staff)
    booked = practice.book(staff, practice.at(3, "10:00"))
    for request in (completing(booked), attending(booked, "ATTENDED")):
        with pytest.raises(FailedPrecondition) as refused:
            staff.call(request, actor=as_therapist(practice.therapist.id))
        assert refused.value.reason == "APPOINTMENT_STATE"
        assert refused.value.status.error_info.metadata["state"] == "SCHEDULED"
        with pytest.raises(PermissionDenied):
            staff.call(request, actor=as_client(booked.client_id))
        with pytest.raises(NotFound):
            staff.call(request, actor=as_therapist(open_practice(staff).therapist.id))
    for request in (completing(booked, version=2), attending(booked, "ATTENDED", version=2)):
        with pytest.raises(Aborted):
            staff.call(request)
    with pytest.raises(InvalidArgument) as refused:
        staff.call(attending(booked, "came"))
    assert refused.value.fields == ["attendance"]


def test_a_session_runs_its_course(sandboxed: Connection) -> None:
    practice = open_practice(sandboxed)
    start = practice.at(3, "10:00")
    booked = practice.book(sandboxed, start)
    begins, ends = start - 5 * MINUTE_MS, start + 50 * MINUTE_MS
    states = []
    for instant in (begins - SOON_MS, begins, ends - SOON_MS, ends):
        advance(sandboxed, instant)
        states.append(read(sandboxed, booked).state)
    assert states == [
        v1.APPOINTMENT_STATE_SCHEDULED,
        v1.APPOINTMENT_STATE_IN_PROGRESS,
        v1.APPOINTMENT_STATE_IN_PROGRESS,
        v1.APPOINTMENT_STATE_COMPLETED,
    ]
    assert read(sandboxed, booked).attendance == ""
    steps = history(sandboxed, booked)
    assert [each.kind for each in steps] == ["BOOKED", "BEGUN", "COMPLETED"]
    assert [each.actor_role for each in steps] == ["STAFF", "SYSTEM", "SYSTEM"]
    with pytest.raises(FailedPrecondition) as refused:
        sandboxed.call(completing(booked))
    assert refused.value.status.error_info.metadata["state"] == "COMPLETED"


def test_a_session_is_completed_by_hand_once(sandboxed: Connection) -> None:
    practice = offering(sandboxed, complete_after_minutes=30)
    start = practice.at(3, "10:00")
    booked = practice.book(sandboxed, start)
    other = practice.book(sandboxed, practice.at(3, "12:00"))
    advance(sandboxed, start + 60 * MINUTE_MS)
    assert read(sandboxed, booked).state == v1.APPOINTMENT_STATE_IN_PROGRESS
    actor = as_therapist(practice.therapist.id)
    done = sandboxed.call(completing(booked, version=2), actor=actor).appointment
    assert done.state == v1.APPOINTMENT_STATE_COMPLETED and done.attendance == ""
    assert done.payment_status == v1.PAYMENT_STATUS_DUE
    # What was said by hand stays; the other follows its policy.
    advance(sandboxed, practice.at(3, "13:19"))
    assert read(sandboxed, other).state == v1.APPOINTMENT_STATE_IN_PROGRESS
    advance(sandboxed, practice.at(3, "13:20"))
    assert read(sandboxed, other).state == v1.APPOINTMENT_STATE_COMPLETED
    assert read(sandboxed, booked) == done
    # And can be paid still.
    assert sandboxed.call(paying(booked), actor=actor).appointment.version == 4


def test_whether_the_client_came_is_set_and_corrected(sandboxed: Connection) -> None:
    practice = open_practice(sandboxed)
    start = practice.at(3, "10:00")
    booked = practice.book(sandboxed, start)
    update(sandboxed, attendance("EXCUSED", effect=v1.ATTENDANCE_EFFECT_RELEASE))
    advance(sandboxed, start - 5 * MINUTE_MS)
    actor = as_therapist(practice.therapist.id)
    said = ["ATTENDED", "NO_SHOW", "EXCUSED", "", "ATTENDED"]
    for version, each in enumerate(said, start=2):
        now = sandboxed.call(attending(booked, each, version=version), actor=actor).appointment
        assert (now.attendance, now.version) == (each, version + 1)
        assert now.state == v1.APPOINTMENT_STATE_IN_PROGRESS
    with pytest.raises(InvalidArgument) as refused:
        sandboxed.call(attending(booked, "ILL"))
    assert refused.value.fields == ["attendance"]
    assert "ATTENDED, NO_SHOW, EXCUSED" in str(refused.value)
    advance(sandboxed, practice.at(4, "00:00"))
    assert sandboxed.call(attending(booked, "NO_SHOW")).appointment.attendance == "NO_SHOW"
    assert [each.kind for each in history(sandboxed, booked)].count("ATTENDANCE_SET") == 6


def test_a_partner_has_attendance_statuses_of_its_own(new_partner: NewPartner) -> None:
    partner = new_partner()
    asked = v1.DirectoryListAttendanceStatusesRequest()
    assert partner.call(asked) == v1.DirectoryListAttendanceStatusesResponse()
    late = attendance("LATE", effect=v1.ATTENDANCE_EFFECT_DEDUCT, name="Przyszła później")
    excused = attendance("EXCUSED_2", effect=v1.ATTENDANCE_EFFECT_RELEASE)
    done = update(partner, late, excused)
    assert list(done.statuses) == [late, excused] and done.version == 1
    listed = partner.call(asked)
    assert (listed.statuses, listed.version) == (done.statuses, 1)
    practice = open_practice(partner)
    assert partner.call(asked, actor=as_therapist(practice.therapist.id)) == listed
    with pytest.raises(PermissionDenied):
        partner.call(
            v1.DirectoryUpdateAttendanceStatusesRequest(),
            actor=as_therapist(practice.therapist.id),
        )
    with pytest.raises(Aborted):
        update(partner, late, version=2)
    assert list(update(partner, excused, version=1).statuses) == [excused]
    assert update(partner).version == 3
    assert partner.call(asked) == v1.DirectoryListAttendanceStatusesResponse(version=3)


def test_every_wrong_attendance_status_is_named(staff: Connection) -> None:
    wrong = [
        (attendance("late"), "code"),
        (attendance("1ST"), "code"),
        (attendance("A" * 41), "code"),
        (attendance("ATTENDED"), "code"),
        (attendance("NO_SHOW"), "code"),
        (attendance(""), "code"),
        (attendance("A", name=""), "name"),
        (attendance("B", name="x" * 101), "name"),
        (attendance("C", effect=0), "effect"),
        (attendance("D"), ""),
        (attendance("D"), "code"),
    ]
    with pytest.raises(InvalidArgument) as refused:
        update(staff, *(each for each, _ in wrong))
    expected = [f"statuses[{index}].{field}" for index, (_, field) in enumerate(wrong) if field]
    assert [each for each in refused.value.fields if each != "statuses[5].name"] == expected
    with pytest.raises(InvalidArgument) as many:
        update(staff, *(attendance(f"A{index}") for index in range(51)))
    assert many.value.fields == ["statuses"]
