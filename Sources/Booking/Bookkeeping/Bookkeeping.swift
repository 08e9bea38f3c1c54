internal import Accounting
public import Availability

/// P-9: what the books say of what happened, told from the events alone. docs/ledger.md has each case.
public enum Bookkeeping {
  /// The change with its transfers, in the order of the events that they follow from.
  /// - Parameters:
  ///   - change: where money moves for an appointment or a benefit, with what became of that too; otherwise it
  ///     traps, since the books and the rest of the store would say different things for good.
  ///   - facts: those of the decision; for the intents that it left alone.
  public static func booked(_ change: Change, of partner: PartnerID, facts: Facts) -> Change {
    // Most changes have nothing to do with money: nothing is made for them.
    guard change.events.contains(where: { $0.concernsMoney }) else { return change }
    var books = Books(of: partner, for: change.events, facts: facts)
    for event in change.events { books.write(event) }
    var change = change
    change.transfers = books.closed()
    return change
  }
}

extension Event {
  /// Whether anything may have to be posted for it.
  fileprivate var concernsMoney: Bool {
    switch self {
    case .appointmentBooked(let appointment, _):
      appointment.kept != 0 || Earnings(of: appointment) != .nothing
    case .appointmentChanged(let appointment, from: let old, _):
      appointment.kept != old.kept || Earnings(of: appointment) != Earnings(of: old)
    case .moneyMoved, .payoutRecorded: true
    case .moneyChanged(let payment, from: let old): payment.counts != old.counts
    case .paymentIntentChanged(let intent, from: let old):
      intent.fee != old.fee || intent.dispute != old.dispute || intent.disputed != old.disputed
    case .benefitMade(let benefit): benefit.worth != 0
    case .benefitChanged(let benefit, from: let old):
      benefit.worth != old.worth || benefit.returned != old.returned
    case .clientRegistered, .therapyBegun, .therapyChanged, .seriesMade, .seriesChanged, .holdTaken,
      .holdRenewed, .holdReleased, .holdBooked, .holdLapsed, .locationPut, .therapistPut,
      .servicePut, .schedulePut, .policyPut, .paymentIntentMade, .paymentMethodMade,
      .paymentMethodChanged, .gatewayEventHeard, .attendanceStatusesPut, .clientChanged,
      .packagePut, .packageLinked, .packageLinkChanged, .appointmentReminded,
      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
      .deliveryNoted,
      .webhooksNoted:
      false
    }
  }
}
