internal import Accounting
internal import Availability

/// The books of one change while they are written, event by event.
struct Books {
  let partner: PartnerID
  let events: [Event]
  let facts: Facts
  private var transfers: [Transfer] = []
  private var appointments: [AppointmentID: AppointmentBooks] = [:]
  /// How much more each benefit is worth after the change than what was posted so far tells.
  var untold: [BenefitID: Int64]

  init(of partner: PartnerID, for events: [Event], facts: Facts) {
    self.partner = partner
    self.events = events
    self.facts = facts
    untold = Books.untold(in: events)
    // First of all: money may move before the event that says what became of the appointment.
    for event in events {
      if case .appointmentBooked(let appointment, _) = event { know(appointment, from: nil) }
      if case .appointmentChanged(let appointment, from: let old, _) = event {
        know(appointment, from: old)
      }
    }
  }

  private mutating func know(_ appointment: Appointment, from old: Appointment?) {
    appointments[appointment.id, default: AppointmentBooks(appointment, from: old)].last =
      appointment
  }

  mutating func write(_ event: Event) {
    switch event {
    case .appointmentBooked(let appointment, _), .appointmentChanged(let appointment, from: _, _):
      earn(Earnings(of: appointment), by: appointment.id)
    case .moneyMoved(let payment):
      if payment.counts { write(payment) }
    case .moneyChanged(let payment, from: let old): write(payment, from: old)
    case .paymentIntentChanged(let intent, from: let old): write(intent, from: old)
    case .benefitMade(let benefit): write(benefit)
    case .benefitChanged(let benefit, from: let old): write(benefit, from: old)
    case .payoutRecorded(let payout): write(payout)
    case .clientRegistered, .therapyBegun, .therapyChanged, .seriesMade, .seriesChanged, .holdTaken,
      .holdRenewed, .holdReleased, .holdBooked, .holdLapsed, .locationPut, .therapistPut,
      .servicePut, .schedulePut, .policyPut, .paymentIntentMade, .paymentMethodMade,
      .paymentMethodChanged, .gatewayEventHeard, .attendanceStatusesPut, .clientChanged,
      .packagePut, .packageLinked, .packageLinkChanged, .appointmentReminded,
      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
      .deliveryNoted,
      .webhooksNoted:
      break
    }
  }

  /// What was written. Traps where it is not what the change's records say.
  func closed() -> [Transfer] {
    for books in appointments.values {
      precondition(
        books.kept == books.last.kept,
        "\(books.last.id.text): expected paid less refunded to be \(books.kept), which moved, got \(books.last.kept)"
      )
    }
    let rest = untold.values.reduce(0, +)
    precondition(
      rest == 0, "benefits: expected their worth to change by what was posted, got \(rest) more")
    return transfers
  }

  /// Postings that cancel each other out are no transfer.
  mutating func post(
    _ kind: TransferKind, _ subject: String, note: String = "", _ postings: [Posting?]
  ) {
    do throws(Unbalanced) {
      transfers.append(
        try Transfer.balanced(kind: kind, subject: subject, note: note, postings: postings))
    } catch {
      switch error {
      case .empty: break
      case .off, .tooLarge: preconditionFailure("\(kind.rawValue) of \(subject): \(error)")
      }
    }
  }

  private mutating func earn(_ earnings: Earnings, by id: AppointmentID) {
    var books = books(of: id)
    for step in books.earn(earnings, partner) { post(step.kind, id.text, step.postings) }
    appointments[id] = books
  }

  /// Money that came in or went back for an appointment.
  /// - Parameters:
  ///   - amount: minor units; what went back is negative, as is the value.
  ///   - value: what it took from the worth of a benefit.
  mutating func move(
    _ amount: Int64, worth value: Int64, _ payment: Payment, as kind: TransferKind,
    for id: AppointmentID
  ) {
    var books = books(of: id)
    var postings = books.keep(amount)
    switch payment.source {
    case .hand: postings.append(Posting(books.hand(of: partner), books.last.money(amount)))
    case .gateway(let intent):
      postings.append(Posting(place(of: payment, by: intent), books.last.money(amount)))
    case .benefit:
      postings.append(Posting(.deferredRevenue(books.client), books.last.money(value)))
      postings.append(Posting(.promotions(partner), books.last.money(amount - value)))
    }
    appointments[id] = books
    post(kind, id.text, note: payment.reason, postings)
  }

  private func books(of id: AppointmentID) -> AppointmentBooks {
    guard let books = appointments[id] else {
      preconditionFailure("\(id.text): money moves together with what becomes of the appointment")
    }
    return books
  }
}
