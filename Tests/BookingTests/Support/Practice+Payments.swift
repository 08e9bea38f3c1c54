import Accounting
import Availability
import Booking
import Intervals

/// What the practice keeps of money, as the store would.
struct PracticeBooks {
  /// In the order in which they were made.
  var intents: [PaymentIntent] = []
  var payments: [Payment] = []
  var methods: [PaymentMethod] = []
  var benefits: [Benefit] = []
  var payouts: [Payout] = []
  var heard: Set<GatewayEventKey> = []
  var transfers: [Transfer] = []

  /// - Returns: whether the event is about money alone.
  mutating func take(_ event: Event) -> Bool {
    switch event {
    case .moneyMoved(let payment): payments.append(payment)
    case .moneyChanged(let payment, from: _): put(payment, in: \.payments, \.id)
    case .paymentIntentMade(let intent): intents.append(intent)
    case .paymentIntentChanged(let intent, from: _): put(intent, in: \.intents, \.id)
    case .paymentMethodMade(let method): methods.append(method)
    case .paymentMethodChanged(let method): put(method, in: \.methods, \.id)
    case .benefitMade(let benefit): benefits.append(benefit)
    case .benefitChanged(let benefit, from: _): put(benefit, in: \.benefits, \.id)
    case .payoutRecorded(let payout): payouts.append(payout)
    case .gatewayEventHeard(let gateway, let id):
      heard.insert(GatewayEventKey(gateway: gateway, id: id))
    case .clientRegistered, .therapyBegun, .therapyChanged, .appointmentBooked,
      .appointmentChanged, .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased,
      .holdBooked, .holdLapsed, .locationPut, .therapistPut, .servicePut, .schedulePut,
      .policyPut, .attendanceStatusesPut, .clientChanged, .packagePut, .packageLinked,
      .packageLinkChanged, .appointmentReminded, .messageTemplatePut, .notificationSettingsPut,
      .webhookEndpointPut, .webhookEndpointDeleted, .deliveryNoted, .webhooksNoted:
      return false
    }
    return true
  }

  private mutating func put<Kept, Key: Equatable>(
    _ value: Kept, in all: WritableKeyPath<PracticeBooks, [Kept]>, _ key: (Kept) -> Key
  ) {
    guard let place = self[keyPath: all].firstIndex(where: { key($0) == key(value) }) else {
      preconditionFailure("only what was made can change")
    }
    self[keyPath: all][place] = value
  }

  /// As the store would tell of them.
  func tell(_ facts: inout Facts) {
    for intent in intents {
      facts.purposes[intent.id] = intent.purpose
      switch intent.purpose {
      case .appointment(let id): facts.intents[id, default: []].append(intent)
      case .benefit(let id): facts.benefitIntents[id, default: []].append(intent)
      }
    }
    for payment in payments.sorted(by: { $0.id < $1.id }) {
      facts.refundPurposes[payment.id] = payment.purpose
      switch payment.purpose {
      case .appointment(let id): facts.payments[id, default: []].append(payment)
      case .benefit(let id): facts.benefitPayments[id, default: []].append(payment)
      }
    }
    for method in methods {
      facts.paymentMethods[method.id] = method
      facts.wallets[method.client, default: []].append(method)
    }
    for benefit in benefits {
      facts.benefits[benefit.id] = benefit
      if benefit.state == .active || benefit.state == .pending {
        facts.accounts[benefit.client, default: []].append(benefit)
      }
    }
    facts.heardEvents = heard
  }

  /// What an account comes to, in cents.
  func balance(_ kind: AccountKind, of owner: String) throws -> Int64 {
    var balances = Balances()
    for transfer in transfers { try balances.add(transfer) }
    return balances.balance(of: Account(kind: kind, owner: owner), in: euro(0).currency).minorUnits
  }
}

extension Practice {
  /// The intents of an appointment, oldest first.
  func intents(of id: AppointmentID) -> [PaymentIntent] {
    books.intents.filter { $0.purpose == .appointment(id) }
  }

  /// A gateway answers what it is asked about an appointment's newest intent.
  @discardableResult
  mutating func answer(
    _ id: AppointmentID, _ answer: GatewayAnswer<IntentReport>
  ) -> Decision {
    guard let intent = intents(of: id).last, let errand = intent.errand else {
      preconditionFailure("only what was asked is answered")
    }
    return perform(
      .errandAnswered(
        ErrandAnswered(
          kind: errand.kind, number: errand.number, answer: .intent(intent.id, answer))),
      by: .gateway(intent.gateway))
  }

  /// The gateway has made the intent, and has taken the money.
  mutating func pays(_ id: AppointmentID) {
    answer(id, .report(.prepared))
    let amount = intents(of: id).last?.amount.minorUnits ?? 0
    answer(id, .report(.succeeded(amount)))
  }

  /// A saved card that can be charged.
  mutating func saveCard(_ number: UInt128 = 1, of client: ClientID, isDefault: Bool = true) {
    books.methods.append(
      PaymentMethod(
        id: PaymentMethodID(rawValue: 800 + number), client: client, gateway: "sandbox",
        choice: MethodChoice(token: "tok_ok", customer: "cus_1"), state: .active,
        isDefault: isDefault, brand: "visa", lastDigits: "4242", errand: nil, createdAt: now,
        changedAt: now))
  }
}

extension IntentReport {
  static let prepared = IntentReport(
    reference: "pi_1", state: .requiresPaymentMethod, clientSecret: "secret")
  static let declined = IntentReport(
    reference: "pi_1", state: .requiresPaymentMethod, failure: "card_declined")
  static let processing = IntentReport(reference: "pi_1", state: .processing)
  static let canceled = IntentReport(reference: "pi_1", state: .canceled)
  static let requiresAction = IntentReport(
    reference: "pi_1", state: .requiresAction, actionURL: "https://bank.example/3ds")

  static func succeeded(_ amount: Int64, fee: Int64 = 0) -> IntentReport {
    IntentReport(reference: "pi_1", state: .succeeded, captured: amount, fee: fee)
  }
}

func beginning(
  _ id: AppointmentID, _ source: SourceWish? = nil, seen version: Int64? = nil,
  through gateway: String? = nil, offSession: Bool = false
) -> Wanted {
  .beginPayment(
    BeginWish(
      appointment: id, seenVersion: version, source: source, isOffSession: offSession,
      gateway: gateway))
}

extension Practice {
  /// A gateway tells by itself.
  @discardableResult
  mutating func hear(_ event: String, _ news: GatewayEvent.News) -> Decision {
    perform(
      .gatewayTold(GatewayEvent(gateway: "sandbox", id: event, news: news)),
      by: .gateway("sandbox"))
  }

  /// A gateway answers what it is asked about an appointment's newest refund.
  @discardableResult
  mutating func answerRefund(
    _ id: AppointmentID, _ answer: GatewayAnswer<RefundReport>
  ) -> Decision {
    guard
      let refund = books.payments.last(where: {
        $0.purpose == .appointment(id) && $0.direction == .refund
      }), let errand = refund.errand
    else { preconditionFailure("only what was asked is answered") }
    return perform(
      .errandAnswered(
        ErrandAnswered(
          kind: errand.kind, number: errand.number, answer: .refund(refund.id, answer))),
      by: .gateway("sandbox"))
  }
}
