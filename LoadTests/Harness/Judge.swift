internal import CWire
internal import Glibc
internal import Workload

/// Reads replies: holds them against what was asked and what this run knows, and tells the
/// generator what it can go on with.
struct Judge {
  private static let minuteMs: Int64 = 60_000
  private static let cancelledKeptMax = 64

  var generator: Generator
  private(set) var auditor: Auditor
  /// Some bookings whose cancellation was acknowledged, for reading back.
  private(set) var cancelledSample: [Booking] = []

  private let population: Population
  private let therapistNumbers: [String: Int]
  private var cancelledCount = 0

  init(population: Population, generator: Generator) {
    self.population = population
    self.generator = generator
    auditor = Auditor(
      therapists: population.offerings.count, clients: population.clientIDs.count)
    therapistNumbers = Dictionary(
      uniqueKeysWithValues: population.offerings.enumerated().map { ($1.therapistID, $0) })
  }

  /// A wish is about to be sent.
  mutating func sending(_ wish: Wish) -> Auditor.Moment {
    if case .cancel(let booking) = wish { auditor.cancellationSent(booking) }
    return auditor.now
  }

  /// A reply came; `arena` is where its message may be decoded.
  mutating func judge(_ frame: cwire_frame, of call: InFlight, arena: OpaquePointer) -> Outcome {
    guard frame.status.code == UInt32(CWIRE_OK) else { return refused(call.wish, frame.status) }
    let before = auditor.violationCount
    switch call.wish {
    case .search(let therapist, let fromMs, let untilMs):
      let question = Auditor.Question(fromMs: fromMs, untilMs: untilMs, sent: call.sent)
      judgeSearch(frame, question, therapist: therapist, arena: arena)
    case .searchMany(_, let fromMs, let untilMs):
      let question = Auditor.Question(fromMs: fromMs, untilMs: untilMs, sent: call.sent)
      judgeSearchMany(frame, question, arena: arena)
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

  private mutating func judgeSearch(
    _ frame: cwire_frame, _ question: Auditor.Question, therapist: Int, arena: OpaquePointer
  ) {
    var reply = cwire_search_reply()
    guard cwire_decode_search(arena, frame.bytes, frame.size, &reply) else {
      return malformed("not a SlotsSearchResponse")
    }
    guard reply.start_count == 0 else {
      return malformed("a search of one therapist has starts outside its groups")
    }
    let offering = population.offerings[therapist]
    for place in 0..<reply.group_count {
      let group = cwire_slot_group_at(reply, place)
      guard strcmp(group.therapist_id, offering.therapistID) == 0,
        strcmp(group.service_id, offering.serviceID) == 0
      else { return malformed("a group of a therapist or service that was not asked for") }
      let starts = UnsafeBufferPointer(start: group.start_ms, count: group.start_count)
      let durationMs = Int64(group.duration_minutes) * Self.minuteMs
      auditor.answered(question, therapist: therapist, durationMs: durationMs, starts: starts)
      remember(starts, of: group, therapist: therapist, durationMs: durationMs)
    }
  }

  private mutating func remember(
    _ starts: UnsafeBufferPointer<Int64>, of group: cwire_slot_group, therapist: Int,
    durationMs: Int64
  ) {
    let wanted = min(generator.offersWanted, starts.count)
    guard wanted > 0 else { return }
    let offering = population.offerings[therapist]
    let locationID = String(cString: group.location_id)
    for _ in 0..<wanted {
      let startMs = starts[generator.pick(of: starts.count)]
      generator.offered(
        Slot(
          therapist: therapist, therapistID: offering.therapistID, serviceID: offering.serviceID,
          locationID: locationID, startMs: startMs, endMs: startMs + durationMs))
    }
  }

  private mutating func judgeSearchMany(
    _ frame: cwire_frame, _ question: Auditor.Question, arena: OpaquePointer
  ) {
    var reply = cwire_search_reply()
    guard cwire_decode_search(arena, frame.bytes, frame.size, &reply) else {
      return malformed("not a SlotsSearchResponse")
    }
    guard reply.start_count == reply.group_index_count,
      reply.start_count <= Asker.searchManyStartsMax
    else {
      return malformed("\(reply.start_count) starts, \(reply.group_index_count) group indexes")
    }
    let holdsAny = auditor.holdsAny
    var previousMs: Int64?
    for place in 0..<reply.start_count {
      let groupIndex = Int(reply.group_index[place])
      guard groupIndex < reply.group_count else { return malformed("no group \(groupIndex)") }
      let group = cwire_slot_group_at(reply, groupIndex)
      let startMs = reply.start_ms[place]
      auditor.answered(
        question,
        // Most runs of searches hold nothing: spare them the look-up.
        therapist: holdsAny ? therapistNumbers[String(cString: group.therapist_id)] : nil,
        durationMs: Int64(group.duration_minutes) * Self.minuteMs, startMs: startMs,
        previousMs: previousMs)
      previousMs = startMs
    }
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
    generator.cancelled(booking)
    if cancelledSample.count < Self.cancelledKeptMax {
      cancelledSample.append(booking)
    } else {
      cancelledSample[cancelledCount % Self.cancelledKeptMax] = booking
    }
    cancelledCount += 1
  }

  /// Something was wrong with a reply that belongs to no call.
  mutating func malformed(_ how: String) {
    auditor.report(.malformed(how))
  }
}
