internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// What happened on someone's accounts.
struct LedgerStatement: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Show what happened on the accounts of a therapist, a client, or the partner.",
    discussion: "Without --therapist and --client it is the partner's.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of this therapist, thr_....")
  var therapist: String?

  @Option(help: "Of this client, cli_....")
  var client: String?

  @OptionGroup var period: PeriodOptions
  @OptionGroup var output: CSVOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  var zone: TimeZone { period.shownZone }

  func validate() throws {
    try output.validate(with: connection)
    guard therapist == nil || client == nil else {
      throw ValidationError("--therapist or --client, not both.")
    }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    let ends = period.ends
    var request = Seduta_V1_LedgerStatementRequest()
    request.ownerID = therapist ?? client ?? ""
    request.startTime = Google_Protobuf_Timestamp(ms: ends.fromMs)
    request.endTime = Google_Protobuf_Timestamp(ms: ends.untilMs)
    let found = try await server.ledger.statement(request, CallOptions(actor: behalf.actor))
    guard !output.csv else {
      CSV.write(csvRows(found.sections))
      return .done
    }
    try show(found) { text(found.sections, ends) }
    return .done
  }

  private func text(
    _ sections: [Seduta_V1_StatementSection], _ ends: (fromMs: Int64, untilMs: Int64)
  ) -> String {
    let owner = therapist ?? client ?? "the partner"
    let from = LocalTime(ms: ends.fromMs, in: zone).start
    let until = LocalTime(ms: ends.untilMs, in: zone).start
    guard !sections.isEmpty else {
      return "Nothing is on the accounts of \(owner) from \(from) to \(until)."
    }
    return (["The accounts of \(owner) from \(from) to \(until)."] + sections.map(text))
      .joined(separator: "\n\n")
  }

  private func text(_ section: Seduta_V1_StatementSection) -> String {
    var table = Table(
      "WHEN", "WHAT", "ACCOUNT", "FOR", "DEBIT", "CREDIT", "BALANCE", "NOTE",
      numbers: ["DEBIT", "CREDIT", "BALANCE"])
    func decimal(_ minorUnits: Int64) -> String { decimalText(minorUnits, in: section.currency) }
    table.add("", "OPENING", "", "", "", "", decimal(section.opening), "")
    for line in section.lines {
      let sides = Sides(line.amount, in: section.currency)
      table.add(
        LocalTime(ms: line.time.ms, in: zone).start, line.kind, line.account.kind, line.subjectID,
        sides.debit, sides.credit, decimal(line.balance), line.note)
    }
    let debits = section.lines.reduce(0) { $0 + max($1.amount, 0) }
    let credits = section.lines.reduce(0) { $0 - min($1.amount, 0) }
    table.add(
      "", "CLOSING", "", "", decimal(debits), decimal(credits), decimal(section.closing), "")
    let sentences = closingSentence(section).map { [$0] } ?? []
    return (["In \(section.currency):", table.text] + sentences).joined(separator: "\n")
  }

  /// What the closing balance means; of the partner's own accounts their sum means nothing.
  private func closingSentence(_ section: Seduta_V1_StatementSection) -> String? {
    let closing = section.closing
    if let therapist {
      return closing == 0
        ? "At the end \(therapist) is owed nothing in \(section.currency)."
        : "At the end " + owedSentence(therapist, -closing, section.currency)
    }
    guard let client else { return nil }
    func shown(_ minorUnits: Int64) -> String {
      "\(decimalText(minorUnits, in: section.currency)) \(section.currency)"
    }
    if closing > 0 { return "At the end \(client) owes \(shown(closing))." }
    if closing < 0 { return "At the end \(client) has \(shown(-closing)) for sessions to come." }
    return "At the end \(client) owes nothing in \(section.currency)."
  }

  /// The columns of the server's own CSV, with the time as the zone's clock shows it: for each
  /// currency a row OPENING, its lines, and a row CLOSING.
  private func csvRows(_ sections: [Seduta_V1_StatementSection]) -> [[String]] {
    let header = [
      "entry", "at_ms", "at", "subject", "note", "kind", "owner", "currency", "debit_minor",
      "credit_minor", "balance_minor", "debit", "credit", "balance",
    ]
    return [header] + sections.flatMap(csvRows)
  }

  private func csvRows(_ section: Seduta_V1_StatementSection) -> [[String]] {
    let currency = section.currency
    func boundary(_ entry: String, _ balance: Int64) -> [String] {
      let account = ["", "", "", "", "", "", currency]
      return [entry] + account + [
        "", "", String(balance), "", "", decimalText(balance, in: currency),
      ]
    }
    func row(_ line: Seduta_V1_StatementLine) -> [String] {
      let sides = Sides(line.amount, in: currency)
      let minorUnits = String(line.amount.magnitude)
      let what = [
        line.kind, String(line.time.ms), LocalTime(ms: line.time.ms, in: zone).start,
        line.subjectID, line.note, line.account.kind, line.account.ownerID, currency,
      ]
      let minor = line.amount >= 0 ? [minorUnits, ""] : ["", minorUnits]
      return what + minor
        + [
          String(line.balance), sides.debit, sides.credit, decimalText(line.balance, in: currency),
        ]
    }
    return [boundary("OPENING", section.opening)] + section.lines.map(row)
      + [boundary("CLOSING", section.closing)]
  }
}
