internal import Accounting
internal import Availability
internal import Booking

/// What a therapist offers.
struct PriceList {
  private(set) var services: [HealthcareService] = []

  private let therapist: Therapist
  private let making: Practitioner.Making

  init(for therapist: Therapist, _ making: Practitioner.Making, dice: inout Dice) {
    self.therapist = therapist
    self.making = making
    let level = making.city.prices
    let wording = making.city.wording
    let individual = price(in: level.individual, dice: &dice)

    if !making.offices.isEmpty {
      add(wording.individual, .individual, 50, individual, at: making.offices, dice: &dice)
    }
    if let online = making.online {
      // Who has an office often asks less for a session without it.
      let isCheaper = !making.offices.isEmpty && dice.happens(percent: 40)
      let price = isCheaper ? max(individual - level.step, level.individual.lowerBound) : individual
      add(wording.individualOnline, .individual, 50, price, at: [online], dice: &dice)
    }
    if therapist.specialities.contains(Speciality.couples) {
      let couple = max(price(in: level.couple, dice: &dice), individual + level.step)
      let minutes: Int32 = dice.happens(percent: 50) ? 80 : 90
      add(wording.couple, .couple, minutes, couple, at: placesInPerson, dice: &dice)
    }
    addFirstMeeting(price: individual, dice: &dice)
  }

  /// A short call for nothing, a first visit at the usual price, or neither.
  private mutating func addFirstMeeting(price: Int, dice: inout Dice) {
    let wording = making.city.wording
    switch making.number % 3 {
    case 0:
      guard let online = making.online else { return }
      add(wording.firstCall, .firstVisit, 20, 0, at: [online], dice: &dice)
    case 1:
      add(wording.firstVisit, .firstVisit, 50, price, at: placesInPerson, dice: &dice)
    default: return
    }
  }

  /// The offices; online for who has none.
  private var placesInPerson: [Location] {
    making.offices.isEmpty ? making.online.map { [$0] } ?? [] : making.offices
  }

  /// - Parameter price: in whole units of the city's currency.
  private mutating func add(
    _ name: String, _ kind: Kind, _ durationMinutes: Int32, _ price: Int, at places: [Location],
    dice: inout Dice
  ) {
    guard let mode = places.first?.mode else { return }
    // All currencies here have a hundred minor units.
    let money = Money(minorUnits: Int64(price) * 100, currency: making.city.prices.currency)
    services.append(
      HealthcareService(
        id: dice.id(at: making.at), therapist: therapist.id, name: name, kind: kind.rawValue,
        durationMinutes: durationMinutes, price: money, mode: mode, locations: places.map(\.id),
        plan: price == 0 ? .free : .onSite, gridStepMinutes: nil, fullHoursOnly: false,
        version: 1))
  }

  private func price(in range: ClosedRange<Int>, dice: inout Dice) -> Int {
    let step = making.city.prices.step
    return range.lowerBound + step * dice.within(0...((range.upperBound - range.lowerBound) / step))
  }

  /// What searches across therapists ask for.
  enum Kind: String {
    case individual = "individual"
    case couple = "couple"
    case firstVisit = "first_visit"
  }
}
