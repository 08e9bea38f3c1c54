internal import Accounting
internal import Booking
internal import Foundation
internal import Testing

/// A simulation of a hundred thousand bookings: whatever the gateway and the process do, each charge happens once,
/// what is not owed goes back, and the books say what the records say.
///
/// `SEDUTA_SIMULATION_SEED` is a number, or "time" for a seed that nobody has seen; otherwise it is always the same,
/// so that a change is judged by what it changes.
struct SimulationTests {
  static let seed: UInt64 = {
    let given = ProcessInfo.processInfo.environment["SEDUTA_SIMULATION_SEED"]
    let seed =
      given == "time"
      ? UInt64(Date().timeIntervalSince1970 * 1_000)
      : given.flatMap(UInt64.init) ?? 1_796_074_495_244
    print("simulation: SEDUTA_SIMULATION_SEED=\(seed)")
    return seed
  }()

  static let bookings: Int =
    ProcessInfo.processInfo.environment["SEDUTA_SIMULATION_BOOKINGS"].flatMap(Int.init) ?? 100_000

  @Test("a hundred thousand bookings, with faults and crashes, break no law")
  // P-1 P-2 P-3 P-4 P-5 P-6 P-8 P-9 P-10 A-6 K-5 K-6 K-7
  func hundredThousand() {
    let simulation = Simulation(seed: Self.seed, .bookings(Self.bookings))
    let began = ContinuousClock.now
    do {
      try simulation.run()
    } catch {
      Issue.record("\(Self.story(of: error, Self.seed, .bookings(Self.bookings)))")
    }
    print("simulation: \(ContinuousClock.now - began)\n\(simulation.report)")
    #expect(simulation.booked >= Self.bookings)
    #expect(simulation.bookedOfPackages > Self.bookings / 20)
  }

  @Test("the same seed is the same run")
  func deterministic() throws {
    let runs = [0, 1].map { _ in Simulation(seed: Self.seed, .bookings(2_000)) }
    for run in runs { try run.run() }
    #expect(runs[0].digest == runs[1].digest)
    #expect(
      runs[0].decisions == runs[1].decisions && runs[0].world.balances == runs[1].world.balances)
  }

  @Test("a planted bug is found", arguments: PlantedBug.allCases)
  func found(_ bug: PlantedBug) {
    let simulation = Simulation(seed: Self.seed, .bookings(10_000), bug: bug)
    do {
      try simulation.run()
      Issue.record("\(bug) was not found with seed \(Self.seed); done \(simulation.spoiled) times")
    } catch {
      print("simulation: \(bug) found after \(simulation.booked) bookings: \(error)")
    }
  }

  /// The run once more, to tell what happened to the appointment concerned.
  private static func story(
    of error: any Error, _ seed: UInt64, _ size: Simulation.Size
  ) -> String {
    guard let violation = error as? Violation else { return "\(error) (seed \(seed))" }
    let again = Simulation(seed: seed, size, tracing: violation.subject)
    try? again.run()
    return "SEDUTA_SIMULATION_SEED=\(seed): \(violation)\n  "
      + again.trace.suffix(40).joined(separator: "\n  ")
  }
}
