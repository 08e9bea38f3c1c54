public import Availability

/// What a service, a therapist or a partner sets for itself (policy). Nil leaves a setting to the
/// next: the service's counts first, then the therapist's, then the partner's, then the default.
public struct Policy: Hashable, Sendable {
  /// At most so many sessions, or as many as there are.
  public enum Cap: Hashable, Sendable {
    case unlimited
    case most(Int32)
  }

  /// Calendar months from today (S-2).
  public let staffHorizonMonths: Int32?
  /// Calendar months from today (S-2).
  public let clientHorizonMonths: Int32?
  /// 0 is up to the start (S-4, kind 8).
  public let minimumNoticeMinutes: Int32?
  /// Of one local day (S-4, kind 10).
  public let dailyCap: Cap?
  /// Of one local week from Monday on (S-4, kind 10).
  public let weeklyCap: Cap?
  /// How long a hold lasts until it is renewed (S-12).
  public let holdMinutes: Int32?
  /// How long a hold may last in all (S-12).
  public let holdTotalMinutes: Int32?
  public let appointments: AppointmentSettings

  /// Nil when a setting is outside its limits.
  public init?(
    staffHorizonMonths: Int32? = nil, clientHorizonMonths: Int32? = nil,
    minimumNoticeMinutes: Int32? = nil, dailyCap: Cap? = nil, weeklyCap: Cap? = nil,
    holdMinutes: Int32? = nil, holdTotalMinutes: Int32? = nil,
    appointments: AppointmentSettings = .unset
  ) {
    let isWithin =
      [staffHorizonMonths, clientHorizonMonths].allSatisfy { Policy.horizonMonths ~= $0 ?? 1 }
      && (minimumNoticeMinutes.map { $0 == 0 || Policy.noticeMinutes ~= $0 } ?? true)
      && [dailyCap, weeklyCap].allSatisfy { $0?.isWithinLimits ?? true }
      && Policy.holdMinutes ~= holdMinutes ?? 1
      && Policy.holdTotalMinutes ~= holdTotalMinutes ?? 1
      && appointments.isWithinLimits
    guard isWithin else { return nil }
    self.staffHorizonMonths = staffHorizonMonths
    self.clientHorizonMonths = clientHorizonMonths
    self.minimumNoticeMinutes = minimumNoticeMinutes
    self.dailyCap = dailyCap
    self.weeklyCap = weeklyCap
    self.holdMinutes = holdMinutes
    self.holdTotalMinutes = holdTotalMinutes
    self.appointments = appointments
  }

  private init() {
    staffHorizonMonths = nil
    clientHorizonMonths = nil
    minimumNoticeMinutes = nil
    dailyCap = nil
    weeklyCap = nil
    holdMinutes = nil
    holdTotalMinutes = nil
    appointments = .unset
  }

  /// Sets nothing.
  public static let unset = Policy()
}

extension Policy {
  /// The months that a horizon can be set to.
  public static let horizonMonths: ClosedRange<Int32> = 1...24
  /// The minutes that a minimum notice can be set to, besides none at all.
  public static let noticeMinutes: ClosedRange<Int32> = 1...44_640
  /// The sessions that a cap can be set to, besides no limit.
  public static let capSessions: ClosedRange<Int32> = 1...1_000
  /// The minutes that a hold can be set to last.
  public static let holdMinutes: ClosedRange<Int32> = 1...60
  /// The minutes that a hold can be set to last in all.
  public static let holdTotalMinutes: ClosedRange<Int32> = 1...1_440
}

extension Policy.Cap {
  fileprivate var isWithinLimits: Bool {
    switch self {
    case .unlimited: true
    case .most(let sessions): Policy.capSessions ~= sessions
    }
  }

  /// Nil is as many as there are.
  fileprivate var limit: Int? {
    switch self {
    case .unlimited: nil
    case .most(let sessions): Int(sessions)
    }
  }
}

/// What holds for a service once everybody was asked: nothing is left open.
public struct ResolvedPolicy: Hashable, Sendable {
  public let booking: BookingPolicy
  public let caps: SessionCaps
  /// At most `holdTotalMinutes`.
  public let holdMinutes: Int32
  public let holdTotalMinutes: Int32
  public let appointments: ResolvedAppointmentSettings
}

extension Policy {
  /// What holds for a service.
  ///
  /// - Parameter service: nil asks for what is a therapist's, such as the caps.
  public static func resolved(
    service: Policy?, therapist: Policy, partner: Policy
  ) -> ResolvedPolicy {
    let asked = [service ?? .unset, therapist, partner]
    func first<Setting>(_ setting: (Policy) -> Setting?) -> Setting? {
      for policy in asked {
        if let set = setting(policy) { return set }
      }
      return nil
    }
    let standard = BookingPolicy.standard
    let holdTotal = first(\.holdTotalMinutes) ?? 60
    return ResolvedPolicy(
      booking: BookingPolicy(
        horizons: HorizonPolicy(
          staffMonths: first(\.staffHorizonMonths).map(Int.init)
            ?? standard.horizons.staffMonths,
          clientMonths: first(\.clientHorizonMonths).map(Int.init)
            ?? standard.horizons.clientMonths),
        minimumNoticeMinutes: first(\.minimumNoticeMinutes) ?? standard.minimumNoticeMinutes),
      caps: SessionCaps(daily: first(\.dailyCap)?.limit, weekly: first(\.weeklyCap)?.limit),
      holdMinutes: min(first(\.holdMinutes) ?? 10, holdTotal), holdTotalMinutes: holdTotal,
      appointments: ResolvedAppointmentSettings(asked.map(\.appointments)))
  }
}

/// A partner's policy, which counts where neither service nor therapist has their own.
public struct PartnerPolicy: Hashable, Sendable {
  public let policy: Policy
  /// Grows by one with every change; 0 before the first.
  public let version: Int64

  public init(policy: Policy, version: Int64) {
    self.policy = policy
    self.version = version
  }

  /// Before anything was set.
  public static let unset = PartnerPolicy(policy: .unset, version: 0)
}
