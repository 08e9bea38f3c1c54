internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// The free starts, as they come and go.
struct Watch: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the starts that can be booked, and then what changes, a line each.",
    discussion: """
      A line begins with + for a start that is free (now), with - for one that is not any more. It \
      goes on until --until has come or it is ended, over new connections where one is lost.
      """)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var search: SearchOptions

  func run(with client: SedutaClient) async throws -> Verdict {
    let asked = search.request(until: try await search.end(of: client))
    var request = Seduta_V1_SlotsWatchRequest()
    request.fromMs = asked.fromMs
    request.untilMs = asked.untilMs
    request.filter = asked.filter
    request.pageSize = asked.pageSize
    var shown: Set<WatchedSlot> = []
    for try await told in client.watchSlots(request) where told.hasFound {
      if connection.json {
        try printNow(told.found.jsonString())
        continue
      }
      let found = WatchedSlot.all(in: told.found)
      for slot in shown.subtracting(found).sorted(by: WatchedSlot.isBefore) {
        try printNow("- \(slot.text)")
      }
      for slot in found.subtracting(shown).sorted(by: WatchedSlot.isBefore) {
        try printNow("+ \(slot.text)")
      }
      shown = found
    }
    return .done
  }
}

private struct WatchedSlot: Hashable {
  let startMs: Int64
  let group: Seduta_V1_SlotGroup

  static func all(in found: Seduta_V1_SlotsSearchResponse) -> Set<WatchedSlot> {
    let groups = found.groups.map { group in
      var group = group
      group.startMs = []
      return group
    }
    let inGroups = zip(groups, found.groups).flatMap { group, full in
      full.startMs.map { WatchedSlot(startMs: $0, group: group) }
    }
    let across = zip(found.startMs, found.groupIndex).filter { Int($1) < groups.count }
      .map { WatchedSlot(startMs: $0, group: groups[Int($1)]) }
    return Set(inGroups + across)
  }

  static func isBefore(_ left: WatchedSlot, _ right: WatchedSlot) -> Bool {
    (left.startMs, left.group.therapistID, left.group.serviceID, left.group.locationID)
      < (right.startMs, right.group.therapistID, right.group.serviceID, right.group.locationID)
  }

  var text: String {
    let time = LocalTime(ms: startMs, in: TimeZone(identifier: group.timeZone) ?? .gmt)
    return [
      time.weekday, time.start, group.price.shown, group.therapistID, group.serviceID,
      group.locationID,
    ].joined(separator: "  ")
  }
}
