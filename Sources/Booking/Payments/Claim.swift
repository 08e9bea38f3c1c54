internal import Accounting

/// What an appointment's money comes to. Minor units of the price's currency.
extension Appointment {
  /// What was paid, less what was given back.
  public var kept: Int64 { paid - refunded }

  /// What is to be paid for it in all: the price while it stands, the fee once it was cancelled or nobody came
  /// nothing where its package's session was released (K-6).
  public var claim: Int64 {
    if isReleased { return 0 }
    return switch state {
    case .initiated, .paymentProcessing, .scheduled, .inProgress:
      plan == .free ? 0 : price.minorUnits
    case .completed:
      if plan == .free { 0 } else { attendance == .noShow ? fee : price.minorUnits }
    case .cancelledByClient, .cancelledByTherapist: fee
    case .requested, .paymentCancelled, .declined, .expired: 0
    }
  }

  /// The most that can come in for it now. More than is outstanding (`CareSession.outstanding`) where some was
  /// given back out of goodwill or by mistake: nobody has to pay that again, but they can.
  public var payable: Int64 { max(0, claim - kept) }

  /// What was paid and is to be given back: all but the fee.
  var owedBack: Int64 { max(0, kept - fee) }

  /// Where nothing is claimed any more: paid until all that was paid is given back.
  var statusOfMoneyKept: PaymentStatus {
    if paid == 0 { return .none }
    if refunded == 0 { return .paid }
    return refunded == paid ? .refunded : .partlyRefunded
  }
}
