internal import SedutaClient
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Many who want the same, at once.
@Suite(.timeLimit(.minutes(1)))
struct ContentionTests {
  @Test("of 200 who want one slot at once exactly one gets it; the others learn who")  // B-1 S-10
  func oneSlot() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practice = Practice()
      try await practice.open(by: client)
      let start = house.clock.nowMs + dayMs
      let connections = [
        try await server.raw(), try await server.raw(), try await server.raw(),
        try await server.raw(),
      ]
      // While the store is held up all of them wait: then they are decided in one batch.
      try await server.holdingUpStore {
        for (index, connection) in connections.enumerated() {
          try await connection.send(
            (1...50).map { number in
              var call = try Seduta_Wire_V1_Call(
                UInt64(number), .appointmentsBook, practice.booking(at: start))
              call.idempotencyKey = "\(index) \(number)"
              return call
            })
        }
      }
      var replies: [Seduta_Wire_V1_Reply] = []
      for connection in connections { replies += await connection.replies(50) }
      #expect(replies.count == 200)
      let booked = replies.filter { !$0.hasStatus }
      try #require(booked.count == 1)
      let winner = try Seduta_V1_AppointmentsBookResponse(serializedBytes: booked[0].message)
      for refused in replies where refused.hasStatus {
        #expect(refused.status.code == .alreadyExists)
        let collisions = refused.status.conflicts.discrepancies.flatMap(\.collisions)
        #expect(collisions.map(\.appointmentID) == [winner.appointment.id])
      }
      let all = try await client.appointments.list(Seduta_V1_AppointmentsListRequest())
      #expect(all.appointments == [winner.appointment])
      let people = try await client.clients.list(Seduta_V1_ClientsListRequest())
      #expect(people.clients.map(\.id) == [winner.appointment.clientID], "B-2: or not at all")
      await client.close()
    }
  }

  @Test("of 20 therapists who share two rooms two get one, and the others stay free")  // S-10
  func sharedRooms() async throws {
    let house = try House()
    try await house.serve { server in
      let client = try await server.client()
      let practices = (1...20).map { number in
        var practice = Practice(number)
        practice.officeNumber = 1
        practice.roomCount = 2
        return practice
      }
      try await Practice.open(practices, by: client)
      let start = house.clock.nowMs + dayMs
      let connection = try await server.raw()
      try await server.holdingUpStore {
        try await connection.send(
          practices.map {
            try Seduta_Wire_V1_Call(UInt64($0.number), .appointmentsBook, $0.booking(at: start))
          })
      }
      let replies = await connection.replies(20)
      let booked = try replies.filter { !$0.hasStatus }
        .map { try Seduta_V1_AppointmentsBookResponse(serializedBytes: $0.message).appointment }
      #expect(booked.map(\.roomID).sorted() == [practices[0].roomID(0), practices[0].roomID(1)])
      for refused in replies where refused.hasStatus {
        #expect(refused.status.conflicts.kinds == [.roomBusy])
      }
      var search = Seduta_V1_SlotsSearchRequest()
      search.fromMs = start + hourMs
      search.untilMs = start + hourMs + minuteMs
      search.pageSize = 100
      let free = try await client.slots.search(search)
      #expect(free.startMs == Array(repeating: start + hourMs, count: 20))
      await client.close()
    }
  }

  @Test("calls of one batch see what those before them did: a practice opens and is booked")
  func ownChanges() async throws {
    let house = try House()
    try await house.serve { server in
      let connection = try await server.raw()
      var practice = Practice()
      practice.roomCount = 1
      let start = house.clock.nowMs + dayMs
      var person = Seduta_V1_ClientsRegisterRequest()
      person.client = Practice.person()
      person.client.clientID = "cli_00000000000000000000000001"
      person.therapistID = practice.therapistID
      var booking = practice.booking(at: start)
      booking.clientID = person.client.clientID
      booking.appointmentID = "apt_00000000000000000000000001"
      var cancelling = Seduta_V1_AppointmentsCancelRequest()
      cancelling.appointmentID = booking.appointmentID
      cancelling.version = 1
      var again = booking
      again.appointmentID = "apt_00000000000000000000000002"
      let calls = [
        try Seduta_Wire_V1_Call(
          1, .directoryCreateLocation,
          Seduta_V1_DirectoryCreateLocationRequest.with { $0.location = practice.location }),
        try Seduta_Wire_V1_Call(
          2, .directoryCreateTherapist,
          Seduta_V1_DirectoryCreateTherapistRequest.with { $0.therapist = practice.therapist }),
        try Seduta_Wire_V1_Call(
          3, .directoryCreateService,
          Seduta_V1_DirectoryCreateServiceRequest.with { $0.service = practice.service }),
        try Seduta_Wire_V1_Call(
          4, .directoryUpdateSchedule,
          Seduta_V1_DirectoryUpdateScheduleRequest.with { $0.schedule = practice.schedule }),
        try Seduta_Wire_V1_Call(5, .clientsRegister, person),
        try Seduta_Wire_V1_Call(6, .appointmentsBook, booking),
        try Seduta_Wire_V1_Call(7, .appointmentsBook, again),
        try Seduta_Wire_V1_Call(8, .appointmentsCancel, cancelling),
        try Seduta_Wire_V1_Call(9, .appointmentsBook, again),
      ]
      // Call 9 asks what call 7 was refused, under a key of its own.
      try await server.holdingUpStore { try await connection.send(calls) }
      let replies = await connection.replies(calls.count)
      #expect(replies.map(\.callID) == Array(1...9))
      #expect(replies.filter(\.hasStatus).map(\.callID) == [7])
      #expect(
        replies[6].status.conflicts.kinds == [.therapistBusy, .roomBusy, .clientBusy])

      let client = try await server.client()
      let found = try await client.slots.search(
        practice.search(untilMs: start + 2 * hourMs, fromMs: start))
      #expect(found.allStartsMs == [start + hourMs, start + hourMs + 30 * minuteMs])
      await client.close()
    }
  }

  @Test("who saw that a slot was booked is not offered it again, on any connection")  // S-1
  func indexBeforeReply() async throws {
    let house = try House()
    try await house.serve { server in
      let (booker, searcher) = (try await server.client(), try await server.client())
      let practice = Practice()
      try await practice.open(by: booker)
      let first = house.clock.nowMs + dayMs
      for index in 0..<40 {
        let start = first + Int64(index) * hourMs
        let search = practice.search(untilMs: start + minuteMs, fromMs: start)
        let before = try await searcher.slots.search(search)
        #expect(before.allStartsMs == [start])
        let booked = try await booker.appointments.book(practice.booking(at: start)).appointment
        let after = try await searcher.slots.search(search)
        #expect(after.allStartsMs == [])
        guard index.isMultiple(of: 2) else { continue }
        _ = try await booker.appointments.cancel(.with { $0.appointmentID = booked.id })
        let freed = try await searcher.slots.search(search)
        #expect(freed.allStartsMs == [start])
      }
      await booker.close()
      await searcher.close()
    }
  }
}
