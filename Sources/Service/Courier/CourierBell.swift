internal import Booking

/// Wakes a courier.
struct CourierBell: Sendable {
  let rings: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (rings, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Rings that nobody has heard yet are one.
  func ring() {
    continuation.yield()
  }
}

extension Event {
  /// Whether a gateway is to be asked because of it.
  var setsErrand: Bool {
    switch self {
    case .paymentIntentMade(let intent), .paymentIntentChanged(let intent, from: _):
      intent.errand != nil
    case .moneyMoved(let payment), .moneyChanged(let payment, from: _): payment.errand != nil
    case .paymentMethodMade(let method), .paymentMethodChanged(let method): method.errand != nil
    case .clientRegistered, .therapyBegun, .therapyChanged, .appointmentBooked,
      .appointmentChanged, .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased,
      .holdBooked, .holdLapsed, .locationPut, .therapistPut, .servicePut, .schedulePut, .policyPut,
      .benefitMade, .benefitChanged, .payoutRecorded, .gatewayEventHeard, .attendanceStatusesPut,
      .clientChanged, .packagePut, .packageLinked, .packageLinkChanged, .appointmentReminded,
      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
      .deliveryNoted, .webhooksNoted:
      false
    }
  }
}
