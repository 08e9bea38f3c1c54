internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// An appointment with all its money.
final class Case {
  let number: Int
  var appointment: Appointment
  var intents: [PaymentIntent] = []
  /// By id.
  var payments: [Payment] = []

  init(_ appointment: Appointment, number: Int) {
    self.appointment = appointment
    self.number = number
  }
}

/// A benefit with all that moved.
final class Purse {
  var benefit: Benefit
  var intents: [PaymentIntent] = []
  /// Those that bought it, or gave it back.
  var payments: [Payment] = []
  /// Minor units of its value that left it to pay, less what came back.
  var used: Int64 = 0
  /// What was lost as its time was over.
  var lapsed: Int64 = 0
  /// What was given back of it.
  var returned: Int64 = 0
  var wasActive: Bool

  init(_ benefit: Benefit) {
    self.benefit = benefit
    wasActive = benefit.state == .active
  }
}

/// A client with all that they pay with.
final class Patron {
  let client: Client
  let currency: Int
  /// By id.
  var wallet: [PaymentMethod] = []
  /// All that they ever had, by id.
  var purses: [Purse] = []
  /// All packages that they ever had.
  var bonds: [Bond] = []

  init(_ client: Client, currency: Int) {
    self.client = client
    self.currency = currency
  }
}

/// One account in one currency.
struct LedgerLine: Hashable {
  let account: Account
  let currency: Currency
}

/// All that the store would keep.
struct World {
  let town: Town
  var index = AvailabilityIndex()
  var cases: [AppointmentID: Case] = [:]
  /// In the order of their booking.
  var order: [Case] = []
  var purses: [BenefitID: Purse] = [:]
  var purseOrder: [Purse] = []
  var bonds: [PackageLinkID: Bond] = [:]
  var bondOrder: [Bond] = []
  var packages: [PackageID: Package] = [:]
  var patrons: [ClientID: Patron] = [:]
  var services: [ServiceID: HealthcareService] = [:]
  var therapists: [TherapistID: Therapist] = [:]
  var therapies: [CarePair: Therapy] = [:]
  var methods: [PaymentMethodID: PaymentMethod] = [:]
  var purposes: [PaymentIntentID: PaymentPurpose] = [:]
  var refundPurposes: [PaymentID: PaymentPurpose] = [:]
  var heard: Set<GatewayEventKey> = []
  var payouts: [Payout] = []
  var balances: [LedgerLine: Int64] = [:]

  init(_ town: Town) {
    self.town = town
    for package in town.packagesOf.joined() { packages[package.id] = package }
    for service in town.services { services[service.id] = service }
    for therapist in town.therapists {
      therapists[therapist.id] = therapist
      index.replace(town.profile(of: therapist))
    }
    for (currency, clients) in town.clients.enumerated() {
      for client in clients { patrons[client.id] = Patron(client, currency: currency) }
    }
  }

  func intent(_ id: PaymentIntentID) -> PaymentIntent? {
    switch purposes[id] {
    case .appointment(let appointment): cases[appointment]?.intents.first { $0.id == id }
    case .benefit(let benefit): purses[benefit]?.intents.first { $0.id == id }
    case nil: nil
    }
  }

  func refund(_ id: PaymentID) -> Payment? {
    switch refundPurposes[id] {
    case .appointment(let appointment): cases[appointment]?.payments.first { $0.id == id }
    case .benefit(let benefit): purses[benefit]?.payments.first { $0.id == id }
    case nil: nil
    }
  }

  /// What a gateway is to be asked now.
  func errand(_ subject: ErrandSubject) -> Errand? {
    switch subject {
    case .intent(let id): intent(id)?.errand
    case .refund(let id): refund(id)?.errand
    case .method(let id): methods[id]?.errand
    }
  }

  func balance(_ kind: AccountKind, _ owner: String, _ currency: Currency) -> Int64 {
    balances[LedgerLine(account: Account(kind: kind, owner: owner), currency: currency)] ?? 0
  }
}
