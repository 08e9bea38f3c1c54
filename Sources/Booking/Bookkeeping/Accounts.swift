internal import Accounting
internal import Availability

/// The accounts of the chart, each by who owns it.
extension Account {
  static func client(_ id: ClientID) -> Account { Account(kind: .client, owner: id.text) }
  static func therapist(_ id: TherapistID) -> Account { Account(kind: .therapist, owner: id.text) }
  static func partner(_ id: PartnerID) -> Account { Account(kind: .partner, owner: id.text) }
  static func gateway(_ name: String) -> Account { Account(kind: .gateway, owner: name) }
  static func hand(_ id: TherapistID) -> Account { Account(kind: .hand, owner: id.text) }
  static func hand(_ id: PartnerID) -> Account { Account(kind: .hand, owner: id.text) }
  static func fees(_ id: PartnerID) -> Account { Account(kind: .fees, owner: id.text) }
  static func penalties(_ id: TherapistID) -> Account { Account(kind: .penalties, owner: id.text) }
  static func deferredRevenue(_ id: ClientID) -> Account {
    Account(kind: .deferredRevenue, owner: id.text)
  }
  static func promotions(_ id: PartnerID) -> Account { Account(kind: .promotions, owner: id.text) }
  static func disputes(_ id: PartnerID) -> Account { Account(kind: .disputes, owner: id.text) }
  static func bank(_ id: PartnerID) -> Account { Account(kind: .bank, owner: id.text) }
}
