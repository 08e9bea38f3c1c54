internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Synchronization

/// The sandbox's gateway at the end of a line that fails where the test says.
final class FlakyGateway: PaymentGateway {
  enum Fault: Sendable {
    /// Never gets there, and nobody answers.
    case hangsBefore
    /// Is done, and nobody answers.
    case hangsAfter
    /// Is done, and the answer is lost.
    case losesAnswer
  }

  private struct State {
    var asked: [String] = []
    /// By how many were asked before.
    var faults: [Int: Fault] = [:]
    var underWay = 0
    var underWayMax = 0
  }

  /// What is true, whatever was answered.
  let truth: SandboxPayments
  private let state = Mutex(State())
  private let reading: @Sendable (Webhook) -> WebhookReading
  /// How long each takes.
  private let delayMs: Int64

  init(
    _ truth: SandboxPayments, delayMs: Int64 = 0,
    reading: @escaping @Sendable (Webhook) -> WebhookReading = { _ in .ignored(kind: "") }
  ) {
    self.truth = truth
    self.delayMs = delayMs
    self.reading = reading
  }

  var name: String { truth.name }

  /// What was asked, in order: "CONFIRM pin_…".
  var asked: [String] { state.withLock { $0.asked } }

  /// The most that were under way at once.
  var underWayMax: Int { state.withLock { $0.underWayMax } }

  /// The next that is asked goes wrong, or a later one.
  func fail(after count: Int = 0, by fault: Fault) {
    state.withLock { $0.faults[$0.asked.count + count] = fault }
  }

  private func run<Report>(
    _ kind: ErrandKind, _ subject: String, _ body: () async -> GatewayAnswer<Report>
  ) async -> GatewayAnswer<Report> {
    let fault = state.withLock { state in
      defer {
        state.asked.append("\(kind.rawValue) \(subject)")
        state.underWay += 1
        state.underWayMax = max(state.underWayMax, state.underWay)
      }
      return state.faults.removeValue(forKey: state.asked.count)
    }
    defer { state.withLock { $0.underWay -= 1 } }
    if delayMs > 0 { try? await Task.sleep(for: .milliseconds(delayMs)) }
    switch fault {
    case nil: return await body()
    case .losesAnswer:
      _ = await body()
      return .unknown("lost")
    case .hangsBefore: break
    case .hangsAfter: _ = await body()
    }
    // For longer than any server of a test runs.
    try? await Task.sleep(for: .seconds(3_600))
    return .unknown("hung")
  }

  func prepare(_ wish: PreparedWish) async -> GatewayAnswer<IntentReport> {
    await run(.prepare, wish.intent.text) { await truth.prepare(wish) }
  }

  func confirm(_ wish: ConfirmWish) async -> GatewayAnswer<IntentReport> {
    await run(.confirm, "\(wish.attempt)") { await truth.confirm(wish) }
  }

  func look(reference: String) async -> GatewayAnswer<IntentReport> {
    await run(.look, reference) { await truth.look(reference: reference) }
  }

  func cancel(
    reference: String, intent: PaymentIntentID
  ) async -> GatewayAnswer<IntentReport> {
    await run(.cancel, reference) { await truth.cancel(reference: reference, intent: intent) }
  }

  func refund(_ wish: Gateways.RefundWish) async -> GatewayAnswer<RefundReport> {
    await run(.refund, wish.refund.text) { await truth.refund(wish) }
  }

  func lookAtRefund(
    reference: String, refund: PaymentID, intentReference: String
  ) async -> GatewayAnswer<RefundReport> {
    await run(.lookAtRefund, refund.text) {
      await truth.lookAtRefund(
        reference: reference, refund: refund, intentReference: intentReference)
    }
  }

  func setUp(_ wish: Gateways.SetUpWish) async -> GatewayAnswer<SetUpReport> {
    await run(.setUp, wish.method.text) { await truth.setUp(wish) }
  }

  func lookAtSetUp(reference: String) async -> GatewayAnswer<SetUpReport> {
    await run(.lookAtSetUp, reference) { await truth.lookAtSetUp(reference: reference) }
  }

  func detach(token: String) async -> GatewayAnswer<SetUpReport> {
    await run(.detach, "") { await truth.detach(token: token) }
  }

  func read(_ webhook: Webhook, now: Instant) async -> WebhookReading { reading(webhook) }
}
