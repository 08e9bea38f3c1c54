internal import CWire
internal import Glibc
internal import Workload

/// One thread's share of a load: some of the connections, some of the therapists and clients.
///
/// Everything is in one loop over plain sockets: the client shares the machine with the server it
/// measures, so what it does not do is part of the measurement.
struct Worker {
  private static let publishEveryNs: UInt64 = 100_000_000
  /// How long replies are waited for after the last request.
  private static let drainNs: UInt64 = 10_000_000_000
  private static let eventsMax = 256

  private let plan: LoadPlan
  private let board: Board
  private let number: Int
  private let poller: Int32
  private var lines: [Line]
  private var events = [cwire_event](repeating: cwire_event(), count: eventsMax)
  /// Places whose line has something to send, or room for a call.
  private var touched: [Int]
  private var asker: Asker
  private var judge: Judge
  private var tally = Tally()
  private var recent = Board.Recent()
  private var inFlight = 0
  private var nextPlace = 0
  private var linesLost: [String] = []
  private var linesOpened = 0
  private var answered = 0

  /// Connects.
  ///
  /// - Parameters:
  ///   - number: Which of the plan's threads this is, from 0.
  ///   - population: This worker's share.
  ///   - serviceKind: What searches across therapists ask for.
  init(
    _ plan: LoadPlan, number: Int, population: Population, serviceKind: String, board: Board
  ) throws(CannotConnect) {
    self.plan = plan
    self.board = board
    self.number = number
    let generator = Generator(
      seed: plan.seed(ofThread: number), mix: plan.mix, therapists: population.offerings.count,
      clients: population.clientIDs.count, nowMs: Clock.wallMs(), limits: plan.limits)
    let names = PopulationNames(population)
    judge = Judge(
      population: population, names: names, generator: generator, replay: plan.replay)
    asker = Asker(
      population: population,
      templates: Templates(
        names: names, generator: generator, mix: plan.mix, serviceKind: serviceKind),
      keyPrefix: "load-\(plan.loadID)-\(number)")

    let lanes = try Lane.open(
      plan.connections(ofThread: number), to: plan.address, key: plan.key)
    lines = lanes.map { Line($0, openedNs: nil, callsMax: plan.callsPerConnection) }
    touched = Array(lines.indices)
    poller = cwire_poller_make()
    guard poller >= 0 else {
      throw CannotConnect(to: plan.address.endpoint, because: SystemFailure(errno).description)
    }
    for place in lines.indices { watch(place) }
  }

  /// Sends and receives until the window ends and the last replies are there.
  mutating func run(startNs: UInt64) -> WorkerResult {
    cwire_wake_on_time()
    defer { close(poller) }
    let processorNs = Clock.threadProcessorNs()
    let window = Window(
      startNs: startNs + plan.warmUpNs, endNs: startNs + plan.warmUpNs + plan.durationNs)
    var pacer = plan.pacer(startNs: startNs)
    var publishNs = startNs
    var sendUntilNs = window.endNs
    while true {
      let nowNs = Clock.nowNs()
      if nowNs >= publishNs {
        board.publish(recent)
        recent = Board.Recent()
        publishNs = nowNs + Self.publishEveryNs
        if Interrupt.wasAsked { sendUntilNs = min(sendUntilNs, nowNs) }
      }
      let isSending = nowNs < sendUntilNs && linesLost.count < lines.count
      if isSending {
        send(&pacer, nowNs: nowNs)
      } else if inFlight == 0 || nowNs >= sendUntilNs + Self.drainNs {
        break
      }
      flush(in: window)
      let wakeNs = isSending ? min(sendUntilNs, pacer?.nextNs ?? sendUntilNs) : publishNs
      receive(untilNs: min(wakeNs, publishNs), in: window)
    }
    giveUp(in: window)
    let measured = Window(startNs: window.startNs, endNs: min(window.endNs, sendUntilNs))
    return WorkerResult(
      tally: tally, window: measured, unsent: pacer?.unsent(beforeNs: measured.endNs) ?? 0,
      linesOpened: linesOpened, connectionsLost: linesLost, answered: answered,
      processorNs: Clock.threadProcessorNs() - processorNs,
      violations: judge.auditor.violations, violationCount: judge.auditor.violationCount,
      held: judge.auditor.held, cancelled: judge.cancelled)
  }

  private mutating func send(_ pacer: inout Pacer?, nowNs: UInt64) {
    switch plan.loop {
    case .closed(let pipeline):
      for place in touched {
        while lines[place].calls.count < pipeline, lines[place].mayAsk {
          ask(on: place, intendedNs: nowNs)
        }
      }
    case .open:
      while let place = roomiestPlace(), let dueNs = pacer?.takeDue(nowNs: nowNs) {
        ask(on: place, intendedNs: dueNs)
        touched.append(place)
      }
    }
  }

  /// The next connection in turn that can take one more call.
  private mutating func roomiestPlace() -> Int? {
    for step in 0..<lines.count {
      let place = (nextPlace + step) % lines.count
      if lines[place].mayAsk, lines[place].hasRoom {
        nextPlace = place + 1
        return place
      }
    }
    return nil
  }

  private mutating func ask(on place: Int, intendedNs: UInt64) {
    let (wish, sent) = judge.next()
    let callID = lines[place].calls.insert(
      InFlight(wish: wish, intendedNs: intendedNs, sent: sent))
    lines[place].callsLeft -= 1
    inFlight += 1
    asker.ask(wish, callID: callID, to: &lines[place].lane.output)
  }

