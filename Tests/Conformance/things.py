"""One of everything that a partner can have, and a request of every method that names it."""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property

import contract as v1
from client import Connection
from google.protobuf.message import Message
from practice import HOUR_MS, closed, new_id, now_ms, open_practice, registration, timestamp
from seduta.wire.v1 import frames_pb2 as wire


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
        }
        return kinds[id.partition("_")[0]]()


def booking(things: Things) -> v1.AppointmentsBookRequest:
    return things.practice.booking(
        things.practice.at(4, "10:00"),
        things.booked.client_id,
        room_id=things.practice.rooms[0],
        appointment_id=new_id("apt"),
        hold_id=things.hold.id,
        payment_method_id=things.method,
    )


def first_booking(things: Things) -> v1.AppointmentsBookRequest:
    person = registration(client_id=new_id("cli"))
    return things.practice.booking(things.practice.at(4, "11:00"), new_client=person)


def checking(things: Things) -> v1.SlotsCheckRequest:
    return things.practice.check(
        things.practice.at(4, "10:00"),
        room_id=things.practice.rooms[0],
        client_id=things.booked.client_id,
        hold_id=things.hold.id,
    )


def taking(things: Things) -> v1.HoldsTakeRequest:
    return things.practice.holding(
        things.practice.at(4, "12:00"),
        room_id=things.practice.rooms[0],
        client_id=things.booked.client_id,
        hold_id=new_id("hld"),
    )


def asking(things: Things) -> v1.RequestsAskRequest:
    request = things.asking()
    request.start_ms += 24 * HOUR_MS
    request.room_id = things.practice.rooms[0]
    request.hold_id = things.hold.id
    request.appointment_id = new_id("apt")
    return request


def creating(things: Things) -> v1.SeriesCreateRequest:
    request = things.creating()
    request.room_id = things.practice.rooms[0]
    return request


def continuing(things: Things) -> v1.SeriesCreateRequest:
    return v1.SeriesCreateRequest(
        first_appointment_id=things.booked.id, rule="FREQ=WEEKLY;COUNT=3"
    )


def seeking(things: Things) -> v1.SeriesSearchRequest:
    return v1.SeriesSearchRequest(
        therapist_id=things.practice.therapist.id,
        service_id=things.practice.service.id,
        location_id=things.practice.location.id,
        client_id=things.booked.client_id,
        rule="FREQ=WEEKLY;COUNT=2",
        from_ms=things.practice.at(1, "00:00"),
        until_ms=things.practice.at(2, "00:00"),
    )


def moving_series(things: Things) -> v1.SeriesRescheduleRequest:
    return v1.SeriesRescheduleRequest(
        appointment_id=things.series.appointments[0].id,
        scope=v1.SERIES_SCOPE_ALL,
        local_start=f"{things.practice.day(5).isoformat()}T11:00",
        location_id=things.practice.location.id,
        room_id=things.practice.rooms[0],
        validate_only=True,
    )


def moving(things: Things) -> v1.AppointmentsRescheduleRequest:
    return v1.AppointmentsRescheduleRequest(
        appointment_id=things.booked.id,
        start_ms=things.practice.at(4, "14:00"),
        location_id=things.practice.location.id,
        room_id=things.practice.rooms[0],
        hold_id=things.hold.id,
    )


def searching(things: Things) -> v1.SlotsSearchRequest:
    found = things.practice.search(things.start, things.start + HOUR_MS)
    found.filter.location_id = things.practice.location.id
    return found


def looking_up(things: Things) -> v1.SlotsBatchLookupRequest:
    return v1.SlotsBatchLookupRequest(
        therapist_ids=[things.practice.therapist.id],
        kind=v1.BATCH_LOOKUP_KIND_FIRST_FREE,
        from_ms=things.start,
        until_ms=things.start + HOUR_MS,
        filter=v1.SlotFilter(
            service_id=things.practice.service.id, location_id=things.practice.location.id
        ),
    )


def with_id(resource: Message, prefix: str) -> Message:
    """The same under a new id."""
    made = type(resource)()
    made.CopyFrom(resource)
    made.id = new_id(prefix)
    if isinstance(made, v1.Location):
        for room in made.rooms:
            room.id = new_id("room")
    return made


