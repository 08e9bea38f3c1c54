public import Wire

extension SedutaClient {
  /// Records payments and refunds that were made outside.
  public var payments: Payments { Payments(client: self) }

  /// The methods of `seduta.v1.Payments`. All throw `CallError` and `ConnectionError`.
  public struct Payments: Sendable {
    let client: SedutaClient

    /// The client goes to the payment page.
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
  }
}
