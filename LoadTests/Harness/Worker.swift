internal import CWire
internal import Glibc
internal import Workload

/// One thread's share of a run: some of the connections, some of the therapists and clients.
///
/// Everything is in one loop over plain sockets: the client shares the machine with the server it
/// measures, so what it does not do is part of the measurement.
struct Worker {
  private static let publishEveryNs: UInt64 = 200_000_000
  /// How long replies are waited for after the last request.
  private static let drainNs: UInt64 = 10_000_000_000
  /// In an open loop, where the server names no limit.
  private static let inFlightMax = 1_024

  /// A connection with its calls.
  private struct Line {
    let lane: Lane
    var calls = CallTable()
    var isLost = false
  }

  private let plan: RunPlan
  private let board: Board
  private let number: Int
  private var lines: [Line]
  private var polled: [pollfd]
  private var asker: Asker
  private var judge: Judge
  private var tally = Tally()
  private var recent = Board.Recent()
  private var nextLine = 0
  private var linesLost: [String] = []

  /// Connects.
  ///
  /// - Parameters:
  ///   - number: Which of the plan's threads this is, from 0.
  ///   - population: This worker's share.
  ///   - serviceKind: What searches across therapists ask for.
  init(
    _ plan: RunPlan, number: Int, population: Population, serviceKind: String, board: Board
  ) throws(CannotConnect) {
    self.plan = plan
    self.board = board
    self.number = number
    lines = []
    for _ in 0..<plan.connections(ofThread: number) {
      lines.append(Line(lane: try Lane(to: plan.endpoint, key: plan.key)))
    }
    polled = lines.map { pollfd(fd: $0.lane.descriptor, events: 0, revents: 0) }
    // Workers draw from different streams: the seeds are far apart in the generator's sequence.
    var seeds = SplitMix64(seed: plan.seed)
    for _ in 0..<number { _ = seeds.next() }
    let generator = Generator(
      seed: seeds.next(), mix: plan.mix, therapists: population.offerings.count,
      clients: population.clientIDs.count, nowMs: Clock.wallMs())
    judge = Judge(population: population, generator: generator)
    asker = Asker(
      population: population, candidateSets: generator.candidateSets, serviceKind: serviceKind,
      keyPrefix: "load-\(plan.runID)-\(number)")
  }

  /// Sends and receives until the window ends and the last replies are there.
  mutating func run(startNs: UInt64) -> WorkerResult {
    cwire_wake_on_time()
    let window = Window(
      startNs: startNs + plan.warmUpNs, endNs: startNs + plan.warmUpNs + plan.durationNs)
    var pacer = plan.pacer(startNs: startNs)
    var publishNs = startNs
    var sendUntilNs = window.endNs
    while true {
      let nowNs = Clock.nowNs()
      if nowNs >= publishNs {
        board.publish(recent, from: number)
        recent = Board.Recent()
        publishNs = nowNs + Self.publishEveryNs
        if Interrupt.wasAsked { sendUntilNs = min(sendUntilNs, nowNs) }
      }
      let isSending = nowNs < sendUntilNs && lines.contains { !$0.isLost }
      if isSending {
        send(&pacer, nowNs: nowNs)
      } else if nowNs >= sendUntilNs + Self.drainNs || lines.allSatisfy({ $0.calls.count == 0 }) {
        break
      }
      flush(in: window)
      let wakeNs = isSending ? min(sendUntilNs, pacer?.nextNs ?? sendUntilNs) : publishNs
      wait(untilNs: min(wakeNs, publishNs))
      receive(in: window)
    }
    giveUp(in: window)
    let measured = Window(startNs: window.startNs, endNs: min(window.endNs, sendUntilNs))
    return WorkerResult(
      tally: tally, window: measured,
      unsent: pacer?.unsent(beforeNs: measured.endNs) ?? 0, connectionsLost: linesLost,
      violations: judge.auditor.violations, violationCount: judge.auditor.violationCount,
      held: judge.auditor.held, cancelled: judge.cancelledSample)
  }

