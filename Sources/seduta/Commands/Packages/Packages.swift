internal import ArgumentParser
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Sessions that are sold together.
struct Packages: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep packages of sessions, give them to clients, and book their sessions.",
    discussion: """
      A template (pkg_...) says what is sold; a link (pkl_...) is what a client has of it. A balance \
      is told as available / total.
      """,
    subcommands: [
      PackageCreate.self, PackageList.self, PackageShow.self, PackageUpdate.self,
      PackageLinking.self, PackageLinks.self, PackageSchedule.self, PackageDetail.self,
      PackageEdit.self, PackageRenew.self, PackageDelete.self, PackagePay.self,
      PackageProcedure.self, PackageCard.self,
    ])
}

/// What a template says.
struct PackageOptions: ParsableArguments {
  enum Posting: String, ExpressibleByArgument, CaseIterable {
    case byProcedure = "by-procedure"
    case total
  }

  @Option(help: "As people see it.")
  var name: String?

  @Option(help: ArgumentHelp("How many sessions it has.", valueName: "count"))
  var sessions: Int32?

  @Option(help: "When its money is posted: each session at its own price, or the sum at linking.")
  var posting: Posting?

  @Option(help: "With --posting total: what all of it costs: 700.00.")
  var price: Amount?

  @Option(help: "The currency of its price.")
  var currency = "EUR"

  @Option(help: "How long a session lasts.")
  var minutes: Int32?

  @Option(help: "For how many days from linking on it is good; 0 is for ever.")
  var validityDays: Int32?

  @Option(
    help: ArgumentHelp(
      "A service in whose hours sessions are booked; can be repeated.", valueName: "svc"))
  var service: [String] = []

  @Option(help: ArgumentHelp("The platform's part, in hundredths of a percent.", valueName: "bp"))
  var commission: Int32?

  @Flag(inversion: .prefixedNo, help: "A link is renewed by itself once it is used up or over.")
  var renewal: Bool?

  func validate() throws {
    guard (posting == .total) == (price != nil) else {
      throw ValidationError("--price goes with --posting total.")
    }
    if let price, price.money(in: currency) == nil {
      throw ValidationError("--price has more digits than \(currency) has.")
    }
  }

  fileprivate var message: Seduta_V1_Package {
    var package = Seduta_V1_Package()
    package.name = name ?? ""
    package.sessions = sessions ?? 0
    package.automaticRenewal = renewal ?? false
    switch posting {
    case .byProcedure: package.posting = .byProcedure
    case .total: package.posting = .totalValue
    case nil: package.posting = .unspecified
    }
    if let money = price?.money(in: currency) { package.price = money }
    package.durationMinutes = minutes ?? 0
    package.validityDays = validityDays ?? 0
    if let commission { package.commission.basisPoints = commission }
    package.serviceIds = service
    return package
  }

  /// The fields that were given.
  fileprivate var paths: [String] {
    let given: [(path: String, isGiven: Bool)] = [
      ("name", name != nil), ("sessions", sessions != nil),
      ("automatic_renewal", renewal != nil), ("posting", posting != nil),
      ("duration_minutes", minutes != nil), ("validity_days", validityDays != nil),
      ("commission", commission != nil), ("service_ids", !service.isEmpty),
    ]
    return given.filter(\.isGiven).map(\.path)
  }
}

/// Makes a template.
struct PackageCreate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a template of packages.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var package: PackageOptions
  @OptionGroup var act: ActOptions

  func validate() throws {
    let needed = [
      ("--name", package.name == nil), ("--sessions", package.sessions == nil),
      ("--posting", package.posting == nil), ("--minutes", package.minutes == nil),
      ("--service", package.service.isEmpty),
    ]
    let missing = needed.filter(\.1).map(\.0)
    guard missing.isEmpty else {
      throw ValidationError("A package needs \(missing.joined(separator: ", ")) too.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesCreateRequest()
    request.package = package.message
    let answer = try await server.packages.create(request, act.options)
    try show(answer) {
      """
      Made.
      \(answer.package.detailText)
      To give it to a client:
        \(Seduta.asTyped) packages link \(answer.package.id) --client cli_...
      """
    }
    return .done
  }
}

/// Lists templates.
struct PackageList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the templates of packages.")

  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Those too of which no more links are made.")
  var withArchived = false

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesListRequest()
    request.withArchived = withArchived
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.packages.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_PackagesListResponse) -> String {
    guard !found.packages.isEmpty else {
      return "There are no packages. To make one:\n  \(Seduta.asTyped) packages create --help"
    }
    var table = Table(
      "PACKAGE", "NAME", "SESSIONS", "MINUTES", "POSTING", "RENEWAL", "VALID", "STATE",
      numbers: ["SESSIONS", "MINUTES"])
    for package in found.packages {
      table.add(
        package.id, package.name, "\(package.sessions)", "\(package.durationMinutes)",
        postingShown(package.posting, package.price), renewalShown(package.automaticRenewal),
        package.validity, package.archived ? "archived" : "on sale")
    }
    return table.text + PageOptions.more(found.nextPageToken)
  }
}

/// Shows a template.
struct PackageShow: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a template of packages.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The template, pkg_....")
  var package: String

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesGetRequest()
    request.packageID = package
    let found = try await server.packages.get(request, CallOptions(actor: behalf.actor))
    try show(found) { found.package.detailText }
    return .done
  }
}

/// Changes a template.
struct PackageUpdate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change what is given of a template; links that were made of it stay as they are.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The template, pkg_....")
  var id: String

  @OptionGroup var package: PackageOptions

  @Flag(inversion: .prefixedNo, help: "No more links are made of it.")
  var archived: Bool?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  private var paths: [String] { package.paths + (archived == nil ? [] : ["archived"]) }

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("What is to be changed?") }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesUpdateRequest()
    request.package = package.message
    request.package.id = id
    request.package.archived = archived ?? false
    request.package.version = version ?? 0
    request.updateMask = Google_Protobuf_FieldMask(protoPaths: paths)
    let answer = try await server.packages.update(request, act.options)
    try show(answer) { "Changed.\n" + answer.package.detailText }
    return .done
  }
}
