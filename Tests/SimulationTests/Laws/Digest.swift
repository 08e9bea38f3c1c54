internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What happened, as one number: runs that differ anywhere differ in it.
extension Simulation {
  func mix(_ event: Event) {
    switch event {
    case .clientRegistered(let client): mix(1, client.id.rawValue, client.version, 0)
    case .therapyBegun(let one): mix(2, one.id.rawValue, one.version, 0)
    case .therapyChanged(let one): mix(3, one.id.rawValue, one.version, 0)
    case .appointmentBooked(let one, _):
      mix(4, one.id.rawValue, one.price.minorUnits, Int64(one.span.start.sinceEpoch))
    case .appointmentChanged(let one, from: _, let step):
      mix(5, one.id.rawValue, one.version, one.kept)
      mix(one.due?.msSinceEpoch ?? 0)
      mix(step.at.msSinceEpoch)
    case .moneyMoved(let one): mix(6, one.id.rawValue, one.amount.minorUnits, one.benefitValue)
    case .moneyChanged(let one, from: _): mix(7, one.id.rawValue, one.version, 0)
    case .paymentIntentMade(let one): mix(8, one.id.rawValue, one.amount.minorUnits, 0)
    case .paymentIntentChanged(let one, from: _):
      mix(9, one.id.rawValue, one.version, one.errand?.due.msSinceEpoch ?? 0)
    case .paymentMethodMade(let one), .paymentMethodChanged(let one):
      mix(10, one.id.rawValue, one.version, one.isDefault ? 1 : 0)
    case .benefitMade(let one), .benefitChanged(let one, from: _):
      mix(11, one.id.rawValue, one.version, one.valueLeft)
    case .packageLinked(let one), .packageLinkChanged(let one, from: _):
      mix(14, one.id.rawValue, one.version, Int64(one.balance.available))
    case .payoutRecorded(let one): mix(12, one.id.rawValue, one.amount.minorUnits, 0)
    case .gatewayEventHeard(gateway: _, let id): mix(Int64(id.utf8.count))
    case .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased, .holdBooked,
      .holdLapsed, .locationPut, .therapistPut, .servicePut, .schedulePut, .policyPut,
      .attendanceStatusesPut, .clientChanged, .packagePut,
      .appointmentReminded, .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut,
      .webhookEndpointDeleted, .deliveryNoted, .webhooksNoted:
      mix(13)
    }
  }

  private func mix(_ kind: Int64, _ id: UInt128, _ first: Int64, _ second: Int64) {
    mix(kind)
    mix(Int64(truncatingIfNeeded: id))
    mix(first)
    mix(second)
  }

  private func mix(_ value: Int64) {
    digest = Dice.mixed(digest &+ 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: value))
  }
}
