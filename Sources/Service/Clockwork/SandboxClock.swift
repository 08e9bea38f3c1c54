internal import Intervals
internal import Storage
internal import Synchronization

/// The clock of a server for trying things out: it runs as the one beneath it does, from wherever it was
/// put, and never goes back.
final class SandboxClock: Sendable {
  private struct Hands {
    var aheadMs: Int64
    /// Not nil while it stands still, so that what happens meanwhile happens at one time.
    var held: Instant?
  }

  private let hands: Mutex<Hands>
  private let base: WallClock

  init(over base: WallClock, aheadMs: Int64) {
    self.base = base
    hands = Mutex(Hands(aheadMs: aheadMs))
  }

  /// Goes on where the clock of this data was. Nil where it is no sandbox's.
  /// - Throws: `SandboxError` where no sandbox is asked for, and the data has one's times.
  convenience init?(_ options: SandboxOptions?, in store: Store, over base: WallClock) throws {
    let kept = try store.read { try $0.sandboxAheadMs() }
    guard let options else {
      guard kept == 0 else { throw SandboxError.dataOfSandbox }
      return nil
    }
    let wanted = options.start.map { base.now().ms(to: $0) } ?? 0
    let aheadMs = max(kept, wanted, 0)
    if aheadMs > kept { try store.write { try $0.putSandboxAhead(ms: aheadMs) } }
    self.init(over: base, aheadMs: aheadMs)
  }

  var wallClock: WallClock { WallClock { self.now } }

  var now: Instant { hands.withLock { now($0) } }

  private func now(_ hands: Hands) -> Instant {
    hands.held ?? base.now().advanced(byMs: hands.aheadMs)
  }

  /// Lets it stand still.
  /// - Returns: where.
  func hold() -> Instant {
    hands.withLock { hands in
      let now = now(hands)
      hands.held = now
      return now
    }
  }

  /// Puts it forward while it stands still.
  func move(to instant: Instant) {
    hands.withLock { hands in
      guard let held = hands.held else { preconditionFailure("only a clock that is held is moved") }
      hands.held = max(held, instant)
    }
  }

  /// Lets it run on from where it stands.
  func release() {
    hands.withLock { hands in
      guard let held = hands.held else { return }
      hands.aheadMs = aheadMs(at: held)
      hands.held = nil
    }
  }

  /// How far ahead it is of the clock beneath where it shows an instant now.
  func aheadMs(at instant: Instant) -> Int64 { base.now().ms(to: instant) }
}

/// Why data cannot be served.
enum SandboxError: Error, CustomStringConvertible {
  case dataOfSandbox

  var description: String {
    switch self {
    case .dataOfSandbox: "it is a sandbox's, whose clock was moved ahead: start it with --sandbox"
    }
  }
}

extension Instant {
  fileprivate func ms(to other: Instant) -> Int64 { other.msSinceEpoch - msSinceEpoch }
}
