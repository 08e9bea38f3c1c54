internal import Accounting
internal import Availability
internal import Intervals

/// P-2, A-6: taking what is due from a saved payment method, when nobody is there.
enum Charging {
  /// How long before the start a session is charged.
  static let beforeStartMs: Int64 = 24 * 3_600_000
  /// How long a client has to pay once the charge has failed (P-3).
  static let graceMs: Int64 = 4 * 3_600_000
  /// How long an attempt that is under way is left alone.
  private static let patienceMs: Int64 = 60_000

  /// When a session is charged that stands from an instant on: at once where it is later than that already.
  static func time(of start: Minute, from now: Instant) -> Instant {
    max(now, start.instant.advanced(byMs: -beforeStartMs))
  }

  /// P-2: what is named must be the client's and fit for use; and a client who books must have something to charge.
  static func requireMethod(
    for appointment: Appointment, by actor: Actor, facts: Facts
  ) throws(Refused) {
    if let id = appointment.paymentMethod {
      guard let method = facts.paymentMethods[id], method.client == appointment.client else {
        throw Refused(.notFound(id: id.text, field: "payment_method_id"))
      }
      guard method.state == .active else {
        throw Refused(.paymentMethodNotActive(id, method.state))
      }
    }
    guard actor.role == .client, appointment.plan == .captureBefore, appointment.payable > 0,
      appointment.paymentMethod == nil, let client = appointment.client
    else { return }
    guard Wallet(of: client, facts).defaultMethod != nil else {
      throw Refused(.paymentMethodRequired(appointment.service))
    }
  }

  /// The moment has come, or has passed.
  static func charge(_ till: inout Till) {
    let now = till.now
    let appointment = till.appointment
    guard appointment.payable > 0 else { return till.callOff() }
    if let open = till.open, open.isUnderWay {
      // What comes of it decides: it is looked at again soon.
      till.step(.charged, reason: "an attempt is under way") {
        $0.chargeAt = now.advanced(byMs: patienceMs)
        $0.paymentDeadline = $0.deadlineOnceCharged(at: now)
      }
      return
    }
    guard let method = till.methodToCharge else {
      return till.chargeImpossible("no_payment_method")
    }
    if let open = till.open, open.gateway != method.gateway {
      return till.chargeImpossible("other_gateway")
    }
    till.take(
      appointment.payable, from: method.choice, through: method.gateway, isOffSession: true)
    till.step(.charged) {
      $0.chargeAt = nil
      $0.paymentStatus = .processing
      $0.paymentDeadline = $0.deadlineOnceCharged(at: now)
    }
  }
}

extension Till {
  /// The saved one that is meant, or the client's default, where it can be charged.
  fileprivate var methodToCharge: (choice: MethodChoice, gateway: String)? {
    guard let client = appointment.client,
      let method = Wallet(of: client, facts).method(named: appointment.paymentMethod),
      let choice = method.choice
    else { return nil }
    return (
      MethodChoice(token: choice.token, customer: choice.customer, saved: method.id),
      method.gateway
    )
  }

  /// There is nothing to charge any more.
  fileprivate mutating func callOff() {
    step(.charged, reason: "nothing is due") { $0.chargeAt = nil }
  }

  fileprivate mutating func chargeImpossible(_ reason: String) {
    let now = now
    step(.paymentFailed, reason: reason) {
      $0.chargeAt = nil
      $0.paymentStatus = .failed
      $0.paymentDeadline = $0.deadlineOnceCharged(at: now)
    }
    tell(Messages.toBoth(.paymentFailed, appointment))
  }

  /// Records that a gateway is to take money: by the intent that is open, with what is named now, or by a new one.
  /// - Parameters:
  ///   - choice: nil leaves it to the client's own browser.
  ///   - gateway: that of the open intent, where there is one.
  @discardableResult
  mutating func take(
    _ amount: Int64, from choice: MethodChoice?, through gateway: String, isOffSession: Bool
  ) -> PaymentIntentID {
    let now = now
    let money = appointment.money(amount)
    if let open {
      change(open.id) { $0.take(money, from: choice, isOffSession: isOffSession, at: now) }
      return open.id
    }
    guard let client = appointment.client else {
      preconditionFailure("who pays for an appointment is known")
    }
    let intent = PaymentIntent.made(
      stamp.id(Ordinal.intent), for: .appointment(appointment.id), by: client, of: money,
      from: choice, through: gateway, isOffSession: isOffSession, at: now)
    make(intent)
    return intent.id
  }
}

extension PaymentIntent {
  /// A new one, of which the gateway is to be told.
  static func made(
    _ id: PaymentIntentID, for purpose: PaymentPurpose, by client: ClientID, of amount: Money,
    from choice: MethodChoice?, through gateway: String, isOffSession: Bool, at now: Instant
  ) -> PaymentIntent {
    PaymentIntent(
      id: id, purpose: purpose, client: client, gateway: gateway, amount: amount, source: choice,
      isOffSession: isOffSession, state: choice == nil ? .requiresPaymentMethod : .processing,
      errand: Errand(kind: .prepare, number: 1, due: now), createdAt: now, changedAt: now)
  }

  /// Is to take money by another attempt. To be called within `change`.
  mutating func take(
    _ money: Money, from choice: MethodChoice?, isOffSession: Bool, at now: Instant
  ) {
    let isPrepared = !reference.isEmpty && amount == money
    amount = money
    source = choice
    self.isOffSession = isOffSession
    failure = ""
    actionURL = ""
    state = choice == nil ? .requiresPaymentMethod : .processing
    guard isPrepared else { return ask(.prepare, at: now) }
    guard choice != nil else {
      return ask(.look, at: Patience.whileWaiting(tries: 0, at: now))
    }
    attempt += 1
    ask(.confirm, at: now)
  }

  /// Is to take none any more. To be called within `change`.
  mutating func stop(at now: Instant) {
    if attempt == 0, clientSecret.isEmpty {
      // Nobody was told how to pay by it. If the gateway made it all the same, it is cancelled when that is told.
      state = .canceled
      errand = nil
    } else {
      ask(.cancel, at: now)
    }
  }

  /// Whether the gateway's answer is all that is waited for, and not the client.
  public var isAwaited: Bool { isUnderWay || (errand?.kind == .prepare && reference.isEmpty) }

  /// Whether it is not known yet what comes of an attempt, so that another must wait.
  var isUnderWay: Bool {
    switch errand?.kind {
    case .confirm, .cancel: true
    case .prepare, .look: state == .processing
    case .refund, .lookAtRefund, .setUp, .lookAtSetUp, .detach, nil: false
    }
  }
}

extension Appointment {
  /// P-3: until when it has to be paid once it was charged. What has begun already stands, and is owed.
  fileprivate func deadlineOnceCharged(at now: Instant) -> Instant? {
    guard state == .scheduled, now < span.start.instant else { return paymentDeadline }
    return paymentDeadline ?? Charging.deadline(of: self, from: now)
  }
}
