internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

func benefitID(_ number: UInt128) -> BenefitID {
  BenefitID(rawValue: 3_000 + number)
}

/// A benefit for Carlo, with what a test wants otherwise.
func giving(
  _ kind: BenefitForm, _ value: Int64, sessions: Int32 = 0, for services: [ServiceID] = [],
  to client: ClientID = carlo, until expiry: Instant? = nil, in currency: String = "EUR",
  id: BenefitID? = nil, paid payment: BenefitWish.Payment = .granted
) -> Wanted {
  .giveBenefit(
    BenefitWish(
      client: client, kind: kind,
      value: Money(minorUnits: value, currency: Currency(currency)!), sessions: sessions,
      services: services, expiresAt: expiry, note: "", payment: payment, id: id))
}

func using(_ id: AppointmentID, seen version: Int64? = nil) -> Wanted {
  .useBenefits(id, seenVersion: version)
}

/// A wish of a session with Anna that Carlo's benefits are to pay.
func bookingByBenefits(
  _ start: Minute, attendee: BookingWish.Attendee = .registered(carlo), id: AppointmentID? = nil
) -> Wanted {
  .book(
    BookingWish(
      therapist: anna, service: individual, location: office, room: nil, start: start,
      attendee: attendee, id: id, usesBenefits: true))
}

/// Giving back by the way that the money came.
func givingBack(_ id: AppointmentID, _ amount: Int64? = nil) -> Wanted {
  .refund(
    RefundWish(
      purpose: .appointment(id), seenVersion: nil, amount: amount.map(euro), reason: "goodwill"))
}

extension Practice {
  /// Puts a benefit into Carlo's account.
  @discardableResult
  mutating func give(
    _ number: UInt128, _ kind: BenefitForm, _ value: Int64, sessions: Int32 = 0,
    for services: [ServiceID] = [], to client: ClientID = carlo, until expiry: Instant? = nil,
    in currency: String = "EUR"
  ) -> BenefitID {
    let id = benefitID(number)
    perform(
      giving(
        kind, value, sessions: sessions, for: services, to: client, until: expiry, in: currency,
        id: id, paid: kind == .sessions && value > 0 ? .byHand(method: "cash") : .granted))
    return id
  }

  func benefit(_ number: UInt128) -> Benefit? {
    books.benefits.first { $0.id == benefitID(number) }
  }

  func left(_ number: UInt128) -> Int64? { benefit(number)?.valueLeft }

  func session(_ id: AppointmentID) -> Appointment? { facts.appointments[id] }
}

extension Decision {
  /// What benefits paid, by their numbers, in that order.
  var uses: [(benefit: UInt128, amount: Int64)] {
    moves.compactMap { payment in
      guard payment.direction == .payment, case .benefit(let id) = payment.source else {
        return nil
      }
      return (id.rawValue - 3_000, payment.amount.minorUnits)
    }
  }

  /// All that moved.
  var moves: [Payment] {
    (change?.events ?? []).compactMap { event in
      if case .moneyMoved(let payment) = event { payment } else { nil }
    }
  }

  /// Of a benefit that was given, sold, or is over.
  var benefit: Benefit? {
    if case .benefit(let benefit, intent: _) = change?.answer { benefit } else { nil }
  }

  var benefitsMade: [Benefit] {
    (change?.events ?? []).compactMap { event in
      if case .benefitMade(let benefit) = event { benefit } else { nil }
    }
  }
}

func methodID(_ number: UInt128) -> PaymentMethodID {
  PaymentMethodID(rawValue: 4_000 + number)
}

/// A card of Carlo's to save, by its token.
func settingUp(
  id: PaymentMethodID, makeDefault: Bool = false, by token: String? = "tok_1"
) -> Wanted {
  .setUpMethod(
    SetUpWish(
      client: carlo, token: token, makeDefault: makeDefault, gateway: "sandbox", id: id))
}

func changing(
  _ id: PaymentMethodID, _ change: MethodWish.Change, seen version: Int64? = nil
) -> Wanted {
  .changeMethod(MethodWish(method: id, seenVersion: version, change: change))
}

extension Practice {
  func method(_ id: PaymentMethodID) -> PaymentMethod? { books.methods.first { $0.id == id } }

  /// The gateway answers what it is asked about a payment method.
  mutating func answer(_ id: PaymentMethodID, _ answer: GatewayAnswer<SetUpReport>) {
    guard let errand = method(id)?.errand else {
      preconditionFailure("only what was asked is answered")
    }
    perform(
      .errandAnswered(
        ErrandAnswered(kind: errand.kind, number: errand.number, answer: .method(id, answer))),
      by: .gateway("sandbox"))
  }

  /// The gateway has saved it.
  mutating func saved(_ id: PaymentMethodID) {
    answer(
      id,
      .report(
        SetUpReport(
          reference: "seti_1", state: .active,
          choice: MethodChoice(token: "pm_1", customer: "cus_1"), brand: "visa",
          lastDigits: "4242")))
  }

  /// The gateway could not save it.
  mutating func failed(_ id: PaymentMethodID) {
    answer(
      id, .report(SetUpReport(reference: "seti_1", state: .failed, failure: "card_declined")))
  }
}
