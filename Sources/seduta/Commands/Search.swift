internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// The free starts.
struct Search: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the starts that can be booked, in order of time.")

  @OptionGroup var connection: ConnectionOptions

  @OptionGroup var search: SearchOptions

  @Option(help: "What the page before said.")
  var pageToken: String?

  func run(with client: SedutaClient) async throws -> Verdict {
    var request = search.request(until: try await search.end(of: client))
    request.pageToken = pageToken ?? ""
    let found = try await client.slots.search(request)
    try show(found) { SearchText(found, for: request).text }
    return .done
  }
}

/// What was found, as a table of starts and one of what they belong to.
private struct SearchText {
  private let request: Seduta_V1_SlotsSearchRequest
  private let found: Seduta_V1_SlotsSearchResponse
  private let slots: [(startMs: Int64, group: Int)]

  init(_ found: Seduta_V1_SlotsSearchResponse, for request: Seduta_V1_SlotsSearchRequest) {
    self.request = request
    self.found = found
    let inGroups = found.groups.enumerated().flatMap { index, group in
      group.startMs.map { (startMs: $0, group: index) }
    }
    let across = zip(found.startMs, found.groupIndex).map { (startMs: $0, group: Int($1)) }
    // Groups of one therapist can be open at the same time; a person reads by time.
    slots = (inGroups + across).filter { $0.group < found.groups.count }.sorted {
      ($0.startMs, $0.group) < ($1.startMs, $1.group)
    }
  }

  var text: String {
    guard let first = slots.first else {
      return "Nothing is free there. Widen --days, or drop a condition."
    }
    var parts = [starts, groups, "To book the first:\n" + booking(first)]
    if !found.nextPageToken.isEmpty {
      // A token belongs to its query, whose end may have been counted from now.
      parts.append(
        "There is more: repeat with --until \(request.untilMs) --page-token \(found.nextPageToken)")
    }
    return parts.joined(separator: "\n\n")
  }

  private var starts: String {
    var table = Table("DAY", "START", "MINUTES", "PRICE", "HELD", "ZONE", "#")
    for slot in slots {
      let group = found.groups[slot.group]
      let time = LocalTime(ms: slot.startMs, in: zone(of: group))
      table.add(
        time.weekday, time.start, "\(group.durationMinutes)", group.price.shown, group.mode.shown,
        group.timeZone, "\(slot.group + 1)")
    }
    return table.text
  }

  private var groups: String {
    var table = Table("#", "THERAPIST", "SERVICE", "LOCATION")
    for index in Set(slots.map(\.group)).sorted() {
      let group = found.groups[index]
      table.add("\(index + 1)", group.therapistID, group.serviceID, group.locationID)
    }
    return table.text
  }

  private func booking(_ slot: (startMs: Int64, group: Int)) -> String {
    let group = found.groups[slot.group]
    let start = LocalTime(ms: slot.startMs, in: zone(of: group)).start
    // A whole command: who tries this out has no client's id yet.
    return """
        \(Seduta.asTyped) book --therapist \(group.therapistID) --service \(group.serviceID) \\
          --location \(group.locationID) --start \(start) \\
          --name 'Ada Neri' --email ada@example.com --phone +390612345678 --language it \\
          --time-zone \(group.timeZone) --accept-terms 2026-05 --accept-data-processing 2026-05
      (For a client who is registered: --client cli_... instead of the last two lines.)
      """
  }

  private func zone(of group: Seduta_V1_SlotGroup) -> TimeZone {
    TimeZone(identifier: group.timeZone) ?? .gmt
  }
}

extension Seduta_V1_SessionMode {
  var shown: String {
    switch self {
    case .online: "online"
    case .inPerson: "in person"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "mode \(number)"
    }
  }
}
