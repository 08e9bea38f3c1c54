internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// Two clients, two therapists, two gateways, and what can happen to their money. Knows all records, and keeps the
/// books that are made of the events.
struct BooksHouse {
  var appointments: [Appointment] = []
  var benefits: [Benefit] = []
  var intents: [PaymentIntent] = []
  /// Refunds that a gateway has not answered about yet.
  var pending: [Payment] = []
  /// Payments by benefits that have not gone back.
  var uses: [Payment] = []
  /// What came in and went back by hand.
  var byHand: [Account: Int64] = [:]
  var given: Int64 = 0
  var lapsed: Int64 = 0
  /// What was paid for packages' sums, less what went back.
  var paidForPackages: [BenefitID: Int64] = [:]
  var paidOut: [TherapistID: Int64] = [:]
  /// What clients owe for benefits that a bank took the money of.
  var owedForBenefits: [ClientID: Int64] = [:]
  var events: [Event] = []
  private(set) var changes = 0
  private(set) var kinds: Set<TransferKind> = []
  private var balances = Balances()
  private var facts = Facts(index: AvailabilityIndex())
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// SplitMix64: the same for the same seed, on every machine.
  mutating func roll(_ range: ClosedRange<Int64>) -> Int64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 31
    return range.lowerBound + Int64(mixed % UInt64(range.upperBound - range.lowerBound + 1))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(roll(0...Int64(elements.count - 1)))]
  }

  /// One of those that are fit, or nil.
  mutating func find<Element>(_ all: [Element], _ isFit: (Element) -> Bool) -> Element? {
    let fit = all.filter(isFit)
    return fit.isEmpty ? nil : pick(fit)
  }

  /// All that happened since the last time is one change.
  mutating func write() throws {
    changes += 1
    for transfer in booked(events, facts: facts) {
      try balances.add(transfer)
      kinds.insert(transfer.kind)
    }
    events = []
    facts.intents = [:]
    facts.benefitIntents = [:]
    for intent in intents {
      switch intent.purpose {
      case .appointment(let id): facts.intents[id, default: []].append(intent)
      case .benefit(let id): facts.benefitIntents[id, default: []].append(intent)
      }
    }
    facts.benefits = Dictionary(uniqueKeysWithValues: benefits.map { ($0.id, $0) })
  }

  /// Accounts that are not what the records say, as text.
  var wrongBalances: [String] {
    let expected = expected
    let accounts = Set(expected.keys).union(balances.accounts).sorted()
    let wrong = accounts.compactMap { account -> String? in
      let found = balances.balance(of: account, in: euro(0).currency).minorUnits
      let wanted = expected[account] ?? 0
      return found == wanted
        ? nil : "\(account.kind.rawValue) \(account.owner): \(found), not \(wanted)"
    }
    return wrong + (balances.isBalanced ? [] : ["the trial balance is not zero"])
  }

  private var expected: [Account: Int64] {
    var sums = byHand
    func add(_ kind: AccountKind, _ owner: String, _ amount: Int64) {
      sums[Account(kind: kind, owner: owner), default: 0] += amount
    }
    for one in appointments {
      let client = one.client!.text
      let earned = one.earnedByRule
      add(.deferredRevenue, client, -one.postedByRule)
      add(.client, client, max(0, earned - one.paid + one.refunded))
      add(.deferredRevenue, client, -max(0, one.paid - one.refunded - earned))
      if one.state == .completed, one.attendance != .noShow, one.package?.session != .released {
        add(.therapist, one.therapist.text, one.commission - earned)
        add(.partner, partner.text, -one.commission)
      } else {
        add(.penalties, one.therapist.text, one.postedByRule - earned)
      }
    }
    for one in benefits where one.state == .active || one.state == .usedUp {
      add(.deferredRevenue, one.client.text, -one.valueLeft)
    }
    for one in benefits where one.link != nil {
      let returned = one.state == .canceled ? one.valueLeft : 0
      add(.client, one.client.text, one.value.minorUnits - returned - paidForPackage(one.id))
    }
    for (client, owed) in owedForBenefits { add(.client, client.text, owed) }
    for one in intents {
      let held = one.dispute == .open ? one.disputed : 0
      add(.gateway, one.gateway, one.captured - one.refunded - one.fee - held)
      add(.disputes, partner.text, held)
      add(.fees, partner.text, one.fee)
    }
    for (therapist, amount) in paidOut {
      add(.therapist, therapist.text, amount)
      add(.bank, partner.text, -amount)
    }
    add(.promotions, partner.text, given)
    add(.partner, partner.text, -lapsed)
    return sums
  }

  mutating func change(_ old: Appointment, _ new: Appointment) {
    appointments[appointments.firstIndex { $0.id == old.id }!] = new
    events.append(old.became(new))
  }

  mutating func change(_ old: Benefit, _ new: Benefit) {
    benefits[benefits.firstIndex { $0.id == old.id }!] = new
    events.append(.benefitChanged(new, from: old))
  }

  mutating func change(_ old: PaymentIntent, _ new: PaymentIntent) {
    intents[intents.firstIndex { $0.id == old.id }!] = new
    events.append(.paymentIntentChanged(new, from: old))
  }

  func intent(_ id: PaymentIntentID) -> PaymentIntent { intents.first { $0.id == id }! }
  func appointment(_ id: AppointmentID) -> Appointment { appointments.first { $0.id == id }! }
  func benefit(_ id: BenefitID) -> Benefit { benefits.first { $0.id == id }! }
  func paidForPackage(_ id: BenefitID) -> Int64 { paidForPackages[id] ?? 0 }
}

extension Appointment {
  /// What it has earned, as the rules say it (A-6, P-9).
  var earnedByRule: Int64 {
    switch (state, attendance) {
    case _ where plan == .free || package?.session == .released: 0
    case (.completed, .noShow), (.cancelledByClient, _), (.cancelledByTherapist, _): fee
    case (.completed, _): price.minorUnits
    default: postedByRule
    }
  }

  /// What is owed for a session to come whose procedure is known (K-5).
  var postedByRule: Int64 {
    guard state == .scheduled, let package, package.procedure != nil, package.session != .released
    else { return 0 }
    return price.minorUnits
  }

  var kept: Int64 { paid - refunded }
}
