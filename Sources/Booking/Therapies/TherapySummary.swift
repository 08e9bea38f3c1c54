public import Accounting
public import Intervals

/// What was and is to come in a therapy.
public struct TherapySummary: Hashable, Sendable {
  /// Those that stand and are not over.
  public let upcoming: Int
  public let held: Int
  public let followUpsOpen: Bool
  /// What was paid, less what was given back: one for each currency, none that are zero.
  public let paid: [Money]
  /// What is still to be paid: one for each currency, none that are zero.
  public let outstanding: [Money]

  /// - Parameter policy: of therapist and partner; a service may have its own.
  public init(
    of history: CareHistory, under policy: ResolvedAppointmentSettings, at now: Instant
  ) {
    let sessions = history.sessions
    upcoming = sessions.count { $0.state.isActive && now < $0.span.end.instant }
    held = sessions.count(where: \.isHeld)
    followUpsOpen =
      !policy.followUpsAfterFirstSession
      || history.followUps(fullSessionMinutes: policy.fullSessionMinutes) == .open
    paid = TherapySummary.sums(sessions, \.kept)
    outstanding = TherapySummary.sums(sessions, \.outstanding)
  }

  private static func sums(
    _ sessions: [CareSession], _ amount: (CareSession) -> Int64
  ) -> [Money] {
    Dictionary(grouping: sessions, by: \.price.currency)
      .map { currency, sessions in
        Money(minorUnits: sessions.reduce(0) { $0 + amount($1) }, currency: currency)
      }
      .filter { !$0.isZero }
      .sorted { $0.currency.code < $1.currency.code }
  }
}

extension CareSession {
  /// What was paid, less what was given back.
  fileprivate var kept: Int64 { paid - refunded }

  private var claim: Int64 {
    state.occupies && !(state == .completed && attendance == .noShow) ? price.minorUnits : fee
  }

  /// Of the price while it stands or once it was held, of the fee where it was cancelled or nobody came, what
  /// has not come in.
  public var outstanding: Int64 {
    switch paymentStatus {
    case .due, .processing, .requiresAction, .failed: max(0, claim - kept)
    case .none, .paid, .partlyRefunded, .refunded, .disputed: 0
    }
  }
}
