internal import CWire
internal import Glibc
internal import Workload

/// Says what is asked next, and reads the replies: holds them against what was asked and what this run
/// knows, and tells the generator what it can go on with.
struct Judge {
  private static let cancelledKeptMax = 100_000

  var generator: Generator
  var auditor: Auditor
  let population: Population
  let names: PopulationNames
  let therapistNumbers: [String: Int]
  /// Replies to searches, for choosing those that are decoded, too.
  var searchesRead: UInt64 = 0
  /// The bookings whose cancellation was acknowledged, for reading back; the latest, where they are
  /// very many.
  private(set) var cancelled: [Booking] = []

  private var replay: Replay?
  private var cancelledCount = 0

  /// - Parameter replay: What to ask instead of what the generator draws: then nothing is booked, and
  ///   replies are only held against their questions.
  init(
    population: Population, names: PopulationNames, generator: Generator, replay: Replay? = nil
  ) {
    self.population = population
    self.names = names
    self.generator = generator
    self.replay = replay
    auditor = Auditor(
      therapists: population.offerings.count, clients: population.clientIDs.count)
    therapistNumbers = Dictionary(
      uniqueKeysWithValues: population.offerings.enumerated().map { ($1.therapistID, $0) })
  }

  /// What to ask next, which is about to be sent.
  mutating func next() -> (wish: Wish, sent: Auditor.Moment) {
    if let wish = replay?.next() { return (wish, auditor.now) }
    let wish = generator.next()
    if case .cancel(let booking) = wish { auditor.cancellationSent(booking) }
    return (wish, auditor.now)
  }

  /// A reply came; `arena` is where its message may be decoded.
  mutating func judge(_ frame: cwire_frame, of call: InFlight, arena: OpaquePointer) -> Outcome {
    guard frame.status.code == UInt32(CWIRE_OK) else { return refused(call.wish, frame.status) }
    let before = auditor.violationCount
    switch call.wish {
    case .search(let therapist, let fromMs, let untilMs):
      let question = Auditor.Question(fromMs: fromMs, untilMs: untilMs, sent: call.sent)
      judgeSearch(frame, question, therapist: therapist, arena: arena)
    case .searchMany(let set, let fromMs, let untilMs):
      let question = Auditor.Question(fromMs: fromMs, untilMs: untilMs, sent: call.sent)
      judgeSearchMany(frame, question, candidates: set, arena: arena)
    case .batchLookup(let set, let fromMs, let untilMs):
      let question = Auditor.Question(fromMs: fromMs, untilMs: untilMs, sent: call.sent)
      judgeLookup(frame, question, therapists: generator.lookupSets[set], arena: arena)
    case .book(let slot, let client):
      judgeBooking(frame, of: slot, client: client, arena: arena)
    case .cancel(let booking):
      judgeCancellation(frame, of: booking, arena: arena)
    }
    return auditor.violationCount == before ? .ok : .malformed
  }

  private mutating func refused(_ wish: Wish, _ status: cwire_status) -> Outcome {
    // Only these two say for certain that someone else was faster and that nothing was taken.
    if case .book(let slot, let client) = wish,
      status.code == UInt32(CWIRE_ALREADY_EXISTS) || status.code == UInt32(CWIRE_ABORTED)
    {
      generator.bookingRefused(slot, client: client)
      return .refused(code: status.code)
    }
    return .failed(code: status.code)
  }

  private mutating func judgeBooking(
    _ frame: cwire_frame, of slot: Slot, client: Int, arena: OpaquePointer
  ) {
    var appointment = cwire_appointment()
    guard cwire_decode_book(arena, frame.bytes, frame.size, &appointment) else {
      return malformed("not an AppointmentsBookResponse with an appointment")
    }
    let booking = Booking(
      appointmentID: String(cString: appointment.id), slot: slot, client: client,
      clientID: population.clientIDs[client])
    if let difference = appointment.difference(from: booking, scheduled: true) {
      malformed("booked something else than was asked for: \(difference)")
    }
    guard replay == nil else { return }
    auditor.acknowledged(booking)
    generator.booked(booking)
  }

  private mutating func judgeCancellation(
    _ frame: cwire_frame, of booking: Booking, arena: OpaquePointer
  ) {
    var appointment = cwire_appointment()
    guard cwire_decode_cancel(arena, frame.bytes, frame.size, &appointment) else {
      return malformed("not an AppointmentsCancelResponse with an appointment")
    }
    if let difference = appointment.difference(from: booking, scheduled: false) {
      malformed("cancelled something else than was asked for: \(difference)")
    }
    guard replay == nil else { return }
    generator.cancelled(booking)
    if cancelled.count < Self.cancelledKeptMax {
      cancelled.append(booking)
    } else {
      cancelled[cancelledCount % Self.cancelledKeptMax] = booking
    }
    cancelledCount += 1
  }

  /// Something was wrong with a reply.
  mutating func malformed(_ how: String) {
    auditor.report(.malformed(how))
  }
}
