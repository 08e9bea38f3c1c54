internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// What is in a client's account.
struct Benefits: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, give, sell and use vouchers, credit and sessions of a client's.",
    discussion: "Those that expire first are used first, then the oldest.",
    subcommands: [BenefitList.self, BenefitGrant.self, BenefitBuy.self, BenefitUse.self])
}

/// Lists a client's benefits.
struct BenefitList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List a client's benefits in the order in which they would be used.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The client, cli_....")
  var client: String

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_BenefitsListRequest()
    request.clientID = client
    let found = try await server.benefits.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found.benefits) }
    return .done
  }

  private func text(_ benefits: [Seduta_V1_Benefit]) -> String {
    guard !benefits.isEmpty else {
      return "There is nothing in the client's account. To give them something:\n"
        + "  \(Seduta.asTyped) benefits grant \(client) --kind credit --value 50"
    }
    var table = Table(
      "BENEFIT", "KIND", "STATE", "LEFT", "OF", "EXPIRES", "SERVICES", "NOTE",
      numbers: ["LEFT", "OF"])
    for benefit in benefits {
      table.add(
        benefit.id, benefit.kind.shown, benefit.state.shown, benefit.left, benefit.whole,
        benefit.expiry(in: zone), benefit.servicesShown, benefit.note)
    }
    return table.text
  }
}

/// What is given or sold.
struct BenefitOptions: ParsableArguments {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case credit, voucher, sessions

    fileprivate var message: Seduta_V1_BenefitKind {
      switch self {
      case .credit: .credit
      case .voucher: .voucher
      case .sessions: .sessions
      }
    }
  }

  @Argument(help: "The client, cli_....")
  var client: String

  @Option(help: "What it is.")
  var kind: Kind

  @Option(help: "What it is worth: 50.00; of sessions, what they are sold for. (default: 0)")
  var value: Amount?

  @Option(help: "The currency of its value.")
  var currency = "EUR"

  @Option(help: ArgumentHelp("Of sessions: how many.", valueName: "count"))
  var sessions: Int32?

  @Option(
    help: ArgumentHelp("A service that it pays for; can be repeated. (default: all)"))
  var service: [String] = []

  @Option(help: "From when on it pays for nothing. (default: never)")
  var expires: RangeEndArgument?

  @Option(help: "For the record.")
  var note: String?

  func validate() throws {
    guard (kind == .sessions) == (sessions != nil) else {
      throw ValidationError("--sessions goes with --kind sessions.")
    }
    guard kind == .sessions || value != nil else {
      throw ValidationError("What is it worth? Pass --value.")
    }
    if let value, value.money(in: currency) == nil {
      throw ValidationError("--value has more digits than \(currency) has.")
    }
  }

  fileprivate var draft: Seduta_V1_BenefitDraft {
    var draft = Seduta_V1_BenefitDraft()
    draft.clientID = client
    draft.kind = kind.message
    draft.value = value?.money(in: currency) ?? .nothing(in: currency)
    draft.sessions = sessions ?? 0
    draft.serviceIds = service
    if let expires { draft.expireTime = Google_Protobuf_Timestamp(ms: expires.ms) }
    draft.note = note ?? ""
    return draft
  }
}

extension Seduta_V1_Money {
  fileprivate static func nothing(in currency: String) -> Self {
    var money = Self()
    money.currency = currency
    return money
  }
}

/// Gives a benefit.
struct BenefitGrant: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Put a benefit into a client's account: given, or paid outside."
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var benefit: BenefitOptions

  @Option(help: "It was paid outside: how, in your words: cash, .... (default: it is given)")
  var paidBy: String?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_BenefitsGrantRequest()
    request.benefit = benefit.draft
    request.paidBy = paidBy ?? ""
    let answer = try await server.benefits.grant(request, act.options)
    try show(answer) { "It is in the client's account.\n" + answer.benefit.detailText(in: zone) }
    return .done
  }
}

/// Sells a benefit.
struct BenefitBuy: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "buy", abstract: "Sell a benefit through the payment gateway.",
    discussion: """
      With neither --method nor --token it is left to the client's own browser. The exit codes are \
      those of `seduta checkout`.
      """)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var benefit: BenefitOptions
  @OptionGroup var source: SourceOptions
  @OptionGroup var wait: WaitOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_BenefitsBuyRequest()
    request.benefit = benefit.draft
    request.paymentMethodID = source.method ?? ""
    request.paymentMethodToken = source.token ?? ""
    let begun = try await server.benefits.buy(request, act.options)
    let found = try await outcome(of: begun.intent, wait, act.behalf, at: server)
    try show(found) { found.intent.outcome.text }
    return found.intent.outcome.verdict
  }
}

/// Pays with benefits.
struct BenefitUse: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "use",
    abstract: "Pay what is due for an appointment by its client's benefits, as far as they reach.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_BenefitsUseRequest()
    request.appointmentID = appointment
    request.version = version ?? 0
    let answer = try await server.benefits.use(request, act.options)
    try show(answer) {
      let uses = answer.uses.map { "Paid: \($0.amount.shown) by \($0.benefitID)." }
      return (uses + [answer.appointment.detailText]).joined(separator: "\n")
    }
    return .done
  }
}

extension Seduta_V1_Benefit {
  /// "30.00 EUR", or "3 sessions".
  fileprivate var left: String {
    kind == .sessions ? Self.count(sessionsLeft) : valueLeft.shown
  }

  /// "50.00 EUR", "10 sessions", or "10 sessions for 600.00 EUR".
  fileprivate var whole: String {
    guard kind == .sessions else { return value.shown }
    return Self.count(sessions) + (value.minorUnits == 0 ? "" : " for \(value.shown)")
  }

  private static func count(_ sessions: Int32) -> String {
    sessions == 1 ? "1 session" : "\(sessions) sessions"
  }

  fileprivate func expiry(in zone: TimeZone) -> String {
    hasExpireTime ? LocalTime(ms: expireTime.ms, in: zone).start : "never"
  }

  fileprivate var servicesShown: String {
    serviceIds.isEmpty ? "all" : serviceIds.joined(separator: " ")
  }

  fileprivate func detailText(in zone: TimeZone) -> String {
    details([
      ("benefit", id),
      ("client", clientID),
      ("kind", kind.shown),
      ("left", "\(left) of \(whole)"),
      ("state", state.shown),
      ("expires", expiry(in: zone)),
      ("services", servicesShown),
      ("note", note),
      ("version", "\(version)"),
    ])
  }
}

extension Seduta_V1_BenefitKind {
  fileprivate var shown: String {
    switch self {
    case .credit: "credit"
    case .voucher: "voucher"
    case .sessions: "sessions"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "kind \(number)"
    }
  }
}

extension Seduta_V1_BenefitState {
  fileprivate var shown: String {
    switch self {
    case .pending: "to be paid"
    case .active: "active"
    case .usedUp: "used up"
    case .expired: "expired"
    case .canceled: "cancelled"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}
