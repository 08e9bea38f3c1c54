internal import Accounting
internal import Availability
internal import Intervals

/// An appointment on its way into being: what all ways to one have in common.
struct NewAppointment {
  let id: AppointmentID
  let session: NamedSession
  let slot: NamedSession.Slot
  /// Nil only for a request of someone who is not known.
  let client: ClientID?
  let policy: ResolvedAppointmentSettings
  var recurrence: SeriesMembership?
  /// The saved one that is charged (P-2); nil means the client's default.
  var paymentMethod: PaymentMethodID?
  /// The package that it is a session of (K-3).
  var link: PackageLink?
  /// N-2; nil means no SMS.
  var smsLeadMinutes: Int32?

  /// - Parameter request: not nil where it is only asked for.
  func appointment(at now: Instant, request: RequestDetails? = nil) -> Appointment {
    let service = session.service
    var appointment = Appointment(
      id: id, therapist: service.therapist, client: client, service: service.id,
      location: session.place.id, room: slot.room, span: slot.span,
      buffers: session.offer.buffers, zoneName: session.therapist.zone.name,
      plan: link?.sessionPlan ?? service.plan,
      // A package's session costs nothing until its share of the sum is paid, or its procedure chosen (K-5).
      price: link == nil ? service.price : Money(minorUnits: 0, currency: service.price.currency),
      bookedAt: now, state: .requested, paymentStatus: .none, version: 1,
      changedAt: now, cancelReason: "", recurrence: recurrence, paymentMethod: paymentMethod,
      package: link?.membership, smsLeadMinutes: smsLeadMinutes, request: request)
    if request == nil { appointment.confirm(at: now, under: policy) }
    appointment.due = appointment.nextDue(completeAfterMinutes: policy.completeAfterMinutes)
    return appointment
  }
}

extension Appointment {
  /// Makes it binding: it stands, or stands until it is paid (P-4).
  mutating func confirm(at now: Instant, under policy: ResolvedAppointmentSettings) {
    let isOwed = plan != .free && !price.isZero
    remindOnly(after: now)
    paymentStatus = isOwed ? .due : .none
    if isOwed && plan == .prepaid {
      state = .initiated
      paymentDeadline = min(
        now.advanced(byMs: Int64(policy.paymentMinutes) * 60_000), span.start.instant)
    } else {
      state = .scheduled
      if isOwed && plan == .captureBefore { chargeAt = Charging.time(of: span.start, from: now) }
    }
    due = nextDue(completeAfterMinutes: policy.completeAfterMinutes)
  }
}
