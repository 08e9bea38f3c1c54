internal import CWire
internal import Foundation
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// protobuf-c writes, SwiftProtobuf reads, and would have written the same bytes.
struct CodecCallTests {
  @Test("Hello")
  func hello() throws {
    let frame = try frame { cwire_append_hello(&$0, "seduta_key", "load", "1.2") }
    #expect(
      frame.hello
        == .with {
          $0.versionMin = 1
          $0.versionMax = 1
          $0.apiKey = "seduta_key"
          $0.clientName = "load"
          $0.clientVersion = "1.2"
        })
  }

  @Test("Pong repeats the Ping's bytes")
  func pong() throws {
    let opaque: [UInt8] = [0, 1, 2, 3, 252, 253, 254, 255]
    let frame = try frame { cwire_append_pong(&$0, opaque, opaque.count) }
    #expect([UInt8](frame.pong.opaque) == opaque)
  }

  @Test("a search of one therapist", arguments: [0, 1, 1_800_000_000_000, Int64.max])
  func search(untilMs: Int64) throws {
    let request: Seduta_V1_SlotsSearchRequest = try request("seduta.v1.Slots/Search") { out, call in
      "thr_1".withCString { id in
        "svc_1".withCString { service in
          var first: UnsafePointer<CChar>? = id
          withUnsafePointer(to: &first) { ids in
            let search = cwire_search(
              from_ms: -1, until_ms: untilMs, therapist_ids: ids, therapist_count: 1,
              service_id: service, service_kind: nil, page_size: 1_000)
            cwire_append_search(&out, call, search)
          }
        }
      }
    }
    #expect(
      request
        == .with {
          $0.fromMs = -1
          $0.untilMs = untilMs
          $0.filter.therapistIds = ["thr_1"]
          $0.filter.serviceID = "svc_1"
          $0.pageSize = 1_000
        })
  }

  @Test("a search among 200 therapists")
  func searchMany() throws {
    let ids = (0..<200).map { "thr_\($0)" }
    let owned = ids.map { Array($0.utf8CString) }
    let request: Seduta_V1_SlotsSearchRequest = try request("seduta.v1.Slots/Search") { out, call in
      let all = owned.flatMap { $0 }
      all.withUnsafeBufferPointer { characters in
        var offset = 0
        let pointers = owned.map { string -> UnsafePointer<CChar>? in
          defer { offset += string.count }
          return characters.baseAddress.map { $0 + offset }
        }
        "individual".withCString { kind in
          pointers.withUnsafeBufferPointer { list in
            let search = cwire_search(
              from_ms: 1, until_ms: 2, therapist_ids: list.baseAddress, therapist_count: list.count,
              service_id: nil, service_kind: kind, page_size: 20)
            cwire_append_search(&out, call, search)
          }
        }
      }
    }
    #expect(request.filter.therapistIds == ids)
    #expect(request.filter.serviceKind == "individual")
    #expect(request.pageSize == 20)
  }

  @Test("a booking for a registered client")
  func book() throws {
    let request: Seduta_V1_AppointmentsBookRequest = try request("seduta.v1.Appointments/Book") {
      out, call in
      "thr_1".withCString { therapist in
        "svc_1".withCString { service in
          "loc_1".withCString { location in
            "cli_1".withCString { client in
              let booking = cwire_booking(
                therapist_id: therapist, service_id: service, location_id: location,
                client_id: client, start_ms: 1_800_000_000_000)
              cwire_append_book(&out, call, booking)
            }
          }
        }
      }
    }
    #expect(
      request
        == .with {
          $0.therapistID = "thr_1"
          $0.serviceID = "svc_1"
          $0.locationID = "loc_1"
          $0.startMs = 1_800_000_000_000
          $0.clientID = "cli_1"
        })
  }

  @Test("a cancellation and a reading of an appointment")
  func cancelAndGet() throws {
    let cancel: Seduta_V1_AppointmentsCancelRequest = try request("seduta.v1.Appointments/Cancel") {
      cwire_append_cancel(&$0, $1, "apt_1", "perché no")
    }
    #expect(
      cancel
        == .with {
          $0.appointmentID = "apt_1"
          $0.reason = "perché no"
        })
    let get: Seduta_V1_AppointmentsGetRequest = try request("seduta.v1.Appointments/Get") {
      cwire_append_get(&$0, $1, "apt_1")
    }
    #expect(get == .with { $0.appointmentID = "apt_1" })
  }

  @Test("pages of services and clients")
  func lists() throws {
    let services: Seduta_V1_DirectoryListServicesRequest = try request(
      "seduta.v1.Directory/ListServices"
    ) { cwire_append_list_services(&$0, $1, 1_000, "next") }
    #expect(
      services
        == .with {
          $0.pageSize = 1_000
          $0.pageToken = "next"
        })
    let clients: Seduta_V1_ClientsListRequest = try request("seduta.v1.Clients/List") {
      cwire_append_list_clients(&$0, $1, 50, nil)
    }
    #expect(clients == .with { $0.pageSize = 50 })
  }

  @Test("a registration with both consents")  // B-2
  func register() throws {
    let request: Seduta_V1_ClientsRegisterRequest = try request("seduta.v1.Clients/Register") {
      out, call in
      "Ada".withCString { text in
        let registration = cwire_registration(
          name: text, email: text, phone: text, language: text, time_zone: text,
          consent_version: text, consent_seconds: 1_700_000_000)
        cwire_append_register(&out, call, registration)
      }
    }
    let consent = Seduta_V1_Consent.with {
      $0.version = "Ada"
      $0.acceptTime.seconds = 1_700_000_000
    }
    #expect(
      request.client
        == .with {
          $0.name = "Ada"
          $0.email = "Ada"
          $0.phone = "Ada"
          $0.language = "Ada"
          $0.timeZone = "Ada"
          $0.terms = consent
          $0.dataProcessing = consent
        })
  }

  @Test("several frames in one buffer, some of it sent already")
  func severalFrames() throws {
    var buffer = cwire_buffer()
    defer { cwire_buffer_free(&buffer) }
    for number in 1...3_000 {
      cwire_append_get(
        &buffer, cwire_call(call_id: UInt64(number), timeout_ms: 0, idempotency_key: nil), "apt")
      // The first thousand leave as they come: the buffer moves the rest to its front.
      if number <= 1_000 { buffer.begin = buffer.end }
    }
    var callIDs: [UInt64] = []
    while buffer.begin < buffer.end { callIDs.append(try takeFrame(&buffer).call.callID) }
    #expect(callIDs == Array(1_001...3_000))
  }

  /// The call that `append` wrote, its envelope checked.
  private func request<Request: Message>(
    _ method: String, _ append: (inout cwire_buffer, cwire_call) -> Void
  ) throws -> Request {
    let callID = UInt64(1) << 40
    let frame = try frame { out in
      "key-1".withCString { key in
        append(&out, cwire_call(call_id: callID, timeout_ms: 250, idempotency_key: key))
      }
    }
    #expect(frame.call.callID == callID)
    #expect(frame.call.method == method)
    #expect(frame.call.timeoutMs == 250)
    #expect(frame.call.idempotencyKey == "key-1")
    let request = try Request(serializedBytes: [UInt8](frame.call.message))
    let again: [UInt8] = try request.serializedBytes()
    #expect(again == [UInt8](frame.call.message))
    return request
  }

  private func frame(_ append: (inout cwire_buffer) -> Void) throws -> Seduta_Wire_V1_ClientFrame {
    var buffer = cwire_buffer()
    defer { cwire_buffer_free(&buffer) }
    append(&buffer)
    let frame = try takeFrame(&buffer)
    #expect(buffer.begin == buffer.end)
    return frame
  }

  /// Takes the first frame off the buffer; SwiftProtobuf writes the same bytes.
  private func takeFrame(_ buffer: inout cwire_buffer) throws -> Seduta_Wire_V1_ClientFrame {
    let bytes = Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.end)[buffer.begin...])
    let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let body = Array(bytes.dropFirst(4).prefix(length))
    buffer.begin += 4 + length
    let frame = try Seduta_Wire_V1_ClientFrame(serializedBytes: body)
    let again: [UInt8] = try frame.serializedBytes()
    #expect(again == body)
    return frame
  }
}
