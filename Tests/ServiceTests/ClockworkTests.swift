internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What time does by itself, with a clock that stands where the test has put it.
@Suite(.timeLimit(.minutes(1)))
struct ClockworkTests {
  /// So many sessions, an hour after another, from tomorrow on.
  private func book(
    _ count: Int, with practice: Practice, from now: Int64, by client: SedutaClient
  ) async throws -> [Seduta_V1_Appointment] {
    try await practice.open(by: client)
    var booked: [Seduta_V1_Appointment] = []
    for number in 0..<count {
      let request = practice.booking(at: now + dayMs + Int64(number) * hourMs)
      booked.append(try await client.appointments.book(request).appointment)
    }
    return booked
  }

  private func states(
    of booked: [Seduta_V1_Appointment], by client: SedutaClient
  ) async throws -> [Seduta_V1_AppointmentState] {
    var states: [Seduta_V1_AppointmentState] = []
    for appointment in booked {
      let found = try await client.appointments.get(.with { $0.appointmentID = appointment.id })
      states.append(found.appointment.state)
    }
    return states
  }

  /// Waits until nothing is due any more, by the server's clock.
  private func settle(_ client: SedutaClient, at now: Int64) async throws {
    while let next = try await client.admin.due(.init()).items.first, next.dueTime.ms <= now {
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// What happened to each, in order.
  private func steps(
    of booked: [Seduta_V1_Appointment], by client: SedutaClient
  ) async throws -> [[String]] {
    let events = try await client.admin.audit(.with { $0.pageSize = 1_000 }).events
    // How many reminders there are depends on how far away a session is; ReminderTests count them.
    return booked.map { appointment in
      events.filter { $0.subjectID == appointment.id && $0.kind != "APPOINTMENT_REMINDED" }
        .map { "\($0.kind) \($0.actorRole)" }
    }
  }

  private static let whole = [
    "APPOINTMENT_BOOKED STAFF", "APPOINTMENT_BEGUN SYSTEM", "APPOINTMENT_COMPLETED SYSTEM",
  ]

  @Test("a session begins five minutes before its start, and not a millisecond earlier")
  func begins() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let booked = try await book(1, with: Practice(), from: house.clock.nowMs, by: client)
      let begins = booked[0].startTime.ms - 5 * minuteMs
      house.clock.set(begins - 1)
      // Longer than the server takes to look again.
      try await Task.sleep(for: .milliseconds(600))
      #expect(try await states(of: booked, by: client) == [.scheduled])
      house.clock.set(begins)
      try await settle(client, at: begins)
      #expect(try await states(of: booked, by: client) == [.inProgress])
      await client.close()
    }
  }

  @Test("what became due while the server was down happens at its start, each step once")
  func catchesUp() async throws {
    let house = try House()
    let booked = try await house.serve { server in
      let client = try await server.client()
      return try await book(30, with: Practice(), from: house.clock.nowMs, by: client)
    }
    // Amid the tenth session: nine are over, one has begun, twenty are to come.
    let now = booked[9].startTime.ms + 10 * minuteMs
    house.clock.set(now)
    let expected: [Seduta_V1_AppointmentState] =
      Array(repeating: .completed, count: 9) + [.inProgress]
      + Array(repeating: .scheduled, count: 20)
    for _ in 1...2 {
      // The second server finds nothing to do.
      try await house.serve { server in
        let client = try await server.client()
        try await settle(client, at: now)
        #expect(try await states(of: booked, by: client) == expected)
        let steps = try await steps(of: booked, by: client)
        #expect(steps.prefix(9).allSatisfy { $0 == ClockworkTests.whole })
        #expect(steps[9] == Array(ClockworkTests.whole.prefix(2)))
        #expect(steps.suffix(20).allSatisfy { $0 == Array(ClockworkTests.whole.prefix(1)) })
        await client.close()
      }
    }
  }

  @Test("a server that starts more than a year late frees what was to be freed then")  // A-2 P-4
  func catchesUpAfterYears() async throws {
    let house = try House()
    let booked = try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      _ = try await client.directory.updateService(
        .with {
          $0.service = practice.service
          $0.service.paymentPlan = .prepaid
        })
      let request = practice.booking(at: house.clock.nowMs + dayMs)
      return [try await client.appointments.book(request).appointment]
    }
    #expect(booked.map(\.state) == [.initiated])
    let now = house.clock.nowMs + 500 * dayMs
    house.clock.set(now)
    try await house.serve { server in
      let client = try await server.client()
      try await settle(client, at: now)
      #expect(try await states(of: booked, by: client) == [.paymentCancelled])
      await client.close()
    }
  }

  @Test("what a full queue turns away is tried again until it is done")
  func fullQueue() async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.commandsWaitingMax = 4
    try await house.serve(limits: limits) { server in
      let client = try await server.client()
      let booked = try await book(20, with: Practice(), from: house.clock.nowMs, by: client)
      let now = house.clock.nowMs + 10 * dayMs
      house.clock.set(now)
      try await settle(client, at: now)
      let steps = try await steps(of: booked, by: client)
      #expect(steps.allSatisfy { $0 == ClockworkTests.whole })
      await client.close()
    }
  }

  @Test("a server that stops while much is due stops at once; the next one does the rest")
  func stopsAmid() async throws {
    let house = try House()
    let booked = try await house.serve { server in
      let client = try await server.client()
      return try await book(60, with: Practice(), from: house.clock.nowMs, by: client)
    }
    let now = house.clock.nowMs + 30 * dayMs
    house.clock.set(now)
    // Each of these has little time.
    for _ in 1...3 { try await house.serve { _ in } }
    try await house.serve { server in
      let client = try await server.client()
      try await settle(client, at: now)
      let steps = try await steps(of: booked, by: client)
      #expect(steps.allSatisfy { $0 == ClockworkTests.whole })
      await client.close()
    }
  }

  @Test("a sandbox's clock goes on from where it was, and stops amid a move where it is told to")
  func sandboxStops() async throws {
    let house = try House()
    let start = house.clock.nowMs
    var limits = ServerLimits()
    limits.drainMs = 1
    let sandbox = SandboxOptions(start: nil)
    let booked = try await house.serve(limits: limits, sandbox: sandbox) { server in
      let client = try await server.client()
      let booked = try await book(40, with: Practice(), from: start, by: client)
      // Nobody waits for the answer: the connection is cut.
      let move = Task {
        try await client.sandbox.advance(.with { $0.byMs = 30 * dayMs })
      }
      while try await steps(of: [booked[2]], by: client)[0].count < 2 {
        try await Task.sleep(for: .milliseconds(1))
      }
      await server.stop()
      _ = try? await move.value
      return booked
    }
    try await house.serve(sandbox: sandbox) { server in
      let client = try await server.client()
      let shown = try await client.sandbox.time().time.ms
      #expect(shown >= booked[2].startTime.ms - 5 * minuteMs)
      _ = try await client.sandbox.advance(.with { $0.toTime = .init(ms: start + 31 * dayMs) })
      let steps = try await steps(of: booked, by: client)
      #expect(steps.allSatisfy { $0 == ClockworkTests.whole })
      await client.close()
    }
    // What happened in it is to come for every other server.
    await #expect(throws: (any Error).self) { try await house.serve { _ in } }
  }
}

extension Google_Protobuf_Timestamp {
  var ms: Int64 { seconds * 1_000 + Int64(nanos / 1_000_000) }
}
