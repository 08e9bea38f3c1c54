public import Foundation
internal import Workload

extension Scenario {
  /// Reads a scenario's file. A field that is missing, malformed or unknown is an error that names it.
  public init(file data: Data, named name: String) throws(Malformed) {
    var fields = try Fields(file: data, named: "\(name).json")
    self.name = name
    summary = try fields.text("summary")
    mix = try Self.mix(&fields)
    connections = try fields.count("connections", in: Self.connectionsRange)
    pace = try Self.pace(&fields)
    warmUpSeconds = try fields.number("warm_up_seconds", in: 0...Self.secondsMax)
    if case .ramp(let plan) = pace {
      seconds = plan.stepSeconds
    } else {
      seconds = try fields.number("seconds", in: Self.secondsMin...Self.secondsMax)
    }
    seed = UInt64(try fields.optionalCount("seed", in: 0...Int.max) ?? 1)
    candidates = try fields.optionalCount("candidates", in: 1...1_000) ?? 200
    lookups = try fields.optionalCount("lookups", in: 1...1_000) ?? 1_000
    callsPerConnection = try fields.optionalCount("calls_per_connection", in: 1...1_000_000)
    slowReaders = try Self.slowReaders(&fields)
    bookingsBeside = try fields.optionalNumber("bookings_beside", in: 1...1_000_000)
    limits = try Self.limits(&fields)
    try fields.end()
  }

  /// What fields and the flags that override them may be.
  public static let connectionsRange = 1...10_000
  public static let inFlightRange = 1...65_536
  public static let rateRange = 0.1...10_000_000
  private static let secondsMin = 0.05
  private static let secondsMax = 86_400.0

  private static func mix(_ fields: inout Fields) throws(Malformed) -> Mix {
    var calls = try fields.object("calls")
    let percent = 0...100
    let mix = Mix(
      searchPercent: try calls.optionalCount("search", in: percent) ?? 0,
      searchManyPercent: try calls.optionalCount("search_many", in: percent) ?? 0,
      batchLookupPercent: try calls.optionalCount("batch_lookup", in: percent) ?? 0,
      bookPercent: try calls.optionalCount("book", in: percent) ?? 0)
    try calls.end()
    guard let mix else { throw fields.wrong("calls", "the percentages must make 100 together") }
    return mix
  }

  private static func pace(_ fields: inout Fields) throws(Malformed) -> Pace {
    let inFlight = try fields.optionalCount("in_flight", in: inFlightRange)
    let rate = try fields.optionalNumber("requests_per_second", in: rateRange)
    let ramp = try rampPlan(&fields)
    switch (inFlight, rate, ramp) {
    case (let inFlight?, nil, nil): return .closed(inFlight: inFlight)
    case (nil, let rate?, nil): return .open(requestsPerSecond: rate)
    case (nil, nil, let plan?): return .ramp(plan)
    default:
      throw fields.wrong(
        "in_flight", "expected exactly one of in_flight, requests_per_second and ramp")
    }
  }

  private static func rampPlan(_ fields: inout Fields) throws(Malformed) -> RampPlan? {
    guard var ramp = try fields.optionalObject("ramp") else { return nil }
    var plan = RampPlan(
      startPerSecond: try ramp.number("start_per_second", in: rateRange))
    plan.growth = try ramp.optionalNumber("growth", in: 1.01...10) ?? plan.growth
    plan.stepSeconds =
      try ramp.optionalNumber("step_seconds", in: secondsMin...3_600) ?? plan.stepSeconds
    plan.p99MaxMs = try ramp.optionalNumber("p99_max_ms", in: 0.001...60_000) ?? plan.p99MaxMs
    plan.achievedMin = try ramp.optionalNumber("achieved_min", in: 0.1...1) ?? plan.achievedMin
    plan.refinements = try ramp.optionalCount("refinements", in: 0...10) ?? plan.refinements
    try ramp.end()
    return plan
  }

  private static func slowReaders(_ fields: inout Fields) throws(Malformed) -> SlowReaders? {
    guard var slow = try fields.optionalObject("slow_readers") else { return nil }
    let readers = SlowReaders(
      connections: try slow.count("connections", in: 1...1_000),
      bytesPerSecond: try slow.count("bytes_per_second", in: 1...1_000_000_000),
      othersMin: try slow.number("others_min", in: 0...1))
    try slow.end()
    return readers
  }

  private static func limits(_ fields: inout Fields) throws(Malformed) -> Limits {
    guard var limits = try fields.optionalObject("limits") else { return Limits() }
    let read = Limits(
      p99MaxMs: try limits.optionalNumber("p99_max_ms", in: 0.001...60_000),
      errorsMax: try limits.optionalCount("errors_max", in: 0...Int.max) ?? 0)
    try limits.end()
    return read
  }
}
