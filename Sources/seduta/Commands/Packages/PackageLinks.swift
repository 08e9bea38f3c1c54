internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// A date as it is typed: "2027-03-29,time=10:00,therapist=thr_...".
struct LineArgument: ExpressibleByArgument {
  let message: Seduta_V1_PackageLine

  init?(argument: String) {
    var line = Seduta_V1_PackageLine()
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    line.date = parts[0]
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { return nil }
      switch pair[0] {
      case "time": line.time = pair[1]
      case "therapist": line.therapistID = pair[1]
      case "service": line.serviceID = pair[1]
      case "location": line.locationID = pair[1]
      case "status": line.status = pair[1]
      default: return nil
      }
    }
    message = line
  }
}

/// The sessions to book in one step.
struct LineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A session: 2027-03-29,time=10:00,therapist=thr_..., and where wanted service=svc_..., \
      location=loc_... and status=CODE; can be repeated. What a later one leaves out is as in the \
      first, but for the status.
      """, valueName: "date,..."))
  var line: [LineArgument] = []

  @Option(
    help: ArgumentHelp("Accept this though it is in the way; can be repeated.", valueName: "kind"))
  var override: [TakeoverOptions.Override] = []

  @Flag(help: "The client is not told.")
  var quiet = false

  fileprivate var messages: [Seduta_V1_PackageLine] { line.map(\.message) }
  fileprivate var kinds: [Seduta_Wire_V1_DiscrepancyKind] { override.map(\.message) }
}

/// Gives a package to a client.
struct PackageLinking: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Give a package to a client, with sessions or without.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The template, pkg_....")
  var package: String

  @Option(help: "The client, cli_....")
  var client: String

  @Option(help: ArgumentHelp("How many sessions. (default: the template's)", valueName: "count"))
  var sessions: Int32?

  @Flag(inversion: .prefixedNo, help: "It is renewed by itself. (default: as the template says)")
  var renewal: Bool?

  @OptionGroup var visit: VisitOptions

  @Option(help: "SMS so many minutes before a session; -1 is none. (default: the client's)")
  var smsLead: Int32?

  @OptionGroup var dates: LineOptions

  @Option(help: "All of its sum was paid outside: how, in your words: cash, ....")
  var paidBy: String?

  @OptionGroup var source: SourceOptions
  @OptionGroup var writing: WritingOptions

  func validate() throws {
    guard paidBy == nil || (source.method == nil && source.token == nil) else {
      throw ValidationError("--paid-by, or --method or --token.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesLinkRequest()
    request.packageID = package
    request.clientID = client
    request.sessions = sessions ?? 0
    if let renewal { request.automaticRenewal = renewal ? .on : .off }
    request.details = visit.message
    request.roomID = visit.room ?? ""
    request.smsLeadMinutes = smsLead ?? 0
    request.lines = dates.messages
    request.overrides = dates.kinds
    request.quiet = dates.quiet
    if let how = source.how ?? paidBy.map(Seduta_V1_PackagePayment.OneOf_How.method) {
      request.payment.how = how
    }
    request.validateOnly = writing.validateOnly
    let answer = try await server.packages.link(request, writing.options)
    try show(answer) { text(answer) }
    return .done
  }

  private func text(_ answer: Seduta_V1_PackagesLinkResponse) -> String {
    let outstanding = answer.hasAmountOutstanding ? answer.amountOutstanding : nil
    var parts = [
      writing.validateOnly ? "This would be linked; nothing was done." : "Linked, and on disk.",
      answer.link.detailText(in: zone, outstanding: outstanding),
    ]
    if let table = sessionTable(answer.appointments) { parts.append(table) }
    if answer.hasIntent {
      parts.append(
        "What comes of its payment:\n  \(Seduta.asTyped) intents \(answer.link.benefitID)")
    } else if outstanding != nil, !writing.validateOnly {
      parts.append("To pay it:\n  \(Seduta.asTyped) packages pay \(answer.link.id) --by cash")
    }
    return parts.joined(separator: "\n")
  }
}

extension SourceOptions {
  /// Nil where nothing was named.
  var how: Seduta_V1_PackagePayment.OneOf_How? {
    method.map { .paymentMethodID($0) } ?? token.map { .paymentMethodToken($0) }
  }
}

/// What goes to the appointments of a package.
struct VisitOptions: ParsableArguments {
  @Option(help: "The client's insurer.")
  var insurer: String?

  @Option(help: "The insurer's authorisation.")
  var authorisation: String?

  @Option(help: "A telephone for these sessions: +390612345678. (on linking: the client's)")
  var phone: String?

  @Option(help: "For these sessions.")
  var notes: String?

  @Option(help: "The room of its sessions, room_....")
  var room: String?

  var message: Seduta_V1_VisitDetails {
    var details = Seduta_V1_VisitDetails()
    details.insurer = insurer ?? ""
    details.authorisationNumber = authorisation ?? ""
    details.phone = phone ?? ""
    details.notes = notes ?? ""
    return details
  }

  /// The fields that were given.
  var paths: [String] {
    let given: [(path: String, value: String?)] = [
      ("details.insurer", insurer), ("details.authorisation_number", authorisation),
      ("details.phone", phone), ("details.notes", notes), ("room_id", room),
    ]
    return given.filter { $0.value != nil }.map(\.path)
  }
}

/// Books sessions of a link.
struct PackageSchedule: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Book more sessions of a link: all of them, or none.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @OptionGroup var dates: LineOptions

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    guard !dates.line.isEmpty else { throw ValidationError("When? Pass --line.") }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesScheduleRequest()
    request.linkID = link
    request.version = version ?? 0
    request.lines = dates.messages
    request.overrides = dates.kinds
    request.quiet = dates.quiet
    request.validateOnly = writing.validateOnly
    let answer = try await server.packages.schedule(request, writing.options)
    try show(answer) {
      let verb =
        writing.validateOnly ? "This would be booked; nothing was done." : "Booked, and on disk."
      let table = sessionTable(answer.appointments) ?? ""
      return "\(verb) Balance: \(answer.link.balance.shown).\n\(table)"
    }
    return .done
  }
}

/// Lists links.
struct PackageLinks: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "links", abstract: "List what a client has of packages, in the order of linking.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this client, cli_....")
  var client: String?

  @Option(help: "With a service of this therapist, thr_....")
  var therapist: String?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func validate() throws {
    guard client != nil || therapist != nil else {
      throw ValidationError("Whose? Pass --client or --therapist.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesListLinksRequest()
    request.clientID = client ?? ""
    request.therapistID = therapist ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.packages.listLinks(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_PackagesListLinksResponse) -> String {
    guard !found.links.isEmpty else { return "There are no packages there." }
    var table = Table(
      "LINKED", "LINK", "NAME", "BALANCE", "RENEWAL", "STATE", "EXPIRES", "CLIENT",
      numbers: ["BALANCE"])
    for link in found.links {
      table.add(
        LocalTime(ms: link.createTime.ms, in: zone).dayAndStart, link.id, link.name,
        link.balance.shown, renewalShown(link.automaticRenewal), link.state.shown,
        link.expiry(in: zone), link.clientID)
    }
    return table.text + PageOptions.more(found.nextPageToken)
  }
}

/// Shows a link.
struct PackageDetail: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "detail", abstract: "Show a link: its balance, and its sessions.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    let options = CallOptions(actor: behalf.actor)
    var request = Seduta_V1_PackagesGetLinkRequest()
    request.linkID = link
    let found = try await server.packages.getLink(request, options)
    var which = Seduta_V1_PackagesListSessionsRequest()
    which.linkID = link
    which.pageSize = page.limit
    which.pageToken = page.token ?? ""
    let listed = try await server.packages.listSessions(which, options)
    try show(found) {
      let outstanding = found.hasAmountOutstanding ? found.amountOutstanding : nil
      return found.link.detailText(in: zone, outstanding: outstanding) + "\n\n"
        + (sessionTable(listed.sessions) ?? "No session was booked yet.")
        + PageOptions.more(listed.nextPageToken)
    }
    return .done
  }
}
