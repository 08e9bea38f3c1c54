internal import Configuration

/// Looks a setting up in the flags, then the environment, then the file.
struct SettingSource {
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

  /// Never shown, whatever is logged.
  func secret(_ name: String) -> String? {
    reader.string(forKey: ConfigKey(name), isSecret: true)
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
    add("sandbox", sandbox ? .bool(true) : nil)
    add("sandboxStart", sandboxStart.map(ConfigContent.string))
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
    video.add(to: add)
    payments.add(to: add)
    endpoint.add(to: add)
    return values
  }
}

extension VideoFlags {
  fileprivate func add(to values: (_ name: String, _ content: ConfigContent?) -> Void) {
    values("video", video.map(ConfigContent.string))
    values("videoUrl", videoUrl.map(ConfigContent.string))
    values("videoAppId", videoAppId.map(ConfigContent.string))
    values("videoDomain", videoDomain.map(ConfigContent.string))
    values("videoAudience", videoAudience.map(ConfigContent.string))
    values("videoSecretFile", videoSecretFile.map(ConfigContent.string))
  }
}

extension PaymentFlags {
  fileprivate func add(to values: (_ name: String, _ content: ConfigContent?) -> Void) {
    values("paymentGateway", paymentGateway.map(ConfigContent.string))
    values("stripeUrl", stripeUrl.map(ConfigContent.string))
    values("stripeSecretKeyFile", stripeSecretKeyFile.map(ConfigContent.string))
    values("stripeWebhookSecretFile", stripeWebhookSecretFile.map(ConfigContent.string))
  }
}

extension EndpointFlags {
  fileprivate func add(to values: (_ name: String, _ content: ConfigContent?) -> Void) {
    values("httpPort", httpPort.map(ConfigContent.int))
    values("httpHost", httpHost.map(ConfigContent.string))
    values("httpBodyBytesMax", httpBodyBytesMax.map(ConfigContent.int))
    values("httpPortFile", httpPortFile.map(ConfigContent.string))
  }
}

/// A setting as its flag is written: "videoUrl" is "video-url".
func flagName(_ name: String) -> String {
  name.reduce(into: "") { text, character in
    text += character.isUppercase ? "-" + character.lowercased() : String(character)
  }
}
