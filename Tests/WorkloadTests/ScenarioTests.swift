internal import Foundation
internal import Scenarios
internal import Testing
internal import Workload

struct ScenarioTests {
  private static let least = """
    {"summary": "S.", "calls": {"search": 95, "book": 5}, "connections": 8, "in_flight": 16,
     "warm_up_seconds": 1, "seconds": 20}
    """

  private func scenario(_ json: String) throws -> Scenario {
    try Scenario(file: Data(json.utf8), named: "s")
  }

  /// The least scenario with a change.
  private func changed(_ old: String, _ new: String) throws -> Scenario {
    try scenario(Self.least.replacing(old, with: new))
  }

  @Test("a scenario says what is called, how, and for how long; the rest has defaults")
  func least() throws {
    let scenario = try scenario(Self.least)
    #expect(scenario.name == "s")
    #expect(scenario.mix == Mix(searchPercent: 95, bookPercent: 5))
    #expect(scenario.pace == .closed(inFlight: 16))
    #expect(scenario.seed == 1 && scenario.candidates == 200 && scenario.lookups == 1_000)
    #expect(scenario.callsPerConnection == nil && scenario.slowReaders == nil)
    #expect(scenario.limits == Scenario.Limits(p99MaxMs: nil, errorsMax: 0))
  }

  @Test("an open loop, a ramp, churn, slow readers and limits")
  func rest() throws {
    let more = """
      "requests_per_second": 0.5, "seed": 7, "calls_per_connection": 50, "bookings_beside": 10,
      "slow_readers": {"connections": 2, "bytes_per_second": 9, "others_min": 0.5},
      "limits": {"p99_max_ms": 12.5, "errors_max": 3}
      """
    let scenario = try changed(#""in_flight": 16"#, more)
    #expect(scenario.pace == .open(requestsPerSecond: 0.5))
    #expect(scenario.seed == 7 && scenario.callsPerConnection == 50)
    #expect(scenario.slowReaders?.bytesPerSecond == 9)
    #expect(scenario.limits == Scenario.Limits(p99MaxMs: 12.5, errorsMax: 3))

    let ramp = try self.scenario(
      """
      {"summary": "S.", "calls": {"search": 100}, "connections": 1, "warm_up_seconds": 0,
       "ramp": {"start_per_second": 10, "growth": 2, "refinements": 0}}
      """)
    var plan = RampPlan(startPerSecond: 10)
    plan.growth = 2
    plan.refinements = 0
    #expect(ramp.pace == .ramp(plan))
  }

  @Test(
    "what is wrong is named by its field, with what was expected",
    arguments: [
      (
        #""connections": 8"#, #""connections": 0"#,
        "s.json: connections: expected a whole number from 1 to 10000, got 0"
      ),
      (
        #""connections": 8"#, #""connections": 1.5"#,
        "s.json: connections: expected a whole number from 1 to 10000, got 1.5"
      ),
      (#""connections": 8,"#, "", "s.json: connections: missing, expected a whole number"),
      (
        #""seconds": 20"#, #""seconds": "20""#,
        #"s.json: seconds: expected a number from 0.05 to 86400, got "20""#
      ),
      (
        #""summary": "S.""#, #""summary": """#,
        #"s.json: summary: expected a text that is not empty, got """#
      ),
      (#""book": 5"#, #""book": 6"#, "s.json: calls: the percentages must make 100 together"),
      (#""book": 5"#, #""buy": 5"#, "s.json: calls.buy: no such field"),
      (
        #""calls": {"search": 95, "book": 5}"#, #""calls": []"#,
        "s.json: calls: expected an object, got an array"
      ),
      (
        #""in_flight": 16"#, #""inflight": 16"#,
        "s.json: in_flight: expected exactly one of in_flight, requests_per_second and ramp"
      ),
      (
        #""in_flight": 16"#, #""in_flight": 16, "requests_per_second": 1"#,
        "s.json: in_flight: expected exactly one of in_flight, requests_per_second and ramp"
      ),
      (#""seconds": 20"#, #""seconds": 20, "duration": 1"#, "s.json: duration: no such field"),
      (
        #""seconds": 20"#, #""seconds": 20, "limits": {"p99_max_ms": 0}"#,
        "s.json: limits.p99_max_ms: expected a number from 0.001 to 60000, got 0"
      ),
      ("{\"summary\"", "[\"summary\"", "s.json: not JSON"),
    ])
  func wrong(old: String, new: String, message: String) {
    #expect(throws: Malformed(message)) { try changed(old, new) }
  }

  @Test("every scenario that the harness carries can be read, and is found by its name")
  func library() throws {
    #expect(ScenarioLibrary.names.contains("q1"))
    for name in ScenarioLibrary.names {
      let scenario = try ScenarioLibrary.scenario(name)
      #expect(scenario.name == name)
    }
    #expect(throws: Malformed.self) { try ScenarioLibrary.scenario("no such file") }
  }
}
