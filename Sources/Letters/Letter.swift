public import Booking

/// A message as it goes out.
public enum Letter: Hashable, Sendable {
  /// - subject: one line, without line breaks or control characters.
  /// - text: the plain part; lines end with "\n" and, but for links, have at most 72 characters.
  /// - html: a whole document.
  case email(subject: String, text: String, html: String)
  /// At most two parts: 306 characters of GSM-7, or 134 UTF-16 units of UCS-2.
  case sms(text: String)
}

public enum LetterError: Error, Hashable, Sendable {
  /// Nothing is written for this kind, reader and channel (see `Letters.writes`), or as SMS about what is no session.
  case notWritten(kind: String, audience: Audience, channel: Channel)
  /// The template cannot be read: one that was never validated.
  case template(String)
  /// A partner's template gave nothing where a subject or text has to be, or far too much.
  case unusable(String)
}
