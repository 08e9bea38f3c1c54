public import Accounting
public import Availability
public import Booking
public import Intervals

/// What a message tells, before it is put into words. What is nil or empty is left out of the text.
public struct LetterFacts: Hashable, Sendable {
  /// The partner's display name, or the neutral one that it set for senders. It is in subjects and SMS, where
  /// others may read it.
  public var sender: String
  public var reader: Reader
  public var session: SessionFacts?
  /// What the letter is about: a session's price, what was paid, what could not be charged.
  public var amount: Money?
  /// Until when it has to be paid.
  public var payBy: Instant?
  /// What cancelling cost and gave back; a refund's own sum is its `refund`.
  public var settlement: Settlement?
  /// Who did what the letter tells: who cancelled, moved, or booked.
  public var doneBy: Doer
  /// A reason or a message, word by word.
  public var note: String
  public var links: Links
  public var package: PackageFacts?
  /// Starts that are free instead, in order.
  public var alternatives: [Minute]

  public init(
    sender: String, reader: Reader, session: SessionFacts? = nil, amount: Money? = nil,
    payBy: Instant? = nil, settlement: Settlement? = nil, doneBy: Doer = .unstated,
    note: String = "", links: Links = Links(), package: PackageFacts? = nil,
    alternatives: [Minute] = []
  ) {
    self.sender = sender
    self.reader = reader
    self.session = session
    self.amount = amount
    self.payBy = payBy
    self.settlement = settlement
    self.doneBy = doneBy
    self.note = note
    self.links = links
    self.package = package
    self.alternatives = alternatives
  }

  public enum Doer: Hashable, Sendable {
    case client, therapist
    /// The partner's staff.
    case practice
    /// Nobody says, or it came by itself.
    case unstated
  }

  public struct Reader: Hashable, Sendable {
    /// May be empty; then the greeting does without it.
    public var name: String
    public var language: LanguageTag
    /// In which times are told.
    public var zone: Zone

    public init(name: String, language: LanguageTag, zone: Zone) {
      self.name = name
      self.language = language
      self.zone = zone
    }
  }

  public struct Settlement: Hashable, Sendable {
    public var fee: Money?
    public var refund: Money?

    public init(fee: Money? = nil, refund: Money? = nil) {
      self.fee = fee
      self.refund = refund
    }
  }

  /// Each an https address; nil where there is none.
  public struct Links: Hashable, Sendable {
    public var cancel: String?
    public var pay: String?
    public var join: String?

    public init(cancel: String? = nil, pay: String? = nil, join: String? = nil) {
      self.cancel = cancel
      self.pay = pay
      self.join = join
    }
  }
}

/// The appointment that a message is about, or the first one of a series.
public struct SessionFacts: Hashable, Sendable {
  public var span: Span
  /// The appointment's own; where its clock shows something else than the reader's, the reader's is named.
  public var zone: Zone
  public var place: Place
  public var therapist: String
  public var client: String
  public var service: String
  /// Where it was before it moved.
  public var previous: Span?
  /// All of a series, in order, this one included; empty where it is one by itself. All last as long as `span`.
  public var starts: [Minute]

  public init(
    span: Span, zone: Zone, place: Place, therapist: String, client: String, service: String,
    previous: Span? = nil, starts: [Minute] = []
  ) {
    self.span = span
    self.zone = zone
    self.place = place
    self.therapist = therapist
    self.client = client
    self.service = service
    self.previous = previous
    self.starts = starts
  }

  public enum Place: Hashable, Sendable {
    case online
    /// - address: its lines, as on an envelope.
    /// - room: may be empty.
    case inPerson(address: [String], room: String)
  }
}

/// A package that is linked to the reader.
public struct PackageFacts: Hashable, Sendable {
  public var name: String
  public var sessions: Int
  /// How many can still be booked.
  public var available: Int
  /// For all of it; nil where each session is posted at its own price (K-5).
  public var price: Money?
  /// Exclusive: midnight names the day before.
  public var expiresAt: Instant?
  /// Whether it renews by itself.
  public var renews: Bool

  public init(
    name: String, sessions: Int, available: Int, price: Money? = nil, expiresAt: Instant? = nil,
    renews: Bool = false
  ) {
    self.name = name
    self.sessions = sessions
    self.available = available
    self.price = price
    self.expiresAt = expiresAt
    self.renews = renews
  }
}
