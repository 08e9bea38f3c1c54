"""E-mails as they arrive at a real SMTP server, PyPI's aiosmtpd, read with Python's own e-mail package.

`sedutad mail test` sends them by the transport that a server uses.
"""

import base64
import email
import email.header
import email.policy
import email.utils
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from mailhouse import HOST, PASSWORD, USER, Authority, MailHouse, send

PLAIN = ("--smtp-security", "none")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def house() -> Iterator[MailHouse]:
    """A server that neither encrypts nor asks who it is."""
    with MailHouse() as house:
        yield house


@pytest.fixture
def locked(authority: Authority) -> Iterator[MailHouse]:
    """A server that takes nothing before STARTTLS and a login."""
    with MailHouse(tls_context=authority.context(), require_starttls=True, auth_required=True) as house:
        yield house


def logged_in(authority: Authority) -> tuple[str, ...]:
    return ("--smtp-security", "starttls", "--smtp-ca-file", str(authority.file), "--smtp-user", USER)


def with_password(password: str = PASSWORD) -> dict[str, str]:
    return os.environ | {"SEDUTA_SMTP_PASSWORD": password}


def content(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    # Lines end as RFC 5322 wants it, and nothing else does.
    assert "\r" not in text.replace("\r\n", "")
    return text.replace("\r\n", "\n")


SUBJECTS = [
    "Your session is booked",
    "Potwierdzenie wizyty: środa, 3 marca o 10:00",
    "Ședința dumneavoastră de la ora 10:00 a fost confirmată – vă așteptăm la cabinetul din București, str. Țepeș Vodă",
    "Bestätigung",
    "Подтверждение записи на приём во вторник, второго марта, в десять часов утра",
    "👩‍👩‍👧‍👦" * 12,
    "=?utf-8?q?not_a_word?=",
    "x" * 400,
    "a word  with  two spaces",
    "שלום, הפגישה שלך נקבעה",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_arrives_as_it_was_written(house: MailHouse, subject: str) -> None:  # N-5
    sent = send(house.port, *PLAIN, "--subject", subject)
    assert sent.returncode == 0, sent.stderr
    assert sent.stdout.startswith("taken: 250 2.0.0 OK: queued as A1")
    assert house.last()["Subject"] == subject
    raw = house.arrived[-1][0].original_content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert all(byte < 0x80 for byte in raw) and b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "name",
    [
        "Ada Neri",
        "Neri, Ada (\"Dada\") <ada@evil.example>",
        "Łucja Żółć-Gęślą",
        "Back\\slash; semicolon: \"quotes\"",
        "😀 Ada",
        "Ștefania-Alexandrina Constantinescu-Brâncoveanu din Târgu Mureș și Sfântu Gheorghe",
        "山田 太郎",
        "A" * 200,
        "=?utf-8?q?x?=",
    ],
)
def test_a_name_arrives_and_stays_one_address(house: MailHouse, name: str) -> None:  # N-5
    sent = send(house.port, *PLAIN, "--name", name, sender=f"{name} <studio@example.org>")
    assert sent.returncode == 0, sent.stderr
    (to,) = house.last()["To"].addresses
    assert to.addr_spec == "ada@example.com"
    # By the older of Python's two readers: the newer one leaves spaces between the words of a name.
    raw = email.message_from_bytes(house.arrived[-1][0].original_content)["To"]
    shown, _ = email.utils.parseaddr(raw.replace("\r\n", ""))
    assert str(email.header.make_header(email.header.decode_header(shown))) == name
    (sender,) = house.last()["From"].addresses
    assert sender.addr_spec == "studio@example.org"
    assert house.arrived[-1][0].rcpt_tos == ["ada@example.com"]


BODIES = [
    "Hello,\n\nuntil Tuesday.\n",
    "no line end",
    ".\n..\n.hidden\nFrom here on\n\n.\n",
    "ein sehr langer Satz ohne Umbruch, " * 200 + "\n",
    "x" * 3_000 + "\n",
    "trailing space \ntrailing tab\t\n = equals = 20 =\n",
    "Привет! Ждём вас во вторник.\n" * 40,
    "💙 " * 300 + "\n",
    "tab\there, nul-free, \u2028 separator, \u00a0 no-break\n",
    "\n\n\nblank lines around\n\n\n",
]


@pytest.mark.parametrize("text", BODIES)
def test_both_parts_arrive_as_they_were_written(
    house: MailHouse, tmp_path: Path, text: str
) -> None:  # N-5
    html = f"<!doctype html><html><body><p>{text}</p></body></html>\n"
    (tmp_path / "text").write_text(text, newline="")
    (tmp_path / "html").write_text(html, newline="")
    files = ("--text", str(tmp_path / "text"), "--html", str(tmp_path / "html"))
    sent = send(house.port, *PLAIN, *files)
    assert sent.returncode == 0, sent.stderr
    message = house.last()
    assert message.get_content_type() == "multipart/alternative" and not message.defects
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert content(message, "plain") == text
    assert content(message, "html") == html
    assert max(len(line) for line in house.arrived[-1][0].original_content.split(b"\r\n")) <= 78
    # The text alone, as it is sent where there is no HTML.
    assert send(house.port, *PLAIN, *files[:2]).returncode == 0
    assert house.last().get_content_type() == "text/plain"
    assert content(house.last(), "plain").removesuffix("\n") == text.removesuffix("\n")


def test_the_header_says_what_machines_and_people_look_for(house: MailHouse) -> None:  # N-4
    assert send(house.port, *PLAIN).returncode == 0
    message = house.last()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["MIME-Version"] == "1.0"
    assert message["Message-ID"].startswith("<test-") and message["Message-ID"].endswith("@example.org>")
    assert abs(message["Date"].datetime.timestamp() - email.utils.localtime().timestamp()) < 120
    assert house.arrived[-1][0].mail_from == "studio@example.org"
    assert not message.defects
    assert sorted(message.keys()) == sorted(set(message.keys()))


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_nothing_that_comes_in_makes_a_header(house: MailHouse, line_end: str) -> None:  # N-5
    attack = f"Hi{line_end}Bcc: eve@evil.example{line_end}{line_end}<b>body</b>"
    assert send(house.port, *PLAIN, "--subject", attack, "--name", attack).returncode == 0
    message = house.last()
    assert message["Bcc"] is None and "eve" in message["Subject"]
    assert len(message["To"].addresses) == 1
    assert content(message, "plain").startswith("If you can read this")
    assert house.arrived[-1][0].rcpt_tos == ["ada@example.com"]
    refused = send(house.port, *PLAIN, to=f"ada@example.com>{line_end}RCPT TO:<eve@evil.example")
    assert refused.returncode == 1 and "refused: to: expected an e-mail address" in refused.stderr
    assert len(house.arrived) == 1


@pytest.mark.parametrize(
    "address",
    ["ada", "ada@", "@example.com", "a b@example.com", "a..b@example.com", "ada@-x.example", "ada@ex ample.com",
     "ada@example..com", "Ada <ada@example.com>", "a" * 65 + "@example.com", "ada@exa_mple.com", "ada@[127.0.0.1]"],
)  # fmt: skip
def test_what_is_no_address_is_refused(house: MailHouse, address: str) -> None:  # N-4
    refused = send(house.port, *PLAIN, f"--to={address}", to="first@example.com")
    assert refused.returncode == 1 and "refused: to: expected an e-mail address" in refused.stderr
    assert not house.arrived


def test_addresses_that_are_odd_but_right(house: MailHouse) -> None:  # N-5
    for address, arrives in [
        ("ada+tag@example.com", "ada+tag@example.com"),
        ('"ada neri"@example.com', '"ada neri"@example.com'),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'neri!#$%&*=?^{|}~@sub.example.com", "o'neri!#$%&*=?^{|}~@sub.example.com"),
        ("łucja@example.com", "łucja@example.com"),  # the server speaks SMTPUTF8
    ]:
        sent = send(house.port, *PLAIN, to=address)
        assert sent.returncode == 0, (address, sent.stderr)
        assert house.arrived[-1][0].rcpt_tos == [arrives]
    assert "SMTPUTF8" in house.arrived[-1][0].mail_options
    # From a text: Python reads no UTF-8 in the header of bytes.
    text = house.arrived[-1][0].original_content.decode()
    (to,) = email.message_from_string(text, policy=email.policy.default)["To"].addresses
    assert to.addr_spec == "łucja@example.com"


def test_an_address_that_the_server_cannot_take_is_refused_clearly() -> None:  # N-4
    with MailHouse(enable_SMTPUTF8=False) as house:
        refused = send(house.port, *PLAIN, to="łucja@example.com")
        assert refused.returncode == 1 and not house.arrived
        assert "refused: the recipient's address is not ASCII, and the mail server does not" in refused.stderr


def test_starttls_and_login(locked: MailHouse, authority: Authority) -> None:  # N-5
    sent = send(locked.port, *logged_in(authority), environment=with_password())
    assert sent.returncode == 0, sent.stderr
    assert locked.logins == [("PLAIN", USER.encode())]
    assert locked.arrived[-1][1].ssl is not None


def test_login_where_only_that_is_offered(authority: Authority) -> None:  # N-5
    with MailHouse(
        tls_context=authority.context(), require_starttls=True, auth_required=True, auth_exclude_mechanism=["PLAIN"]
    ) as house:
        sent = send(house.port, *logged_in(authority), environment=with_password())
        assert sent.returncode == 0, sent.stderr
        assert house.logins == [("LOGIN", USER.encode())]


def test_tls_from_the_first_byte(authority: Authority) -> None:  # N-5
    with MailHouse(tls_from_start=authority.context(), auth_require_tls=False) as house:
        flags = ("--smtp-security", "tls", *logged_in(authority)[2:])
        sent = send(house.port, *flags, environment=with_password())
        assert sent.returncode == 0, sent.stderr
        assert len(house.arrived) == len(house.logins) == 1


def test_a_wrong_password_is_not_the_recipients_fault(locked: MailHouse, authority: Authority) -> None:  # N-4
    sent = send(locked.port, *logged_in(authority), environment=with_password("wrong"))
    assert sent.returncode == 1 and "not taken, perhaps later: AUTH: 535" in sent.stderr
    assert not locked.arrived


def test_a_certificate_of_another_name_or_authority_is_not_trusted(
    tmp_path: Path, authority: Authority
) -> None:  # N-5
    for context, trusted in [
        (authority.context("mail.elsewhere.example"), authority.file),
        (Authority(tmp_path).context(), authority.file),
        (authority.context(), None),
    ]:
        flags = ("--smtp-ca-file", str(trusted)) if trusted else ()
        with MailHouse(tls_context=context) as house:
            for security in ("starttls", "opportunistic"):
                sent = send(house.port, "--smtp-security", security, *flags)
                assert sent.returncode == 1 and "not taken, perhaps later: TLS" in sent.stderr, sent
            assert not house.arrived
        with MailHouse(tls_from_start=context) as house:
            sent = send(house.port, "--smtp-security", "tls", *flags)
            assert sent.returncode == 1 and "not taken, perhaps later:" in sent.stderr
            assert not house.arrived


def test_what_is_to_be_encrypted_is_not_sent_in_the_clear(house: MailHouse) -> None:  # N-5
    sent = send(house.port, "--smtp-security", "starttls")
    assert sent.returncode == 1 and "EHLO: it does not offer STARTTLS" in sent.stderr
    assert not house.arrived
    assert send(house.port, "--smtp-security", "opportunistic").returncode == 0
    secret = ("--smtp-security", "opportunistic", "--smtp-user", USER)
    sent = send(house.port, *secret, environment=with_password())
    assert sent.returncode == 1 and "the password is not sent over a connection that is not" in sent.stderr
    assert not house.logins and len(house.arrived) == 1


def test_the_password_goes_in_the_clear_where_that_was_allowed() -> None:  # N-5
    with MailHouse(auth_require_tls=False) as house:
        flags = (*PLAIN, "--smtp-user", USER, "--smtp-plain-login")
        sent = send(house.port, *flags, environment=with_password())
        assert sent.returncode == 0, sent.stderr
        assert house.logins == [("PLAIN", USER.encode())]


def test_what_the_server_says_of_the_recipient_decides(house: MailHouse) -> None:  # N-4
    house.rejects = {
        "gone@example.com": "550 5.1.1 no such user",
        "full@example.com": "452 4.2.2 mailbox full",
        "away@example.com": "421 4.3.2 going down",
    }
    for name, said in [
        ("gone", "refused: RCPT TO: 550 5.1.1 no such user"),
        ("full", "not taken, perhaps later: RCPT TO: 452 4.2.2 mailbox full"),
        ("away", "not taken, perhaps later: RCPT TO: 421 4.3.2 going down"),
    ]:
        sent = send(house.port, *PLAIN, to=f"{name}@example.com")
        assert sent.returncode == 1 and said in sent.stderr, sent
    assert not house.arrived


def test_answers_written_in_before_tls_are_thrown_away(authority: Authority) -> None:  # N-5
    """Who sits between could put its own answer to EHLO behind the server's 220."""
    commands: list[bytes] = []
    is_open = threading.Event()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(20)
            connection.sendall(b"220 mail.example\r\n")
            connection.recv(1_000)
            connection.sendall(b"250-mail.example\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n")
            assert connection.recv(1_000) == b"STARTTLS\r\n"
            connection.sendall(b"220 go ahead\r\n250-mail.evil\r\n250 AUTH LOGIN\r\n334 VXNlcm5hbWU6\r\n")
            with authority.context().wrap_socket(connection, server_side=True) as secure:
                is_open.set()
                for answer in [b"250-mail.example\r\n250 AUTH PLAIN\r\n", b"535 no\r\n"]:
                    commands.append(secure.recv(1_000))
                    secure.sendall(answer)

    with socket.create_server((HOST, 0)) as listener:
        server = threading.Thread(target=serve, args=(listener,))
        server.start()
        sent = send(listener.getsockname()[1], *logged_in(authority), environment=with_password())
        server.join(20)
    assert is_open.is_set() and sent.returncode == 1 and "AUTH: 535 no" in sent.stderr, sent
    login = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
    assert commands == [b"EHLO [127.0.0.1]\r\n", b"AUTH PLAIN " + login + b"\r\n"]


def test_nobody_listens() -> None:  # N-4
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
    sent = send(port, *PLAIN)
    assert sent.returncode == 1 and "not taken, perhaps later: cannot connect" in sent.stderr


def test_the_secrets_are_never_shown(locked: MailHouse, authority: Authority) -> None:
    for password in (PASSWORD, "another secret"):
        sent = send(locked.port, *logged_in(authority), environment=with_password(password))
        shown = sent.stdout + sent.stderr
        assert password not in shown
        assert base64.b64encode(f"\0{USER}\0{password}".encode()).decode() not in shown


def test_ssl_is_the_libraries(authority: Authority) -> None:
    """The certificates of these tests are good: Python's own client takes them."""
    with MailHouse(tls_from_start=authority.context()) as house:
        context = ssl.create_default_context(cafile=str(authority.file))
        with socket.create_connection((HOST, house.port)) as plain:
            with context.wrap_socket(plain, server_hostname=HOST) as secure:
                assert secure.recv(1_000).startswith(b"220")
