// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is built with. Warnings are errors; every import says its access level.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let httpClient: Target.Dependency = .product(
  name: "AsyncHTTPClient", package: "async-http-client")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// The loads that the harness carries with it; their files lie in LoadTests/Scenarios.
let scenarios = [
  "churn", "knee", "mix", "q1", "q1-beside-bookings", "q1-single", "q2", "q4", "q4-single", "q5",
  "slow-readers",
]

let package = Package(
  name: "seduta",
  products: [
    .library(name: "SedutaClient", targets: ["SedutaClient"]),
    .executable(name: "sedutad", targets: ["sedutad"]),
    .executable(name: "seduta", targets: ["seduta"]),
    .executable(name: "seduta-load", targets: ["seduta-load"]),
    .executable(name: "seduta-bench", targets: ["seduta-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    // Its core only, without what its traits bring.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // The pure rooms: standard library only, no clock, no randomness, no concurrency.
    .target(name: "Intervals", swiftSettings: strict),
    .target(name: "Accounting", swiftSettings: strict),
    .target(name: "Availability", dependencies: ["Intervals"], swiftSettings: strict),
    .target(
      name: "Booking", dependencies: ["Intervals", "Availability", "Accounting"],
      swiftSettings: strict),
    .target(
      name: "Demo",
      dependencies: ["Intervals", "Availability", "Accounting", "Booking", "Workload"],
      swiftSettings: strict),

    .target(name: "Wire", dependencies: [nioCore, protobuf], swiftSettings: strict),
    .target(
      name: "Storage",
      dependencies: [
        "Intervals", "Availability", "Accounting", "Booking",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "Signing", dependencies: ["Availability", "COpenSSL"], swiftSettings: strict),
    .systemLibrary(
      name: "CPango", pkgConfig: "pangocairo",
      providers: [.apt(["libcairo2-dev", "libpango1.0-dev"])]),
    .target(
      name: "Gateways",
      dependencies: [
        "Intervals", "Availability", "Accounting", "Booking", "Signing", "CPango", httpClient,
        nioCore, nioHTTP, nioPosix, nioTLS, nioSSL, logging,
      ],
      swiftSettings: strict),
    .target(
      name: "Letters",
      dependencies: [
        "Intervals", "Availability", "Accounting", "Booking",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),
    .target(
      name: "Endpoint",
      dependencies: [
        nioCore, nioPosix, logging, lifecycle,
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .target(
      name: "Service",
      dependencies: [
        "Intervals", "Availability", "Accounting", "Booking", "Letters", "Wire", "Storage",
        "Signing", "Gateways", "Endpoint", nioCore, nioPosix, protobuf, logging, lifecycle,
      ],
      swiftSettings: strict),
    .target(
      name: "SedutaClient", dependencies: ["Wire", nioCore, nioPosix, protobuf],
      swiftSettings: strict),
    .executableTarget(
      name: "sedutad",
      dependencies: [
        "Service", "Demo", "Booking", "Availability", "Storage", "Gateways", "Endpoint",
        arguments, logging, lifecycle, nioCore, signals,
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "seduta", dependencies: ["SedutaClient", "Wire", arguments, protobuf],
      swiftSettings: strict),

    // The load harness speaks through Debian's protobuf-c: an independent codec.
    .systemLibrary(
      name: "CProtobufC", path: "LoadTests/CProtobufC", pkgConfig: "libprotobuf-c",
      providers: [.apt(["libprotobuf-c-dev"])]),
    .target(
      name: "CWire", dependencies: ["CProtobufC"], path: "LoadTests/CWire",
      cSettings: [.headerSearchPath("Generated")]),
    // The least that a server of this wire can do: what a load is calibrated against.
    .target(name: "CEcho", path: "LoadTests/CEcho"),
    .target(name: "Workload", path: "LoadTests/Workload", swiftSettings: strict),
    .target(
      name: "Scenarios", dependencies: ["Workload"], path: "LoadTests/Scenarios",
      resources: scenarios.map { .embedInCode("\($0).json") }, swiftSettings: strict),
    .target(
      name: "Thresholds", dependencies: ["Scenarios"], path: "LoadTests/Thresholds",
      resources: [.embedInCode("ci.json"), .embedInCode("goals.json")], swiftSettings: strict),
    .target(name: "Reports", path: "LoadTests/Reports", swiftSettings: strict),
    .executableTarget(
      name: "seduta-load",
      dependencies: [
        "Workload", "Scenarios", "Thresholds", "Reports", "CWire", "CEcho", arguments,
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      path: "LoadTests/Harness",
      swiftSettings: strict),

    // The micro-benchmarks, and what the core could cost at best, in C.
    .target(name: "Allocations", path: "LoadTests/Allocations"),
    .target(
      name: "Limits", path: "LoadTests/Limits", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "seduta-bench",
      dependencies: [
        "Intervals", "Availability", "Wire", "Workload", "Limits", "Allocations", arguments,
        nioCore, protobuf,
      ],
      path: "LoadTests/Bench",
      swiftSettings: strict),

    .testTarget(name: "IntervalsTests", dependencies: ["Intervals"], swiftSettings: strict),
    .testTarget(name: "AccountingTests", dependencies: ["Accounting"], swiftSettings: strict),
    .testTarget(
      name: "AvailabilityTests", dependencies: ["Availability", "Intervals"],
      swiftSettings: strict),
    .testTarget(
      name: "BookingTests", dependencies: ["Booking", "Availability", "Intervals", "Accounting"],
      swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Booking", "Availability", "Intervals", "Accounting"], swiftSettings: strict),
    .testTarget(
      name: "DemoTests",
      dependencies: ["Demo", "Booking", "Availability", "Accounting", "Intervals"],
      swiftSettings: strict),
    .testTarget(
      name: "WireTests", dependencies: ["Wire", nioCore, protobuf], swiftSettings: strict),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Storage", "Booking", "Availability", "Intervals", "Accounting",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SigningTests", dependencies: ["Signing", "Availability"], swiftSettings: strict),
    .testTarget(
      name: "GatewaysTests",
      dependencies: [
        "Gateways", "Signing", "Booking", "Availability", "Accounting", "Intervals", httpClient,
        nioCore, nioHTTP, nioPosix, logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LettersTests",
      dependencies: ["Letters", "Booking", "Availability", "Accounting", "Intervals"],
      swiftSettings: strict),
    .testTarget(
      name: "EndpointTests", dependencies: ["Endpoint", nioCore, nioPosix, logging, lifecycle],
      swiftSettings: strict),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Service", "SedutaClient", "Wire", "Storage", "Booking", "Availability", "Intervals",
        "Accounting", "Gateways", "Endpoint", nioCore, nioPosix, protobuf, logging, lifecycle,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SedutaClientTests",
      dependencies: ["SedutaClient", "Wire", nioCore, nioPosix, protobuf],
      swiftSettings: strict),
    .testTarget(
      name: "WorkloadTests",
      dependencies: [
        "Workload", "Scenarios", "Thresholds", "Reports", "CWire", "CEcho", "Wire", protobuf,
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "LimitsTests", dependencies: ["Limits", "Wire", protobuf], swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
