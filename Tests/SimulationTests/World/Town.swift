internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// Who lives here: therapists with services of all plans, under all kinds of policies, and their clients; each in
/// one of five currencies.
struct Town {
  static let partner = PartnerID(rawValue: 1)
  static let location = Location(
    id: LocationID(rawValue: 2), name: "Video", mode: .online, address: "", city: "", rooms: [],
    version: 1)
  static let zone = Zone(name: "UTC", initialOffsetMinutes: 0, transitions: [])!
  static let currencies = ["EUR", "PLN", "RON", "BRL", "JPY"].map { Currency($0)! }
  static let therapistsPerCurrency = 12
  static let clientsPerCurrency = 400
  static let firstDay = Instant(msSinceEpoch: 1_798_761_600_000)

  private(set) var therapists: [Therapist] = []
  private(set) var services: [HealthcareService] = []
  private(set) var policies: [ServiceID: ResolvedPolicy] = [:]
  /// By currency.
  private(set) var servicesOf: [[HealthcareService]] = []
  /// By currency.
  private(set) var packagesOf: [[Package]] = []
  /// By currency.
  private(set) var clients: [[Client]] = []

  init(_ dice: inout Dice) {
    for (number, currency) in Town.currencies.enumerated() {
      var offered: [HealthcareService] = []
      for index in 0..<Town.therapistsPerCurrency {
        let id = TherapistID(rawValue: UInt128(1_000 + number * 100 + index))
        therapists.append(
          Therapist(
            id: id, displayName: "T\(number)-\(index)", zoneName: "UTC", languages: ["en"],
            specialities: [], insurers: [], locations: [Town.location.id], grid: .standard,
            version: 1))
        for (order, plan) in PaymentPlan.allCases.enumerated() {
          let service = Town.service(
            ServiceID(rawValue: id.rawValue * 10 + UInt128(order)), of: id, plan, in: currency,
            &dice)
          offered.append(service)
          policies[service.id] = Policy.resolved(
            service: service.policy, therapist: .unset, partner: .unset)
        }
      }
      services += offered
      servicesOf.append(offered)
      packagesOf.append(Town.packages(of: offered, &dice))
      clients.append(
        (0..<Town.clientsPerCurrency).map {
          Town.client(ClientID(rawValue: UInt128(100_000 * (number + 1) + $0)))
        })
    }
  }

  private static func service(
    _ id: ServiceID, of therapist: TherapistID, _ plan: PaymentPlan, in currency: Currency,
    _ dice: inout Dice
  ) -> HealthcareService {
    var settings = AppointmentSettings()
    settings.cancellation = CancellationTerms(
      noticeMinutes: dice.pick([0, 720, 1_440, 2_880]), inTimePercent: dice.pick([0, 0, 15, 33]),
      latePercent: dice.pick([0, 50, 75, 100]), feeWhereUnpaid: dice.chance(500),
      noShowPercent: dice.pick([0, 50, 85, 100]))
    settings.commission = dice.pick([
      nil, .share(basisPoints: 1_250), .share(basisPoints: 3_333), .fixed(minorUnits: 499),
    ])
    settings.paymentMinutes = dice.pick([nil, 5, 60])
    settings.completeAfterMinutes = dice.pick([nil, 30])
    // Odd amounts: half of each, and a third, has to be rounded.
    let price = plan == .free ? 0 : dice.roll(1_500...9_000) * 2 + 1
    return HealthcareService(
      id: id, therapist: therapist, name: plan.rawValue, kind: "individual", durationMinutes: 50,
      price: Money(minorUnits: price, currency: currency), mode: .online,
      locations: [location.id], plan: plan, gridStepMinutes: nil, fullHoursOnly: true,
      policy: Policy(appointments: settings)!, version: 1)
  }

  private static func client(_ id: ClientID) -> Client {
    let consent = Consent(version: "1", acceptedAt: firstDay)
    return Client(
      id: id,
      person: Person(
        name: "Client \(id.rawValue)", email: EmailAddress("c\(id.rawValue)@example.org")!,
        phone: PhoneNumber("+3906\(10_000_000 + Int(id.rawValue))")!, language: LanguageTag("en")!,
        zoneName: "UTC"), terms: consent, dataProcessing: consent, version: 1,
      registeredAt: firstDay)
  }

  static func schedule(of therapist: TherapistID) -> Schedule {
    Schedule(
      therapist: therapist,
      windows: Weekday.allCases.map {
        WeeklyWindow(weekday: $0, opensMinute: 360, closesMinute: 1_320, location: location.id)!
      }, version: 1)
  }

  func profile(of therapist: Therapist) -> TherapistProfile {
    therapist.profile(
      of: Town.partner, in: Town.zone, schedule: Town.schedule(of: therapist.id),
      services: services.filter { $0.therapist == therapist.id }, places: [Town.location.place],
      partnerPolicy: .unset)
  }
}
