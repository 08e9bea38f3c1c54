internal import NIOCore
internal import Synchronization

/// Who is connected: counted by key and by address, and to be told when the server stops.
final class ConnectionBook: Sendable {
  private struct Entries {
    var byKey: [String: Int] = [:]
    var byAddress: [String: Int] = [:]
    var open: [ObjectIdentifier: Line] = [:]
    var isDraining = false
  }

  private let entries = Mutex(Entries())
  private let limits: ServerLimits

  init(limits: ServerLimits) {
    self.limits = limits
  }

  enum Admission {
    case admitted, tooMany, draining
  }

  func connected(_ line: Line, address: String) -> Admission {
    entries.withLock { entries in
      guard !entries.isDraining else { return .draining }
      let count = entries.byAddress[address, default: 0]
      guard count < limits.connectionsPerAddressMax else { return .tooMany }
      entries.byAddress[address] = count + 1
      entries.open[ObjectIdentifier(line)] = line
      return .admitted
    }
  }

  /// - Returns: false when the key has as many connections as it may.
  func greeted(keyPrefix: String) -> Bool {
    entries.withLock { entries in
      let count = entries.byKey[keyPrefix, default: 0]
      guard count < limits.connectionsPerKeyMax else { return false }
      entries.byKey[keyPrefix] = count + 1
      return true
    }
  }

  func disconnected(_ line: Line, address: String, keyPrefix: String?) {
    entries.withLock { entries in
      guard entries.open.removeValue(forKey: ObjectIdentifier(line)) != nil else { return }
      Self.decrement(&entries.byAddress, address)
      if let keyPrefix { Self.decrement(&entries.byKey, keyPrefix) }
    }
  }

  /// From here on nobody is admitted.
  /// - Returns: those who are connected.
  func beginDraining() -> [Line] {
    entries.withLock { entries in
      entries.isDraining = true
      return Array(entries.open.values)
    }
  }

  /// Connections that are open.
  var count: Int { entries.withLock { $0.open.count } }

  var isDraining: Bool { entries.withLock { $0.isDraining } }

  var isEmpty: Bool { entries.withLock { $0.open.isEmpty } }

  private static func decrement(_ counts: inout [String: Int], _ key: String) {
    guard let count = counts[key] else { return }
    counts[key] = count > 1 ? count - 1 : nil
  }
}
