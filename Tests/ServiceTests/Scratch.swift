internal import SwiftProtobuf
internal import Testing
internal import Foundation
internal import Service
internal import SedutaClient
internal import Wire
internal import Availability
func rss() -> Int { let s = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""; return Int(s.split(separator: "\n").first { $0.hasPrefix("VmRSS") }?.split(separator: " ").dropLast().last ?? "0") ?? 0 }
func cpuMs() -> Int { var t = timespec(); clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec * 1000 + t.tv_nsec / 1_000_000 }
@Suite(.timeLimit(.minutes(1)), .serialized) struct Scratch {
  @Test func retained() async throws {
    let house = try House()
    try await house.serve { s in
      print("RSS before", rss())
      for _ in 0..<60 {
        let raw = try await RawConnection.connect(port: s.port)
        try await raw.send(bytes: [0, 0x3f, 0xff, 0xff] + Array(repeating: UInt8(7), count: 3_900_000))
        try await raw.close()
      }
      try await Task.sleep(for: .seconds(8))
      print("RSS after 60 closed, 8 s later", rss())
    }
  }
  @Test func manyStates() async throws {
    let house = try House()
    try await house.serve { s in
      let c = try await s.client()
      var r = Seduta_V1_AppointmentsListRequest()
      r.states = Array(repeating: .scheduled, count: 40_000)
      var b = ContinuousClock.now
      do { _ = try await c.appointments.list(r); print("STATES ok", ContinuousClock.now - b) } catch { print("STATES", error) }
      var u = Seduta_V1_DirectoryUpdateScheduleRequest()
      u.updateMask.paths = Array(repeating: "x", count: 20_000)
      b = .now
      do { _ = try await c.directory.updateSchedule(u); print("MASK ok") } catch { print("MASK", "\(error)".prefix(300), ContinuousClock.now - b) }
      r.states = Array(repeating: .scheduled, count: 300_000)
      do { _ = try await c.appointments.list(r); print("STATES300k ok") } catch { print("STATES300k", error) }
      r.states = Array(repeating: .UNRECOGNIZED(9), count: 300_000)
      b = .now
      do { _ = try await c.appointments.list(r); print("STATES ok") } catch { print("STATES", error, ContinuousClock.now - b, rss()) }
    }
  }
  @Test func privacy() async throws {
    let house = try House()
    try await house.serve { s in
      let c = try await s.client()
      let p = Practice(1), q = Practice(2)
      try await Practice.open([p, q], by: c)
      let t = house.clock.nowMs + 86_400_000
      let booked = try await c.appointments.book(p.booking(at: t)).appointment
      var check = q.check(at: t)
      check.clientID = booked.clientID
      let other = ClientID(rawValue: 5).text
      let found = try await c.slots.check(check, CallOptions(actor: .client(other)))
      print("PRIVACY", found.conflicts)
      var book = q.booking(at: t); book.clientID = booked.clientID; book.validateOnly = true
      do { _ = try await c.appointments.book(book, CallOptions(actor: .client(other))) } catch { print("PRIVACY book", error) }
    }
  }
  @Test func actorZero() async throws {
    let house = try House()
    try await house.serve { s in
      let c = try await s.client()
      let p = Practice(1)
      try await Practice.open([p], by: c)
      let raw = try await s.raw()
      let b = p.booking(at: house.clock.nowMs + 86_400_000)
      var one = try Seduta_Wire_V1_Call(1, .appointmentsBook, b)
      var two = try Seduta_Wire_V1_Call(2, .appointmentsBook, b)
      two.idempotencyKey = one.idempotencyKey
      two.actor.role = .staff
      one.traceparent = ""
      try await raw.send([one]); print("ACTOR", await raw.replies(1).map { $0.status.message })
      try await raw.send([two]); print("ACTOR", await raw.replies(1).map { $0.status.message })
    }
  }
  @Test func pausedTimer() async throws {
    let house = try House()
    var limits = ServerLimits(); limits.frameMs = 300; limits.callsInFlightMax = 1
    try await house.serve(limits: limits) { s in
      let c = try await s.client()
      let p = Practice(1)
      try await Practice.open([p], by: c)
      let raw = try await s.raw()
      let t = house.clock.nowMs + 86_400_000
      var before = 0, after = 0
      try await s.holdingUpStore {
        try await raw.send([try Seduta_Wire_V1_Call(1, .appointmentsBook, p.booking(at: t))])
        try await raw.send(bytes: [0, 0, 0])
        try await Task.sleep(for: .milliseconds(500))
        before = cpuMs()
        try await Task.sleep(for: .milliseconds(2000))
        after = cpuMs()
      }
      print("PAUSED cpu ms in 2 s", after - before)
      let f = await raw.next(); print("PAUSED", f.map { "\($0)".prefix(200) } ?? "nil")
    }
  }
}
