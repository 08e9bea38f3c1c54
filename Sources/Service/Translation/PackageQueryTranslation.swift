internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// A read of packages.
enum PackageQuery: Sendable {
  case package(PackageID)
  case packages(withArchived: Bool, Page<PackageKind>)
  case link(PackageLinkID)
  case links(of: ClientID?, therapist: TherapistID?, Page<PackageLinkKind>)
  case sessions(of: PackageLinkID, after: AppointmentCursor?, limit: Int, binding: [UInt8])
  /// - Parameter language: nil is the client's.
  case card(of: PackageLinkID, language: LanguageTag?, at: Instant)
}

extension Translation {
  func packageQuery(
    _ method: Method, _ message: some SwiftProtobufContiguousBytes, from caller: Caller
  ) throws -> PackageQuery {
    switch method {
    case .packagesGet: try getPackage(Seduta_V1_PackagesGetRequest(serializedBytes: message))
    case .packagesList: try listPackages(Seduta_V1_PackagesListRequest(serializedBytes: message))
    case .packagesGetLink: try getLink(Seduta_V1_PackagesGetLinkRequest(serializedBytes: message))
    case .packagesListLinks:
      try listLinks(Seduta_V1_PackagesListLinksRequest(serializedBytes: message))
    case .packagesListSessions:
      try listSessions(Seduta_V1_PackagesListSessionsRequest(serializedBytes: message))
    case .packagesGetCard:
      try getCard(Seduta_V1_PackagesGetCardRequest(serializedBytes: message), from: caller)
    default: preconditionFailure("\(method.rawValue) reads nothing of packages")
    }
  }

  private func getPackage(_ message: Seduta_V1_PackagesGetRequest) throws -> PackageQuery {
    var reader = FieldReader(zones: zones)
    let id: PackageID? = reader.id(message.packageID, "package_id")
    return .package(try reader.finish(id))
  }

  private func listPackages(_ message: Seduta_V1_PackagesListRequest) throws -> PackageQuery {
    var reader = FieldReader(zones: zones)
    let page: Page<PackageKind>? = try page(message, message.pageSize, message.pageToken, &reader) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .packages(withArchived: message.withArchived, try reader.finish(page))
  }

  private func getLink(_ message: Seduta_V1_PackagesGetLinkRequest) throws -> PackageQuery {
    var reader = FieldReader(zones: zones)
    let id: PackageLinkID? = reader.id(message.linkID, "link_id")
    return .link(try reader.finish(id))
  }

  private func listLinks(_ message: Seduta_V1_PackagesListLinksRequest) throws -> PackageQuery {
    var reader = FieldReader(zones: zones)
    let client: ClientID? = reader.optionalID(message.clientID, "client_id")
    let therapist: TherapistID? = reader.optionalID(message.therapistID, "therapist_id")
    if message.clientID.isEmpty, message.therapistID.isEmpty {
      reader.fault("client_id", "expected client_id or therapist_id; one of them is required")
    }
    let page: Page<PackageLinkKind>? = try page(
      message, message.pageSize, message.pageToken, &reader
    ) {
      $0.pageToken = ""
      $0.pageSize = 0
    }
    return .links(of: client, therapist: therapist, try reader.finish(page))
  }

  private func listSessions(_ message: Seduta_V1_PackagesListSessionsRequest) throws -> PackageQuery
  {
    var reader = FieldReader(zones: zones)
    let id: PackageLinkID? = reader.id(message.linkID, "link_id")
    let limit = reader.pageSize(
      message.pageSize, "page_size", standard: Translation.pageSize)
    var unbound = message
    unbound.pageToken = ""
    unbound.pageSize = 0
    let binding =
      try Array(Seduta_V1_PackagesListSessionsRequest.protoMessageName.utf8)
      + unbound.serializedBytes()
    let after = reader.cursor(message.pageToken, of: binding, AppointmentCursor.init(text:))
    return .sessions(of: try reader.finish(id), after: after, limit: limit, binding: binding)
  }

  private func getCard(
    _ message: Seduta_V1_PackagesGetCardRequest, from caller: Caller
  ) throws -> PackageQuery {
    var reader = FieldReader(zones: zones)
    let id: PackageLinkID? = reader.id(message.linkID, "link_id")
    let language = message.language.isEmpty ? nil : reader.language(message.language, "language")
    return .card(of: try reader.finish(id), language: language, at: caller.now)
  }
}
