internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// Clients come and book.
extension Simulation {
  /// Some two minutes between one and the next.
  func arrive() throws {
    try book()
    guard booked < size.bookings else {
      gateway.isFaulty = false
      return
    }
    agenda.add(.arrival, at: now.advanced(byMs: dice.roll(0...4 * Ms.minute)))
  }

  /// A full hour that may be free: half of them within the next two days.
  func someStart() -> Minute {
    let hours = dice.chance(450) ? dice.roll(0...48) : dice.roll(0...26 * 24)
    let day = now.msSinceEpoch / Ms.day
    let opensAt = (day + hours / 24) * 1_440 + dice.roll(6...20) * 60
    return Minute(sinceEpoch: Int32(opensAt))
  }

  private func book() throws {
    let currency = Int(dice.roll(0...Int64(Town.currencies.count - 1)))
    let client = dice.pick(world.town.clients[currency])
    if dice.chance(600), try bookOfPackage(client.id) { return }
    let service = dice.pick(world.town.servicesOf[currency])
    let actor: Actor = dice.pick([
      .client(client.id), .client(client.id), .client(client.id), Simulation.desk,
      .therapist(service.therapist),
    ])
    let usesBenefits = dice.chance(350)
    func wish(_ start: Minute) -> Wanted {
      .book(
        BookingWish(
          therapist: service.therapist, service: service.id, location: Town.location.id, room: nil,
          start: start, attendee: .registered(client.id), id: nil,
          usesBenefits: mayUseBenefits && usesBenefits))
    }
    var mayUseBenefits: Bool {
      switch actor {
      case .therapist: false
      case .staff, .client, .link, .time, .gateway: true
      }
    }
    var decision = try perform(wish(someStart()), by: actor)
    if case .refuse(.unbookable(_, _, let alternatives)) = decision, let start = alternatives.first
    {
      decision = try perform(wish(start), by: actor)
    }
    if case .change = decision { booked += 1 }
  }
}
