internal import ArgumentParser

/// The flags of `serve` that say who takes money from cards.
///
/// The secrets have none: who lists processes would see them.
struct PaymentFlags: ParsableArguments {
  @Option(
    help:
      "none, sandbox (takes no money) or stripe. (default: sandbox with --sandbox or --demo, else none)"
  )
  var paymentGateway: String?

  @Option(help: "Stripe's address. (default: https://api.stripe.com)")
  var stripeUrl: String?

  @Option(help: "File with Stripe's secret key; or set SEDUTA_STRIPE_SECRET_KEY.")
  var stripeSecretKeyFile: String?

  @Option(
    help: """
      File with the secret that signs Stripe's webhooks; or set SEDUTA_STRIPE_WEBHOOK_SECRET.
      """)
  var stripeWebhookSecretFile: String?
}

/// The flags of `serve` for the HTTP listener.
struct EndpointFlags: ParsableArguments {
  @Option(
    help:
      "Port for gateways' webhooks, health and metrics over HTTP; 0 takes any free one. (default: none)"
  )
  var httpPort: Int?

  @Option(help: "Address to listen on for them. (default: 127.0.0.1)")
  var httpHost: String?

  @Option(help: "Longest body taken, in bytes, 1024 to 4194304. (default: 262144)")
  var httpBodyBytesMax: Int?

  @Option(help: "File to write the HTTP port to, once listening.")
  var httpPortFile: String?
}
