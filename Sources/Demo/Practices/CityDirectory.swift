internal import Availability
internal import Booking
internal import Intervals

/// The locations of a city, and who works there.
struct CityDirectory {
  private(set) var locations: [Location] = []
  private(set) var practitioners: [Practitioner] = []

  private let city: City
  private let zone: Zone
  private let at: Instant
  private let online: Location
  /// Of the neighbourhood at hand.
  private var practices: [(office: Post.Office, location: Location)] = []
  private var officeCount = 0

  init(of city: City, in zone: Zone, therapistCount: Int, at: Instant, dice: inout Dice) {
    self.city = city
    self.zone = zone
    self.at = at
    online = Location(
      id: dice.id(at: at), name: city.wording.online, mode: .online, address: "", city: "",
      rooms: [], version: 1)
    if therapistCount > 0 { locations.append(online) }
    let firstName = dice.below(1_000)
    for index in 0..<therapistCount {
      let position = index % Post.ofNeighbourhood.count
      if position == 0 { openPractices(dice: &dice) }
      let name = city.names.name(
        number: firstName + index, isFeminine: dice.happens(percent: 70))
      let offices = offices(of: Post.ofNeighbourhood[position], surname: name.surname, &dice)
      practitioners.append(
        Practitioner(
          Practitioner.Making(
            city: city, zone: zone, number: index, name: name, offices: offices,
            online: Post.ofNeighbourhood[position].worksOnline ? online : nil, at: at),
          dice: &dice))
    }
  }

  /// Every other neighbourhood has one practice for all instead of a larger and a smaller one.
  private mutating func openPractices(dice: inout Dice) {
    let name = city.wording.sharedPractice
    if dice.happens(percent: 50) {
      let only = office(name, roomCount: dice.within(5...6), dice: &dice)
      practices = [(.largePractice, only), (.smallPractice, only)]
    } else {
      let large = office(name, roomCount: dice.within(3...4), dice: &dice)
      let small = office(name, roomCount: 2, dice: &dice)
      practices = [(.largePractice, large), (.smallPractice, small)]
    }
  }

  /// Each once, in the post's order.
  private mutating func offices(
    of post: Post, surname: String, _ dice: inout Dice
  ) -> [Location] {
    var found: [Location] = []
    for office in post.offices {
      let shared = practices.first { $0.office == office }?.location
      let location = shared ?? own(surname, dice: &dice)
      if !locations.contains(where: { $0.id == location.id }) { locations.append(location) }
      if !found.contains(location) { found.append(location) }
    }
    return found
  }

  private mutating func own(_ surname: String, dice: inout Dice) -> Location {
    let quarter = nextQuarter()
    return location(
      "\(city.wording.privateOffice) \(surname)", in: quarter, roomCount: 1, dice: &dice)
  }

  private mutating func office(_ name: String, roomCount: Int, dice: inout Dice) -> Location {
    let quarter = nextQuarter()
    return location("\(name) \(quarter.name)", in: quarter, roomCount: roomCount, dice: &dice)
  }

  private mutating func nextQuarter() -> Quarter {
    defer { officeCount += 1 }
    return city.quarters[officeCount % city.quarters.count]
  }

  private func location(
    _ name: String, in quarter: Quarter, roomCount: Int, dice: inout Dice
  ) -> Location {
    let address = city.address(quarter.street, dice.within(1...120), quarter.postcode)
    let rooms = (1...roomCount).map {
      Room(id: dice.id(at: at), name: "\(city.wording.room) \($0)")
    }
    return Location(
      id: dice.id(at: at), name: name, mode: .inPerson, address: address, city: city.name,
      rooms: rooms, version: 1)
  }
}
