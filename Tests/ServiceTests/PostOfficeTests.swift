internal import Availability
internal import Gateways
internal import Intervals
internal import SedutaClient
internal import Service
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// What was promised is sent, whatever goes wrong on the way, and what came of it can be seen.
@Suite(.timeLimit(.minutes(2)))
struct PostOfficeTests {
  private static func outbox(
    _ client: SedutaClient, to recipient: String = ""
  ) async throws -> [Seduta_V1_OutboxMessage] {
    try await client.admin.outbox(
      .with {
        $0.recipientID = recipient
        $0.pageSize = 1_000
      }
    ).messages
  }

  private static func wait(until isSo: () async throws -> Bool) async throws {
    while try await !isSo() { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// Waits until none is due any more.
  @discardableResult
  private static func settled(
    _ client: SedutaClient, to recipient: String = ""
  ) async throws -> [Seduta_V1_OutboxMessage] {
    var messages: [Seduta_V1_OutboxMessage] = []
    try await wait {
      messages = try await outbox(client, to: recipient)
      return !messages.contains { $0.state == "PENDING" && $0.tries == 0 }
    }
    return messages
  }

  private static func book(
    _ client: SedutaClient, in house: House
  ) async throws -> Seduta_V1_Appointment {
    let practice = Practice()
    try await practice.open(by: client)
    return try await client.appointments.book(practice.booking(at: house.clock.nowMs + 2 * dayMs))
      .appointment
  }

  @Test(
    "a booking's confirmation leaves as soon as it is on disk, with a stable id and the promise's time"
  )  // N-1, N-4
  func sent() async throws {
    let (house, post) = (try House(), ScriptedPost())
    try await house.serve(post: post.options) { server in
      let client = try await server.client()
      let booked = try await Self.book(client, in: house)
      let messages = try await Self.settled(client)
      let own = try #require(messages.first { $0.recipientID == booked.clientID })
      #expect(own.state == "SENT" && own.tries == 1 && own.channel == "EMAIL")
      #expect(own.reference == "taken" && own.hasSentTime && own.error.isEmpty)
      // Nobody has said where the therapist is reached.
      let other = try #require(messages.first { $0.recipientID == booked.therapistID })
      #expect(other.state == "SKIPPED" && other.error == "unreachable: no address")
      let mail = try #require(post.mails.first)
      #expect(post.mails.count == 1)
      #expect(mail.id == "\(house.partner.text)_\(own.id)")
      #expect(mail.date.msSinceEpoch == house.clock.nowMs)
      #expect(mail.to == EmailParty(name: "Ada Rossi", address: "ada@example.org"))
      #expect(mail.from == EmailParty(name: "Test", address: "post@example.org"))
      #expect(!mail.subject.isEmpty && mail.text.contains("Therapist 1"))
      await client.close()
    }
  }

  @Test("what is not taken is tried again after a minute; what is refused is given up at once")
  func retried() async throws {  // N-4
    let (house, post) = (try House(), ScriptedPost())
    post.say(.retries("451 later"), .takes, .refuses("550 no such user"))
    try await house.serve(post: post.options) { server in
      let client = try await server.client()
      let booked = try await Self.book(client, in: house)
      let waits = try #require(
        try await Self.settled(client, to: booked.clientID).first)
      #expect(waits.state == "PENDING" && waits.tries == 1 && waits.error == "451 later")
      #expect(waits.dueTime.ms == house.clock.nowMs + minuteMs)
      house.clock.set(house.clock.nowMs + minuteMs)
      try await Self.wait {
        try await Self.outbox(client, to: booked.clientID).first?.state == "SENT"
      }
      #expect(Set(post.asked).count == 1 && post.asked.count == 2)
      _ = try await client.appointments.cancel(.with { $0.appointmentID = booked.id })
      let last = try #require(try await Self.settled(client, to: booked.clientID).last)
      #expect(last.state == "GIVEN_UP" && last.error == "550 no such user")
      await client.close()
    }
  }

  @Test("what follows to the same reader about the same thing waits for what is tried again")
  func ordered() async throws {  // N-4
    let (house, post) = (try House(), ScriptedPost())
    post.say(.retries("451 later"))
    try await house.serve(post: post.options) { server in
      let client = try await server.client()
      let booked = try await Self.book(client, in: house)
      try await Self.settled(client, to: booked.clientID)
      let start = booked.startTime.ms + hourMs
      _ = try await client.appointments.reschedule(
        .with {
          $0.appointmentID = booked.id
          $0.startMs = start
        })
      // Another reader's message shows that the office has looked.
      let other = try await client.appointments.book(
        Practice().booking(at: house.clock.nowMs + 3 * dayMs)
      ).appointment
      try await Self.wait {
        try await Self.outbox(client, to: other.clientID).first?.state == "SENT"
      }
      var own = try await Self.outbox(client, to: booked.clientID)
      #expect(own.map(\.state) == ["PENDING", "PENDING"] && own.map(\.tries) == [1, 0])
      house.clock.set(house.clock.nowMs + minuteMs)
      try await Self.wait {
        own = try await Self.outbox(client, to: booked.clientID)
        return own.allSatisfy { $0.state == "SENT" }
      }
      let ids = own.map { "\(house.partner.text)_\($0.id)" }
      #expect(post.asked.filter { ids.contains($0) } == [ids[0], ids[0], ids[1]])
      await client.close()
    }
  }

  @Test("what is cancelled before its confirmation leaves is not confirmed")  // N-4
  func superseded() async throws {
    let (house, post) = (try House(), ScriptedPost())
    post.say(.retries("451 later"))
    try await house.serve(post: post.options) { server in
      let client = try await server.client()
      let booked = try await Self.book(client, in: house)
      try await Self.settled(client, to: booked.clientID)
      _ = try await client.appointments.cancel(.with { $0.appointmentID = booked.id })
      house.clock.set(house.clock.nowMs + minuteMs)
      var own: [Seduta_V1_OutboxMessage] = []
      try await Self.wait {
        own = try await Self.outbox(client, to: booked.clientID)
        return !own.contains { $0.state == "PENDING" }
      }
      #expect(own.map(\.state) == ["SKIPPED", "SENT"])
      #expect(own.first?.error == "superseded: it does not stand any more")
      #expect(post.mails.count == 1)
      await client.close()
    }
  }

  @Test("a server that ends amid sending sends once more at its next start, with the same id")
  func restarted() async throws {  // N-4
    let (house, post) = (try House(), ScriptedPost())
    post.say(.hangs)
    var limits = ServerLimits()
    limits.postStopMs = 50
    let booked = try await house.serve(limits: limits, post: post.options) { server in
      let client = try await server.client()
      let booked = try await Self.book(client, in: house)
      try await Self.wait { post.mails.count == 1 }
      await client.close()
      return booked
    }
    try await house.serve(post: post.options) { server in
      let client = try await server.client()
      let own = try await Self.settled(client, to: booked.clientID)
      #expect(own.map(\.state) == ["SENT"])
      #expect(post.mails.count == 2 && Set(post.mails.map(\.id)).count == 1)
      #expect(Set(post.mails.map(\.date)).count == 1)
      await client.close()
    }
  }

  @Test(
    "without any way messages wait; once there is one, those of three days are sent, older ones skipped"
  )  // N-4
  func laterConfigured() async throws {
    let (house, post) = (try House(), ScriptedPost())
    let (old, new) = try await house.serve { server in
      let client = try await server.client()
      let old = try await Self.book(client, in: house)
      house.clock.set(house.clock.nowMs + dayMs)
      let new = try await client.appointments.book(
        Practice().booking(at: house.clock.nowMs + 9 * dayMs)
      ).appointment
      #expect(try await Self.outbox(client).allSatisfy { $0.state == "PENDING" })
      await client.close()
      return (old, new)
    }
    house.clock.set(house.clock.nowMs + 2 * dayMs)
    try await house.serve(post: post.options(sms: nil)) { server in
      let client = try await server.client()
      try await Self.wait { try await Self.outbox(client, to: new.clientID).first?.state == "SENT" }
      let first = try #require(try await Self.settled(client, to: old.clientID).first)
      #expect(first.state == "SKIPPED" && first.error == "stale: promised three days ago")
      await client.close()
    }
  }

  @Test("in a sandbox each reminder leaves at its instant, while the clock is moved")  // N-2
  func reminders() async throws {
    let (house, post) = (try House(), ScriptedPost())
    try await house.serve(sandbox: SandboxOptions(), post: post.options) { server in
      let client = try await server.client()
      let booked = try await Self.book(client, in: house)
      try await Self.settled(client)
      let before = post.mails.count
      _ = try await client.sandbox.advance(
        .with { $0.toTime = .init(ms: booked.startTime.ms) })
      let told = post.mails.dropFirst(before).map { booked.startTime.ms - $0.date.msSinceEpoch }
      #expect(told == [24 * hourMs, 3 * hourMs])
      let sent = try await Self.outbox(client, to: booked.clientID).filter { $0.kind == "REMINDER" }
      #expect(sent.map { booked.startTime.ms - $0.sentTime.ms } == [24 * hourMs, 3 * hourMs])
      await client.close()
    }
  }
}
