internal import Accounting
internal import Availability
internal import Booking
internal import Foundation
internal import Gateways
internal import Intervals
internal import Synchronization

let eur = Currency("EUR")!
let minuteMs: Int64 = 60_000
let hourMs = 60 * minuteMs

func euros(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: eur) }

/// A clock that only a test moves.
final class HandClock: Sendable {
  private let ms = Mutex<Int64>(1_800_000_000_000)

  var now: Instant { Instant(msSinceEpoch: ms.withLock { $0 }) }
  func advance(byMs change: Int64) { ms.withLock { $0 += change } }
}

/// A sandbox with its clock, and what its tests say again and again.
struct SandboxBench {
  let clock = HandClock()
  let path: String?
  let gateway: SandboxPayments

  init(path: String? = nil) throws {
    self.path = path
    gateway = try SandboxPayments(path: path, now: { [clock] in clock.now })
  }

  static func intent(_ number: Int) -> PaymentIntentID {
    PaymentIntentID(rawValue: UInt128(number))
  }
  static func refund(_ number: Int) -> PaymentID { PaymentID(rawValue: UInt128(number)) }

  func prepare(_ number: Int = 1, amount: Int64 = 7_000) async throws -> String {
    let answer = await gateway.prepare(
      PreparedWish(intent: SandboxBench.intent(number), amount: euros(amount)))
    return try answer.reported.reference
  }

  func confirm(
    _ reference: String, _ token: String, number: Int = 1, attempt: Int32 = 1,
    isOffSession: Bool = false
  ) async -> GatewayAnswer<IntentReport> {
    await gateway.confirm(
      ConfirmWish(
        reference: reference, intent: SandboxBench.intent(number), attempt: attempt, token: token,
        isOffSession: isOffSession))
  }

  /// Prepares and confirms.
  func pay(
    _ card: SandboxCard, number: Int = 1, amount: Int64 = 7_000, isOffSession: Bool = false
  ) async throws -> (reference: String, answer: GatewayAnswer<IntentReport>) {
    let reference = try await prepare(number, amount: amount)
    let answer = await confirm(
      reference, card.rawValue, number: number, isOffSession: isOffSession)
    return (reference, answer)
  }

  func refund(
    _ reference: String, _ amount: Int64, number: Int = 1
  ) async -> GatewayAnswer<RefundReport> {
    await gateway.refund(
      RefundWish(
        refund: SandboxBench.refund(number), intentReference: reference, amount: euros(amount)))
  }

  /// Takes what is to be told by now.
  func takeNews() -> [GatewayEvent.News] {
    let events = gateway.news()
    gateway.delivered(events.map(\.id))
    return events.map(\.news)
  }
}

/// The answer was no report.
struct NoReport: Error {
  let answer: String
}

extension GatewayAnswer {
  var reported: Report {
    get throws {
      guard case .report(let report) = self else { throw NoReport(answer: "\(self)") }
      return report
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}

/// A file's name that nobody else has; the file is not made.
func scratchPath() -> String {
  FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID()).jsonl").path
}
