public import Availability
public import Intervals

/// When a session's parties are let in.
public struct JoinWindow: Hashable, Sendable {
  /// Online from here on; in person the start.
  public let opens: Instant
  /// The end: from here on nobody is let in.
  public let closes: Instant

  public init(opens: Instant, closes: Instant) {
    self.opens = opens
    self.closes = closes
  }
}

/// Why a party is not told the way to a session.
public enum JoinRefusal: Error, Hashable, Sendable {
  /// It is not to take place, or not certain yet.
  case state(AppointmentState)
  /// It is online, and nobody has said where.
  case noVideo
  case notOpen(until: Instant)
  case closed(since: Instant)
}

/// How joining is set up for a session.
public struct JoinTerms: Hashable, Sendable {
  public let mode: SessionMode
  /// How early joining opens online (policy).
  public let beforeMinutes: Int32
  public let hasVideo: Bool

  public init(mode: SessionMode, beforeMinutes: Int32, hasVideo: Bool) {
    self.mode = mode
    self.beforeMinutes = beforeMinutes
    self.hasVideo = hasVideo
  }
}

extension Appointment {
  /// Whether a party is told the way now.
  ///
  /// An address is told at any time before the end: who first has it minutes before the start is late.
  public func joining(_ terms: JoinTerms, at now: Instant) -> Result<JoinWindow, JoinRefusal> {
    let (start, closes) = (span.start.instant, span.end.instant)
    switch state {
    case .scheduled, .inProgress: break
    // One that has run its course is over; one that was ended by hand says so.
    case .completed: guard now >= closes else { return .failure(.state(state)) }
    case .requested, .initiated, .paymentProcessing, .cancelledByClient, .cancelledByTherapist,
      .paymentCancelled, .declined, .expired:
      return .failure(.state(state))
    }
    guard now < closes else { return .failure(.closed(since: closes)) }
    switch terms.mode {
    case .inPerson: return .success(JoinWindow(opens: start, closes: closes))
    case .online:
      // Before the time is looked at: who sets a server up hears of it on any day.
      guard terms.hasVideo else { return .failure(.noVideo) }
      let opens = start.advanced(byMs: -60_000 * Int64(terms.beforeMinutes))
      guard now >= opens else { return .failure(.notOpen(until: opens)) }
      return .success(JoinWindow(opens: opens, closes: closes))
    }
  }
}
