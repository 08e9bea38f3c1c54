internal import Booking
internal import NIOCore
internal import Storage
internal import Synchronization
internal import Wire

/// A command on its way through the sequencer.
final class Ticket: Sendable {
  private enum Stage: UInt8, AtomicRepresentable {
    case waiting, begun, cancelled
  }

  let command: Authorised<Command>
  /// Nil for a command that only validates: its answer is not kept.
  let key: OutcomeKey?
  /// SHA-256 of what was asked: the same key must come with the same.
  let digest: [UInt8]
  /// After which the answer is of no use; nil means never.
  let deadline: NIODeadline?
  /// Called once, on any thread; the reply has no call id yet.
  let respond: @Sendable (Seduta_Wire_V1_Reply) -> Void
  private let stage = Atomic<Stage>(.waiting)

  init(
    command: Authorised<Command>, key: OutcomeKey?, digest: [UInt8], deadline: NIODeadline?,
    respond: @escaping @Sendable (Seduta_Wire_V1_Reply) -> Void
  ) {
    self.command = command
    self.key = key
    self.digest = digest
    self.deadline = deadline
    self.respond = respond
  }

  /// Gives the command up, unless it was begun: then its outcome is answered.
  func cancel() {
    _ = stage.compareExchange(
      expected: .waiting, desired: .cancelled, ordering: .acquiringAndReleasing)
  }

  /// - Returns: false when it was cancelled before.
  func begin() -> Bool {
    stage.compareExchange(
      expected: .waiting, desired: .begun, ordering: .acquiringAndReleasing
    ).exchanged
  }
}
