public import Wire

extension SedutaClient {
  /// Keeps how messages go out, and what they say.
  public var notifications: Notifications { Notifications(client: self) }

  /// The methods of `seduta.v1.Notifications`. All throw `CallError` and `ConnectionError`.
  public struct Notifications: Sendable {
    let client: SedutaClient

    /// Reads how messages go out.
    public func getSettings(
      _ request: Seduta_V1_NotificationsGetSettingsRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsGetSettingsResponse {
      try await client.call(.notificationsGetSettings, request, options)
    }

    /// Changes how messages go out.
    public func updateSettings(
      _ request: Seduta_V1_NotificationsUpdateSettingsRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsUpdateSettingsResponse {
      try await client.call(.notificationsUpdateSettings, request, options)
    }

    /// Lists the partner's own texts.
    public func listTemplates(
      _ request: Seduta_V1_NotificationsListTemplatesRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsListTemplatesResponse {
      try await client.call(.notificationsListTemplates, request, options)
    }

    /// Reads one of the partner's own texts.
    public func getTemplate(
      _ request: Seduta_V1_NotificationsGetTemplateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsGetTemplateResponse {
      try await client.call(.notificationsGetTemplate, request, options)
    }

    /// Takes a text in the place of ours.
    public func putTemplate(
      _ request: Seduta_V1_NotificationsPutTemplateRequest, _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsPutTemplateResponse {
      try await client.call(.notificationsPutTemplate, request, options)
    }

    /// Goes back to our text.
    public func deleteTemplate(
      _ request: Seduta_V1_NotificationsDeleteTemplateRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsDeleteTemplateResponse {
      try await client.call(.notificationsDeleteTemplate, request, options)
    }

    /// Shows what a message would say.
    public func previewTemplate(
      _ request: Seduta_V1_NotificationsPreviewTemplateRequest,
      _ options: CallOptions = CallOptions()
    ) async throws -> Seduta_V1_NotificationsPreviewTemplateResponse {
      try await client.call(.notificationsPreviewTemplate, request, options)
    }
  }
}
