/// Knows which bookings this run holds for certain, and finds what a correct server never answers.
///
/// A booking is certainly held from its acknowledgement until its cancellation is *sent*: from then
/// on the server may have freed it. A search may see any moment between its sending and its reply,
/// so only a booking held during all of that time proves an offer wrong. What happens in between is
/// a race, not a fault, and is never reported.
///
/// Belongs to one thread, which reports to it in the order in which it sends and receives.
public struct Auditor: Sendable {
  /// When something was sent, counted in acknowledgements.
  public struct Moment: Equatable, Sendable {
    fileprivate let acknowledgements: UInt64
  }

  /// What a search asked for, and when it was sent.
  public struct Question: Sendable {
    /// The earliest start that may be offered.
    public let fromMs: Int64
    /// Starts must be before this.
    public let untilMs: Int64
    let sent: Moment

    public init(fromMs: Int64, untilMs: Int64, sent: Moment) {
      self.fromMs = fromMs
      self.untilMs = untilMs
      self.sent = sent
    }
  }

  private struct Held: Sendable {
    let booking: Booking
    let acknowledged: UInt64
  }

  /// How many violations are kept word for word; all are counted.
  public static let violationsKeptMax = 20

  /// The first violations, in the order in which they were found.
  public private(set) var violations: [Violation] = []
  /// How many there were in all.
  public private(set) var violationCount = 0

  private var heldByTherapist: [[Held]]
  private var heldByClient: [[Held]]
  private var heldCount = 0
  private var acknowledgements: UInt64 = 0

  /// For a population of so many therapists and clients.
  public init(therapists: Int, clients: Int) {
    heldByTherapist = Array(repeating: [], count: therapists)
    heldByClient = Array(repeating: [], count: clients)
  }

  /// The present: to be taken when a search is sent.
  public var now: Moment { Moment(acknowledgements: acknowledgements) }

  /// The bookings that are certainly held, therapist by therapist.
  public var held: [Booking] { heldByTherapist.flatMap { $0.map(\.booking) } }

  /// Whether an offer can contradict anything.
  public var holdsAny: Bool { heldCount > 0 }

  /// Whether an offer of this therapist can contradict anything.
  public func holdsAny(of therapist: Int) -> Bool { !heldByTherapist[therapist].isEmpty }

  /// The server acknowledged a booking.
  public mutating func acknowledged(_ booking: Booking) {
    // Both are held now: neither's cancellation was sent. Which of the two came first is no matter.
    let rivals = heldByTherapist[booking.slot.therapist] + heldByClient[booking.client]
    if let rival = rivals.first(where: { $0.booking.slot.overlaps(booking.slot) }) {
      report(.doubleBooked(first: rival.booking, second: booking))
    }
    heldCount += 1
    acknowledgements += 1
    let held = Held(booking: booking, acknowledged: acknowledgements)
    heldByTherapist[booking.slot.therapist].append(held)
    heldByClient[booking.client].append(held)
  }

  /// The cancellation of a booking was sent.
  public mutating func cancellationSent(_ booking: Booking) {
    let isIt = { (held: Held) in held.booking.appointmentID == booking.appointmentID }
    let before = heldByTherapist[booking.slot.therapist].count
    heldByTherapist[booking.slot.therapist].removeAll(where: isIt)
    heldCount -= before - heldByTherapist[booking.slot.therapist].count
    heldByClient[booking.client].removeAll(where: isIt)
  }

  /// A search of one therapist was answered with these starts of a service at a location.
  public mutating func answered(
    _ question: Question, therapist: Int, durationMs: Int64, starts: UnsafeBufferPointer<Int64>
  ) {
    var earliestMs = question.fromMs
    for startMs in starts {
      guard startMs >= earliestMs, startMs < question.untilMs else {
        return report(.malformed(Self.misplaced(startMs, in: question, earliestMs: earliestMs)))
      }
      earliestMs = startMs + 1
    }
    guard !heldByTherapist[therapist].isEmpty else { return }
    for startMs in starts {
      check(startMs, durationMs: durationMs, of: therapist, against: question)
    }
  }

  /// A search across therapists was answered with this start, among others.
  ///
  /// - Parameters:
  ///   - previousMs: The start before it in the answer; nil for the first.
  ///   - therapist: Nil for a therapist that is not of this run's population.
  public mutating func answered(
    _ question: Question, therapist: Int?, durationMs: Int64, startMs: Int64,
    previousMs: Int64?
  ) {
    let earliestMs = max(question.fromMs, previousMs ?? question.fromMs)
    guard startMs >= earliestMs, startMs < question.untilMs else {
      return report(.malformed(Self.misplaced(startMs, in: question, earliestMs: earliestMs)))
    }
    guard let therapist else { return }
    check(startMs, durationMs: durationMs, of: therapist, against: question)
  }

  /// Something was found that only the caller could see.
  public mutating func report(_ violation: Violation) {
    violationCount += 1
    if violations.count < Self.violationsKeptMax { violations.append(violation) }
  }

  private mutating func check(
    _ startMs: Int64, durationMs: Int64, of therapist: Int, against question: Question
  ) {
    let endMs = startMs + durationMs
    let wrong = heldByTherapist[therapist].first {
      $0.acknowledged <= question.sent.acknowledgements
        && $0.booking.slot.overlaps(startMs: startMs, endMs: endMs)
    }
    if let wrong { report(.offeredWhileHeld(startMs: startMs, booking: wrong.booking)) }
  }

  private static func misplaced(
    _ startMs: Int64, in question: Question, earliestMs: Int64
  ) -> String {
    "start \(startMs) is out of order or out of range: expected at least \(earliestMs)"
      + " and below \(question.untilMs)"
  }
}
