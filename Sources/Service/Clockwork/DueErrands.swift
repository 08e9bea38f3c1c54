internal import Availability
internal import Booking
internal import Dispatch
internal import Intervals
internal import Logging
internal import Storage
internal import Synchronization
internal import Wire

/// Takes what is due through the gate and the sequencer as anyone's commands go, and waits for it.
///
/// Deciding about an appointment to which nothing is due changes nothing, so a step that was taken before a
/// crash is not taken again after it. For one thread.
final class DueErrands: Sendable {
  /// So many are in the sequencer's queue at most: calls in between wait for no more than these, where a
  /// thousand sessions begin on the hour.
  private static let inFlightMax = 64

  /// What a pass through all that was due came to.
  struct Pass {
    var done: Set<AppointmentID> = []
    /// Why some had to be left for later.
    var turnedAway: Seduta_Wire_V1_Status?
  }

  private let store: Store
  private let sequencer: Sequencer
  private let gate: Gate
  private let logger: Logger
  /// What the engine or the store refuses for good: a bug, said once.
  private let setAside = Mutex<Set<DueMatter>>([])

  init(store: Store, sequencer: Sequencer, gate: Gate, logger: Logger) {
    self.store = store
    self.sequencer = sequencer
    self.gate = gate
    self.logger = logger
  }

  /// When the next one is due after an instant.
  func nextDue(after instant: Instant) throws -> Instant? {
    try store.read { snapshot in
      [
        try snapshot.nextDue(after: instant), try snapshot.nextBenefitDue(after: instant),
        try snapshot.nextLinkDue(after: instant),
      ].compactMap(\.self).min()
    }
  }

  /// Each appointment that is due gets one command, in order, then each package's link, then each
  /// benefit: what a link has not used ends with it. Blocks.
  /// - Parameters:
  ///   - instant: not later than now.
  ///   - mayGoOn: asked between batches.
  func run(dueBy instant: Instant, while mayGoOn: () -> Bool) throws -> Pass {
    var pass = Pass()
    try run(&pass, while: mayGoOn) { snapshot, last in
      var start: DueAppointment?
      if case .appointment(let due)? = last { start = due }
      return try snapshot.due(until: instant, after: start, limit: DueErrands.inFlightMax)
        .map(DueMatter.appointment)
    }
    try run(&pass, while: mayGoOn) { snapshot, last in
      var start: DueLink?
      if case .link(let due)? = last { start = due }
      return try snapshot.dueLinks(until: instant, after: start, limit: DueErrands.inFlightMax)
        .map(DueMatter.link)
    }
    try run(&pass, while: mayGoOn) { snapshot, last in
      var start: DueBenefit?
      if case .benefit(let due)? = last { start = due }
      return try snapshot.dueBenefits(until: instant, after: start, limit: DueErrands.inFlightMax)
        .map(DueMatter.benefit)
    }
    return pass
  }

  private func run(
    _ pass: inout Pass, while mayGoOn: () -> Bool,
    _ page: (StoreSnapshot, DueMatter?) throws -> [DueMatter]
  ) throws {
    var last: DueMatter?
    while pass.turnedAway == nil, mayGoOn() {
      let page = try store.read { try page($0, last) }
      guard let end = page.last else { break }
      let aside = setAside.withLock { $0 }
      let wanted = page.filter { !aside.contains($0) }
      for (due, status) in zip(wanted, answers(to: wanted)) {
        guard let status else {
          if case .appointment(let due) = due { pass.done.insert(due.appointment) }
          continue
        }
        if status.isOfTheMoment {
          pass.turnedAway = status
        } else {
          set(due, aside: status)
        }
      }
      last = end
    }
  }

  private func set(_ due: DueMatter, aside status: Seduta_Wire_V1_Status) {
    logger.critical(
      "time cannot pass",
      metadata: ["for": "\(due.id)", "status": "\(status.message)"])
    setAside.withLock { _ = $0.insert(due) }
  }

  /// Waits for all of them. Nil is for what was done.
  private func answers(to all: [DueMatter]) -> [Seduta_Wire_V1_Status?] {
    let refusals = Mutex<[Int: Seduta_Wire_V1_Status]>([:])
    let answered = DispatchGroup()
    for (number, due) in all.enumerated() {
      let command = Command(partner: due.partner, actor: .time, wish: due.wish)
      switch gate.authorise(command) {
      case .failure(let refusal): refusals.withLock { $0[number] = refusal.status }
      case .success(let authorised):
        answered.enter()
        sequencer.submit(
          Ticket(command: authorised, key: nil, digest: [], deadline: nil) { reply in
            if reply.hasStatus { refusals.withLock { $0[number] = reply.status } }
            answered.leave()
          })
      }
    }
    answered.wait()
    return refusals.withLock { refusals in all.indices.map { refusals[$0] } }
  }
}

/// What time changes.
enum DueMatter: Hashable, Sendable {
  case appointment(DueAppointment)
  case link(DueLink)
  case benefit(DueBenefit)

  var partner: PartnerID {
    switch self {
    case .appointment(let due): due.partner
    case .link(let due): due.partner
    case .benefit(let due): due.partner
    }
  }

  fileprivate var id: String {
    switch self {
    case .appointment(let due): due.appointment.text
    case .link(let due): due.link.text
    case .benefit(let due): due.benefit.text
    }
  }

  fileprivate var wish: Wanted {
    switch self {
    case .appointment(let due): .passTime(due.appointment)
    case .link(let due): .expireLink(due.link)
    case .benefit(let due): .expireBenefit(due.benefit)
    }
  }
}
