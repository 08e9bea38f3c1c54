internal import ArgumentParser
internal import SedutaClient
internal import Wire

/// How long a command waits for what a payment gateway says.
struct WaitOptions: ParsableArguments {
  @Option(help: "Milliseconds to wait for the gateway: 0 to 30000.")
  var waitMs: Int32 = 15_000

  func validate() throws {
    guard 0...30_000 ~= waitMs else { throw ValidationError("--wait-ms must be 0 to 30000.") }
  }
}

extension SedutaCommand {
  /// The intent once it is known what came of it or what the client has to do, or as it is when the
  /// time is over.
  func outcome(
    of intent: Seduta_V1_PaymentIntent, _ wait: WaitOptions, _ behalf: Behalf,
    at server: SedutaClient
  ) async throws -> Seduta_V1_PaymentsGetIntentResponse {
    var request = Seduta_V1_PaymentsGetIntentRequest()
    request.intentID = intent.id
    return try await settled(wait, behalf) { waitMs, options in
      request.waitMs = waitMs
      let found = try await server.payments.getIntent(request, options)
      return (found, found.intent.outcome.verdict != .tryLater)
    }
  }

  /// As for intents.
  func outcome(
    of method: Seduta_V1_PaymentMethod, _ wait: WaitOptions, _ behalf: Behalf,
    at server: SedutaClient
  ) async throws -> Seduta_V1_PaymentMethodsGetResponse {
    var request = Seduta_V1_PaymentMethodsGetRequest()
    request.paymentMethodID = method.id
    return try await settled(wait, behalf) { waitMs, options in
      request.waitMs = waitMs
      let found = try await server.paymentMethods.get(request, options)
      return (found, found.paymentMethod.outcome.verdict != .tryLater)
    }
  }

  /// Waits piece by piece: a gateway is asked again and again while its client is at it, so that the
  /// server would wait to the end of the time.
  private func settled<Answer>(
    _ wait: WaitOptions, _ behalf: Behalf,
    read: (_ waitMs: Int32, _ options: CallOptions) async throws -> (Answer, isSettled: Bool)
  ) async throws -> Answer {
    let pieceMs: Int32 = 1_000
    var leftMs = wait.waitMs
    while true {
      let waitMs = min(leftMs, pieceMs)
      let timeoutMs = connection.timeoutMs.addingReportingOverflow(UInt32(waitMs))
      let options = CallOptions(
        actor: behalf.actor, timeoutMs: timeoutMs.overflow ? .max : timeoutMs.partialValue)
      let (answer, isSettled) = try await read(waitMs, options)
      leftMs -= waitMs
      if isSettled || leftMs == 0 { return answer }
    }
  }
}
