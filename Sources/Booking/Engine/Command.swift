public import Availability
public import Intervals

/// A wish to change something, on someone's behalf.
public struct Command: Hashable, Sendable {
  public let partner: PartnerID
  public let actor: Actor
  public let wish: Wanted
  /// True: decide as if, and change nothing.
  public let validateOnly: Bool

  public init(partner: PartnerID, actor: Actor, wish: Wanted, validateOnly: Bool = false) {
    self.partner = partner
    self.actor = actor
    self.wish = wish
    self.validateOnly = validateOnly
  }
}

/// What is wanted.
public enum Wanted: Hashable, Sendable {
  case registerClient(Registration, joining: TherapistID?)
  case book(BookingWish)
  case cancel(CancelWish)
  case reschedule(RescheduleWish)
  /// By hand.
  case complete(AppointmentID, seenVersion: Int64?)
  case setAttendance(AttendanceWish)
  case beginPayment(BeginWish)
  /// The client has confirmed at their bank: the gateway is to go on.
  case confirmPayment(PaymentIntentID)
  case recordPayment(MoneyWish)
  case recordRefund(MoneyWish)
  case refund(RefundWish)
  case setUpMethod(SetUpWish)
  case changeMethod(MethodWish)
  case giveBenefit(BenefitWish)
  /// Pays what is due by the client's benefits, as far as they reach (P-5).
  case useBenefits(AppointmentID, seenVersion: Int64?)
  case recordPayout(PayoutWish)
  /// What a gateway answered, or not.
  case errandAnswered(ErrandAnswered)
  case gatewayTold(GatewayEvent)
  case putAttendanceStatuses(AttendanceStatusesPut)
  case ask(AskWish)
  case accept(AcceptWish)
  case decline(DeclineWish)
  case withdraw(WithdrawWish)
  case createSeries(SeriesWish)
  case moveSeries(SeriesMove)
  case cancelSeries(SeriesCancelWish)
  /// All that time has brought an appointment by now.
  case passTime(AppointmentID)
  /// Its time is over (P-5).
  case expireBenefit(BenefitID)
  case takeHold(HoldWish)
  case renewHold(HoldID)
  case releaseHold(HoldID)
  case putDirectory(DirectoryPut)
  case changeSchedule(ScheduleChange)
  case putPolicy(PolicyPut)
  case updateTherapy(TherapyUpdate)
  case updateClient(ClientUpdate)
  case putPackage(PackagePut)
  case linkPackage(LinkWish)
  case schedulePackage(PackageScheduleWish)
  case editLink(LinkEdit)
  case renewLink(LinkRenewal)
  case deleteLink(LinkDeletion)
  case payLink(LinkPaymentWish)
  /// Its validity is over (K-1).
  case expireLink(PackageLinkID)
  case chooseProcedure(ProcedureWish)
  case putMessageTemplate(MessageTemplatePut)
  case putNotificationSettings(NotificationSettingsPut)
  case putWebhookEndpoint(WebhookEndpointPut)
  case deleteWebhookEndpoint(WebhookEndpointID)
  /// What came of messages that were to be sent (N-4).
  case noteDeliveries([DeliveryNote])
  /// How far a partner's webhooks came (N-5).
  case noteWebhooks(WebhookNote)
}

/// A session to book (B-1).
public struct BookingWish: Hashable, Sendable {
  /// Who comes.
  public enum Attendee: Hashable, Sendable {
    case registered(ClientID)
    case new(Registration)
  }

  public let therapist: TherapistID
  public let service: ServiceID
  public let location: LocationID
  /// Nil takes the first free one in the location's order (S-10).
  public let room: RoomID?
  public let start: Minute
  public let attendee: Attendee
  /// Chosen by the caller; nil lets the decision make one.
  public let id: AppointmentID?
  /// What is knowingly accepted (S-6).
  public let overrides: Overrides
  /// The hold that it takes over (S-12).
  public let hold: HoldID?
  /// The saved one that is charged before the session (P-2); nil means the client's default.
  public let paymentMethod: PaymentMethodID?
  /// Whether the client's benefits pay, as far as they reach (P-5).
  public let usesBenefits: Bool
  /// The package that it is a session of (K-3); nil for none.
  public let link: PackageLinkID?

