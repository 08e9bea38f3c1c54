"""The way to a session: a party's own link to one online, the address of one in person (A-3).

The tokens are read by PyJWT, which knows nothing of how they were made.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import contract as v1
import jwt
import pytest
from client import (
    Connection,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    as_client,
    as_therapist,
)
from conftest import StartServer
from practice import MINUTE_MS, Practice, now_ms, office, online, open_practice, register
from seduta.wire.v1 import frames_pb2 as wire
from seduta.wire.v1 import status_pb2 as status
from server import Server

SECRET = "what Jitsi or LiveKit has, too, and nobody else"
ANYTIME = [
    status.DISCREPANCY_KIND_OUTSIDE_LOCATION_HOURS,
    status.DISCREPANCY_KIND_OUTSIDE_SCHEDULE,
    status.DISCREPANCY_KIND_IN_PAST,
    status.DISCREPANCY_KIND_OFF_GRID,
]
JITSI = ("jitsi", "https://meet.example.org", "praxis")
LIVEKIT = (
    "livekit",
    "https://meet.example.org/custom?liveKitUrl=wss://video.example.org",
    "APIpraxis",
)
StartVideo = Callable[..., Server]


@pytest.fixture
def start_video(start_server: StartServer, tmp_path: Path) -> StartVideo:
    """Starts a server whose online sessions take place somewhere."""
    file = tmp_path / "video-secret"
    file.write_text(f"{SECRET}\n")

    def start(video: str, url: str, app_id: str, *flags: str) -> Server:
        place = ("--video", video, "--video-url", url, "--video-app-id", app_id)
        return start_server(*place, "--video-secret-file", str(file), *flags)

    return start


def book(connection: Connection, practice: Practice, minutes: int) -> v1.Appointment:
    """Books a session that begins so many minutes from now."""
    start_ms = now_ms() // MINUTE_MS * MINUTE_MS + minutes * MINUTE_MS
    return practice.book(connection, start_ms, overrides=ANYTIME)


def join(
    connection: Connection,
    booked: v1.Appointment,
    party: int = wire.ACTOR_ROLE_UNSPECIFIED,
    actor: wire.Actor | None = None,
) -> v1.AppointmentsJoinResponse:
    request = v1.AppointmentsJoinRequest(appointment_id=booked.id, party=party)
    return connection.call(request, actor=actor)


def both(connection: Connection, booked: v1.Appointment) -> tuple[str, str]:
    """The therapist's link and the client's, each as they get it themselves."""
    return (
        join(connection, booked, actor=as_therapist(booked.therapist_id)).url,
        join(connection, booked, actor=as_client(booked.client_id)).url,
    )


def read(url: str, parameter: str, secret: str = SECRET, **more: Any) -> dict[str, Any]:
    """What a link's token says, once PyJWT has found its signature and its times right."""
    token = parse_qs(urlsplit(url).query)[parameter][0]
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, secret[::-1], algorithms=["HS256"], **more)
    return dict(jwt.decode(token, secret, algorithms=["HS256"], **more))


def test_each_party_joins_jitsi_with_a_link_of_its_own(start_video: StartVideo) -> None:
    with start_video(*JITSI).connect() as staff:
        practice = open_practice(staff, location=online())
        booked = book(staff, practice, 5)
        links = both(staff, booked)
        client = staff.call(v1.ClientsGetRequest(client_id=booked.client_id)).client
    claims = [read(url, "jwt", audience="jitsi", issuer="praxis") for url in links]
    rooms = {said["room"] for said in claims}
    assert len(rooms) == 1 and not {booked.id, booked.client_id} & rooms
    for url, said in zip(links, claims, strict=True):
        assert url.startswith(f"https://meet.example.org/{said['room']}?jwt=")
        assert said["sub"] == "meet.example.org"
        assert said["nbf"] * 1000 == booked.start_time.ToMilliseconds() - 10 * MINUTE_MS
        assert said["exp"] * 1000 == booked.end_time.ToMilliseconds()
    assert [said["context"]["user"] for said in claims] == [
        {
            "id": booked.therapist_id,
            "name": practice.therapist.display_name,
            "affiliation": "owner",
            "moderator": "true",
        },
        {
            "id": booked.client_id,
            "name": client.name,
            "affiliation": "member",
            "moderator": "false",
        },
    ]
    assert all(client.email not in str(said) for said in claims)


