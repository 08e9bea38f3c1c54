internal import Availability
internal import Intervals

/// The calendars as they become while occurrences take their places one after another: those that come
/// later collide with those before them, and count them.
struct SeriesTrial {
  /// What came of trying to take a place.
  struct Placed {
    let assessment: Assessment
    /// Nil where it was not taken.
    let span: Span?
    let alternatives: [Minute]
  }

  private var index: AvailabilityIndex
  private let moment: Moment
  /// A walk through two weeks each: not for hundreds, while everybody waits.
  private var alternativesLeft = 20

  init(_ facts: Facts, by actor: Actor, at now: Instant) {
    index = facts.index
    moment = Moment(now: now, role: actor.role)
  }

  mutating func vacate(_ occupation: Occupation) {
    let fits = index.apply(.vacate(occupation))
    precondition(fits, "what stands is in the index")
  }

  /// False where it is taken by now.
  mutating func occupy(_ occupation: Occupation) -> Bool {
    index.apply(.occupy(occupation))
  }

  /// Whether the rules have nothing against a place as things are by now.
  func isBookable(_ wish: Wish, of therapist: TherapistID) -> Bool {
    guard let entry = index.therapist(therapist) else {
      preconditionFailure("a session comes with its therapist's calendar")
    }
    return Evaluator(therapist: entry, moment: moment, occupancy: index).assess(wish).isBookable
  }

  /// Takes the place that is wished for, if the rules have nothing against it.
  mutating func place(
    _ wish: Wish, for appointment: AppointmentID, of therapist: TherapistID
  ) -> Placed {
    guard let entry = index.therapist(therapist) else {
      preconditionFailure("a session comes with its therapist's calendar")
    }
    let evaluator = Evaluator(therapist: entry, moment: moment, occupancy: index)
    let assessment = evaluator.assess(wish)
    guard assessment.isBookable,
      let span = Span(from: wish.start, lastingMinutes: wish.offer.durationMinutes)
    else {
      var alternatives: [Minute] = []
      if alternativesLeft > 0 {
        alternativesLeft -= 1
        alternatives = evaluator.alternatives(to: wish, atMost: 3)
      }
      return Placed(assessment: assessment, span: nil, alternatives: alternatives)
    }
    let isTaken = occupy(
      Occupation(
        occupant: .appointment(appointment), span: span, buffers: wish.offer.buffers,
        therapist: therapist, room: assessment.room, client: wish.client))
    precondition(isTaken, "what the rules find free can be taken")
    return Placed(assessment: assessment, span: span, alternatives: [])
  }
}
