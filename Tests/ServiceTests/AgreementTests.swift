internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Listing, checking, trying and booking are one answer (S-5).
@Suite(.timeLimit(.minutes(1)))
struct AgreementTests {
  @Test("a check says what a dry run says, and that is what the booking says", arguments: Role.all)
  func oneAnswer(_ role: Role) async throws {  // S-5
    // Summer time begins on Sunday the 28th.
    let house = try House(now: "2027-03-27T11:29:59Z")
    try await house.serve { server in
      let client = try await server.client()
      let (practice, elsewhere) = try await Role.openPractices(by: client)
      let now = house.clock.nowMs + 1_000
      let attendee = try await register(by: client)
      let options = CallOptions(actor: role.acting(for: attendee, with: practice))
      for hour in [25, 44, 71] {
        _ = try await client.appointments.book(
          practice.booking(at: now - 30 * minuteMs + Int64(hour) * hourMs))
      }
      var taken = elsewhere.booking(at: now + 30 * minuteMs + 46 * hourMs)
      taken.clientID = attendee
      _ = try await client.appointments.book(taken)

      var seen: Set<[Seduta_Wire_V1_DiscrepancyKind]> = []
      let near = stride(from: now - 2 * hourMs, to: now + 3 * dayMs, by: Int(20 * minuteMs))
      let far = [31, 32, 33, 182, 184, 186, 400].map { now + 30 * minuteMs + $0 * dayMs }
      for start in Array(near) + far {
        var check = practice.check(at: start)
        check.clientID = attendee
        let checked = try await client.slots.check(check, options)
        var booking = practice.booking(at: start)
        booking.clientID = attendee
        booking.validateOnly = true
        let tried = await outcome { try await client.appointments.book(booking, options) }
        booking.validateOnly = false
        let booked = await outcome { try await client.appointments.book(booking, options) }
        #expect(tried.conflicts == checked.conflicts)
        #expect(booked.conflicts == checked.conflicts)
        #expect(checked.bookable == (booked.appointment != nil))
        #expect(tried.appointment?.roomID == booked.appointment?.roomID)
        #expect(checked.roomID == booked.appointment?.roomID ?? "")
        seen.insert(checked.conflicts.kinds)
        guard let id = booked.appointment?.id else { continue }
        _ = try await client.appointments.cancel(.with { $0.appointmentID = id })
      }
      #expect(seen.isSuperset(of: [[], [.offGrid], [.clientBusy], [.therapistBusy, .roomBusy]]))
      #expect(seen.contains { $0.contains(.inPast) })
      #expect(seen.contains { $0.contains(.beyondHorizon) })
      #expect(seen.contains { $0.contains(.outsideSchedule) })
      await client.close()
    }
  }

  @Test("what is listed can be booked, and what can be booked is listed", arguments: Role.all)
  func listed(_ role: Role) async throws {  // S-1 S-5
    let house = try House(now: "2027-03-27T11:29:59Z")
    try await house.serve { server in
      let client = try await server.client()
      let (practice, _) = try await Role.openPractices(by: client)
      let now = house.clock.nowMs + 1_000
      for hour in [25, 44, 71] {
        _ = try await client.appointments.book(
          practice.booking(at: now - 30 * minuteMs + Int64(hour) * hourMs))
      }
      let options = CallOptions(actor: role.acting(for: "", with: practice))
      let end = now + 3 * dayMs
      let listed = try await client.slots.search(practice.search(untilMs: end), options)
      var bookable: [Int64] = []
      for start in stride(from: now - hourMs, to: end, by: Int(10 * minuteMs)) {
        let answer = try await client.slots.check(practice.check(at: start), options)
        if answer.bookable { bookable.append(start) }
      }
      #expect(listed.allStartsMs == bookable)
      #expect(bookable.count > 20)
      await client.close()
    }
  }

  @Test("a client checks for themself only, as they book for themself only")
  func othersCalendar() async throws {  // S-5
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let (practice, elsewhere) = try await Role.openPractices(by: client)
      let start = house.clock.nowMs + dayMs + 2 * hourMs
      let booked = try await client.appointments.book(elsewhere.booking(at: start)).appointment
      let stranger = CallOptions(actor: .client(try await register(by: client)))
      var check = practice.check(at: start)
      check.clientID = booked.clientID
      let unchecked = try await #require(throws: CallError.self) {
        try await client.slots.check(check, stranger)
      }
      var booking = practice.booking(at: start)
      booking.clientID = booked.clientID
      booking.validateOnly = true
      let unbooked = try await #require(throws: CallError.self) {
        try await client.appointments.book(booking, stranger)
      }
      #expect(unbooked.status.code == .permissionDenied)
      #expect(unchecked.status.code == .permissionDenied)
      await client.close()
    }
  }

  private func register(by client: SedutaClient) async throws -> String {
    var request = Seduta_V1_ClientsRegisterRequest()
    request.client = Practice.person()
    return try await client.clients.register(request).client.id
  }

  /// The appointment, or what stood in its way.
  private func outcome(
    _ book: () async throws -> Seduta_V1_AppointmentsBookResponse
  ) async -> (appointment: Seduta_V1_Appointment?, conflicts: Seduta_Wire_V1_Conflicts) {
    do {
      return (try await book().appointment, Seduta_Wire_V1_Conflicts())
    } catch let refused as CallError where refused.status.hasConflicts {
      return (nil, refused.status.conflicts)
    } catch {
      Issue.record(error)
      return (nil, Seduta_Wire_V1_Conflicts())
    }
  }
}

/// On whose behalf.
enum Role: CaseIterable, Sendable {
  case staff, therapist, client

  static let all = Role.allCases

  func acting(for client: String, with practice: Practice) -> ActingAs {
    switch self {
    case .staff: .staff()
    case .therapist: .therapist(practice.therapistID)
    case .client: .client(client)
    }
  }

  /// An office with a room, open from 9 to 18, and another therapist online.
  static func openPractices(
    by client: SedutaClient
  ) async throws -> (office: Practice, online: Practice) {
    var office = Practice(1)
    office.opensMinute = 540
    office.closesMinute = 1_080
    office.durationMinutes = 50
    office.roomCount = 1
    let online = Practice(2)
    try await Practice.open([office, online], by: client)
    return (office, online)
  }
}