def test_jitsis_domain_and_audience_can_be_told(start_video: StartVideo) -> None:
    named = ("--video-domain", "meet.jitsi", "--video-audience", "praxis")
    with start_video(*JITSI, *named).connect() as staff:
        booked = book(staff, open_practice(staff, location=online()), 0)
        for url in both(staff, booked):
            assert read(url, "jwt", audience="praxis")["sub"] == "meet.jitsi"


def test_each_party_joins_livekit_with_a_link_of_its_own(start_video: StartVideo) -> None:
    with start_video(*LIVEKIT).connect() as staff:
        practice = open_practice(staff, location=online())
        booked = book(staff, practice, -20)
        other = book(staff, open_practice(staff, location=online()), -20)
        links = both(staff, booked)
        elsewhere = read(both(staff, other)[0], "token")["video"]["room"]
        client = staff.call(v1.ClientsGetRequest(client_id=booked.client_id)).client
    claims = [read(url, "token", issuer="APIpraxis") for url in links]
    room = claims[0]["video"]["room"]
    assert room != elsewhere
    for url, said in zip(links, claims, strict=True):
        assert url.startswith(f"{LIVEKIT[1]}&token=")
        assert said["nbf"] * 1000 == booked.start_time.ToMilliseconds() - 10 * MINUTE_MS
        assert said["exp"] * 1000 == booked.end_time.ToMilliseconds()
    grant = {"room": room, "roomJoin": True, "canPublish": True, "canSubscribe": True}
    people = [
        (booked.therapist_id, practice.therapist.display_name, True),
        (booked.client_id, client.name, False),
    ]
    assert [(said["sub"], said["name"], said["video"]) for said in claims] == [
        (who, name, grant | {"roomAdmin": is_admin}) for who, name, is_admin in people
    ]


