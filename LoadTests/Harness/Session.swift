internal import Scenarios
internal import Workload

/// A server that loads are put on: where it is, and whom there is to search and book for.
struct Session: Sendable {
  let address: Address
  let key: String
  let population: Population
  let serverVersion: String
  var threads = 1

  /// Finds out over the wire.
  init(to endpoint: Endpoint, key: String) throws {
    address = try endpoint.resolve()
    self.key = key
    let desk = try Desk(to: address, key: key, keyPrefix: "load-\(LoadPlan.makeLoadID())-set-up")
    population = try Discovery(desk).population(withClients: true)
    serverVersion = desk.serverVersion
  }

  /// A load as a scenario describes it. A ramp's is that of its first step.
  func plan(_ scenario: Scenario) -> LoadPlan {
    let loop: Loop =
      switch scenario.pace {
      case .closed(let inFlight): .closed(pipeline: inFlight)
      case .open(let rate): .open(requestsPerSecond: rate)
      case .ramp(let ramp): .open(requestsPerSecond: ramp.startPerSecond)
      }
    var plan = LoadPlan(
      address: address, key: key, connections: scenario.connections, threads: threads, loop: loop,
      warmUpNs: UInt64(scenario.warmUpSeconds * 1e9), durationNs: UInt64(scenario.seconds * 1e9),
      mix: scenario.mix, seed: scenario.seed, loadID: LoadPlan.makeLoadID())
    plan.limits.candidatesMax = scenario.candidates
    plan.limits.lookupsMax = scenario.lookups
    plan.callsPerConnection = scenario.callsPerConnection
    return plan
  }

  /// The bookings that are made beside a load; nil where the scenario wants none.
  func planBeside(_ scenario: Scenario) -> LoadPlan? {
    guard let rate = scenario.bookingsBeside else { return nil }
    var plan = plan(scenario)
    plan.connections = 1
    plan.threads = 1
    plan.loop = .open(requestsPerSecond: rate)
    plan.mix = .book
    plan.callsPerConnection = nil
    // Another stream of choices than the load's own.
    plan.seed = ~scenario.seed
    return plan
  }

  /// Reads back what a load's bookings left, and cancels those that stand.
  func lookBack(on result: inout LoadResult) {
    guard !result.held.isEmpty || !result.cancelled.isEmpty else { return }
    do {
      // A new connection: the first has been idle for as long as the load took.
      let desk = try Desk(
        to: address, key: key, keyPrefix: "load-\(LoadPlan.makeLoadID())-clean-up")
      var readBack = ReadBack(desk)
      let held = result.held
      try readBack.check(held: held, cancelled: result.cancelled)
      result.add(readBack)
      try ReadBack(desk).cleanUp(held)
    } catch {
      result.troubles.append("after the load: \(error)")
    }
  }
}
