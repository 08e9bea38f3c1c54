public import Accounting
public import Availability
public import Intervals

/// What the engine says to a command.
public enum Decision: Hashable, Sendable {
  case refuse(Refusal)
  case change(Change)
}

/// What is to be made durable, all of it or nothing, and what the caller is told.
public struct Change: Hashable, Sendable {
  public let events: [Event]
  /// What the books say of it: balanced, each by itself (P-9). Added by `Bookkeeping`, from the events.
  public internal(set) var transfers: [Transfer] = []
  /// Promised in the transaction, performed after it.
  public let effects: [Effect]
  public let answer: Answer

  public init(events: [Event], effects: [Effect] = [], answer: Answer) {
    self.events = events
    self.effects = effects
    self.answer = answer
  }
}

/// Something that happened.
public enum Event: Hashable, Sendable {
  case clientRegistered(Client)
  /// The client is on the therapist's list from here on.
  case therapyBegun(Therapy)
  case therapyChanged(Therapy)
  /// Asked for or booked.
  case appointmentBooked(Appointment, Transition)
  /// `from` is the version before.
  case appointmentChanged(Appointment, from: Appointment, Transition)
  case seriesMade(Series)
  case seriesChanged(Series)
  case holdTaken(Hold)
  case holdRenewed(Hold)
  case holdReleased(Hold)
  /// The appointment takes its place.
  case holdBooked(Hold, by: AppointmentID)
  /// It was over at its deadline; from here on nothing is kept of what it took.
  case holdLapsed(HoldID)
  case locationPut(Location)
  case therapistPut(Therapist)
  case servicePut(HealthcareService)
  case schedulePut(Schedule)
  case policyPut(PartnerPolicy)
  /// Came in or was given back; what became of the appointment is an event of its own.
  case moneyMoved(Payment)
  /// A refund that was on its way arrived, or failed.
  case moneyChanged(Payment, from: Payment)
  case paymentIntentMade(PaymentIntent)
  case paymentIntentChanged(PaymentIntent, from: PaymentIntent)
  case paymentMethodMade(PaymentMethod)
  case paymentMethodChanged(PaymentMethod)
  case benefitMade(Benefit)
  case benefitChanged(Benefit, from: Benefit)
  case payoutRecorded(Payout)
  /// So that it is not listened to twice; it is no event of the partner's.
  case gatewayEventHeard(gateway: String, id: String)
  case attendanceStatusesPut(AttendanceStatuses)
  case clientChanged(Client)
  case packagePut(Package)
  case packageLinked(PackageLink)
  case packageLinkChanged(PackageLink, from: PackageLink)
  /// Its version stays: what a caller saw of it is still so.
  case appointmentReminded(Appointment)
  /// Nil takes the partner's own away.
  case messageTemplatePut(MessageTemplateKey, MessageTemplate?, version: Int64)
  case notificationSettingsPut(NotificationSettings)
  case webhookEndpointPut(WebhookEndpoint)
  case webhookEndpointDeleted(WebhookEndpointID)
  /// What is sent is no event of the partner's, like the two after it.
  case deliveryNoted(DeliveryNote)
  case webhooksNoted(WebhookNote)
}

/// Something to be done outside, at least once (N-1, N-4).
public enum Effect: Hashable, Sendable {
  case message(Notice)
}

/// What someone is to be told (N-1).
public struct Notice: Hashable, Sendable {
  public let kind: MessageKind
  public let recipient: Recipient
  public let subject: MessageSubject
  public let channel: Channel
  /// What goes into it word by word; may be empty.
  public let note: String
  /// Why it is not sent, for whoever looks: it would come too late. Nil where it is sent.
  public let skipped: String?

  public init(
    _ kind: MessageKind, to recipient: Recipient, about subject: MessageSubject,
    by channel: Channel = .email, note: String = "", skipped: String? = nil
  ) {
    self.kind = kind
    self.recipient = recipient
    self.subject = subject
    self.channel = channel
    self.note = note
    self.skipped = skipped
  }
}

/// How a message goes.
public enum Channel: String, CaseIterable, Sendable {
  case email = "EMAIL"
  case sms = "SMS"
}

