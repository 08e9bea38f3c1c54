internal import Availability
internal import Booking
internal import Demo
internal import Foundation
internal import Intervals
internal import Service
internal import Storage

/// Makes a database with population W, which performance is measured on.
struct MeasuredFilling {
  let therapistCount: Int
  let seed: UInt64
  let firstDay: CivilDate

  /// Does nothing where there is a database already.
  ///
  /// The file is filled under another name and then moved: one that is there is whole.
  /// - Parameter keep: is given the key that was made, before the file is moved.
  func fill(
    _ data: DataDirectory, zones: ZoneCatalogue, keep: (APIKey) throws -> Void
  ) throws {
    try data.removeUnfinished()
    guard !FileManager.default.fileExists(atPath: data.databasePath) else { return }
    guard
      let population = MeasuredPopulation(
        therapistCount: therapistCount, seed: seed, firstDay: firstDay, zone: zones.zone)
    else { throw Failure("population: this machine does not know the zones of population W") }
    print("Filling population W: \(therapistCount) therapists, bookings from \(firstDay) on...")
    var appointmentCount = 0
    try Store.fill(path: data.unfinishedPath) { transaction in
      try transaction.insertPartner(
        population.partner, name: "population W", at: population.at(ofTherapist: 0))
      for number in 0..<therapistCount {
        let events = population.events(ofTherapist: number)
        try transaction.apply(
          Change(events: events, answer: .imported(created: events.count, replaced: 0)),
          of: population.partner, by: population.actor, at: population.at(ofTherapist: number))
        appointmentCount += events.count(where: \.isBooking)
      }
    }
    try keep(try makeKey(for: population.partner, in: data.unfinishedPath))
    try FileManager.default.moveItem(atPath: data.unfinishedPath, toPath: data.databasePath)
    try data.removeUnfinished()
    print("Filled: \(therapistCount) therapists, \(appointmentCount) appointments.")
  }

  private func makeKey(for partner: PartnerID, in path: String) throws -> APIKey {
    let store = try Store(path: path)
    let key = try Provisioning.makeKey(for: partner, scopes: Set(Scope.allCases), in: store)
    try store.checkpoint()
    return key
  }
}

extension Event {
  fileprivate var isBooking: Bool {
    if case .appointmentBooked = self { true } else { false }
  }
}