  private mutating func send(_ pacer: inout Pacer?, nowNs: UInt64) {
    switch plan.loop {
    case .closed(let pipeline):
      for place in lines.indices where mayAsk(place) {
        while lines[place].calls.count < pipeline { ask(on: place, intendedNs: nowNs) }
      }
    case .open:
      while let place = roomiestPlace(), let dueNs = pacer?.takeDue(nowNs: nowNs) {
        ask(on: place, intendedNs: dueNs)
      }
    }
  }

  private func mayAsk(_ place: Int) -> Bool {
    !lines[place].isLost && lines[place].lane.goaway == nil
  }

  /// The next connection in turn that can take one more call.
  private mutating func roomiestPlace() -> Int? {
    for step in 0..<lines.count {
      let place = (nextLine + step) % lines.count
      let allowed = lines[place].lane.callsInFlightMax
      let limit = allowed > 0 ? min(allowed, CallTable.capacity) : Self.inFlightMax
      if mayAsk(place), lines[place].calls.count < limit {
        nextLine = place + 1
        return place
      }
    }
    return nil
  }

  private mutating func ask(on place: Int, intendedNs: UInt64) {
    let wish = judge.generator.next()
    let sent = judge.sending(wish)
    let callID = lines[place].calls.insert(
      InFlight(wish: wish, intendedNs: intendedNs, sent: sent))
    asker.ask(wish, callID: callID, to: &lines[place].lane.output)
  }

  private mutating func flush(in window: Window) {
    for place in lines.indices where !lines[place].isLost {
      do throws(Lost) {
        try lines[place].lane.flush()
      } catch {
        lose(place, because: error, in: window)
      }
    }
  }

  private mutating func wait(untilNs: UInt64) {
    for place in lines.indices {
      polled[place].events = Int16(POLLIN) | (lines[place].lane.isBackedUp ? Int16(POLLOUT) : 0)
      polled[place].revents = 0
    }
    let nowNs = Clock.nowNs()
    _ = cwire_wait(&polled, polled.count, Int64(untilNs - min(nowNs, untilNs)))
  }

  private mutating func receive(in window: Window) {
    for place in lines.indices where polled[place].revents & ~Int16(POLLOUT) != 0 {
      // One reading of the clock for what one read brought: the replies arrived together.
      let nowNs = Clock.nowNs()
      let lane = lines[place].lane
      do throws(Lost) {
        try lane.receive { frame in
          took(frame, on: place, arena: lane.arena, nowNs: nowNs, in: window)
        }
      } catch {
        lose(place, because: error, in: window)
      }
    }
  }

  private mutating func took(
    _ frame: cwire_frame, on place: Int, arena: OpaquePointer, nowNs: UInt64, in window: Window
  ) {
    guard let call = lines[place].calls.remove(frame.call_id) else {
      return judge.malformed("a reply to call \(frame.call_id), which is not in flight")
    }
    let outcome = judge.judge(frame, of: call, arena: arena)
    tally.answered(call, outcome, atNs: nowNs, in: window)
    recent.answered(outcome, latencyNs: nowNs - min(nowNs, call.intendedNs))
  }

  private mutating func lose(_ place: Int, because lost: Lost, in window: Window) {
    lines[place].isLost = true
    // poll() passes over it from now on.
    polled[place].fd = -1
    linesLost.append(lost.description)
    for call in lines[place].calls.removeAll() {
      tally.gaveUp(call, .connectionLost, in: window)
    }
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
  /// Why, for each connection that was lost.
  let connectionsLost: [String]
  let violations: [Violation]
  let violationCount: Int
  /// Bookings that stand.
  let held: [Booking]
  /// Some of those that were cancelled.
  let cancelled: [Booking]
}

extension RunPlan {
  /// This worker's part of the schedule; nil in a closed loop.
  fileprivate func pacer(startNs: UInt64) -> Pacer? {
    switch loop {
    case .closed: nil
    case .open(let requestsPerSecond):
      Pacer(requestsPerSecond: requestsPerSecond / Double(threads), startNs: startNs)
    }
  }
}
