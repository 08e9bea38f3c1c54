public import Availability

/// What to change of a client. What is nil stays.
public struct ClientUpdate: Hashable, Sendable {
  public let client: ClientID
  /// The version that the caller saw; nil means whichever it is (B-14).
  public var seenVersion: Int64?
  public var name: String?
  public var email: EmailAddress?
  public var phone: PhoneNumber?
  public var language: LanguageTag?
  public var zoneName: String?
  /// The inner nil means that it is not known.
  public var birthDate: CivilDate??
  /// The inner nil means no reminders by SMS (N-2).
  public var smsLeadMinutes: Int32??

  public init(client: ClientID) {
    self.client = client
  }
}
