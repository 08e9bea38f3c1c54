internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Wire

extension Payment {
  var message: Seduta_V1_Payment {
    var message = Seduta_V1_Payment()
    message.id = id.text
    switch purpose {
    case .appointment(let id): message.appointmentID = id.text
    case .benefit(let id): message.benefitID = id.text
    }
    message.direction =
      switch direction {
      case .payment: .payment
      case .refund: .refund
      }
    message.amount = amount.message
    message.method = method
    message.note = note
    message.createTime = at.timestamp
    switch source {
    case .hand: break
    case .gateway(let id): message.intentID = id.text
    case .benefit(let id): message.paidByBenefitID = id.text
    }
    message.state = state.message
    message.failureCode = failure
    message.version = version
    return message
  }
}

extension MovementState {
  fileprivate var message: Seduta_V1_PaymentState {
    switch self {
    case .pending: .pending
    case .succeeded: .succeeded
    case .failed: .failed
    }
  }
}

extension PaymentIntent {
  /// For staff and the client whose it is: it holds what the client pays with.
  var message: Seduta_V1_PaymentIntent {
    var message = messageWithoutSecrets
    message.clientSecret = clientSecret
    message.actionURL = actionURL
    return message
  }

  /// For all others who may know of it.
  var messageWithoutSecrets: Seduta_V1_PaymentIntent {
    var message = Seduta_V1_PaymentIntent()
    message.id = id.text
    switch purpose {
    case .appointment(let id): message.appointmentID = id.text
    case .benefit(let id): message.benefitID = id.text
    }
    message.clientID = client.text
    message.gateway = gateway
    message.gatewayReference = reference
    message.amount = amount.message
    message.state = state.message
    message.failureCode = failure
    message.attempts = attempt
    if captured != 0 { message.amountCaptured = money(captured) }
    if refunded != 0 { message.amountRefunded = money(refunded) }
    if disputed != 0 { message.amountDisputed = money(disputed) }
    message.disputeState = dispute.message
    message.paymentMethodID = source?.saved?.text ?? ""
    message.pending = isAwaited
    message.version = version
    message.createTime = createdAt.timestamp
    message.updateTime = changedAt.timestamp
    return message
  }

  private func money(_ minorUnits: Int64) -> Seduta_V1_Money {
    Money(minorUnits: minorUnits, currency: amount.currency).message
  }
}

extension PaymentIntentState {
  fileprivate var message: Seduta_V1_PaymentIntentState {
    switch self {
    case .requiresPaymentMethod: .requiresPaymentMethod
    case .requiresAction: .requiresAction
    case .processing: .processing
    case .succeeded: .succeeded
    case .canceled: .canceled
    }
  }
}

extension DisputeState {
  fileprivate var message: Seduta_V1_DisputeState {
    switch self {
    case .none: .unspecified
    case .open: .open
    case .won: .won
    case .lost: .lost
    }
  }
}
