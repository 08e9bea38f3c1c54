internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Databases from before messages were sent and packages sold.
struct SixthMigrationTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private static let hourMs: Int64 = 3_600_000

  /// One that starts so many hours after noon, and was changed last at another hour.
  private func insert(
    _ number: UInt128, startsAt hour: Int32, changedAt changed: Int64, state: AppointmentState,
    due: Int64?, column: String = "", value: String = ""
  ) throws {
    let span = span(hour * 60, hour * 60 + 50)
    let hourMs = SixthMigrationTests.hourMs
    try scratch.tamper(
      """
      INSERT INTO appointments (id, partner_id, therapist_id, client_id, service_id, location_id,
        start_ms, end_ms, time_zone, state, occupies, payment_status, payment_plan,
        price_minor_units, currency, version, booked_ms, changed_ms, cancel_reason,
        buffer_before_minutes, buffer_after_minutes, due_ms \(column))
      VALUES ('\(appointmentID(number))', '\(partner)', '\(anna)', '\(carlo)', '\(individual)',
        '\(office)', \(span.start.instant.msSinceEpoch), \(span.end.instant.msSinceEpoch),
        'Europe/Rome', '\(state.rawValue)', \(state.occupies ? 1 : 0), 'NONE', 'ON_SITE', 7000,
        'EUR', 1, \(noon.msSinceEpoch - 900 * hourMs), \(noon.msSinceEpoch + changed * hourMs), '',
        0, 0, \(due.map { "\(noon.msSinceEpoch + $0 * hourMs)" } ?? "NULL") \(value))
      """)
  }

  @Test("what stands is due for its next reminder, and what else was due stays so")  // N-2
  func reminders() throws {
    try SchemaOne.make(at: scratch.path, version: 5)
    let cases: [(start: Int32, changed: Int64, state: AppointmentState, due: Int64?, now: Int64?)] =
      [
        // A day before; three hours before, as it was changed within the day; neither.
        (48, 0, .scheduled, 47, 24), (60, 40, .scheduled, 59, 57), (72, 70, .scheduled, 71, 71),
        // Just at the change is not after it.
        (84, 60, .scheduled, 83, 81), (96, 93, .scheduled, 95, 95),
        // What comes first stays first.
        (108, 0, .scheduled, 10, 10), (120, 0, .scheduled, 100, 96),
        (132, 0, .initiated, 131, 131), (144, 0, .cancelledByClient, nil, nil),
        (156, 0, .completed, nil, nil),
      ]
    for (number, each) in cases.enumerated() {
      try insert(
        UInt128(number) + 20, startsAt: each.start, changedAt: each.changed, state: each.state,
        due: each.due)
    }
    // It is about to be cancelled.
    try insert(
      40, startsAt: 200, changedAt: 0, state: .scheduled, due: 199, column: ", giving_up_ms",
      value: ", \(noon.msSinceEpoch + 199 * SixthMigrationTests.hourMs)")
    let store = try scratch.open()
    func read(_ number: UInt128) throws -> Appointment? {
      try store.read { try $0.appointment(appointmentID(number)) }?.appointment
    }
    for (number, each) in cases.enumerated() {
      let found = try #require(try read(UInt128(number) + 20))
      #expect(
        found.due == each.now.map { noon.advanced(byMs: $0 * SixthMigrationTests.hourMs) },
        "\(each.start)")
      #expect(
        found.remindedUntil == noon.advanced(byMs: each.changed * SixthMigrationTests.hourMs))
      #expect(found.package == nil && found.smsLeadMinutes == nil)
    }
    #expect(try read(40)?.due == noon.advanced(byMs: 199 * SixthMigrationTests.hourMs))
  }

  @Test(
    "what was promised before anything was sent stays, and is skipped",
    arguments: [1, 2, 3, 4, 5] as [Int64])
  func outbox(_ version: Int64) throws {  // N-4
    try SchemaOne.make(at: scratch.path, version: version)
    for number in 1...2 {
      try scratch.tamper(
        """
        INSERT INTO outbox (partner_id, event_position, ordinal, kind, recipient_id, subject_id,
          at_ms, state)
        VALUES ('\(partner)', \(number), 0, 'BOOKING_CONFIRMED', '\(carlo)', '\(appointmentID(1))',
          \(noon.msSinceEpoch), 'PENDING')
        """)
    }
    let store = try scratch.open()
    try store.read { snapshot throws in
      let found = try snapshot.outbox(of: partner, about: nil, to: nil, after: nil, limit: 9)
      #expect(found.map(\.position) == [1, 2])
      #expect(found.allSatisfy { $0.state == .skipped && $0.channel == .email && $0.due == nil })
      #expect(Set(found.map(\.error)) == ["from before messages were sent"])
      #expect(found.allSatisfy { $0.recipient == carlo.text && $0.at == noon })
      #expect(try snapshot.dueMessages(until: Instant(msSinceEpoch: .max), limit: 9) == [])
    }
  }

  @Test("benefits keep where they came from, and what refers to them")  // P-5
  func benefits() throws {
    try SchemaOne.make(at: scratch.path, version: 5)
    let origins: [BenefitOrigin] = [.granted, .bought, .returned]
    for (number, origin) in origins.enumerated() {
      try scratch.tamper(
        """
        INSERT INTO benefits (id, partner_id, client_id, kind, origin, value_minor_units, currency,
          sessions, value_left_minor_units, sessions_left, state, note, version, created_ms,
          changed_ms)
        VALUES ('\(BenefitID(rawValue: 4_300 + UInt128(number)))', '\(partner)', '\(carlo)',
          'CREDIT', '\(origin.rawValue)', 5, 'EUR', 0, 5, 0, 'ACTIVE', '', 1, 0, 0);
        INSERT INTO benefit_services
        VALUES ('\(BenefitID(rawValue: 4_300 + UInt128(number)))', 0, '\(individual)');
        """)
    }
    let store = try scratch.open()
    let found = try store.read { try $0.benefits(of: carlo, partner, limit: 9) }
    #expect(found.map(\.origin) == origins)
    #expect(found.allSatisfy { $0.link == nil && $0.services == [individual] })
    #expect(try scratch.rows("PRAGMA foreign_key_check") == [])
    // A package's has its link, and no other has one.
    #expect(throws: (any Error).self) {
      try scratch.tamper("UPDATE benefits SET origin = 'PACKAGE'")
    }
  }
}
