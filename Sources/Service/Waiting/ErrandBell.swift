package import Booking

/// Rings for those who wait for a gateway's answer, when something about an intent or a payment method was written.
package typealias ErrandBell = Bell<ErrandSubject>

extension Event {
  /// What those who wait for a gateway's answer have to look at again.
  var rung: ErrandSubject? {
    switch self {
    case .paymentIntentMade(let intent), .paymentIntentChanged(let intent, from: _):
      .intent(intent.id)
    case .paymentMethodMade(let method), .paymentMethodChanged(let method): .method(method.id)
    case .clientRegistered, .therapyBegun, .therapyChanged, .appointmentBooked,
      .appointmentChanged, .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased,
      .holdBooked, .holdLapsed, .locationPut, .therapistPut, .servicePut, .schedulePut, .policyPut,
      .moneyMoved, .moneyChanged, .benefitMade, .benefitChanged, .payoutRecorded,
      .gatewayEventHeard, .attendanceStatusesPut,
      .clientChanged, .packagePut, .packageLinked, .packageLinkChanged, .appointmentReminded,
      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
      .deliveryNoted, .webhooksNoted:
      nil
    }
  }
}
