internal import Testing
internal import Workload

struct RampTests {
  /// A server that keeps up to some rate and then falls behind.
  private struct Server {
    let capacity: Double

    func answer(_ ramp: inout Ramp, at rate: Double) {
      let answered = min(rate, capacity)
      ramp.measured(
        answeredPerSecond: answered, p99Ms: rate <= capacity ? 1 : 500, errors: 0)
    }
  }

  private func run(_ plan: RampPlan, _ server: Server) -> (Ramp, Ramp.Knee?) {
    var ramp = Ramp(plan)
    while case .run(let rate) = ramp.next { server.answer(&ramp, at: rate) }
    if case .finish(let knee) = ramp.next { return (ramp, knee) }
    return (ramp, nil)
  }

  @Test("the knee lies between the last rate that was kept and the first that was not")
  func knee() throws {
    let (ramp, knee) = run(
      RampPlan(startPerSecond: 1_000, growth: 2, refinements: 4), Server(capacity: 5_300))
    guard case .between(let kept, let broken)? = knee else {
      Issue.record("\(String(describing: knee))")
      return
    }
    #expect(kept <= 5_300 && 5_300 < broken)
    // Four halvings of a doubling.
    #expect(broken / kept < 1.05)
    #expect(Array(ramp.steps.prefix(3).map(\.requestsPerSecond)) == [1_000, 2_000, 4_000])
  }

  @Test("a rate that breaks is tried once more, for a hiccup of the machine is no knee")
  func hiccup() {
    var ramp = Ramp(RampPlan(startPerSecond: 100, growth: 2))
    ramp.measured(answeredPerSecond: 50, p99Ms: 1, errors: 0)
    #expect(ramp.next == .run(requestsPerSecond: 100))
    ramp.measured(answeredPerSecond: 100, p99Ms: 1, errors: 0)
    #expect(ramp.next == .run(requestsPerSecond: 200))
  }

  @Test("a step breaks by its share answered, by its p99, or by an error; at the limit it is kept")
  func edges() {
    let plan = RampPlan(startPerSecond: 100, p99MaxMs: 20, achievedMin: 0.9)
    for (answered, p99, errors, isKept) in [
      (90.0, 20.0, 0, true), (89.9, 1, 0, false), (100, 20.1, 0, false), (100, 1, 1, false),
    ] {
      var ramp = Ramp(plan)
      ramp.measured(answeredPerSecond: answered, p99Ms: p99, errors: errors)
      #expect(ramp.steps.first?.isKept == isKept, "\(answered) \(p99) \(errors)")
    }
  }

  @Test("a server that keeps not even the first rate is told so after two tries")
  func below() {
    let (ramp, knee) = run(RampPlan(startPerSecond: 1_000), Server(capacity: 10))
    #expect(knee == .below(brokenPerSecond: 1_000))
    #expect(ramp.steps.count == 2)
  }

  @Test("a ramp that nothing stops ends by itself")
  func above() {
    let (ramp, knee) = run(
      RampPlan(startPerSecond: 1, growth: 1.01), Server(capacity: .infinity))
    guard case .above? = knee else {
      Issue.record("\(String(describing: knee))")
      return
    }
    #expect(ramp.steps.count == Ramp.stepsMax)
  }
}
