"""One of everything that a partner can have."""

from collections.abc import Callable
from functools import cached_property

import contract as v1
from client import Connection
from practice import closed, new_id, open_practice, registration


class Things:
    """A therapist, a client of theirs, and what is between them. Each is made when it is asked for.

    The server has to have the sandbox's payment gateway.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.practice = open_practice(connection)
        self.start = self.practice.at(3, "10:00")

    @cached_property
    def booked(self) -> v1.Appointment:
        return self.practice.book(self.connection, self.start)

    @cached_property
    def hold(self) -> v1.Hold:
        start = self.practice.at(3, "12:00")
        return self.practice.hold(self.connection, start, client_id=self.booked.client_id)

    @cached_property
    def therapy(self) -> str:
        request = v1.TherapiesListRequest(therapist_id=self.booked.therapist_id)
        return self.connection.call(request).therapies[0].id

    @cached_property
    def exception(self) -> str:
        adding = self.practice.adding(closed(self.practice.day(20)))
        return self.connection.call(adding).schedule.exceptions[0].id

    @cached_property
    def series(self) -> v1.SeriesGetResponse:
        request = self.creating()
        request.rule = "FREQ=WEEKLY;COUNT=2"
        made = self.connection.call(request).series
        return self.connection.call(v1.SeriesGetRequest(series_id=made.id))

    @cached_property
    def asked(self) -> v1.Appointment:
        """By someone who is not known, so that whose it is can be named."""
        request = self.asking()
        request.person.CopyFrom(registration())
        return self.connection.call(request).appointment

    @cached_property
    def asking_service(self) -> v1.Service:
        """One that clients ask for."""
        service = v1.Service()
        service.CopyFrom(self.practice.service)
        service.ClearField("id")
        service.policy.client_booking = v1.BOOKING_MODE_REQUEST
        return self.connection.call(v1.DirectoryCreateServiceRequest(service=service)).service

    @cached_property
    def method(self) -> str:
        """What the client pays with."""
        request = v1.PaymentMethodsSetUpRequest(client_id=self.booked.client_id, token="tok_ok")
        made = self.connection.call(request).payment_method.id
        waiting = v1.PaymentMethodsGetRequest(payment_method_id=made, wait_ms=10_000)
        found = self.connection.call(waiting).payment_method
        assert found.state == v1.PAYMENT_METHOD_STATE_ACTIVE, found
        return found.id

    @cached_property
    def package(self) -> v1.Package:
        """Ten sessions, each at the price of its procedure."""
        request = v1.PackagesCreateRequest(package=self.template())
        request.package.ClearField("id")
        return self.connection.call(request).package

    @cached_property
    def linked(self) -> v1.PackagesLinkResponse:
        """A client's, with a session."""
        request = self.linking(days=7)
        request.package_id = self.package.id
        request.ClearField("link_id")
        request.ClearField("payment")
        return self.connection.call(request)

    @cached_property
    def sold(self) -> v1.Package:
        """Ten sessions for one sum."""
        template = self.template()
        template.ClearField("id")
        template.posting = v1.PACKAGE_POSTING_TOTAL_VALUE
        template.price.CopyFrom(v1.Money(minor_units=60_000, currency="EUR"))
        return self.connection.call(v1.PackagesCreateRequest(package=template)).package

    @cached_property
    def owed(self) -> v1.PackageLink:
        """A client's, whose sum is open."""
        request = v1.PackagesLinkRequest(package_id=self.sold.id, client_id=self.booked.client_id)
        return self.connection.call(request).link

    def template(self) -> v1.Package:
        return v1.Package(
            id=new_id("pkg"),
            name="Ten sessions",
            sessions=10,
            posting=v1.PACKAGE_POSTING_BY_PROCEDURE,
            duration_minutes=50,
            service_ids=[self.practice.service.id],
        )

    def line(self, days: int) -> v1.PackageLine:
        return v1.PackageLine(
            date=self.practice.day(days).isoformat(),
            time="15:00",
            therapist_id=self.practice.therapist.id,
            service_id=self.practice.service.id,
            location_id=self.practice.location.id,
        )

    def linking(self, days: int = 9) -> v1.PackagesLinkRequest:
        return v1.PackagesLinkRequest(
            package_id=self.sold.id,
            client_id=self.booked.client_id,
            details=v1.VisitDetails(insurer="Unimed", notes="By the window"),
            room_id=self.practice.rooms[0],
            lines=[self.line(days)],
            payment=v1.PackagePayment(payment_method_id=self.method),
            link_id=new_id("pkl"),
        )

    @cached_property
    def own_text(self) -> v1.MessageTemplate:
        """A text of the partner's own."""
        template = v1.MessageTemplate(
            key=template_key("it"), subject="{{sender}}", text="{{when}}", html="<p>{{when}}</p>"
        )
        put = v1.NotificationsPutTemplateRequest(template=template)
        self.connection.call(put)
        return template

    @cached_property
    def endpoint(self) -> str:
        """An address that is told of nothing that happens."""
        return self.another_endpoint()

    def another_endpoint(self) -> str:
        request = v1.WebhooksCreateEndpointRequest(
            url="https://example.org/hook", kinds=["HOLD_LAPSED_NEVER"]
        )
        return self.connection.call(request).endpoint.id

    @cached_property
    def bought(self) -> v1.BenefitsBuyResponse:
        """A benefit, and the intent by which the client is to pay for it."""
        request = v1.BenefitsBuyRequest(benefit=self.voucher())
        request.benefit.ClearField("benefit_id")
        return self.connection.call(request)

    def voucher(self) -> v1.BenefitDraft:
        return v1.BenefitDraft(
            benefit_id=new_id("ben"),
            client_id=self.booked.client_id,
            kind=v1.BENEFIT_KIND_VOUCHER,
            value=v1.Money(minor_units=5000, currency="EUR"),
            service_ids=[self.practice.service.id],
        )

    def asking(self) -> v1.RequestsAskRequest:
        return v1.RequestsAskRequest(
            therapist_id=self.practice.therapist.id,
            service_id=self.asking_service.id,
            location_id=self.practice.location.id,
            start_ms=self.practice.at(4, "15:00"),
            client_id=self.booked.client_id,
        )

    def creating(self) -> v1.SeriesCreateRequest:
        return v1.SeriesCreateRequest(
            therapist_id=self.practice.therapist.id,
            service_id=self.practice.service.id,
            location_id=self.practice.location.id,
            client_id=self.booked.client_id,
            local_start=f"{self.practice.day(5).isoformat()}T10:00",
            rule="FREQ=WEEKLY;COUNT=3",
        )

    def other(self, id: str) -> str:
        """What this partner has of the same kind."""
        kinds: dict[str, Callable[[], str]] = {
            "thr": lambda: self.practice.therapist.id,
            "svc": lambda: self.practice.service.id,
            "loc": lambda: self.practice.location.id,
            "room": lambda: self.practice.rooms[0],
            "cli": lambda: self.booked.client_id,
            "apt": lambda: self.booked.id,
            "hld": lambda: self.hold.id,
            "tpy": lambda: self.therapy,
            "srs": lambda: self.series.series.id,
            "exc": lambda: self.exception,
            "pmt": lambda: self.method,
            "ben": lambda: self.bought.benefit.id,
            "pin": lambda: self.bought.intent.id,
            "pkg": lambda: self.package.id,
            "pkl": lambda: self.linked.link.id,
            "whe": lambda: self.endpoint,
        }
        return kinds[id.partition("_")[0]]()


def template_key(language: str) -> v1.TemplateKey:
    return v1.TemplateKey(
        kind="REMINDER",
        audience=v1.MESSAGE_AUDIENCE_CLIENT,
        channel=v1.MESSAGE_CHANNEL_EMAIL,
        language=language,
    )
