internal import Availability
internal import Booking
internal import Dispatch
internal import Foundation
internal import Intervals
internal import Logging
internal import NIOCore
internal import Storage
internal import SwiftProtobuf
internal import Synchronization
internal import Wire

/// Puts commands in order and makes each batch durable with one fsync (group commit).
///
/// It has a thread of its own and is the only writer, of the store and of the index.
final class Sequencer: Sendable {
  private static let batchMax = 256
  private static let tidyingEveryMs: Int64 = 3_600_000

  private let store: Store
  private let index: LiveIndex
  private let feed: IndexFeed
  private let clock: WallClock
  private let logger: Logger
  private let inbox: Inbox
  private let bells: Bells
  private let holdDeadlines: HoldDeadlines
  private let finished = DispatchSemaphore(value: 0)
  private let lastTurn = Mutex<(at: Instant, turn: UInt16)>((Instant(msSinceEpoch: 0), 0))

  init(
    store: Store, index: LiveIndex, feed: IndexFeed, clock: WallClock, commandsWaitingMax: Int,
    bells: Bells, holdDeadlines: HoldDeadlines, logger: Logger
  ) {
    self.store = store
    self.index = index
    self.feed = feed
    self.clock = clock
    self.logger = logger
    self.bells = bells
    self.holdDeadlines = holdDeadlines
    inbox = Inbox(capacity: commandsWaitingMax)
  }

  func start() {
    let thread = Thread { [self] in
      var nextTidying = clock.now()
      while let batch = inbox.takeBatch(limit: Sequencer.batchMax) {
        if !batch.isEmpty {
          run(batch)
          checkpoint()
        }
        if nextTidying <= clock.now() {
          tidy()
          index.keepStarts(from: clock.now())
          nextTidying = clock.now().advanced(byMs: Sequencer.tidyingEveryMs)
        }
      }
      finished.signal()
    }
    thread.name = "seduta-sequencer"
    thread.start()
  }

  /// Answers what is waiting, takes no more, and returns when the last batch is on disk. Blocks.
  func stop() {
    inbox.close()
    finished.wait()
  }

  func submit(_ ticket: Ticket) {
    switch inbox.submit(ticket) {
    case .admitted: break
    case .full: ticket.respond(.refusal(.overloaded))
    case .closed: ticket.respond(.refusal(.draining))
    }
  }

  /// How many wait for their turn.
  var commandsWaiting: Int { inbox.count }

  /// Whether a command that comes now would be taken.
  var takesCommands: Bool { inbox.takes }

  /// Does what time brings to the index and to what is old, where the clock was moved.
  func keepUp() {
    inbox.wake()
    bells.slots.ringAll()
  }

  private func run(_ batch: [Ticket]) {
    let begun = batch.filter { ticket in
      let isWanted = ticket.begin()
      if !isWanted { ticket.respond(.refusal(.cancelled)) }
      return isWanted
    }
    do {
      var turns: [Turn] = []
      turns.reserveCapacity(begun.count)
      var overlay = Overlay(index: index)
      try store.write { transaction in
        for ticket in begun {
          turns.append(try take(ticket, in: transaction, over: &overlay))
        }
      }
      // The overlay's copies go first: what they share with the index would be copied once more.
      apply(overlay.finish())
      // Index before reply: whoever saw "booked" must not be offered the slot again.
      for turn in turns { turn.ticket.respond(turn.decided.reply) }
      bells.errands.ring(turns.lazy.flatMap(\.decided.rung))
      bells.events.ring(turns.lazy.compactMap(\.decided.changed))
      bells.slots.ring(turns.lazy.compactMap(\.decided.changedSlots))
      if turns.contains(where: \.decided.setsErrand) { bells.courier.ring() }
      if turns.contains(where: \.decided.promises) { bells.post.ring() }
      if turns.contains(where: { $0.decided.changed != nil }) { bells.webhooks.ring() }
    } catch {
      logger.error("a batch could not be made durable", metadata: ["error": "\(error)"])
      for ticket in begun { ticket.respond(.refusal(.storeUnreachable)) }
    }
  }

  /// After the replies, which do not wait for it.
  private func checkpoint() {
    do {
      try store.checkpointIfDue()
    } catch {
      logger.error("the log could not be moved", metadata: ["error": "\(error)"])
    }
  }

