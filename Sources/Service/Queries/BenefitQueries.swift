internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Wire

/// What is in clients' accounts (P-5).
extension StoreQueries {
  /// - Throws: `UnknownID` where there is none, or it is not the actor's.
  func visible(
    _ id: BenefitID, of partner: PartnerID, to actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Benefit {
    guard let found = try snapshot.benefit(id), found.owner == partner,
      isTheirs(found.benefit.client, actor)
    else { throw UnknownID(id: id.text, field: "benefit_id") }
    return found.benefit
  }

  private static let benefitsAtOnce = 1_000

  func benefits(
    of client: ClientID, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    try requireClient(client, of: partner, reading: snapshot)
    var found: [Benefit] = []
    repeat {
      let page = try snapshot.benefits(
        of: client, partner, after: found.last?.id, limit: StoreQueries.benefitsAtOnce)
      found += page
      if page.count < StoreQueries.benefitsAtOnce { break }
    } while true
    var response = Seduta_V1_BenefitsListResponse()
    response.benefits = try fitting(found.sorted(by: Benefit.isListedBefore).map(\.message))
    return try Seduta_Wire_V1_Reply(response)
  }
}

extension Benefit {
  /// In the order in which they would be used; those that are not paid yet after those that pay, then those that
  /// are over, the newest first.
  fileprivate static func isListedBefore(_ left: Benefit, _ right: Benefit) -> Bool {
    let ranks = (left.rank, right.rank)
    guard ranks.0 == ranks.1 else { return ranks.0 < ranks.1 }
    if left.isOver { return (right.createdAt, right.id) < (left.createdAt, left.id) }
    return left.turn < right.turn
  }

  private var isOver: Bool {
    switch state {
    case .active, .pending: false
    case .usedUp, .expired, .canceled: true
    }
  }

  private var rank: Int {
    switch state {
    case .active: 0
    case .pending: 1
    case .usedUp, .expired, .canceled: 2
    }
  }

  /// What never expires is used last (P-5).
  private var turn: (Instant, Instant, BenefitID) {
    (expiresAt ?? Instant(msSinceEpoch: .max), createdAt, id)
  }
}
