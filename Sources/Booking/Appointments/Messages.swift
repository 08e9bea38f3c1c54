internal import Availability

/// N-1: who is told what of an appointment.
enum Messages {
  /// One that is to be paid first is confirmed once it is paid (P-4).
  static func booked(_ appointment: Appointment) -> [Effect] {
    appointment.state == .scheduled ? toBoth(.bookingConfirmed, appointment) : []
  }

  /// - Parameter isQuiet: the client is not told (B-11).
  static func changed(_ appointment: Appointment, isQuiet: Bool) -> [Effect] {
    toBoth(.appointmentChanged, appointment, isQuiet: isQuiet)
  }

  /// - Parameter isQuiet: the client is not told (B-11).
  static func cancelled(_ appointment: Appointment, isQuiet: Bool) -> [Effect] {
    toBoth(.appointmentCancelled, appointment, isQuiet: isQuiet)
  }

  static func paymentCancelled(_ appointment: Appointment) -> [Effect] {
    toBoth(.paymentCancelled, appointment)
  }

  /// - Parameters:
  ///   - isQuiet: the client is not told (B-11).
  ///   - note: what goes into the client's message word by word.
  static func toBoth(
    _ kind: MessageKind, _ appointment: Appointment, isQuiet: Bool = false, note: String = ""
  ) -> [Effect] {
    (isQuiet ? [] : [toClient(kind, appointment, note: note)]) + [toTherapist(kind, appointment)]
  }

  static func toClient(
    _ kind: MessageKind, _ appointment: Appointment, note: String = ""
  ) -> Effect {
    .message(
      Notice(
        kind, to: appointment.client.map(Recipient.client) ?? .requester(appointment.id),
        about: .appointment(appointment.id), note: note))
  }

  static func toTherapist(_ kind: MessageKind, _ appointment: Appointment) -> Effect {
    .message(
      Notice(
        kind, to: .therapist(appointment.therapist), about: .appointment(appointment.id)))
  }
}
