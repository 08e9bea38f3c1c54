internal import Availability
internal import Booking
internal import Intervals

/// What is booked in a city: nothing that the rules would refuse.
struct Diary {
  /// In the order in which they are made.
  private(set) var bookings: [BookingWish] = []

  private let at: Instant
  private var index = AvailabilityIndex()

  init(_ practitioners: [Practitioner], at: Instant) {
    self.at = at
    for practitioner in practitioners { index.replace(practitioner.profile) }
  }

  /// False, and nothing happens, when the rules refuse it.
  mutating func book(
    _ offer: Offer, at place: Place, of therapist: TherapistID, for client: ClientID,
    start: Minute, id: AppointmentID
  ) -> Bool {
    let wish = Wish(offer: offer, place: place, room: nil, start: start, client: client)
    guard let assessment = assess(wish, of: therapist), assessment.isBookable,
      let span = Span(from: start, lastingMinutes: offer.durationMinutes)
    else { return false }
    let occupation = Occupation(
      appointment: id, span: span, therapist: therapist, room: assessment.room, client: client)
    guard index.apply(.occupy(occupation)) else {
      preconditionFailure("\(id) was found bookable, and yet its time is taken")
    }
    bookings.append(
      BookingWish(
        therapist: therapist, service: offer.id, location: place.id, room: assessment.room,
        start: start, attendee: .registered(client), id: id))
    return true
  }

  // A method of its own, so that the evaluator's copies are gone when the index changes: they would
  // make every booking copy all of it.
  private func assess(_ wish: Wish, of therapist: TherapistID) -> Assessment? {
    guard let entry = index.therapist(therapist) else { return nil }
    let evaluator = Evaluator(
      therapist: entry, moment: Moment(now: at, role: .staff), occupancy: index)
    return evaluator.assess(wish)
  }
}
