internal import CWire
internal import Foundation
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// SwiftProtobuf writes, protobuf-c reads.
struct CodecReplyTests {
  @Test("Welcome with its limits")
  func welcome() throws {
    let sent = Seduta_Wire_V1_ServerFrame.with {
      $0.welcome.version = 1
      $0.welcome.serverVersion = "0.1.0"
      $0.welcome.limits.callsInFlightMax = 1_024
    }
    try decode(sent) { frame, _ in
      #expect(frame.kind == CWIRE_WELCOME)
      #expect(String(cString: frame.server_version) == "0.1.0")
      #expect(frame.calls_in_flight_max == 1_024)
    }
  }

  @Test("a reply's message, and no status for OK")
  func reply() throws {
    let message: [UInt8] = [10, 3, 1, 2, 3]
    let sent = Seduta_Wire_V1_ServerFrame.with {
      $0.reply.callID = .max
      $0.reply.message = .init(message)
    }
    try decode(sent) { frame, _ in
      #expect(frame.kind == CWIRE_REPLY)
      #expect(frame.call_id == .max)
      #expect(frame.status.code == UInt32(CWIRE_OK))
      #expect(Array(UnsafeBufferPointer(start: frame.bytes, count: frame.size)) == message)
    }
  }

  @Test("a status with its details, maps and conflicts among them")
  func status() throws {
    let sent = Seduta_Wire_V1_ServerFrame.with {
      $0.reply.callID = 1
      $0.reply.status.code = .alreadyExists
      $0.reply.status.message = "The slot is taken."
      $0.reply.status.errorInfo.reason = "SLOT_TAKEN"
      $0.reply.status.errorInfo.metadata = ["therapist": "thr_1"]
      $0.reply.status.conflicts.alternativeStartMs = [1, 2, 3]
    }
    try decode(sent) { frame, _ in
      #expect(frame.status.code == UInt32(CWIRE_ALREADY_EXISTS))
      #expect(String(cString: frame.status.message) == "The slot is taken.")
      #expect(String(cString: frame.status.reason) == "SLOT_TAKEN")
    }
  }

