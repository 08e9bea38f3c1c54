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
  private let setAside = Mutex<Set<DueAppointment>>([])

  init(store: Store, sequencer: Sequencer, gate: Gate, logger: Logger) {
    self.store = store
    self.sequencer = sequencer
    self.gate = gate
    self.logger = logger
  }

  /// When the next one is due after an instant.
  func nextDue(after instant: Instant) throws -> Instant? {
    try store.read { try $0.nextDue(after: instant) }
  }

  /// Each appointment that is due gets one command, in order. Blocks.
  /// - Parameters:
  ///   - instant: not later than now.
  ///   - mayGoOn: asked between batches.
  func run(dueBy instant: Instant, while mayGoOn: () -> Bool) throws -> Pass {
    var pass = Pass()
    var last: DueAppointment?
    while pass.turnedAway == nil, mayGoOn() {
      let page = try store.read {
        try $0.due(until: instant, after: last, limit: DueErrands.inFlightMax)
      }
      guard let end = page.last else { break }
      let aside = setAside.withLock { $0 }
      let wanted = page.filter { !aside.contains($0) }
      for (due, status) in zip(wanted, answers(to: wanted)) {
        guard let status else {
          pass.done.insert(due.appointment)
          continue
        }
        if status.code == .unavailable || status.code == .resourceExhausted {
          pass.turnedAway = status
        } else {
          set(due, aside: status)
        }
      }
      last = end
    }
    return pass
  }

  private func set(_ due: DueAppointment, aside status: Seduta_Wire_V1_Status) {
    logger.critical(
      "time cannot pass for an appointment",
      metadata: ["appointment": "\(due.appointment)", "status": "\(status.message)"])
    setAside.withLock { _ = $0.insert(due) }
  }

  /// Waits for all of them. Nil is for what was done.
  private func answers(to all: [DueAppointment]) -> [Seduta_Wire_V1_Status?] {
    let refusals = Mutex<[Int: Seduta_Wire_V1_Status]>([:])
    let answered = DispatchGroup()
    for (number, due) in all.enumerated() {
      let command = Command(partner: due.partner, actor: .time, wish: .passTime(due.appointment))
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
