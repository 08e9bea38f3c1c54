public import Accounting
public import Availability
public import Intervals

/// A template to make or to change (K-1).
public struct PackagePut: Hashable, Sendable {
  public let package: Package
  /// Nil makes it; else what of it is taken.
  public let fields: Set<PackageField>?
  /// Chosen by the caller, for a new one; nil lets the decision make one.
  public let id: PackageID?
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?

  public init(package: Package, fields: Set<PackageField>?, id: PackageID?, seenVersion: Int64?) {
    self.package = package
    self.fields = fields
    self.id = id
    self.seenVersion = seenVersion
  }
}

/// A package to give to a client (K-2, K-3).
public struct LinkWish: Hashable, Sendable {
  public let package: PackageID
  public let client: ClientID
  /// Nil takes the template's (K-4).
  public var sessions: Int32?
  /// Nil takes the template's.
  public var renews: Bool?
  /// The phone is empty to take the client's.
  public var details = VisitDetails()
  public var room: RoomID?
  /// Nil takes the client's; the inner nil is none.
  public var smsLeadMinutes: Int32??
  public var lines = PackageLines()
  /// How the sum is paid, where it is sold by its total value; nil leaves it open.
  public var payment: LinkPayment?
  /// Whether the client is not told (B-11).
  public var isQuiet = false
  /// Chosen by the caller; nil lets the decision make one.
  public var id: PackageLinkID?

  public init(package: PackageID, client: ClientID) {
    self.package = package
    self.client = client
  }
}

/// Dates of a package's sessions (K-3): all are booked, or none.
public struct PackageLines: Hashable, Sendable {
  /// The first has all but room and status; what is nil in another is as in the first.
  public struct Line: Hashable, Sendable {
    /// In the zone of the line's therapist.
    public let date: CivilDate
    /// After midnight.
    public var minuteOfDay: Int32?
    public var therapist: TherapistID?
    /// One of the package's services, of that therapist: whose hours it is booked in. Nil takes the first that is.
    public var service: ServiceID?
    /// Nil takes the first line's where the service is offered there, else the service's first.
    public var location: LocationID?
    /// A status of the partner's own; nil is scheduled.
    public var status: String?

    public init(date: CivilDate) {
      self.date = date
    }
  }

  public var lines: [Line] = []
  /// What is knowingly accepted for each (S-6).
  public var overrides: Overrides = []

  public init() {}
}

/// How a package's sum is paid.
public enum LinkPayment: Hashable, Sendable {
  /// Paid outside, and recorded by hand.
  /// - Parameter amount: nil is all that is open.
  case byHand(method: String, amount: Money?)
  /// Through the gateway.
  case through(gateway: String, SourceWish?)
}

/// More sessions of a link to book.
public struct PackageScheduleWish: Hashable, Sendable {
  public let link: PackageLinkID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  public let lines: PackageLines
  /// Whether the client is not told (B-11).
  public let isQuiet: Bool

  public init(link: PackageLinkID, seenVersion: Int64?, lines: PackageLines, isQuiet: Bool) {
    self.link = link
    self.seenVersion = seenVersion
    self.lines = lines
    self.isQuiet = isQuiet
  }
}

/// What to change of a link (K-7). What is nil stays.
public struct LinkEdit: Hashable, Sendable {
  public let link: PackageLinkID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public var seenVersion: Int64?
  /// The total.
  public var sessions: Int32?
  public var renews: Bool?
  /// The inner nil is for ever.
  public var expiresAt: Instant??
  public var insurer: String?
  public var authorisationNumber: String?
  public var phone: String?
  public var notes: String?
  public var room: RoomID??
  public var smsLeadMinutes: Int32??

  public init(link: PackageLinkID) {
    self.link = link
  }
}

/// A link to renew by hand (K-7).
public struct LinkRenewal: Hashable, Sendable {
  public let link: PackageLinkID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public var seenVersion: Int64?
  /// Nil takes as many as the link has.
  public var sessions: Int32?
  public var isQuiet = false
  /// Chosen by the caller; nil lets the decision make one.
  public var id: PackageLinkID?

  public init(link: PackageLinkID) {
    self.link = link
  }
}

/// A link to delete (K-7).
public struct LinkDeletion: Hashable, Sendable {
  /// What becomes of its appointments that are still to come.
  public enum Future: Hashable, Sendable {
    case keepUnlinked
    case cancel
  }

  public let link: PackageLinkID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public var seenVersion: Int64?
  public let future: Future
  public var reason = ""
  /// Whether the client is not told (B-11).
  public var isQuiet = false

  public init(link: PackageLinkID, future: Future) {
    self.link = link
    self.future = future
  }
}

/// Money for a package that is sold by its total value.
public struct LinkPaymentWish: Hashable, Sendable {
  public let link: PackageLinkID
  public let payment: LinkPayment
  public let note: String

  public init(link: PackageLinkID, payment: LinkPayment, note: String) {
    self.link = link
    self.payment = payment
    self.note = note
  }
}

/// A procedure to choose on a session of a package (K-5).
public struct ProcedureWish: Hashable, Sendable {
  public let appointment: AppointmentID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public let seenVersion: Int64?
  /// One of the package's services, of the appointment's therapist; nil takes the choice back.
  public let procedure: ServiceID?

  public init(appointment: AppointmentID, seenVersion: Int64?, procedure: ServiceID?) {
    self.appointment = appointment
    self.seenVersion = seenVersion
    self.procedure = procedure
  }
}

/// What came of linking or of booking more sessions, or would.
public struct LinkOutcome: Hashable, Sendable {
  public let link: PackageLink
  /// In the order in which their dates were named; none where one of them cannot be booked.
  public let appointments: [Appointment]
  /// What became of each date, or would.
  public let lines: [OccurrenceReport]
  /// What the client owes for the sum: nil where nothing is posted at linking.
  public let outstanding: Money?
  /// By which the sum is being paid.
  public let intent: PaymentIntent?

  public init(
    link: PackageLink, appointments: [Appointment], lines: [OccurrenceReport] = [],
    outstanding: Money?, intent: PaymentIntent?
  ) {
    self.link = link
    self.appointments = appointments
    self.lines = lines
    self.outstanding = outstanding
    self.intent = intent
  }

  /// The same about the link as it is by now.
  func with(_ link: PackageLink) -> LinkOutcome {
    LinkOutcome(
      link: link, appointments: appointments, lines: lines, outstanding: outstanding,
      intent: intent)
  }
}
