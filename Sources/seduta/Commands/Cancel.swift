internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// Cancels an appointment.
struct Cancel: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cancel an appointment that has not begun; its slot is free at once.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The appointment, apt_....")
  var appointment: String

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64 = 0

  @Option(help: "Why, for the record.")
  var reason: String?

  @OptionGroup var writing: WritingOptions

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsCancelRequest()
    request.appointmentID = appointment
    request.version = version
    request.reason = reason ?? ""
    request.validateOnly = writing.validateOnly
    let answer = try await client.appointments.cancel(request, writing.options)
    try show(answer) {
      let verb = writing.validateOnly ? "This would be cancelled; nothing was done." : "Cancelled."
      return verb + "\n" + answer.appointment.detailText
    }
    return .done
  }
}