def test_a_sandbox_has_links_that_lead_nowhere(
    start_server: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEDUTA_SANDBOX", "true")
    for secret in ("the secret of every sandbox, known to all", SECRET):
        with start_server().connect() as staff:
            booked = book(staff, open_practice(staff, location=online()), 5)
            links = both(staff, booked)
        claims = [read(url, "token", secret, issuer="seduta-sandbox") for url in links]
        assert [said["sub"] for said in claims] == [booked.therapist_id, booked.client_id]
        assert [said["moderator"] for said in claims] == [True, False]
        for url, said in zip(links, claims, strict=True):
            assert url.startswith(f"https://sandbox.invalid/{said['room']}?token=")
        monkeypatch.setenv("SEDUTA_VIDEO_SECRET", SECRET)


def test_staff_get_the_link_of_the_party_that_they_name(start_video: StartVideo) -> None:
    with start_video(*JITSI).connect() as staff:
        booked = book(staff, open_practice(staff, location=online()), 5)
        named = [
            join(staff, booked, party).url
            for party in (wire.ACTOR_ROLE_THERAPIST, wire.ACTOR_ROLE_CLIENT)
        ]
        assert tuple(named) == both(staff, booked)
        for party in (wire.ACTOR_ROLE_UNSPECIFIED, wire.ACTOR_ROLE_STAFF, 77):
            with pytest.raises(InvalidArgument) as wrong:
                join(staff, booked, party)
            assert wrong.value.fields == ["party"]
        with pytest.raises(InvalidArgument):
            join(staff, booked, wire.ACTOR_ROLE_THERAPIST, as_client(booked.client_id))


def test_joining_opens_early_and_closes_at_the_end(start_video: StartVideo) -> None:
    with start_video(*JITSI).connect() as staff:
        practice = open_practice(staff, location=online())
        early = book(staff, practice, 60)
        with pytest.raises(FailedPrecondition) as refused:
            join(staff, early, actor=as_client(early.client_id))
        assert refused.value.reason == "JOIN_NOT_OPEN"
        opens_ms = early.start_time.ToMilliseconds() - 10 * MINUTE_MS
        assert refused.value.status.error_info.metadata["open_ms"] == str(opens_ms)
        over = book(staff, practice, -50)
        with pytest.raises(FailedPrecondition) as refused:
            join(staff, over, wire.ACTOR_ROLE_THERAPIST)
        assert refused.value.reason == "JOIN_CLOSED"
        now = book(staff, practice, 9)
        window = join(staff, now, wire.ACTOR_ROLE_THERAPIST)
        starts_ms = now.start_time.ToMilliseconds()
        assert window.open_time.ToMilliseconds() == starts_ms - 10 * MINUTE_MS
        assert window.close_time == now.end_time


@pytest.mark.parametrize(
    ("service", "therapist", "partner", "minutes"),
    [(30, 20, 40, 30), (0, 20, 40, 20), (0, 0, 40, 40), (-1, 20, 40, 0), (0, 0, 0, 10)],
)
def test_when_joining_opens_is_policy(
    start_video: StartVideo, service: int, therapist: int, partner: int, minutes: int
) -> None:
    def policy(before: int) -> dict[str, v1.Policy]:
        return {"policy": v1.Policy(join_before_minutes=before)}

    with start_video(*JITSI).connect() as staff:
        staff.call(v1.DirectoryUpdatePolicyRequest(**policy(partner)))
        practice = open_practice(
            staff, location=online(), service=policy(service), therapist=policy(therapist)
        )
        booked = book(staff, practice, minutes + 2)
        with pytest.raises(FailedPrecondition) as refused:
            join(staff, booked, wire.ACTOR_ROLE_CLIENT)
        opens_ms = booked.start_time.ToMilliseconds() - minutes * MINUTE_MS
        assert refused.value.status.error_info.metadata["open_ms"] == str(opens_ms)
        if minutes:
            staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
            soon = book(staff, practice, minutes - 1)
            assert join(staff, soon, wire.ACTOR_ROLE_CLIENT).url


def test_what_is_not_to_take_place_is_named_with_its_state(staff: Connection) -> None:
    for location in (online(), office()):
        booked = book(staff, open_practice(staff, location=location), 5)
        staff.call(v1.AppointmentsCancelRequest(appointment_id=booked.id))
        with pytest.raises(FailedPrecondition) as refused:
            join(staff, booked, wire.ACTOR_ROLE_CLIENT)
        assert refused.value.reason == "APPOINTMENT_STATE"
        state = refused.value.status.error_info.metadata["state"]
        assert state == "CANCELLED_BY_THERAPIST"


def test_in_person_the_way_is_the_address(staff: Connection) -> None:
    practice = open_practice(staff, rooms=2)
    for minutes in (5, 24 * 60):
        booked = book(staff, practice, minutes)
        for actor in (as_therapist(booked.therapist_id), as_client(booked.client_id)):
            way = join(staff, booked, actor=actor)
            assert (way.address, way.city, way.url) == ("Via della Lungara 12", "Roma", "")
            assert way.room_name == "Stanza 1"
            assert (way.open_time, way.close_time) == (booked.start_time, booked.end_time)


def test_that_no_video_is_configured_is_said_at_any_time(staff: Connection) -> None:
    practice = open_practice(staff, location=online())
    for minutes in (5, 24 * 60):
        with pytest.raises(FailedPrecondition) as refused:
            join(staff, book(staff, practice, minutes), wire.ACTOR_ROLE_CLIENT)
        assert refused.value.reason == "VIDEO_NOT_CONFIGURED"


def test_others_sessions_are_not_found(staff: Connection, partner: Connection) -> None:
    booked = book(staff, open_practice(staff), 5)
    stranger = as_client(register(staff))
    colleague = as_therapist(open_practice(staff).therapist.id)
    for actor in (stranger, colleague):
        with pytest.raises(NotFound):
            join(staff, booked, actor=actor)
    with pytest.raises(NotFound):
        join(partner, booked, wire.ACTOR_ROLE_CLIENT)
