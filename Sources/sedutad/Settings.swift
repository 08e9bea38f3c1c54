internal import Availability
internal import Configuration
internal import Demo
internal import Foundation
internal import Logging
internal import Service

/// All settings of `serve`, from flags, environment and file, checked.
struct Settings {
  let options: ServerOptions
  let dataDirectory: String
  let portFile: String?
  let logLevel: Logger.Level
  let isDemo: Bool
  let demoPlan: DemoPlan
  /// Nil where none is asked for.
  let measured: MeasuredFilling?

  /// - Throws: `Failure` naming the setting and what was expected.
  init(flags: ServeFlags) async throws {
    let source = try await SettingSource(flags: flags)
    var options = ServerOptions()
    options.host = source.text("host") ?? options.host
    options.port = try source.number("port", in: 0...65_535) ?? options.port
    var limits = ServerLimits()
    func set(_ path: WritableKeyPath<ServerLimits, Int>, _ name: String, _ range: ClosedRange<Int>)
      throws
    {
      if let value = try source.number(name, in: range) { limits[keyPath: path] = value }
    }
    func setMs(_ path: WritableKeyPath<ServerLimits, Int64>, _ name: String) throws {
      if let value = try source.number(name, in: 1...86_400_000) {
        limits[keyPath: path] = Int64(value)
      }
    }
    try set(\.frameBytesMax, "frameBytesMax", 1_024...4_194_304)
    try setMs(\.helloMs, "helloTimeoutMs")
    try setMs(\.frameMs, "frameTimeoutMs")
    try setMs(\.idleMs, "idleTimeoutMs")
    try setMs(\.drainMs, "drainTimeoutMs")
    try set(\.callsInFlightMax, "callsInFlightMax", 1...1_000_000)
    try set(\.writeBufferBytesMax, "writeBufferBytesMax", 4_096...1_073_741_824)
    try set(\.connectionsPerKeyMax, "connectionsPerKeyMax", 1...1_000_000)
    try set(\.connectionsPerAddressMax, "connectionsPerAddressMax", 1...1_000_000)
    options.limits = limits
    self.options = options
    dataDirectory = source.text("dataDir") ?? ".seduta"
    portFile = source.text("portFile")
    let levelName = source.text("logLevel") ?? "notice"
    guard let level = Logger.Level(rawValue: levelName) else {
      throw Failure("log-level: expected trace, debug, info, notice, warning, error or critical")
    }
    logLevel = level
    isDemo = try source.flag("demo") ?? false
    demoPlan = try Settings.demoPlan(from: source)
    measured = try Settings.measured(from: source, like: demoPlan)
    guard !isDemo || measured == nil else {
      throw Failure("population: expected either demo or population, got both")
    }
  }

  private static func measured(
    from source: SettingSource, like plan: DemoPlan
  ) throws -> MeasuredFilling? {
    let count = try source.number("therapists", in: 1...1_000_000) ?? 1_000
    guard let name = source.text("population") else { return nil }
    guard name == "w" else { throw Failure("population: expected w, got \"\(name)\"") }
    return MeasuredFilling(therapistCount: count, seed: plan.seed, firstDay: plan.today)
  }

  private static func demoPlan(from source: SettingSource) throws -> DemoPlan {
    let today: CivilDate
    if let text = source.text("demoDate") {
      guard let date = CivilDate(text) else {
        throw Failure("demo-date: expected a date such as 2026-11-23, got \"\(text)\"")
      }
      today = date
    } else {
      today = CivilDate(daysSinceEpoch: Int32(Date().timeIntervalSince1970 / 86_400))
    }
    let seed = try source.number("seed", in: 0...Int.max) ?? 1
    var plan = DemoPlan(seed: UInt64(seed), today: today)
    plan.therapistCount =
      try source.number("demoTherapists", in: 1...10_000) ?? plan.therapistCount
    return plan
  }
}

/// Looks a setting up in the flags, then the environment, then the file.
private struct SettingSource {
  private let reader: ConfigReader

  init(flags: ServeFlags) async throws {
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "flags", values: flags.values), EnvironmentVariablesProvider(),
    ]
    if let path = flags.config {
      do {
        let location = InMemoryProvider(values: [
          "filePath": ConfigValue(.string(path), isSecret: false)
        ])
        providers.append(
          try await FileProvider<JSONSnapshot>(config: ConfigReader(provider: location)))
      } catch {
        throw Failure("config: \(path) cannot be read as JSON: \(error)")
      }
    }
    reader = ConfigReader(providers: providers).scoped(to: "seduta")
  }

  func text(_ name: String) -> String? {
    reader.string(forKey: ConfigKey(name))
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    let value = reader.int(forKey: ConfigKey(name))
    // A value that is there and is no number must not pass for one that is not there.
    if value == nil, let text = text(name) {
      throw Failure("\(name): expected a whole number, got \"\(text)\"")
    }
    guard value.map(range.contains) ?? true else {
      throw Failure(
        "\(name): expected \(range.lowerBound) to \(range.upperBound), got \(value ?? 0)")
    }
    return value
  }

  func flag(_ name: String) throws -> Bool? {
    let value = reader.bool(forKey: ConfigKey(name))
    if value == nil, let text = text(name) {
      throw Failure("\(name): expected true or false, got \"\(text)\"")
    }
    return value
  }
}

extension ServeFlags {
  /// What was given, under the names that environment and file use.
  fileprivate var values: [AbsoluteConfigKey: ConfigValue] {
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    func add(_ name: String, _ content: ConfigContent?) {
      guard let content else { return }
      values[AbsoluteConfigKey(["seduta", name])] = ConfigValue(content, isSecret: false)
    }
    add("host", host.map(ConfigContent.string))
    add("port", port.map(ConfigContent.int))
    add("dataDir", dataDir.map(ConfigContent.string))
    add("portFile", portFile.map(ConfigContent.string))
    add("logLevel", logLevel.map(ConfigContent.string))
    add("demo", demo ? .bool(true) : nil)
    add("population", population.map(ConfigContent.string))
    add("therapists", therapists.map(ConfigContent.int))
    add("demoDate", demoDate.map(ConfigContent.string))
    add("demoTherapists", demoTherapists.map(ConfigContent.int))
    add("seed", seed.map(ConfigContent.int))
    add("frameBytesMax", frameBytesMax.map(ConfigContent.int))
    add("helloTimeoutMs", helloTimeoutMs.map(ConfigContent.int))
    add("frameTimeoutMs", frameTimeoutMs.map(ConfigContent.int))
    add("idleTimeoutMs", idleTimeoutMs.map(ConfigContent.int))
    add("drainTimeoutMs", drainTimeoutMs.map(ConfigContent.int))
    add("callsInFlightMax", callsInFlightMax.map(ConfigContent.int))
    add("writeBufferBytesMax", writeBufferBytesMax.map(ConfigContent.int))
    add("connectionsPerKeyMax", connectionsPerKeyMax.map(ConfigContent.int))
    add("connectionsPerAddressMax", connectionsPerAddressMax.map(ConfigContent.int))
    return values
  }
}
