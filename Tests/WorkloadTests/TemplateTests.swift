internal import CWire
internal import Foundation
internal import SwiftProtobuf
internal import Testing
internal import Wire

/// Numbers that no template has room for; the id counts from the first that has.
private struct Misfit {
  let callID: Int
  let fromMs: Int64
  let untilMs: Int64
}

/// A call from a template is, byte for byte, the one that protobuf-c would have encoded.
struct TemplateTests {
  private static let callIDs: [UInt64] = [
    UInt64(CWIRE_TEMPLATE_CALL_ID_MIN), UInt64(CWIRE_TEMPLATE_CALL_ID_MIN + 0x12345),
    UInt64(CWIRE_TEMPLATE_CALL_ID_MAX),
  ]
  private static let times: [(Int64, Int64)] = [
    (1_800_000_000_000, 1_802_592_000_000), (1 << 35, (1 << 42) - 1),
  ]

  @Test("a search of one therapist, under any id that fits", arguments: callIDs)
  func search(callID: UInt64) {
    for (fromMs, untilMs) in Self.times {
      withSearch { search in
        expectSame(cwire_search_template(search), callID, fromMs, untilMs) { output, call in
          var search = search
          search.from_ms = fromMs
          search.until_ms = untilMs
          cwire_append_search(&output, call, search)
        }
      }
    }
  }

  @Test("a lookup of many therapists", arguments: callIDs)
  func lookup(callID: UInt64) {
    let (fromMs, untilMs) = Self.times[0]
    withSearch { search in
      var lookup = cwire_lookup(
        from_ms: 0, until_ms: 0, therapist_ids: search.therapist_ids,
        therapist_count: search.therapist_count, service_kind: search.service_kind)
      expectSame(cwire_lookup_template(lookup), callID, fromMs, untilMs) { output, call in
        lookup.from_ms = fromMs
        lookup.until_ms = untilMs
        cwire_append_lookup(&output, call, lookup)
      }
    }
  }

  @Test("a lookup asks for the first free starts of the therapists named")
  func lookupRequest() throws {
    var output = cwire_buffer()
    defer { cwire_buffer_free(&output) }
    withSearch { search in
      cwire_append_lookup(
        &output, cwire_call(call_id: 1, timeout_ms: 0, idempotency_key: nil),
        cwire_lookup(
          from_ms: 3, until_ms: 4, therapist_ids: search.therapist_ids,
          therapist_count: search.therapist_count, service_kind: search.service_kind))
    }
    let body = UnsafeBufferPointer(start: output.bytes, count: output.end).dropFirst(4)
    let call = try Seduta_Wire_V1_ClientFrame(serializedBytes: Array(body)).call
    #expect(call.method == "seduta.v1.Slots/BatchLookup")
    let request = try Seduta_V1_SlotsBatchLookupRequest(serializedBytes: call.message)
    #expect(
      request
        == .with {
          $0.therapistIds = ["thr_1"]
          $0.kind = .firstFree
          $0.fromMs = 3
          $0.untilMs = 4
          $0.filter.serviceKind = "couple"
        })
  }

  @Test(
    "numbers of another length are refused, and nothing is appended",
    arguments: [
      Misfit(callID: -1, fromMs: 1 << 36, untilMs: 1 << 36),
      Misfit(callID: 127 << 49, fromMs: 1 << 36, untilMs: 1 << 36),
      Misfit(callID: 0, fromMs: 0, untilMs: 1 << 36),
      Misfit(callID: 0, fromMs: 1 << 36, untilMs: 1 << 42),
      Misfit(callID: 0, fromMs: -1, untilMs: 1 << 36),
    ])
  fileprivate func refused(_ misfit: Misfit) {
    let callID = UInt64(CWIRE_TEMPLATE_CALL_ID_MIN + misfit.callID)
    withSearch { search in
      let template = cwire_search_template(search)
      defer { cwire_template_free(template) }
      var output = cwire_buffer()
      defer { cwire_buffer_free(&output) }
      #expect(!cwire_append_from_template(&output, template, callID, misfit.fromMs, misfit.untilMs))
      #expect(output.begin == output.end)
    }
  }

  private func withSearch(_ body: (cwire_search) -> Void) {
    "thr_1".withCString { id in
      "svc_1".withCString { service in
        "couple".withCString { kind in
          var first: UnsafePointer<CChar>? = id
          withUnsafePointer(to: &first) { ids in
            body(
              cwire_search(
                from_ms: 0, until_ms: 0, therapist_ids: ids, therapist_count: 1,
                service_id: service, service_kind: kind, page_size: 20))
          }
        }
      }
    }
  }

  private func expectSame(
    _ template: OpaquePointer?, _ callID: UInt64, _ fromMs: Int64, _ untilMs: Int64,
    _ encode: (inout cwire_buffer, cwire_call) -> Void
  ) {
    defer { cwire_template_free(template) }
    var (copied, encoded) = (cwire_buffer(), cwire_buffer())
    defer {
      cwire_buffer_free(&copied)
      cwire_buffer_free(&encoded)
    }
    #expect(cwire_append_from_template(&copied, template, callID, fromMs, untilMs))
    encode(&encoded, cwire_call(call_id: callID, timeout_ms: 0, idempotency_key: nil))
    let bytes = { (buffer: cwire_buffer) in
      Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.end))
    }
    #expect(bytes(copied) == bytes(encoded))
  }
}
