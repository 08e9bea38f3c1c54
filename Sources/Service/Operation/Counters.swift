internal import Booking
internal import Synchronization
internal import Wire

/// What a gateway's answer was, in a word.
enum AskedOutcome: String, Sendable {
  case report
  case refused
  case notFound = "not_found"
  case unknown
}

/// What came of sending a message, in a word.
enum MessageOutcome: String, CaseIterable, Sendable {
  case sent
  case retry
  case skipped
  case givenUp = "given_up"
}

/// What came of telling an endpoint of an event, in a word.
enum WebhookOutcome: String, CaseIterable, Sendable {
  case delivered
  case retry
  case givenUp = "given_up"
}

/// What happened since the process began, counted for those who watch it. A call costs one addition.
final class Counters: Sendable {
  struct Asked: Hashable, Sendable {
    let gateway: String
    let kind: ErrandKind
    let outcome: AskedOutcome
  }

  struct Sent: Hashable, Sendable {
    let channel: Channel
    let outcome: MessageOutcome
  }

  struct Calls: Hashable, Sendable {
    let method: Method
    /// 0 where it went well.
    let code: Int
    let count: Int
  }

  private static let methods = Method.allCases
  /// As many as there are status codes.
  private static let codeCount = 17

  private let calls: [Count]
  private let refusedUnread = Atomic<Int>(0)
  private let asked = Mutex<[Asked: Int]>([:])
  private let messages = Mutex<[Sent: Int]>([:])
  private let webhooks = Mutex<[WebhookOutcome: Int]>([:])

  /// Apart from its neighbours by its own allocation.
  private final class Count: Sendable {
    let value = Atomic<Int>(0)
  }

  init() {
    calls = (0..<Counters.methods.count * Counters.codeCount).map { _ in Count() }
  }

  /// - Parameter method: nil where there is no such method.
  func noteAnswered(_ method: Method?, code: Int) {
    guard let method, let place = Counters.methods.firstIndex(of: method),
      (0..<Counters.codeCount).contains(code)
    else {
      refusedUnread.wrappingAdd(1, ordering: .relaxed)
      return
    }
    calls[place * Counters.codeCount + code].value.wrappingAdd(1, ordering: .relaxed)
  }

  func noteAsked(_ gateway: String, _ kind: ErrandKind, _ outcome: AskedOutcome) {
    asked.withLock {
      $0[Asked(gateway: gateway, kind: kind, outcome: outcome), default: 0] += 1
    }
  }

  func noteMessage(_ channel: Channel, _ outcome: MessageOutcome) {
    messages.withLock { $0[Sent(channel: channel, outcome: outcome), default: 0] += 1 }
  }

  func noteWebhook(_ outcome: WebhookOutcome) {
    webhooks.withLock { $0[outcome, default: 0] += 1 }
  }

  /// In order, for who reads it; 0 for what did not happen.
  var webhooksTold: [(outcome: WebhookOutcome, count: Int)] {
    let counts = webhooks.withLock { $0 }
    return WebhookOutcome.allCases.map { (outcome: $0, count: counts[$0] ?? 0) }
  }

  /// In order, for who reads it; 0 for what did not happen.
  var messagesSent: [(sent: Sent, count: Int)] {
    let counts = messages.withLock { $0 }
    return Channel.allCases.flatMap { channel in
      MessageOutcome.allCases.map { outcome in
        let sent = Sent(channel: channel, outcome: outcome)
        return (sent: sent, count: counts[sent] ?? 0)
      }
    }
  }

  /// Those that were made at all, in the order of methods and codes.
  var callsAnswered: [Calls] {
    Counters.methods.enumerated().flatMap { place, method in
      (0..<Counters.codeCount).compactMap { code in
        let count = calls[place * Counters.codeCount + code].value.load(ordering: .relaxed)
        return count == 0 ? nil : Calls(method: method, code: code, count: count)
      }
    }
  }

  /// Calls of methods that there are not.
  var callsUnknown: Int { refusedUnread.load(ordering: .relaxed) }

  /// In order, for who reads it.
  var questionsAsked: [(asked: Asked, count: Int)] {
    asked.withLock { $0 }
      .map { (asked: $0.key, count: $0.value) }
      .sorted { one, other in
        let (left, right) = (one.asked, other.asked)
        return (left.gateway, left.kind.rawValue, left.outcome.rawValue)
          < (right.gateway, right.kind.rawValue, right.outcome.rawValue)
      }
  }
}
