"""Packages as the platforms' stories tell them (section K)."""

import subprocess
from collections.abc import Sequence
from typing import Any

import contract as v1
from clinic import Clinic, Offer, Visit
from storytelling import Person, Someone, Stage, money, shown


def template(
    stage: Stage, name: str, sessions: int, *offers: Offer, total: str = "", **more: Any
) -> v1.Package:
    """What is sold: each session by its procedure, or all at a sum. Sessions are as long as the first offer's."""
    package = v1.Package(
        name=name,
        sessions=sessions,
        posting=v1.PACKAGE_POSTING_TOTAL_VALUE if total else v1.PACKAGE_POSTING_BY_PROCEDURE,
        price=money(total) if total else None,
        duration_minutes=offers[0].service.duration_minutes,
        service_ids=[offer.service.id for offer in offers],
        **more,
    )
    return stage.call(v1.PackagesCreateRequest(package=package)).package


def dates(clinic: Clinic, first: str, *others: str) -> list[v1.PackageLine]:
    """Days of a therapist's: "2027-03-02 10:00", and those after it with a time, or at the first one's."""
    lines = []
    for each in (first, *others):
        day, _, time = each.partition(" ")
        lines.append(v1.PackageLine(date=day, time=time))
    lines[0].therapist_id = clinic.therapist.id
    return lines


class Plan:
    """What a client has of a package."""

    def __init__(self, stage: Stage, id: str) -> None:
        self.stage = stage
        self.id = id

    @classmethod
    def linked(
        cls,
        stage: Stage,
        package: v1.Package,
        client: Person,
        lines: Sequence[v1.PackageLine] = (),
        **more: Any,
    ) -> "Plan":
        request = v1.PackagesLinkRequest(
            package_id=package.id, client_id=client.id, lines=lines, **more
        )
        return cls(stage, stage.call(request).link.id)

    @classmethod
    def all_of(cls, stage: Stage, client: Person) -> list["Plan"]:
        """A client's, in the order of linking (K-7)."""
        request = v1.PackagesListLinksRequest(client_id=client.id)
        return [cls(stage, each.id) for each in stage.call(request, client).links]

    def link(self, by: Someone = None) -> v1.PackageLink:
        return self._read(by).link

    def _read(self, by: Someone = None) -> v1.PackagesGetLinkResponse:
        return self.stage.call(v1.PackagesGetLinkRequest(link_id=self.id), by)

    @property
    def balance(self) -> str:
        """Available and total, and where the sessions are: "1 / 4: 1 + 3 + 0 + 0 + 0" (K-6)."""
        its = self.link().balance
        parts = (its.available, its.reserved, its.attended, its.expired, its.returned)
        assert sum(parts) == its.total
        return f"{its.available} / {its.total}: {' + '.join(map(str, parts))}"

    @property
    def owed(self) -> str:
        """What is still to be paid of its sum; nothing where nothing is."""
        return shown(self._read().amount_outstanding)

    @property
    def messages(self) -> list[str]:
        return self.stage.outbox.about(self.id)

    @property
    def visits(self) -> list[Visit]:
        """In order of time, whatever became of them."""
        request = v1.PackagesListSessionsRequest(link_id=self.id)
        return [Visit(self.stage, each) for each in self.stage.call(request).sessions]

    def schedule(self, lines: Sequence[v1.PackageLine], by: Someone = None) -> list[Visit]:
        request = v1.PackagesScheduleRequest(link_id=self.id, lines=lines)
        return [Visit(self.stage, each) for each in self.stage.call(request, by).appointments]

    def choose(self, visit: Visit, procedure: Offer, by: Someone = None) -> None:
        request = v1.PackagesChooseProcedureRequest(
            appointment_id=visit.id, procedure_id=procedure.service.id
        )
        self.stage.call(request, by)

    def pay(self, method: str, amount: str = "") -> None:
        """Records that money came in for its sum: all that is open, or a part."""
        how = v1.PackagePayment(method=method, amount=money(amount) if amount else None)
        self.stage.call(v1.PackagesPayRequest(link_id=self.id, payment=how))

    def renew(self, **more: Any) -> "Plan":
        request = v1.PackagesRenewLinkRequest(link_id=self.id, **more)
        return Plan(self.stage, self.stage.call(request).link.id)

    def delete(self, future: int, reason: str) -> v1.PackagesDeleteLinkResponse:
        request = v1.PackagesDeleteLinkRequest(
            link_id=self.id, future_sessions=future, reason=reason
        )
        return self.stage.call(request)

    def card(self, by: Someone = None) -> str:
        """The session card's text (K-8)."""
        pdf = self.stage.call(v1.PackagesGetCardRequest(link_id=self.id), by).pdf
        read = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
        )
        return read.stdout.decode()
