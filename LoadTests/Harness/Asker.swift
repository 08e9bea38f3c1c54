internal import CWire
internal import Workload

/// Writes wishes as calls.
struct Asker {
  /// Starts asked for across therapists.
  static let searchManyStartsMax = 20
  /// Starts asked for of one therapist: more than a month has.
  private static let searchStartsMax: Int32 = 1_000
  private static let cancelReason = "load test"

  private let population: Population
  private let therapistIDs: CStrings
  private let candidates: [[UnsafePointer<CChar>?]]
  private let serviceKind: String
  private let keyPrefix: String
  private var keysUsed = 0

  /// - Parameters:
  ///   - candidateSets: The generator's.
  ///   - serviceKind: What searches across therapists ask for.
  ///   - keyPrefix: What this worker's idempotency keys begin with; no other worker's may.
  init(population: Population, candidateSets: [[Int]], serviceKind: String, keyPrefix: String) {
    let therapistIDs = CStrings(population.offerings.map(\.therapistID))
    self.population = population
    self.therapistIDs = therapistIDs
    self.serviceKind = serviceKind
    self.keyPrefix = keyPrefix
    candidates = candidateSets.map { $0.map { therapistIDs[$0] } }
  }

  /// Appends the call to the lane's output.
  mutating func ask(_ wish: Wish, callID: UInt64, to output: inout cwire_buffer) {
    var call = cwire_call(call_id: callID, timeout_ms: 0, idempotency_key: nil)
    switch wish {
    case .search(let therapist, let fromMs, let untilMs):
      var id: UnsafePointer<CChar>? = therapistIDs[therapist]
      population.offerings[therapist].serviceID.withCString { service in
        withUnsafePointer(to: &id) { ids in
          cwire_append_search(
            &output, call,
            cwire_search(
              from_ms: fromMs, until_ms: untilMs, therapist_ids: ids, therapist_count: 1,
              service_id: service, service_kind: nil, page_size: Self.searchStartsMax))
        }
      }
    case .searchMany(let set, let fromMs, let untilMs):
      serviceKind.withCString { kind in
        candidates[set].withUnsafeBufferPointer { ids in
          cwire_append_search(
            &output, call,
            cwire_search(
              from_ms: fromMs, until_ms: untilMs, therapist_ids: ids.baseAddress,
              therapist_count: ids.count, service_id: nil, service_kind: kind,
              page_size: Int32(Self.searchManyStartsMax)))
        }
      }
    case .book(let slot, let client):
      nextKey().withCString { key in
        call.idempotency_key = key
        Self.book(slot, clientID: population.clientIDs[client], call, to: &output)
      }
    case .cancel(let booking):
      nextKey().withCString { key in
        call.idempotency_key = key
        cwire_append_cancel(&output, call, booking.appointmentID, Self.cancelReason)
      }
    }
  }

  private mutating func nextKey() -> String {
    keysUsed += 1
    return "\(keyPrefix)-\(keysUsed)"
  }

  private static func book(
    _ slot: Slot, clientID: String, _ call: cwire_call, to output: inout cwire_buffer
  ) {
    slot.therapistID.withCString { therapist in
      slot.serviceID.withCString { service in
        slot.locationID.withCString { location in
          clientID.withCString { client in
            cwire_append_book(
              &output, call,
              cwire_booking(
                therapist_id: therapist, service_id: service, location_id: location,
                client_id: client, start_ms: slot.startMs))
          }
        }
      }
    }
  }
}
