internal import Availability
internal import Booking
internal import Gateways
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// A read of a partner's endpoints.
enum WebhookQuery: Sendable {
  case endpoints
  case deliveries(to: WebhookEndpointID, after: Int64, limit: Int)
}

/// The fields of an endpoint that an update can name.
enum WebhookField: String, CaseIterable {
  case url, kinds, enabled
}

extension Translation {
  func webhookQuery(
    _ method: Method, _ message: some SwiftProtobufContiguousBytes
  ) throws -> WebhookQuery {
    switch method {
    case .webhooksListEndpoints:
      _ = try Seduta_V1_WebhooksListEndpointsRequest(serializedBytes: message)
      return .endpoints
    case .webhooksListDeliveries:
      let request = try Seduta_V1_WebhooksListDeliveriesRequest(serializedBytes: message)
      var reader = FieldReader(zones: zones)
      let id: WebhookEndpointID? = reader.id(request.endpointID, "endpoint_id")
      let after = reader.position(request.afterPosition, "after_position")
      let limit = reader.pageSize(
        request.pageSize, "page_size", standard: Translation.pageSize)
      return .deliveries(to: try reader.finish(id), after: after, limit: limit)
    default: preconditionFailure("\(method.rawValue) reads nothing of webhooks")
    }
  }

  func createEndpoint(
    _ message: Seduta_V1_WebhooksCreateEndpointRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let url = reader.webhookURL(message.url, "url", allowsPrivateWebhooks)
    let kinds = reader.kinds(message.kinds, "kinds", countMax: Translation.kindsMax)
    let id: WebhookEndpointID? =
      message.endpointID.isEmpty
      ? ID(at: caller.now.msSinceEpoch, entropy: UInt128.random(in: .min ... .max))
      : reader.id(message.endpointID, "endpoint_id")
    let after = reader.position(message.afterPosition, "after_position")
    if after > 0, !message.withPast {
      reader.fault("after_position", "expected 0 without with_past")
    }
    guard let id, let url else { throw Malformed(faults: reader.faults) }
    return try command(
      reader,
      WebhookEndpointPut(
        id: id,
        change: .make(
          url: url, kinds: kinds, secret: Translation.newWebhookSecret(),
          after: message.withPast ? after : nil),
        seenVersion: nil), from: caller)
  }

  func updateEndpoint(
    _ message: Seduta_V1_WebhooksUpdateEndpointRequest, from caller: Caller
  ) throws -> Command {
    let (fields, masked): (Set<WebhookField>, FieldReader) = requiredMask(
      message.updateMask, at: caller)
    var reader = masked
    let asked = message.endpoint
    let id: WebhookEndpointID? = reader.id(asked.id, "endpoint.id")
    let version = reader.seenVersion(asked.version, "endpoint.version")
    let url =
      fields.contains(.url)
      ? reader.webhookURL(asked.url, "endpoint.url", allowsPrivateWebhooks) : nil
    let kinds =
      fields.contains(.kinds)
      ? reader.kinds(asked.kinds, "endpoint.kinds", countMax: Translation.kindsMax) : nil
    guard let id else { throw Malformed(faults: reader.faults) }
    return try command(
      reader,
      WebhookEndpointPut(
        id: id,
        change: .edit(
          url: url, kinds: kinds, isEnabled: fields.contains(.enabled) ? asked.enabled : nil),
        seenVersion: version), from: caller)
  }

  func rotateSecret(
    _ message: Seduta_V1_WebhooksRotateSecretRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: WebhookEndpointID? = reader.id(message.endpointID, "endpoint_id")
    let version = reader.seenVersion(message.version, "version")
    guard let id else { throw Malformed(faults: reader.faults) }
    return try command(
      reader,
      WebhookEndpointPut(
        id: id,
        change: .rotate(secret: Translation.newWebhookSecret(), dropsOld: message.dropOld),
        seenVersion: version), from: caller)
  }

  func deleteEndpoint(
    _ message: Seduta_V1_WebhooksDeleteEndpointRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: WebhookEndpointID? = reader.id(message.endpointID, "endpoint_id")
    return command(
      .deleteWebhookEndpoint(try reader.finish(id)), from: caller, validateOnly: false)
  }

  private func command(
    _ reader: FieldReader, _ put: WebhookEndpointPut, from caller: Caller
  ) throws -> Command {
    command(.putWebhookEndpoint(try reader.finish(put)), from: caller, validateOnly: false)
  }

  /// 256 bits of the system's randomness.
  private static func newWebhookSecret() -> String {
    var random = SystemRandomNumberGenerator()
    let letters = Array("0123456789abcdefghijklmnopqrstuv")
    return "whsec_" + String((0..<52).compactMap { _ in letters.randomElement(using: &random) })
  }
}

extension FieldReader {
  fileprivate mutating func webhookURL(
    _ value: String, _ field: String, _ allowsPrivateAddresses: Bool
  ) -> String? {
    guard let url = text(value, field, length: 1...2_000, kind: .code) else { return nil }
    guard
      let wrong = HTTPWebhooks.refusal(of: url, allowsPrivateAddresses: allowsPrivateAddresses)
    else { return url }
    fault(field, wrong.hasPrefix("url: ") ? String(wrong.dropFirst("url: ".count)) : wrong)
    return nil
  }
}

extension WebhookEndpoint {
  /// Without its secrets.
  var message: Seduta_V1_WebhookEndpoint {
    var message = Seduta_V1_WebhookEndpoint()
    message.id = id.text
    message.url = url
    message.kinds = kinds
    message.enabled = isEnabled
    message.position = position
    if let failingSince { message.failingSince = failingSince.timestamp }
    message.lastError = lastError
    message.version = version
    message.createTime = createdAt.timestamp
    return message
  }

  func reply(tellsSecret: Bool) throws -> Seduta_Wire_V1_Reply {
    // Update's and RotateSecret's are the same on the wire.
    var response = Seduta_V1_WebhooksCreateEndpointResponse()
    response.endpoint = message
    if tellsSecret { response.secret = secret }
    return try Seduta_Wire_V1_Reply(response)
  }
}

extension LateWebhook {
  var message: Seduta_V1_WebhookDelivery {
    var message = Seduta_V1_WebhookDelivery()
    message.position = position
    message.subjectID = subject
    message.tries = tries
    if let due { message.dueTime = due.timestamp }
    message.error = error
    return message
  }
}
