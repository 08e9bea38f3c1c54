internal import Availability

extension Messages {
  /// One for all of a series, not one for each of its appointments.
  /// - Parameter isQuiet: the client is not told (B-11).
  static func toBoth(_ kind: MessageKind, about series: Series, isQuiet: Bool) -> [Effect] {
    let recipients: [Recipient] =
      (isQuiet ? [] : [.client(series.client)]) + [.therapist(series.therapist)]
    return recipients.map { .message(Notice(kind, to: $0, about: .series(series.id))) }
  }
}
