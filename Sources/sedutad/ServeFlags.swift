internal import ArgumentParser

/// The flags of `serve`. What is not given comes from the environment or the file.
struct ServeFlags: ParsableArguments {
  @Option(help: "Address to listen on. (default: 127.0.0.1)")
  var host: String?

  @Option(help: "Port to listen on; 0 takes any free one. (default: 7390)")
  var port: Int?

  @Option(help: "Folder of the database and the first key; made if absent. (default: .seduta)")
  var dataDir: String?

  @Option(help: "JSON file with settings.")
  var config: String?

  @Option(help: "File to write the port to, once listening.")
  var portFile: String?

  @Option(help: "trace, debug, info, notice, warning, error or critical. (default: notice)")
  var logLevel: String?

  @Flag(help: "Fill an empty database with a demo population.")
  var demo = false

  @Option(help: "Fill an empty folder for measuring, with population w.")
  var population: String?

  @Option(help: "Therapists in population w, 1 to 1000000. (default: 1000)")
  var therapists: Int?

  @Option(help: "The population's first day, YYYY-MM-DD. (default: today, UTC)")
  var demoDate: String?

  @Option(help: "Therapists in the demo, 1 to 10000. (default: 60)")
  var demoTherapists: Int?

  @Option(
    help: "The population's seed: the same seed and date make the same population. (default: 1)")
  var seed: Int?

  @Flag(help: "For trying things out: staff can move the clock.")
  var sandbox = false

  @Option(
    help: "With --sandbox: the time to begin at, such as 2027-03-01T08:00:00Z. (default: now)")
  var sandboxStart: String?

  @Option(help: "Longest frame taken, in bytes, 1024 to 4194304. (default: 4194304)")
  var frameBytesMax: Int?

  @Option(help: "Time for Hello, in milliseconds. (default: 5000)")
  var helloTimeoutMs: Int?

  @Option(help: "Time for a frame that has begun, in milliseconds. (default: 15000)")
  var frameTimeoutMs: Int?

  @Option(help: "Time without frames and calls after which a connection ends. (default: 300000)")
  var idleTimeoutMs: Int?

  @Option(help: "Time for calls in flight when stopping, in milliseconds. (default: 10000)")
  var drainTimeoutMs: Int?

  @Option(help: "Calls in flight on a connection; then reading pauses. (default: 1024)")
  var callsInFlightMax: Int?

  @Option(
    help: "Bytes that a slow reader may leave unread before reading pauses. (default: 1048576)")
  var writeBufferBytesMax: Int?

  @Option(help: "Connections of one API key. (default: 1024)")
  var connectionsPerKeyMax: Int?

  @Option(help: "Connections from one address. (default: 1024)")
  var connectionsPerAddressMax: Int?

  @OptionGroup(title: "Online sessions") var video: VideoFlags

  @OptionGroup(title: "Payments") var payments: PaymentFlags

  @OptionGroup(title: "HTTP") var endpoint: EndpointFlags

  @OptionGroup(title: "Messages") var post: PostFlags
}