def with_a_room_more(location: v1.Location) -> v1.Location:
    made = v1.Location()
    made.CopyFrom(location)
    del made.rooms[:]
    made.rooms.extend([v1.Room(id=new_id("room"), name="Another"), *location.rooms])
    return made


def exceptions(things: Things) -> list[v1.ScheduleException]:
    """One, at a location, under a new id."""
    day = things.practice.day(21)
    return [closed(day, location_id=things.practice.location.id, id=new_id("exc"))]


def schedule(things: Things) -> v1.Schedule:
    made = things.practice.schedule(things.connection)
    del made.exceptions[:]
    made.exceptions.extend(exceptions(things))
    return made


def importing(things: Things) -> v1.DirectoryImportRequest:
    """Another therapist with all that is theirs, at a place that is there."""
    therapist = with_id(things.practice.therapist, "thr")
    service = with_id(things.practice.service, "svc")
    hours = schedule(things)
    service.therapist_id = hours.therapist_id = therapist.id
    return v1.DirectoryImportRequest(
        locations=[with_a_room_more(things.practice.location)],
        therapists=[therapist],
        services=[service],
        schedules=[hours],
    )


REQUESTS: dict[str, Callable[[Things], Message]] = {
    "Health/Check": lambda _: v1.HealthCheckRequest(),
    "Slots/Search": searching,
    "Slots/Check": checking,
    "Slots/BatchLookup": looking_up,
    "Holds/Take": taking,
    "Holds/Renew": lambda its: v1.HoldsRenewRequest(hold_id=its.hold.id),
    "Holds/Release": lambda its: v1.HoldsReleaseRequest(hold_id=its.hold.id),
    "Holds/Get": lambda its: v1.HoldsGetRequest(hold_id=its.hold.id),
    "Appointments/Book": booking,
    "Appointments/Book, for the first time": first_booking,
    "Appointments/Get": lambda its: v1.AppointmentsGetRequest(appointment_id=its.booked.id),
    "Appointments/Cancel": lambda its: v1.AppointmentsCancelRequest(appointment_id=its.booked.id),
    "Appointments/Cancel, a quote": lambda its: v1.AppointmentsCancelRequest(appointment_id=its.booked.id, validate_only=True),
    "Appointments/List": lambda its: v1.AppointmentsListRequest(
        therapist_id=its.booked.therapist_id,
        client_id=its.booked.client_id,
        therapy_id=its.therapy,
    ),
    "Appointments/List, of a series": lambda its: v1.AppointmentsListRequest(
        therapist_id=its.booked.therapist_id, series_id=its.series.series.id
    ),
    "Appointments/Reschedule": moving,
    "Appointments/Complete": lambda its: v1.AppointmentsCompleteRequest(appointment_id=its.booked.id),
    "Appointments/SetAttendance": lambda its: v1.AppointmentsSetAttendanceRequest(
        appointment_id=its.booked.id, attendance="ATTENDED"
    ),
    "Appointments/ListTransitions": lambda its: v1.AppointmentsListTransitionsRequest(appointment_id=its.booked.id),
    "Appointments/Join": lambda its: v1.AppointmentsJoinRequest(
        appointment_id=its.booked.id, party=wire.ACTOR_ROLE_CLIENT
    ),
    "Appointments/GetCancelLink": lambda its: v1.AppointmentsGetCancelLinkRequest(appointment_id=its.booked.id),
    "Requests/Ask": asking,
    "Requests/List": lambda its: v1.RequestsListRequest(therapist_id=its.practice.therapist.id),
    "Requests/Accept": lambda its: v1.RequestsAcceptRequest(
        appointment_id=its.asked.id, client_id=its.booked.client_id
    ),
    "Requests/Decline": lambda its: v1.RequestsDeclineRequest(appointment_id=its.asked.id),
    "Requests/Withdraw": lambda its: v1.RequestsWithdrawRequest(appointment_id=its.asked.id),
    "Series/Create": creating,
    "Series/Create, from the first": continuing,
    "Series/Search": seeking,
    "Series/Get": lambda its: v1.SeriesGetRequest(series_id=its.series.series.id),
    "Series/List": lambda its: v1.SeriesListRequest(
        therapist_id=its.practice.therapist.id, client_id=its.booked.client_id
    ),
    "Series/Reschedule": moving_series,
    "Series/Cancel": lambda its: v1.SeriesCancelRequest(
        appointment_id=its.series.appointments[0].id, scope=v1.SERIES_SCOPE_THIS
    ),
    "Payments/Begin": lambda its: v1.PaymentsBeginRequest(
        appointment_id=its.booked.id, payment_method_id=its.method
    ),
    "Payments/Confirm": lambda its: v1.PaymentsConfirmRequest(intent_id=its.bought.intent.id),
    "Payments/GetIntent": lambda its: v1.PaymentsGetIntentRequest(intent_id=its.bought.intent.id),
    "Payments/ListIntents": lambda its: v1.PaymentsListIntentsRequest(appointment_id=its.booked.id),
    "Payments/ListIntents, of a benefit": lambda its: v1.PaymentsListIntentsRequest(
        benefit_id=its.bought.benefit.id
    ),
    "Payments/Refund": lambda its: v1.PaymentsRefundRequest(
        appointment_id=its.booked.id, reason="asked for"
    ),
    "Payments/Refund, of a benefit": lambda its: v1.PaymentsRefundRequest(
        benefit_id=its.bought.benefit.id, reason="asked for"
    ),
    "Payments/Record": lambda its: v1.PaymentsRecordRequest(appointment_id=its.booked.id, method="cash"),
    "Payments/RecordRefund": lambda its: v1.PaymentsRecordRefundRequest(
        appointment_id=its.booked.id, method="cash", reason="asked for"
    ),
    "Payments/List": lambda its: v1.PaymentsListRequest(appointment_id=its.booked.id, therapy_id=its.therapy),
    "Payments/List, of a benefit": lambda its: v1.PaymentsListRequest(benefit_id=its.bought.benefit.id),
    "PaymentMethods/SetUp": lambda its: v1.PaymentMethodsSetUpRequest(
        client_id=its.booked.client_id, token="tok_ok", payment_method_id=new_id("pmt")
    ),
    "PaymentMethods/Get": lambda its: v1.PaymentMethodsGetRequest(payment_method_id=its.method),
    "PaymentMethods/List": lambda its: v1.PaymentMethodsListRequest(client_id=its.booked.client_id),
    "PaymentMethods/Update": lambda its: v1.PaymentMethodsUpdateRequest(
        payment_method_id=its.method, change=v1.PAYMENT_METHOD_CHANGE_MAKE_DEFAULT
    ),
    "Benefits/Grant": lambda its: v1.BenefitsGrantRequest(benefit=its.voucher()),
    "Benefits/Buy": lambda its: v1.BenefitsBuyRequest(
        benefit=its.voucher(), payment_method_id=its.method
    ),
    "Benefits/Use": lambda its: v1.BenefitsUseRequest(appointment_id=its.booked.id),
    "Benefits/Get": lambda its: v1.BenefitsGetRequest(benefit_id=its.bought.benefit.id),
    "Benefits/List": lambda its: v1.BenefitsListRequest(client_id=its.booked.client_id),
    "Ledger/TrialBalance": lambda _: v1.LedgerTrialBalanceRequest(),
    "Ledger/Statement": lambda its: v1.LedgerStatementRequest(
        owner_id=its.practice.therapist.id,
        start_time=timestamp(now_ms() - HOUR_MS),
        end_time=timestamp(now_ms() + HOUR_MS),
    ),
    "Ledger/ListTransfers": lambda its: v1.LedgerListTransfersRequest(subject_id=its.booked.id),
    "Ledger/RecordPayout": lambda its: v1.LedgerRecordPayoutRequest(
        therapist_id=its.practice.therapist.id,
        amount=v1.Money(minor_units=1, currency="EUR"),
        method="bank transfer",
    ),
    "Clients/Register": lambda its: v1.ClientsRegisterRequest(
        client=registration(client_id=new_id("cli")), therapist_id=its.practice.therapist.id
    ),
    "Clients/Get": lambda its: v1.ClientsGetRequest(client_id=its.booked.client_id),
    "Clients/List": lambda its: v1.ClientsListRequest(therapist_id=its.practice.therapist.id),
    "Clients/Match": lambda its: v1.ClientsMatchRequest(
        email=its.connection.call(
            v1.ClientsGetRequest(client_id=its.booked.client_id)
        ).client.email
    ),
    "Therapies/Get": lambda its: v1.TherapiesGetRequest(therapy_id=its.therapy),
    "Therapies/List": lambda its: v1.TherapiesListRequest(
        therapist_id=its.practice.therapist.id, client_id=its.booked.client_id
    ),
    "Therapies/Update": lambda its: v1.TherapiesUpdateRequest(therapy_id=its.therapy, self_booking=True),
    "Directory/CreateTherapist": lambda its: v1.DirectoryCreateTherapistRequest(
        therapist=with_id(its.practice.therapist, "thr")
    ),
    "Directory/UpdateTherapist": lambda its: v1.DirectoryUpdateTherapistRequest(therapist=its.practice.therapist),
    "Directory/GetTherapist": lambda its: v1.DirectoryGetTherapistRequest(therapist_id=its.practice.therapist.id),
    "Directory/ListTherapists": lambda _: v1.DirectoryListTherapistsRequest(),
    "Directory/CreateLocation": lambda its: v1.DirectoryCreateLocationRequest(location=with_id(its.practice.location, "loc")),
    "Directory/UpdateLocation": lambda its: v1.DirectoryUpdateLocationRequest(
        location=with_a_room_more(its.practice.location)
    ),
    "Directory/GetLocation": lambda its: v1.DirectoryGetLocationRequest(location_id=its.practice.location.id),
    "Directory/ListLocations": lambda _: v1.DirectoryListLocationsRequest(),
    "Directory/CreateService": lambda its: v1.DirectoryCreateServiceRequest(service=with_id(its.practice.service, "svc")),
    "Directory/UpdateService": lambda its: v1.DirectoryUpdateServiceRequest(service=its.practice.service),
    "Directory/GetService": lambda its: v1.DirectoryGetServiceRequest(service_id=its.practice.service.id),
    "Directory/ListServices": lambda its: v1.DirectoryListServicesRequest(therapist_id=its.practice.therapist.id),
    "Directory/UpdateSchedule": lambda its: v1.DirectoryUpdateScheduleRequest(schedule=schedule(its)),
    "Directory/GetSchedule": lambda its: v1.DirectoryGetScheduleRequest(therapist_id=its.practice.therapist.id),
    "Directory/ListSchedules": lambda _: v1.DirectoryListSchedulesRequest(),
    "Directory/AddScheduleExceptions": lambda its: its.practice.adding(*exceptions(its)),
    "Directory/RemoveScheduleExceptions": lambda its: its.practice.removing(its.exception),
    "Directory/ListPublicHolidays": lambda its: v1.DirectoryListPublicHolidaysRequest(
        calendar="IT",
        first_date=its.practice.day(0).isoformat(),
        last_date=(its.practice.day(0) + timedelta(days=1)).isoformat(),
    ),
    "Directory/GetPolicy": lambda _: v1.DirectoryGetPolicyRequest(),
    "Directory/UpdatePolicy": lambda _: v1.DirectoryUpdatePolicyRequest(policy=v1.Policy()),
    "Directory/ListAttendanceStatuses": lambda _: v1.DirectoryListAttendanceStatusesRequest(),
    "Directory/UpdateAttendanceStatuses": lambda _: v1.DirectoryUpdateAttendanceStatusesRequest(
        statuses=[
            v1.AttendanceStatus(code="LATE", name="Late", effect=v1.ATTENDANCE_EFFECT_NONE)
        ]
    ),
    "Directory/Import": importing,
    "Admin/Outbox": lambda its: v1.AdminOutboxRequest(
        subject_id=its.booked.id, recipient_id=its.booked.client_id
    ),
    "Admin/Audit": lambda its: v1.AdminAuditRequest(subject_id=its.booked.id, actor_id=its.booked.client_id),
    "Admin/Due": lambda _: v1.AdminDueRequest(),
    "Sandbox/GetTime": lambda _: v1.SandboxGetTimeRequest(),
    "Sandbox/Advance": lambda _: v1.SandboxAdvanceRequest(by_ms=1),
}
