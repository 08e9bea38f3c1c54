internal import Configuration

/// Looks a setting up in the flags, then the environment, then the file.
struct SettingSource {
  private let reader: ConfigReader

  init(flags: some SettingFlags) async throws {
    var given: [AbsoluteConfigKey: ConfigValue] = [:]
    flags.add { name, content in
      guard let content else { return }
      given[AbsoluteConfigKey(["seduta", name])] = ConfigValue(content, isSecret: false)
    }
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "flags", values: given), EnvironmentVariablesProvider(),
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

  /// Whether it is there, of whatever kind.
  func isSet(_ name: String) -> Bool {
    let key = ConfigKey(name)
    return text(name) != nil || reader.int(forKey: key) != nil || reader.bool(forKey: key) != nil
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

/// What was given as flags, under the names that environment and file use.
protocol SettingFlags {
  /// The file of settings.
  var config: String? { get }
  func add(to values: (_ name: String, _ content: ConfigContent?) -> Void)
}

extension ServeFlags: SettingFlags {
  func add(to values: (_ name: String, _ content: ConfigContent?) -> Void) {
    values("host", host.map(ConfigContent.string))
    values("port", port.map(ConfigContent.int))
    values("dataDir", dataDir.map(ConfigContent.string))
    values("portFile", portFile.map(ConfigContent.string))
    values("logLevel", logLevel.map(ConfigContent.string))
    values("demo", demo ? .bool(true) : nil)
    values("sandbox", sandbox ? .bool(true) : nil)
    values("sandboxStart", sandboxStart.map(ConfigContent.string))
    values("population", population.map(ConfigContent.string))
    values("therapists", therapists.map(ConfigContent.int))
    values("demoDate", demoDate.map(ConfigContent.string))
    values("demoTherapists", demoTherapists.map(ConfigContent.int))
    values("seed", seed.map(ConfigContent.int))
    values("frameBytesMax", frameBytesMax.map(ConfigContent.int))
    values("helloTimeoutMs", helloTimeoutMs.map(ConfigContent.int))
    values("frameTimeoutMs", frameTimeoutMs.map(ConfigContent.int))
    values("idleTimeoutMs", idleTimeoutMs.map(ConfigContent.int))
    values("drainTimeoutMs", drainTimeoutMs.map(ConfigContent.int))
    values("callsInFlightMax", callsInFlightMax.map(ConfigContent.int))
    values("writeBufferBytesMax", writeBufferBytesMax.map(ConfigContent.int))
    values("connectionsPerKeyMax", connectionsPerKeyMax.map(ConfigContent.int))
    values("connectionsPerAddressMax", connectionsPerAddressMax.map(ConfigContent.int))
    video.add(to: values)
    payments.add(to: values)
    endpoint.add(to: values)
    post.add(to: values)
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

extension PostFlags {
  func add(to values: (_ name: String, _ content: ConfigContent?) -> Void) {
    values("mail", mail.map(ConfigContent.string))
    values("mailFrom", mailFrom.map(ConfigContent.string))
    values("smtpHost", smtpHost.map(ConfigContent.string))
    values("smtpPort", smtpPort.map(ConfigContent.int))
    values("smtpSecurity", smtpSecurity.map(ConfigContent.string))
    values("smtpUser", smtpUser.map(ConfigContent.string))
    values("smtpPasswordFile", smtpPasswordFile.map(ConfigContent.string))
    values("smtpCaFile", smtpCaFile.map(ConfigContent.string))
    values("smtpHello", smtpHello.map(ConfigContent.string))
    values("smtpPlainLogin", smtpPlainLogin ? .bool(true) : nil)
    values("sms", sms.map(ConfigContent.string))
    values("smsFrom", smsFrom.map(ConfigContent.string))
    values("twilioAccount", twilioAccount.map(ConfigContent.string))
    values("twilioAuthTokenFile", twilioAuthTokenFile.map(ConfigContent.string))
    values("twilioUrl", twilioUrl.map(ConfigContent.string))
    values("mailboxDir", mailboxDir.map(ConfigContent.string))
    values("allowPrivateWebhooks", allowPrivateWebhooks ? .bool(true) : nil)
  }
}

/// A setting as its flag is written: "videoUrl" is "video-url".
func flagName(_ name: String) -> String {
  name.reduce(into: "") { text, character in
    text += character.isUppercase ? "-" + character.lowercased() : String(character)
  }
}
