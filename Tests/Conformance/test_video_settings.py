"""How sedutad is told where online sessions take place, and what it says to what cannot be."""

import json
from pathlib import Path

import pytest
from conftest import StartServer
from test_settings import refused

SECRET = "a secret that nobody may see, 32 bytes or more"
ADDRESS = "https://meet.example.org"
JITSI = ("--video", "jitsi", "--video-url", ADDRESS, "--video-app-id", "praxis")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--video", "zoom"), 'video: expected jitsi or livekit, got "zoom"'),
        (("--video-app-id", "a"), "video: expected jitsi or livekit, since video-app-id is set"),
        (("--video", "jitsi"), "video-url: expected a value, since video is set"),
        (JITSI[:4], "video-app-id: expected a value, since video is set"),
        ((*JITSI[:5], ""), "video-app-id: expected a value, got none"),
        (
            ("--video", "jitsi", "--video-url", "meet.example.org"),
            "video-url: expected an address that begins with https:// or http://",
        ),
        (
            ("--video", "livekit", "--video-url", "ftp://a.example.org"),
            "expected an address that begins with https:// or http:// or wss:// or ws://",
        ),
        (
            ("--video", "jitsi", "--video-url", "https://a.example.org/?x=1"),
            "video-url: expected an address without a query",
        ),
        (
            ("--video", "livekit", "--video-domain", "meet.jitsi"),
            "video-domain: expected with jitsi only",
        ),
        (JITSI, "video-secret: expected at least 32 bytes in SEDUTA_VIDEO_SECRET"),
        ((*JITSI, "--video-secret-file", "/absent/file"), "/absent/file cannot be read"),
    ],
)
def test_settings_of_video_that_cannot_be_are_named(
    tmp_path: Path, flags: tuple[str, ...], said: str
) -> None:
    assert said in refused("--data-dir", str(tmp_path / "data"), "--port", "0", *flags)


def test_the_secret_comes_from_one_place_and_is_never_shown(
    tmp_path: Path, start_server: StartServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ("--data-dir", str(tmp_path / "data"), "--port", "0")
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    named = ("--video-secret-file", str(file))
    twice = refused(*data, *JITSI, *named, SEDUTA_VIDEO_SECRET=SECRET)
    assert "video-secret-file: expected this or SEDUTA_VIDEO_SECRET, got both" in twice
    short = refused(*data, *JITSI, SEDUTA_VIDEO_SECRET=SECRET[:31])
    assert "got 31" in short
    assert SECRET[:31] not in twice + short
    assert "video-secret" in refused(*data, "--video-secret", SECRET, code=64)
    settings = tmp_path / "seduta.json"
    settings.write_text(json.dumps({"seduta": {"videoSecret": SECRET}}))
    for flags, environment in (
        (named, ""),
        ((), SECRET),
        (("--config", str(settings)), ""),
    ):
        with monkeypatch.context() as context:
            if environment:
                context.setenv("SEDUTA_VIDEO_SECRET", environment)
            server = start_server(*JITSI, *flags, "--log-level", "trace")
        server.connect().close()
        assert server.stop() == 0
        assert SECRET not in server.tail()
