internal import Availability

/// Whom the sequencer wakes, after the replies to what it wrote.
struct Bells: Sendable {
  /// Calls that wait for a gateway's answer.
  let errands: ErrandBell
  /// The Courier.
  let courier = CourierBell()
  /// The post office.
  let post = CourierBell()
  /// What tells partners' webhooks.
  let webhooks = CourierBell()
  /// Streams of a partner's events.
  let events: Bell<PartnerID>
  /// Streams of a partner's slots.
  let slots: Bell<PartnerID>

  init(limits: ServerLimits) {
    errands = ErrandBell(capacity: limits.callsAwaitingMax)
    events = Bell(capacity: limits.streamsMax, ofSubject: limits.streamsPerPartnerMax)
    slots = Bell(capacity: limits.streamsMax, ofSubject: limits.streamsPerPartnerMax)
  }
}
