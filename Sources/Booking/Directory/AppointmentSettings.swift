public import Accounting

/// What a service, a therapist or a partner sets for the life of appointments (policy). Nil leaves a
/// setting to the next.
public struct AppointmentSettings: Hashable, Sendable {
  public var clientBooking: ClientBooking?
  /// Whether requests are accepted by themselves where that is plain (B-4).
  public var autoAcceptRequests: Bool?
  /// Whether the reason for declining goes into the message to the client (B-6).
  public var declineReasonInMessage: Bool?
  /// Whether follow-ups wait until the first paid full session was held (B-7).
  public var followUpsAfterFirstSession: Bool?
  public var fullSessionMinutes: Int32?
  /// After its end; 0 is at its end.
  public var completeAfterMinutes: Int32?
  /// Before its start; 0 is at its start.
  public var joinBeforeMinutes: Int32?
  /// Counts as a whole.
  public var cancellation: CancellationTerms?
  /// How long a client has to pay for a prepaid session (P-4).
  public var paymentMinutes: Int32?
  /// The platform's part of a session that was held (P-10).
  public var commission: Commission?
  /// Whether the therapist is reminded, too (N-2).
  public var therapistReminders: Bool?

  public init() {}

  /// Sets nothing.
  public static let unset = AppointmentSettings()

  public static let fullSessionMinutes: ClosedRange<Int32> = 5...720
  /// Besides 0.
  public static let completeAfterMinutes: ClosedRange<Int32> = 1...1_440
  /// Besides 0.
  public static let joinBeforeMinutes: ClosedRange<Int32> = 1...240
  public static let paymentMinutes: ClosedRange<Int32> = 1...1_440

  var isWithinLimits: Bool {
    AppointmentSettings.fullSessionMinutes ~= fullSessionMinutes ?? 50
      && (completeAfterMinutes.map { $0 == 0 || AppointmentSettings.completeAfterMinutes ~= $0 }
        ?? true)
      && (joinBeforeMinutes.map { $0 == 0 || AppointmentSettings.joinBeforeMinutes ~= $0 } ?? true)
      && AppointmentSettings.paymentMinutes ~= paymentMinutes ?? 15
      && cancellation?.isWithinLimits ?? true
  }
}

/// How clients come to a session.
public enum ClientBooking: String, CaseIterable, Sendable {
  /// They book; it stands at once (B-1).
  case instant = "INSTANT"
  /// They ask; the therapist decides (B-4).
  case request = "REQUEST"
}

/// What cancelling costs a client.
public struct CancellationTerms: Hashable, Sendable {
  /// How long before the start is still in time; 0 is up to the start.
  public let noticeMinutes: Int32
  /// Shares of the price, 0 to 100.
  public let inTimePercent: Int32
  public let latePercent: Int32
  /// Whether the fee is claimed where the session was not paid yet.
  public let feeWhereUnpaid: Bool
  /// The share of the price that a session costs to which the client did not come.
  public let noShowPercent: Int32

  public init(
    noticeMinutes: Int32, inTimePercent: Int32, latePercent: Int32, feeWhereUnpaid: Bool,
    noShowPercent: Int32 = 100
  ) {
    self.noticeMinutes = noticeMinutes
    self.inTimePercent = inTimePercent
    self.latePercent = latePercent
    self.feeWhereUnpaid = feeWhereUnpaid
    self.noShowPercent = noShowPercent
  }

  public static let noticeMinutes: ClosedRange<Int32> = 0...44_640
  public static let percent: ClosedRange<Int32> = 0...100

  fileprivate var isWithinLimits: Bool {
    CancellationTerms.noticeMinutes ~= noticeMinutes
      && CancellationTerms.percent ~= inTimePercent && CancellationTerms.percent ~= latePercent
      && CancellationTerms.percent ~= noShowPercent
  }

  /// What holds where nobody set any: cancelling costs nothing.
  public static let none = CancellationTerms(
    noticeMinutes: 0, inTimePercent: 0, latePercent: 0, feeWhereUnpaid: false)
}

/// What holds for the appointments of a service once everybody was asked.
public struct ResolvedAppointmentSettings: Hashable, Sendable {
  public let clientBooking: ClientBooking
  public let autoAcceptRequests: Bool
  public let declineReasonInMessage: Bool
  public let followUpsAfterFirstSession: Bool
  public let fullSessionMinutes: Int32
  public let completeAfterMinutes: Int32
  public let joinBeforeMinutes: Int32
  public let cancellation: CancellationTerms
  public let paymentMinutes: Int32
  public let commission: Commission
  public let therapistReminders: Bool

  /// - Parameter asked: whose word counts first comes first.
  init(_ asked: [AppointmentSettings]) {
    func first<Setting>(_ setting: (AppointmentSettings) -> Setting?) -> Setting? {
      for settings in asked {
        if let set = setting(settings) { return set }
      }
      return nil
    }
    clientBooking = first(\.clientBooking) ?? .instant
    autoAcceptRequests = first(\.autoAcceptRequests) ?? false
    declineReasonInMessage = first(\.declineReasonInMessage) ?? false
    followUpsAfterFirstSession = first(\.followUpsAfterFirstSession) ?? false
    fullSessionMinutes = first(\.fullSessionMinutes) ?? 50
    completeAfterMinutes = first(\.completeAfterMinutes) ?? 0
    joinBeforeMinutes = first(\.joinBeforeMinutes) ?? 10
    cancellation = first(\.cancellation) ?? .none
    paymentMinutes = first(\.paymentMinutes) ?? 15
    commission = first(\.commission) ?? .none
    therapistReminders = first(\.therapistReminders) ?? false
  }
}
