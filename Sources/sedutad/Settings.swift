internal import Availability
internal import Demo
internal import Foundation
internal import Intervals
internal import Logging
internal import Service

/// All settings of `serve`, from flags, environment and file, checked.
struct Settings {
  let options: ServerOptions
  let dataDirectory: String
  let portFile: String?
  /// Nil where it is not to be written.
  let httpPortFile: String?
  let payments: PaymentSettings
  let post: PostSettings
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
    options.sandbox = try Settings.sandbox(from: source)
    options.video = try VideoSettings(from: source).gateway
    let endpoint = try EndpointSettings(from: source)
    options.endpoint = endpoint.options
    httpPortFile = endpoint.portFile
    payments = try PaymentSettings(from: source)
    post = try PostSettings(from: source)
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

  private static func sandbox(from source: SettingSource) throws -> SandboxOptions? {
    let start = try source.text("sandboxStart").map { text in
      guard let date = try? Date(text, strategy: .iso8601), date.timeIntervalSince1970 >= 0 else {
        throw Failure(
          "sandbox-start: expected a time such as 2027-03-01T08:00:00Z, got \"\(text)\"")
      }
      return Instant(msSinceEpoch: Int64(date.timeIntervalSince1970 * 1_000))
    }
    guard try source.flag("sandbox") ?? false else {
      guard start == nil else { throw Failure("sandbox-start: expected sandbox with it") }
      return nil
    }
    return SandboxOptions(start: start)
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
