public import Booking
public import Intervals
public import Logging
public import Storage
internal import Synchronization
internal import Wire

/// Executes commands on a store that no server has open: how a demo is filled.
///
/// They go through the same gate, engine, sequencer and schema as calls do.
public enum Seeding {
  /// A command that the engine refused: what the population holds is not what it should be.
  public struct Refused: Error, CustomStringConvertible {
    public let description: String
  }

  /// Blocks until all are on disk, in order.
  /// - Parameters:
  ///   - commands: on behalf of staff.
  ///   - instant: the time that the commands take place at.
  /// - Throws: `Refused` when one of them was, after all have had their turn.
  public static func execute(
    _ commands: [Command], on store: Store, at instant: Instant, zones: ZoneCatalogue,
    logger: Logger
  ) throws {
    let index = LiveIndex(at: instant)
    let feed = IndexFeed(zones: zones)
    try feed.fill(index, from: store, at: instant)
    let sequencer = Sequencer(
      store: store, index: index, feed: feed, clock: WallClock { instant },
      commandsWaitingMax: commands.count, bells: Bells(limits: ServerLimits()),
      holdDeadlines: HoldDeadlines(), logger: logger)
    let gate = Gate(keys: [])
    let firstRefusal = Mutex<Seduta_Wire_V1_Status?>(nil)
    for command in commands {
      let authorised: Authorised<Command>
      switch gate.authorise(command) {
      case .success(let value): authorised = value
      case .failure(let refusal): throw Refused(description: refusal.status.message)
      }
      sequencer.submit(
        Ticket(command: authorised, key: nil, digest: [], deadline: nil) { reply in
          guard reply.hasStatus else { return }
          firstRefusal.withLock { $0 = $0 ?? reply.status }
        })
    }
    sequencer.start()
    sequencer.stop()
    if let status = firstRefusal.withLock({ $0 }) {
      throw Refused(description: "\(status.message) \(status.badRequest.fieldViolations)")
    }
    try store.checkpoint()
  }
}
