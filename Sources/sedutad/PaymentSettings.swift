internal import Foundation
internal import Gateways
internal import Logging
internal import Service

/// Who takes money from cards, from the settings.
enum PaymentSettings {
  case none
  case sandbox
  case stripe(url: String, secretKey: String, webhookSecret: String)

  private static let stripeSettings = [
    "stripeUrl", "stripeSecretKeyFile", "stripeWebhookSecretFile",
  ]

  /// - Throws: `Failure` naming the setting and what was expected.
  init(from source: SettingSource) throws {
    let isTrial = try source.flag("sandbox") ?? false || source.flag("demo") ?? false
    let name = source.text("paymentGateway") ?? (isTrial ? "sandbox" : "none")
    // Secrets may be there for whoever needs them; a setting that has no effect is a mistake.
    if name != "stripe",
      let stray = PaymentSettings.stripeSettings.first(where: { source.text($0) != nil })
    {
      throw Failure("payment-gateway: expected stripe, since \(flagName(stray)) is set")
    }
    switch name {
    case "none": self = .none
    case "sandbox": self = .sandbox
    case "stripe":
      self = .stripe(
        url: try PaymentSettings.url(from: source),
        secretKey: try source.secret(
          "stripeSecretKey", orFile: "stripeSecretKeyFile", prefixes: ["sk_", "rk_"]),
        webhookSecret: try source.secret(
          "stripeWebhookSecret", orFile: "stripeWebhookSecretFile", prefixes: ["whsec_"]))
    default: throw Failure("payment-gateway: expected none, sandbox or stripe, got \"\(name)\"")
    }
  }

  private static func url(from source: SettingSource) throws -> String {
    guard let text = source.text("stripeUrl") else { return StripePayments.url }
    guard let url = URL(string: text), let scheme = url.scheme,
      ["https", "http"].contains(scheme), let host = url.host(), !host.isEmpty, url.query == nil,
      url.fragment == nil
    else {
      throw Failure(
        "stripe-url: expected an address that begins with https:// or http://, got \"\(text)\"")
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}

extension SettingSource {
  /// From the environment (or the file of settings), or from a file of its own.
  /// - Parameter prefixes: one of which it begins with.
  fileprivate func secret(
    _ name: String, orFile fileSetting: String, prefixes: [String]
  ) throws -> String {
    let variable = "SEDUTA_" + flagName(name).uppercased().replacing("-", with: "_")
    var secret = secret(name)
    if let path = text(fileSetting) {
      guard secret == nil else {
        throw Failure("\(flagName(fileSetting)): expected this or \(variable), got both")
      }
      do {
        secret = try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw Failure(
          "\(flagName(fileSetting)): \(path) cannot be read: \(error.localizedDescription)")
      }
    }
    let text = (secret ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    // What it was is not said: this goes to a log.
    guard prefixes.contains(where: { text.hasPrefix($0) }) else {
      throw Failure(
        "\(flagName(name)): expected what begins with \(prefixes.joined(separator: " or ")), in "
          + "\(variable) or in the file that \(flagName(fileSetting)) names")
    }
    return text
  }
}
