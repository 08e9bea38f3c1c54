internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// A check, a dry run and the booking are one answer, whatever is asked (S-5).
@Suite(.timeLimit(.minutes(3)))
struct DryRunTests {
  private static let rounds = 90
  private static let wishesEach = 25

  @Test("thousands of random wishes: with rooms, clients, buffers, policies, holds and overrides")
  func oneAnswer() async throws {  // S-5 S-6 S-12
    // Summer time begins on Sunday the 28th.
    let house = try House(now: "2027-03-27T11:29:59Z")
    try await house.serve { server in
      let client = try await server.client()
      var world = try await World(opening: client)
      var seen = Seen()
      for _ in 0..<DryRunTests.rounds {
        let nowMs = house.clock.nowMs
        let wishes = (0..<DryRunTests.wishesEach).map { _ in world.wish(at: nowMs) }
        let answers = try await withThrowingTaskGroup(of: (Answer, Answer).self) { tasks in
          for wish in wishes {
            tasks.addTask { (try await wish.check(by: client), try await wish.dryRun(by: client)) }
          }
          return try await tasks.reduce(into: []) { $0.append($1) }
        }
        for (checked, tried) in answers {
          #expect(checked.agrees(with: tried), "\(checked) \(tried)")
          seen.note(checked)
        }
        for wish in wishes.prefix(3) {
          let checked = try await wish.check(by: client)
          let booked = try await wish.book(by: client)
          #expect(checked.agrees(with: booked), "\(checked) \(booked)")
          if let appointment = booked.appointment { world.booked(appointment, over: wish.holdID) }
        }
        try await world.goOn(by: client, at: nowMs)
        house.clock.set(nowMs + Int64.random(in: 0...12, using: &world.dice) * minuteMs)
      }
      #expect(seen.kinds == Set(Seduta_Wire_V1_DiscrepancyKind.allCases.dropFirst()))
      #expect(seen.overridden.map(\.rawValue).sorted() == [1, 2, 3, 8, 9, 10])
      #expect(seen.bookable > 100 && seen.bookableByOverride > 20 && seen.goneHolds > 20)
      #expect(world.takenOver > 3)
      await client.close()
    }
  }

  private struct Seen {
    var kinds: Set<Seduta_Wire_V1_DiscrepancyKind> = []
    var overridden: Set<Seduta_Wire_V1_DiscrepancyKind> = []
    var bookable = 0
    var bookableByOverride = 0
    var goneHolds = 0

    mutating func note(_ answer: Answer) {
      for discrepancy in answer.conflicts.discrepancies {
        kinds.insert(discrepancy.kind)
        if discrepancy.overridden { overridden.insert(discrepancy.kind) }
      }
      if answer.isBookable {
        bookable += 1
        if answer.conflicts.discrepancies.contains(where: \.overridden) { bookableByOverride += 1 }
      }
      if answer.reason.hasPrefix("HOLD_") || answer.reason == "NOT_FOUND" { goneHolds += 1 }
    }
  }
}

/// What was said to a wish, by whichever call.
private struct Answer {
  var isBookable = false
  var roomID = ""
  var conflicts = Seduta_Wire_V1_Conflicts()
  /// Why it was not even looked at.
  var reason = ""
  var appointment: Seduta_V1_Appointment?

  /// A booking that goes well does not repeat what it overrode.
  func agrees(with booking: Answer) -> Bool {
    isBookable == booking.isBookable && roomID == booking.roomID && reason == booking.reason
      && (isBookable || conflicts == booking.conflicts)
  }
}

private struct RandomWish: Sendable {
  let practice: Practice
  let startMs: Int64
  let roomID: String
  let clientID: String
  let overrides: [Seduta_Wire_V1_DiscrepancyKind]
  let holdID: String
  let options: CallOptions

  func check(by client: SedutaClient) async throws -> Answer {
    var request = practice.check(at: startMs)
    request.roomID = roomID
    request.clientID = clientID
    request.overrides = overrides
    request.holdID = holdID
    return try await answer {
      let found = try await client.slots.check(request, options)
      return Answer(isBookable: found.bookable, roomID: found.roomID, conflicts: found.conflicts)
    }
  }

  func dryRun(by client: SedutaClient) async throws -> Answer {
    try await book(by: client, validateOnly: true)
  }

  func book(by client: SedutaClient, validateOnly: Bool = false) async throws -> Answer {
    var request = practice.booking(at: startMs)
    request.roomID = roomID
    request.clientID = clientID
    request.overrides = overrides
    request.holdID = holdID
    request.validateOnly = validateOnly
    return try await answer {
      let booked = try await client.appointments.book(request, options).appointment
      return Answer(isBookable: true, roomID: booked.roomID, appointment: booked)
    }
  }