public enum MessageKind: String, CaseIterable, Sendable {
  case bookingConfirmed = "BOOKING_CONFIRMED"
  case requestReceived = "REQUEST_RECEIVED"
  case requestAccepted = "REQUEST_ACCEPTED"
  case requestDeclined = "REQUEST_DECLINED"
  case appointmentChanged = "APPOINTMENT_CHANGED"
  case appointmentCancelled = "APPOINTMENT_CANCELLED"
  /// Cancelled for non-payment.
  case paymentCancelled = "PAYMENT_CANCELLED"
  case paid = "PAID"
  case refunded = "REFUNDED"
  /// Not given back, after all.
  case refundFailed = "REFUND_FAILED"
  case paymentFailed = "PAYMENT_FAILED"
  case reminder = "REMINDER"
  case packageLinked = "PACKAGE_LINKED"
  case packageRenewed = "PACKAGE_RENEWED"
}

public enum Recipient: Hashable, Sendable {
  case therapist(TherapistID)
  case client(ClientID)
  /// Whoever asked for this appointment, and is not known as a client.
  case requester(AppointmentID)
}

public enum MessageSubject: Hashable, Sendable {
  case appointment(AppointmentID)
  case series(SeriesID)
  case benefit(BenefitID)
  case packageLink(PackageLinkID)
}

/// What the caller is told when it went well.
public enum Answer: Hashable, Sendable {
  case client(Client)
  case booked(Appointment)
  case cancelled(Cancellation)
  case rescheduled(Appointment)
  case completed(Appointment)
  case attendanceSet(Appointment)
  /// - Parameter intent: nil where the money moves outside.
  case paymentBegun(Appointment, intent: PaymentIntent?)
  case paymentIntent(PaymentIntent)
  case refunds([Payment], Appointment)
  case benefitRefunds([Payment], Benefit)
  case paymentMethod(PaymentMethod)
  /// - Parameter intent: by which it is being paid.
  case benefit(Benefit, intent: PaymentIntent?)
  case benefitsUsed([Payment], Appointment)
  case payout(Payout)
  /// There is nothing to tell, and nobody to tell it to.
  case noted
  case moneyMoved(Payment, Appointment)
  /// - isClientTold: not to someone without an id: whoever writes another's address would learn that they are
  ///   a client.
  case asked(Appointment, isClientTold: Bool)
  case accepted(Appointment, isNewClient: Bool)
  case declined(Appointment)
  case withdrawn(Appointment)
  case seriesMade(SeriesOutcome)
  case seriesMoved(SeriesOutcome)
  case seriesCancelled(Series, [Cancellation])
  /// Of an appointment that time has changed, or not.
  case timePassed(Appointment)
  case holdTaken(Hold)
  case holdRenewed(Hold)
  case holdReleased
  case directory(DirectoryEntry, created: Bool)
  case imported(created: Int, replaced: Int)
  case schedule(ChangedSchedule)
  case policy(PartnerPolicy)
  case attendanceStatuses(AttendanceStatuses)
  case therapy(Therapy)
  case package(Package)
  case packageLinked(LinkOutcome)
  case packageLink(PackageLink)
  case packageLinkDeleted(PackageLink, [Appointment])
  /// - Parameter intent: by which it is being paid; nil where the money moved outside.
  case packageLinkPaid(PackageLink, Payment?, intent: PaymentIntent?)
  case procedureChosen(Appointment)
  case messageTemplate(MessageTemplateKey, MessageTemplate?, version: Int64)
  case notificationSettings(NotificationSettings)
  /// - Parameter tellsSecret: whether the secret is new.
  case webhookEndpoint(WebhookEndpoint, tellsSecret: Bool)
  case webhookEndpointDeleted
}

