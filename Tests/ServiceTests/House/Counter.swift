internal import Availability
internal import Gateways
internal import Intervals
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Where sessions are paid before they stand, in tests.
struct Counter: Sendable {
  static let price: Int64 = 7_000

  let client: SedutaClient
  private let practice: Practice

  /// Opens a practice whose sessions are paid before they stand.
  static func open(by client: SedutaClient) async throws -> Counter {
    let practice = Practice()
    try await practice.open(by: client)
    _ = try await client.directory.updateService(
      .with {
        $0.service = practice.service
        $0.service.paymentPlan = .prepaid
      })
    return Counter(client: client, practice: practice)
  }

  /// Books a session and lets its client pay.
  func pay(at startMs: Int64, by token: String) async throws -> Seduta_V1_PaymentIntent {
    let booked = try await client.appointments.book(practice.booking(at: startMs))
    return try await client.payments.begin(
      .with {
        $0.appointmentID = booked.appointment.id
        $0.paymentMethodToken = token
      }
    ).intent
  }

  static func appointment(
    of intent: Seduta_V1_PaymentIntent, by client: SedutaClient
  ) async throws -> Seduta_V1_Appointment {
    try await client.appointments.get(.with { $0.appointmentID = intent.appointmentID })
      .appointment
  }

  /// How an intent stands once nothing is asked about it any more.
  static func settled(
    _ intent: Seduta_V1_PaymentIntent, by client: SedutaClient
  ) async throws -> Seduta_V1_PaymentIntent {
    try await client.payments.getIntent(
      .with {
        $0.intentID = intent.id
        $0.waitMs = 10_000
      }
    ).intent
  }

  /// What the gateway took for an intent, each time that it did.
  static func takings(
    of intent: Seduta_V1_PaymentIntent, at gateway: SandboxPayments
  ) -> [SandboxTaking] {
    PaymentIntentID(intent.id).map { gateway.takings(of: $0) } ?? []
  }
}