  public init(
    therapist: TherapistID, service: ServiceID, location: LocationID, room: RoomID?, start: Minute,
    attendee: Attendee, id: AppointmentID?, overrides: Overrides = [], hold: HoldID? = nil,
    paymentMethod: PaymentMethodID? = nil, usesBenefits: Bool = false, link: PackageLinkID? = nil
  ) {
    self.therapist = therapist
    self.service = service
    self.location = location
    self.room = room
    self.start = start
    self.attendee = attendee
    self.id = id
    self.overrides = overrides
    self.hold = hold
    self.paymentMethod = paymentMethod
    self.usesBenefits = usesBenefits
    self.link = link
  }
}

/// A slot to hold (S-12).
public struct HoldWish: Hashable, Sendable {
  public let therapist: TherapistID
  public let service: ServiceID
  public let location: LocationID
  /// Nil takes the first free one in the location's order (S-10).
  public let room: RoomID?
  public let start: Minute
  /// Nil where it is not known who comes.
  public let client: ClientID?
  /// Chosen by the caller; nil lets the decision make one.
  public let id: HoldID?

  public init(
    therapist: TherapistID, service: ServiceID, location: LocationID, room: RoomID?, start: Minute,
    client: ClientID?, id: HoldID?
  ) {
    self.therapist = therapist
    self.service = service
    self.location = location
    self.room = room
    self.start = start
    self.client = client
    self.id = id
  }
}

/// An appointment to cancel.
public struct CancelWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let reason: String
  /// Whether the client is not told (B-11).
  public let isQuiet: Bool

  public init(
    appointment: AppointmentID, seenVersion: Int64?, reason: String, isQuiet: Bool = false
  ) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.reason = reason
    self.isQuiet = isQuiet
  }
}

/// Directory entries to write, all of them or none.
public struct DirectoryPut: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// Where it stands in the request, for errors: "therapist", "therapists[3]".
    public let path: String
    public let value: DirectoryEntry
    public let mode: Mode

    public init(path: String, value: DirectoryEntry, mode: Mode) {
      self.path = path
      self.value = value
      self.mode = mode
    }
  }

  public enum Mode: Hashable, Sendable {
    /// Must not exist.
    case create
    /// Must exist, at that version where one is given (B-14).
    case update(seenVersion: Int64?)
    /// Whichever.
    case replace
  }

  public let entries: [Entry]
  /// True for an import, whose answer counts instead of repeating.
  public let isImport: Bool

  public init(entries: [Entry], isImport: Bool) {
    self.entries = entries
    self.isImport = isImport
  }
}

/// The partner's new policy.
public struct PolicyPut: Hashable, Sendable {
  public let policy: Policy
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?

  public init(policy: Policy, seenVersion: Int64?) {
    self.policy = policy
    self.seenVersion = seenVersion
  }
}

/// A therapy's new settings (B-7).
public struct TherapyUpdate: Hashable, Sendable {
  public let therapy: TherapyID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let selfBooking: Bool

  public init(therapy: TherapyID, seenVersion: Int64?, selfBooking: Bool) {
    self.therapy = therapy
    self.seenVersion = seenVersion
    self.selfBooking = selfBooking
  }
}

/// One resource of the directory. Where it updates, the fields say which of its values count.
public enum DirectoryEntry: Hashable, Sendable {
  case location(Location, Set<LocationField>)
  case therapist(Therapist, Set<TherapistField>)
  case service(HealthcareService, Set<HealthcareServiceField>)
  case schedule(Schedule)
}
