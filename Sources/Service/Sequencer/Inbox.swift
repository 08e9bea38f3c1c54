internal import Dispatch
internal import Synchronization

/// Commands that wait for their turn: bounded, first come, first served.
final class Inbox: Sendable {
  private struct Queue {
    var tickets: [Ticket] = []
    var isClosed = false
    var isWoken = false
  }

  enum Admission {
    case admitted, full, closed
  }

  private let queue = Mutex(Queue())
  private let arrivals = DispatchSemaphore(value: 0)
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
  }

  var count: Int { queue.withLock { $0.tickets.count } }

  /// Whether a ticket that comes now would be admitted.
  var takes: Bool { queue.withLock { !$0.isClosed && $0.tickets.count < capacity } }

  func submit(_ ticket: Ticket) -> Admission {
    let (admission, wakes) = queue.withLock { queue -> (Admission, Bool) in
      guard !queue.isClosed else { return (.closed, false) }
      guard queue.tickets.count < capacity else { return (.full, false) }
      queue.tickets.append(ticket)
      return (.admitted, queue.tickets.count == 1)
    }
    if wakes { arrivals.signal() }
    return admission
  }

  /// No more are admitted; those that wait still get their turn.
  func close() {
    queue.withLock { $0.isClosed = true }
    arrivals.signal()
  }

  /// Lets `takeBatch` return, with no tickets where none wait.
  func wake() {
    queue.withLock { $0.isWoken = true }
    arrivals.signal()
  }

  /// Waits for tickets and takes them, at most `limit`. Nil when it is closed and empty.
  /// To be called by one thread only.
  func takeBatch(limit: Int) -> [Ticket]? {
    while true {
      let (batch, isWoken, isOver) = queue.withLock { queue -> ([Ticket], Bool, Bool) in
        let batch = Array(queue.tickets.prefix(limit))
        queue.tickets.removeFirst(batch.count)
        defer { queue.isWoken = false }
        return (batch, queue.isWoken, queue.isClosed)
      }
      if !batch.isEmpty || isWoken { return batch }
      if isOver { return nil }
      // Signalled when the queue stops being empty, so a wait may end once too often, never too late.
      arrivals.wait()
    }
  }
}
