internal import Availability
internal import Booking

/// Events about how a partner's people and systems are told: each writes its rows and says what it is about.
extension StoreTransaction {
  func written(
    _ template: MessageTemplate?, for key: MessageTemplateKey, version: Int64,
    of partner: PartnerID
  ) throws -> Subject {
    try put(template, for: key, version: version, of: partner)
    return Subject(kind: "MESSAGE_TEMPLATE_PUT", id: partner, version: version)
  }

  func written(_ settings: NotificationSettings, of partner: PartnerID) throws -> Subject {
    try put(settings, of: partner)
    return Subject(kind: "NOTIFICATION_SETTINGS_PUT", id: partner, version: settings.version)
  }

  func written(_ endpoint: WebhookEndpoint, of partner: PartnerID) throws -> Subject {
    try put(endpoint, of: partner)
    return Subject(kind: "WEBHOOK_ENDPOINT_PUT", id: endpoint.id, version: endpoint.version)
  }

  func deleted(_ endpoint: WebhookEndpointID) throws -> Subject {
    let last = try delete(endpoint)
    return Subject(kind: "WEBHOOK_ENDPOINT_DELETED", id: endpoint, version: last + 1)
  }
}
