internal import CWire
internal import Glibc

/// Calls that are waited for: for what comes before and after the load.
final class Desk {
  private static let replyMs: Int32 = 30_000

  private let lane: Lane
  private let keyPrefix: String
  private var callID = UInt64(CWIRE_TEMPLATE_CALL_ID_MIN)

  /// - Parameter keyPrefix: What its idempotency keys begin with; no one else's may.
  init(to address: Address, key: String, keyPrefix: String) throws(CannotConnect) {
    lane = try Lane(to: address, key: key)
    try lane.greet()
    self.keyPrefix = keyPrefix
  }

  var serverVersion: String { lane.serverVersion }

  /// Makes a call.
  ///
  /// - Parameters:
  ///   - name: How an error names the call.
  ///   - append: Appends the call to a lane's output.
  ///   - decode: Reads the reply's message; nil when it is none of its kind.
  func call<Answer>(
    _ name: String, _ append: (inout cwire_buffer, cwire_call) -> Void,
    decode: (_ arena: OpaquePointer, _ bytes: UnsafePointer<UInt8>?, _ size: Int) -> Answer?
  ) throws(CallFailed) -> Answer {
    var answer: Result<Answer, CallFailed>?
    try calls(name, count: 1) { output, call, _ in
      append(&output, call)
    } take: { arena, frame, _ in
      if frame.status.code != UInt32(CWIRE_OK) {
        answer = .failure(CallFailed(name, describe(frame.status)))
      } else if let decoded = decode(arena, frame.bytes, frame.size) {
        answer = .success(decoded)
      } else {
        answer = .failure(CallFailed(name, "the reply is not what the contract says"))
      }
    }
    guard let answer else { throw CallFailed(name, "no reply") }
    return try answer.get()
  }

  /// Makes so many calls at once, and waits for all.
  ///
  /// - Parameters:
  ///   - append: Appends the call with this number to a lane's output.
  ///   - take: Gets the reply to the call with this number.
  func calls(
    _ name: String, count: Int, _ append: (inout cwire_buffer, cwire_call, Int) -> Void,
    take: (_ arena: OpaquePointer, _ frame: cwire_frame, Int) -> Void
  ) throws(CallFailed) {
    let first = callID + 1
    for number in 0..<count {
      callID += 1
      "\(keyPrefix)-\(callID)".withCString { key in
        let call = cwire_call(call_id: callID, timeout_ms: 0, idempotency_key: key)
        append(&lane.output, call, number)
      }
    }
    let arena = lane.arena
    var missing = count
    do throws(Lost) {
      while missing > 0 {
        guard try lane.wait(ms: Self.replyMs) else { throw Lost("no reply within 30 seconds") }
        try lane.receive { frame in
          guard (first...callID).contains(frame.call_id) else { return }
          missing -= 1
          take(arena, frame, Int(frame.call_id - first))
        }
      }
    } catch {
      throw CallFailed(name, error.description)
    }
  }
}

/// A call that a run cannot do without went wrong.
struct CallFailed: Error, CustomStringConvertible {
  let description: String

  init(_ name: String, _ reason: String) {
    description = "\(name) failed: \(reason)"
  }
}
