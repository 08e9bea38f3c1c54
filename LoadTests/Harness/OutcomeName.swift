internal import CWire

extension Outcome {
  /// The server's name for the code, or the harness's for what is no status.
  var name: String {
    switch self {
    case .ok: "OK"
    case .refused(let code), .failed(let code): String(cString: cwire_code_name(code))
    case .malformed: "MALFORMED"
    case .connectionLost: "CONNECTION_LOST"
    case .unanswered: "NO_REPLY"
    }
  }
}