  private mutating func flush(in window: Window) {
    for place in touched where !lines[place].isLost && lines[place].isWelcomed {
      do throws(Lost) {
        try lines[place].lane.flush()
        waitToWrite(lines[place].lane.isBackedUp, place)
      } catch {
        lose(place, because: error, in: window)
      }
    }
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func receive(untilNs: UInt64, in window: Window) {
    let beforeNs = Clock.nowNs()
    let count = cwire_poller_wait(
      poller, &events, events.count, Int64(untilNs - min(beforeNs, untilNs)))
    for index in 0..<max(0, Int(count)) {
      let place = Int(events[index].token)
      guard !lines[place].isLost else { continue }
      touched.append(place)
      guard events[index].is_readable || !lines[place].isWelcomed else { continue }
      // One reading of the clock for what one read brought: the replies arrived together.
      let nowNs = Clock.nowNs()
      do throws(Lost) {
        if !lines[place].isWelcomed { try lines[place].lane.flush() }
        if events[index].is_readable { try read(place, nowNs: nowNs, in: window) }
      } catch {
        lose(place, because: error, in: window)
      }
    }
  }

  private mutating func read(_ place: Int, nowNs: UInt64, in window: Window) throws(Lost) {
    let lane = lines[place].lane
    try lane.receive { (frame) throws(Lost) in
      took(frame, on: place, arena: lane.arena, nowNs: nowNs, in: window)
    }
    if !lines[place].isWelcomed {
      if let goaway = lane.goaway { throw Lost(goaway) }
      if lane.isWelcomed { welcomed(place, nowNs: nowNs, in: window) }
    }
    if lines[place].isSpent { reopen(place, nowNs: nowNs, in: window) }
  }

  private mutating func took(
    _ frame: cwire_frame, on place: Int, arena: OpaquePointer, nowNs: UInt64, in window: Window
  ) {
    guard let call = lines[place].calls.remove(frame.call_id) else {
      return judge.malformed("a reply to call \(frame.call_id), which is not in flight")
    }
    inFlight -= 1
    answered += 1
    let outcome = judge.judge(frame, of: call, arena: arena)
    tally.answered(call.wish.kind, outcome, intendedNs: call.intendedNs, atNs: nowNs, in: window)
    recent.answered(outcome, latencyNs: nowNs - min(nowNs, call.intendedNs))
  }
}

// MARK: Lines that come and go

extension Worker {
  private func watch(_ place: Int) {
    let line = lines[place]
    _ = cwire_poller_add(poller, line.lane.descriptor, UInt32(place), line.waitsToWrite)
  }

  private mutating func waitToWrite(_ waits: Bool, _ place: Int) {
    guard waits != lines[place].waitsToWrite else { return }
    lines[place].waitsToWrite = waits
    _ = cwire_poller_change(poller, lines[place].lane.descriptor, UInt32(place), waits)
  }

  private mutating func welcomed(_ place: Int, nowNs: UInt64, in window: Window) {
    lines[place].isWelcomed = true
    guard let openedNs = lines[place].openedNs else { return }
    tally.answered(.connect, .ok, intendedNs: openedNs, atNs: nowNs, in: window)
  }

  /// Closes a connection that has made its calls, and opens the next in its place.
  private mutating func reopen(_ place: Int, nowNs: UInt64, in window: Window) {
    do throws(CannotConnect) {
      let lane = try Lane(to: plan.address, key: plan.key)
      lines[place] = Line(lane, openedNs: nowNs, callsMax: plan.callsPerConnection)
      linesOpened += 1
      watch(place)
    } catch {
      lose(place, because: Lost(error.description), in: window)
    }
  }

  private mutating func lose(_ place: Int, because lost: Lost, in window: Window) {
    lines[place].isLost = true
    cwire_poller_remove(poller, lines[place].lane.descriptor)
    linesLost.append(lost.description)
    let calls = lines[place].calls.removeAll()
    inFlight -= calls.count
    for call in calls { tally.gaveUp(call, .connectionLost, in: window) }
  }

  private mutating func giveUp(in window: Window) {
    for place in lines.indices {
      for call in lines[place].calls.removeAll() { tally.gaveUp(call, .unanswered, in: window) }
    }
  }
}

/// What one worker found.
struct WorkerResult: Sendable {
  let tally: Tally
  /// The window as it was: shorter than planned when the run was interrupted.
  let window: Window
  /// Open loop: requests that should have been sent and never were.
  let unsent: Int
  /// Connections that were opened during the load.
  let linesOpened: Int
  /// Why, for each connection that was lost.
  let connectionsLost: [String]
  /// Replies, in the window or not, and the processor time that the thread used for them.
  let answered: Int
  let processorNs: UInt64
  let violations: [Violation]
  let violationCount: Int
  /// Bookings that stand.
  let held: [Booking]
  /// Those that were cancelled; the latest, where they are very many.
  let cancelled: [Booking]
}

extension LoadPlan {
  /// This worker's part of the schedule; nil in a closed loop.
  fileprivate func pacer(startNs: UInt64) -> Pacer? {
    switch loop {
    case .closed: nil
    case .open(let requestsPerSecond):
      Pacer(requestsPerSecond: requestsPerSecond / Double(threads), startNs: startNs)
    }
  }
}
