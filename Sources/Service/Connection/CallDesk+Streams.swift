internal import Availability
internal import NIOCore
internal import Wire

/// Calls that are answered by many replies.
extension CallDesk {
  /// - Throws: `GateRefusal` where there are as many streams as there may be.
  mutating func begin(
    _ subscription: Subscription, _ method: Method, _ call: Seduta_Wire_V1_Call,
    from caller: Caller, line: Line
  ) throws(GateRefusal) {
    guard streams.count < hub.limits.streamsPerConnectionMax else {
      throw GateRefusal(.tooManyStreams)
    }
    let partner = caller.principal.partner
    let (source, position, bell): (any StreamSource, Int64, Bell<PartnerID>) =
      switch subscription {
      case .events(let after, let kinds):
        (
          EventSource(
            queries: hub.storeQueries, partner: partner, kinds: kinds, clock: hub.clock,
            logger: hub.logger), after, hub.bells.events
        )
      case .slots(let request):
        (
          SlotSource(
            request, from: caller, translation: hub.translation, queries: hub.slotQueries,
            holds: hub.holdDeadlines, clock: hub.clock, logger: hub.logger), 0, hub.bells.slots
        )
      }
    let counters = hub.counters
    let stream = ReplyStream(
      callID: call.callID, source: source, from: position, bell: bell, readers: hub.streamReaders,
      line: line, quietMs: hub.limits.streamQuietMs
    ) { counters.noteAnswered(method, code: $0) }
    guard stream.begin(for: partner, timeoutMs: call.timeoutMs) else {
      throw GateRefusal(.tooManyStreams)
    }
    streams[call.callID] = stream
  }

  /// What a stream told is on its way.
  func flushed(_ callID: UInt64) {
    streams[callID]?.flushed()
  }

  /// The client gives up a call. Reads are answered all the same; a stream ends.
  func cancelled(_ callID: UInt64) {
    streams[callID]?.end(.streamCancelled)
  }
}
