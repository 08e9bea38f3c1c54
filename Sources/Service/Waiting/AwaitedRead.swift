internal import Booking
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Wire

/// A read that waits for a gateway's answer, without keeping a thread.
final class AwaitedRead: Sendable {
  private struct State {
    var wait = ErrandWait()
    var place: ErrandBell.Place?
    var timer: Scheduled<Void>?
  }

  private let bell: ErrandBell
  private let readers: NIOThreadPool
  private let read: @Sendable () -> StoreQueries.Standing
  private let answer: @Sendable (Seduta_Wire_V1_Reply) -> Void
  private let state = Mutex(State())

  /// - Parameters:
  ///   - answer: called once, on any thread, unless it is given up.
  ///   - read: on a reader's thread.
  init(
    bell: ErrandBell, readers: NIOThreadPool,
    answer: @escaping @Sendable (Seduta_Wire_V1_Reply) -> Void,
    read: @escaping @Sendable () -> StoreQueries.Standing
  ) {
    self.bell = bell
    self.readers = readers
    self.read = read
    self.answer = answer
  }

  /// - Parameter loop: keeps the time.
  /// - Returns: false when too many wait; then nothing is answered.
  func begin(for subject: ErrandSubject, atMost ms: Int64, on loop: any EventLoop) -> Bool {
    let isHeard = state.withLock { state in
      // Before the first read: what is written after it is heard.
      state.place = bell.listen(for: subject) { [self] in note { $0.rang() } }
      guard state.place != nil else { return false }
      state.timer = loop.scheduleTask(in: .milliseconds(ms)) { [self] in endTime() }
      return true
    }
    if isHeard { note { $0.began() } }
    return isHeard
  }

  /// The time is over, or the connection is about to end: it is answered as it stands.
  func endTime() {
    note { $0.timeEnded() }
  }

  /// Nobody waits for the answer any more.
  func giveUp() {
    note { $0.gaveUp() }
    leave()
  }

  private func note(_ event: (inout ErrandWait) -> ErrandWait.Action) {
    if state.withLock({ event(&$0.wait) }) == .read { submitRead() }
  }

  private func submitRead() {
    readers.submit { [self] _ in
      let standing = read()
      switch state.withLock({ $0.wait.readEnded(isPending: standing.isPending) }) {
      case .none: break
      case .read: submitRead()
      case .answer:
        leave()
        answer(standing.reply)
      }
    }
  }

  private func leave() {
    let (place, timer) = state.withLock { state in
      defer { (state.place, state.timer) = (nil, nil) }
      return (state.place, state.timer)
    }
    if let place { bell.leave(place) }
    timer?.cancel()
  }
}
