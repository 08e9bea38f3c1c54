"""A mail server for tests: PyPI's aiosmtpd on a free port, with a certificate from an authority of the test's own."""

import asyncio
import email
import email.policy
import ssl
import subprocess
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from server import BINARY

HOST = "127.0.0.1"
USER = "praxis"
PASSWORD = "pass word = £ñ"  # what is not ASCII is sent as UTF-8


class Authority:
    """Vouches for certificates; `file` is what a client is given to trust it."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        self.file = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(self.file))

    def context(self, name: str = HOST) -> ssl.SSLContext:
        """What a server of that name or address shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name).configure_cert(context)
        return context


class MailHouse:
    """The server, while it is entered; keeps what arrived."""

    def __init__(self, *, hostname: str = HOST, tls_from_start: ssl.SSLContext | None = None, **smtp: Any) -> None:
        self.arrived: list[tuple[Envelope, Session]] = []
        self.logins: list[tuple[str, bytes]] = []
        self.rejects: dict[str, str] = {}
        options: dict[str, Any] = {"enable_SMTPUTF8": True, "authenticator": self._authenticated, **smtp}

        class Listener(Controller):
            def factory(self) -> SMTP:
                return SMTP(self.handler, hostname="mail.example", **options)

            def _trigger_server(self) -> None:
                # It knocks at its own port, which is known only now.
                self.port = self.server.sockets[0].getsockname()[1]
                super()._trigger_server()

        self.controller = Listener(self, hostname=hostname, port=0, ssl_context=tls_from_start)
        self.port = 0

    def __enter__(self) -> "MailHouse":
        self.controller.start()
        self.port = self.controller.port
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()

    def _authenticated(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((mechanism, data.login))
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.rejects:
            return self.rejects[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(0)
        self.arrived.append((envelope, session))
        return "250 2.0.0 OK: queued as A1"

    def last(self) -> EmailMessage:
        """What arrived last, as Python reads it."""
        return parsed(self.arrived[-1][0].original_content)


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def send(house_port: int, *flags: str, to: str = "ada@example.com", environment: dict[str, str] | None = None,
         sender: str = "Studio Rossi <studio@example.org>") -> subprocess.CompletedProcess[str]:
    """`sedutad mail test` to a server on that port."""
    command = [
        BINARY, "mail", "test", "--mail", "smtp", "--smtp-host", HOST, "--smtp-port", str(house_port),
        "--mail-from", sender, "--to", to, *flags,
    ]  # fmt: skip
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
