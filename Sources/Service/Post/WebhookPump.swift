internal import Availability
internal import Booking
internal import Dispatch
internal import Gateways
internal import Intervals
internal import Logging
internal import NIOPosix
internal import Storage
internal import Synchronization
internal import Wire

/// Tells partners' endpoints of their events (N-5): each at least once, and those about one thing in order.
///
/// How far an endpoint came is on disk, and so is what did not arrive: a start goes on where the end was. Killed between
/// telling and noting, it tells once more, with the same id.
final class WebhookPump: Sendable {
  private static let underWayMax = 16
  /// Of one endpoint.
  private static let callsAtOnce = 8
  /// How late it may learn of what nobody rang for.
  private static let pollMs: Int64 = 250
  /// From one look to the next, however often it is rung for.
  private static let pauseMs: Int64 = 20
  private static let pollAfterErrorMs: Int64 = 1_000
  private static let notingsMax = 40
  /// How far an endpoint may have been looked at without that being noted.
  private static let unnotedMax: Int64 = 1_000
  /// As whom it notes.
  private static let actor = Actor.gateway("webhooks")

  private let transport: any WebhookTransport
  private let reader: WebhookReader
  private let store: Store
  private let readers: NIOThreadPool
  private let mail: Mail
  private let clock: WallClock
  private let limits: ServerLimits
  private let counters: Counters
  private let logger: Logger
  private let book = Mutex(WebhookBook(underWayMax: WebhookPump.underWayMax))
  /// All that is under way.
  private let work = DispatchGroup()
  private let rounds = DispatchGroup()
  private let bell: CourierBell

  init(
    transport: any WebhookTransport, queries: StoreQueries, store: Store, readers: NIOThreadPool,
    mail: Mail, bell: CourierBell, clock: WallClock, limits: ServerLimits, counters: Counters,
    logger: Logger
  ) {
    self.transport = transport
    reader = WebhookReader(queries: queries)
    self.store = store
    self.readers = readers
    self.mail = mail
    self.bell = bell
    self.clock = clock
    self.limits = limits
    self.counters = counters
    self.logger = logger
  }

  func start() {
    rounds.enter()
    Task {
      var arrivals = bell.rings.makeAsyncIterator()
      while !book.withLock({ $0.isStopping }) {
        switch await round() {
        // Where nobody is told, nobody is in a hurry.
        case .nobody: try? await Task.sleep(for: .milliseconds(WebhookPump.pollMs))
        case .failed: try? await Task.sleep(for: .milliseconds(WebhookPump.pollAfterErrorMs))
        case .begun:
          try? await Task.sleep(for: .milliseconds(WebhookPump.pauseMs))
          let timer = Task {
            try await Task.sleep(for: .milliseconds(WebhookPump.pollMs))
            bell.ring()
          }
          await arrivals.next()
          timer.cancel()
        }
      }
      rounds.leave()
    }
  }

  /// Tells nothing any more, and waits a while for what is under way. Blocks; to be called before the sequencer stops.
  func stop() {
    book.withLock { $0.stop() }
    bell.ring()
    let deadline = DispatchTime.now() + .milliseconds(Int(limits.postStopMs))
    if work.wait(timeout: deadline) == .timedOut {
      logger.notice("webhooks were under way at the end: the next start tells them once more")
    }
    _ = rounds.wait(timeout: deadline + .seconds(1))
  }

  private enum Round {
    case nobody, begun, failed
  }

