"""A request of every method, that names one of everything."""

from collections.abc import Callable
from datetime import timedelta

import contract as v1
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message
from practice import HOUR_MS, closed, new_id, now_ms, registration, timestamp
from seduta.wire.v1 import frames_pb2 as wire

from things import Things, template_key


def booking(things: Things) -> v1.AppointmentsBookRequest:
    return things.practice.booking(
        things.practice.at(4, "10:00"),
        things.booked.client_id,
        room_id=things.practice.rooms[0],
        appointment_id=new_id("apt"),
        hold_id=things.hold.id,
        payment_method_id=things.method,
        package_link_id=things.linked.link.id,
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


def watching(things: Things) -> v1.SlotsWatchRequest:
    found = searching(things)
    return v1.SlotsWatchRequest(from_ms=found.from_ms, until_ms=found.until_ms, filter=found.filter)


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


def changing_package(things: Things) -> v1.PackagesUpdateRequest:
    package = v1.Package()
    package.CopyFrom(things.package)
    package.version = 0
    return v1.PackagesUpdateRequest(package=package)


def editing_link(things: Things) -> v1.PackagesUpdateLinkRequest:
    request = v1.PackagesUpdateLinkRequest(
        link_id=things.linked.link.id,
        details=v1.VisitDetails(insurer="SulAmérica", notes="At the door"),
        room_id=things.practice.rooms[0],
    )
    request.update_mask.paths.extend(["details.insurer", "details.notes", "room_id"])
    return request


def changing_client(things: Things) -> v1.ClientsUpdateRequest:
    asked = v1.ClientsGetRequest(client_id=things.booked.client_id)
    client = things.connection.call(asked).client
    client.version = 0
    return v1.ClientsUpdateRequest(client=client)


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
    "Slots/Watch": watching,
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
    "Packages/Create": lambda its: v1.PackagesCreateRequest(package=its.template()),
    "Packages/Update": changing_package,
    "Packages/Get": lambda its: v1.PackagesGetRequest(package_id=its.package.id),
    "Packages/List": lambda _: v1.PackagesListRequest(),
    "Packages/Link": lambda its: its.linking(),
    "Packages/Schedule": lambda its: v1.PackagesScheduleRequest(
        link_id=its.linked.link.id, lines=[its.line(8)]
    ),
    "Packages/GetLink": lambda its: v1.PackagesGetLinkRequest(link_id=its.linked.link.id),
    "Packages/ListLinks": lambda its: v1.PackagesListLinksRequest(
        client_id=its.booked.client_id, therapist_id=its.practice.therapist.id
    ),
    "Packages/ListSessions": lambda its: v1.PackagesListSessionsRequest(link_id=its.linked.link.id),
    "Packages/UpdateLink": editing_link,
    "Packages/RenewLink": lambda its: v1.PackagesRenewLinkRequest(
        link_id=its.linked.link.id, new_link_id=new_id("pkl")
    ),
    "Packages/DeleteLink": lambda its: v1.PackagesDeleteLinkRequest(
        link_id=its.linked.link.id, future_sessions=v1.FUTURE_SESSIONS_KEEP
    ),
    "Packages/Pay": lambda its: v1.PackagesPayRequest(
        link_id=its.owed.id, payment=v1.PackagePayment(payment_method_id=its.method)
    ),
    "Packages/ChooseProcedure": lambda its: v1.PackagesChooseProcedureRequest(
        appointment_id=its.linked.appointments[0].id, procedure_id=its.practice.service.id
    ),
    "Packages/GetCard": lambda its: v1.PackagesGetCardRequest(link_id=its.linked.link.id),
    "Notifications/GetSettings": lambda _: v1.NotificationsGetSettingsRequest(),
    "Notifications/UpdateSettings": lambda _: v1.NotificationsUpdateSettingsRequest(
        settings=v1.NotificationSettings(sender_name="Aurora"),
        update_mask=FieldMask(paths=["sender_name"]),
    ),
    "Notifications/ListTemplates": lambda _: v1.NotificationsListTemplatesRequest(),
    "Notifications/GetTemplate": lambda its: v1.NotificationsGetTemplateRequest(key=its.own_text.key),
    "Notifications/PutTemplate": lambda its: v1.NotificationsPutTemplateRequest(template=its.own_text),
    "Notifications/DeleteTemplate": lambda _: v1.NotificationsDeleteTemplateRequest(
        key=template_key("de")
    ),
    "Notifications/PreviewTemplate": lambda its: v1.NotificationsPreviewTemplateRequest(
        template=its.own_text
    ),
    "Webhooks/CreateEndpoint": lambda _: v1.WebhooksCreateEndpointRequest(
        url="https://example.org/hook", kinds=["HOLD_LAPSED_NEVER"], endpoint_id=new_id("whe")
    ),
    "Webhooks/UpdateEndpoint": lambda its: v1.WebhooksUpdateEndpointRequest(
        endpoint=v1.WebhookEndpoint(id=its.endpoint, kinds=["HOLD_LAPSED_NEVER"]),
        update_mask=FieldMask(paths=["kinds"]),
    ),
    "Webhooks/RotateSecret": lambda its: v1.WebhooksRotateSecretRequest(endpoint_id=its.endpoint),
    "Webhooks/DeleteEndpoint": lambda its: v1.WebhooksDeleteEndpointRequest(endpoint_id=its.another_endpoint()),
    "Webhooks/ListEndpoints": lambda _: v1.WebhooksListEndpointsRequest(),
    "Webhooks/ListDeliveries": lambda its: v1.WebhooksListDeliveriesRequest(endpoint_id=its.endpoint),
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
    "Clients/Update": changing_client,
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
    "Events/List": lambda its: v1.EventsListRequest(subject_id=its.booked.id),
    "Events/Subscribe": lambda _: v1.EventsSubscribeRequest(),
    "Admin/Outbox": lambda its: v1.AdminOutboxRequest(
        subject_id=its.booked.id, recipient_id=its.booked.client_id
    ),
    "Admin/Audit": lambda its: v1.AdminAuditRequest(subject_id=its.booked.id, actor_id=its.booked.client_id),
    "Admin/Due": lambda _: v1.AdminDueRequest(),
    "Sandbox/GetTime": lambda _: v1.SandboxGetTimeRequest(),
    "Sandbox/Advance": lambda _: v1.SandboxAdvanceRequest(by_ms=1),
}
