internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// Lists the messages that were promised.
struct Outbox: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the messages that were promised, oldest first. Needs the scope admin.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "About this appointment or series.")
  var about: String?

  @Option(help: "To this therapist or client.")
  var to: String?

  @Option(help: "Those that are pending, sent, skipped or given_up.")
  var state: String?

  @OptionGroup var page: PageOptions

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AdminOutboxRequest()
    request.state = state?.uppercased() ?? ""
    request.subjectID = about ?? ""
    request.recipientID = to ?? ""
    request.pageSize = page.limit
    request.pageToken = page.token ?? ""
    let found = try await server.admin.outbox(request)
    try show(found) {
      guard !found.messages.isEmpty else { return "No messages there." }
      var table = Table(
        "ID", "PROMISED", "WHAT", "TO", "ABOUT", "BY", "STATE", "TRIES", "SENT", "WHY NOT", "NOTE")
      for message in found.messages {
        table.add(
          message.id, LocalTime(ms: message.createTime.ms, in: .gmt).start, message.kind,
          message.recipientID,
          message.subjectID, message.channel.lowercased(),
          message.state.lowercased().replacing("_", with: " "), "\(message.tries)",
          message.hasSentTime ? LocalTime(ms: message.sentTime.ms, in: .gmt).start : "",
          message.error, message.note)
      }
      return table.text + PageOptions.more(found.nextPageToken)
    }
    return .done
  }
}

/// Lists what happened.
struct Audit: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what happened, and on whose behalf. Needs the scope admin.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "To this thing, by its id.")
  var about: String?

  @Option(help: "On behalf of this one: an id, or a name of the staff's.")
  var by: String?

  @Option(help: "After this position.")
  var after: Int64 = 0

  @Option(help: "The most to list.")
  var limit: Int32 = 50

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AdminAuditRequest()
    request.subjectID = about ?? ""
    request.actorID = by ?? ""
    request.afterPosition = after
    request.pageSize = limit
    let found = try await server.admin.audit(request)
    try show(found) {
      guard let last = found.events.last else { return "Nothing happened there." }
      var table = Table("POSITION", "WHEN", "WHAT", "TO", "VERSION", "BY")
      for event in found.events {
        table.add(
          "\(event.position)", LocalTime(ms: event.time.ms, in: .gmt).start, event.kind,
          event.subjectID,
          "\(event.subjectVersion)",
          event.actorID.isEmpty
            ? event.actorRole.lowercased() : "\(event.actorRole.lowercased()) \(event.actorID)")
      }
      // As many as were asked for: there may be more.
      let more = found.events.count < Int(limit) ? "" : "\n\nMore: --after \(last.position)"
      return table.text + more
    }
    return .done
  }
}

/// Lists what time will bring.
struct Due: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what time will bring, the next first. Needs the scope admin.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The most to list.")
  var limit: Int32 = 50

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_AdminDueRequest()
    request.pageSize = limit
    let found = try await server.admin.due(request)
    try show(found) {
      guard !found.items.isEmpty else { return "Nothing is due." }
      var table = Table("DUE", "APPOINTMENT", "UNTIL THEN")
      for item in found.items {
        table.add(
          LocalTime(ms: item.dueTime.ms, in: .gmt).start, item.appointmentID,
          item.state.lowercased().replacing("_", with: " "))
      }
      let late = found.overdue == 0 ? "" : "\n\n\(found.overdue) are overdue: the server lags."
      return table.text + late
    }
    return .done
  }
}
