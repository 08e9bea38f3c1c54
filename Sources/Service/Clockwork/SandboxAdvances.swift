internal import Availability
internal import Foundation
internal import Intervals
internal import Logging
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// A wish to move a sandbox's clock, on its way.
struct AdvanceTicket: Sendable {
  enum Target: Sendable {
    case to(Instant)
    case by(ms: Int64)
  }

  let target: Target
  let key: OutcomeKey
  /// SHA-256 of what was asked: the same key must come with the same.
  let digest: [UInt8]
  /// Called once, on any thread; the reply has no call id yet.
  let respond: @Sendable (Seduta_Wire_V1_Reply) -> Void
}

/// Moves a sandbox's clock: all that becomes due until then happens, in order, each at its own time.
struct SandboxAdvances: Sendable {
  let clock: SandboxClock
  let store: Store
  let sequencer: Sequencer
  let errands: DueErrands
  /// Nil where there is no gateway.
  let courier: Courier?
  /// Nil where nothing is sent.
  let post: PostOffice?
  /// Nil where no webhooks are.
  let pump: WebhookPump?
  let logger: Logger

  private static let retriesMax = 40
  private static let retryAfterS = 0.05
  /// What follows from what follows, at one moment: more would be a circle.
  private static let roundsMax = 1_000

  /// The way to the target was not gone to its end.
  private struct Interrupted: Error {
    let status: Seduta_Wire_V1_Status
  }

  /// Blocks until it is answered.
  /// - Parameter mayGoOn: asked between steps.
  func run(_ advance: AdvanceTicket, while mayGoOn: () -> Bool) {
    do {
      advance.respond(try reply(to: advance, while: mayGoOn))
    } catch let interrupted as Interrupted {
      advance.respond(.refusal(interrupted.status))
    } catch {
      logger.error("the clock could not be moved", metadata: ["error": "\(error)"])
      advance.respond(.refusal(.storeUnreachable))
    }
  }

  private func reply(
    to advance: AdvanceTicket, while mayGoOn: () -> Bool
  ) throws -> Seduta_Wire_V1_Reply {
    if let kept = try store.read({ try $0.outcome(of: advance.key) }) {
      guard kept.digest == advance.digest else { return .refusal(.keyReused) }
      return try Seduta_Wire_V1_Reply(serializedBytes: kept.reply)
    }
    courier?.hold()
    defer { courier?.release() }
    post?.hold()
    defer { post?.release() }
    pump?.hold()
    defer { pump?.release() }
    let now = clock.hold()
    defer { clock.release() }
    let target =
      switch advance.target {
      case .to(let instant): instant
      case .by(let ms): now.advanced(byMs: ms)
      }
    guard target.msSinceEpoch <= FieldReader.lastMs else {
      return .refusal(.beyondCalendar)
    }
    guard target > now else {
      return .refusal(
        .invalid(
          field: "to_time",
          description:
            "expected a time that is later than the clock's, which shows \(now.msSinceEpoch)"))
    }
    // First, so that a start in between goes on from there: the clock never goes back, and a call that is
    // repeated does not move it twice.
    try store.write { transaction in
      try transaction.putSandboxAhead(ms: clock.aheadMs(at: target))
      let reply: [UInt8] = try SandboxAdvances.reply(at: target, changed: 0).serializedBytes()
      try transaction.keep(
        StoredOutcome(digest: advance.digest, reply: reply), under: advance.key, at: target)
    }
    do {
      let changed = try go(from: now, to: target, while: mayGoOn)
      let reply = try SandboxAdvances.reply(at: target, changed: changed)
      try store.write { transaction in
        try transaction.putSandboxAhead(ms: clock.aheadMs(at: target))
        try transaction.settle(try reply.serializedBytes(), under: advance.key)
      }
      return reply
    } catch {
      // It is as if it had been asked to move this far only.
      try store.write { transaction in
        try transaction.putSandboxAhead(ms: clock.aheadMs(at: clock.now))
        try transaction.forget(advance.key)
      }
      throw error
    }
  }

  /// - Returns: how many appointments changed.
  private func go(
    from now: Instant, to target: Instant, while mayGoOn: () -> Bool
  ) throws -> Int {
    var changed: Set<AppointmentID> = []
    var moment = now
    while true {
      changed.formUnion(try happen(dueBy: moment, while: mayGoOn))
      guard moment < target else { break }
      moment = min(try nextDue(after: moment) ?? target, target)
      clock.move(to: moment)
    }
    // What is kept of free starts, and what is cleared away with time, follows.
    sequencer.keepUp()
    return changed.count
  }

  private func nextDue(after moment: Instant) throws -> Instant? {
    let asked = try courier.flatMap { courier in
      try store.read { try courier.nextDue(after: moment, in: $0) }
    }
    let told = try post.flatMap { try $0.nextDue(after: moment) }
    let pumped = try pump.flatMap { try $0.nextDue(after: moment) }
    return [try errands.nextDue(after: moment), asked, told, pumped].compactMap(\.self).min()
  }

  /// All that is due by a moment, with what follows from it at once, whatever is in the way for a while.
  private func happen(
    dueBy moment: Instant, while mayGoOn: () -> Bool
  ) throws -> Set<AppointmentID> {
    var changed: Set<AppointmentID> = []
    var retries = 0
    var rounds = 0
    while true {
      let pass = try errands.run(dueBy: moment, while: mayGoOn)
      changed.formUnion(pass.done)
      let asked = try courier?.run(dueBy: moment, while: mayGoOn) ?? Courier.Pass()
      // Last: what was promised at this moment leaves at this moment.
      let told = try post?.run(dueBy: moment, while: mayGoOn) ?? PostOffice.Pass()
      let pumped = try pump?.run(while: mayGoOn) ?? WebhookPump.Pass()
      guard mayGoOn() else { throw Interrupted(status: .draining) }
      let isHeldUp = asked.isHeldUp || told.isHeldUp || pumped.isHeldUp
      guard let status = pass.turnedAway ?? (isHeldUp ? .overloaded : nil) else {
        // A gateway's answer may leave something to do at the same moment, and that the next answer.
        guard asked.done > 0 else { return changed }
        rounds += 1
        guard rounds < SandboxAdvances.roundsMax else {
          logger.critical("what is due at one moment has no end")
          return changed
        }
        continue
      }
      let done = asked.done + told.done + pumped.done
      retries = pass.done.isEmpty && done == 0 ? retries + 1 : 0
      guard retries <= SandboxAdvances.retriesMax else { throw Interrupted(status: status) }
      Thread.sleep(forTimeInterval: SandboxAdvances.retryAfterS)
    }
  }

  private static func reply(at instant: Instant, changed: Int) throws -> Seduta_Wire_V1_Reply {
    var response = Seduta_V1_SandboxAdvanceResponse()
    response.time = instant.timestamp
    response.changed = Int64(changed)
    return try Seduta_Wire_V1_Reply(response)
  }
}
