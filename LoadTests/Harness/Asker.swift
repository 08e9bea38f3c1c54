internal import CWire
internal import Workload

/// Writes wishes as calls.
struct Asker {
  private static let cancelReason = "load test"

  private let population: Population
  private let templates: Templates
  private let keyPrefix: String
  private var keysUsed = 0

  /// - Parameter keyPrefix: What this worker's idempotency keys begin with; no other worker's may.
  init(population: Population, templates: Templates, keyPrefix: String) {
    self.population = population
    self.templates = templates
    self.keyPrefix = keyPrefix
  }

  /// Appends the call to the lane's output.
  mutating func ask(_ wish: Wish, callID: UInt64, to output: inout cwire_buffer) {
    switch wish {
    case .search, .searchMany, .batchLookup:
      templates.append(wish, callID: callID, to: &output)
    case .book(let slot, let client):
      nextKey().withCString { key in
        let call = cwire_call(call_id: callID, timeout_ms: 0, idempotency_key: key)
        Self.book(slot, clientID: population.clientIDs[client], call, to: &output)
      }
    case .cancel(let booking):
      nextKey().withCString { key in
        let call = cwire_call(call_id: callID, timeout_ms: 0, idempotency_key: key)
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
