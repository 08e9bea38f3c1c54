internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

struct AppointmentListTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
    try store.book(AppointmentListTests.sessions)
  }

  /// Four sessions at each full hour: one of Anna's and one of Bruno's, and one of each that was
  /// cancelled, by the client and by the therapist in turn. Ids do not ascend with starts.
  private static let sessions: [Appointment] = (0..<60).map { number in
    let start = Int32(number / 4) * 60
    let byClient = number / 4 % 2 == 0
    let id = UInt128(number * 37 % 60)
    return switch number % 4 {
    case 0: session(id, span(start, start + 50), client: carlo)
    case 1:
      session(id, span(start, start + 60), therapist: bruno, client: daria, room: redRoom)
    case 2:
      session(
        id, span(start, start + 50), client: daria,
        state: byClient ? .cancelledByClient : .cancelledByTherapist)
    default:
      session(
        id, span(start, start + 60), therapist: bruno, client: carlo, room: redRoom,
        state: byClient ? .cancelledByTherapist : .cancelledByClient)
    }
  }

  /// In order of start, then id.
  private static let ordered = sessions.sorted {
    ($0.span.start, $0.id) < ($1.span.start, $1.id)
  }

  private func list(_ query: AppointmentQuery) throws -> [Appointment] {
    try store.read { try $0.appointments(of: partner, matching: query) }
  }

  private func cursor(after appointment: Appointment) -> AppointmentCursor {
    AppointmentCursor(start: appointment.span.start.instant, id: appointment.id)
  }

  @Test("a list is in order of start, then id")  // B-12
  func order() throws {
    #expect(try list(AppointmentQuery(limit: 1_000)) == AppointmentListTests.ordered)
  }

  @Test("pages of any size join to the whole, amid a start too", arguments: 1...7)  // B-12
  func pages(_ size: Int) throws {
    var found: [Appointment] = []
    var query = AppointmentQuery(limit: size)
    // As often as could be needed, so that a page that repeats ends, too.
    for _ in 0...AppointmentListTests.ordered.count {
      let page = try list(query)
      #expect(page.count <= size)
      guard let last = page.last else { break }
      found += page
      query.after = cursor(after: last)
    }
    #expect(found == AppointmentListTests.ordered)
  }

  @Test("every choice of conditions lists what a walk through all would")  // B-12
  func everyChoice() throws {
    let states: [AppointmentState] = [.scheduled, .cancelledByTherapist]
    let from = minute(120).instant
    let until = minute(600).instant
    let after = cursor(after: AppointmentListTests.ordered[13])
    for choice in 0..<64 {
      func isChosen(_ bit: Int) -> Bool { choice >> bit & 1 == 1 }
      var query = AppointmentQuery(limit: isChosen(0) ? 3 : 1_000)
      if isChosen(0) { query.client = carlo }
      if isChosen(1) { query.therapist = anna }
      if isChosen(2) { query.states = states }
      if isChosen(3) { query.from = from }
      if isChosen(4) { query.until = until }
      if isChosen(5) { query.after = after }
      let expected = AppointmentListTests.ordered.filter { appointment in
        (!isChosen(0) || appointment.client == carlo)
          && (!isChosen(1) || appointment.therapist == anna)
          && (!isChosen(2) || states.contains(appointment.state))
          && (!isChosen(3) || from < appointment.span.end.instant)
          && (!isChosen(4) || appointment.span.start.instant < until)
          && (!isChosen(5)
            || (after.start, after.id) < (appointment.span.start.instant, appointment.id))
      }
      #expect(try list(query) == Array(expected.prefix(query.limit)), "choice \(choice)")
    }
  }

  @Test("a range holds what lies in it for a minute: it is half-open, as sessions are")  // B-12
  func rangeEdges() throws {
    let night = session(90, span(-1_440, 0))
    try store.book([night])
    func isListed(from: Instant? = nil, until: Instant? = nil) throws -> Bool {
      var query = AppointmentQuery(limit: 1_000)
      query.from = from
      query.until = until
      return try list(query).contains(night)
    }
    let (start, end) = (night.span.start.instant, night.span.end.instant)
    #expect(try isListed(from: end.advanced(byMs: -1)))
    #expect(try !isListed(from: end))
    #expect(try isListed(until: start.advanced(byMs: 1)))
    #expect(try !isListed(until: start))
    #expect(try isListed(from: start, until: start.advanced(byMs: 1)))
  }

  @Test("a partner sees none of another's")  // B-12
  func partnersApart() throws {
    let theirs = try store.read {
      try $0.appointments(of: otherPartner, matching: AppointmentQuery(limit: 10))
    }
    #expect(theirs == [])
  }

  @Test("everything that takes time is told once, and nothing else", arguments: 1...3)
  func bookedTimes(shares: Int) throws {
    let found = try store.occupations(shares: shares)
    #expect(Set(found).count == found.count)
    let expected = AppointmentListTests.sessions.filter(\.state.occupies).map(\.occupation)
    #expect(Set(found) == Set(expected))
  }

  @Test("what ended before the time from which it is asked for is not told")
  func bookedTimesFrom() throws {
    let expected = AppointmentListTests.sessions.filter(\.state.occupies).map(\.occupation)
    let end = try #require(expected.map(\.span.end).min()).instant
    #expect(try store.occupations(from: end.advanced(byMs: -1)).count == expected.count)
    #expect(
      Set(try store.occupations(from: end))
        == Set(expected.filter { $0.span.end.instant > end }))
  }
}

