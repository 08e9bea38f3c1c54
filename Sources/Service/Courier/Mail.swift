internal import Booking
internal import Wire

/// Puts commands of gateways into the sequencer's queue, and waits until they are committed.
struct Mail: Sendable {
  let sequencer: Sequencer
  let gate: Gate

  /// What became of a command.
  enum Fate: Sendable {
    case committed
    /// Nothing was changed, and the same command may be taken later.
    case later(Seduta_Wire_V1_Status)
    /// It will never be taken.
    case never(Seduta_Wire_V1_Status)
  }

  func send(_ command: Command) async -> Fate {
    let authorised: Authorised<Command>
    switch gate.authorise(command) {
    case .failure(let refusal): return .never(refusal.status)
    case .success(let allowed): authorised = allowed
    }
    let refusal = await withCheckedContinuation { continuation in
      sequencer.submit(
        Ticket(command: authorised, key: nil, digest: [], deadline: nil) { reply in
          continuation.resume(returning: reply.hasStatus ? reply.status : nil)
        })
    }
    guard let refusal else { return .committed }
    return refusal.isOfTheMoment ? .later(refusal) : .never(refusal)
  }
}

extension Seduta_Wire_V1_Status {
  /// Whether the same command may be taken later.
  var isOfTheMoment: Bool { code == .unavailable || code == .resourceExhausted }
}
