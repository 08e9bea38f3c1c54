public import Accounting
public import Availability

/// What a decision has to know: the ids are loaded before it is made.
public struct Needs: Hashable, Sendable {
  public var therapists: Set<TherapistID> = []
  public var locations: Set<LocationID> = []
  public var services: Set<ServiceID> = []
  /// Services whose therapist and locations are needed with them.
  public var servicesWhole: Set<ServiceID> = []
  /// Therapists whose schedule, services and locations are needed with them.
  public var therapistsWhole: Set<TherapistID> = []
  /// Therapists whose schedule and appointments to come are needed; named in `therapists` too.
  public var diaries: Set<TherapistID> = []
  /// Therapists whose calendar (hours and busy times) is needed.
  public var calendars: Set<TherapistID> = []
  /// Rooms whose owner and busy times are needed.
  public var rooms: Set<RoomID> = []
  public var clients: Set<ClientID> = []
  public var appointments: Set<AppointmentID> = []
  /// Appointments whose service, policy, therapy and calendar are needed with them.
  public var appointmentsWhole: Set<AppointmentID> = []
  /// Appointments whose series is needed whole: with all its appointments, their services, policies and
  /// calendars.
  public var seriesWhole: Set<AppointmentID> = []
  /// Therapies by who is in them.
  public var therapies: Set<CarePair> = []
  public var therapiesByID: Set<TherapyID> = []
  /// Those whose sessions are needed where the policy of the service has follow-ups wait (B-7); named in
  /// `therapies` and `services` too.
  public var careHistories: [CarePair: ServiceID] = [:]
  /// The same for whoever is in these appointments; named in `appointmentsWhole` too.
  public var careHistoriesOf: Set<AppointmentID> = []
  /// People whom clients may match: those clients are needed, and what they have had with the therapist.
  public var matches: Set<MatchNeed> = []
  public var holds: Set<HoldID> = []
  /// Holds whose service and its policy are needed with them.
  public var holdsWhole: Set<HoldID> = []
  /// Intents, with all that `appointmentsWhole` or the benefit brings for what they are for.
  public var intents: Set<PaymentIntentID> = []
  /// Refunds that go through a gateway, with their intents.
  public var refunds: Set<PaymentID> = []
  /// Saved payment methods, with their clients' wallets.
  public var paymentMethods: Set<PaymentMethodID> = []
  /// Clients whose saved payment methods are needed.
  public var wallets: Set<ClientID> = []
  /// Clients whose benefits that are not over are needed.
  public var benefitsOf: Set<ClientID> = []
  /// Appointments whose client's benefits that are not over are needed; named in `appointmentsWhole` too.
  public var benefitsFor: Set<AppointmentID> = []
  /// Benefits with their intents and payments.
  public var benefits: Set<BenefitID> = []
  /// Gateways' events, of which it has to be known whether they were heard before.
  public var gatewayEvents: Set<GatewayEventKey> = []
  /// Therapists of whom it has to be known what they are owed.
  public var earningsOf: Set<TherapistID> = []
  /// Templates, with their services and policies.
  public var packages: Set<PackageID> = []
  /// Links, with their client and the client's calendar, their benefit, its intents and payments, their client's
  /// account, their services with policies, and the therapies of their client with the therapists in `calendars`.
  public var links: Set<PackageLinkID> = []
  /// Links whose appointments are needed whole (see `appointmentsWhole`); named in `links` too.
  public var linksWhole: Set<PackageLinkID> = []
  public var notificationSettings = false
  public var messageTemplates: Set<MessageTemplateKey> = []
  public var webhookEndpoints: Set<WebhookEndpointID> = []
  /// Where the partner's events are.
  public var lastPosition = false
  public var partnerPolicy = false
  public var attendanceStatuses = false

  public init() {}
}

/// The id of a gateway's event.
public struct GatewayEventKey: Hashable, Sendable {
  public let gateway: String
  public let id: String

  public init(gateway: String, id: String) {
    self.gateway = gateway
    self.id = id
  }
}

/// Of whom it has to be known which clients they may be (B-5).
public enum MatchNeed: Hashable, Sendable {
  case person(PersonSought, with: TherapistID, booking: ServiceID)
  /// Whoever asked for an appointment that is among the needs, and is not known.
  case request(AppointmentID)
}

