public import Accounting
public import Intervals

/// What a session card says: one package of one client, with all its sessions (K-8). Texts are printed
/// word by word; where one may be empty, its line is left out.
public struct SessionCard: Hashable, Sendable {
  /// The reader's, as BCP 47 has it: "it", "pt-BR". English where there is no wording in it.
  public var language: String
  /// IANA; days and times are told in it.
  public var zone: String
  /// When what the card says was true. It is the document's date, too.
  public var asOf: Instant

  public var partnerName: String
  public var clientName: String
  public var packageName: String
  /// May be empty.
  public var phone: String
  /// May be empty.
  public var insurer: String
  /// The insurer's, for this package; may be empty.
  public var authorisationNumber: String
  /// May be empty; may have several lines.
  public var notes: String

  public var linkedOn: Instant
  /// The first instant at which it is no longer valid; the day before it is printed where this is a
  /// midnight. Nil: without end.
  public var validUntil: Instant?
  public var renewal: Renewal
  public var posting: Posting
  public var balance: Balance
  /// In the order in which they are printed.
  public var sessions: [Session]

  public init(
    language: String, zone: String, asOf: Instant, partnerName: String, clientName: String,
    packageName: String, phone: String = "", insurer: String = "",
    authorisationNumber: String = "", notes: String = "", linkedOn: Instant,
    validUntil: Instant? = nil, renewal: Renewal, posting: Posting, balance: Balance,
    sessions: [Session]
  ) {
    self.language = language
    self.zone = zone
    self.asOf = asOf
    self.partnerName = partnerName
    self.clientName = clientName
    self.packageName = packageName
    self.phone = phone
    self.insurer = insurer
    self.authorisationNumber = authorisationNumber
    self.notes = notes
    self.linkedOn = linkedOn
    self.validUntil = validUntil
    self.renewal = renewal
    self.posting = posting
    self.balance = balance
    self.sessions = sessions
  }
}

extension SessionCard {
  /// How a package is followed by the next (K-7).
  public enum Renewal: Hashable, CaseIterable, Sendable {
    case automatic
    case onRequest
  }

  /// How a package is paid (K-5).
  public enum Posting: Hashable, Sendable {
    /// Each session at its own price.
    case byProcedure
    case totalValue(Money)
  }

  /// Sessions, counted: the first is the sum of the others (K-6).
  public struct Balance: Hashable, Sendable {
    public var total: Int
    public var available: Int
    public var reserved: Int
    public var attended: Int
    public var expired: Int
    public var returned: Int

    public init(
      total: Int, available: Int, reserved: Int, attended: Int, expired: Int, returned: Int
    ) {
      self.total = total
      self.available = available
      self.reserved = reserved
      self.attended = attended
      self.expired = expired
      self.returned = returned
    }
  }

  /// What became of a session.
  public enum Status: Hashable, Sendable {
    /// Asked for, and not answered yet.
    case requested
    case scheduled
    case inProgress
    /// It is over, and nobody said yet whether the client came.
    case completed
    case attended
    case noShow
    case cancelled
    /// A request that was declined.
    case declined
    /// A request that nobody answered.
    case expired
    /// It went back to what is available.
    case released
    /// A partner's own, by its name.
    case custom(String)
  }

  /// A line of the table.
  public struct Session: Hashable, Sendable {
    /// As the table counts, from 1.
    public var number: Int
    public var start: Instant
    public var end: Instant
    public var therapistName: String
    /// The location and room, or "online"; may be empty.
    public var place: String
    /// The service; empty while none is chosen (K-5).
    public var procedure: String
    public var status: Status
    /// Nil where it has none of its own. The column is left out where no session has one.
    public var price: Money?

    public init(
      number: Int, start: Instant, end: Instant, therapistName: String, place: String = "",
      procedure: String = "", status: Status, price: Money? = nil
    ) {
      self.number = number
      self.start = start
      self.end = end
      self.therapistName = therapistName
      self.place = place
      self.procedure = procedure
      self.status = status
      self.price = price
    }
  }
}
