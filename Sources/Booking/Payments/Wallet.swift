internal import Availability
internal import Intervals

/// A client's saved payment methods: of those that can be charged, at most one is the default.
///
/// One that is being saved may be marked as the default to be: the present one stays until it can be charged.
struct Wallet {
  /// Oldest first.
  private let methods: [PaymentMethod]

  init(_ methods: [PaymentMethod]) {
    self.methods = methods.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }

  init(of client: ClientID, _ facts: Facts) {
    self.init(facts.wallets[client] ?? [])
  }

  /// What is taken where none is named.
  var defaultMethod: PaymentMethod? { methods.first { $0.canBeCharged && $0.isDefault } }

  /// What an appointment is charged to: the one that it names while that can be charged, else the default.
  func method(named id: PaymentMethodID?) -> PaymentMethod? {
    methods.first { $0.id == id && $0.canBeCharged } ?? defaultMethod
  }

  /// One becomes the default; no other is. Nothing where it is already.
  /// - Returns: those that change, as they are then; the new default is last.
  func making(_ method: PaymentMethod, at now: Instant) -> [PaymentMethod] {
    guard !method.isDefault else { return [] }
    return demoted(but: method, at: now) + [method.stepping(at: now) { $0.isDefault = true }]
  }

  /// One was saved and can be charged: it is the default where that was wished for, or there is none.
  /// - Parameter method: as it was before.
  /// - Parameter change: what the gateway told of it; makes it active.
  /// - Returns: those that change, as they are then; the one that was saved is last.
  func saving(
    _ method: PaymentMethod, at now: Instant, _ change: (inout PaymentMethod) -> Void
  ) -> [PaymentMethod] {
    let isNew = method.isDefault || Wallet(others(than: method)).defaultMethod == nil
    let saved = method.stepping(at: now) {
      change(&$0)
      $0.isDefault = isNew
    }
    return (isNew ? demoted(but: method, at: now) : []) + [saved]
  }

  /// One is taken away, here and at the gateway. Of those that stay and can be charged the oldest becomes the default
  /// where it was that: appointments are charged to it from then on.
  func detaching(_ method: PaymentMethod, at now: Instant) -> [PaymentMethod] {
    guard method.state != .detached else { return [] }
    let detached = method.stepping(at: now) {
      $0.state = .detached
      $0.isDefault = false
      $0.clientSecret = ""
      $0.actionURL = ""
      // Of what failed the gateway keeps nothing.
      $0.errand =
        method.state == .failed
        ? nil : Errand(kind: .detach, number: method.version + 1, due: now)
    }
    let heir =
      method.canBeCharged && method.isDefault
      ? others(than: method).first(where: \.canBeCharged) : nil
    return [detached] + (heir.map { [$0.stepping(at: now) { $0.isDefault = true }] } ?? [])
  }

  private func others(than method: PaymentMethod) -> [PaymentMethod] {
    methods.filter { $0.id != method.id }
  }

  /// Those that are the default, but one, and are not any more.
  private func demoted(but method: PaymentMethod, at now: Instant) -> [PaymentMethod] {
    others(than: method).filter { $0.canBeCharged && $0.isDefault }
      .map { $0.stepping(at: now) { $0.isDefault = false } }
  }
}

extension PaymentMethod {
  /// Whether it can be charged.
  var canBeCharged: Bool { state == .active }

  /// The method one version on.
  /// - Parameter change: makes it what it is then; version and time are seen to.
  func stepping(at now: Instant, _ change: (inout PaymentMethod) -> Void) -> PaymentMethod {
    var result = self
    change(&result)
    result.version = version + 1
    result.changedAt = now
    return result
  }
}
