internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// The books.
struct Ledger: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the books in double entry, and keep what is paid out to therapists.",
    discussion: """
      Balances are debits less credits. A client's CLIENT account is what they owe, a therapist's \
      THERAPIST account what they are owed (a credit). docs/ledger.md has the chart of accounts.
      """,
    subcommands: [
      LedgerTrial.self, LedgerStatement.self, LedgerTransfers.self, LedgerPayout.self,
    ])
}

/// How lists of the books are printed.
struct CSVOptions: ParsableArguments {
  @Flag(help: "Print it as CSV (RFC 4180), amounts in minor units and in decimals.")
  var csv = false

  /// - Throws: a complaint where both were asked for.
  func validate(with connection: ConnectionOptions) throws {
    guard !csv || !connection.json else { throw ValidationError("--csv or --json, not both.") }
  }
}

/// All accounts with their sums.
struct LedgerTrial: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial",
    abstract: "Show all accounts with their sums: the trial balance. Needs the scope admin.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Of what was written before this. (default: now)")
  var before: RangeEndArgument?

  @OptionGroup var output: CSVOptions

  func validate() throws { try output.validate(with: connection) }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_LedgerTrialBalanceRequest()
    if let before { request.beforeTime = Google_Protobuf_Timestamp(ms: before.ms) }
    let found = try await server.ledger.trialBalance(request)
    guard !output.csv else {
      CSV.write(found.csvRows)
      return .done
    }
    try show(found) { found.text }
    return .done
  }
}

extension Seduta_V1_LedgerTrialBalanceResponse {
  fileprivate var text: String {
    guard !lines.isEmpty else { return "Nothing is in the books." }
    var table = Table(
      "ACCOUNT", "OWNER", "CURRENCY", "DEBIT", "CREDIT", "BALANCE",
      numbers: ["DEBIT", "CREDIT", "BALANCE"])
    for line in lines {
      table.add(
        line.account.kind, line.account.ownerID, line.currency,
        decimalText(line.debit, in: line.currency), decimalText(line.credit, in: line.currency),
        decimalText(line.balance, in: line.currency))
    }
    for total in totals {
      table.add(
        "TOTAL", "", total.currency, decimalText(total.debit, in: total.currency),
        decimalText(total.credit, in: total.currency),
        decimalText(total.debit - total.credit, in: total.currency))
    }
    return ([table.text, ""] + owed).joined(separator: "\n")
  }

  /// What each therapist is owed or owes, a sentence each; where it comes to nothing, none.
  private var owed: [String] {
    var owed: [String: [String: Int64]] = [:]
    for line in lines where line.account.ownerID.hasPrefix("thr_") {
      owed[line.account.ownerID, default: [:]][line.currency, default: 0] -= line.balance
    }
    let sentences = owed.sorted { $0.key < $1.key }.flatMap { therapist, sums in
      sums.sorted { $0.key < $1.key }.compactMap { currency, minorUnits in
        minorUnits == 0 ? nil : owedSentence(therapist, minorUnits, currency)
      }
    }
    return sentences.isEmpty ? ["No therapist is owed anything."] : sentences
  }

  /// The columns of the server's own CSV: a row for each line, and one for each currency's totals.
  fileprivate var csvRows: [[String]] {
    func row(
      _ account: [String], _ currency: String, _ debit: Int64, _ credit: Int64, _ balance: Int64
    ) -> [String] {
      let sums = [debit, credit, balance]
      return account + [currency] + sums.map(String.init)
        + sums.map { decimalText($0, in: currency) }
    }
    let header = [
      "kind", "owner", "currency", "debits_minor", "credits_minor", "balance_minor", "debits",
      "credits", "balance",
    ]
    return [header]
      + lines.map {
        row([$0.account.kind, $0.account.ownerID], $0.currency, $0.debit, $0.credit, $0.balance)
      }
      + totals.map { row(["TOTAL", ""], $0.currency, $0.debit, $0.credit, $0.debit - $0.credit) }
  }
}

/// "thr_... is owed 63.00 EUR.", or what they owe.
/// - Parameter minorUnits: not 0; negative is owed by the therapist.
func owedSentence(_ therapist: String, _ minorUnits: Int64, _ currency: String) -> String {
  minorUnits > 0
    ? "\(therapist) is owed \(decimalText(minorUnits, in: currency)) \(currency)."
    : "\(therapist) owes \(decimalText(-minorUnits, in: currency)) \(currency)."
}

/// Lists transfers.
struct LedgerTransfers: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfers",
    abstract: "List transfers in the order in which they were written. Needs the scope admin.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "For this appointment, benefit or payout, by its id.")
  var subject: String?

  @OptionGroup var page: PageOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_LedgerListTransfersRequest()
    request.subjectID = subject ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.ledger.listTransfers(request)
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_LedgerListTransfersResponse) -> String {
    guard !found.transfers.isEmpty else { return "No transfers there." }
    var table = Table(
      "#", "WHEN", "WHAT", "FOR", "ACCOUNT", "OWNER", "DEBIT", "CREDIT", "CURRENCY", "NOTE",
      numbers: ["#", "DEBIT", "CREDIT"])
    for transfer in found.transfers {
      for (index, posting) in transfer.postings.enumerated() {
        // A transfer is told once, beside its first posting.
        func once(_ text: String) -> String { index == 0 ? text : "" }
        let sides = Sides(posting.amount.minorUnits, in: posting.amount.currency)
        table.add(
          once("\(transfer.number)"), once(LocalTime(ms: transfer.time.ms, in: zone).start),
          once(transfer.kind), once(transfer.subjectID), posting.account.kind,
          posting.account.ownerID, sides.debit, sides.credit, posting.amount.currency,
          once(transfer.note))
      }
    }
    return table.text + PageOptions.more(found.nextPageToken)
  }
}

/// An amount in two columns, without a sign: one of them is empty.
struct Sides {
  let debit: String
  let credit: String

  init(_ minorUnits: Int64, in currency: String) {
    let isDebit = minorUnits >= 0
    let text = decimalText(isDebit ? minorUnits : -minorUnits, in: currency)
    debit = isDebit ? text : ""
    credit = isDebit ? "" : text
  }
}

/// Records money that was paid out.
struct LedgerPayout: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "payout",
    abstract: "Record money that was paid out to a therapist, never more than they are owed.",
    discussion: "Needs the scope admin.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The therapist, thr_....")
  var therapist: String

  @Argument(help: "How much: 63 or 63.00.")
  var amount: Amount

  @Argument(help: "Its currency: EUR.")
  var currency: String

  @Option(help: "How it was paid, in your words: bank transfer, ....")
  var method: String

  @Option(help: "For the record.")
  var note: String?

  @OptionGroup var writing: WritingOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_LedgerRecordPayoutRequest()
    request.therapistID = therapist
    let money = try amount.exact(in: currency)
    request.amount = money
    request.method = method
    request.note = note ?? ""
    request.validateOnly = writing.validateOnly
    let answer = try await server.ledger.recordPayout(request, writing.options)
    try show(answer) {
      let verb = writing.validateOnly ? "This would be recorded; nothing was done" : "Recorded"
      let id = writing.validateOnly ? "" : "\n" + details([("payout", answer.payoutID)])
      return "\(verb): \(money.shown) paid out to \(therapist), \(method).\(id)"
    }
    return .done
  }
}
