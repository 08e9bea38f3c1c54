internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What a decision comes to, on its way to where it is kept.
struct Outcome {
  var events: [Event]
  /// Of each transfer.
  var lines: [[Posting]]
  var kinds: [TransferKind]

  init(events: [Event], transfers: [Transfer]) {
    self.events = events
    lines = transfers.map(\.postings)
    kinds = transfers.map(\.kind)
  }
}

/// A mistake that somebody could make: the simulation has to find each.
enum PlantedBug: String, CaseIterable {
  /// After an unknown answer the money is asked for once more, in a way that the gateway takes for another charge.
  case chargesUnderNewKey
  /// After a start, what may have been asked is asked again, and not looked up.
  case asksAgainAfterCrash
  /// What is taken after everything is over is kept.
  case keepsLateSuccess
  /// A refund is written down, and the gateway is never asked.
  case forgetsToAskForRefund
  /// What is under way when somebody cancels goes on.
  case cancelsWithoutStopping
  case losesPosting
  case postsOneTooMuch
  /// The books round down.
  case truncatesFees
  case returnsBenefitTwice
  case countsNewsAsPayment
  /// The slot is free at once, whatever the gateway is still about to do.
  case freesSlotWithoutAsking
  /// Nobody is cancelled who does not pay.
  case keepsSlotUnpaid
  /// A session of a package is booked, and what is left of it stays.
  case forgetsReservation
  /// A package's session that is free again comes back twice.
  case returnsSessionTwice

  /// - Returns: whether it did something.
  func spoil(_ outcome: inout Outcome, _ world: World) -> Bool {
    switch self {
    case .chargesUnderNewKey, .asksAgainAfterCrash: return false
    case .keepsLateSuccess: return outcome.keepLateSuccess()
    case .forgetsToAskForRefund: return outcome.forgetToAsk()
    case .cancelsWithoutStopping: return outcome.keepCharging(where: .cancelled)
    case .losesPosting:
      guard let place = outcome.kinds.firstIndex(of: .refund) else { return false }
      outcome.lines.remove(at: place)
      return true
    case .postsOneTooMuch:
      guard let place = outcome.kinds.firstIndex(of: .charge) else { return false }
      return outcome.add(1, toLine: 0, of: place)
    case .truncatesFees: return outcome.truncateFees(world)
    case .returnsBenefitTwice: return outcome.returnTwice()
    case .countsNewsAsPayment: return outcome.countNews(world)
    case .freesSlotWithoutAsking: return outcome.freeSlot()
    case .keepsSlotUnpaid: return outcome.keepSlot()
    case .forgetsReservation: return outcome.forgetReservation()
    case .returnsSessionTwice: return outcome.returnSessionTwice()
    }
  }
}
