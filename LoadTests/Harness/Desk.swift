internal import CWire
internal import Glibc

/// One call at a time, waiting for each: for what comes before and after the load.
final class Desk {
  private static let replyMs: Int32 = 30_000

  private let lane: Lane
  private let keyPrefix: String
  private var callID: UInt64 = 0

  /// - Parameter keyPrefix: What its idempotency keys begin with; no one else's may.
  init(to endpoint: Endpoint, key: String, keyPrefix: String) throws(CannotConnect) {
    lane = try Lane(to: endpoint, key: key)
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
    callID += 1
    let (asked, arena) = (callID, lane.arena)
    "\(keyPrefix)-\(asked)".withCString { key in
      append(&lane.output, cwire_call(call_id: asked, timeout_ms: 0, idempotency_key: key))
    }
    var answer: Result<Answer, CallFailed>?
    do throws(Lost) {
      while answer == nil {
        guard try lane.wait(ms: Self.replyMs) else { throw Lost("no reply within 30 seconds") }
        try lane.receive { frame in
          guard frame.call_id == asked else { return }
          if frame.status.code != UInt32(CWIRE_OK) {
            answer = .failure(CallFailed(name, describe(frame.status)))
          } else if let decoded = decode(arena, frame.bytes, frame.size) {
            answer = .success(decoded)
          } else {
            answer = .failure(CallFailed(name, "the reply is not what the contract says"))
          }
        }
      }
    } catch {
      throw CallFailed(name, error.description)
    }
    guard let answer else { throw CallFailed(name, "no reply") }
    return try answer.get()
  }
}

/// A call that a run cannot do without went wrong.
struct CallFailed: Error, CustomStringConvertible {
  let description: String

  init(_ name: String, _ reason: String) {
    description = "\(name) failed: \(reason)"
  }
}
