internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// Cancels an appointment.
struct Cancel: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cancel an appointment that has not begun; its slot is free at once.",
    discussion:
      "The answer says what it costs, what is given back, and what could be booked instead.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @OptionGroup var change: ChangeOptions

  @Flag(help: "Only say what it would cost; the same as --validate-only.")
  var quote = false

  @OptionGroup var writing: WritingOptions

  func run(with client: SedutaClient) async throws -> Verdict {
    let isQuote = quote || writing.validateOnly
    var request = Seduta_V1_AppointmentsCancelRequest()
    request.appointmentID = appointment
    request.version = change.version ?? 0
    request.reason = change.reason ?? ""
    request.quiet = change.quiet
    request.validateOnly = isQuote
    let answer = try await client.appointments.cancel(request, writing.options)
    try show(answer) {
      let verb = isQuote ? "This would be cancelled; nothing was done." : "Cancelled."
      return
        ([verb, answer.appointment.detailText, answer.settlement.detailText]
        + answer.alternativeLines).joined(separator: "\n")
    }
    return .done
  }
}

extension Seduta_V1_Settlement {
  /// What it costs, a line each; what comes to nothing is left out.
  fileprivate var detailText: String {
    func amount(_ money: Seduta_V1_Money) -> String { money.minorUnits == 0 ? "" : money.shown }
    return explanation + "\n"
      + details([
        ("paid before", amount(paid)), ("fee", fee.shown), ("to be given back", amount(refund)),
        ("to be paid", amount(outstanding)),
      ])
  }
}

extension Seduta_V1_AppointmentsCancelResponse {
  fileprivate var alternativeLines: [String] {
    guard !alternativeStartMs.isEmpty else { return [] }
    return ["Free instead:"]
      + alternativeStartMs.map { "  " + appointment.local($0).dayAndStart }
  }
}
