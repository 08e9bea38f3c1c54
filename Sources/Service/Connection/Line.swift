internal import NIOCore
internal import Synchronization
internal import Wire

/// The way to a connection from other threads: replies are handed over in bunches, so that a batch
/// of commands wakes each event loop once.
final class Line: Sendable {
  private struct Waiting {
    var replies: [Seduta_Wire_V1_Reply] = []
    var isWakeUpUnderWay = false
  }

  let loop: any EventLoop
  private let handler: NIOLoopBoundBox<ConnectionHandler?>
  private let waiting = Mutex(Waiting())

  /// To be made on the loop.
  init(loop: any EventLoop, handler: ConnectionHandler) {
    self.loop = loop
    self.handler = NIOLoopBoundBox(handler, eventLoop: loop)
  }

  func deliver(_ reply: Seduta_Wire_V1_Reply) {
    let wakes = waiting.withLock { waiting in
      waiting.replies.append(reply)
      let wakes = !waiting.isWakeUpUnderWay
      waiting.isWakeUpUnderWay = true
      return wakes
    }
    guard wakes else { return }
    loop.execute { self.handler.value?.repliesArrived(self.takeReplies()) }
  }

  private func takeReplies() -> [Seduta_Wire_V1_Reply] {
    waiting.withLock { waiting in
      waiting.isWakeUpUnderWay = false
      defer { waiting.replies.removeAll(keepingCapacity: true) }
      return waiting.replies
    }
  }

  /// Tells the connection that the server stops.
  func drain() {
    loop.execute { self.handler.value?.drainBegan() }
  }

  /// Closes the connection, whatever is in flight.
  func cut() {
    loop.execute { self.handler.value?.cut() }
  }

  /// To be called on the loop, when the connection is gone.
  func disconnected() {
    handler.value = nil
  }
}
