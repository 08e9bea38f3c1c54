internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Lists therapies.
struct Therapies: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List therapies: who is in care with whom.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this therapist, thr_....")
  var therapist: String?

  @Option(help: "Of this client, cli_....")
  var client: String?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_TherapiesListRequest()
    request.therapistID = therapist ?? ""
    request.clientID = client ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.therapies.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_TherapiesListResponse) -> String {
    guard let first = found.therapies.first else {
      return "No therapies there: one begins with a client's first booking."
    }
    var table = Table("BEGUN", "THERAPY", "VERSION", "THERAPIST", "CLIENT", "SELF-BOOKING")
    for therapy in found.therapies {
      table.add(
        LocalTime(ms: therapy.createTime.ms, in: zone).start, therapy.id, "\(therapy.version)",
        therapy.therapistID, therapy.clientID, therapy.selfBooking ? "on" : "off")
    }
    return table.text
      + "\n\nTo see what the first has come to:\n  \(Seduta.asTyped) therapy \(first.id)"
      + PageOptions.more(found.nextPageToken)
  }
}

/// Shows a therapy, or sets whether its client books by themself.
struct Therapy: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a therapy, or set whether its client books follow-ups by themself.")

  enum Switch: String, ExpressibleByArgument, CaseIterable {
    case on, off
  }

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The therapy, tpy_....")
  var therapy: String

  @Option(help: "Whether the client may book follow-ups by themself. (default: only show)")
  var selfBooking: Switch?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    guard let selfBooking else { return try await showWhole(from: server) }
    var request = Seduta_V1_TherapiesUpdateRequest()
    request.therapyID = therapy
    request.version = version ?? 0
    request.selfBooking = selfBooking == .on
    let answer = try await server.therapies.update(request, act.options)
    try show(answer) {
      "Self-booking is \(selfBooking.rawValue).\n" + details(answer.therapy.lines)
    }
    return .done
  }

  private func showWhole(from server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_TherapiesGetRequest()
    request.therapyID = therapy
    let answer = try await server.therapies.get(
      request, CallOptions(actor: act.behalf.actor))
    try show(answer) {
      let summary = answer.summary
      return details(
        answer.therapy.lines + [
          ("follow-ups", summary.followUpsOpen ? "open" : "wait for a full session, held and paid"),
          ("upcoming", "\(summary.upcoming)"),
          ("held", "\(summary.held)"),
          ("paid", summary.paid.map(\.shown).joined(separator: ", ")),
          ("to be paid", summary.outstanding.map(\.shown).joined(separator: ", ")),
        ])
        + "\nIts appointments:\n  \(Seduta.asTyped) appointments --therapy \(answer.therapy.id)"
    }
    return .done
  }
}

extension Seduta_V1_Therapy {
  fileprivate var lines: [(name: String, value: String)] {
    [
      ("therapy", id),
      ("begun", LocalTime(ms: createTime.ms, in: .current).dayAndStart),
      ("therapist", therapistID),
      ("client", clientID),
      ("self-booking", selfBooking ? "on" : "off"),
      ("version", "\(version)"),
    ]
  }
}
