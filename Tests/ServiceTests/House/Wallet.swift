internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage

/// What clients pay with, written straight into the store: at a gateway that no server has, so that nothing happens to
/// it by itself.
struct Wallet: Sendable {
  let partner: PartnerID
  let client: ClientID
  let store: Store
  let now: Instant

  static let gateway = "elsewhere"

  init(of client: String, in house: House, _ server: Serving) throws {
    guard let id = ClientID(client) else { throw WrongID(text: client) }
    self.client = id
    partner = house.partner
    store = server.store
    now = Instant(msSinceEpoch: house.clock.nowMs)
  }

  /// Never due.
  private var errand: Errand {
    Errand(kind: .lookAtSetUp, number: 1, due: now.advanced(byMs: 3_650 * dayMs))
  }

  /// One that the gateway is being asked about.
  func savePending(_ number: Int = 1) throws -> PaymentMethod {
    let method = PaymentMethod(
      id: PaymentMethodID(rawValue: UInt128(number)), client: client, gateway: Wallet.gateway,
      choice: MethodChoice(token: "pm_1"), clientSecret: "seti_secret", errand: errand,
      createdAt: now, changedAt: now)
    try write(.paymentMethodMade(method))
    return method
  }

  /// The gateway has answered, and nobody was told.
  func settle(_ method: PaymentMethod) throws {
    try write(
      .paymentMethodChanged(
        PaymentMethod(
          id: method.id, client: method.client, gateway: method.gateway, choice: method.choice,
          state: .active, brand: "visa", lastDigits: "4242", errand: nil,
          version: method.version + 1, createdAt: now, changedAt: now)))
  }

  /// One for an appointment, which waits for its client.
  func begin(_ appointment: String) throws -> PaymentIntent {
    guard let id = AppointmentID(appointment), let euro = Currency("EUR") else {
      throw WrongID(text: appointment)
    }
    let intent = PaymentIntent(
      id: PaymentIntentID(rawValue: 1), purpose: .appointment(id), client: client,
      gateway: Wallet.gateway, amount: Money(minorUnits: 7_000, currency: euro), source: nil,
      isOffSession: false, state: .requiresAction, clientSecret: "pi_secret",
      actionURL: "https://bank.invalid/confirm", errand: nil, createdAt: now, changedAt: now)
    try write(.paymentIntentMade(intent))
    return intent
  }

  private func write(_ event: Event) throws {
    try store.write { transaction in
      try transaction.apply(
        Change(events: [event], answer: .noted), of: partner, by: .staff(name: "test"), at: now)
    }
  }

  struct WrongID: Error {
    let text: String
  }
}
