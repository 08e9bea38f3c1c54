/// The rooms of the house and what each may import. An arrow that is not here is not allowed: nothing
/// points upward, and the pure rooms know nothing but each other.
enum Rooms {
  /// Rooms whose answers depend on their arguments alone: no clock, randomness, concurrency or I/O.
  static let pure = [
    "Sources/Intervals", "Sources/Accounting", "Sources/Availability", "Sources/Booking",
    "Sources/Demo", "LoadTests/Workload",
  ]

  /// Folder to the modules that its Swift files may import. Where one folder lies in another, the
  /// inner one's row holds.
  static let imports: [String: Set<String>] = [
    "Sources/Intervals": [],
    "Sources/Accounting": [],
    "Sources/Availability": ["Intervals"],
    "Sources/Booking": ["Intervals", "Availability", "Accounting"],
    // Workload: a server can be filled with the population that performance is measured on.
    "Sources/Demo": ["Intervals", "Availability", "Accounting", "Booking", "Workload"],
    "Sources/Wire": ["NIOCore", "SwiftProtobuf"],
    "Sources/Wire/Generated": ["SwiftProtobuf", "Foundation", "FoundationEssentials"],
    "Sources/Storage": [
      "Intervals", "Availability", "Accounting", "Booking",
      "GRDB", "GRDBSQLite", "Foundation", "FoundationEssentials", "Synchronization",
    ],
    "Sources/Signing": ["Availability", "COpenSSL", "Foundation", "FoundationEssentials"],
    "Sources/Gateways": [
      "Intervals", "Availability", "Accounting", "Booking", "Signing", "CPango",
      "AsyncHTTPClient", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOTLS", "NIOSSL",
      "Foundation", "FoundationEssentials", "Synchronization",
    ],
    "Sources/Letters": [
      "Intervals", "Availability", "Accounting", "Booking", "Mustache", "Foundation",
    ],
    "Sources/Endpoint": [
      "HummingbirdCore", "HTTPTypes", "NIOCore", "NIOPosix", "Logging", "ServiceLifecycle",
    ],
    "Sources/Service": [
      "Intervals", "Availability", "Accounting", "Booking", "Letters", "Wire", "Storage",
      "Signing", "Gateways", "Endpoint",
      "NIOCore", "NIOPosix", "SwiftProtobuf", "Logging", "ServiceLifecycle",
      "Foundation", "FoundationEssentials", "Synchronization", "Dispatch",
    ],
    "Sources/SedutaClient": [
      "Wire", "NIOCore", "NIOPosix", "SwiftProtobuf",
      "Foundation", "FoundationEssentials", "Synchronization",
    ],
    "Sources/sedutad": [
      "Intervals", "Availability", "Booking", "Demo", "Storage", "Gateways", "Endpoint",
      "Service",
      "ArgumentParser", "Configuration", "Logging", "NIOCore", "ServiceLifecycle", "SystemPackage",
      "UnixSignals",
      "Foundation", "FoundationEssentials", "Synchronization", "Dispatch",
    ],
    "Sources/seduta": [
      "SedutaClient", "Wire", "SwiftProtobuf", "ArgumentParser",
      "Foundation", "FoundationEssentials", "Synchronization", "Dispatch",
    ],
    "LoadTests/Workload": [],
    "LoadTests/Bench": [
      "Intervals", "Availability", "Wire", "Workload", "Limits", "Allocations", "ArgumentParser",
      "NIOCore", "SwiftProtobuf", "Foundation", "Glibc",
    ],
    "LoadTests/Scenarios": ["Workload", "Foundation"],
    "LoadTests/Thresholds": ["Scenarios", "Foundation"],
    "LoadTests/Reports": ["Foundation"],
    "LoadTests/Harness": [
      "Workload", "Scenarios", "Thresholds", "Reports", "CWire", "CEcho", "CProtobufC",
      "ArgumentParser", "NIOCore", "NIOPosix", "Histogram",
      "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch",
    ],
  ]

  /// The room that a file lies in, or nil when the table has none for it.
  static func room(of path: String) -> String? {
    imports.keys.filter { path.hasPrefix($0 + "/") }.max { $0.count < $1.count }
  }
}
