internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import Wire

/// What is free, of many therapists at once.
struct Lookup: SedutaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the first free start of each therapist, or what each of their days is like.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: ArgumentHelp("A therapist, thr_...; is to be repeated.", valueName: "id"))
  var therapist: [String]

  @Flag(help: "Instead of the first free start: how many are free on each day.")
  var dayByDay = false

  @OptionGroup var filter: FilterOptions

  @Option(help: "The earliest start. (default: now)")
  var from: RangeEndArgument?

  @Option(help: "Starts are before this.")
  var until: RangeEndArgument?

  @Option(help: "Instead of --until: so many days.")
  var days = 14

  @Option(name: .customLong("as"), help: Behalf.help)
  var behalf = Behalf(.staff())

  func validate() throws {
    let daysMax = dayByDay ? 62 : 366
    guard 1...daysMax ~= days else { throw ValidationError("--days must be 1 to \(daysMax).") }
  }

  func run(with server: SedutaClient) async throws -> Verdict {
    var request = Seduta_V1_SlotsBatchLookupRequest()
    request.therapistIds = therapist
    request.kind = dayByDay ? .days : .firstFree
    request.fromMs = from?.ms ?? 0
    request.untilMs =
      try await RangeEndArgument.end(until, from: from, days: days, of: server).ms
    request.filter = filter.message
    let found = try await server.slots.batchLookup(request, CallOptions(actor: behalf.actor))
    try show(found) { dayByDay ? dayText(found.days) : firstFreeText(found) }
    return .done
  }

  private func firstFreeText(_ found: Seduta_V1_SlotsBatchLookupResponse) -> String {
    var table = Table(
      "THERAPIST", "DAY", "START", "MINUTES", "PRICE", "HELD", "ZONE", "SERVICE", "LOCATION")
    for (id, (startMs, index)) in zip(therapist, zip(found.startMs, found.groupIndex)) {
      guard startMs != 0, Int(index) < found.groups.count else {
        table.add(id, "", "nothing free", "", "", "", "", "", "")
        continue
      }
      let group = found.groups[Int(index)]
      let time = LocalTime(ms: startMs, in: TimeZone(identifier: group.timeZone) ?? .gmt)
      table.add(
        id, time.weekday, time.start, "\(group.durationMinutes)", group.price.shown,
        group.mode.shown, group.timeZone, group.serviceID, group.locationID)
    }
    return table.text
  }

  private func dayText(_ found: [Seduta_V1_TherapistDays]) -> String {
    var table = Table("THERAPIST", "ZONE", "FROM", "FREE STARTS, DAY BY DAY")
    for days in found {
      let counts = zip(days.availability, days.freeStarts).map { availability, count in
        availability == .closed ? "-" : "\(count)"
      }
      table.add(
        days.therapistID, days.timeZone, days.firstDate, counts.joined(separator: " "))
    }
    return table.text + "\n\n- is closed, 0 is open with nothing free."
  }
}
