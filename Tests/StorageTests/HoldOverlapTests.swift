internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Testing

/// The schema's own guard between holds, and between holds and appointments (S-10, S-12).
struct HoldOverlapTests {
  private let scratch: Scratch
  private let store: Store

  init() throws {
    scratch = try Scratch()
    store = try scratch.practice()
  }

  /// What shares one resource only with `held(1, ...)` and `session(1, ...)`.
  enum Sharing: CaseIterable {
    case therapist, room, client

    private var names: (TherapistID, ClientID, RoomID) {
      (
        self == .therapist ? anna : bruno, self == .client ? carlo : daria,
        self == .room ? blueRoom : redRoom
      )
    }

    func hold(_ number: UInt128, _ span: Span) -> Hold {
      let (therapist, client, room) = names
      return held(number, span, therapist: therapist, client: client, room: room)
    }

    func session(_ number: UInt128, _ span: Span) -> Appointment {
      let (therapist, client, room) = names
      return StorageTests.session(number, span, therapist: therapist, client: client, room: room)
    }
  }

  private static let overlaps = [
    span(0, 50), span(49, 99), span(-49, 1), span(10, 20), span(-10, 60), span(-1_390, 50),
  ]

  @Test("a hold or a booking that overlaps a hold is turned away", arguments: Sharing.allCases)
  func overHold(_ sharing: Sharing) throws {  // S-10 S-12
    try store.apply([.holdTaken(held(1, span(0, 50)))])
    for overlap in HoldOverlapTests.overlaps {
      let (hold, booking) = (sharing.hold(2, overlap), sharing.session(2, overlap))
      #expect(throws: StoreError.overlap(id: hold.id.text)) {
        try store.apply([.holdTaken(hold)])
      }
      #expect(throws: StoreError.overlap(id: booking.id.text)) { try store.book([booking]) }
    }
    #expect(try scratch.count("holds") == 1)
    #expect(try scratch.count("appointments") == 0)
  }

  @Test("a hold that overlaps a booking is turned away", arguments: Sharing.allCases)
  func overBooking(_ sharing: Sharing) throws {  // S-10 S-12
    try store.book([session(1, span(0, 50))])
    for overlap in HoldOverlapTests.overlaps {
      let hold = sharing.hold(2, overlap)
      #expect(throws: StoreError.overlap(id: hold.id.text)) {
        try store.apply([.holdTaken(hold)])
      }
    }
    #expect(try scratch.count("holds") == 0)
  }

  @Test("spans that touch pass, on either side", arguments: Sharing.allCases)  // S-10
  func touching(_ sharing: Sharing) throws {
    try store.apply([.holdTaken(held(1, span(0, 50)))])
    try store.apply([.holdTaken(sharing.hold(2, span(50, 100)))])
    try store.book([sharing.session(2, span(-50, 0))])
    #expect(try scratch.count("holds") == 2)
    #expect(try scratch.count("appointments") == 1)
  }

  @Test("what is over is in nobody's way, however it ended")  // S-12
  func over() throws {
    let hold = held(1, span(0, 50))
    let ends: [Event] = [
      .holdReleased(hold), .holdLapsed(hold.id), .holdBooked(hold, by: session(1, span(0, 50)).id),
    ]
    for end in ends {
      #expect(throws: Undone.self) {
        try store.write { transaction -> Void in
          try transaction.apply([.holdTaken(hold), end, session(1, span(0, 50)).booked])
          #expect(try transaction.snapshot.hold(hold.id)?.hold.state != .held)
          throw Undone()
        }
      }
    }
    #expect(try scratch.count("holds") == 0)
  }

  @Test("a booking that was cancelled does not come back over a hold")  // S-10 S-12
  func doesNotComeBack() throws {
    let first = session(1, span(0, 50))
    let gone = first.next(.cancelledByClient)
    try store.book([first])
    try store.apply([gone.cancelled, .holdTaken(held(1, span(0, 50)))])
    #expect(throws: StoreError.self) {
      try store.apply([gone.next(.scheduled).changed(from: gone)])
    }
  }

  @Test("buffers of either keep the therapist free, and nobody else; two may overlap")  // S-7
  func buffers() throws {
    let wide = Buffers(beforeMinutes: 10, afterMinutes: 10)
    try store.apply([.holdTaken(held(1, span(0, 50), buffers: wide))])
    for overlap in [span(59, 99), span(-59, -9)] {
      #expect(throws: StoreError.self) {
        try store.apply([.holdTaken(held(2, overlap, client: nil, room: nil))])
      }
      #expect(throws: StoreError.self) {
        try store.book([session(2, overlap, client: daria, room: nil)])
      }
    }
    // In the same room, with the same client.
    try store.book([session(2, span(50, 55), therapist: bruno)])
    // The buffers overlap, and neither reaches into the other's session.
    try store.apply([.holdTaken(held(3, span(60, 110), client: nil, room: nil, buffers: wide))])
    #expect(throws: StoreError.self) {
      try store.apply([.holdTaken(held(4, span(115, 165), client: nil, room: nil, buffers: wide))])
    }
    #expect(try scratch.count("holds") == 2)
  }

  private struct Undone: Error {}
}
