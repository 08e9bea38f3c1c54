internal import Gateways

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
        url: try source.webAddress("stripeUrl") ?? StripePayments.url,
        secretKey: try source.secret(
          "stripeSecretKey", orFile: "stripeSecretKeyFile", prefixes: ["sk_", "rk_"]),
        webhookSecret: try source.secret(
          "stripeWebhookSecret", orFile: "stripeWebhookSecretFile", prefixes: ["whsec_"]))
    default: throw Failure("payment-gateway: expected none, sandbox or stripe, got \"\(name)\"")
    }
  }
}
