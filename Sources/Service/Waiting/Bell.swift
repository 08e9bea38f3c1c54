internal import Synchronization

/// Rings for those who listen for a subject, after something about it was written.
package final class Bell<Subject: Hashable & Sendable>: Sendable {
  /// Who listens, until they leave.
  package struct Place: Hashable, Sendable {
    fileprivate let subject: Subject
    fileprivate let number: UInt64
  }

  private struct Listeners {
    var bySubject: [Subject: [UInt64: @Sendable () -> Void]] = [:]
    var count = 0
    var lastNumber: UInt64 = 0
  }

  private let listeners = Mutex(Listeners())
  private let capacity: Int
  private let capacityOfSubject: Int

  /// - Parameters:
  ///   - capacity: how many may listen.
  ///   - capacityOfSubject: how many of them for one subject; nil is all.
  package init(capacity: Int, ofSubject capacityOfSubject: Int? = nil) {
    self.capacity = capacity
    self.capacityOfSubject = capacityOfSubject ?? capacity
  }

  /// How many listen.
  package var count: Int { listeners.withLock { $0.count } }

  /// - Parameter onRing: called each time, on the thread that rings; it must not block.
  /// - Returns: nil when as many listen as may.
  package func listen(
    for subject: Subject, onRing: @escaping @Sendable () -> Void
  ) -> Place? {
    listeners.withLock { listeners in
      guard listeners.count < capacity,
        listeners.bySubject[subject]?.count ?? 0 < capacityOfSubject
      else { return nil }
      listeners.count += 1
      listeners.lastNumber += 1
      listeners.bySubject[subject, default: [:]][listeners.lastNumber] = onRing
      return Place(subject: subject, number: listeners.lastNumber)
    }
  }

  /// A ring that is under way may still be heard.
  package func leave(_ place: Place) {
    listeners.withLock { listeners in
      guard listeners.bySubject[place.subject]?.removeValue(forKey: place.number) != nil else {
        return
      }
      listeners.count -= 1
      if listeners.bySubject[place.subject]?.isEmpty == true {
        listeners.bySubject[place.subject] = nil
      }
    }
  }

  /// - Parameter subjects: looked at only where somebody listens.
  package func ring(_ subjects: some Sequence<Subject>) {
    let heard = listeners.withLock { listeners in
      listeners.count == 0
        ? [] : Set(subjects).flatMap { Array((listeners.bySubject[$0] ?? [:]).values) }
    }
    // Outside of the lock: who hears it may leave at once.
    for onRing in heard { onRing() }
  }

  /// Rings for whatever is listened for.
  package func ringAll() {
    ring(listeners.withLock { Array($0.bySubject.keys) })
  }
}
