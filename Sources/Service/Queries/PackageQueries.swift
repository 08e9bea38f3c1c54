internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import Wire

/// Packages and their links (section K).
extension StoreQueries {
  func packageReply(
    to query: PackageQuery, of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    switch query {
    case .package(let id):
      guard let found = try snapshot.package(id), found.owner == partner else {
        throw UnknownID(id: id.text, field: "package_id")
      }
      var response = Seduta_V1_PackagesGetResponse()
      response.package = found.package.message
      return try Seduta_Wire_V1_Reply(response)
    case .packages(let withArchived, let page):
      let found = try snapshot.packages(
        of: partner, withArchived: withArchived, after: page.after, limit: page.limit + 1)
      var response = Seduta_V1_PackagesListResponse()
      (response.packages, response.nextPageToken) = try page.cut(
        found, id: \.id, message: \.message)
      return try Seduta_Wire_V1_Reply(response)
    case .link(let id):
      let link = try visible(id, of: partner, to: actor, reading: snapshot)
      var response = Seduta_V1_PackagesGetLinkResponse()
      response.link = link.message
      if let outstanding = try outstanding(of: link, reading: snapshot), !outstanding.isZero {
        response.amountOutstanding = outstanding.message
      }
      return try Seduta_Wire_V1_Reply(response)
    case .links(let client, let therapist, let page):
      return try links(of: client, therapist, page, of: partner, reading: snapshot)
    case .sessions(let id, let after, let limit, let binding):
      return try sessions(
        of: visible(id, of: partner, to: actor, reading: snapshot), after, limit, binding,
        of: partner, as: actor, reading: snapshot)
    case .card(let id, let language, let now):
      let link = try visible(id, of: partner, to: actor, reading: snapshot)
      var response = Seduta_V1_PackagesGetCardResponse()
      response.pdf = try card(of: link, in: language, of: partner, at: now, reading: snapshot)
      return try Seduta_Wire_V1_Reply(response)
    }
  }

  /// Staff see all, clients their own, therapists those that one of their services is in.
  private func visible(
    _ id: PackageLinkID, of partner: PartnerID, to actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> PackageLink {
    guard let found = try snapshot.packageLink(id), found.owner == partner else {
      throw UnknownID(id: id.text, field: "link_id")
    }
    let isTheirs =
      switch actor {
      case .staff: true
      case .client(let own): found.link.client == own
      case .therapist(let own):
        try found.link.services.contains { try snapshot.service($0)?.service.therapist == own }
      case .link, .time, .gateway: false
      }
    guard isTheirs else { throw UnknownID(id: id.text, field: "link_id") }
    return found.link
  }

  private func outstanding(
    of link: PackageLink, reading snapshot: StoreSnapshot
  ) throws -> Money? {
    guard let id = link.benefit, let benefit = try snapshot.benefit(id)?.benefit else { return nil }
    return benefit.outstanding(after: try snapshot.payments(for: .benefit(id)))
  }

  private func links(
    of client: ClientID?, _ therapist: TherapistID?, _ page: Page<PackageLinkKind>,
    of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    if let client { try requireClient(client, of: partner, reading: snapshot) }
    if let therapist { try requireTherapist(therapist, of: partner, reading: snapshot) }
    var query = PackageLinkQuery(limit: page.limit + 1)
    query.client = client
    query.therapist = therapist
    query.after = page.after
    var response = Seduta_V1_PackagesListLinksResponse()
    (response.links, response.nextPageToken) = try page.cut(
      try snapshot.packageLinks(of: partner, matching: query), id: \.id, message: \.message)
    return try Seduta_Wire_V1_Reply(response)
  }

  private func sessions(
    of link: PackageLink, _ after: AppointmentCursor?, _ limit: Int, _ binding: [UInt8],
    of partner: PartnerID, as actor: Actor, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    var query = AppointmentQuery(limit: limit + 1)
    query.link = link.id
    // A therapist sees their own, as elsewhere.
    if case .therapist(let own) = actor { query.therapist = own }
    query.after = after
    let found = try snapshot.appointments(of: partner, matching: query)
    var response = Seduta_V1_PackagesListSessionsResponse()
    response.sessions = try fitting(found.prefix(limit).map(\.message))
    let count = response.sessions.count
    if found.count > count, let last = found.prefix(count).last {
      let cursor = AppointmentCursor(start: last.span.start.instant, id: last.id)
      response.nextPageToken = PageToken.text(cursor: cursor.text, query: binding)
    }
    return try Seduta_Wire_V1_Reply(response)
  }
}
