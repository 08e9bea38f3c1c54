internal import Booking
internal import Dispatch
internal import Gateways
internal import Intervals
internal import Logging
internal import NIOPosix
internal import Storage
internal import Synchronization
internal import Wire

/// Asks a gateway what it is to be asked (P-8), once that is on disk, and puts its answers into the sequencer's queue.
///
/// Nothing is kept in memory but what may have been asked: an errand is a row, so that a start goes on where the end
/// was. What takes or gives money and may have been asked before is looked up, never asked again.
final class Courier: Sendable {
  static let pageSize = 64
  /// Errands under way at once; of one thing, there is one.
  private static let underWayMax = 32
  /// How late it may learn of what nobody rang for.
  private static let pollMs: Int64 = 250
  private static let pollAfterErrorMs: Int64 = 1_000
  private static let sendingsMax = 40

  let gateway: any PaymentGateway
  let store: Store
  private let readers: NIOThreadPool
  private let mail: Mail
  private let newsDesk: NewsDesk
  private let clock: WallClock
  private let limits: ServerLimits
  private let counters: Counters
  private let logger: Logger
  private let book: Mutex<CourierBook>
  private let strangers = Mutex<Set<String>>([])
  /// All that is under way.
  private let work = DispatchGroup()
  private let rounds = DispatchGroup()
  private let bell: CourierBell

  /// To be made before the sequencer runs: whatever is recorded by then may have been asked.
  init(
    gateway: any PaymentGateway, store: Store, readers: NIOThreadPool, mail: Mail,
    newsDesk: NewsDesk, bell: CourierBell, clock: WallClock, limits: ServerLimits,
    counters: Counters, logger: Logger
  ) throws {
    self.gateway = gateway
    self.store = store
    self.readers = readers
    self.mail = mail
    self.newsDesk = newsDesk
    self.bell = bell
    self.clock = clock
    self.limits = limits
    self.counters = counters
    self.logger = logger
    book = Mutex(
      CourierBook(
        underWayMax: Courier.underWayMax,
        recordedBefore: try Courier.recorded(in: store, for: gateway.name)))
  }

  private static func recorded(
    in store: Store, for gateway: String
  ) throws -> Set<CourierBook.Key> {
    try store.read { snapshot in
      var keys: Set<CourierBook.Key> = []
      var last: DueErrand?
      while true {
        let page = try snapshot.dueErrands(
          until: Instant(msSinceEpoch: .max), after: last, limit: pageSize)
        guard let end = page.last else { return keys }
        for due in page where due.gateway == gateway && due.errand.kind.movesMoney {
          keys.insert(CourierBook.Key(due.subject, due.errand))
        }
        last = end
      }
    }
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

  /// Asks nothing any more, and waits a while for what is under way. Blocks; to be called before the sequencer stops.
  func stop() {
    book.withLock { $0.stop() }
    bell.ring()
    let deadline = DispatchTime.now() + .milliseconds(Int(limits.gatewayStopMs))
    if work.wait(timeout: deadline) == .timedOut {
      logger.notice("a gateway did not answer before the end: the next start looks it up")
    }
    _ = rounds.wait(timeout: deadline + .seconds(1))
  }

  /// - Returns: after how long to look again, in milliseconds.
  private func round() async -> Int64 {
    do {
      if enter({ $0.isOpen }) {
        _ = await tellNews()
        work.leave()
      }
      let now = clock.now()
      var last: DueErrand?
      while let page = try await page(dueBy: now, after: last) {
        for due in page {
          switch begin(due) {
          case .begun(let mayHaveBeenAsked):
            Task { await run(due, mayHaveBeenAsked: mayHaveBeenAsked) }
          case .left: break
          case .full: return Courier.pollMs
          }
        }
        last = page.last
      }
      guard let next = try await read({ try self.nextDue(after: now, in: $0) }) else {
        return Courier.pollMs
      }
      return min(max(next.msSinceEpoch - clock.now().msSinceEpoch, 0), Courier.pollMs)
    } catch {
      logger.error(
        "what gateways are to be asked could not be read", metadata: ["error": "\(error)"])
      return Courier.pollAfterErrorMs
    }
  }

  /// Nil where there is no more.
  private func page(dueBy instant: Instant, after last: DueErrand?) async throws -> [DueErrand]? {
    let page = try await read {
      try $0.dueErrands(until: instant, after: last, limit: Courier.pageSize)
    }
    return page.isEmpty ? nil : page
  }

  func nextDue(after instant: Instant, in snapshot: StoreSnapshot) throws -> Instant? {
    let errand = try snapshot.nextErrandDue(after: instant)
    let news = (gateway as? any TellingGateway)?.nextNewsDue().flatMap { $0 > instant ? $0 : nil }
    return [errand, news].compactMap(\.self).min()
  }

  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (StoreSnapshot) throws -> Value
  ) async throws -> Value {
    let store = store
    return try await readers.runIfActive { try store.read(body) }
  }

