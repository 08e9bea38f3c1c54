internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Service
internal import Wire

/// What happens to calls while the store is held up.
@Suite(.timeLimit(.minutes(1)))
struct HeldUpTests {
  @Test("a command whose time is over when its turn comes is not done, and its key stays free")
  func deadline() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + dayMs
      var hurried = try Seduta_Wire_V1_Call(1, .appointmentsBook, practice.booking(at: start))
      hurried.timeoutMs = 1
      var patient = try Seduta_Wire_V1_Call(
        2, .appointmentsBook, practice.booking(at: start + hourMs))
      patient.timeoutMs = 60_000
      try await server.holdingUpStore {
        try await connection.send([hurried, patient])
        try await Task.sleep(for: .milliseconds(100))
      }
      let replies = await connection.replies(2)
      #expect(replies.map(\.callID) == [1, 2])
      #expect(replies.map(\.status.code) == [.deadlineExceeded, .unspecified])
      let booked = try await client.appointments.list(Seduta_V1_AppointmentsListRequest())
      #expect(booked.appointments.map(\.startTime) == [.init(ms: start + hourMs)])

      hurried.callID = 3
      hurried.timeoutMs = 0
      try await connection.send([hurried])
      #expect(await connection.replies(1).map(\.hasStatus) == [false])
      await client.close()
    }
  }

  @Test("behind a long queue every hurried command is done or not, as it was answered, once")
  func deadlinesInQueue() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let first = house.clock.nowMs + dayMs
      let calls = try (1...600).map { number in
        var call = try Seduta_Wire_V1_Call(
          UInt64(number), .appointmentsBook, practice.booking(at: first + Int64(number) * hourMs))
        call.timeoutMs = UInt32(number % 3 == 0 ? 1 + number / 4 : 0)
        return call
      }
      try await connection.send(calls)
      let replies = await connection.replies(calls.count)
      #expect(Set(replies.map(\.callID)).count == calls.count)
      let done = Set(replies.filter { !$0.hasStatus }.map(\.callID))
      #expect(replies.allSatisfy { !$0.hasStatus || $0.status.code == .deadlineExceeded })
      #expect(done.count >= 400)
      let stands = try await client.appointments.list(.with { $0.pageSize = 1_000 })
      #expect(
        Set(stands.appointments.map { UInt64(($0.startTime.seconds * 1_000 - first) / hourMs) })
          == done)
      await client.close()
    }
  }

  @Test("a command that waits can be cancelled; one that was begun has its outcome")
  func cancelling() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + dayMs
      func cancel(_ id: UInt64) -> Seduta_Wire_V1_ClientFrame { .with { $0.cancel.callID = id } }
      try await server.holdingUpStore {
        try await connection.send([
          try Seduta_Wire_V1_Call(1, .appointmentsBook, practice.booking(at: start))
        ])
        try await Task.sleep(for: .milliseconds(200))
        let waiting = try Seduta_Wire_V1_Call(
          2, .appointmentsBook, practice.booking(at: start + hourMs))
        try await connection.send([.with { $0.call = waiting }, cancel(2), cancel(1), cancel(7)])
        try await Task.sleep(for: .milliseconds(50))
      }
      let replies = await connection.replies(2)
      #expect(Set(replies.map(\.callID)) == [1, 2])
      let outcome = Dictionary(uniqueKeysWithValues: replies.map { ($0.callID, $0.status.code) })
      #expect(outcome[2] == .cancelled)
      let stands = try await client.appointments.list(Seduta_V1_AppointmentsListRequest())
      // Whether call 1 was begun is the server's to say; that it says the truth is not.
      #expect(stands.appointments.count == (outcome[1] == .unspecified ? 1 : 0))
      await client.close()
    }
  }

  @Test("more than may wait are turned away at once, with a time; tried again they are done")
  func overload() async throws {
    let house = try House()
    var limits = ServerLimits()
    limits.commandsWaitingMax = 4
    try await house.serve(limits: limits) { server in
      let connection = try await server.raw()
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let first = house.clock.nowMs + dayMs
      let calls = try (1...20).map {
        try Seduta_Wire_V1_Call(
          UInt64($0), .appointmentsBook, practice.booking(at: first + Int64($0) * hourMs))
      }
      // Four are in the batch that is under way at most, and four wait.
      let refused = try await server.holdingUpStore {
        try await connection.send(calls)
        return await connection.replies(12)
      }
      #expect(refused.count == 12)
      for reply in refused {
        #expect(reply.status.code == .resourceExhausted)
        #expect(reply.status.retryInfo.retryDelayMs > 0)
      }
      let others = await connection.replies(8)
      #expect(Set((refused + others).map(\.callID)) == Set(1...20))
      let again = (refused + others).filter(\.hasStatus).map { calls[Int($0.callID) - 1] }
      for (index, var call) in again.enumerated() {
        call.callID = UInt64(100 + index)
        try await connection.send([call])
        #expect(await connection.replies(1).map(\.hasStatus) == [false])
      }
      let all = try await client.appointments.list(.with { $0.pageSize = 100 })
      #expect(all.appointments.count == 20)
      await client.close()
    }
  }

  @Test("searches and reads are answered while no write can be")
  func readersDoNotWait() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + dayMs
      let booked = try await client.appointments.book(practice.booking(at: start)).appointment
      try await server.holdingUpStore {
        let found = try await client.slots.search(
          practice.search(untilMs: start + 2 * hourMs, fromMs: start))
        #expect(found.allStartsMs == [start + hourMs, start + hourMs + 30 * minuteMs])
        let read = try await client.appointments.get(.with { $0.appointmentID = booked.id })
        #expect(read.appointment == booked)
      }
      await client.close()
    }
  }
}