  private func round() async -> Round {
    do {
      let ids = try await read { try $0.enabledWebhookEndpoints().map(\.endpoint.id) }
      book.withLock { $0.keep(Set(ids)) }
      guard !ids.isEmpty else { return .nobody }
      for id in ids {
        guard let looked = begin(id) else { continue }
        let (reader, now) = (reader, clock.now())
        do {
          let batch = try await readers.runIfActive {
            try reader.batch(for: id, looked: looked, at: now)
          }
          guard let batch else {
            end(id)
            continue
          }
          Task {
            await self.run(batch)
            self.end(id)
            if batch.hasMore || !batch.joining.isEmpty { bell.ring() }
          }
        } catch {
          end(id)
          throw error
        }
      }
      return .begun
    } catch {
      logger.error("what is to be told could not be read", metadata: ["error": "\(error)"])
      return .failed
    }
  }

  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (StoreSnapshot) throws -> Value
  ) async throws -> Value {
    let store = store
    return try await readers.runIfActive { try store.read(body) }
  }

  /// - Returns: after what its events are to be looked at, where the store does not say more; nil where it is not to be
  ///   told anything now.
  private func begin(_ id: WebhookEndpointID, byHand: Bool = false) -> Int64? {
    book.withLock { book in
      guard book.begin(id, byHand: byHand) else { return nil }
      // Within the lock: who holds or stops then waits for it.
      work.enter()
      return book.position(of: id, noted: 0)
    }
  }

  private func end(_ id: WebhookEndpointID) {
    book.withLock { $0.end(id) }
    work.leave()
  }
}

// MARK: - One batch

extension WebhookPump {
  /// What came of a call.
  private struct Told: Sendable {
    let delivery: WebhookNote.Delivery
    /// Whether the store knows of it as one that waits.
    let isLate: Bool
    /// Whether the endpoint says that nobody is there any more.
    var isRefused = false
  }

  /// - Returns: whether what came of it is on disk.
  @discardableResult
  private func run(_ batch: WebhookBatch) async -> Bool {
    let id = batch.endpoint.id
    // Where nothing is of its kinds, where it stands is worth a note now and then.
    if !batch.isEmpty || batch.position - batch.endpoint.position >= WebhookPump.unnotedMax {
      let note = note(of: batch, await told(batch))
      guard await keep(note, of: batch.partner) else { return false }
      if note.isOver {
        logger.warning(
          "a webhook endpoint is dead: it is turned off",
          metadata: ["partner": "\(batch.partner.text)", "endpoint": "\(id.text)"])
      }
    }
    book.withLock { $0.note(id, lookedAt: batch.position) }
    return true
  }

  private func told(_ batch: WebhookBatch) async -> [Told] {
    await withTaskGroup(of: [Told].self) { group in
      var lanes = batch.lanes.makeIterator()
      var told: [Told] = []
      for _ in 0..<WebhookPump.callsAtOnce {
        guard let lane = lanes.next() else { break }
        group.addTask { await self.told(lane, to: batch.endpoint) }
      }
      for await some in group {
        told += some
        guard let lane = lanes.next() else { continue }
        group.addTask { await self.told(lane, to: batch.endpoint) }
      }
      return told
    }
  }

  /// One after the other: what comes after one that did not arrive waits behind it.
  private func told(_ lane: [WebhookBatch.Call], to endpoint: WebhookEndpoint) async -> [Told] {
    var told: [Told] = []
    for call in lane {
      if told.last.map({ $0.delivery.fate != .delivered }) ?? false {
        let waits = WebhookNote.Delivery.Fate.waits(until: clock.now(), error: "")
        told.append(Told(delivery: call.delivery(waits, tries: 0), isLate: false))
      } else {
        told.append(await self.told(call, to: endpoint))
      }
    }
    return told
  }

  private func told(_ call: WebhookBatch.Call, to endpoint: WebhookEndpoint) async -> Told {
    let tries = call.tries + 1
    let transport = transport
    let webhook = WebhookCall(
      url: endpoint.url, body: call.body,
      secrets: [endpoint.secret] + (endpoint.oldSecret.isEmpty ? [] : [endpoint.oldSecret]),
      eventID: call.eventID, sentAt: clock.now())
    let answer = await inTime(
      limits.webhookAnswerMs, orElse: .retry(reason: "no answer in time")
    ) {
      await transport.send(webhook)
    }
    let fate: WebhookNote.Delivery.Fate
    switch answer {
    case .delivered:
      counters.noteWebhook(.delivered)
      fate = .delivered
    case .retry(let error), .refused(let error):
      let now = clock.now()
      let next = WebhookPatience.nextTry(afterTries: tries, at: now)
      counters.noteWebhook(next == nil ? .givenUp : .retry)
      fate = next.map { .waits(until: $0, error: error) } ?? .givenUp(error: error)
    }
    var told = Told(delivery: call.delivery(fate, tries: tries), isLate: call.isLate)
    if case .refused = answer { told.isRefused = true }
    return told
  }

