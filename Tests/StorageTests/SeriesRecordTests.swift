internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// Series are read back as they were written, and appointments that move together pass each other.
struct SeriesRecordTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  private func series(
    _ number: UInt128, therapist: TherapistID = anna, client: ClientID = carlo,
    omissions: [SeriesOmission] = [], splitFrom: SeriesID? = nil, version: Int64 = 1
  ) throws -> Series {
    Series(
      id: SeriesID(rawValue: 3_000 + number), therapist: therapist, client: client,
      service: therapist == anna ? individual : couple, location: office, room: redRoom,
      rule: try RecurrenceRule("FREQ=WEEKLY;INTERVAL=2;COUNT=10;BYDAY=MO,TH"),
      localStart: LocalMinute("2026-11-23T13:00")!, zoneName: "Europe/Rome", omissions: omissions,
      splitFrom: splitFrom, version: version, madeAt: noon)
  }

  private func read(_ id: SeriesID) throws -> Series? {
    let found = try store.read { try $0.series(id) }
    #expect(found == nil || found?.owner == partner)
    return found?.series
  }

  @Test("a series with what was left out, and the one that it was split from")  // B-8, B-9
  func whole() throws {
    let omissions = [
      SeriesOmission(localStart: LocalMinute("2026-11-26T13:00")!, reason: .excluded),
      SeriesOmission(localStart: LocalMinute("2026-12-07T13:00")!, reason: .conflict),
      SeriesOmission(localStart: LocalMinute("2026-12-10T13:00")!, reason: .gap),
    ]
    let first = try series(1, omissions: omissions)
    let second = try series(2, splitFrom: first.id)
    try store.apply([.seriesMade(first), .seriesMade(second)])
    #expect(try read(first.id) == first)
    #expect(try read(second.id) == second)
    #expect(try read(SeriesID(rawValue: 9)) == nil)
    let events = try scratch.rows(
      "SELECT kind, subject_id, related_id FROM events WHERE kind LIKE 'SERIES%' ORDER BY position")
    #expect(
      events == [
        ["SERIES_MADE", first.id.text, ""], ["SERIES_MADE", second.id.text, first.id.text],
      ])
  }

  @Test("a change replaces what was left out, and goes over the version before only")  // B-9, B-14
  func changing() throws {
    let omission = SeriesOmission(
      localStart: LocalMinute("2026-11-26T13:00")!, reason: .excluded)
    try store.apply([.seriesMade(try series(1, omissions: [omission]))])
    let changed = Series(
      id: SeriesID(rawValue: 3_001), therapist: anna, client: carlo, service: individual,
      location: video, room: nil, rule: try RecurrenceRule("FREQ=DAILY;UNTIL=20261201T120000Z"),
      localStart: LocalMinute("2026-11-24T09:30")!, zoneName: "Europe/Rome", version: 2,
      madeAt: noon)
    try store.apply([.seriesChanged(changed)])
    #expect(try read(changed.id) == changed)
    for version in [1, 2, 4] as [Int64] {
      let stale = try series(1, version: version)
      #expect(throws: StoreError.lostUpdate(table: "series", id: stale.id.text)) {
        try store.apply([.seriesChanged(stale)])
      }
    }
    #expect(try read(changed.id) == changed)
  }

  @Test("series are listed by id, of a therapist, a client and a partner, page by page")  // B-8
  func listing() throws {
    let all = [
      try series(1), try series(2, therapist: bruno), try series(3, client: daria), try series(4),
    ]
    try store.apply(all.reversed().map(Event.seriesMade))
    func ids(
      _ owner: PartnerID = partner, therapist: TherapistID? = nil, client: ClientID? = nil,
      after: SeriesID? = nil, limit: Int = 10
    ) throws -> [SeriesID] {
      try store.read {
        try $0.series(of: owner, therapist: therapist, client: client, after: after, limit: limit)
      }.map(\.id)
    }
    #expect(try ids() == all.map(\.id))
    #expect(try ids(therapist: anna) == [all[0], all[2], all[3]].map(\.id))
    #expect(try ids(client: daria) == [all[2].id])
    #expect(try ids(therapist: anna, client: carlo, limit: 1) == [all[0].id])
    #expect(try ids(therapist: anna, client: carlo, after: all[0].id) == [all[3].id])
    #expect(try ids(otherPartner) == [])
  }

  @Test("the appointments of a series come in the order in which its rule gave them")  // B-9
  func members() throws {
    let id = SeriesID(rawValue: 3_001)
    try store.apply([.seriesMade(try series(1))])
    try store.book([
      member(1, span(0, 50), of: id, from: minute(200)), member(2, span(60, 110), of: id),
      session(3, span(120, 170)),
    ])
    let found = try store.read { try $0.appointments(of: id) }
    #expect(found.map(\.id) == [2, 1].map { AppointmentID(rawValue: 1_000 + $0) })
    #expect(found[1].recurrence == SeriesMembership(series: id, originalStart: minute(200)))

    var needs = Needs()
    needs.seriesWhole = [found[0].id, AppointmentID(rawValue: 1_003)]
    var facts = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: partner, at: noon, into: &facts) }
    #expect(facts.series == [id: try series(1)])
    #expect(facts.occurrences == [id: found])
    #expect(Set(facts.appointments.keys) == needs.seriesWhole)
    #expect(Set(facts.services.keys) == [individual])
    #expect(facts.policies[individual] != nil)
    var none = Facts(index: AvailabilityIndex())
    try store.read { try $0.load(needs, of: otherPartner, at: noon, into: &none) }
    #expect(none.series.isEmpty && none.occurrences.isEmpty)
  }

  @Test(
    "appointments that one change moves may take each other's places, whatever their order",
    arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]])  // B-9
  func passingEachOther(_ order: [Int]) throws {
    let sessions = [session(1, span(0, 50)), session(2, span(60, 110)), session(3, span(120, 170))]
    try store.book(sessions)
    // Each takes the next one's place, and the last one that of the first.
    let moved = zip(sessions, [span(60, 110), span(120, 170), span(0, 50)]).map {
      $0.moved(to: $1)
    }
    try store.apply(order.map { .moved(moved[$0], from: sessions[$0]) })
    for appointment in moved {
      #expect(try store.read { try $0.appointment(appointment.id) }?.appointment == appointment)
    }
    #expect(try scratch.count("appointments WHERE occupies = 1") == 3)
  }

  @Test("one that would go to a place that is taken is still turned away")  // S-10
  func turnedAway() throws {
    let sessions = [session(1, span(0, 50)), session(2, span(60, 110))]
    try store.book(sessions + [session(3, span(120, 170))])
    let moved = [sessions[0].moved(to: span(60, 110)), sessions[1].moved(to: span(130, 180))]
    #expect(throws: StoreError.overlap(id: moved[1].id.text)) {
      try store.apply([
        .moved(moved[0], from: sessions[0]), .moved(moved[1], from: sessions[1]),
      ])
    }
    #expect(try store.read { try $0.appointment(moved[0].id) }?.appointment == sessions[0])
    #expect(try scratch.count("appointments WHERE occupies = 1") == 3)
  }
}

private func member(
  _ number: UInt128, _ span: Span, of series: SeriesID, from originalStart: Minute? = nil
) -> Appointment {
  session(number, span).with(
    span, SeriesMembership(series: series, originalStart: originalStart ?? span.start),
    version: 1)
}

extension Appointment {
  fileprivate func with(
    _ span: Span, _ membership: SeriesMembership?, version: Int64
  ) -> Appointment {
    Appointment(
      id: id, therapist: therapist, client: client, service: service, location: location,
      room: room, span: span, buffers: buffers, zoneName: zoneName, plan: plan, price: price,
      bookedAt: bookedAt, state: state, paymentStatus: paymentStatus, version: version,
      changedAt: changedAt, cancelReason: cancelReason, recurrence: membership)
  }

  fileprivate func moved(to span: Span) -> Appointment {
    with(span, recurrence, version: version + 1)
  }
}

extension Event {
  fileprivate static func moved(_ appointment: Appointment, from old: Appointment) -> Event {
    .appointmentChanged(
      appointment, from: old,
      Transition(
        appointment: appointment.id, version: appointment.version, step: .rescheduled,
        from: old.state, to: appointment.state, at: noon, by: desk, movedFrom: old.span.start))
  }
}
