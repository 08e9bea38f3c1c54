"""The mailbox on disk as `seduta mailbox` shows it, and settings of messages that cannot be."""

import subprocess
from pathlib import Path

import pytest
from mailhouse import parsed
from server import BINARY
from test_settings import refused

SEDUTA = str(Path(BINARY).with_name("seduta"))


def sent(folder: Path, *flags: str) -> None:
    command = [BINARY, "mail", "test", "--mail", "mailbox", "--mailbox-dir", str(folder), *flags]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.startswith("taken: "), done


def mailbox(folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    command = [SEDUTA, "mailbox", *line, "--mailbox", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_what_was_sent_is_listed_and_shown(tmp_path: Path) -> None:  # N-5
    folder = tmp_path / "mailbox"
    subject = "Ședință confirmată – środa, 3 marca 👩‍👩‍👧 " + "x" * 80
    text = "Привет!\n\n.\n" + "Viel Text = lang. " * 30 + "\nFrom us \n"
    html = "<p>" + "ęśćż " * 40 + "</p>"
    (tmp_path / "text").write_text(text)
    (tmp_path / "html").write_text(html)
    files = ("--text", str(tmp_path / "text"), "--html", str(tmp_path / "html"))
    sent(folder, "--to", "first@example.com")
    sent(folder, "--to", "ada@example.com", "--name", "Łucja, Ada", "--subject", subject, *files)
    listed = mailbox(folder, "list")
    assert listed.returncode == 0, listed.stderr
    head, first, second = listed.stdout.splitlines()
    assert head.split() == ["TIME", "TO", "SUBJECT", "ID"]
    assert "first@example.com" in first and "Łucja, Ada <ada@example.com>" in second and subject in second
    assert len(mailbox(folder, "list", "--to", "ADA@").stdout.splitlines()) == 2
    shown = mailbox(folder, "show")
    assert shown.stdout.endswith("\n\n" + text + "\n") and f"Subject: {subject}\n" in shown.stdout
    assert mailbox(folder, "show", "--html").stdout == html + "\n"
    assert "first@example.com" in mailbox(folder, "show", first.split()[-1]).stdout
    (file,) = folder.glob(f"*{second.split()[-1]}.eml")
    assert parsed(file.read_bytes())["Subject"] == subject
    assert mailbox(folder, "show", "nothing").returncode == 4
    assert mailbox(tmp_path / "absent", "list").returncode == 4


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--mail", "post"), 'mail: expected none, mailbox or smtp, got "post"'),
        (("--mail", "smtp"), "smtp-host: expected a value, since mail is set"),
        (("--smtp-host", "h"), "mail: expected smtp, since smtp-host is set"),
        (("--smtp-port", "25"), "mail: expected smtp, since smtp-port is set"),
        (("--smtp-plain-login",), "mail: expected smtp, since smtp-plain-login is set"),
        (("--mail", "smtp", "--smtp-host", "h"), "mail-from: expected a value, since mail is set"),
        (("--mail", "smtp", "--smtp-host", "h", "--smtp-security", "ssl"), "smtp-security: expected starttls, tls,"),
        (("--mail", "smtp", "--smtp-host", "h", "--smtp-user", "u"), "smtp-password: expected a secret"),
        (
            ("--mail", "smtp", "--smtp-host", "h", "--smtp-user", "u", "--smtp-security", "none"),
            "smtp-security: expected what encrypts, since smtp-user is set",
        ),
        (("--mail", "mailbox", "--mail-from", "nobody"), 'mail-from: expected "Name <address>", got "nobody"'),
        (
            ("--mail", "smtp", "--smtp-host", "h", "--mail-from", "a@b.example", "--smtp-ca-file", "/absent"),
            "smtp-ca-file: /absent cannot be read as PEM",
        ),
        (("--sms", "pigeon"), 'sms: expected none, mailbox or twilio, got "pigeon"'),
        (("--sms", "twilio"), "twilio-account: expected a value, since sms is set"),
        (("--sms", "twilio", "--twilio-account", "AC1"), "twilio-auth-token: expected a secret"),
        (("--mailbox-dir", "/tmp/x"), "mailbox-dir: expected with mail or sms as mailbox"),
    ],
)
def test_settings_of_messages_that_cannot_be_are_named(
    tmp_path: Path, flags: tuple[str, ...], said: str
) -> None:
    assert said in refused("--data-dir", str(tmp_path / "data"), "--port", "0", *flags)