  private func note(of batch: WebhookBatch, _ told: [Told]) -> WebhookNote {
    let isAlive = told.contains { $0.delivery.fate == .delivered }
    let isGivenUp = told.contains { told in
      if case .givenUp = told.delivery.fate { true } else { false }
    }
    let isDead =
      isGivenUp
      && WebhookPatience.isDead(failingSince: batch.endpoint.failingSince, at: clock.now())
    return WebhookNote(
      endpoint: batch.endpoint.id,
      position: batch.position > batch.endpoint.position ? batch.position : nil,
      // What arrived at once leaves no trace but the position.
      deliveries: batch.joining
        + told.filter { $0.isLate || $0.delivery.fate != .delivered }.map(\.delivery),
      isAlive: isAlive, isOver: told.contains(where: \.isRefused) || isDead && !isAlive)
  }

  /// What came of it is noted as soon as that can be: it is not told again meanwhile.
  private func keep(_ note: WebhookNote, of partner: PartnerID) async -> Bool {
    let command = Command(partner: partner, actor: WebhookPump.actor, wish: .noteWebhooks(note))
    for _ in 1...WebhookPump.notingsMax {
      switch await mail.send(command) {
      case .committed: return true
      case .later:
        guard !book.withLock({ $0.isStopping }) else { return false }
        try? await Task.sleep(for: .milliseconds(WebhookPump.pollMs))
      case .never(let status):
        logger.critical(
          "what came of webhooks cannot be noted",
          metadata: ["endpoint": "\(note.endpoint.text)", "status": "\(status.message)"])
        book.withLock { $0.setAside(note.endpoint) }
        return false
      }
    }
    return false
  }
}

extension WebhookBatch.Call {
  fileprivate func delivery(
    _ fate: WebhookNote.Delivery.Fate, tries: Int32
  ) -> WebhookNote.Delivery {
    WebhookNote.Delivery(position: position, subject: subject, tries: tries, fate: fate)
  }
}

// MARK: - For who moves a sandbox's clock

extension WebhookPump {
  /// What a pass through all that was due came to.
  struct Pass: Sendable {
    var done = 0
    /// Whether some had to be left for later.
    var isHeldUp = false
  }

  /// Waits until nothing is under way; nothing begins by itself until `release`. Blocks.
  func hold() {
    book.withLock { $0.hold() }
    work.wait()
  }

  func release() {
    book.withLock { $0.release() }
    bell.ring()
  }

  func nextDue(after instant: Instant) throws -> Instant? {
    try store.read { try $0.nextWebhookDue(after: instant) }
  }

  /// Tells all that there is to tell by now. Blocks; not to be called on a thread of Swift's pool, and between `hold`
  /// and `release` only.
  /// - Parameter mayGoOn: asked between batches.
  func run(while mayGoOn: () -> Bool) throws -> Pass {
    var pass = Pass()
    var doneBefore = -1
    while pass.done > doneBefore, !pass.isHeldUp, mayGoOn() {
      doneBefore = pass.done
      for id in try store.read({ try $0.enabledWebhookEndpoints().map(\.endpoint.id) })
      where mayGoOn() && !pass.isHeldUp {
        guard let looked = begin(id, byHand: true) else { continue }
        defer { end(id) }
        guard let batch = try reader.batch(for: id, looked: looked, at: clock.now()) else {
          continue
        }
        if blocking({ await self.run(batch) }) { pass.done += 1 } else { pass.isHeldUp = true }
      }
    }
    return pass
  }
}
