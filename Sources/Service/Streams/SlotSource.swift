internal import Availability
internal import Foundation
internal import Intervals
internal import Logging
internal import NIOCore
internal import SwiftProtobuf
internal import Synchronization
internal import Wire

/// What a search finds, as a stream: told whenever it is not what was told before.
final class SlotSource: StreamSource {
  private struct State {
    var writer = SlotReplyWriter()
    var buffer = ByteBuffer()
    /// A `SlotsSearchResponse`, encoded; nil before the first.
    var told: Data?
  }

  let pauseMs: Int64 = 200

  private let request: Seduta_V1_SlotsSearchRequest
  private let caller: Caller
  private let translation: Translation
  private let queries: SlotQueries
  private let holds: HoldDeadlines
  private let clock: WallClock
  private let logger: Logger
  private let state = Mutex(State())

  /// - Parameter request: a sound one, for the first page.
  init(
    _ request: Seduta_V1_SlotsSearchRequest, from caller: Caller, translation: Translation,
    queries: SlotQueries, holds: HoldDeadlines, clock: WallClock,
    logger: Logger
  ) {
    self.request = request
    self.caller = caller
    self.translation = translation
    self.queries = queries
    self.holds = holds
    self.clock = clock
    self.logger = logger
  }

  func read(after position: Int64) -> StreamReading {
    let now = clock.now()
    guard now.msSinceEpoch < request.untilMs else { return .over(nil) }
    do {
      let found = try state.withLock { state in
        let found = try search(at: now, in: &state)
        defer { state.told = found }
        return found == state.told ? nil : found
      }
      return .found(try found.map(reply), upTo: position, againInMs: msUntilChange(after: now))
    } catch let unknown as UnknownID {
      return .over(unknown.status)
    } catch let malformed as Malformed {
      return .over(malformed.status)
    } catch {
      let incident = Incident()
      logger.critical(
        "a watch failed", metadata: ["incident": "\(incident.id)", "error": "\(error)"])
      return .over(incident.status)
    }
  }

  /// As Search writes it, byte for byte.
  private func search(at now: Instant, in state: inout State) throws -> Data {
    let asked = try translation.search(
      request, from: Caller(principal: caller.principal, actor: caller.actor, now: now))
    state.buffer.clear()
    try state.writer.answer(
      asked, of: caller.principal.partner, from: queries, callID: 0, into: &state.buffer)
    // What is written is a whole frame: its length comes first.
    state.buffer.moveReaderIndex(forwardBy: 4)
    return try Seduta_Wire_V1_ServerFrame(frame: state.buffer).reply.message
  }

  private func reply(_ found: Data) throws -> Seduta_Wire_V1_Reply {
    var response = Seduta_V1_SlotsWatchResponse()
    response.found = try Seduta_V1_SlotsSearchResponse(serializedBytes: found)
    return try Seduta_Wire_V1_Reply(response)
  }

  /// Starts pass, and come within the horizon, minute by minute; holds lapse.
  private func msUntilChange(after now: Instant) -> Int64 {
    // Not at the minute itself: a start is free until, and at, its own instant.
    let intoMinute = now.msSinceEpoch % 60_000
    let untilMinute = intoMinute == 0 ? 1 : 60_001 - intoMinute
    let lapse = holds.next(after: now, of: caller.principal.partner)
    let untilLapse = lapse.map { $0.msSinceEpoch - now.msSinceEpoch } ?? untilMinute
    return max(1, min(untilMinute, untilLapse, request.untilMs - now.msSinceEpoch))
  }

  func beat(at position: Int64) -> Seduta_Wire_V1_Reply { Seduta_Wire_V1_Reply() }

  func metadata(at position: Int64) -> [String: String] { [:] }
}
