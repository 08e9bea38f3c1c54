internal import Availability
internal import Booking
internal import Demo
internal import Logging
internal import Service
internal import Storage

/// Puts the demo population into an empty database.
struct DemoFilling {
  let plan: DemoPlan
  let partner: PartnerID

  func fill(_ store: Store, zones: ZoneCatalogue, logger: Logger) throws {
    print("Filling the demo: \(plan.therapistCount) therapists, bookings from \(plan.today) on...")
    let population = DemoPopulation(plan: plan, zone: zones.zone)
    func command(_ wish: Wanted) -> Command {
      Command(partner: partner, actor: .staff(name: "demo"), wish: wish)
    }
    var commands = [command(.putDirectory(population.directory))]
    commands += population.clients.map { command(.registerClient($0, joining: nil)) }
    commands += population.bookings.map { command(.book($0)) }
    try Seeding.execute(commands, on: store, at: population.at, zones: zones, logger: logger)
    print(
      "Filled: \(population.therapists.count) therapists, \(population.clients.count) clients, "
        + "\(population.bookings.count) appointments.")
  }
}
