internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What the books say of events, a line for each transfer:
/// "CHARGE apt 1 | GATEWAY sandbox 7000 | DEFERRED_REVENUE carlo -7000".
func books(_ events: [Event], facts: Facts = Facts(index: AvailabilityIndex())) -> [String] {
  booked(events, facts: facts).map(\.line)
}

func booked(_ events: [Event], facts: Facts = Facts(index: AvailabilityIndex())) -> [Transfer] {
  Bookkeeping.booked(Change(events: events, answer: .noted), of: partner, facts: facts).transfers
}

func intentID(_ number: UInt128) -> PaymentIntentID { PaymentIntentID(rawValue: 6_000 + number) }

extension Transfer {
  var line: String {
    let head = [kind.rawValue, name(of: subject)] + (note.isEmpty ? [] : ["(\(note))"])
    let lines = postings.map {
      "\($0.account.kind.rawValue) \(name(of: $0.account.owner)) \($0.amount.minorUnits)"
    }
    return ([head.joined(separator: " ")] + lines).joined(separator: " | ")
  }
}

private func name(of owner: String) -> String {
  let people = [
    carlo.text: "carlo", daria.text: "daria", anna.text: "anna", bruno.text: "bruno",
    partner.text: "partner",
  ]
  if let person = people[owner] { return person }
  if let id = AppointmentID(owner) { return "apt \(id.rawValue - 1_000)" }
  if let id = PackageLinkID(owner) { return "pkl \(id.rawValue - 5_000)" }
  if let id = BenefitID(owner) { return "ben \(id.rawValue - 3_000)" }
  return owner
}

/// Carlo's session with Anna for 70 euros.
func session(
  _ number: UInt128 = 1, plan: PaymentPlan = .captureBefore, price: Int64 = 7_000,
  client: ClientID? = carlo, therapist: TherapistID = anna, package: PackageMembership? = nil
) -> Appointment {
  Appointment(
    id: appointmentID(number), therapist: therapist, client: client, service: individual,
    location: office, room: nil, span: span(inRome("2026-11-24T10:00"), minutes: 50),
    zoneName: "Europe/Rome", plan: plan, price: euro(price),
    bookedAt: inRome("2026-11-23T08:00").instant, state: .scheduled, paymentStatus: .due,
    version: 1, changedAt: inRome("2026-11-23T08:00").instant, cancelReason: "",
    package: package)
}

extension Appointment {
  func changed(
    _ state: AppointmentState? = nil, _ attendance: Attendance? = nil, paid: Int64? = nil,
    refunded: Int64? = nil, fee: Int64? = nil, commission: Int64? = nil, due: Instant? = nil,
    price: Int64? = nil, package: PackageMembership? = nil
  ) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, zoneName: zoneName, plan: plan,
      price: price.map(euro) ?? self.price, bookedAt: bookedAt, state: state ?? self.state,
      paymentStatus: paymentStatus, version: version + 1,
      changedAt: changedAt, cancelReason: cancelReason, attendance: attendance ?? self.attendance,
      paid: paid ?? self.paid, refunded: refunded ?? self.refunded, fee: fee ?? self.fee,
      commission: commission ?? self.commission, due: due, package: package ?? self.package)
  }

  var made: Event {
    .appointmentBooked(self, transition(from: nil))
  }

  func became(_ next: Appointment) -> Event {
    .appointmentChanged(next, from: self, next.transition(from: state))
  }

  private func transition(from old: AppointmentState?) -> Transition {
    Transition(
      appointment: id, version: version, step: .booked, from: old, to: state, at: changedAt,
      by: desk)
  }

  /// Money for it, or back.
  func moved(
    _ amount: Int64, from source: MoneySource = .hand, worth: Int64? = nil, note: String = "",
    _ state: MovementState = .succeeded, number: UInt128 = 1
  ) -> Payment {
    movement(.appointment(id), amount, source, worth, note, state, number)
  }
}

extension Benefit {
  func changed(
    _ state: BenefitState? = nil, left: Int64? = nil, sessionsLeft: Int32? = nil
  ) -> Benefit {
    Benefit(
      id: id, client: client, kind: kind, origin: origin, value: value, sessions: sessions,
      valueLeft: left ?? valueLeft, sessionsLeft: sessionsLeft ?? self.sessionsLeft,
      state: state ?? self.state, link: link, version: version + 1, createdAt: createdAt,
      changedAt: changedAt)
  }

  /// Money for it, or back.
  func moved(
    _ amount: Int64, from source: MoneySource = .hand, note: String = "",
    _ state: MovementState = .succeeded
  ) -> Payment {
    movement(.benefit(id), amount, source, nil, note, state, 1)
  }
}

/// Carlo's voucher over 100 euros.
func voucher(
  _ number: UInt128 = 1, _ origin: BenefitOrigin = .granted, _ kind: BenefitForm = .voucher,
  value: Int64 = 10_000, sessions: Int32 = 0, state: BenefitState = .active,
  client: ClientID = carlo
) -> Benefit {
  Benefit(
    id: benefitID(number), client: client, kind: kind, origin: origin, value: euro(value),
    sessions: sessions, valueLeft: value, sessionsLeft: sessions, state: state,
    createdAt: inRome("2026-11-23T08:00").instant, changedAt: inRome("2026-11-23T08:00").instant)
}

/// Through the sandbox's gateway.
func newIntent(
  _ number: UInt128 = 1, for purpose: PaymentPurpose = .appointment(appointmentID(1)),
  _ amount: Int64 = 7_000, gateway: String = "sandbox", client: ClientID = carlo
) -> PaymentIntent {
  PaymentIntent(
    id: intentID(number), purpose: purpose, client: client, gateway: gateway,
    amount: euro(amount), source: nil, isOffSession: false, errand: nil,
    createdAt: inRome("2026-11-23T08:00").instant, changedAt: inRome("2026-11-23T08:00").instant)
}

extension PaymentIntent {
  func changed(
    captured: Int64? = nil, refunded: Int64? = nil, fee: Int64? = nil, disputed: Int64? = nil,
    _ dispute: DisputeState? = nil
  ) -> PaymentIntent {
    PaymentIntent(
      id: id, purpose: purpose, client: client, gateway: gateway, amount: amount, source: nil,
      isOffSession: false, state: .succeeded, captured: captured ?? self.captured,
      refunded: refunded ?? self.refunded, fee: fee ?? self.fee,
      disputed: disputed ?? self.disputed, dispute: dispute ?? self.dispute, errand: nil,
      version: version + 1, createdAt: createdAt, changedAt: changedAt)
  }
}

extension Payment {
  func changed(_ state: MovementState) -> Payment {
    Payment(
      id: id, purpose: purpose, direction: direction, source: source, amount: amount,
      method: method, note: note, benefitValue: benefitValue, state: state, version: version + 1,
      at: at)
  }
}

/// - Parameter amount: below 0 it goes back.
private func movement(
  _ purpose: PaymentPurpose, _ amount: Int64, _ source: MoneySource, _ worth: Int64?,
  _ note: String, _ state: MovementState, _ number: UInt128
) -> Payment {
  let size = abs(amount)
  var value: Int64 = 0
  if case .benefit = source { value = worth ?? size }
  return Payment(
    id: PaymentID(rawValue: 7_000 + number), purpose: purpose,
    direction: amount < 0 ? .refund : .payment, source: source, amount: euro(size), method: "card",
    note: note, benefitValue: value, state: state, at: inRome("2026-11-23T09:00").instant)
}
