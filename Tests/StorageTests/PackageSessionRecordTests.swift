internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Appointments as sessions of packages, and as they are reminded of.
struct PackageSessionRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.apply([.packagePut(template()), .packageLinked(packageLink())])
  }

  private func read(_ number: UInt128 = 1) throws -> Appointment? {
    try store.read { try $0.appointment(appointmentID(number)) }?.appointment
  }

  @Test("a session of a package is read back through all that becomes of it")  // K-2, K-5, K-7
  func life() throws {
    let plain = session(1, span(0, 50), due: at(minutes: -5))
    let life = [
      plain.of(membership(), smsLeadMinutes: 90),
      plain.of(
        membership(procedure: individual), price: euro(7_000), smsLeadMinutes: 90, version: 2),
      plain.of(membership(session: .attended, procedure: individual), price: euro(1), version: 3),
      plain.of(membership(session: .released, commission: .some(.none)), version: 4),
      plain.of(nil, plan: .free, price: euro(5), smsLeadMinutes: 5, version: 5),
      // One thing at a time.
      plain.of(nil, plan: .free, price: euro(5), version: 6),
      plain.of(nil, plan: .free, price: euro(6), version: 7),
      plain.of(nil, plan: .onSite, price: euro(6), version: 8),
      plain.of(membership(isByProcedure: false, commission: nil), plan: .package, version: 9),
    ]
    try store.book([life[0]])
    #expect(try read() == life[0])
    for (old, new) in zip(life, life.dropFirst()) {
      try store.apply([new.changed(from: old)])
      #expect(try read() == new)
    }
    #expect(throws: (any Error).self) { try store.apply([life[1].changed(from: life[0])]) }
    #expect(try read() == life.last)
  }

  @Test("a session of no package, or half of one, is not written")  // K-6
  func checks() throws {
    let missing = membership(PackageLinkID(rawValue: 9))
    #expect(throws: (any Error).self) { try store.book([session(1, span(0, 50)).of(missing)]) }
    try store.book([session(1, span(0, 50)).of(membership(isByProcedure: false))])
    for wrong in [
      "package_session = NULL", "package_link_id = NULL", "package_session = 'LOST'",
      "procedure_id = '\(individual)'",
    ] {
      #expect(throws: (any Error).self) { try scratch.tamper("UPDATE appointments SET \(wrong)") }
    }
  }

  @Test("a reminder goes over the same version, and is an event")  // N-2
  func reminded() throws {
    let booked = session(1, span(0, 50), due: at(minutes: -60), remindedUntil: at(minutes: -90))
    try store.book([booked])
    let reminded = session(
      1, span(0, 50), due: at(minutes: -5), remindedUntil: at(minutes: -60))
    try store.apply([.appointmentReminded(reminded)])
    #expect(try read() == reminded)
    let last = try scratch.rows(
      "SELECT kind, subject_id, subject_version FROM events ORDER BY position DESC LIMIT 1")
    #expect(last == [["APPOINTMENT_REMINDED", booked.id.text, "1"]])
    let moved = session(
      1, span(0, 50), version: 2, due: at(minutes: -7), remindedUntil: at(minutes: -8))
    try store.apply([moved.changed(from: reminded)])
    #expect(try read() == moved)
    #expect(throws: StoreError.lostUpdate(table: "appointments", id: booked.id.text)) {
      try store.apply([.appointmentReminded(reminded)])
    }
  }

  @Test("a link's sessions are listed by start, through an index")  // K-8
  func lists() throws {
    try store.apply([.packageLinked(packageLink(PackageLinkID(rawValue: 5_102)))])
    try store.book([
      session(1, span(120, 170)).of(membership()), session(2, span(0, 50)).of(membership()),
      session(3, span(60, 110)).of(membership(PackageLinkID(rawValue: 5_102))),
      session(4, span(60, 110), state: .cancelledByClient).of(membership(session: .released)),
      session(5, span(240, 290)),
    ])
    var query = AppointmentQuery(limit: 2)
    query.link = linkID
    func page() throws -> [Appointment] {
      try store.read { try $0.appointments(of: partner, matching: query) }
    }
    let first = try page()
    #expect(first.map(\.id) == [2, 4].map(appointmentID))
    query.after = first.last.map { AppointmentCursor(start: $0.span.start.instant, id: $0.id) }
    #expect(try page().map(\.id) == [appointmentID(1)])
    #expect(try store.read { try $0.appointments(of: otherPartner, matching: query) } == [])
    let plan = try store.read { try $0.plan(ofAppointments: partner, matching: query) }
    #expect(plan.count == 1 && plan[0].contains("appointments_by_package_link"), "\(plan)")
  }
}
