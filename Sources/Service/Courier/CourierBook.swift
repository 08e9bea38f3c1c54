package import Booking

/// What a courier knows of its errands: which are under way, which may have been asked before, which are not for it.
/// Knows no store and no clock.
package struct CourierBook {
  /// One question: an errand's number is new with each.
  package struct Key: Hashable, Sendable {
    let subject: ErrandSubject
    let number: Int64

    package init(_ subject: ErrandSubject, _ errand: Errand) {
      self.subject = subject
      number = errand.number
    }
  }

  package enum Beginning: Hashable, Sendable {
    /// - Parameter mayHaveBeenAsked: what takes or gives money is to be looked up, not asked again.
    case begun(mayHaveBeenAsked: Bool)
    /// Not this one.
    case left
    /// None, for now.
    case full
  }

  package enum Ending: Hashable, Sendable {
    /// The answer is on disk, or was not needed any more.
    case done
    case later
    /// The answer will never be taken.
    case never
  }

  private let underWayMax: Int
  private var underWay: Set<ErrandSubject> = []
  private var asked: Set<Key>
  private var setAside: Set<Key> = []
  private(set) var isStopping = false
  private var isHeld = false

  /// - Parameter recordedBefore: what an earlier process may have asked.
  package init(underWayMax: Int, recordedBefore: Set<Key>) {
    self.underWayMax = underWayMax
    asked = recordedBefore
  }

  /// Whether anything begins by itself.
  var isOpen: Bool { !isStopping && !isHeld }

  package mutating func stop() { isStopping = true }

  /// Nothing begins by itself until `release`.
  package mutating func hold() { isHeld = true }

  package mutating func release() { isHeld = false }

  /// - Parameter byHand: of who holds all others.
  package mutating func begin(
    _ subject: ErrandSubject, _ errand: Errand, byHand: Bool = false
  ) -> Beginning {
    guard !isStopping, byHand || !isHeld, underWay.count < underWayMax else { return .full }
    let key = Key(subject, errand)
    guard !setAside.contains(key), underWay.insert(subject).inserted else { return .left }
    guard errand.kind.movesMoney else { return .begun(mayHaveBeenAsked: false) }
    // Noted before it is asked: whatever is in the way of the answer, it is not asked twice.
    return .begun(mayHaveBeenAsked: !asked.insert(key).inserted)
  }

  package mutating func end(_ subject: ErrandSubject, _ errand: Errand, _ ending: Ending) {
    let key = Key(subject, errand)
    underWay.remove(subject)
    switch ending {
    case .done: asked.remove(key)
    case .later: break
    case .never: setAside.insert(key)
    }
  }
}

extension ErrandKind {
  /// Whether asking twice may take or give money twice.
  package var movesMoney: Bool {
    switch self {
    case .confirm, .refund: true
    case .prepare, .look, .cancel, .lookAtRefund, .setUp, .lookAtSetUp, .detach: false
    }
  }
}