/// Why not, with the facts. An answer like any other.
public enum Refusal: Hashable, Sendable {
  /// No such thing, or it is another partner's; `field` says which part of the request named it.
  case notFound(id: String, field: String)
  /// Fields that only the facts show to be wrong.
  case invalid([FieldFault])
  /// The id that the caller chose is taken.
  case idTaken(id: String, field: String)
  /// The slot cannot be booked (S-4): every discrepancy that stands in the way, those that were
  /// overridden besides (S-6), and what could be booked instead.
  case unbookable([Discrepancy], overridden: [Discrepancy], alternatives: [Minute])
  /// Occurrences of a series that cannot be booked, and so nothing of it can (B-8); in order of time.
  case seriesUnbookable([OccurrenceReport])
  /// A series cannot be paid in this way.
  case planNotForSeries(ServiceID, PaymentPlan)
  /// Nothing of it is left to cancel (B-9).
  case seriesOver(SeriesID)
  /// The hold's deadline has come (S-12).
  case holdLapsed(HoldID, at: Instant)
  /// The hold has lasted as long as it may (S-12).
  case holdExhausted(HoldID, at: Instant)
  /// Someone changed it meanwhile (B-14).
  case staleVersion(id: String, seen: Int64, current: Int64)
  /// The table of A-1 has no such step.
  case transition(AppointmentID, from: AppointmentState, to: AppointmentState)
  /// What would change something other than the state is not done in this one.
  case notInState(AppointmentID, AppointmentState, Deed)
  /// A session that has started cannot be cancelled or moved any more.
  case begun(AppointmentID, at: Minute)
  /// No full session was held and paid, and follow-ups wait for one (B-7).
  case followUpNotOpen(CarePair)
  /// In this therapy the client does not book follow-ups by themself (B-7).
  case selfBookingOff(CarePair)
  /// Clients book this service at once, and need not ask (B-1).
  case requestsNotTaken(ServiceID)
  /// Clients ask for this service, and the therapist decides (B-4).
  case requestRequired(ServiceID)
  /// It is no request that waits for its answer; it is in this state.
  case notRequested(AppointmentID, AppointmentState)
  /// Whose the request is has to be said: it may be any of these (B-5).
  case severalMatch(AppointmentID, [ClientID])
  /// The signed link has served, or the appointment ended otherwise.
  case linkUsed(AppointmentID, AppointmentState)
  /// The session that the signed link is for has started.
  case linkExpired(AppointmentID, at: Minute)
  /// All of it is paid already, or it costs nothing.
  case nothingDue(AppointmentID)
  /// Nothing that was paid is left to be given back (P-6).
  case nothingPaid(AppointmentID)
  /// This server has no payment gateway, or not the one that this money is with.
  case gatewayMissing(String)
  /// An attempt to take the money is under way, and what came of it is not known yet.
  case paymentInFlight(PaymentIntentID, PaymentIntentState)
  /// The intent is over, or has no step to confirm.
  case intentNotOpen(PaymentIntentID, PaymentIntentState)
  /// A session of this service is charged to a saved payment method, and the client has none (P-2).
  case paymentMethodRequired(ServiceID)
  /// The saved payment method cannot be used.
  case paymentMethodNotActive(PaymentMethodID, PaymentMethodState)
  /// A session of this service is paid by a package or a voucher for sessions, and the client has none left (P-1).
  case benefitRequired(ServiceID)
  /// The client has no benefit that pays for it.
  case noBenefit(AppointmentID)
  /// More than the therapist is owed.
  case payoutTooHigh(TherapistID, owed: Money)
  /// Nothing of it came through a gateway and is left to be given back (P-6).
  case nothingPaidForBenefit(BenefitID)
  /// The money of this plan is no therapist's to record.
  case planNotTherapists(AppointmentID, PaymentPlan)
  /// All of its sessions are used or booked (K-6).
  case packageUsedUp(PackageLinkID, available: Int32)
  /// It expired, or was deleted.
  case packageNotActive(PackageLinkID, PackageLinkState)
  /// The session would begin after its validity (K-1).
  case packageExpires(PackageLinkID, at: Instant)
  /// Dates that cannot be booked, and so none is (K-3); in the order in which they were named.
  case packageLinesUnbookable([OccurrenceReport])
  /// It is no session of a package whose sessions are posted by procedure (K-5).
  case noProcedure(AppointmentID)
  /// All of its sum is paid, or there is none (K-5).
  case nothingDueForPackage(PackageLinkID)
  /// Something depends on what would go.
  case inUse(id: String, by: String, field: String)
}

/// What is done to an appointment, but for taking it to another state.
public enum Deed: String, CaseIterable, Sendable {
  case reschedule, setAttendance, recordPayment, beginSeries, chooseProcedure
}

/// A refusal on its way out of a part of a decision.
public struct Refused: Error {
  public let refusal: Refusal

  init(_ refusal: Refusal) {
    self.refusal = refusal
  }
}

/// A field of the request, and what was expected there.
public struct FieldFault: Hashable, Sendable {
  /// As proto names: "service.location_ids[1]".
  public let field: String
  public let expected: String

  public init(field: String, expected: String) {
    self.field = field
    self.expected = expected
  }
}
