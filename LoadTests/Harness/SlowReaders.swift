internal import CWire
internal import Foundation
internal import Reports
internal import Synchronization
internal import Workload

/// Connections that ask without end and hardly read, on a thread of their own.
///
/// A server that goes on reading from them keeps ever more replies in memory. One that is well made
/// stops reading: then what they send is stuck, and that is what is looked for here.
final class SlowReaders: Sendable {
  /// What was seen of them.
  struct Reading: Sendable {
    var report = RunReport.SlowReading()
    var violations: [Violation] = []
  }

  private struct Reader {
    let lane: Lane
    var calls = CallTable()
    /// Since when nothing that waits could be sent; nil while something is.
    var stuckSinceNs: UInt64?
    var wasStuck = false
    var isCut = false
  }

  private static let everyNs: UInt64 = 20_000_000
  private static let stuckNs: UInt64 = 1_000_000_000
  /// Small, so that it is the server that holds the replies, and not the kernel.
  private static let bufferBytes: Int32 = 32 * 1024
  /// More than the kernel and a server that is well made keep of questions and answers together.
  private static let inFlightMax = 60_000
  private static let asksAtOnce = 256
  private static let settleNs: UInt64 = 60_000_000_000

  private let session: Session
  private let connections: Int
  private let bytesPerSecond: Int
  private let isOver = Atomic(false)
  private let settled = Atomic(0)
  private let reading = Mutex<Reading?>(nil)

  init(session: Session, connections: Int, bytesPerSecond: Int) {
    self.session = session
    self.connections = connections
    self.bytesPerSecond = bytesPerSecond
  }

  func begin() {
    Thread.detachNewThread {
      var reading = Reading()
      do throws(CannotConnect) {
        try self.read(&reading)
      } catch {
        reading.violations.append(.malformed("a slow reader \(error)"))
      }
      self.reading.withLock { $0 = reading }
    }
  }

  /// Waits until the server has stopped reading from all of them. Before, they are clients like any
  /// others, who ask a great deal; what is measured is what they cost afterwards.
  func waitUntilPushedBack() {
    let deadlineNs = Clock.nowNs() + Self.settleNs
    while settled.load(ordering: .relaxed) < connections, reading.withLock({ $0 == nil }),
      Clock.nowNs() < deadlineNs, !Interrupt.wasAsked
    {
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Closes them, and says what was seen.
  func end() -> Reading {
    isOver.store(true, ordering: .relaxed)
    while true {
      if let reading = reading.withLock({ $0 }) { return reading }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  private func read(_ reading: inout Reading) throws(CannotConnect) {
    let population = session.population
    let names = PopulationNames(population)
    let generator = Generator(
      seed: 0, mix: .search, therapists: population.offerings.count, clients: 0,
      nowMs: Clock.wallMs())
    var judge = Judge(population: population, names: names, generator: generator)
    var asker = Asker(
      population: population,
      templates: Templates(
        names: names, generator: generator, mix: .search, serviceKind: population.commonKind),
      keyPrefix: "")
    var readers = try Lane.open(
      connections, to: session.address, key: session.key, bufferBytes: Self.bufferBytes
    ).map { Reader(lane: $0) }
    var nextNs = Clock.nowNs()
    let bytesMax = max(1, bytesPerSecond * Int(Self.everyNs) / 1_000_000_000)
    while !isOver.load(ordering: .relaxed) {
      for place in readers.indices where !readers[place].isCut {
        Self.ask(&readers[place], &judge, &asker)
        Self.read(&readers[place], bytesMax: bytesMax, &judge, &reading.report)
      }
      settled.store(readers.count { $0.wasStuck || $0.isCut }, ordering: .relaxed)
      nextNs += Self.everyNs
      let nowNs = Clock.nowNs()
      if nextNs > nowNs { Thread.sleep(forTimeInterval: Double(nextNs - nowNs) / 1e9) }
    }
    reading.report.connections = connections
    reading.report.pushedBack = readers.count { $0.wasStuck }
    reading.report.cut = readers.count { $0.isCut }
    reading.violations += judge.auditor.violations
  }

  private static func ask(_ reader: inout Reader, _ judge: inout Judge, _ asker: inout Asker) {
    let nowNs = Clock.nowNs()
    let waiting = reader.lane.output.end - reader.lane.output.begin
    var room = waiting > 0 ? 0 : min(asksAtOnce, inFlightMax - reader.calls.count)
    while room > 0 {
      let (wish, sent) = judge.next()
      let callID = reader.calls.insert(InFlight(wish: wish, intendedNs: nowNs, sent: sent))
      asker.ask(wish, callID: callID, to: &reader.lane.output)
      room -= 1
    }
    do throws(Lost) {
      let begin = reader.lane.output.begin
      try reader.lane.flush()
      let isStuck = reader.lane.isBackedUp && waiting > 0 && reader.lane.output.begin == begin
      reader.stuckSinceNs = isStuck ? reader.stuckSinceNs ?? nowNs : nil
    } catch {
      reader.isCut = true
    }
    if let since = reader.stuckSinceNs, nowNs - since >= stuckNs { reader.wasStuck = true }
  }

  private static func read(
    _ reader: inout Reader, bytesMax: Int, _ judge: inout Judge,
    _ report: inout RunReport.SlowReading
  ) {
    let lane = reader.lane
    do throws(Lost) {
      try lane.receive(bytesMax: bytesMax) { frame in
        guard let call = reader.calls.remove(frame.call_id) else {
          return judge.malformed("a reply to call \(frame.call_id), which is not in flight")
        }
        _ = judge.judge(frame, of: call, arena: lane.arena)
        report.repliesRead += 1
        report.bytesRead += frame.size
      }
    } catch {
      reader.isCut = true
    }
  }
}
