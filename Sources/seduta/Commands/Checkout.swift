internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// What is paid with.
struct SourceOptions: ParsableArguments {
  @Option(help: "A saved payment method of the client's, pmt_....")
  var method: String?

  @Option(help: "Instead: the gateway's token of one that is not saved. Never a card number.")
  var token: String?

  func validate() throws {
    guard method == nil || token == nil else {
      throw ValidationError("--method or --token, not both.")
    }
  }
}

/// Takes money through the payment gateway.
struct Checkout: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have the client pay what is due for an appointment, through the payment gateway.",
    discussion: """
      With neither --method nor --token it is left to the client's own browser, which needs the \
      client secret that is told. Of a server without a gateway the client goes to a payment page \
      of yours; what comes in is recorded with `seduta pay`.

      Exit codes: 0 when it is paid, or waits for the client; 1 when it was declined; 6 when the \
      gateway has not answered yet.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @OptionGroup var source: SourceOptions

  @Flag(help: "The client is not there to confirm anything.")
  var offSession = false

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var wait: WaitOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsBeginRequest()
    request.appointmentID = appointment
    request.version = version ?? 0
    request.paymentMethodID = source.method ?? ""
    request.paymentMethodToken = source.token ?? ""
    request.offSession = offSession
    let begun = try await server.payments.begin(request, act.options)
    guard begun.hasIntent else {
      try show(begun) {
        "The client is paying; this server has no payment gateway.\n"
          + "\(begun.appointment.detailText)\nTo record what comes in:\n"
          + "  \(Seduta.asTyped) pay \(appointment) --method card"
      }
      return .done
    }
    let found = try await outcome(of: begun.intent, wait, act.behalf, at: server)
    try show(found) { found.intent.outcome.text }
    return found.intent.outcome.verdict
  }
}

/// Goes on once the client has confirmed.
struct Confirm: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the gateway to go on: the client has confirmed at their bank.",
    discussion: "The exit codes are those of `seduta checkout`.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The intent, pin_....")
  var intent: String

  @OptionGroup var wait: WaitOptions
  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsConfirmRequest()
    request.intentID = intent
    let confirmed = try await server.payments.confirm(request, act.options)
    let found = try await outcome(of: confirmed.intent, wait, act.behalf, at: server)
    try show(found) { found.intent.outcome.text }
    return found.intent.outcome.verdict
  }
}

/// Lists intents.
struct Intents: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what was to be taken through a payment gateway, and what came of it.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_..., or the benefit that was bought, ben_....")
  var subject: String

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_PaymentsListIntentsRequest()
    if subject.hasPrefix("ben_") {
      request.benefitID = subject
    } else {
      request.appointmentID = subject
    }
    let found = try await server.payments.listIntents(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found.intents) }
    return .done
  }

  private func text(_ intents: [Seduta_V1_PaymentIntent]) -> String {
    guard !intents.isEmpty else { return "Nothing was to be taken through a gateway." }
    var table = Table(
      "MADE", "INTENT", "STATE", "AMOUNT", "TAKEN", "GIVEN BACK", "TRIES", "GATEWAY", "NOTE",
      numbers: ["AMOUNT", "TAKEN", "GIVEN BACK", "TRIES"])
    for intent in intents {
      table.add(
        LocalTime(ms: intent.createTime.ms, in: zone).dayAndStart, intent.id, intent.state.shown,
        intent.amount.shown, intent.hasAmountCaptured ? intent.amountCaptured.shown : "-",
        intent.hasAmountRefunded ? intent.amountRefunded.shown : "-", "\(intent.attempts)",
        intent.gateway, intent.note)
    }
    return table.text
  }
}

extension Seduta_V1_PaymentIntent {
  /// What came of it, and what to do next.
  var outcome: (verdict: Verdict, text: String) {
    let subject = appointmentID.isEmpty ? benefitID : appointmentID
    switch state {
    case .succeeded:
      return (.done, "Paid: \((hasAmountCaptured ? amountCaptured : amount).shown).\n" + lines)
    case .canceled where !failureCode.isEmpty:
      return (.refused, "Declined: \(failureCode).\n" + lines)
    case .canceled:
      return (.refused, "Cancelled: no money is taken by it any more.\n" + lines)
    case .requiresAction:
      return (
        .done,
        """
        The client has to confirm at their bank:
          \(actionURL)
        \(lines)
        Once they have:
          \(Seduta.asTyped) confirm \(id)
        """
      )
    case .requiresPaymentMethod where !pending && !failureCode.isEmpty:
      let next = """
        To try again, or with another one:
          \(Seduta.asTyped) cards list \(clientID)
          \(Seduta.asTyped) checkout \(appointmentID) --method pmt_...
        """
      // A benefit that was not paid is bought anew.
      return (
        .refused,
        "Declined: \(failureCode).\n\(lines)" + (appointmentID.isEmpty ? "" : "\n" + next)
      )
    case .requiresPaymentMethod where !pending || isLeftToBrowser:
      return (.done, "The client's browser takes it from here.\n" + lines(withSecret: true))
    case .requiresPaymentMethod, .processing, .unspecified, .UNRECOGNIZED:
      return (
        .tryLater,
        """
        The gateway has not said yet what came of it; it is asked again by itself.
        \(lines)
        To see it later:
          \(Seduta.asTyped) intents \(subject)
        """
      )
    }
  }

  /// Known at the gateway, and never tried with anything.
  private var isLeftToBrowser: Bool { attempts == 0 && !clientSecret.isEmpty }

  private var lines: String { lines(withSecret: false) }

  private func lines(withSecret: Bool) -> String {
    details([
      ("intent", id),
      ("for", appointmentID.isEmpty ? benefitID : appointmentID),
      ("amount", amount.shown),
      ("state", state.shown),
      ("client secret", withSecret ? clientSecret : ""),
    ])
  }

  /// What else there is to know: why it failed, what the client's bank holds, where to confirm.
  fileprivate var note: String {
    var parts = [failureCode, actionURL]
    switch disputeState {
    case .unspecified: break
    case .open: parts.append("disputed: the bank holds \(amountDisputed.shown)")
    case .won: parts.append("dispute won")
    case .lost: parts.append("dispute lost: \(amountDisputed.shown)")
    case .UNRECOGNIZED(let number): parts.append("dispute \(number)")
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }
}

extension Seduta_V1_PaymentIntentState {
  var shown: String {
    switch self {
    case .requiresPaymentMethod: "to be paid"
    case .requiresAction: "to be confirmed"
    case .processing: "being paid"
    case .succeeded: "paid"
    case .canceled: "cancelled"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}
