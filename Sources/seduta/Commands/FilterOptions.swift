internal import ArgumentParser
internal import Wire

/// Which slots: for `search`, `watch` and `lookup`.
struct FilterOptions: ParsableArguments {
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case online
    case inPerson = "in-person"
  }

  @Option(help: "A service, svc_....")
  var service: String?

  @Option(help: "The service's kind: individual, couple, ....")
  var kind: String?

  @Option(help: "A location, loc_....")
  var location: String?

  @Option(help: "How the session is held.")
  var mode: Mode?

  @Option(help: "A language the therapist works in: it, pt-BR, ....")
  var language: String?

  @Option(help: "A speciality of the therapist.")
  var speciality: String?

  @Option(help: "The location's city.")
  var city: String?

  @Option(help: "An insurer the therapist accepts.")
  var insurer: String?

  @Option(help: "The lowest price: 50.00.")
  var priceMin: Amount?

  @Option(help: "The highest price: 90.00.")
  var priceMax: Amount?

  @Option(help: "The currency of the prices.")
  var currency = "EUR"

  func validate() throws {
    for amount in [priceMin, priceMax].compactMap({ $0 }) where amount.money(in: currency) == nil {
      throw ValidationError("A price has more digits after the point than \(currency) has.")
    }
  }

  /// Without therapists.
  var message: Seduta_V1_SlotFilter {
    var filter = Seduta_V1_SlotFilter()
    filter.serviceID = service ?? ""
    filter.serviceKind = kind ?? ""
    filter.locationID = location ?? ""
    filter.mode =
      switch mode {
      case .online: .online
      case .inPerson: .inPerson
      case nil: .unspecified
      }
    filter.language = language ?? ""
    filter.speciality = speciality ?? ""
    filter.city = city ?? ""
    filter.insurer = insurer ?? ""
    if let price = priceMin?.money(in: currency) { filter.priceMin = price }
    if let price = priceMax?.money(in: currency) { filter.priceMax = price }
    return filter
  }
}
