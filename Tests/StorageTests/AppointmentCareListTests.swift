internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Lists by therapy, by series and of what stands (B-12).
struct AppointmentCareListTests {
  private let scratch: Scratch
  private let store: Store
  private let weekly = SeriesID(rawValue: 71)
  private let other = SeriesID(rawValue: 72)

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.book(sessions)
  }

  /// One in each state, an hour apart, the first ones of a series.
  private var sessions: [Appointment] {
    AppointmentState.allCases.enumerated().map { index, state in
      let plain = session(
        UInt128(index), span(Int32(index) * 60, Int32(index) * 60 + 50), state: state)
      let recurrence = SeriesMembership(
        series: index < 3 ? weekly : other, originalStart: plain.span.start)
      return Appointment(
        id: plain.id, therapist: plain.therapist, client: plain.client, service: plain.service,
        location: plain.location, room: plain.room, span: plain.span, zoneName: plain.zoneName,
        plan: plain.plan, price: plain.price, bookedAt: plain.bookedAt, state: state,
        paymentStatus: plain.paymentStatus, version: 1, changedAt: plain.changedAt,
        cancelReason: plain.cancelReason, recurrence: index < 6 ? recurrence : nil)
    }
  }

  private func states(_ change: (inout AppointmentQuery) -> Void) throws -> [AppointmentState] {
    var query = AppointmentQuery(limit: 1_000)
    change(&query)
    return try store.read { try $0.appointments(of: partner, matching: query) }.map(\.state)
  }

  @Test("those of a series, of nobody else's with it")  // B-12
  func series() throws {
    #expect(try states { $0.series = weekly } == Array(AppointmentState.allCases.prefix(3)))
    #expect(
      try states {
        $0.series = weekly
        $0.client = carlo
        $0.therapist = anna
        $0.from = minute(60).instant
      } == Array(AppointmentState.allCases[1..<3]))
    #expect(
      try states {
        $0.series = weekly
        $0.client = daria
      } == [])
    #expect(try states { $0.series = SeriesID(rawValue: 73) } == [])
  }

  @Test("those that stand, and of them those in the states named")  // B-12
  func active() throws {
    let standing: [AppointmentState] = [
      .requested, .initiated, .paymentProcessing, .scheduled, .inProgress,
    ]
    #expect(try states { $0.isActive = true } == standing)
    #expect(
      try states {
        $0.isActive = true
        $0.states = [.completed, .scheduled, .declined]
      } == [.scheduled])
    #expect(
      try states {
        $0.isActive = true
        $0.states = [.completed]
      } == [])
  }

  @Test("a list walks the index of whose there are the fewest, in its order")  // B-12
  func plans() throws {
    func plan(_ change: (inout AppointmentQuery) -> Void) throws -> [String] {
      var query = AppointmentQuery(limit: 50)
      change(&query)
      return try store.read { try $0.plan(ofAppointments: partner, matching: query) }
    }
    func lead(_ index: String, _ condition: String) -> [String] {
      ["SEARCH appointments USING INDEX \(index) (\(condition))"]
    }
    #expect(try plan { _ in } == lead("appointments_by_partner", "partner_id=?"))
    #expect(
      try plan { $0.therapist = anna } == lead("appointments_by_therapist", "therapist_id=?"))
    #expect(
      try plan {
        $0.therapist = anna
        $0.from = noon
        $0.isActive = true
      } == lead("appointments_by_therapist", "therapist_id=? AND start_ms>?"))
    // A therapy is both.
    #expect(
      try plan {
        $0.therapist = anna
        $0.client = carlo
        $0.states = [.scheduled]
      } == lead("appointments_by_client", "client_id=?"))
    #expect(
      try plan {
        $0.client = carlo
        $0.until = noon
        $0.after = AppointmentCursor(start: noon, id: session(1, span(0, 50)).id)
      } == lead("appointments_by_client", "client_id=? AND start_ms>? AND start_ms<?"))
    // By original start: of the few that there are, those that moved are put in order.
    #expect(
      try plan {
        $0.series = weekly
        $0.therapist = anna
        $0.client = carlo
      } == lead("appointments_by_series", "series_id=?") + ["USE TEMP B-TREE FOR ORDER BY"])
  }

  @Test("who are in a series is known by its id")  // B-12
  func pair() throws {
    try scratch.tamper(
      """
      INSERT INTO series (id, partner_id, therapist_id, client_id, service_id, location_id, rule,
        local_start_minute, time_zone, version, made_ms)
      VALUES ('\(weekly.text)', '\(partner.text)', '\(anna.text)', '\(carlo.text)',
        '\(individual.text)', '\(office.text)', 'FREQ=WEEKLY;COUNT=3', 0, 'Europe/Rome', 1, 0)
      """)
    let found = try store.read { try $0.pair(ofSeries: weekly) }
    #expect(found?.owner == partner && found?.pair == CarePair(anna, carlo))
    #expect(try store.read { try $0.pair(ofSeries: other) } == nil)
  }
}
