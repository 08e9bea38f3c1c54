internal import Availability
internal import Booking
internal import Foundation
internal import SwiftProtobuf
internal import Wire

extension Seduta_Wire_V1_Reply {
  /// A reply that went well; its call id is still to be set.
  init(_ message: some Message) throws {
    self.init()
    self.message = try message.serializedData()
  }
}

extension Answer {
  var reply: Seduta_Wire_V1_Reply {
    get throws {
      switch self {
      case .client(let client):
        // Update's is the same on the wire.
        var response = Seduta_V1_ClientsRegisterResponse()
        response.client = client.message
        return try Seduta_Wire_V1_Reply(response)
      case .booked(let appointment):
        var response = Seduta_V1_AppointmentsBookResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .cancelled(let cancellation):
        return try Seduta_Wire_V1_Reply(cancellation.message)
      case .rescheduled(let appointment):
        var response = Seduta_V1_AppointmentsRescheduleResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .completed(let appointment):
        var response = Seduta_V1_AppointmentsCompleteResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .attendanceSet(let appointment):
        var response = Seduta_V1_AppointmentsSetAttendanceResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .paymentBegun(let appointment, let intent):
        var response = Seduta_V1_PaymentsBeginResponse()
        response.appointment = appointment.message
        if let intent { response.intent = intent.message }
        return try Seduta_Wire_V1_Reply(response)
      case .paymentIntent(let intent):
        var response = Seduta_V1_PaymentsConfirmResponse()
        response.intent = intent.message
        return try Seduta_Wire_V1_Reply(response)
      case .refunds(let payments, let appointment):
        var response = Seduta_V1_PaymentsRefundResponse()
        response.refunds = payments.map(\.message)
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .benefitRefunds(let payments, let benefit):
        var response = Seduta_V1_PaymentsRefundResponse()
        response.refunds = payments.map(\.message)
        response.benefit = benefit.message
        return try Seduta_Wire_V1_Reply(response)
      case .paymentMethod(let method):
        // The same on the wire as the response of Update.
        var response = Seduta_V1_PaymentMethodsSetUpResponse()
        response.paymentMethod = method.message
        return try Seduta_Wire_V1_Reply(response)
      case .benefit(let benefit, let intent):
        // Without an intent it is the same on the wire as the response of Grant.
        var response = Seduta_V1_BenefitsBuyResponse()
        response.benefit = benefit.message
        if let intent { response.intent = intent.message }
        return try Seduta_Wire_V1_Reply(response)
      case .benefitsUsed(let payments, let appointment):
        var response = Seduta_V1_BenefitsUseResponse()
        response.appointment = appointment.message
        response.uses = payments.compactMap(\.use)
        return try Seduta_Wire_V1_Reply(response)
      case .payout(let payout):
        var response = Seduta_V1_LedgerRecordPayoutResponse()
        response.payoutID = payout.id.text
        return try Seduta_Wire_V1_Reply(response)
      case .moneyMoved(let payment, let appointment):
        return try payment.reply(appointment)
      case .asked(let appointment, let isClientTold):
        var response = Seduta_V1_RequestsAskResponse()
        response.appointment = appointment.message
        if !isClientTold { response.appointment.clientID = "" }
        return try Seduta_Wire_V1_Reply(response)
      case .accepted(let appointment, let isNewClient):
        var response = Seduta_V1_RequestsAcceptResponse()
        response.appointment = appointment.message
        response.isNewClient = isNewClient
        return try Seduta_Wire_V1_Reply(response)
      case .declined(let appointment):
        var response = Seduta_V1_RequestsDeclineResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .withdrawn(let appointment):
        var response = Seduta_V1_RequestsWithdrawResponse()
        response.appointment = appointment.message
        return try Seduta_Wire_V1_Reply(response)
      case .seriesMade(let outcome):
        return try Seduta_Wire_V1_Reply(outcome.made)
      case .seriesMoved(let outcome):
        return try Seduta_Wire_V1_Reply(outcome.moved)
      case .seriesCancelled(let series, let cancelled):
        var response = Seduta_V1_SeriesCancelResponse()
        response.series = series.message
        response.cancelled = cancelled.map(\.message)
        return try Seduta_Wire_V1_Reply(response)
      case .timePassed, .noted:
        // Nobody calls for it: who waits for it only looks whether it was refused.
        return Seduta_Wire_V1_Reply()
      case .holdTaken(let hold):
        var response = Seduta_V1_HoldsTakeResponse()
        response.hold = hold.message
        return try Seduta_Wire_V1_Reply(response)
      case .holdRenewed(let hold):
        var response = Seduta_V1_HoldsRenewResponse()
        response.hold = hold.message
        return try Seduta_Wire_V1_Reply(response)
      case .holdReleased:
        return try Seduta_Wire_V1_Reply(Seduta_V1_HoldsReleaseResponse())
      case .directory(let entry, let created):
        return try entry.reply(created: created)
      case .imported(let created, let replaced):
        var response = Seduta_V1_DirectoryImportResponse()
        response.created = Int32(created)
        response.replaced = Int32(replaced)
        return try Seduta_Wire_V1_Reply(response)
      case .schedule(let changed):
        return try changed.reply
      case .policy(let policy):
        var response = Seduta_V1_DirectoryUpdatePolicyResponse()
        response.policy = policy.policy.message
        response.version = policy.version
        return try Seduta_Wire_V1_Reply(response)
      case .attendanceStatuses(let statuses):
        var response = Seduta_V1_DirectoryUpdateAttendanceStatusesResponse()
        response.statuses = statuses.messages
        response.version = statuses.version
        return try Seduta_Wire_V1_Reply(response)
      case .therapy(let therapy):
        var response = Seduta_V1_TherapiesUpdateResponse()
        response.therapy = therapy.message
        return try Seduta_Wire_V1_Reply(response)
      case .package, .packageLinked, .packageLink, .packageLinkDeleted, .packageLinkPaid,
        .procedureChosen:
        return try packageReply
      case .messageTemplate(let key, let template?, let version):
        var response = Seduta_V1_NotificationsPutTemplateResponse()
        response.template = template.message(for: key, version: version)
        return try Seduta_Wire_V1_Reply(response)
      case .messageTemplate(_, nil, _):
        return try Seduta_Wire_V1_Reply(Seduta_V1_NotificationsDeleteTemplateResponse())
      case .notificationSettings(let settings):
        var response = Seduta_V1_NotificationsUpdateSettingsResponse()
        response.settings = settings.message
        return try Seduta_Wire_V1_Reply(response)
      case .webhookEndpoint(let endpoint, let tellsSecret):
        return try endpoint.reply(tellsSecret: tellsSecret)
      case .webhookEndpointDeleted:
        return try Seduta_Wire_V1_Reply(Seduta_V1_WebhooksDeleteEndpointResponse())
      }
    }
  }
}

