"""What partner, therapist and service set for themselves: who counts first, what comes of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import contract as v1
import pytest
from client import (
    Aborted,
    AlreadyExists,
    Connection,
    FailedPrecondition,
    PermissionDenied,
    as_client,
    as_therapist,
)
from conftest import NewPartner, StartServer
from google.protobuf.field_mask_pb2 import FieldMask
from practice import DAY_MS, HOUR_MS, Practice, months_later, now_ms, open_practice
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status

STRANGER = as_client("")


def set_partner(connection: Connection, **settings: int) -> v1.DirectoryUpdatePolicyResponse:
    return connection.call(v1.DirectoryUpdatePolicyRequest(policy=v1.Policy(**settings)))


def set_therapist(connection: Connection, practice: Practice, **settings: int) -> v1.Therapist:
    request = v1.DirectoryUpdateTherapistRequest(
        therapist=v1.Therapist(id=practice.therapist.id, policy=v1.Policy(**settings)),
        update_mask=FieldMask(paths=["policy"]),
    )
    return connection.call(request).therapist


def set_service(connection: Connection, practice: Practice, **settings: int) -> v1.Service:
    request = v1.DirectoryUpdateServiceRequest(
        service=v1.Service(id=practice.service.id, policy=v1.Policy(**settings)),
        update_mask=FieldMask(paths=["policy"]),
    )
    return connection.call(request).service


def last_day(connection: Connection, practice: Practice, actor: wire.Actor | None) -> date:
    """The last day within two years on which this actor is offered anything."""
    last = 0
    for first in range(0, 760, 30):
        search = practice.search(practice.at(first, "00:00"), practice.at(first + 30, "00:00"))
        for group in connection.call(search, actor=actor).groups:
            last = max(last, *group.start_ms)
    return datetime.fromtimestamp(last / 1000, ZoneInfo(practice.therapist.time_zone)).date()


def test_a_partner_begins_without_a_policy(partner: Connection) -> None:
    got = partner.call(v1.DirectoryGetPolicyRequest())
    assert got == v1.DirectoryGetPolicyResponse(policy=v1.Policy())


def test_a_policy_is_replaced_whole_and_read_back(new_partner: NewPartner) -> None:
    partner, other = new_partner(), new_partner()
    everything = {
        "staff_horizon_months": 24,
        "client_horizon_months": 2,
        "minimum_notice_minutes": 44_640,
        "daily_cap": 1_000,
        "weekly_cap": -1,
        "hold_minutes": 60,
        "hold_total_minutes": 1_440,
    }
    changed = set_partner(partner, **everything)
    assert changed.policy == v1.Policy(**everything) and changed.version == 1
    got = partner.call(v1.DirectoryGetPolicyRequest())
    assert (got.policy, got.version) == (changed.policy, 1)
    assert set_partner(partner, minimum_notice_minutes=-1).version == 2
    got = partner.call(v1.DirectoryGetPolicyRequest())
    assert (got.policy, got.version) == (v1.Policy(minimum_notice_minutes=-1), 2)
    assert not other.call(v1.DirectoryGetPolicyRequest()).version


def test_a_stale_policy_version_is_refused(partner: Connection) -> None:  # B-14
    set_partner(partner, daily_cap=5)
    request = v1.DirectoryUpdatePolicyRequest(policy=v1.Policy(daily_cap=6), version=1)
    assert partner.call(request).version == 2
    with pytest.raises(Aborted):
        partner.call(request)
    assert partner.call(v1.DirectoryGetPolicyRequest()).policy.daily_cap == 6


def test_only_staff_keep_the_policy(staff: Connection) -> None:
    therapist = as_therapist(open_practice(staff).therapist.id)
    for actor in (therapist, STRANGER):
        for request in (
            v1.DirectoryGetPolicyRequest(),
            v1.DirectoryUpdatePolicyRequest(policy=v1.Policy(daily_cap=1)),
        ):
            with pytest.raises(PermissionDenied):
                staff.call(request, actor=actor)


def test_therapist_and_service_keep_theirs(staff: Connection) -> None:
    settings = {"client_horizon_months": 3, "minimum_notice_minutes": -1, "hold_minutes": 5}
    practice = open_practice(
        staff,
        therapist={"policy": v1.Policy(daily_cap=-1, weekly_cap=9, **settings)},
        service={"policy": v1.Policy(**settings)},
    )
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id))
    assert got.therapist == practice.therapist
    assert got.therapist.policy == v1.Policy(daily_cap=-1, weekly_cap=9, **settings)
    line = staff.call(v1.DirectoryGetServiceRequest(service_id=practice.service.id)).service
    assert line == practice.service and line.policy == v1.Policy(**settings)
    # A mask that does not name it leaves it.
    renamed = v1.DirectoryUpdateTherapistRequest(
        therapist=v1.Therapist(id=practice.therapist.id, display_name="Maria"),
        update_mask=FieldMask(paths=["display_name"]),
    )
    assert staff.call(renamed).therapist.policy == practice.therapist.policy
    assert not set_therapist(staff, practice).HasField("policy")


def test_an_import_takes_policies_and_buffers(staff: Connection) -> None:
    practice = open_practice(staff)
    practice.therapist.policy.daily_cap = 4
    practice.service.policy.minimum_notice_minutes = 90
    practice.service.buffer_after_minutes = 10
    staff.call(
        v1.DirectoryImportRequest(therapists=[practice.therapist], services=[practice.service])
    )
    got = staff.call(v1.DirectoryGetTherapistRequest(therapist_id=practice.therapist.id))
    assert got.therapist.policy == practice.therapist.policy
    line = staff.call(v1.DirectoryGetServiceRequest(service_id=practice.service.id)).service
    assert line.policy == practice.service.policy and line.buffer_after_minutes == 10


@pytest.mark.parametrize(
    ("setting", "actor", "default"),
    [("client_horizon_months", STRANGER, 1), ("staff_horizon_months", None, 6)],
)
def test_horizons_come_from_the_service_then_the_therapist_then_the_partner(
    partner: Connection, setting: str, actor: wire.Actor | None, default: int
) -> None:  # S-2
    practice = open_practice(partner)

    def reaches(months: int) -> bool:
        return last_day(partner, practice, actor) == months_later(practice.day(0), months)

    assert reaches(default)
    set_partner(partner, **{setting: 4})
    assert reaches(4)
    set_therapist(partner, practice, **{setting: 24})
    assert reaches(24)
    set_service(partner, practice, **{setting: 2})
    assert reaches(2)
    beyond = practice.at((months_later(practice.day(0), 2) - practice.day(0)).days + 1, "10:00")
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(partner, beyond, actor=actor)
    assert refused.value.kinds == [status.DISCREPANCY_KIND_BEYOND_HORIZON]
    set_service(partner, practice)
    assert reaches(24)
    set_therapist(partner, practice)
    set_partner(partner)
    assert reaches(default)


def test_notice_comes_from_the_service_then_the_therapist_then_the_partner(
    partner: Connection,
) -> None:  # S-4
    practice = open_practice(partner, hours=("00:00", "24:00"), service={"duration_minutes": 30})

    def first_after(hours: int) -> bool:
        """Whether the first start lies within the half hour that begins so many hours from now."""
        asked = now_ms()
        first = practice.free(partner, 0, asked + 10 * DAY_MS)[0]
        return asked + hours * HOUR_MS <= first <= now_ms() + hours * HOUR_MS + HOUR_MS // 2

    assert first_after(0)
    set_partner(partner, minimum_notice_minutes=3 * 60)
    assert first_after(3)
    set_therapist(partner, practice, minimum_notice_minutes=48 * 60)
    assert first_after(48)
    with pytest.raises(FailedPrecondition) as refused:
        practice.book(partner, practice.at(1, "10:00"))
    assert refused.value.kinds == [status.DISCREPANCY_KIND_UNDER_NOTICE]
    set_service(partner, practice, minimum_notice_minutes=-1)
    assert first_after(0)
    assert practice.book(partner, practice.at(1, "10:00")).id


def test_caps_come_from_the_therapist_then_the_partner(partner: Connection) -> None:  # S-4
    practice = open_practice(partner)
    practice.book(partner, practice.at(3, "10:00"))
    assert practice.free_on(partner, 3)
    set_partner(partner, daily_cap=1)
    assert practice.free_on(partner, 3) == [] and practice.free_on(partner, 4)
    with pytest.raises((FailedPrecondition, AlreadyExists)) as refused:
        practice.book(partner, practice.at(3, "14:00"))
    assert refused.value.kinds == [status.DISCREPANCY_KIND_OVER_CAP]
    set_therapist(partner, practice, daily_cap=2)
    practice.book(partner, practice.at(3, "14:00"))
    assert practice.free_on(partner, 3) == []
    set_therapist(partner, practice, daily_cap=-1)
    assert practice.free_on(partner, 3)


def test_a_weekly_cap_counts_from_monday_on(partner: Connection) -> None:  # S-4
    practice = open_practice(partner)
    monday = next(days for days in range(2, 9) if practice.day(days).isoweekday() == 1)
    set_partner(partner, weekly_cap=2)
    practice.book(partner, practice.at(monday, "10:00"))
    assert practice.free_on(partner, monday + 6)
    practice.book(partner, practice.at(monday + 5, "10:00"))
    assert [bool(practice.free_on(partner, monday + days)) for days in (0, 3, 6, 7)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_partners_policy_is_theirs_alone(new_partner: NewPartner) -> None:  # S-2
    mine, theirs = new_partner(), new_partner()
    practice, other = open_practice(mine), open_practice(theirs)
    set_partner(mine, minimum_notice_minutes=44_640)
    assert practice.free_on(mine, 3) == []
    assert other.free_on(theirs, 3)


def test_a_new_therapist_is_under_the_partners_policy(partner: Connection) -> None:  # S-4
    set_partner(partner, minimum_notice_minutes=44_640)
    practice = open_practice(partner)
    assert practice.free_on(partner, 3) == []


def test_policies_hold_after_a_restart(start_server: StartServer) -> None:  # S-2, S-4
    server = start_server()
    with server.connect() as staff:
        practice = open_practice(staff)
        set_partner(staff, minimum_notice_minutes=44_640)
        other = open_practice(staff)
        set_therapist(staff, other, minimum_notice_minutes=-1)
        free = practice.free_on(staff, 3), len(other.free_on(staff, 3))
    assert server.stop() == 0, server.tail()
    server.start()
    with server.connect() as staff:
        assert (practice.free_on(staff, 3), len(other.free_on(staff, 3))) == free == ([], 15)
        assert staff.call(v1.DirectoryGetPolicyRequest()).version == 1
