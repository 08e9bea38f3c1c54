internal import ArgumentParser
internal import Foundation

/// From when until when: a month, or any other range.
struct PeriodOptions: ParsableArguments {
  @Option(help: "A calendar month: 2027-03.")
  var month: MonthArgument?

  @Option(help: "The IANA zone in which the month begins and ends. (default: this computer's)")
  var zone: ZoneArgument?

  @Option(help: "Instead of --month: from here on.")
  var from: RangeEndArgument?

  @Option(name: [.long, .customLong("to")], help: "Instead of --month: until here (exclusive).")
  var until: RangeEndArgument?

  func validate() throws {
    guard month != nil || (from != nil && until != nil) else {
      throw ValidationError("Of when? Pass --month, or --from and --until.")
    }
    guard month == nil || (from == nil && until == nil) else {
      throw ValidationError("--month is instead of --from and --until.")
    }
    guard month != nil || zone == nil else {
      throw ValidationError("--zone goes with --month.")
    }
  }

  /// In which times are shown.
  var shownZone: TimeZone { zone?.zone ?? .current }

  /// Its first instant, and the first after it.
  var ends: (fromMs: Int64, untilMs: Int64) {
    if let ends = month?.ends(in: shownZone) { return ends }
    // Validated: there are both.
    return (from?.ms ?? 0, until?.ms ?? 0)
  }
}
