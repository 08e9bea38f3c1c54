public import Intervals

/// a signed link serves once, and expires with the session.
extension Appointment {
  /// Why the link of this appointment serves no more; nil while it does.
  public func linkRefusal(at now: Instant) -> Refusal? {
    if !state.isActive { return .linkUsed(id, state) }
    return now < span.start.instant ? nil : .linkExpired(id, at: span.start)
  }
}
