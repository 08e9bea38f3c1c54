internal import Accounting
internal import Availability
internal import Intervals

/// The money of one appointment on its way through a decision: what was done so far, and the events that say so.
struct Till {
  private(set) var appointment: Appointment
  private(set) var effects: [Effect] = []
  /// With what became of benefits meanwhile.
  var facts: Facts
  let actor: Actor
  let stamp: Stamp
  /// All of the appointment's, in the order in which they were made.
  private(set) var intents: [PaymentIntent]
  /// All that moved for it, by id.
  private(set) var payments: [Payment]
  /// How much of what is made was made, for ids.
  var ordinal: Int
  private let known: [PaymentIntentID: PaymentIntent]
  private var steps: [Event]

  /// - Parameters:
  ///   - appointment: as the decision has left it so far.
  ///   - events: what the decision has made of it so far.
  init(
    _ appointment: Appointment, after events: [Event] = [], facts: Facts, by actor: Actor,
    stamp: Stamp
  ) {
    self.appointment = appointment
    self.facts = facts
    self.actor = actor
    self.stamp = stamp
    steps = events
    intents = facts.intents[appointment.id] ?? []
    payments = facts.payments[appointment.id] ?? []
    known = Dictionary(uniqueKeysWithValues: intents.map { ($0.id, $0) })
    // A series has many in one decision: each takes ids of its own.
    ordinal = Int(truncatingIfNeeded: appointment.id.rawValue & 0xFF_FFFF_FFFF) << 8
  }

  var now: Instant { stamp.at }

  /// What happened: intents first, then what moved and what became of the appointment, in order.
  var events: [Event] {
    let changed: [Event] = intents.compactMap { intent in
      guard let old = known[intent.id] else { return .paymentIntentMade(intent) }
      return old == intent ? nil : .paymentIntentChanged(intent, from: old)
    }
    return changed + steps
  }

  /// Whether the gateway had been asked to take no money by it any more.
  func wasToStop(_ id: PaymentIntentID) -> Bool { known[id]?.errand?.kind == .cancel }

  /// The one by which money may still be taken.
  var open: PaymentIntent? { intents.last { $0.state.isOpen } }

  func intent(_ id: PaymentIntentID) -> PaymentIntent? { intents.first { $0.id == id } }

  mutating func tell(_ effects: [Effect]) { self.effects += effects }

  /// A step of the appointment's life; when time next changes it follows from what it is then.
  mutating func step(
    _ step: AppointmentStep, reason: String = "", _ change: (inout Appointment) -> Void
  ) {
    let (before, now) = (appointment.state, now)
    let stepped = appointment.stepping(step, by: actor, at: now, reason: reason) {
      change(&$0)
      if $0.state == .scheduled, before != .scheduled { $0.remindOnly(after: now) }
      $0.due = nextDue(of: $0)
    }
    appointment = stepped.appointment
    steps.append(stepped.event)
  }

  /// Promises the reminders that are due. It is no step: what a caller saw of the appointment is still so.
  mutating func remind() {
    tell(
      Messages.reminders(
        of: appointment, dueBy: now,
        tellsTherapist: facts.policy(of: appointment).therapistReminders))
    appointment.remindOnly(after: now)
    appointment.due = nextDue(of: appointment)
    steps.append(.appointmentReminded(appointment))
  }

  /// Goes on with the step that was taken last.
  mutating func amend(_ change: (inout Appointment) -> Void) {
    guard
      let place = steps.lastIndex(where: {
        if case .appointmentChanged = $0 { true } else { false }
      }),
      case .appointmentChanged(_, let old, let transition) = steps[place]
    else { preconditionFailure("only a step that was taken goes on") }
    change(&appointment)
    appointment.due = nextDue(of: appointment)
    steps[place] = .appointmentChanged(appointment, from: old, transition)
  }

  private func nextDue(of appointment: Appointment) -> Instant? {
    appointment.nextDue(
      completeAfterMinutes: facts.policy(of: appointment).completeAfterMinutes)
  }

  mutating func make(_ intent: PaymentIntent) { intents.append(intent) }

  mutating func change(_ id: PaymentIntentID, _ change: (inout PaymentIntent) -> Void) {
    guard let place = intents.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("an appointment comes with its intents")
    }
    intents[place].change(at: now, since: known[id], change)
  }

  /// Notes what moved. The step that follows has it in the appointment's sums.
  mutating func move(_ payment: Payment, with events: [Event] = []) {
    payments.append(payment)
    steps += events + [.moneyMoved(payment)]
  }

  /// Notes what became of a refund that was on its way.
  mutating func change(_ payment: Payment, from old: Payment) {
    guard let place = payments.firstIndex(where: { $0.id == old.id }) else {
      preconditionFailure("an appointment comes with what moved for it")
    }
    payments[place] = payment
    steps.append(.moneyChanged(payment, from: old))
  }

  mutating func nextID<Kind>() -> ID<Kind> {
    defer { ordinal += 1 }
    return stamp.id(Ordinal.firstOfMovements + ordinal)
  }
}

extension PaymentIntent {
  /// One version on; changes within one decision are one.
  mutating func change(
    at now: Instant, since old: PaymentIntent?, _ change: (inout PaymentIntent) -> Void
  ) {
    if version == old?.version {
      version += 1
      changedAt = now
    }
    change(&self)
  }

  /// The gateway is to be asked. To be called within `change`, whose version the errand bears.
  mutating func ask(_ kind: ErrandKind, at due: Instant, tries: Int32 = 0) {
    errand = Errand(kind: kind, number: version, due: due, tries: tries)
  }

  /// What of it can be given back now.
  var refundable: Int64 {
    max(0, captured - refunded - (dispute == .open ? disputed : 0))
  }
}
