internal import Booking
internal import Dispatch
internal import Gateways
internal import Intervals
internal import Logging
internal import NIOPosix
internal import Storage
internal import Synchronization
internal import Wire

/// Sends what was promised to be told (N-4), once that is on disk, and has what came of it noted.
///
/// Nothing is kept in memory but what could not be noted yet: a message is a row, so that a start goes on where the end
/// was. Killed between sending and noting, it sends once more, with the same id.
final class PostOffice: Sendable {
  static let pageSize = 64
  private static let underWayMax = 16
  private static let ofOneWayMax = 12
  /// How many pages are looked through for what goes another way than those that have to wait.
  private static let crowdedPagesMax = 64
  /// How late it may learn of what nobody rang for.
  private static let pollMs: Int64 = 250
  private static let pollAfterErrorMs: Int64 = 1_000
  private static let notingsMax = 40
  /// As whom it notes.
  private static let actor = Actor.gateway("post")

  private let options: PostOptions
  private let reader: PostReader
  private let store: Store
  private let readers: NIOThreadPool
  private let mail: Mail
  private let clock: WallClock
  private let limits: ServerLimits
  private let counters: Counters
  private let logger: Logger
  private let book = Mutex(
    PostBook(underWayMax: PostOffice.underWayMax, ofOneWayMax: PostOffice.ofOneWayMax))
  /// All that is under way.
  private let work = DispatchGroup()
  private let rounds = DispatchGroup()
  private let bell: CourierBell

  init(
    options: PostOptions, reader: PostReader, store: Store, readers: NIOThreadPool, mail: Mail,
    bell: CourierBell, clock: WallClock, limits: ServerLimits, counters: Counters, logger: Logger
  ) {
    self.options = options
    self.reader = reader
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
        let waitMs = await round()
        let timer = Task {
          try await Task.sleep(for: .milliseconds(waitMs))
          bell.ring()
        }
        await arrivals.next()
        timer.cancel()
      }
      rounds.leave()
    }
  }

  /// Sends nothing any more, and waits a while for what is under way. Blocks; to be called before the sequencer stops.
  func stop() {
    book.withLock { $0.stop() }
    bell.ring()
    let deadline = DispatchTime.now() + .milliseconds(Int(limits.postStopMs))
    if work.wait(timeout: deadline) == .timedOut {
      logger.notice("messages were under way at the end: the next start sends them once more")
    }
    _ = rounds.wait(timeout: deadline + .seconds(1))
  }

  /// - Returns: after how long to look again, in milliseconds.
  private func round() async -> Int64 {
    do {
      let now = clock.now()
      var last: DueMessage?
      var crowdedPages = 0
      while crowdedPages < PostOffice.crowdedPagesMax,
        let page = try await page(dueBy: now, after: last)
      {
        var isCrowded = false
        for due in page {
          switch begin(due) {
          case .begun(let known): Task { await run(due, known: known) }
          case .left: break
          case .crowded: isCrowded = true
          case .full: return PostOffice.pollMs
          }
        }
        if isCrowded { crowdedPages += 1 }
        last = page.last
      }
      guard let next = try await read({ try $0.nextMessageDue(after: now) }) else {
        return PostOffice.pollMs
      }
      return min(max(next.msSinceEpoch - clock.now().msSinceEpoch, 0), PostOffice.pollMs)
    } catch {
      logger.error("what is to be sent could not be read", metadata: ["error": "\(error)"])
      return PostOffice.pollAfterErrorMs
    }
  }

  /// Nil where there is no more.
  private func page(
    dueBy instant: Instant, after last: DueMessage?
  ) async throws -> [DueMessage]? {
    book.withLock { $0.turnPage() }
    let page = try await read {
      try $0.dueMessages(until: instant, after: last, limit: PostOffice.pageSize)
    }
    return page.isEmpty ? nil : page
  }

  func nextDue(after instant: Instant) throws -> Instant? {
    try store.read { try $0.nextMessageDue(after: instant) }
  }

  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (StoreSnapshot) throws -> Value
  ) async throws -> Value {
    let store = store
    return try await readers.runIfActive { try store.read(body) }
  }

  private func begin(_ due: DueMessage, byHand: Bool = false) -> PostBook.Beginning {
    book.withLock { book in
      let beginning = book.begin(due.key, of: due.thread, byHand: byHand)
      // Within the lock: who holds or stops then waits for it.
      if case .begun = beginning { work.enter() }
      return beginning
    }
  }
}

// MARK: - One message

extension PostOffice {
  @discardableResult
  private func run(_ due: DueMessage, known: DeliveryNote?) async -> PostBook.Ending {
    let note: DeliveryNote
    if let known { note = known } else { note = await sent(due) }
    let ending = await keep(note, about: due)
    book.withLock { $0.end(due.key, of: due.thread, ending) }
    work.leave()
    // Others may have waited for it.
    if ending == .noted { bell.ring() }
    return ending
  }

