internal import Availability
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Wire

/// A call that is answered by many replies. No thread waits for it: it reads on the streams' own when the
/// sequencer has rung, and then not before its last reply is on its way.
final class ReplyStream: Sendable {
  private enum Timer {
    case pause, quiet, again, deadline
  }

  private struct State {
    var stream: StreamState
    var position: Int64
    var place: Bell<PartnerID>.Place?
    var timers: [Timer: Scheduled<Void>] = [:]
  }

  private let callID: UInt64
  private let source: any StreamSource
  private let bell: Bell<PartnerID>
  private let readers: NIOThreadPool
  private let line: Line
  private let quietMs: Int64
  private let noteEnded: @Sendable (_ code: Int) -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - position: what was told before.
  ///   - line: what is told goes by it.
  ///   - quietMs: after so long without a reply the client is told that the stream lives.
  ///   - noteEnded: called once, unless it is given up.
  init(
    callID: UInt64, source: any StreamSource, from position: Int64, bell: Bell<PartnerID>,
    readers: NIOThreadPool, line: Line, quietMs: Int64,
    noteEnded: @escaping @Sendable (_ code: Int) -> Void
  ) {
    self.callID = callID
    self.source = source
    self.bell = bell
    self.readers = readers
    self.line = line
    self.quietMs = quietMs
    self.noteEnded = noteEnded
    state = Mutex(State(stream: StreamState(pauseMs: source.pauseMs), position: position))
  }

  /// - Parameter timeoutMs: after which it ends; 0 is never.
  /// - Returns: false where there are as many streams as there may be; then nothing is told.
  func begin(for partner: PartnerID, timeoutMs: UInt32) -> Bool {
    let isHeard = state.withLock { state in
      // Before the first read: what is written after it is heard.
      state.place = bell.listen(for: partner) { [self] in note { $0.stream.rang(atMs: $1) } }
      return state.place != nil
    }
    guard isHeard else { return false }
    if timeoutMs > 0 { after(Int64(timeoutMs), .deadline) { $0.end(.streamTimeOver) } }
    // A rare kind may be looked for long before there is anything to tell.
    awaitQuiet()
    note { $0.stream.began(atMs: $1) }
    return true
  }

  /// The last reply is on its way.
  func flushed() {
    awaitQuiet()
    note { $0.stream.flushed(atMs: $1) }
  }

  private func awaitQuiet() {
    after(quietMs, .quiet) { $0.stayedQuiet() }
  }

  /// Tells that it is over, unless that was told.
  /// - Parameter status: nil where nothing is wrong.
  func end(_ status: Seduta_Wire_V1_Status?) {
    let isTold = state.withLock { state in
      guard state.stream.ended() else { return false }
      var reply = Seduta_Wire_V1_Reply()
      reply.callID = callID
      if var status {
        status.errorInfo.metadata.merge(source.metadata(at: state.position)) { $1 }
        reply.status = status
      }
      line.deliver(reply)
      return true
    }
    guard isTold else { return }
    noteEnded(status?.code.rawValue ?? 0)
    leave()
  }

  /// Nobody is there to be told.
  func giveUp() {
    state.withLock { _ = $0.stream.ended() }
    leave()
  }

  private func note(_ event: (inout State, _ nowMs: Int64) -> StreamState.Action) {
    let nowMs = Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000)
    switch state.withLock({ event(&$0, nowMs) }) {
    // What there is to tell was told by the event itself, under the lock: nothing may come after what ends the stream.
    case .none, .tell: break
    case .read: submitRead()
    case .pause(let ms): after(ms, .pause) { $0.note { $0.stream.pauseEnded(atMs: $1) } }
    }
  }

  private func submitRead() {
    readers.submit { [self] _ in
      switch source.read(after: state.withLock(\.position)) {
      case .over(let status): end(status)
      case .found(let reply, let position, let hasMore, let againInMs):
        if let againInMs {
          after(againInMs, .again) { $0.note { $0.stream.rang(atMs: $1) } }
        }
        note { state, nowMs in
          guard !state.stream.isOver else { return .none }
          state.position = position
          let action = state.stream.readEnded(
            hasFound: reply != nil, hasMore: hasMore, atMs: nowMs)
          if action == .tell { tell(reply ?? source.beat(at: position)) }
          return action
        }
      }
    }
  }

  private func stayedQuiet() {
    note { state, _ in
      let action = state.stream.stayedQuiet()
      if action == .tell { tell(source.beat(at: state.position)) }
      return action
    }
  }

  private func tell(_ reply: Seduta_Wire_V1_Reply) {
    var reply = reply
    reply.callID = callID
    reply.more = true
    line.deliver(reply)
  }

  /// Sets a timer of the kind, in place of the one before.
  private func after(
    _ ms: Int64, _ timer: Timer, _ body: @escaping @Sendable (ReplyStream) -> Void
  ) {
    state.withLock { state in
      guard !state.stream.isOver else { return }
      state.timers[timer]?.cancel()
      state.timers[timer] = line.loop.scheduleTask(in: .milliseconds(ms)) { [self] in body(self) }
    }
  }

  private func leave() {
    let (place, timers) = state.withLock { state in
      defer { (state.place, state.timers) = (nil, [:]) }
      return (state.place, state.timers)
    }
    if let place { bell.leave(place) }
    for timer in timers.values { timer.cancel() }
  }
}
