/// A transfer as the ledger keeps it: with its time, for good.
public struct LedgerEntry: Hashable, Sendable {
  /// Milliseconds since 1970, UTC.
  public let atMs: Int64
  public let transfer: Transfer

  public init(atMs: Int64, transfer: Transfer) {
    self.atMs = atMs
    self.transfer = transfer
  }
}
