internal import Gateways
internal import Service
internal import Synchronization

/// Takes messages as a script says, and keeps what it took.
final class ScriptedPost: MailTransport, SMSTransport, WebhookTransport {
  enum Line: Sendable {
    case takes
    case retries(String)
    case refuses(String)
    /// It is taken, and the answer is lost with the server.
    case hangs
  }

  private struct Book {
    var script: [Line] = []
    var mails: [EmailMessage] = []
    var texts: [TextMessage] = []
    var asked: [String] = []
  }

  private let book = Mutex(Book())

  /// What it says to the next messages, one after another; then it takes all.
  func say(_ lines: Line...) { book.withLock { $0.script += lines } }

  /// Those that it took.
  var mails: [EmailMessage] { book.withLock { $0.mails } }
  var texts: [TextMessage] { book.withLock { $0.texts } }
  /// The ids of all that it was handed, in order.
  var asked: [String] { book.withLock { $0.asked } }

  func send(_ message: EmailMessage) async -> Delivery {
    await answer(message.id) { $0.mails.append(message) }
  }

  func send(_ message: TextMessage) async -> Delivery {
    await answer(message.id) { $0.texts.append(message) }
  }

  func send(_ call: WebhookCall) async -> Delivery { .refused(reason: "no webhooks here") }

  private func answer(
    _ id: String, _ take: @Sendable (inout Book) -> Void
  ) async -> Delivery {
    let line = book.withLock { book in
      book.asked.append(id)
      let line = book.script.isEmpty ? Line.takes : book.script.removeFirst()
      switch line {
      case .takes, .hangs: take(&book)
      case .retries, .refuses: break
      }
      return line
    }
    switch line {
    case .takes: return .delivered(reference: "taken")
    case .retries(let reason): return .retry(reason: reason)
    case .refuses(let reason): return .refused(reason: reason)
    case .hangs:
      try? await Task.sleep(for: .seconds(60))
      return .retry(reason: "hung")
    }
  }

  /// Both ways lead here.
  var options: PostOptions { options(sms: self) }

  func options(sms: (any SMSTransport)?) -> PostOptions {
    PostOptions(
      mail: self, sms: sms, webhooks: self, allowsPrivateWebhooks: false,
      sender: EmailParty(name: "Seduta", address: "post@example.org"), smsSender: "Seduta")
  }
}
