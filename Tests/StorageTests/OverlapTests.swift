internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// The schema's own guard, behind the interval trees (S-10).
struct OverlapTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  /// Sessions that share one resource only with `session(1, ...)`.
  enum Sharing: CaseIterable {
    case therapist, room, client

    func session(
      _ number: UInt128, _ span: Span, state: AppointmentState = .scheduled
    ) -> Appointment {
      StorageTests.session(
        number, span, therapist: self == .therapist ? anna : bruno,
        client: self == .client ? carlo : daria, room: self == .room ? blueRoom : redRoom,
        state: state)
    }
  }

  private static let overlaps = [
    span(0, 50), span(49, 99), span(-49, 1), span(10, 20), span(-10, 60), span(-1_390, 50),
  ]

  @Test("a second one is turned away and leaves no row", arguments: Sharing.allCases)  // S-10
  func turnsAway(_ sharing: Sharing) throws {
    try store.book([session(1, span(0, 50))])
    let events = try scratch.count("events")
    for overlap in OverlapTests.overlaps {
      let second = sharing.session(2, overlap)
      try store.write { transaction -> Void in
        #expect(throws: StoreError.overlap(id: second.id.text)) {
          try transaction.savepoint { try transaction.apply([second.booked]) }
        }
      }
      #expect(throws: StoreError.overlap(id: second.id.text)) {
        try store.book([second])
      }
    }
    #expect(try scratch.rows("SELECT id FROM appointments") == [[session(1, span(0, 50)).id.text]])
    #expect(try scratch.count("appointment_transitions") == 1)
    #expect(try scratch.count("events") == events)
  }

  @Test("spans that touch pass, on either side", arguments: Sharing.allCases)  // S-10
  func touching(_ sharing: Sharing) throws {
    try store.book([session(1, span(0, 50))])
    try store.book([sharing.session(2, span(50, 100)), sharing.session(3, span(-50, 0))])
    #expect(try scratch.count("appointments") == 3)
  }

  @Test("what was cancelled is in nobody's way", arguments: Sharing.allCases)
  func cancelled(_ sharing: Sharing) throws {
    let first = session(1, span(0, 50))
    try store.book([first])
    try store.apply([first.next(.cancelledByClient).cancelled])
    try store.book([sharing.session(2, span(0, 50))])
    #expect(try scratch.count("appointments WHERE occupies = 1") == 1)
  }

  @Test("what is written as cancelled is in nobody's way, and nobody in its")
  func bornCancelled() throws {
    try store.book([
      session(1, span(0, 50)), session(2, span(0, 50), state: .cancelledByTherapist),
      session(3, span(20, 70), state: .cancelledByClient),
    ])
    #expect(try scratch.count("appointments") == 3)
  }

  @Test("a cancelled one does not come back over the one that took its place")  // S-10
  func doesNotComeBack() throws {
    let first = session(1, span(0, 50))
    let gone = first.next(.cancelledByClient)
    try store.book([first])
    try store.apply([gone.cancelled])
    try store.book([session(2, span(0, 50))])
    #expect(throws: StoreError.self) {
      try store.apply([gone.next(.scheduled).changed(from: gone)])
    }
    #expect(try store.read { try $0.appointment(first.id) }?.appointment == gone)
  }

  @Test("sessions without a room share none")
  func noRoom() throws {
    try store.book([
      session(1, span(0, 50), room: nil),
      session(2, span(0, 50), therapist: bruno, client: daria, room: nil),
    ])
    #expect(try scratch.count("appointments") == 2)
  }

  @Test("a session of a whole day is seen to its last minute; a longer one is none")
  func wholeDay() throws {
    try store.book([session(1, span(0, 1_440))])
    #expect(throws: StoreError.overlap(id: session(2, span(1_439, 1_489)).id.text)) {
      try store.book([session(2, span(1_439, 1_489))])
    }
    try store.book([session(2, span(1_440, 1_490))])
    #expect(throws: (any Error).self) { try store.book([session(3, span(2_000, 3_441))]) }
    #expect(try scratch.count("appointments") == 2)
  }

  @Test("the schema accepts just what does not overlap, over all short spans")  // S-10
  func everyPair() throws {
    let spans = (0..<5).flatMap { from in ((from + 1)...5).map { span(Int32(from), Int32($0)) } }
    try store.write { transaction in
      for first in spans {
        for second in spans {
          // Undone each time, so that every pair begins anew.
          _ = try? transaction.savepoint {
            try transaction.apply([session(1, first).booked])
            let isWritten = (try? transaction.apply([session(2, second).booked])) != nil
            #expect(isWritten == !first.overlaps(second))
            throw Undone()
          }
        }
      }
    }
    #expect(try scratch.count("appointments") == 0)
  }

  @Test("buffers of either keep the therapist free of the other's session, to the minute")  // S-7
  func buffers() throws {
    let first = session(1, span(0, 50), buffers: Buffers(beforeMinutes: 10, afterMinutes: 20))
    try store.book([first])
    func isWritten(_ from: Int32, _ to: Int32, _ before: Int32 = 0, _ after: Int32 = 0) -> Bool {
      let next = session(
        2, span(from, to), client: daria, room: redRoom,
        buffers: Buffers(beforeMinutes: before, afterMinutes: after))
      return isTaken(next)
    }
    #expect(isWritten(70, 120) && !isWritten(69, 119))
    #expect(isWritten(-60, -10) && !isWritten(-59, -9))
    // Two buffers may overlap each other, never a session.
    #expect(isWritten(70, 120, 20, 0) && !isWritten(70, 120, 21, 0))
    #expect(isWritten(-60, -10, 0, 10) && !isWritten(-60, -10, 0, 11))
    #expect(isWritten(290, 340, 240, 0) && !isWritten(289, 339, 240, 0))
  }

  @Test("buffers bind neither room nor client", arguments: [Sharing.room, .client])  // S-7
  func buffersOfOthers(_ sharing: Sharing) throws {
    let buffers = Buffers(beforeMinutes: 30, afterMinutes: 30)
    try store.book([session(1, span(0, 50), buffers: buffers)])
    #expect(isTaken(sharing.session(2, span(50, 100))))
  }

  @Test("the longest session with the longest buffer is seen to its last minute")  // S-7
  func longest() throws {
    let buffers = Buffers(beforeMinutes: 0, afterMinutes: 240)
    try store.book([session(1, span(0, 1_440), buffers: buffers)])
    #expect(!isTaken(session(2, span(1_679, 1_729), client: daria, room: redRoom)))
    #expect(isTaken(session(2, span(1_680, 1_730), client: daria, room: redRoom)))
  }

  @Test("schema and busy times agree on every two sessions with short buffers")  // S-7, S-10
  func agreesWithBusyTimes() throws {
    let minutes: [Int32] = [0, 1, 2]
    let buffers = minutes.flatMap { before in
      minutes.map { Buffers(beforeMinutes: before, afterMinutes: $0) }
    }
    let spans = (0..<7).flatMap { from in
      ((from + 1)...7).map { span(Int32(from), Int32($0)) }
    }
    for ofFirst in buffers {
      let first = session(1, span(3, 5), buffers: ofFirst)
      var busy = BusyTimes()
      let isAlone = busy.occupy(first.occupation)
      #expect(isAlone)
      try store.write { transaction in
        try? transaction.savepoint {
          try transaction.apply([first.booked])
          for (ofSecond, during) in buffers.flatMap({ one in spans.map { (one, $0) } }) {
            let second = session(
              2, during, client: daria, room: redRoom, buffers: ofSecond)
            var isWritten = false
            try? transaction.savepoint {
              try transaction.apply([second.booked])
              isWritten = true
              throw Undone()
            }
            var both = busy
            let isFree = both.occupy(second.occupation)
            #expect(isWritten == isFree, "\(ofFirst) \(ofSecond) \(during)")
          }
          throw Undone()
        }
      }
    }
  }

  /// Whether the schema takes it; undone at once.
  private func isTaken(_ appointment: Appointment) -> Bool {
    var isWritten = false
    _ = try? store.write { transaction in
      try transaction.apply([appointment.booked])
      isWritten = true
      throw Undone()
    }
    return isWritten
  }

  private struct Undone: Error {}
}
