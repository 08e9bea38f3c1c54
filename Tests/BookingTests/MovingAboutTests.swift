internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Testing

/// Many appointments that are booked, moved, cancelled and paid, in any order.
struct MovingAboutTests {
  /// The next of a row of numbers that looks like chance, below a bound.
  private struct Row {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  @Test("whatever moves, nobody is in two places, and nothing is lost", arguments: 1...8)
  func soundness(seed: UInt64) throws {  // B-10 S-10 P-6
    var row = Row(state: seed)
    var practice = Practice()
    practice.facts.clients[daria] = Practice.client(daria)
    let days = ["2026-11-24", "2026-11-25"]
    let ids = (1...8).map { appointmentID($0) }
    var (moves, refusals) = (0, 0)
    for _ in 0..<400 {
      let minute = row.next(below: 8) * 30
      let start = inRome("\(days[row.next(below: 2)])T09:00").advanced(byMinutes: Int32(minute))
      let id = ids[row.next(below: ids.count)]
      let room = [nil, blueRoom, redRoom][row.next(below: 3)]
      let isAnnas = row.next(below: 2) == 0
      let booked = booking(
        start, therapist: isAnnas ? anna : bruno, service: isAnnas ? individual : couple,
        room: room, attendee: .registered([carlo, daria][row.next(below: 2)]))
      let wish: Wanted =
        switch row.next(below: 6) {
        case 0: booked
        case 1: cancelling(id)
        case 2: paying(id, euro(Int64(row.next(below: 7_000) + 1)))
        case 3: refunding(id)
        default: rescheduling(id, start, room: room)
        }
      let known = practice.facts.appointments.keys.sorted { $0.rawValue < $1.rawValue }
      let named = renaming(wish, known.isEmpty ? id : known[row.next(below: known.count)])
      let decision = practice.perform(named)
      if case .rescheduled? = decision.change?.answer { moves += 1 }
      if decision.refusal != nil { refusals += 1 }
      try check(practice)
    }
    // Once all is cancelled nobody's time is taken.
    for id in practice.facts.appointments.keys { practice.perform(cancelling(id)) }
    for therapist in [anna, bruno] {
      #expect(practice.facts.index.therapist(therapist)?.busy.isEmpty == true)
    }
    for client in [carlo, daria] { #expect(practice.facts.index.busy(of: client).isEmpty) }
    #expect(moves > 10 && refusals > 10, "it was no test: \(moves) moves, \(refusals) refusals")
  }

  /// The same wish for an appointment that there is.
  private func renaming(_ wish: Wanted, _ id: AppointmentID) -> Wanted {
    switch wish {
    case .cancel: cancelling(id)
    case .recordPayment(let money): paying(id, money.amount)
    case .recordRefund(let money): refunding(id, money.amount)
    case .reschedule(let move): rescheduling(id, move.start, room: move.room)
    default: wish
    }
  }

  private func check(_ practice: Practice) throws {
    #expect(practice.facts.index.violations() == [])
    let all = Array(practice.facts.appointments.values)
    for one in all {
      #expect(0 <= one.refunded && one.refunded <= one.paid)
      #expect(one.paid - one.refunded <= one.price.minorUnits)
      guard one.state.occupies else { continue }
      for other in all where other.id != one.id && other.state.occupies {
        let shares =
          one.therapist == other.therapist || one.room == other.room || one.client == other.client
        #expect(!shares || !one.span.overlaps(other.span), "\(one.id) and \(other.id)")
      }
    }
  }
}
