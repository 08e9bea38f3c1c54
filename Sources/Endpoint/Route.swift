internal import HTTPTypes

/// The paths that there are. They are compared as they are sent: none needs escaping.
enum Route: Hashable {
  case callback(gateway: String)
  case live
  case ready
  case metrics

  /// Nil when nothing is there.
  init?(path: String) {
    switch path {
    case "/health/live": self = .live
    case "/health/ready": self = .ready
    case "/metrics": self = .metrics
    default:
      let folder = "/webhooks/"
      guard path.hasPrefix(folder) else { return nil }
      let gateway = path.dropFirst(folder.count)
      guard Self.isName(gateway) else { return nil }
      self = .callback(gateway: String(gateway))
    }
  }

  var methods: [HTTPRequest.Method] {
    switch self {
    case .callback: [.post]
    case .live, .ready, .metrics: [.get, .head]
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
