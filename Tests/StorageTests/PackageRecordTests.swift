internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct PackageRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  @Test("templates of all four kinds are read back as written, and as they became")  // K-1
  func readBack() throws {
    let kinds = [
      template(), template(PackageID(rawValue: 5_002), renews: true, commission: .some(.none)),
      template(
        PackageID(rawValue: 5_003), posting: .total(euro(90_000)),
        commission: .share(basisPoints: 0)),
      template(
        PackageID(rawValue: 5_004), posting: .total(euro(0)), renews: true,
        commission: .fixed(minorUnits: 7), isArchived: true),
    ]
    try store.apply(kinds.map(Event.packagePut))
    for package in kinds {
      let found = try store.read { try $0.package(package.id) }
      #expect(found?.owner == partner && found?.package == package)
    }
    let changed = template(posting: .total(euro(1)), services: [couple], version: 2)
    try store.apply([.packagePut(changed)])
    #expect(try store.read { try $0.package(tenSessions) }?.package == changed)
    try store.read { snapshot throws in
      func page(_ all: Bool, after: PackageID? = nil, limit: Int = 9) throws -> [PackageID] {
        try snapshot.packages(of: partner, withArchived: all, after: after, limit: limit).map(\.id)
      }
      #expect(try page(true) == kinds.map(\.id))
      #expect(try page(false) == kinds.prefix(3).map(\.id))
      #expect(try page(true, after: kinds[0].id, limit: 2) == kinds[1...2].map(\.id))
      #expect(
        try snapshot.packages(of: otherPartner, withArchived: true, after: nil, limit: 9) == [])
    }
    let plan = try scratch.plan(of: StoreSnapshot.packagesQuery)
    #expect(plan.count == 1 && plan[0].contains("packages_by_partner"), "\(plan)")
  }

  @Test("a template of nothing, or with half a sum, is not written")  // K-1
  func checks() throws {
    try store.apply([.packagePut(template())])
    for wrong in [
      "sessions = 0", "total_minor_units = 5", "currency = 'EUR'",
      "commission_basis_points = 5, commission_minor_units = 5",
    ] {
      #expect(throws: (any Error).self) { try scratch.tamper("UPDATE packages SET \(wrong)") }
    }
  }

  @Test("a client is read back as they became, found by what they have now, and never by halves")
  func clients() throws {  // B-5, B-14, N-2
    func changed(_ version: Int64, lead: Int32?) -> Client {
      let old = Fixture.client(carlo)
      return Client(
        id: carlo,
        person: Person(
          name: "Carlo", email: EmailAddress("new@example.it")!,
          phone: PhoneNumber("+390612345678")!, language: LanguageTag("it")!,
          zoneName: "Europe/Rome", birthDate: CivilDate("1980-02-29"), smsLeadMinutes: lead),
        terms: old.terms, dataProcessing: old.dataProcessing, version: version,
        registeredAt: old.registeredAt)
    }
    var needs = Needs()
    needs.clients = [carlo]
    var facts = Facts(index: AvailabilityIndex())
    // So that the writer remembers them.
    try store.write { try $0.snapshot.load(needs, of: partner, at: noon, into: &facts) }
    for (version, lead) in [(2, 120), (3, nil)] as [(Int64, Int32?)] {
      try store.apply([.clientChanged(changed(version, lead: lead))])
      #expect(try store.read { try $0.client(carlo) }?.client == changed(version, lead: lead))
      try store.write { try $0.snapshot.load(needs, of: partner, at: noon, into: &facts) }
      #expect(facts.clients[carlo] == changed(version, lead: lead))
    }
    #expect(throws: StoreError.lostUpdate(table: "clients", id: carlo.text)) {
      try store.apply([.clientChanged(changed(3, lead: nil))])
    }
    func found(_ email: String) throws -> [ClientID] {
      let sought = try #require(PersonSought(email: EmailAddress(email)))
      return try store.read { try $0.candidates(for: sought, of: partner).map(\.id) }
    }
    #expect(try found("NEW@example.it") == [carlo])
    #expect(try found("z@example.pl") == [daria])
  }

  @Test("a therapist's address and whether they are reminded are kept, and taken back")  // N-2
  func therapists() throws {
    for (email, reminders) in [(EmailAddress("a@b.it"), true), (nil, false), (nil, nil)] {
      var therapist = Fixture.therapist(anna)
      therapist.email = email
      var settings = AppointmentSettings()
      settings.therapistReminders = reminders
      therapist.policy = try #require(Policy(appointments: settings))
      try store.apply([.therapistPut(therapist)])
      #expect(try store.read { try $0.therapist(anna) }?.therapist == therapist)
    }
  }
}
