internal import CWire
internal import Scenarios
internal import Workload

/// Questions of a scenario, and what a server answered to them.
struct Recording {
  struct Reply {
    let method: String
    let message: [UInt8]
    /// Whether the server writes to disk before it answers.
    let isDurable: Bool
  }

  /// The questions, over and over.
  let replay: Replay
  let replies: [Reply]
}

/// Asks a server what a scenario asks, and keeps for each kind of call the answer of middling size: what
/// an echo answers with has the size of the real ones.
struct Recorder {
  private static let samples = 33
  /// Bookings begin with searches, and offers can be taken meanwhile.
  private static let stepsMax = 1_000

  let session: Session
  let desk: Desk

  init(_ session: Session) throws(CannotConnect) {
    self.session = session
    desk = try Desk(
      to: session.address, key: session.key,
      keyPrefix: "load-\(LoadPlan.makeLoadID())-recorder")
  }

  func record(_ scenario: Scenario) throws(CallFailed) -> Recording {
    let plan = session.plan(scenario)
    guard plan.mix.searchPercent == 0 || plan.mix.searchManyPercent == 0 else {
      throw CallFailed(
        scenario.name, "an echo cannot tell searches of one therapist from those across many")
    }
    var asking = Asking(session, plan, desk)
    var searching: [CallKind: Wish] = [:]
    var replies: [Recording.Reply] = []
    for (kind, percent) in plan.mix.searches where percent > 0 {
      var taken: [(wish: Wish, message: [UInt8])] = []
      while taken.count < Self.samples {
        guard let wish = asking.next(of: kind, in: plan.mix) else { break }
        taken.append((wish, try asking.ask(wish).message))
      }
      taken.sort { $0.message.count < $1.message.count }
      searching[kind] = taken[taken.count / 2].wish
      replies.append(
        .init(method: kind.method, message: taken[taken.count / 2].message, isDurable: false))
    }
    var booking: Booking?
    if plan.mix.bookPercent > 0 {
      // Where bookings are some among many, a real server's searches do not wait for the disk; the
      // echo's, on their one thread, would.
      let isDurable = plan.mix == .book
      let booked = try book(&asking)
      booking = booked.booking
      replies += booked.replies.map {
        .init(method: $0.kind.method, message: $0.message, isDurable: isDurable)
      }
    }
    return Recording(
      replay: Replay(seed: plan.seed, mix: plan.mix, searching: searching, booking: booking),
      replies: replies)
  }

  /// Books and cancels one.
  private func book(
    _ asking: inout Asking
  ) throws(CallFailed) -> (booking: Booking, replies: [(kind: CallKind, message: [UInt8])]) {
    for _ in 0..<Self.stepsMax {
      let wish = asking.next()
      let answer = try asking.ask(wish)
      guard case .book = wish, let booking = asking.held else { continue }
      let cancelled = try asking.ask(.cancel(booking))
      return (booking, [(.book, answer.message), (.cancel, cancelled.message)])
    }
    throw CallFailed("Appointments/Book", "no start could be booked")
  }
}

/// A worker's way of asking, one call at a time.
private struct Asking {
  private let desk: Desk
  private var asker: Asker
  private var judge: Judge

  init(_ session: Session, _ plan: LoadPlan, _ desk: Desk) {
    self.desk = desk
    let names = PopulationNames(session.population)
    // The load's own seed: candidate sets are named by their place, and must be the same ones.
    let generator = Generator(
      seed: plan.seed(ofThread: 0), mix: plan.mix, therapists: names.count,
      clients: session.population.clientIDs.count, nowMs: Clock.wallMs(), limits: plan.limits)
    judge = Judge(population: session.population, names: names, generator: generator)
    asker = Asker(
      population: session.population,
      templates: Templates(
        names: names, generator: generator, mix: plan.mix,
        serviceKind: session.population.commonKind),
      keyPrefix: "load-\(LoadPlan.makeLoadID())-recording")
  }

  /// What is held of what was asked so far.
  var held: Booking? { judge.auditor.held.last }

  mutating func next() -> Wish { judge.next().wish }

  /// The next search of a kind.
  mutating func next(of kind: CallKind, in mix: Mix) -> Wish? {
    for _ in 0..<10_000 {
      let wish = judge.next().wish
      if wish.kind == kind { return wish }
    }
    return nil
  }

  mutating func ask(_ wish: Wish) throws(CallFailed) -> (outcome: Outcome, message: [UInt8]) {
    let call = InFlight(wish: wish, intendedNs: 0, sent: judge.auditor.now)
    if case .cancel(let booking) = wish { judge.auditor.cancellationSent(booking) }
    var answer: (outcome: Outcome, message: [UInt8])?
    var trouble = ""
    try desk.calls(wish.kind.method, count: 1) { output, envelope, _ in
      asker.ask(wish, callID: envelope.call_id, to: &output)
    } take: { arena, frame, _ in
      let outcome = judge.judge(frame, of: call, arena: arena)
      answer = (outcome, Array(UnsafeBufferPointer(start: frame.bytes, count: frame.size)))
      if outcome.isError { trouble = "\(outcome.name): \(describe(frame.status))" }
    }
    guard let answer, trouble.isEmpty else { throw CallFailed(wish.kind.method, trouble) }
    return answer
  }
}

extension Mix {
  fileprivate var searches: [(CallKind, Int)] {
    [
      (.search, searchPercent), (.searchMany, searchManyPercent),
      (.batchLookup, batchLookupPercent),
    ]
  }
}

extension CallKind {
  /// The method's name on the wire.
  var method: String {
    switch self {
    case .search, .searchMany: "seduta.v1.Slots/Search"
    case .batchLookup: "seduta.v1.Slots/BatchLookup"
    case .book: "seduta.v1.Appointments/Book"
    case .cancel: "seduta.v1.Appointments/Cancel"
    case .connect: ""
    }
  }
}
