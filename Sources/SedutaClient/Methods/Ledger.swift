public import Wire

extension SedutaClient {
  /// Shows the books, and keeps what is paid out to therapists.
  public var ledger: Ledger { Ledger(client: self) }

  /// The methods of `seduta.v1.Ledger`. All throw `CallError` and `ConnectionError`.
  public struct Ledger: Sendable {
    let client: SedutaClient

    /// All accounts of the partner with their sums.
    public func trialBalance(
      _ request: Seduta_V1_LedgerTrialBalanceRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_LedgerTrialBalanceResponse {
      try await client.call(.ledgerTrialBalance, request, options)
    }

    /// What happened on the accounts of one therapist, one client, or the partner.
    public func statement(
      _ request: Seduta_V1_LedgerStatementRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_LedgerStatementResponse {
      try await client.call(.ledgerStatement, request, options)
    }

    /// Lists transfers, in the order in which they were written.
    public func listTransfers(
      _ request: Seduta_V1_LedgerListTransfersRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_LedgerListTransfersResponse {
      try await client.call(.ledgerListTransfers, request, options)
    }

    /// Records money that was paid out to a therapist.
    public func recordPayout(
      _ request: Seduta_V1_LedgerRecordPayoutRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_LedgerRecordPayoutResponse {
      try await client.call(.ledgerRecordPayout, request, options)
    }
  }
}
