internal import Gateways
internal import Service
internal import Synchronization

/// Answers webhooks as a script says, and keeps all that it was told.
final class ScriptedHooks: WebhookTransport {
  /// What a call comes to, by how often its event was told before.
  typealias Script = @Sendable (_ call: WebhookCall, _ before: Int) -> Delivery

  private struct Book {
    var calls: [WebhookCall] = []
    var counts: [String: Int] = [:]
    var underWay = 0
    var mostUnderWay = 0
  }

  private let book = Mutex(Book())
  private let script: Mutex<Script>

  init(_ script: @escaping Script = { _, _ in .delivered(reference: "HTTP 200") }) {
    self.script = Mutex(script)
  }

  func say(_ script: @escaping Script) { self.script.withLock { $0 = script } }

  var calls: [WebhookCall] { book.withLock { $0.calls } }
  var mostUnderWay: Int { book.withLock { $0.mostUnderWay } }

  func send(_ call: WebhookCall) async -> Delivery {
    let before = book.withLock { book in
      book.calls.append(call)
      book.underWay += 1
      book.mostUnderWay = max(book.mostUnderWay, book.underWay)
      defer { book.counts[call.eventID, default: 0] += 1 }
      return book.counts[call.eventID, default: 0]
    }
    // What is told at once is under way at once.
    await Task.yield()
    defer { book.withLock { $0.underWay -= 1 } }
    return script.withLock { $0 }(call, before)
  }

  var options: PostOptions {
    PostOptions(
      mail: nil, sms: nil, webhooks: self, allowsPrivateWebhooks: true,
      sender: EmailParty(name: "Seduta", address: "post@example.org"), smsSender: "")
  }
}
