public import Wire

extension SedutaClient {
  /// What operators and a partner's own staff look at.
  public var admin: Admin { Admin(client: self) }

  /// The methods of `seduta.v1.Admin`. All throw `CallError` and `ConnectionError`.
  public struct Admin: Sendable {
    let client: SedutaClient

    /// Lists the messages that were promised, oldest first.
    public func outbox(
      _ request: Seduta_V1_AdminOutboxRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AdminOutboxResponse {
      try await client.call(.adminOutbox, request, options)
    }

    /// Lists what happened, in the partner's order.
    public func audit(
      _ request: Seduta_V1_AdminAuditRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AdminAuditResponse {
      try await client.call(.adminAudit, request, options)
    }

    /// Lists what time will bring, the next first.
    public func due(
      _ request: Seduta_V1_AdminDueRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_AdminDueResponse {
      try await client.call(.adminDue, request, options)
    }
  }

  /// The clock of a server for trying things out.
  public var sandbox: Sandbox { Sandbox(client: self) }

  /// The methods of `seduta.v1.Sandbox`. All throw `CallError` and `ConnectionError`.
  public struct Sandbox: Sendable {
    let client: SedutaClient

    /// Reads the clock.
    public func time(
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SandboxGetTimeResponse {
      try await client.call(.sandboxGetTime, Seduta_V1_SandboxGetTimeRequest(), options)
    }

    /// Moves the clock forward; all that becomes due until then happens before this returns.
    public func advance(
      _ request: Seduta_V1_SandboxAdvanceRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_SandboxAdvanceResponse {
      try await client.call(.sandboxAdvance, request, options)
    }
  }
}
