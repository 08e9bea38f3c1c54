internal import Accounting
internal import Availability
internal import Booking
internal import Foundation
internal import Gateways
internal import Intervals
internal import Storage

/// K-8: what a session card says, from the store.
extension StoreQueries {
  /// More than a link ever has: its count is bounded, and what was cancelled counts besides.
  private static let sessionsMax = 5_000

  func card(
    of link: PackageLink, in language: LanguageTag?, of partner: PartnerID, at now: Instant,
    reading snapshot: StoreSnapshot
  ) throws -> Data {
    guard let client = try snapshot.client(link.client)?.client else {
      throw StoreError.corrupt(table: "package_links", id: link.id.text, column: "client_id")
    }
    var query = AppointmentQuery(limit: StoreQueries.sessionsMax)
    query.link = link.id
    let sessions = try snapshot.appointments(of: partner, matching: query)
    var names = CardNames(try snapshot.attendanceStatuses(of: partner))
    let card = SessionCard(
      language: (language ?? client.person.language).text, zone: client.person.zoneName, asOf: now,
      partnerName: try snapshot.name(of: partner) ?? "", clientName: client.person.name,
      packageName: link.name, phone: link.details.phone, insurer: link.details.insurer,
      authorisationNumber: link.details.authorisationNumber, notes: link.details.notes,
      linkedOn: link.linkedAt, validUntil: link.expiresAt,
      renewal: link.renews ? .automatic : .onRequest, posting: link.posting.card,
      balance: link.balance.card,
      sessions: try sessions.enumerated().map { number, session in
        try names.row(number + 1, session, reading: snapshot)
      })
    return Data(try cards.print(card))
  }
}

/// The names that a card's rows need, each read once.
private struct CardNames {
  private let statuses: AttendanceStatuses
  private var therapists: [TherapistID: String] = [:]
  private var locations: [LocationID: Location] = [:]
  private var procedures: [ServiceID: String] = [:]

  init(_ statuses: AttendanceStatuses) {
    self.statuses = statuses
  }

  mutating func row(
    _ number: Int, _ session: Appointment, reading snapshot: StoreSnapshot
  ) throws -> SessionCard.Session {
    SessionCard.Session(
      number: number, start: session.span.start.instant, end: session.span.end.instant,
      therapistName: try therapist(session.therapist, snapshot),
      place: try place(of: session, snapshot),
      procedure: try session.package?.procedure.map { try procedure($0, snapshot) } ?? "",
      status: status(of: session),
      price: session.package?.isByProcedure == true && session.package?.procedure != nil
        ? session.price : nil)
  }

  private mutating func therapist(
    _ id: TherapistID, _ snapshot: StoreSnapshot
  ) throws -> String {
    if let known = therapists[id] { return known }
    let name = try snapshot.therapist(id)?.therapist.displayName ?? ""
    therapists[id] = name
    return name
  }

  private mutating func procedure(_ id: ServiceID, _ snapshot: StoreSnapshot) throws -> String {
    if let known = procedures[id] { return known }
    let name = try snapshot.service(id)?.service.name ?? ""
    procedures[id] = name
    return name
  }

  private mutating func place(of session: Appointment, _ snapshot: StoreSnapshot) throws -> String {
    if locations[session.location] == nil {
      locations[session.location] = try snapshot.location(session.location)?.location
    }
    guard let location = locations[session.location] else { return "" }
    let room = location.rooms.first { $0.id == session.room }?.name
    return room.map { "\(location.name), \($0)" } ?? location.name
  }

  private func status(of session: Appointment) -> SessionCard.Status {
    if let ended = ended(session.state) { return ended }
    if session.package?.session == .released {
      if case .custom(let code) = session.attendance { return .custom(name(of: code)) }
      return .released
    }
    switch session.attendance {
    case .attended: return .attended
    case .noShow: return .noShow
    case .custom(let code): return .custom(name(of: code))
    case .unset: break
    }
    switch session.state {
    case .requested: return .requested
    case .inProgress: return .inProgress
    case .completed: return .completed
    case .initiated, .paymentProcessing, .scheduled, .cancelledByClient, .cancelledByTherapist,
      .paymentCancelled, .declined, .expired:
      return .scheduled
    }
  }

  /// What did not take place is that, whatever was said of attendance before; nil for the others.
  private func ended(_ state: AppointmentState) -> SessionCard.Status? {
    switch state {
    case .cancelledByClient, .cancelledByTherapist, .paymentCancelled: .cancelled
    case .declined: .declined
    case .expired: .expired
    case .requested, .initiated, .paymentProcessing, .scheduled, .inProgress, .completed: nil
    }
  }

  private func name(of code: String) -> String {
    statuses.all.first { $0.code == code }?.name ?? code
  }
}

extension PackagePosting {
  fileprivate var card: SessionCard.Posting {
    switch self {
    case .byProcedure: .byProcedure
    case .total(let money): .totalValue(money)
    }
  }
}

extension PackageBalance {
  fileprivate var card: SessionCard.Balance {
    SessionCard.Balance(
      total: Int(total), available: Int(available), reserved: Int(reserved),
      attended: Int(attended), expired: Int(expired), returned: Int(returned))
  }
}
