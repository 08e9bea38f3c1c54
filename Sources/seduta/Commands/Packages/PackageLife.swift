internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Changes a link.
struct PackageEdit: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change what is given of a link; sessions that were booked stay as they are.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @Option(help: ArgumentHelp("How many sessions in all.", valueName: "count"))
  var sessions: Int32?

  @Flag(inversion: .prefixedNo, help: "It is renewed by itself.")
  var renewal: Bool?

  @Option(help: "From when on its sessions are over.")
  var expires: RangeEndArgument?

  @Flag(help: "Its sessions are never over.")
  var neverExpires = false

  @OptionGroup var visit: VisitOptions

  @Option(help: "SMS so many minutes before a session; 0 is none.")
  var smsLead: Int32?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  private var paths: [String] {
    let given: [(path: String, isGiven: Bool)] = [
      ("sessions", sessions != nil), ("automatic_renewal", renewal != nil),
      ("expire_time", expires != nil || neverExpires), ("sms_lead_minutes", smsLead != nil),
    ]
    return given.filter(\.isGiven).map(\.path) + visit.paths
  }

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("What is to be changed?") }
    guard expires == nil || !neverExpires else {
      throw ValidationError("--expires or --never-expires, not both.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesUpdateLinkRequest()
    request.linkID = link
    request.version = version ?? 0
    request.updateMask = Google_Protobuf_FieldMask(protoPaths: paths)
    request.sessions = sessions ?? 0
    request.automaticRenewal = renewal ?? false
    if let expires { request.expireTime = Google_Protobuf_Timestamp(ms: expires.ms) }
    request.details = visit.message
    request.roomID = visit.room ?? ""
    request.smsLeadMinutes = smsLead ?? 0
    let answer = try await server.packages.updateLink(request, act.options)
    try show(answer) { "Changed.\n" + answer.link.detailText(in: zone) }
    return .done
  }
}

/// Renews a link.
struct PackageRenew: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew", abstract: "Give the client another link on the same terms.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @Option(help: ArgumentHelp("How many sessions. (default: as many)", valueName: "count"))
  var sessions: Int32?

  @Flag(help: "The client is not told.")
  var quiet = false

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesRenewLinkRequest()
    request.linkID = link
    request.version = version ?? 0
    request.sessions = sessions ?? 0
    request.quiet = quiet
    let answer = try await server.packages.renewLink(request, act.options)
    try show(answer) { "Renewed.\n" + answer.link.detailText(in: zone) }
    return .done
  }
}

/// Deletes a link.
struct PackageDelete: SedutaCommand {
  enum Future: String, ExpressibleByArgument, CaseIterable {
    case keep, cancel
  }

  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a link; what is left of it is returned.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @Option(help: "Its sessions to come: they stay without it, or are cancelled.")
  var future: Future

  @Option(help: "Why.")
  var reason: String?

  @Flag(help: "The client is not told of what is cancelled.")
  var quiet = false

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesDeleteLinkRequest()
    request.linkID = link
    request.version = version ?? 0
    request.futureSessions = future == .keep ? .keep : .cancel
    request.reason = reason ?? ""
    request.quiet = quiet
    let answer = try await server.packages.deleteLink(request, act.options)
    try show(answer) {
      (["Deleted.", answer.link.detailText(in: zone)]
        + [sessionTable(answer.appointments)].compactMap(\.self)).joined(separator: "\n")
    }
    return .done
  }
}

/// Pays a link's sum.
struct PackagePay: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "pay",
    abstract:
      "Pay for a package that is sold by its total value: recorded, or through the gateway.",
    discussion: """
      --by records money from outside. With --method or --token the gateway takes what is \
      outstanding; with none of them it is left to the client's own browser. The exit codes are \
      those of `seduta checkout`.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @Option(help: "It was paid outside: how, in your words: cash, ....")
  var by: String?

  @Option(help: "With --by: how much, in the package's currency. (default: all of it)")
  var amount: Amount?

  @OptionGroup var source: SourceOptions

  @Option(help: "For the record.")
  var note: String?

  @OptionGroup var wait: WaitOptions
  @OptionGroup var act: ActOptions

  func validate() throws {
    guard amount == nil || by != nil else { throw ValidationError("--amount goes with --by.") }
    guard by == nil || source.how == nil else {
      throw ValidationError("--by, or --method or --token.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesPayRequest()
    request.linkID = link
    request.payment.how = by.map { .method($0) } ?? source.how ?? .byBrowser(true)
    if let amount { request.payment.amount = try await amount.money(ofLink: link, server, act) }
    request.note = note ?? ""
    let answer = try await server.packages.pay(request, act.options)
    guard answer.hasIntent else {
      try show(answer) {
        "Recorded: \(answer.payment.amount.shown) paid, \(answer.payment.method).\n"
          + answer.link.detailText(in: zone)
      }
      return .done
    }
    let found = try await outcome(of: answer.intent, wait, act.behalf, at: server)
    try show(found) { found.intent.outcome.text }
    return found.intent.outcome.verdict
  }
}

extension Amount {
  /// In the link's currency, which it is asked for.
  fileprivate func money(
    ofLink link: String, _ server: SedutaClient, _ act: ActOptions
  ) async throws -> Seduta_V1_Money {
    var request = Seduta_V1_PackagesGetLinkRequest()
    request.linkID = link
    let found = try await server.packages.getLink(request, CallOptions(actor: act.behalf.actor))
    guard found.link.hasPrice else {
      throw Complaint(.refused, "\(link) has no sum: each of its sessions is paid for.")
    }
    return try exact(in: found.link.price.currency)
  }
}

/// Chooses a procedure.
struct PackageProcedure: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "procedure",
    abstract: "Choose the procedure of a package's session; its price is posted.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Argument(help: "One of the package's services, svc_.... (default: takes the choice back)")
  var procedure: String?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesChooseProcedureRequest()
    request.appointmentID = appointment
    request.version = version ?? 0
    request.procedureID = procedure ?? ""
    let answer = try await server.packages.chooseProcedure(request, act.options)
    try show(answer) {
      (procedure == nil ? "Taken back.\n" : "Chosen.\n") + answer.appointment.detailText
    }
    return .done
  }
}

/// Prints a session card.
struct PackageCard: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "card", abstract: "Print the session card of a link, a PDF.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The link, pkl_....")
  var link: String

  @Option(help: "The file to write; one that is there is replaced.")
  var out: String

  @Option(help: "In which language: pl. (default: the client's)")
  var language: String?

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PackagesGetCardRequest()
    request.linkID = link
    request.language = language ?? ""
    let found = try await server.packages.getCard(request, CallOptions(actor: behalf.actor))
    do {
      try found.pdf.write(to: URL(fileURLWithPath: out), options: .atomic)
    } catch {
      throw Complaint(.refused, "Cannot write \(out).")
    }
    try show(found) { "Written: \(out), \(found.pdf.count) bytes." }
    return .done
  }
}
