internal import Accounting
internal import Availability
internal import Intervals

/// What becomes of an appointment when a gateway has answered (P-2 to P-4).
extension Till {
  mutating func react(to outcome: IntentOutcome, of intent: PaymentIntentID) {
    switch outcome {
    case .none: break
    case .received(let amount): receive(amount, by: intent)
    case .failed(let code): attemptFailed(code, of: intent)
    case .needsAction: attemptNeedsAction(of: intent)
    case .stopped: stopped(intent)
    }
  }

  /// Money was taken, whatever the appointment has become meanwhile.
  private mutating func receive(_ amount: Int64, by intent: PaymentIntentID) {
    guard amount > 0 else { return }
    move(
      Payment(
        id: nextID(), purpose: .appointment(appointment.id), direction: .payment,
        source: .gateway(intent), amount: appointment.money(amount), method: "card", note: "",
        at: now))
    let isWhole = appointment.kept + amount >= appointment.claim && appointment.claim > 0
    let confirms = isWhole && appointment.awaitsPayment
    step(.paymentSucceeded) {
      $0.paid += amount
      $0.paymentStatus = $0.status(onceWhole: isWhole)
      if confirms { $0.state = .scheduled }
    }
    if isWhole {
      settled()
      tell((confirms ? Messages.booked(appointment) : []) + [Messages.toClient(.paid, appointment)])
    }
    giveBackExcess(because: "more than is owed")
  }

  /// Nothing is waited for any more: what is due goes on as for one that is paid.
  mutating func settled() {
    amend {
      $0.chargeAt = nil
      $0.paymentDeadline = nil
      $0.givingUpAt = nil
    }
  }

  private mutating func attemptFailed(_ code: String, of intent: PaymentIntentID) {
    let isOffSession = isOffSession(intent)
    step(.paymentFailed, reason: code) {
      if $0.payable > 0 { $0.paymentStatus = .failed }
    }
    // Once it was given up, there is no time left to pay.
    guard !stopIfGivenUp() else { return }
    if isOffSession { grantGrace() }
  }

  private mutating func attemptNeedsAction(of intent: PaymentIntentID) {
    let isOffSession = isOffSession(intent)
    step(.paymentFailed, reason: isOffSession ? "authentication_required" : "requires_action") {
      if $0.payable > 0 { $0.paymentStatus = .requiresAction }
    }
    if isOffSession { grantGrace() }
  }

  private func isOffSession(_ intent: PaymentIntentID) -> Bool {
    intents.contains { $0.id == intent && $0.isOffSession }
  }

  /// P-3: nobody was there to see it fail: both are told, and the client has some hours to pay.
  private mutating func grantGrace() {
    tell(Messages.toBoth(.paymentFailed, appointment))
    guard appointment.state == .scheduled, appointment.givingUpAt == nil,
      appointment.paymentDeadline != nil
    else { return }
    let deadline = Charging.deadline(of: appointment, from: now)
    amend { $0.paymentDeadline = deadline }
  }

  /// The gateway takes no money any more.
  private mutating func stopped(_ intent: PaymentIntentID) {
    if stopIfGivenUp() { return }
    step(.paymentFailed, reason: "canceled") {
      $0.paymentStatus = $0.payable > 0 ? .due : $0.statusOfMoneyKept
    }
    if wasToStop(intent), appointment.state.isCancelled { chargeFee() }
  }

  /// P-3: cancelled, if that only waited for the gateway.
  /// - Returns: whether it was.
  private mutating func stopIfGivenUp() -> Bool {
    guard appointment.givingUpAt != nil else { return false }
    cancelUnpaid()
    return true
  }

  /// P-3, P-4: not paid in time. The slot is free, and what was paid in part goes back.
  mutating func cancelUnpaid() {
    step(.paymentCancelled) {
      $0.state = .paymentCancelled
      $0.paymentStatus = $0.statusOfMoneyKept
      $0.chargeAt = nil
      $0.paymentDeadline = nil
      $0.givingUpAt = nil
    }
    tell(Messages.paymentCancelled(appointment))
    giveBackExcess(because: "not paid in time")
  }

  /// Whatever may still take money is to take none: the gateway is asked.
  mutating func stopIntents() {
    for intent in intents where intent.state.isOpen { stop(intent) }
  }

  private mutating func stop(_ intent: PaymentIntent) {
    let now = now
    change(intent.id) { $0.stop(at: now) }
  }
}

extension Charging {
  /// P-3: four hours, but never beyond the start.
  static func deadline(of appointment: Appointment, from now: Instant) -> Instant {
    min(now.advanced(byMs: graceMs), appointment.span.start.instant)
  }
}