/// The other lists: a partner's own, by id, a page at a time.
struct DirectoryListTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  @Test("lists are by id, begin after the one given, and end at the limit")
  func pages() throws {
    try store.read { snapshot in
      let therapists = try snapshot.therapists(of: partner, after: nil, limit: 10)
      #expect(therapists == [Fixture.therapist(anna), Fixture.therapist(bruno)])
      #expect(try snapshot.therapists(of: partner, after: nil, limit: 1).map(\.id) == [anna])
      #expect(try snapshot.therapists(of: partner, after: anna, limit: 10).map(\.id) == [bruno])
      #expect(try snapshot.therapists(of: partner, after: bruno, limit: 10) == [])

      #expect(
        try snapshot.locations(of: partner, after: nil, limit: 10)
          == [Fixture.studio, Fixture.online])
      #expect(try snapshot.locations(of: partner, after: office, limit: 10).map(\.id) == [video])

      #expect(
        try snapshot.services(of: partner, therapist: nil, after: nil, limit: 10).map(\.id)
          == [individual, couple])
      #expect(
        try snapshot.services(of: partner, therapist: bruno, after: nil, limit: 10).map(\.id)
          == [couple])
      #expect(
        try snapshot.services(of: partner, therapist: anna, after: individual, limit: 10) == [])
    }
  }

  @Test("a partner's lists have nothing of another's")
  func partnersApart() throws {
    try store.read { snapshot throws in
      #expect(try snapshot.therapists(of: otherPartner, after: nil, limit: 10) == [])
      #expect(try snapshot.locations(of: otherPartner, after: nil, limit: 10) == [])
      #expect(
        try snapshot.services(of: otherPartner, therapist: anna, after: nil, limit: 10) == [])
      #expect(
        try snapshot.clients(of: otherPartner, therapist: nil, after: nil, limit: 10) == [])
    }
  }

  @Test("a therapist's list has the clients who joined it, by id")  // B-2
  func clients() throws {
    try store.apply([
      begun(anna, daria), begun(anna, carlo), begun(bruno, daria),
    ])
    try store.read { snapshot in
      func ids(_ therapist: TherapistID?, after: ClientID? = nil, limit: Int = 10) throws
        -> [ClientID]
      {
        try snapshot.clients(of: partner, therapist: therapist, after: after, limit: limit)
          .map(\.id)
      }
      #expect(try ids(anna) == [carlo, daria])
      #expect(try ids(anna, after: carlo) == [daria])
      #expect(try ids(anna, limit: 1) == [carlo])
      #expect(try ids(bruno) == [daria])
      #expect(try ids(nil) == [carlo, daria])
      var everyone: [ClientID: PartnerID] = [:]
      try snapshot.forEachClient { everyone[$0] = $1 }
      #expect(everyone == [carlo: partner, daria: partner])
    }
  }
}
