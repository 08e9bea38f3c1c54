internal import Availability

/// What events can be about: told by the kind of its id, which the raw value is the prefix of.
///
/// An event about a new kind of thing does not build until the kind is a `JournalSubject`; and what tells events
/// to partners does not until it knows what there is to show of the new case.
public enum EventSubject: String, CaseIterable, Hashable, Sendable {
  case partner = "par"
  case therapist = "thr"
  case location = "loc"
  case service = "svc"
  case client = "cli"
  case appointment = "apt"
  case hold = "hld"
  case therapy = "tpy"
  case series = "srs"
  case payment = "pay"
  case paymentIntent = "pin"
  case paymentMethod = "pmt"
  case benefit = "ben"
  case payout = "pyo"
  case package = "pkg"
  case packageLink = "pkl"
  case webhookEndpoint = "whe"

  /// Nil for what is no id of these.
  public init?(ofID text: String) {
    self.init(rawValue: String(text.prefix { $0 != "_" }))
  }
}

/// A kind of id that events can be about.
protocol JournalSubject: Identified {
  static var subject: EventSubject { get }
}

extension PartnerKind: JournalSubject { static let subject = EventSubject.partner }
extension TherapistKind: JournalSubject { static let subject = EventSubject.therapist }
extension LocationKind: JournalSubject { static let subject = EventSubject.location }
extension ServiceKind: JournalSubject { static let subject = EventSubject.service }
extension ClientKind: JournalSubject { static let subject = EventSubject.client }
extension AppointmentKind: JournalSubject { static let subject = EventSubject.appointment }
extension HoldKind: JournalSubject { static let subject = EventSubject.hold }
extension TherapyKind: JournalSubject { static let subject = EventSubject.therapy }
extension SeriesKind: JournalSubject { static let subject = EventSubject.series }
extension PaymentKind: JournalSubject { static let subject = EventSubject.payment }
extension PaymentIntentKind: JournalSubject { static let subject = EventSubject.paymentIntent }
extension PaymentMethodKind: JournalSubject { static let subject = EventSubject.paymentMethod }
extension BenefitKind: JournalSubject { static let subject = EventSubject.benefit }
extension PayoutKind: JournalSubject { static let subject = EventSubject.payout }
extension PackageKind: JournalSubject { static let subject = EventSubject.package }
extension PackageLinkKind: JournalSubject { static let subject = EventSubject.packageLink }
extension WebhookEndpointKind: JournalSubject {
  static let subject = EventSubject.webhookEndpoint
}