extension Payment {
  fileprivate func reply(_ appointment: Appointment) throws -> Seduta_Wire_V1_Reply {
    switch direction {
    case .payment:
      var response = Seduta_V1_PaymentsRecordResponse()
      response.payment = message
      response.appointment = appointment.message
      return try Seduta_Wire_V1_Reply(response)
    case .refund:
      var response = Seduta_V1_PaymentsRecordRefundResponse()
      response.refund = message
      response.appointment = appointment.message
      return try Seduta_Wire_V1_Reply(response)
    }
  }
}

extension Payment {
  /// Nil where no benefit paid.
  fileprivate var use: Seduta_V1_BenefitUse? {
    guard case .benefit(let id) = source else { return nil }
    var use = Seduta_V1_BenefitUse()
    use.benefitID = id.text
    use.amount = amount.message
    return use
  }
}

extension DirectoryEntry {
  fileprivate func reply(created: Bool) throws -> Seduta_Wire_V1_Reply {
    switch self {
    case .therapist(let therapist, _):
      if created {
        var response = Seduta_V1_DirectoryCreateTherapistResponse()
        response.therapist = therapist.message
        return try Seduta_Wire_V1_Reply(response)
      }
      var response = Seduta_V1_DirectoryUpdateTherapistResponse()
      response.therapist = therapist.message
      return try Seduta_Wire_V1_Reply(response)
    case .location(let location, _):
      if created {
        var response = Seduta_V1_DirectoryCreateLocationResponse()
        response.location = location.message
        return try Seduta_Wire_V1_Reply(response)
      }
      var response = Seduta_V1_DirectoryUpdateLocationResponse()
      response.location = location.message
      return try Seduta_Wire_V1_Reply(response)
    case .service(let service, _):
      if created {
        var response = Seduta_V1_DirectoryCreateServiceResponse()
        response.service = service.message
        return try Seduta_Wire_V1_Reply(response)
      }
      var response = Seduta_V1_DirectoryUpdateServiceResponse()
      response.service = service.message
      return try Seduta_Wire_V1_Reply(response)
    case .schedule:
      preconditionFailure("one schedule alone is changed by a command of its own")
    }
  }
}
