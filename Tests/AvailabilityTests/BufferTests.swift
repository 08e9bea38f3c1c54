import Availability
import Intervals
import Testing

@Suite struct BufferTests {
  private let ten = span("2026-11-24T10:00Z", "2026-11-24T11:00Z")
  private let quarters = Grid(stepMinutes: 15, fullHoursOnly: false)!

  /// Anna with one session at ten that has buffers of its own.
  private func entry(_ buffers: Buffers, held: [HeldTime] = []) -> TherapistEntry {
    var entry = therapist(windows: everyDay("00:00", "24:00"), held: held)
    let booked = Occupation(
      occupant: .appointment(appointment(7)), span: ten, buffers: buffers, therapist: anna,
      room: nil, client: nil)
    #expect(entry.busy.occupy(booked) == true)
    return entry
  }

  /// Whether an hour's session with buffers can be booked at this start.
  private func fits(_ start: String, _ wished: Buffers, around standing: Buffers) -> Bool {
    let offer = offer(
      minutes: 60, grid: Grid(stepMinutes: 5, fullHoursOnly: false)!, buffers: wished)
    let evaluator = Evaluator(
      therapist: entry(standing), moment: moment("2026-11-23T00:00Z"), occupancy: Booked())
    let wish = Wish(offer: offer, place: place(), room: nil, start: utc(start), client: nil)
    let isBookable = evaluator.assess(wish).isBookable
    let minute = Span(from: wish.start, lastingMinutes: 1)!
    #expect(evaluator.starts(of: offer, at: place(), in: minute).isEmpty == !isBookable)
    return isBookable
  }

  @Test("a wished buffer touches the session before and after it, but does not overlap it")  // S-7
  func wishedBuffers() {
    let wished = Buffers(beforeMinutes: 10, afterMinutes: 20)
    #expect(fits("2026-11-24T11:10Z", wished, around: .none))
    #expect(!fits("2026-11-24T11:05Z", wished, around: .none))
    #expect(fits("2026-11-24T08:40Z", wished, around: .none))
    #expect(!fits("2026-11-24T08:45Z", wished, around: .none))
  }

  @Test("a booked session's buffers keep a wished one away just so")  // S-7
  func bookedBuffers() {
    let booked = Buffers(beforeMinutes: 10, afterMinutes: 20)
    #expect(fits("2026-11-24T11:20Z", .none, around: booked))
    #expect(!fits("2026-11-24T11:15Z", .none, around: booked))
    #expect(fits("2026-11-24T08:50Z", .none, around: booked))
    #expect(!fits("2026-11-24T08:55Z", .none, around: booked))
  }

  @Test("two buffers may overlap each other: the longer one keeps them apart, not the sum")  // S-7
  func buffersOverlap() {
    let before = Buffers(beforeMinutes: 30, afterMinutes: 0)
    let after = Buffers(beforeMinutes: 0, afterMinutes: 20)
    #expect(fits("2026-11-24T11:30Z", before, around: after))
    #expect(!fits("2026-11-24T11:25Z", before, around: after))
  }

  @Test("what is in the way is named by its session, without the buffers")  // S-4 kind 4, S-7
  func collisions() {
    let evaluator = Evaluator(
      therapist: entry(Buffers(beforeMinutes: 0, afterMinutes: 30)),
      moment: moment("2026-11-23T00:00Z"), occupancy: Booked())
    let wish = Wish(
      offer: offer(grid: quarters), place: place(), room: nil, start: utc("2026-11-24T11:15Z"),
      client: nil)
    #expect(
      evaluator.assess(wish).discrepancies == [
        .therapistBusy([
          Collision(appointment: appointment(7), span: ten, resource: .therapist(anna))
        ])
      ])
  }

  @Test("buffers need not lie within the hours, and bind neither room nor client")  // S-7
  func onlyTherapist() {
    let buffered = offer(minutes: 60, buffers: Buffers(beforeMinutes: 60, afterMinutes: 60))
    let rooms = place(rooms: [blueRoom])
    let booked = Booked(rooms: [blueRoom: [(7, ten)]], clients: [carlo: [(7, ten)]])
    let evaluator = Evaluator(
      therapist: therapist(
        windows: [window(.tuesday, "12:00", "13:00")], offers: [buffered], places: [rooms]),
      moment: moment("2026-11-23T00:00Z"), occupancy: booked)
    let wish = Wish(
      offer: buffered, place: rooms, room: nil, start: utc("2026-11-24T11:00Z"), client: carlo)
    #expect(evaluator.assess(wish) == Assessment(discrepancies: [], room: blueRoom))
  }

  @Test("a hold's buffers count like an appointment's while it lasts")  // S-7, S-12
  func heldBuffers() {
    let now = utc("2026-11-23T00:00Z").instant
    let hold = held(
      8, span("2026-11-24T14:00Z", "2026-11-24T15:00Z"), until: now.advanced(byMs: 1),
      buffers: Buffers(beforeMinutes: 0, afterMinutes: 15))
    let entry = entry(.none, held: [hold])
    func starts(_ now: Instant) -> [Minute] {
      Evaluator(
        therapist: entry, moment: Moment(now: now, role: .staff), occupancy: Booked()
      ).starts(
        of: offer(grid: quarters), at: place(),
        in: span("2026-11-24T14:30Z", "2026-11-24T15:20Z"))
    }
    #expect(starts(now) == [utc("2026-11-24T15:15Z")])
    #expect(starts(now.advanced(byMs: 1)).count == 4)
  }
}
