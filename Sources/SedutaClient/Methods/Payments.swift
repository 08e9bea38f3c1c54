public import Wire

extension SedutaClient {
  /// Takes money through the payment gateway and gives it back; records what moved outside.
  public var payments: Payments { Payments(client: self) }

  /// The methods of `seduta.v1.Payments`. All throw `CallError` and `ConnectionError`.
  public struct Payments: Sendable {
    let client: SedutaClient

    /// The client pays now.
    public func begin(
      _ request: Seduta_V1_PaymentsBeginRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsBeginResponse {
      try await client.call(.paymentsBegin, request, options)
    }

    /// Records that money came in.
    public func record(
      _ request: Seduta_V1_PaymentsRecordRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsRecordResponse {
      try await client.call(.paymentsRecord, request, options)
    }

    /// Records that money was given back.
    public func recordRefund(
      _ request: Seduta_V1_PaymentsRecordRefundRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsRecordRefundResponse {
      try await client.call(.paymentsRecordRefund, request, options)
    }

    /// Lists payments and refunds, by id.
    public func list(
      _ request: Seduta_V1_PaymentsListRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsListResponse {
      try await client.call(.paymentsList, request, options)
    }

    /// The client has confirmed at their bank.
    public func confirm(
      _ request: Seduta_V1_PaymentsConfirmRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsConfirmResponse {
      try await client.call(.paymentsConfirm, request, options)
    }

    /// Reads an intent; may wait for the gateway's answer.
    public func getIntent(
      _ request: Seduta_V1_PaymentsGetIntentRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsGetIntentResponse {
      try await client.call(.paymentsGetIntent, request, options)
    }

    /// Lists the intents of an appointment or a benefit, oldest first.
    public func listIntents(
      _ request: Seduta_V1_PaymentsListIntentsRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsListIntentsResponse {
      try await client.call(.paymentsListIntents, request, options)
    }

    /// Gives money back the way it came.
    public func refund(
      _ request: Seduta_V1_PaymentsRefundRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_PaymentsRefundResponse {
      try await client.call(.paymentsRefund, request, options)
    }
  }
}
