internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Books a session.
struct Book: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Book a session, for a registered client or a new one.",
    discussion: """
      A registered client is named by --client. A new one is registered in the same step, by \
      --name, --email, --phone, --language, --time-zone, --accept-terms and \
      --accept-data-processing.
      """)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var session: SessionOptions
  @OptionGroup var takeover: TakeoverOptions
  @OptionGroup(title: "Client") var person: PersonOptions

  @Option(
    help: ArgumentHelp(
      "The saved payment method that is charged before the session. (default: the client's default)",
      valueName: "pmt_..."))
  var card: String?

  @Flag(help: "The client's benefits pay, as far as they reach.")
  var useBenefits = false

  @Option(help: "The package that it is a session of, pkl_....")
  var package: String?

  @OptionGroup var writing: WritingOptions

  var zone: TimeZone { session.start.zone }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AppointmentsBookRequest()
    request.therapistID = session.therapist
    request.serviceID = session.service
    request.locationID = session.location
    request.roomID = session.room ?? ""
    request.startMs = session.start.ms
    let new = try await person.registration(at: server)
    request.client = new.map { .newClient($0) } ?? .clientID(person.client ?? "")
    request.overrides = takeover.kinds
    request.holdID = takeover.hold ?? ""
    request.paymentMethodID = card ?? ""
    request.useBenefits = useBenefits
    request.packageLinkID = package ?? ""
    request.validateOnly = writing.validateOnly
    let answer = try await repeatable(with: new?.asRepeated ?? "") {
      try await server.appointments.book(request, writing.options)
    }
    try show(answer) { text(answer.appointment) }
    return .done
  }

  private func text(_ appointment: Seduta_V1_Appointment) -> String {
    guard !writing.validateOnly else {
      return "This would be booked; nothing was done.\n" + appointment.detailText
    }
    let paying =
      appointment.state == .initiated
      ? "To have the client pay it:\n  \(Seduta.asTyped) checkout \(appointment.id)\n" : ""
    return """
      Booked, and on disk.
      \(appointment.detailText)
      \(paying)To cancel it:
        \(Seduta.asTyped) cancel \(appointment.id) --version \(appointment.version)
      """
  }
}

/// Who comes: a registered client, or a new one.
struct PersonOptions: ParsableArguments {
  @Option(help: "A registered client, cli_....")
  var client: String?

  @Option(help: "A new client's full name.")
  var name: String?

  @Option(help: "A new client's e-mail address.")
  var email: String?

  @Option(help: "A new client's telephone: +390612345678.")
  var phone: String?

  @Option(help: "The language to write to a new client in: it, pt-BR, ....")
  var language: String?

  @Option(help: "A new client's IANA time zone. (default: this computer's)")
  var timeZone: String?

  @Option(help: "A new client's date of birth: 1987-03-29. (default: not known)")
  var birthDate: String?

  @Option(help: ArgumentHelp("The terms that a new client accepted.", valueName: "version"))
  var acceptTerms: String?

  @Option(
    help: ArgumentHelp("The data processing that a new client accepted.", valueName: "version"))
  var acceptDataProcessing: String?

  @Option(
    help: """
      When a new client accepted both; has to be the same when a command is repeated with its \
      --idempotency-key. (default: now)
      """)
  var acceptTime: InstantArgument?

  func validate() throws {
    let ofNew = [
      ("--name", name), ("--email", email), ("--phone", phone), ("--language", language),
      ("--accept-terms", acceptTerms), ("--accept-data-processing", acceptDataProcessing),
    ]
    let given = ofNew.filter { $0.1 != nil }.map(\.0)
    let missing = ofNew.filter { $0.1 == nil }.map(\.0)
    if client != nil {
      guard given.isEmpty, timeZone == nil, birthDate == nil, acceptTime == nil else {
        throw ValidationError("--client is for a registered client: leave out the others.")
      }
    } else if given.isEmpty {
      throw ValidationError("Who comes? Pass --client, or --name and the rest for a new client.")
    } else if !missing.isEmpty {
      throw ValidationError("A new client needs \(missing.joined(separator: ", ")) too.")
    }
  }

  /// Of a new client, or nil.
  /// - Parameter server: whose clock says when the consents were given, unless that was said.
  func registration(at server: SedutaClient) async throws -> Seduta_V1_ClientRegistration? {
    guard client == nil else { return nil }
    let accepted: Google_Protobuf_Timestamp
    if let acceptTime {
      accepted = Google_Protobuf_Timestamp(ms: acceptTime.ms)
    } else {
      accepted = try await server.health.check(.init()).serverTime
    }
    var registration = Seduta_V1_ClientRegistration()
    registration.name = name ?? ""
    registration.email = email ?? ""
    registration.phone = phone ?? ""
    registration.language = language ?? ""
    registration.timeZone = timeZone ?? TimeZone.current.identifier
    registration.terms = consent(to: acceptTerms, at: accepted)
    registration.dataProcessing = consent(to: acceptDataProcessing, at: accepted)
    registration.birthDate = birthDate ?? ""
    return registration
  }

  private func consent(
    to version: String?, at accepted: Google_Protobuf_Timestamp
  ) -> Seduta_V1_Consent {
    var consent = Seduta_V1_Consent()
    consent.version = version ?? ""
    consent.acceptTime = accepted
    return consent
  }
}

extension Seduta_V1_ClientRegistration {
  /// What has to be typed besides the key for the same request.
  var asRepeated: String { " --accept-time \(terms.acceptTime.ms)" }
}

/// How a writing call is made that can be tried first.
struct WritingOptions: ParsableArguments {
  @OptionGroup var act: ActOptions

  @Flag(help: "Answer as if, and do nothing.")
  var validateOnly = false

  var options: CallOptions { act.options }
}

/// On whose behalf a writing call is made, and under which key.
struct ActOptions: ParsableArguments {
  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  @Option(help: "Names this act: repeated with the same key, it is not done twice.")
  var idempotencyKey: String?

  var options: CallOptions {
    CallOptions(actor: behalf.actor, idempotencyKey: idempotencyKey)
  }
}
