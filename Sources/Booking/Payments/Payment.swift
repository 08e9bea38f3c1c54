public import Accounting
public import Availability
public import Intervals

/// Money that moved for an appointment, recorded by hand.
public struct Payment: Hashable, Sendable {
  public enum Direction: String, CaseIterable, Sendable {
    /// From the client.
    case payment = "PAYMENT"
    /// Back to the client.
    case refund = "REFUND"
  }

  public let id: PaymentID
  public let appointment: AppointmentID
  public let direction: Direction
  /// More than 0.
  public let amount: Money
  /// How, as the partner names it.
  public let method: String
  /// For the record; of a refund, why (P-6).
  public let note: String
  public let at: Instant

  public init(
    id: PaymentID, appointment: AppointmentID, direction: Direction, amount: Money, method: String,
    note: String, at: Instant
  ) {
    self.id = id
    self.appointment = appointment
    self.direction = direction
    self.amount = amount
    self.method = method
    self.note = note
    self.at = at
  }
}