/// What is known, at the command's turn. Only what is the partner's own is in the dictionaries.
public struct Facts: Sendable {
  public var therapists: [TherapistID: Therapist] = [:]
  public var locations: [LocationID: Location] = [:]
  public var services: [ServiceID: HealthcareService] = [:]
  public var schedules: [TherapistID: Schedule] = [:]
  public var clients: [ClientID: Client] = [:]
  public var appointments: [AppointmentID: Appointment] = [:]
  /// All whom the people among the needs may match, with their busy times; maybe others, too.
  public var candidates: [ClientID: Client] = [:]
  public var series: [SeriesID: Series] = [:]
  /// All that were ever a series', in the order in which its rule gave them.
  public var occurrences: [SeriesID: [Appointment]] = [:]
  public var therapies: [CarePair: Therapy] = [:]
  public var therapiesByID: [TherapyID: Therapy] = [:]
  public var careHistories: [CarePair: CareHistory] = [:]
  /// What holds for each of the services.
  public var policies: [ServiceID: ResolvedPolicy] = [:]
  public var holds: [HoldID: Hold] = [:]
  /// What takes a therapist's time and is not over, nearest first.
  public var appointmentsToCome: [TherapistID: [Appointment]] = [:]
  /// All of an appointment's, in the order in which they were made; of those in `appointmentsWhole` and
  /// `seriesWhole`.
  public var intents: [AppointmentID: [PaymentIntent]] = [:]
  /// All that moved for an appointment, by id; of the same.
  public var payments: [AppointmentID: [Payment]] = [:]
  public var paymentMethods: [PaymentMethodID: PaymentMethod] = [:]
  /// Of a client; those that are named among the needs, and of the clients of what is in `appointmentsWhole`
  /// where something is to be charged. By id.
  public var wallets: [ClientID: [PaymentMethod]] = [:]
  /// All benefits that were asked for by id, and all that paid for what is in `appointmentsWhole`.
  public var benefits: [BenefitID: Benefit] = [:]
  /// Those of a client's that are pending or active, by id: of the clients among the needs, and, where a service
  /// among the facts is paid by packages, of all who may come to it.
  public var accounts: [ClientID: [Benefit]] = [:]
  /// The intents and payments of benefits that were asked for by id.
  public var benefitIntents: [BenefitID: [PaymentIntent]] = [:]
  public var benefitPayments: [BenefitID: [Payment]] = [:]
  /// What the intents, refunds and methods that were asked for by id are for.
  public var purposes: [PaymentIntentID: PaymentPurpose] = [:]
  public var refundPurposes: [PaymentID: PaymentPurpose] = [:]
  public var packages: [PackageID: Package] = [:]
  /// All that were asked for by id, and those of what is in `appointmentsWhole`, as `links` brings them.
  public var links: [PackageLinkID: PackageLink] = [:]
  /// All sessions that were ever booked of a link that was asked for whole, by start, then id.
  public var linkAppointments: [PackageLinkID: [Appointment]] = [:]
  public var notificationSettings = NotificationSettings.unset
  /// Versions of those that the partner has, or had.
  public var messageTemplates: [MessageTemplateKey: Int64] = [:]
  public var webhookEndpoints: [WebhookEndpointID: WebhookEndpoint] = [:]
  /// Of the partner's last event; 0 before the first.
  public var lastPosition: Int64 = 0
  public var heardEvents: Set<GatewayEventKey> = []
  /// What the books say that a therapist is owed, by currency.
  public var earnings: [TherapistID: [Money]] = [:]
  public var partnerPolicy = PartnerPolicy.unset
  public var attendanceStatuses = AttendanceStatuses.unset
  public var roomOwners: [RoomID: LocationID] = [:]
  /// Ids among the needs that exist with another partner, as text.
  public var takenElsewhere: Set<String> = []
  /// Hours and busy times of therapists, rooms and clients.
  public var index: AvailabilityIndex

  public init(index: AvailabilityIndex) {
    self.index = index
  }
}

extension Facts {
  /// What holds for a service that is among the facts.
  func policy(of service: HealthcareService) -> ResolvedPolicy {
    guard let policy = policies[service.id] else {
      preconditionFailure("a service comes with its policy")
    }
    return policy
  }

  /// What holds for an appointment whose service is among the facts.
  func policy(of appointment: Appointment) -> ResolvedAppointmentSettings {
    guard let policy = policies[appointment.service] else {
      preconditionFailure("an appointment comes with its service's policy")
    }
    return policy.appointments
  }
}
