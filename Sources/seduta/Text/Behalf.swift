internal import ArgumentParser
internal import SedutaClient

/// On whose behalf, as it is typed: "staff", "staff:anna", "therapist:thr_...", "client:cli_...",
/// "client".
struct Behalf: ExpressibleByArgument {
  static let help: ArgumentHelp =
    "On whose behalf: staff, staff:NAME, therapist:thr_..., client:cli_..., or client for a new one."

  let actor: ActingAs

  init(_ actor: ActingAs) { self.actor = actor }

  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case ("staff", let name): actor = .staff(name: name ?? "")
    case ("therapist", let id?): actor = .therapist(id)
    case ("client", let id): actor = .client(id ?? "")
    default: return nil
    }
  }

  var defaultValueDescription: String { "staff" }
}