  /// Counts as under way what may begin.
  private func enter(_ mayBegin: (inout CourierBook) -> Bool) -> Bool {
    book.withLock { book in
      let begins = mayBegin(&book)
      // Within the lock: who holds or stops then waits for it.
      if begins { work.enter() }
      return begins
    }
  }

  private func begin(_ due: DueErrand, byHand: Bool = false) -> CourierBook.Beginning {
    guard due.gateway == gateway.name else {
      noteStranger(due.gateway)
      return .left
    }
    var beginning = CourierBook.Beginning.left
    _ = enter { book in
      beginning = book.begin(due.subject, due.errand, byHand: byHand)
      if case .begun = beginning { return true }
      return false
    }
    return beginning
  }

  private func noteStranger(_ name: String) {
    guard strangers.withLock({ $0.insert(name).inserted }) else { return }
    logger.error(
      "a gateway that this server does not have is to be asked: left until it has",
      metadata: ["gateway": "\(name)"])
  }
}

// MARK: - One errand

extension Courier {
  @discardableResult
  private func run(_ due: DueErrand, mayHaveBeenAsked: Bool) async -> CourierBook.Ending {
    let ending = await ending(of: due, mayHaveBeenAsked: mayHaveBeenAsked)
    book.withLock { $0.end(due.subject, due.errand, ending) }
    work.leave()
    // What follows from the answer is rung for where it is committed.
    if ending == .done { bell.ring() }
    return ending
  }

  private func ending(
    of due: DueErrand, mayHaveBeenAsked: Bool
  ) async -> CourierBook.Ending {
    let question: Question?
    do {
      question = try await read { try $0.question(of: due, mayHaveBeenAsked: mayHaveBeenAsked) }
    } catch {
      logger.error("an errand could not be read", metadata: ["error": "\(error)"])
      return .later
    }
    guard let question else { return .done }
    let answer = await gateway.answer(question, withinMs: limits.gatewayAnswerMs)
    counters.noteAsked(gateway.name, question.kind, answer.outcome)
    let command = Command(
      partner: due.partner, actor: .gateway(gateway.name),
      wish: .errandAnswered(
        ErrandAnswered(kind: question.kind, number: due.errand.number, answer: answer)))
    return await send(command, about: due)
  }

  /// Keeps the answer until it is taken: what was said once need not be asked again.
  private func send(_ command: Command, about due: DueErrand) async -> CourierBook.Ending {
    for _ in 1...Courier.sendingsMax {
      switch await mail.send(command) {
      case .committed: return .done
      case .later:
        guard !book.withLock({ $0.isStopping }) else { return .later }
        try? await Task.sleep(for: .milliseconds(Courier.pollMs))
      case .never(let status):
        logger.critical(
          "a gateway's answer cannot be taken",
          metadata: [
            "about": "\(due.subject)", "kind": "\(due.errand.kind.rawValue)",
            "status": "\(status.message)",
          ])
        return .never
      }
    }
    return .later
  }

  /// - Returns: how many were taken, and whether others have to wait.
  private func tellNews() async -> (told: Int, isAllTold: Bool) {
    guard let teller = gateway as? any TellingGateway else { return (0, true) }
    var told = 0
    for event in teller.news() {
      switch await newsDesk.take(event) {
      case .taken, .unknown, .never: teller.delivered([event.id])
      case .later: return (told, false)
      }
      told += 1
    }
    return (told, true)
  }
}

// MARK: - For who moves a sandbox's clock

extension Courier {
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

  /// What the gateway has to tell, and then what it is to be asked by now, one after another, in order. Blocks; not to
  /// be called on a thread of Swift's pool, and between `hold` and `release` only.
  /// - Parameter mayGoOn: asked between errands.
  func run(dueBy instant: Instant, while mayGoOn: () -> Bool) throws -> Pass {
    var pass = Pass()
    let news = blocking { await self.tellNews() }
    pass.done += news.told
    pass.isHeldUp = !news.isAllTold
    var last: DueErrand?
    while mayGoOn(), !pass.isHeldUp {
      let page = try store.read {
        try $0.dueErrands(until: instant, after: last, limit: Courier.pageSize)
      }
      guard let end = page.last else { break }
      for due in page where mayGoOn() && !pass.isHeldUp {
        guard case .begun(let mayHaveBeenAsked) = begin(due, byHand: true) else { continue }
        switch blocking({ await self.run(due, mayHaveBeenAsked: mayHaveBeenAsked) }) {
        case .done: pass.done += 1
        case .later: pass.isHeldUp = true
        case .never: break
        }
      }
      last = end
    }
    return pass
  }
}

extension ErrandAnswered.Answer {
  /// In a word, for who counts.
  var outcome: AskedOutcome {
    switch self {
    case .intent(_, let answer): answer.outcome
    case .refund(_, let answer): answer.outcome
    case .method(_, let answer): answer.outcome
    }
  }
}

extension GatewayAnswer {
  fileprivate var outcome: AskedOutcome {
    switch self {
    case .report: .report
    case .refused: .refused
    case .notFound: .notFound
    case .unknown: .unknown
    }
  }
}
