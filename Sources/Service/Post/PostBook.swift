package import Availability
package import Booking

/// What the post office knows of its messages: which are under way, and what came of those that could not be noted yet.
/// Knows no store and no clock.
package struct PostBook {
  /// Messages of one thread leave one after another: about one thing, to one reader, by one way.
  package struct Thread: Hashable, Sendable {
    let partner: PartnerID
    let recipient: String
    let subject: String
    let channel: Channel

    package init(
      partner: PartnerID, recipient: String, subject: String, channel: Channel
    ) {
      self.partner = partner
      self.recipient = recipient
      self.subject = subject
      self.channel = channel
    }
  }

  package struct Key: Hashable, Sendable {
    let partner: PartnerID
    let position: Int64
    let ordinal: Int64

    package init(partner: PartnerID, position: Int64, ordinal: Int64) {
      self.partner = partner
      self.position = position
      self.ordinal = ordinal
    }
  }

  package enum Beginning: Hashable, Sendable {
    /// - Parameter known: what came of it already: it is not sent once more, only noted.
    case begun(known: DeliveryNote?)
    /// Not this one, as things were read.
    case left
    /// None of its way, for now.
    case crowded
    /// None, for now.
    case full
  }

  package enum Ending: Hashable, Sendable {
    /// What came of it is on disk.
    case noted
    /// - Parameter note: to be noted when it can be; nil where nothing came of it.
    case later(DeliveryNote?)
    /// What came of it will never be taken.
    case never
  }

  private let underWayMax: Int
  /// Of one channel: a mail server that hangs must not hold up text messages.
  private let ofOneWayMax: Int
  private var underWay: Set<Thread> = []
  /// Threads of which one was under way since what is due was last read: what was read may be out of date for them.
  private var touched: Set<Thread> = []
  private var kept: [Key: DeliveryNote] = [:]
  private var setAside: Set<Key> = []
  private(set) var isStopping = false
  private var isHeld = false

  package init(underWayMax: Int, ofOneWayMax: Int? = nil) {
    self.underWayMax = underWayMax
    self.ofOneWayMax = ofOneWayMax ?? underWayMax
  }

  package mutating func stop() { isStopping = true }

  /// Nothing begins by itself until `release`.
  package mutating func hold() { isHeld = true }

  package mutating func release() { isHeld = false }

  /// To be called before what is due is read.
  package mutating func turnPage() { touched = underWay }

  /// - Parameter byHand: of who holds all others.
  package mutating func begin(_ key: Key, of thread: Thread, byHand: Bool = false) -> Beginning {
    guard !isStopping, byHand || !isHeld, underWay.count < underWayMax else { return .full }
    guard underWay.count(where: { $0.channel == thread.channel }) < ofOneWayMax else {
      return .crowded
    }
    guard !setAside.contains(key), touched.insert(thread).inserted else { return .left }
    underWay.insert(thread)
    return .begun(known: kept[key])
  }

  package mutating func end(_ key: Key, of thread: Thread, _ ending: Ending) {
    underWay.remove(thread)
    switch ending {
    case .noted: kept[key] = nil
    case .later(let note): if let note { kept[key] = note }
    case .never:
      kept[key] = nil
      setAside.insert(key)
    }
  }
}
