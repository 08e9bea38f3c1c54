internal import Dispatch
internal import Foundation
internal import Intervals
internal import Logging
internal import Storage
internal import Synchronization
internal import Wire

/// Turns what is due into commands: a thread of its own, which reads from the store what time brings.
///
/// Nothing is kept in memory: what is due is a column, so that a start goes on where the end was. A sandbox's
/// clock is moved by this thread, too, so that nobody else lets time pass meanwhile.
final class Clockwork: Sendable {
  /// How late it may learn of what became due earlier than all that it knew.
  private static let pollMs: Int64 = 250
  private static let pollAfterErrorMs: Int64 = 1_000

  private struct Orders {
    var advances: [AdvanceTicket] = []
    var isStopping = false

    var isNone: Bool { advances.isEmpty && !isStopping }
  }

  private let clock: WallClock
  private let errands: DueErrands
  /// Nil where the clock is nobody's to move.
  private let sandbox: SandboxAdvances?
  private let logger: Logger
  private let orders = Mutex(Orders())
  private let bell = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)

  init(
    store: Store, sequencer: Sequencer, gate: Gate, courier: Courier?, post: PostOffice?,
    pump: WebhookPump?, clock: WallClock, sandbox: SandboxClock?, logger: Logger
  ) {
    self.clock = clock
    self.logger = logger
    let errands = DueErrands(store: store, sequencer: sequencer, gate: gate, logger: logger)
    self.errands = errands
    self.sandbox = sandbox.map {
      SandboxAdvances(
        clock: $0, store: store, sequencer: sequencer, errands: errands, courier: courier,
        post: post, pump: pump, logger: logger)
    }
  }

  func start() {
    let thread = Thread { [self] in
      while !isStopping {
        if let advance = nextAdvance() {
          sandbox?.run(advance) { !self.isStopping }
        } else {
          let waitMs = catchUp()
          _ = bell.wait(timeout: .now() + .milliseconds(Int(waitMs)))
        }
      }
      while let advance = nextAdvance() { advance.respond(.refusal(.draining)) }
      finished.signal()
    }
    thread.name = "seduta-clockwork"
    thread.start()
  }

  /// Returns when the last command is answered. Blocks; to be called before the sequencer stops.
  func stop() {
    orders.withLock { $0.isStopping = true }
    bell.signal()
    finished.wait()
  }

  /// Moves the clock, after those that came before. Not to be called where there is no sandbox.
  func submit(_ advance: AdvanceTicket) {
    let isTaken = orders.withLock { orders in
      guard !orders.isStopping else { return false }
      orders.advances.append(advance)
      return true
    }
    guard isTaken else { return advance.respond(.refusal(.draining)) }
    bell.signal()
  }

  private var isStopping: Bool { orders.withLock { $0.isStopping } }

  private func nextAdvance() -> AdvanceTicket? {
    orders.withLock { $0.advances.isEmpty ? nil : $0.advances.removeFirst() }
  }

  /// - Returns: after how long to look again.
  private func catchUp() -> Int64 {
    do {
      let now = clock.now()
      // An order to move the clock need not wait until all is done: it goes on with what is left.
      let pass = try errands.run(dueBy: now) { self.orders.withLock { $0.isNone } }
      guard pass.turnedAway == nil, let next = try errands.nextDue(after: now) else {
        return Clockwork.pollMs
      }
      let leftMs = next.msSinceEpoch - clock.now().msSinceEpoch
      return min(max(leftMs, 0), Clockwork.pollMs)
    } catch {
      logger.error("what is due could not be read", metadata: ["error": "\(error)"])
      return Clockwork.pollAfterErrorMs
    }
  }
}