  /// Sends it, or finds out why not.
  private func sent(_ due: DueMessage) async -> DeliveryNote {
    let message = due.message
    let tries = message.tries + 1
    let fate: DeliveryNote.Fate
    do {
      let (reader, now) = (reader, clock.now())
      let parcel = try await read { try reader.parcel(for: due, at: now, in: $0) }
      switch parcel {
      case .skipped(let why):
        return note(due, .skipped(why: why), tries: message.tries)
      case .draft(let draft):
        let (letter, isTemplateUnusable) = try draft.written()
        if isTemplateUnusable {
          logger.error(
            "a partner's own text could not be used: ours was sent",
            metadata: ["partner": "\(due.partner)", "kind": "\(message.kind)"])
        }
        let options = options
        let delivery = await inTime(
          limits.postAnswerMs, orElse: .retry(reason: "no answer in time")
        ) {
          await options.send(letter, as: due, of: draft)
        }
        switch delivery {
        case .delivered(let reference): fate = .sent(reference: reference)
        case .refused(let reason): fate = .givenUp(error: reason)
        case .retry(let reason):
          fate = PostPatience.fate(
            afterTries: tries, promised: message.at, at: clock.now(), error: reason)
        }
      }
    } catch {
      logger.error(
        "a message could not be written",
        metadata: ["message": "\(due.messageID)", "error": "\(error)"])
      fate = PostPatience.fate(
        afterTries: tries, promised: message.at, at: clock.now(),
        error: "it could not be written")
    }
    return note(due, fate, tries: tries)
  }

  private func note(
    _ due: DueMessage, _ fate: DeliveryNote.Fate, tries: Int32
  ) -> DeliveryNote {
    counters.noteMessage(due.message.channel, fate.outcome)
    if case .givenUp = fate {
      // What the other side said may name who the message was for: it is in the outbox, which is the partner's.
      logger.error(
        "a message was given up",
        metadata: [
          "message": "\(due.messageID)", "kind": "\(due.message.kind)",
          "channel": "\(due.message.channel.rawValue)", "tries": "\(tries)",
        ])
    }
    return DeliveryNote(
      position: due.message.position, ordinal: due.message.ordinal, tries: tries, fate: fate,
      at: clock.now())
  }

  /// What came of it is noted as soon as that can be: it is not sent again meanwhile.
  private func keep(_ note: DeliveryNote, about due: DueMessage) async -> PostBook.Ending {
    let command = Command(
      partner: due.partner, actor: PostOffice.actor, wish: .noteDeliveries([note]))
    for _ in 1...PostOffice.notingsMax {
      switch await mail.send(command) {
      case .committed: return .noted
      case .later:
        guard !book.withLock({ $0.isStopping }) else { return .later(note) }
        try? await Task.sleep(for: .milliseconds(PostOffice.pollMs))
      case .never(let status):
        logger.critical(
          "what came of a message cannot be noted",
          metadata: ["message": "\(due.messageID)", "status": "\(status.message)"])
        return .never
      }
    }
    return .later(note)
  }
}

// MARK: - For who moves a sandbox's clock

extension PostOffice {
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

  /// Sends what is due by now, one after another, in order. Blocks; not to be called on a thread of Swift's pool, and
  /// between `hold` and `release` only.
  /// - Parameter mayGoOn: asked between messages.
  func run(dueBy instant: Instant, while mayGoOn: () -> Bool) throws -> Pass {
    var pass = Pass()
    var doneBefore = -1
    // What waited for another is due once that is sent.
    while pass.done > doneBefore, !pass.isHeldUp, mayGoOn() {
      doneBefore = pass.done
      try runOnce(&pass, dueBy: instant, while: mayGoOn)
    }
    return pass
  }

  private func runOnce(
    _ pass: inout Pass, dueBy instant: Instant, while mayGoOn: () -> Bool
  ) throws {
    var last: DueMessage?
    while mayGoOn(), !pass.isHeldUp {
      book.withLock { $0.turnPage() }
      let page = try store.read {
        try $0.dueMessages(until: instant, after: last, limit: PostOffice.pageSize)
      }
      guard let end = page.last else { return }
      for due in page where mayGoOn() && !pass.isHeldUp {
        guard case .begun(let known) = begin(due, byHand: true) else { continue }
        switch blocking({ await self.run(due, known: known) }) {
        case .noted: pass.done += 1
        case .later: pass.isHeldUp = true
        case .never: break
        }
      }
      last = end
    }
  }
}

extension DeliveryNote.Fate {
  /// In a word, for who counts.
  var outcome: MessageOutcome {
    switch self {
    case .sent: .sent
    case .retry: .retry
    case .skipped: .skipped
    case .givenUp: .givenUp
    }
  }
}
