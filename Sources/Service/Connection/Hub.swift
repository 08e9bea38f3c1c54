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
  let sequencer: Sequencer
  let book: ConnectionBook
  let clock: WallClock
  let logger: Logger

  var slotQueries: SlotQueries { SlotQueries(index: index) }
}