  private func answer(_ call: () async throws -> Answer) async throws -> Answer {
    do {
      return try await call()
    } catch let refused as CallError where refused.status.hasConflicts {
      return Answer(conflicts: refused.status.conflicts)
    } catch let refused as CallError {
      return Answer(reason: refused.status.errorInfo.reason)
    }
  }
}

/// Three therapists in an office with two rooms, their clients, and what they do.
private struct World {
  var dice = Dice(seed: 12)
  private(set) var takenOver = 0
  private let practices: [Practice]
  private let clientIDs: [String]
  private var holds: [Seduta_V1_Hold] = []
  private var appointmentIDs: [String] = []

  init(opening client: SedutaClient) async throws {
    practices = (1...3).map { number in
      var practice = Practice(number)
      practice.opensMinute = 480 + 60 * Int32(number)
      practice.closesMinute = 1_080
      practice.durationMinutes = 50
      practice.roomCount = 2
      practice.officeNumber = 1
      practice.bufferMinutes = [0, 10, 15][number - 1]
      return practice
    }
    try await Practice.open(practices, by: client)
    _ = try await client.directory.updatePolicy(
      .with {
        $0.policy.minimumNoticeMinutes = 180
        $0.policy.dailyCap = 4
        $0.policy.holdMinutes = 25
      })
    var clientIDs: [String] = []
    for _ in 0..<4 {
      let registered = try await client.clients.register(.with { $0.client = Practice.person() })
      clientIDs.append(registered.client.id)
    }
    self.clientIDs = clientIDs
  }

  mutating func wish(at nowMs: Int64) -> RandomWish {
    let hold = Int.random(in: 0..<3, using: &dice) == 0 ? holds.randomElement(using: &dice) : nil
    var practice = practices.randomElement(using: &dice)!
    if let hold, Int.random(in: 0..<4, using: &dice) > 0 {
      practice = practices.first { $0.therapistID == hold.therapistID } ?? practice
    }
    let clientID = clientIDs.randomElement(using: &dice)!
    let isClient = Int.random(in: 0..<3, using: &dice) == 0
    let possible: [Seduta_Wire_V1_DiscrepancyKind] = [
      .outsideLocationHours, .outsideSchedule, .inPast, .underNotice, .offGrid, .overCap,
    ]
    let overrides = isClient ? [] : possible.filter { _ in Bool.random(using: &dice) }
    let actor: ActingAs =
      isClient
      ? .client(clientID) : Bool.random(using: &dice) ? .staff() : .therapist(practice.therapistID)
    return RandomWish(
      practice: practice, startMs: start(at: nowMs, near: hold),
      roomID: Bool.random(using: &dice) ? "" : practice.roomID(Int.random(in: 0...1, using: &dice)),
      clientID: clientID, overrides: overrides, holdID: hold?.id ?? "",
      options: CallOptions(actor: actor))
  }

  private mutating func start(at nowMs: Int64, near hold: Seduta_V1_Hold?) -> Int64 {
    let today = nowMs / dayMs * dayMs
    if let hold, Bool.random(using: &dice) { return hold.startTime.seconds * 1_000 }
    switch Int.random(in: 0..<12, using: &dice) {
    case 0: return today + Int64.random(in: 20...250, using: &dice) * dayMs + 10 * hourMs
    case 1: return nowMs / minuteMs * minuteMs - Int64.random(in: 0...300, using: &dice) * minuteMs
    case 2...4: return today + Int64.random(in: 0...288, using: &dice) * 10 * minuteMs
    default: return today + Int64.random(in: 14...90, using: &dice) * 30 * minuteMs
    }
  }

  mutating func booked(_ appointment: Seduta_V1_Appointment, over holdID: String) {
    appointmentIDs.append(appointment.id)
    if !holdID.isEmpty { takenOver += 1 }
  }

  /// Some take or release a hold, or cancel.
  mutating func goOn(by client: SedutaClient, at nowMs: Int64) async throws {
    for _ in 0..<2 {
      let wish = wish(at: nowMs)
      var request = wish.practice.hold(at: wish.startMs)
      request.roomID = wish.roomID
      if Bool.random(using: &dice) { request.clientID = wish.clientID }
      do {
        holds.append(try await client.holds.take(request, wish.options).hold)
      } catch let refused as CallError where refused.status.hasConflicts {
        continue
      }
    }
    if holds.count > 6 { holds.removeFirst() }
    if Int.random(in: 0..<8, using: &dice) == 0, let hold = holds.randomElement(using: &dice) {
      try await ignoringRefusals {
        _ = try await client.holds.release(.with { $0.holdID = hold.id })
      }
    }
    if appointmentIDs.count > 12 {
      let id = appointmentIDs.removeFirst()
      try await ignoringRefusals {
        _ = try await client.appointments.cancel(.with { $0.appointmentID = id })
      }
    }
  }

  private func ignoringRefusals(_ call: () async throws -> Void) async throws {
    do { try await call() } catch is CallError {}
  }
}
