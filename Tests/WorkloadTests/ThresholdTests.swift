internal import Foundation
internal import Scenarios
internal import Testing
internal import Thresholds

struct ThresholdTests {
  private static let file = """
    {"population": "demo", "therapists": 10, "rounds": 3, "warm_up_seconds": 0.1, "seconds": 1,
     "thresholds": [
       {"scenario": "q1", "measure": "throughput", "against": "echo", "at_least": 0.5, "reason": "R."},
       {"scenario": "q4", "measure": "server_time", "against": "q1", "at_most": 3, "reason": "R."}]}
    """

  private func check(_ json: String) throws -> ContinuousCheck {
    try ContinuousCheck(file: Data(json.utf8), named: "t.json")
  }

  private func round(q1: Double, echo: Double, q4Time: Double = 1) -> Round {
    let sample = { (rate: Double, time: Double) in
      Sample(
        callsPerSecond: rate, p50Ms: 1, p99Ms: 2, serverMicroseconds: time, clientMicroseconds: 1)
    }
    var round = Round()
    round.server = ["q1": sample(q1, 1), "q4": sample(1, q4Time)]
    round.echo = ["q1": sample(echo, 1)]
    return round
  }

  @Test("a file names its loads: each once, those with an echo, those that are only compared with")
  func loads() throws {
    let check = try check(Self.file)
    #expect(check.scenarios == ["q1", "q4"])
    #expect(check.calibrated == ["q1"])
    #expect(check.thresholds[0].title == "q1 throughput / echo")
    #expect(check.thresholds[1].title == "q4 server time / q1")
  }

  @Test("the median of the rounds' ratios is judged: one round that went wrong does not count")
  func median() throws {
    let threshold = try check(Self.file).thresholds[0]
    let rounds = [round(q1: 60, echo: 100), round(q1: 1, echo: 100), round(q1: 50, echo: 100)]
    let judgement = try #require(threshold.judge(rounds))
    #expect(judgement.median == 0.5 && judgement.least == 0.01 && judgement.most == 0.6)
    #expect(judgement.isKept, "at the bound it is kept")
    let slower = try #require(
      threshold.judge(
        rounds.map { round in
          var round = round
          round.echo["q1"] = round.echo["q1"].map {
            Sample(
              callsPerSecond: $0.callsPerSecond * 1.01, p50Ms: 1, p99Ms: 1, serverMicroseconds: 1,
              clientMicroseconds: 1)
          }
          return round
        }))
    #expect(!slower.isKept)
  }

  @Test("an upper bound is broken from above, and two loads of one server can be compared")
  func atMost() throws {
    let threshold = try check(Self.file).thresholds[1]
    #expect(threshold.judge([round(q1: 1, echo: 1, q4Time: 3)])?.isKept == true)
    #expect(threshold.judge([round(q1: 1, echo: 1, q4Time: 3.1)])?.isKept == false)
  }

  @Test("a ratio without both of its loads is no judgement, not a pass")
  func missing() throws {
    let threshold = try check(Self.file).thresholds[0]
    #expect(threshold.judge([]) == nil)
    #expect(threshold.judge([Round()]) == nil)
  }

  @Test(
    "what is wrong in the file is named",
    arguments: [
      (
        #""at_least": 0.5"#, #""at_least": 0.5, "at_most": 1"#,
        "t.json: thresholds[0].at_least: expected exactly one of at_least and at_most"
      ),
      (#", "reason": "R."},"#, "},", "t.json: thresholds[0].reason: missing, expected a text"),
      (
        #""server_time""#, #""time""#,
        "t.json: thresholds[1].measure: expected one of throughput, median_latency, server_time"
      ),
      (
        #""rounds": 3"#, #""rounds": 0"#,
        "t.json: rounds: expected a whole number from 1 to 99, got 0"
      ),
      (#""demo""#, #""x""#, "t.json: population: expected one of demo, w"),
    ])
  func wrong(old: String, new: String, message: String) {
    #expect(throws: Malformed(message)) { try check(Self.file.replacing(old, with: new)) }
  }

  @Test(
    "the harness's own files can be read, their scenarios exist, and each threshold says why",
    arguments: [ContinuousCheck.standardFile, ContinuousCheck.goalsFile])
  func standard(file: Data) throws {
    let check = try ContinuousCheck(file: file, named: "ci.json")
    for name in check.scenarios { _ = try ScenarioLibrary.scenario(name) }
    for threshold in check.thresholds { #expect(threshold.reason.count > 20, "\(threshold.title)") }
  }
}
