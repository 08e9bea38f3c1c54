internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Who comes.
struct Clients: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Change what is known of clients.", subcommands: [ClientUpdate.self])
}

/// Changes a client.
struct ClientUpdate: SedutaCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change what is given of a client.")

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The client, cli_....")
  var client: String

  @Option(help: "Full name.")
  var name: String?

  @Option(help: "E-mail address.")
  var email: String?

  @Option(help: "Telephone: +390612345678.")
  var phone: String?

  @Option(help: "The language to write to them in: it, pt-BR, ....")
  var language: String?

  @Option(help: "IANA time zone.")
  var timeZone: String?

  @Option(help: "Date of birth: 1987-03-29; empty where it is not known.")
  var birthDate: String?

  @Option(help: "SMS so many minutes before a session; 0 is none.")
  var smsLead: Int32?

  @Option(help: "The version you saw; a stale one is refused. (default: whichever it is)")
  var version: Int64?

  @OptionGroup var act: ActOptions

  private var paths: [String] {
    let given: [(path: String, isGiven: Bool)] = [
      ("name", name != nil), ("email", email != nil), ("phone", phone != nil),
      ("language", language != nil), ("time_zone", timeZone != nil),
      ("birth_date", birthDate != nil), ("sms_lead_minutes", smsLead != nil),
    ]
    return given.filter(\.isGiven).map(\.path)
  }

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("What is to be changed?") }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_ClientsUpdateRequest()
    request.client.id = client
    request.client.version = version ?? 0
    request.client.name = name ?? ""
    request.client.email = email ?? ""
    request.client.phone = phone ?? ""
    request.client.language = language ?? ""
    request.client.timeZone = timeZone ?? ""
    request.client.birthDate = birthDate ?? ""
    request.client.smsLeadMinutes = smsLead ?? 0
    request.updateMask = Google_Protobuf_FieldMask(protoPaths: paths)
    let answer = try await server.clients.update(request, act.options)
    try show(answer) { "Changed.\n" + answer.client.detailText }
    return .done
  }
}

extension Seduta_V1_Client {
  fileprivate var detailText: String {
    details([
      ("client", id),
      ("name", name),
      ("e-mail", email),
      ("phone", phone),
      ("language", language),
      ("time zone", timeZone),
      ("born", birthDate),
      ("SMS", smsLeadMinutes == 0 ? "none" : "\(smsLeadMinutes) minutes before"),
      ("version", "\(version)"),
    ])
  }
}
