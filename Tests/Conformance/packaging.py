"""Packages of a practice in a sandbox: templates, links, their dates, and what is looked at after (section K)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import contract as v1
from cashdesk import CashDesk, name, transfers
from client import as_client
from life import euro
from practice import MINUTE_MS, open_practice
from sandboxes import Sandbox
from seduta.wire.v1 import frames_pb2 as wire

ATTENDED, NO_SHOW = "ATTENDED", "NO_SHOW"
# The partner's own statuses, one of each effect.
DEDUCTS, RELEASES, NEITHER = "CHARGED", "EXCUSED", "LATE"


def keep_statuses(sandbox: Sandbox) -> None:
    effects = {
        DEDUCTS: v1.ATTENDANCE_EFFECT_DEDUCT,
        RELEASES: v1.ATTENDANCE_EFFECT_RELEASE,
        NEITHER: v1.ATTENDANCE_EFFECT_NONE,
    }
    statuses = [
        v1.AttendanceStatus(code=code, name=code.title(), effect=effect)
        for code, effect in effects.items()
    ]
    sandbox.staff.call(v1.DirectoryUpdateAttendanceStatusesRequest(statuses=statuses))


class Shelf(CashDesk):
    """A practice with two services: a session at 70 euros, in whose hours packages are booked, and one at 100.

    A package's sessions last 40 minutes, the service's 50.
    """

    def __init__(self, sandbox: Sandbox, **policy: Any) -> None:
        super().__init__(sandbox, v1.PAYMENT_PLAN_ON_SITE, **policy)
        other = v1.Service()
        other.CopyFrom(self.practice.service)
        other.ClearField("id")
        other.name, other.duration_minutes = "Valutazione", 90
        other.price.CopyFrom(euro(10_000))
        request = v1.DirectoryCreateServiceRequest(service=other)
        self.assessment = self.staff.call(request).service

    @property
    def services(self) -> list[str]:
        return [self.practice.service.id, self.assessment.id]

    def colleague(self) -> v1.Service:
        """The service of another therapist, at the same place."""
        location = self.practice.location
        return open_practice(self.staff, location=location, rooms=0).service

    def package(self, sum: int | None = None, sessions: int = 4, **more: Any) -> v1.Package:
        """A template: each session at its own price, or all at a sum."""
        package = v1.Package(
            **{
                "name": "Percorso",
                "sessions": sessions,
                "posting": v1.PACKAGE_POSTING_BY_PROCEDURE,
                "duration_minutes": 40,
                "service_ids": self.services,
            }
            | more
        )
        if sum is not None:
            package.posting = v1.PACKAGE_POSTING_TOTAL_VALUE
            package.price.CopyFrom(euro(sum))
        return self.staff.call(v1.PackagesCreateRequest(package=package)).package

    def date(self, days: int) -> date:
        """So many days from today, as the sandbox's clock has it."""
        zone = ZoneInfo(self.practice.therapist.time_zone)
        today = datetime.fromtimestamp(self.sandbox.now() / 1000, zone).date()
        return today + timedelta(days=days)

    def line(self, days: int, time: str = "", **more: Any) -> v1.PackageLine:
        """A date; of this therapist where a time is named, as the first one has to say both."""
        if time and "therapist_id" not in more:
            more["therapist_id"] = self.practice.therapist.id
        return v1.PackageLine(date=self.date(days).isoformat(), time=time, **more)

    def linking(
        self,
        package: v1.Package,
        client: str = "",
        lines: Sequence[v1.PackageLine] = (),
        **more: Any,
    ) -> v1.PackagesLinkRequest:
        return v1.PackagesLinkRequest(
            package_id=package.id, client_id=client or self.client(), lines=lines, **more
        )

    def link(
        self,
        package: v1.Package,
        client: str = "",
        lines: Sequence[v1.PackageLine] = (),
        actor: wire.Actor | None = None,
        **more: Any,
    ) -> v1.PackagesLinkResponse:
        return self.staff.call(self.linking(package, client, lines, **more), actor=actor)

    def schedule(
        self, link: v1.PackageLink, *lines: v1.PackageLine, actor: wire.Actor | None = None, **more: Any
    ) -> list[v1.Appointment]:
        request = v1.PackagesScheduleRequest(link_id=link.id, lines=lines, **more)
        return list(self.staff.call(request, actor=actor).appointments)

    def book_of(self, link: v1.PackageLink, days: int, time: str, **more: Any) -> v1.Appointment:
        """One session by Appointments.Book, on the client's own behalf."""
        return self.book(
            days, time, link.client_id, as_client(link.client_id), package_link_id=link.id, **more
        )

    def now(self, link: v1.PackageLink) -> v1.PackageLink:
        """The link as it is, its balance conserved (K-6)."""
        found = self.staff.call(v1.PackagesGetLinkRequest(link_id=link.id)).link
        parts = found.balance
        assert parts.total == (
            parts.available + parts.reserved + parts.attended + parts.expired + parts.returned
        )
        if found.benefit_id and found.state == v1.PACKAGE_LINK_STATE_ACTIVE:
            asked = v1.BenefitsGetRequest(benefit_id=found.benefit_id)
            assert self.staff.call(asked).benefit.sessions_left == parts.available
        return found

    def balance(self, link: v1.PackageLink) -> tuple[int, int, int, int, int]:
        """Available, reserved, attended, expired, returned."""
        its = self.now(link).balance
        return its.available, its.reserved, its.attended, its.expired, its.returned

    def owed(self, link: v1.PackageLink) -> int:
        """What is still to be paid of its sum."""
        found = self.staff.call(v1.PackagesGetLinkRequest(link_id=link.id))
        return found.amount_outstanding.minor_units

    def sessions(self, link: v1.PackageLink, page_size: int = 0) -> list[v1.Appointment]:
        """All of them, however many pages they fill."""
        found: list[v1.Appointment] = []
        request = v1.PackagesListSessionsRequest(link_id=link.id, page_size=page_size)
        while True:
            page = self.staff.call(request)
            found += page.sessions
            if not page.next_page_token:
                return found
            request.page_token = page.next_page_token

    def links(self, client: str = "", actor: wire.Actor | None = None, **more: Any) -> list[v1.PackageLink]:
        request = v1.PackagesListLinksRequest(client_id=client, **more)
        return list(self.staff.call(request, actor=actor).links)

    def attend(
        self, session: v1.Appointment, status: str, actor: wire.Actor | None = None
    ) -> v1.Appointment:
        request = v1.AppointmentsSetAttendanceRequest(appointment_id=session.id, attendance=status)
        return self.staff.call(request, actor=actor).appointment

    def hold(self, session: v1.Appointment, status: str = ATTENDED) -> v1.Appointment:
        """The clock moves past its end, if it has not; who came is said."""
        end = session.end_time.ToMilliseconds() + MINUTE_MS
        if self.sandbox.now() < end:
            self.sandbox.advance(to=end)
        return self.attend(session, status)

    def choose(
        self, session: v1.Appointment, procedure: str, actor: wire.Actor | None = None
    ) -> v1.Appointment:
        request = v1.PackagesChooseProcedureRequest(
            appointment_id=session.id, procedure_id=procedure
        )
        return self.staff.call(request, actor=actor).appointment

    def cancel(self, session: v1.Appointment, actor: wire.Actor | None = None) -> v1.Settlement:
        request = v1.AppointmentsCancelRequest(appointment_id=session.id)
        return self.staff.call(request, actor=actor).settlement

    def pay(self, link: v1.PackageLink, actor: wire.Actor | None = None, **how: Any) -> v1.PackagesPayResponse:
        request = v1.PackagesPayRequest(link_id=link.id, payment=v1.PackagePayment(**how))
        return self.staff.call(request, actor=actor)

    def edit(self, link: v1.PackageLink, *, version: int = 0, **fields: Any) -> v1.PackageLink:
        """Changes these fields; of the details by their own name: insurer="..."."""
        request = v1.PackagesUpdateLinkRequest(link_id=link.id, version=version)
        for field, value in fields.items():
            is_detail = field in v1.VisitDetails.DESCRIPTOR.fields_by_name
            holder = request.details if is_detail else request
            if isinstance(value, (bool, int, str)):
                setattr(holder, field, value)
            elif value is not None:
                getattr(holder, field).CopyFrom(value)
            request.update_mask.paths.append(f"details.{field}" if is_detail else field)
        return self.staff.call(request).link

    def renew(self, link: v1.PackageLink, **more: Any) -> v1.PackageLink:
        return self.staff.call(v1.PackagesRenewLinkRequest(link_id=link.id, **more)).link

    def delete(self, link: v1.PackageLink, future: int, **more: Any) -> v1.PackagesDeleteLinkResponse:
        request = v1.PackagesDeleteLinkRequest(link_id=link.id, future_sessions=future, **more)
        return self.staff.call(request)

    def client_told(self, subject: v1.PackageLink | v1.Appointment) -> list[str]:
        """What the client is told about something."""
        request = v1.AdminOutboxRequest(subject_id=subject.id, recipient_id=subject.client_id)
        return [each.kind for each in self.staff.call(request).messages]

    def posted(self, subject: str) -> list[str]:
        """What the books have of something: "PACKAGE_SOLD: CLIENT 20000, DEFERRED_REVENUE -20000"."""
        return [
            f"{each.kind}: "
            + ", ".join(
                f"{posting.account.kind} {posting.amount.minor_units}" for posting in each.postings
            )
            for each in transfers(self.staff, subject)
        ]


def state(session: v1.Appointment) -> str:
    """What becomes of a package's session: "RESERVED"."""
    return name(v1.PackageSessionState, session.package.state)


def link_state(link: v1.PackageLink) -> str:
    return name(v1.PackageLinkState, link.state)