  @Test("Ping and Goaway, and a Pong is something else")
  func others() throws {
    try decode(.with { $0.ping.opaque = .init([7, 8]) }) { frame, _ in
      #expect(frame.kind == CWIRE_PING)
      #expect(Array(UnsafeBufferPointer(start: frame.bytes, count: frame.size)) == [7, 8])
    }
    try decode(.with { $0.goaway.status.code = .unavailable }) { frame, _ in
      #expect(frame.kind == CWIRE_GOAWAY)
      #expect(String(cString: cwire_code_name(frame.status.code)) == "UNAVAILABLE")
    }
    try decode(.with { $0.pong = .init() }) { frame, _ in #expect(frame.kind == CWIRE_OTHER) }
  }

  @Test("bytes that are no protobuf are told")
  func garbage() {
    let arena = cwire_arena_make(64)
    defer { cwire_arena_free(arena) }
    var frame = cwire_frame()
    let bytes: [UInt8] = [0x12, 0xFF, 0x01]
    #expect(!cwire_decode_frame(arena, bytes, bytes.count, &frame))
  }

  @Test("codes have the names of the contract")
  func codeNames() {
    for code in Seduta_Wire_V1_Code.allCases where code != .unspecified {
      let name = String(cString: cwire_code_name(UInt32(code.rawValue)))
      // SwiftProtobuf's names are in camelCase, the contract's in capitals.
      let plain = name.lowercased().filter { $0 != "_" }
      #expect(plain == "\(code)".lowercased(), "code \(code.rawValue)")
    }
    #expect(String(cString: cwire_code_name(0)) == "OK")
    #expect(String(cString: cwire_code_name(99)) == "UNKNOWN")
  }

  @Test(
    "free starts of one therapist, more than the arena holds at first",
    arguments: [0, 1, 77, 1_000])
  func search(count: Int) throws {
    let starts = (0..<count).map { 1_800_000_000_000 + Int64($0) * 1_800_000 }
    let sent = Seduta_V1_SlotsSearchResponse.with {
      $0.groups = [
        .with {
          $0.therapistID = "thr_1"
          $0.serviceID = "svc_1"
          $0.locationID = "loc_1"
          $0.price.minorUnits = 7_000
          $0.price.currency = "EUR"
          $0.durationMinutes = 50
          $0.startMs = starts
        }
      ]
    }
    try decode(replying: sent) { arena, bytes, size in
      var reply = cwire_search_reply()
      #expect(cwire_decode_search(arena, bytes, size, &reply))
      #expect(reply.group_count == 1)
      #expect(reply.start_count == 0)
      let group = cwire_slot_group_at(reply, 0)
      #expect(String(cString: group.therapist_id) == "thr_1")
      #expect(String(cString: group.service_id) == "svc_1")
      #expect(String(cString: group.location_id) == "loc_1")
      #expect(group.duration_minutes == 50)
      #expect(Array(UnsafeBufferPointer(start: group.start_ms, count: group.start_count)) == starts)
    }
  }

  @Test("free starts across therapists: two parallel arrays")  // S-11
  func searchMany() throws {
    let sent = Seduta_V1_SlotsSearchResponse.with {
      $0.groups = [.with { $0.therapistID = "thr_1" }, .with { $0.therapistID = "thr_2" }]
      $0.startMs = [5, 5, 9]
      $0.groupIndex = [0, 1, 0]
    }
    try decode(replying: sent) { arena, bytes, size in
      var reply = cwire_search_reply()
      #expect(cwire_decode_search(arena, bytes, size, &reply))
      #expect(reply.group_count == 2)
      #expect(String(cString: cwire_slot_group_at(reply, 1).therapist_id) == "thr_2")
      #expect(
        Array(UnsafeBufferPointer(start: reply.start_ms, count: reply.start_count)) == [5, 5, 9])
      #expect(
        Array(UnsafeBufferPointer(start: reply.group_index, count: reply.group_index_count))
          == [0, 1, 0])
    }
  }

  @Test("appointments, booked, read and cancelled")
  func appointments() throws {
    let appointment = Seduta_V1_Appointment.with {
      $0.id = "apt_1"
      $0.therapistID = "thr_1"
      $0.clientID = "cli_1"
      $0.serviceID = "svc_1"
      $0.locationID = "loc_1"
      $0.startTime = .init(seconds: 1_800_000_000, nanos: 500_000_000)
      $0.endTime = .init(seconds: 1_800_003_000)
      $0.state = .cancelledByTherapist
    }
    try expectAppointment(Seduta_V1_AppointmentsBookResponse.with { $0.appointment = appointment })
    {
      cwire_decode_book($0, $1, $2, &$3)
    }
    try expectAppointment(Seduta_V1_AppointmentsGetResponse.with { $0.appointment = appointment }) {
      cwire_decode_get($0, $1, $2, &$3)
    }
    try expectAppointment(
      Seduta_V1_AppointmentsCancelResponse.with { $0.appointment = appointment }
    ) { cwire_decode_cancel($0, $1, $2, &$3) }
  }

  @Test("a response without its appointment is none")
  func noAppointment() throws {
    try decode(replying: Seduta_V1_AppointmentsBookResponse()) { arena, bytes, size in
      var appointment = cwire_appointment()
      #expect(!cwire_decode_book(arena, bytes, size, &appointment))
    }
  }

  @Test("pages of services and clients, and a registered client")
  func lists() throws {
    let services = Seduta_V1_DirectoryListServicesResponse.with {
      $0.services = [
        .with { $0.id = "svc_0" },
        .with {
          $0.id = "svc_1"
          $0.therapistID = "thr_1"
          $0.kind = "couple"
          $0.durationMinutes = 90
        },
      ]
      $0.nextPageToken = "more"
    }
    try decode(replying: services) { arena, bytes, size in
      var page = cwire_page()
      #expect(cwire_decode_services(arena, bytes, size, &page))
      #expect(page.count == 2)
      #expect(String(cString: page.next_page_token) == "more")
      let service = cwire_service_at(page, 1)
      #expect(String(cString: service.id) == "svc_1")
      #expect(String(cString: service.therapist_id) == "thr_1")
      #expect(String(cString: service.kind) == "couple")
      #expect(service.duration_minutes == 90)
    }
    let clients = Seduta_V1_ClientsListResponse.with { $0.clients = [.with { $0.id = "cli_1" }] }
    try decode(replying: clients) { arena, bytes, size in
      var page = cwire_page()
      #expect(cwire_decode_clients(arena, bytes, size, &page))
      #expect(page.count == 1)
      #expect(String(cString: page.next_page_token) == "")
      #expect(String(cString: cwire_client_id_at(page, 0)) == "cli_1")
    }
    let registered = Seduta_V1_ClientsRegisterResponse.with { $0.client.id = "cli_2" }
    try decode(replying: registered) { arena, bytes, size in
      let id = try #require(cwire_decode_registered_id(arena, bytes, size))
      #expect(String(cString: id) == "cli_2")
    }
  }

  private func expectAppointment(
    _ sent: some Message,
    _ decodeIt: (OpaquePointer, UnsafePointer<UInt8>?, Int, inout cwire_appointment) -> Bool
  ) throws {
    try decode(replying: sent) { arena, bytes, size in
      var appointment = cwire_appointment()
      #expect(decodeIt(arena, bytes, size, &appointment))
      #expect(String(cString: appointment.id) == "apt_1")
      #expect(String(cString: appointment.therapist_id) == "thr_1")
      #expect(String(cString: appointment.client_id) == "cli_1")
      #expect(String(cString: appointment.service_id) == "svc_1")
      #expect(String(cString: appointment.location_id) == "loc_1")
      #expect(appointment.start_ms == 1_800_000_000_500)
      #expect(appointment.end_ms == 1_800_003_000_000)
      #expect(appointment.state == UInt32(CWIRE_CANCELLED_BY_THERAPIST))
    }
  }

  /// Through a whole frame, as it comes over the wire.
  private func decode(
    replying message: some Message,
    _ read: (OpaquePointer, UnsafePointer<UInt8>?, Int) throws -> Void
  ) throws {
    let bytes: [UInt8] = try message.serializedBytes()
    let sent = Seduta_Wire_V1_ServerFrame.with {
      $0.reply.callID = 1
      $0.reply.message = .init(bytes)
    }
    try decode(sent) { frame, arena in try read(arena, frame.bytes, frame.size) }
  }

  /// The arena is far too small at first, and used twice: growing and resetting are part of it.
  private func decode(
    _ sent: Seduta_Wire_V1_ServerFrame, _ read: (cwire_frame, OpaquePointer) throws -> Void
  ) throws {
    let arena = try #require(cwire_arena_make(64))
    defer { cwire_arena_free(arena) }
    let bytes: [UInt8] = try sent.serializedBytes()
    for _ in 0..<2 {
      cwire_arena_reset(arena)
      var frame = cwire_frame()
      try #require(cwire_decode_frame(arena, bytes, bytes.count, &frame))
      try read(frame, arena)
    }
  }
}
