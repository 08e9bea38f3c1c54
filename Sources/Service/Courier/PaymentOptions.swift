public import Gateways

/// Who takes money from cards.
public enum PaymentOptions: Sendable {
  /// The built-in one, which takes none.
  /// - Parameter path: of the file with what it did; nil keeps it in memory.
  case sandbox(path: String?)
  case gateway(any PaymentGateway)
}

extension PaymentOptions {
  /// - Parameters:
  ///   - clock: the server's.
  ///   - newsDesk: takes what the sandbox tells before its own answer.
  func gateway(clock: WallClock, newsDesk: NewsDesk) throws -> any PaymentGateway {
    switch self {
    case .gateway(let gateway): gateway
    case .sandbox(let path):
      try SandboxPayments(path: path, now: clock.now) { event in
        // What is lost is looked up in its time.
        _ = await newsDesk.take(event)
      }
    }
  }
}