  /// Idempotency keys are kept for 30 days (B-13). Holds that have lapsed are in nobody's way (S-12);
  /// what is kept of them is only cleared away.
  private func tidy() {
    do {
      let lapsed = try store.write { transaction in
        let now = clock.now()
        try transaction.forgetOutcomes(at: now)
        try transaction.forgetGatewayEvents(at: now)
        return try transaction.clearHolds(at: now)
      }
      apply(lapsed.map(IndexChange.release))
    } catch {
      logger.error("what is old could not be cleared away", metadata: ["error": "\(error)"])
    }
  }

  /// Makes committed changes visible.
  private func apply(_ changes: [IndexChange]) {
    for change in changes where !index.apply(change) {
      logger.critical("the index does not fit the store: stopping, so that a start rebuilds it")
      // The store has it and the index does not: only a rebuild makes them one again.
      fatalError("the index does not fit the store")
    }
  }

  private struct Turn {
    let ticket: Ticket
    let decided: Decided
  }

  private struct Decided {
    let reply: Seduta_Wire_V1_Reply
    /// What was written that calls may wait for.
    var rung: [ErrandSubject] = []
    /// Whose events, and whose slots, there are more or others of.
    var changed: PartnerID?
    var changedSlots: PartnerID?
    /// Whether a gateway is to be asked.
    var setsErrand = false
    /// Whether someone is to be told.
    var promises = false
  }

  private func take(
    _ ticket: Ticket, in transaction: StoreTransaction, over overlay: inout Overlay
  ) throws -> Turn {
    func turn(_ reply: Seduta_Wire_V1_Reply) -> Turn {
      Turn(ticket: ticket, decided: Decided(reply: reply))
    }
    if let deadline = ticket.deadline, deadline < .now() { return turn(.refusal(.deadlinePassed)) }
    if let key = ticket.key, let stored = try transaction.snapshot.outcome(of: key) {
      guard stored.digest == ticket.digest else { return turn(.refusal(.keyReused)) }
      return turn(try Seduta_Wire_V1_Reply(serializedBytes: stored.reply))
    }
    do {
      let decided = try transaction.savepoint {
        let stamp = nextStamp()
        let decided = try decide(ticket.command.value, stamp, in: transaction, over: &overlay)
        if let key = ticket.key {
          let outcome = StoredOutcome(
            digest: ticket.digest, reply: try decided.reply.serializedBytes())
          try transaction.keep(outcome, under: key, at: stamp.at)
        }
        return decided
      }
      return Turn(ticket: ticket, decided: decided)
    } catch let error as StoreError {
      // Our bug, and this command's alone: the savepoint took back what it had written.
      let incident = Incident()
      logger.critical(
        "a decision does not fit the store",
        metadata: ["incident": "\(incident.id)", "error": "\(error)"])
      return turn(.refusal(incident.status))
    }
  }

  /// Commands of one millisecond are told apart by their turns.
  private func nextStamp() -> Stamp {
    let now = clock.now()
    let turn = lastTurn.withLock { last in
      let turn = last.at == now ? last.turn &+ 1 : 0
      last = (now, turn)
      return turn
    }
    return Stamp(at: now, seed: UInt64.random(in: .min ... .max), turn: turn)
  }

  private func decide(
    _ command: Command, _ stamp: Stamp, in transaction: StoreTransaction,
    over overlay: inout Overlay
  ) throws -> Decided {
    let needs = Engine.needs(for: command)
    let decision = Engine.decide(
      command,
      facts: try overlay.facts(
        for: needs, of: command.partner, at: stamp.at, reading: transaction.snapshot),
      stamp: stamp)
    switch decision {
    case .refuse(let refusal):
      return Decided(reply: .refusal(refusal.status))
    case .change(let change):
      var decided = Decided(reply: try change.answer.reply)
      if !command.validateOnly {
        try transaction.apply(change, of: command.partner, by: command.actor, at: stamp.at)
        let learnt = try feed.changes(
          for: change.events, of: command.partner, reading: transaction.snapshot
        ) { overlay.profile(of: $0) }
        overlay.apply(learnt)
        note(learnt, of: command.partner, at: stamp.at)
        decided.changed = change.events.isEmpty ? nil : command.partner
        decided.changedSlots = learnt.isEmpty ? nil : command.partner
        decided.rung = change.events.compactMap(\.rung)
        decided.setsErrand = change.events.contains(where: \.setsErrand)
        decided.promises = !change.effects.isEmpty
      }
      return decided
    }
  }

  /// One that is noted in vain, when the batch fails, wakes those who watch once for nothing.
  private func note(_ changes: [IndexChange], of partner: PartnerID, at now: Instant) {
    for case .hold(let held) in changes {
      holdDeadlines.note(held.expiresAt, of: partner, at: now)
    }
  }
}
