internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// What clients pay with.
struct Cards: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, save and take away what a client pays with.",
    discussion: "Only the gateway knows card numbers: what is typed here are its tokens.",
    subcommands: [
      CardList.self, CardSave.self, CardDefault.self, CardRefresh.self, CardRemove.self,
    ])
}

/// Lists a client's payment methods.
struct CardList: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List a client's payment methods, oldest first.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The client, cli_....")
  var client: String

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentMethodsListRequest()
    request.clientID = client
    let found = try await server.paymentMethods.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found.paymentMethods) }
    return .done
  }

  private func text(_ methods: [Seduta_V1_PaymentMethod]) -> String {
    guard !methods.isEmpty else {
      return "Nothing is saved. To save a card:\n  \(Seduta.asTyped) cards save \(client)"
    }
    var table = Table(
      "SAVED", "PAYMENT METHOD", "VERSION", "STATE", "DEFAULT", "CARD", "EXPIRES", "GATEWAY", "NOTE"
    )
    for method in methods {
      let note = [method.failureCode, method.actionURL].filter { !$0.isEmpty }
      table.add(
        LocalTime(ms: method.createTime.ms, in: zone).start, method.id, "\(method.version)",
        method.state.shown, method.isDefault ? "yes" : "-", method.card, method.expiry,
        method.gateway, note.joined(separator: "; "))
    }
    return table.text
  }
}

/// Saves a payment method.
struct CardSave: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Save a card at the gateway, so that it can be charged before a session.",
    discussion: """
      Without --token it is left to the client's own browser, which needs the client secret that \
      is told. Exit codes: 0 when it is saved, or waits for the client; 1 when it could not be; 6 \
      when the gateway has not answered yet.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The client, cli_....")
  var client: String

  @Option(help: "The gateway's token of it. Never a card number. (default: left to the browser)")
  var token: String?

  @Flag(help: "It becomes the client's default; the first one does in any case.")
  var `default` = false

  @OptionGroup var wait: WaitOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentMethodsSetUpRequest()
    request.clientID = client
    request.token = token ?? ""
    request.makeDefault = `default`
    let begun = try await server.paymentMethods.setUp(request, act.options)
    let found = try await outcome(of: begun.paymentMethod, wait, act.behalf, at: server)
    try show(found) { found.paymentMethod.outcome.text }
    return found.paymentMethod.outcome.verdict
  }
}

/// Which payment method changes.
struct CardOptions: ParsableArguments {
  @Argument(help: "The payment method, pmt_....")
  var method: String

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  func changing(
    _ change: Seduta_V1_PaymentMethodChange
  ) -> Seduta_V1_PaymentMethodsUpdateRequest {
    var request = Seduta_V1_PaymentMethodsUpdateRequest()
    request.paymentMethodID = method
    request.version = version ?? 0
    request.change = change
    return request
  }
}

/// Makes a payment method the one that is charged.
struct CardDefault: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "default", abstract: "Charge this one where none is named.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var card: CardOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    let answer = try await server.paymentMethods.update(card.changing(.makeDefault), act.options)
    try show(answer) { "It is charged where none is named.\n" + answer.paymentMethod.detailText }
    return .done
  }
}

/// Asks the gateway how a payment method stands.
struct CardRefresh: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "refresh",
    abstract: "Ask the gateway how it stands: the client says that they are done.",
    discussion: "The exit codes are those of `seduta cards save`.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var card: CardOptions
  @OptionGroup var wait: WaitOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    let asked = try await server.paymentMethods.update(card.changing(.refresh), act.options)
    let found = try await outcome(of: asked.paymentMethod, wait, act.behalf, at: server)
    try show(found) { found.paymentMethod.outcome.text }
    return found.paymentMethod.outcome.verdict
  }
}

/// Takes a payment method away.
struct CardRemove: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take it away, here and at the gateway.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var card: CardOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    let answer = try await server.paymentMethods.update(card.changing(.detach), act.options)
    try show(answer) { "Taken away.\n" + answer.paymentMethod.detailText }
    return .done
  }
}

extension Seduta_V1_PaymentMethod {
  /// "visa 4242".
  fileprivate var card: String {
    [brand, lastDigits].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// "3/2030".
  fileprivate var expiry: String {
    expiryYear == 0 ? "" : "\(expiryMonth)/\(expiryYear)"
  }

  /// What came of saving it, and what to do next.
  var outcome: (verdict: Verdict, text: String) {
    switch state {
    case .active: return (.done, "Saved.\n" + detailText)
    case .detached: return (.refused, "It was taken away.\n" + detailText)
    case .failed: return (.refused, "It cannot be saved: \(failureCode).\n" + detailText)
    case .requiresAction:
      return (
        .done,
        """
        The client has to confirm at their bank:
          \(actionURL)
        \(detailText)
        Once they have:
          \(Seduta.asTyped) cards refresh \(id)
        """
      )
    case .pending where !pending || !clientSecret.isEmpty:
      return (
        .done,
        """
        The client's browser takes it from here.
        \(detailText)
        \(details([("client secret", clientSecret)]))
        Once they are done:
          \(Seduta.asTyped) cards refresh \(id)
        """
      )
    case .pending, .unspecified, .UNRECOGNIZED:
      return (
        .tryLater,
        """
        The gateway has not said yet what came of it; it is asked again by itself.
        \(detailText)
        To see it later:
          \(Seduta.asTyped) cards list \(clientID)
        """
      )
    }
  }

  fileprivate var detailText: String {
    details([
      ("payment method", id),
      ("client", clientID),
      ("card", card),
      ("expires", expiry),
      ("state", state.shown),
      ("default", isDefault ? "yes" : "no"),
      ("gateway", gateway),
      ("version", "\(version)"),
    ])
  }
}

extension Seduta_V1_PaymentMethodState {
  fileprivate var shown: String {
    switch self {
    case .pending: "pending"
    case .requiresAction: "to be confirmed"
    case .active: "active"
    case .failed: "failed"
    case .detached: "taken away"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}
