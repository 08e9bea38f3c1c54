internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Asks for a session.
struct Ask: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract:
      "Ask for a session where the therapist decides, for a registered client or a new one.",
    discussion: """
      The request takes its slot until it is answered. Who asks is named by --client, or told by \
      --name, --email, --phone, --language, --time-zone, --accept-terms and \
      --accept-data-processing.
      """)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var session: SessionOptions

  @Option(help: "The hold that is taken over, hld_....")
  var hold: String?

  @Option(help: "For the therapist.")
  var note: String?

  @OptionGroup(title: "Client") var person: PersonOptions
  @OptionGroup var writing: WritingOptions

  var zone: TimeZone { session.start.zone }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_RequestsAskRequest()
    request.therapistID = session.therapist
    request.serviceID = session.service
    request.locationID = session.location
    request.roomID = session.room ?? ""
    request.startMs = session.start.ms
    let new = try await person.registration(at: server)
    request.client = new.map { .person($0) } ?? .clientID(person.client ?? "")
    request.note = note ?? ""
    request.holdID = hold ?? ""
    request.validateOnly = writing.validateOnly
    let answer = try await repeatable(with: new?.asRepeated ?? "") {
      try await server.requests.ask(request, writing.options)
    }
    try show(answer) { text(answer.appointment) }
    return .done
  }

  private func text(_ appointment: Seduta_V1_Appointment) -> String {
    let waits = appointment.state == .requested
    guard !writing.validateOnly else {
      let would = waits ? "This would be asked for" : "This would be asked for and accepted at once"
      return "\(would); nothing was done.\n\(appointment.detailText)"
    }
    guard waits else { return "Accepted at once.\n" + appointment.detailText }
    return """
      Asked for; its slot is taken until the therapist has decided.
      \(appointment.detailText)
      To answer it, or to take it back:
        \(Seduta.asTyped) accept \(appointment.id) --version \(appointment.version)
        \(Seduta.asTyped) decline \(appointment.id) --version \(appointment.version)
        \(Seduta.asTyped) withdraw \(appointment.id) --version \(appointment.version)
      """
  }
}

/// Lists requests that wait for their answer.
struct Requests: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List requests that wait for their answer, nearest first.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "To this therapist, thr_....")
  var therapist: String?

  @OptionGroup var page: PageOptions

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_RequestsListRequest()
    request.therapistID = therapist ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.requests.list(request, CallOptions(actor: behalf.actor))
    try show(found) { text(found) }
    return .done
  }

  private func text(_ found: Seduta_V1_RequestsListResponse) -> String {
    guard let first = found.requests.first?.appointment else { return "No requests are waiting." }
    var table = Table("DAY", "START", "ENDS", "REQUEST", "VERSION", "THERAPIST", "WHO", "MAY BE")
    for request in found.requests {
      let appointment = request.appointment
      table.add(
        appointment.start.weekday, appointment.start.start, appointment.end.timeOfDay,
        appointment.id, "\(appointment.version)", appointment.therapistID,
        appointment.clientID.isEmpty ? appointment.request.person.name : appointment.clientID,
        request.matches.map { "\($0.client.id) (\($0.score))" }.joined(separator: ", "))
    }
    return table.text + "\n\nTo accept the first:\n  \(Seduta.asTyped) accept \(first.id)"
      + PageOptions.more(found.nextPageToken)
  }
}

/// Which request is answered or taken back.
struct RequestOptions: ParsableArguments {
  @Argument(help: "The request, apt_....")
  var request: String

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?
}

/// Accepts a request.
struct Accept: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Accept a request, for the client who matches, the one named, or a new one.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var asked: RequestOptions

  @Option(help: "The client whose it is, cli_.... (default: who matches, else a new one)")
  var client: String?

  @Flag(help: "Make a new client, whoever matches.")
  var asNewClient = false

  @OptionGroup var writing: WritingOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_RequestsAcceptRequest()
    request.appointmentID = asked.request
    request.version = asked.version ?? 0
    request.clientID = client ?? ""
    request.asNewClient = asNewClient
    request.validateOnly = writing.validateOnly
    let answer = try await server.requests.accept(request, writing.options)
    try show(answer) {
      let done = writing.validateOnly ? "This would be accepted; nothing was done." : "Accepted."
      let whose = answer.isNewClient ? " Its client is new." : ""
      return done + whose + "\n" + answer.appointment.detailText
    }
    return .done
  }
}

/// Declines a request.
struct Decline: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decline a request; its slot is free at once.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var asked: RequestOptions

  @Option(help: "Why; the client is told where the policy says so.")
  var reason: String?

  @Flag(help: "Do not tell the client.")
  var quiet = false

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_RequestsDeclineRequest()
    request.appointmentID = asked.request
    request.version = asked.version ?? 0
    request.reason = reason ?? ""
    request.quiet = quiet
    let answer = try await server.requests.decline(request, act.options)
    try show(answer) { "Declined.\n" + answer.appointment.detailText }
    return .done
  }
}

/// Takes a request back.
struct Withdraw: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a request back before it is answered; its slot is free at once.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var asked: RequestOptions

  @Option(help: "Why, for the record.")
  var reason: String?

  @OptionGroup var act: ActOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_RequestsWithdrawRequest()
    request.appointmentID = asked.request
    request.version = asked.version ?? 0
    request.reason = reason ?? ""
    let answer = try await server.requests.withdraw(request, act.options)
    try show(answer) { "Taken back.\n" + answer.appointment.detailText }
    return .done
  }
}
