public import Booking

extension Letters {
  /// Who gets letters of a kind (N-1).
  public static func audiences(of kind: MessageKind) -> [Audience] {
    switch kind {
    case .bookingConfirmed, .requestReceived, .requestAccepted, .appointmentChanged,
      .appointmentCancelled, .paymentCancelled, .paymentFailed, .reminder:
      [.client, .therapist]
    case .requestDeclined, .paid, .refunded, .refundFailed, .packageLinked, .packageRenewed:
      [.client]
    }
  }

  /// Whether such a letter is written: as e-mail each of them is, as SMS what cannot wait and can be said
  /// where others may read it.
  public static func writes(
    _ kind: MessageKind, to audience: Audience, by channel: Channel
  ) -> Bool {
    guard audiences(of: kind).contains(audience) else { return false }
    switch channel {
    case .email: return true
    case .sms: return Tongue.english.copy(kind, to: audience)?.sms != nil
    }
  }
}
