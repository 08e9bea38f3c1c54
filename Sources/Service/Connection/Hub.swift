internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Storage
internal import Wire

/// What all connections share.
struct Hub: Sendable {
  let limits: ServerLimits
  let serverVersion: String
  let gate: Gate
  let translation: Translation
  let index: LiveIndex
  let storeQueries: StoreQueries
  let readers: NIOThreadPool
  /// What streams read stands in a queue of its own: one write may set thousands of them reading.
  let streamReaders: NIOThreadPool
  let sequencer: Sequencer
  let bells: Bells
  let holdDeadlines: HoldDeadlines
  let clockwork: Clockwork
  let book: ConnectionBook
  let counters: Counters
  let clock: WallClock
  /// Whether callers may move the clock.
  let isSandbox: Bool
  let logger: Logger

  var slotQueries: SlotQueries { SlotQueries(index: index) }
}
