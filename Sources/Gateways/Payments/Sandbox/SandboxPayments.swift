package import Accounting
public import Availability
public import Booking
public import Intervals
internal import Synchronization

/// A gateway that is built in, takes no money, and does what its cards say (P-7).
///
/// Time is the server's clock, so that a sandbox whose clock is moved sees what comes later; nothing here ever waits.
/// What it did is in its file before it answers, and survives the server.
public final class SandboxPayments: PaymentGateway {
  public static let gatewayName = "sandbox"

  private struct State {
    var books: SandboxBooks
    let file: SandboxFile?

    /// Nothing is changed that could not be written.
    mutating func commit(_ entry: SandboxEntry) -> Bool {
      guard !entry.isEmpty else { return true }
      do {
        try file?.append(entry)
      } catch {
        return false
      }
      books.apply(entry)
      return true
    }
  }

  private let state: Mutex<State>
  private let now: @Sendable () -> Instant
  private let tellEarly: (@Sendable (GatewayEvent) async -> Void)?

  public var name: String { SandboxPayments.gatewayName }

  /// - Parameters:
  ///   - path: of the file with its truth, made where there is none; nil keeps it in memory.
  ///   - now: the server's clock.
  ///   - tellEarly: takes the news that comes before the answer of the call that it is about; without it, they come
  ///     with the others.
  public init(
    path: String?, now: @escaping @Sendable () -> Instant,
    tellEarly: (@Sendable (GatewayEvent) async -> Void)? = nil
  ) throws {
    var books = SandboxBooks()
    let file = try path.map { try SandboxFile(path: $0) { books.apply($0) } }
    state = Mutex(State(books: books, file: file))
    self.now = now
    self.tellEarly = tellEarly
  }

  public func prepare(_ wish: PreparedWish) async -> GatewayAnswer<IntentReport> {
    run { $0.prepare(wish, atMs: $1) }.answer
  }

  public func confirm(_ wish: ConfirmWish) async -> GatewayAnswer<IntentReport> {
    let outcome = run { $0.confirm(wish, atMs: $1) }
    if let tellEarly, let event = outcome.entry.events?.first, event.copies > 1,
      let news = state.withLock({ $0.books.news(of: event) }), delivered([event.id])
    {
      await tellEarly(GatewayEvent(gateway: name, id: event.id, news: news))
    }
    return outcome.answer
  }

  public func look(reference: String) async -> GatewayAnswer<IntentReport> {
    run { $0.look(reference, atMs: $1) }.answer
  }

  public func cancel(
    reference: String, intent: PaymentIntentID
  ) async -> GatewayAnswer<IntentReport> {
    run { $0.cancel(reference, atMs: $1) }.answer
  }

  public func refund(_ wish: RefundWish) async -> GatewayAnswer<RefundReport> {
    run { $0.refund(wish, atMs: $1) }.answer
  }

  public func lookAtRefund(
    reference: String, refund: PaymentID, intentReference: String
  ) async -> GatewayAnswer<RefundReport> {
    run { $0.lookAtRefund(refund, atMs: $1) }.answer
  }

  public func setUp(_ wish: SetUpWish) async -> GatewayAnswer<SetUpReport> {
    run { $0.setUp(wish, atMs: $1) }.answer
  }

  public func lookAtSetUp(reference: String) async -> GatewayAnswer<SetUpReport> {
    run { $0.lookAtSetUp(reference, atMs: $1) }.answer
  }

  public func detach(token: String) async -> GatewayAnswer<SetUpReport> {
    run { books, _ in books.detach(token) }.answer
  }

  /// It has no webhooks: what it tells is fetched by `news`.
  public func read(_ webhook: Webhook, now: Instant) async -> WebhookReading {
    .refused(reason: "the sandbox sends no webhooks")
  }

  private func run<Report>(
    _ decide: (SandboxBooks, Int64) -> SandboxOutcome<Report>
  ) -> SandboxOutcome<Report> {
    state.withLock { state in
      let outcome = decide(state.books, now().msSinceEpoch)
      guard state.commit(outcome.entry) else {
        return SandboxOutcome(answer: .unknown("the sandbox's file cannot be written"))
      }
      return outcome
    }
  }
}

// MARK: - What happens by itself, and by the client

extension SandboxPayments {
  /// When it next has something to tell; nil where nothing is to come.
  public func nextNewsDue() -> Instant? {
    state.withLock { $0.books.events.first.map { Instant(msSinceEpoch: $0.dueMs) } }
  }

  /// What is to be told by now, in the order in which it is told; an event that is told twice is in it twice. It
  /// comes again until `delivered`.
  public func news() -> [GatewayEvent] {
    state.withLock { state in
      let due = state.books.events[..<state.books.firstEvent(after: now().msSinceEpoch)]
      var (told, void): ([GatewayEvent], [String]) = ([], [])
      for event in due {
        if let news = state.books.news(of: event) {
          told += repeatElement(
            GatewayEvent(gateway: name, id: event.id, news: news), count: event.copies)
        } else {
          void += repeatElement(event.id, count: event.copies)
        }
      }
      if !void.isEmpty { _ = state.commit(SandboxEntry(told: void)) }
      return told
    }
  }

  /// - Parameter ids: of events that were taken, as often as they were.
  /// - Returns: whether it could be written.
  @discardableResult
  public func delivered(_ ids: [String]) -> Bool {
    state.withLock { $0.commit(SandboxEntry(told: ids.isEmpty ? nil : ids)) }
  }

  /// The client confirms at their bank what waits for it, or pays or saves in their own browser.
  /// - Parameters:
  ///   - reference: of an intent, or of the saving of a payment method.
  ///   - token: the card that they use; nil takes the one that waits.
  /// - Returns: whether there was something to confirm.
  @discardableResult
  public func confirmByClient(_ reference: String, token: String? = nil) -> Bool {
    state.withLock { state in
      let ms = now().msSinceEpoch
      guard
        let entry = state.books.confirmByClient(reference, token: token, atMs: ms)
          ?? state.books.saveByClient(reference, token: token, atMs: ms)
      else { return false }
      return state.commit(entry)
    }
  }
}

// MARK: - Its truth, for those who audit

extension SandboxPayments {
  package func totals(_ currency: Currency) -> SandboxTotals {
    state.withLock { $0.books.totals(currency.code, atMs: now().msSinceEpoch) }
  }

  /// Each taking of money for an intent of ours: more than one was a mistake.
  package func takings(of intent: PaymentIntentID) -> [SandboxTaking] {
    state.withLock { $0.books.takings(of: intent, atMs: now().msSinceEpoch) }
  }
}
