package import Booking
internal import Synchronization

/// Rings for those who wait for a gateway's answer, when something about an intent or a payment method was written.
package final class ErrandBell: Sendable {
  /// Who listens, until they leave.
  package struct Place: Hashable, Sendable {
    fileprivate let subject: ErrandSubject
    fileprivate let number: UInt64
  }

  private struct Listeners {
    var bySubject: [ErrandSubject: [UInt64: @Sendable () -> Void]] = [:]
    var count = 0
    var lastNumber: UInt64 = 0
  }

  private let listeners = Mutex(Listeners())
  private let capacity: Int

  /// - Parameter capacity: how many may listen.
  package init(capacity: Int) {
    self.capacity = capacity
  }

  /// How many listen.
  package var count: Int { listeners.withLock { $0.count } }

  /// - Parameter onRing: called each time, on the thread that rings; it must not block.
  /// - Returns: nil when as many listen as may.
  package func listen(
    for subject: ErrandSubject, onRing: @escaping @Sendable () -> Void
  ) -> Place? {
    listeners.withLock { listeners in
      guard listeners.count < capacity else { return nil }
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

  package func ring(_ subjects: some Sequence<ErrandSubject>) {
    let heard = listeners.withLock { listeners in
      listeners.count == 0
        ? [] : subjects.flatMap { Array((listeners.bySubject[$0] ?? [:]).values) }
    }
    // Outside of the lock: who hears it may leave at once.
    for onRing in heard { onRing() }
  }
}

extension Event {
  /// What those who wait for a gateway's answer have to look at again.
  var rung: ErrandSubject? {
    switch self {
    case .paymentIntentMade(let intent), .paymentIntentChanged(let intent, from: _):
      .intent(intent.id)
    case .paymentMethodMade(let method), .paymentMethodChanged(let method): .method(method.id)
    case .clientRegistered, .therapyBegun, .therapyChanged, .appointmentBooked,
      .appointmentChanged, .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased,
      .holdBooked, .holdLapsed, .locationPut, .therapistPut, .servicePut, .schedulePut, .policyPut,
      .moneyMoved, .moneyChanged, .benefitMade, .benefitChanged, .payoutRecorded,
      .gatewayEventHeard, .attendanceStatusesPut:
      nil
    }
  }
}
