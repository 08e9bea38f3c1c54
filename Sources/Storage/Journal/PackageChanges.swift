internal import Availability
internal import Booking

/// Events about clients, packages and reminders: each writes its rows and says what it is about.
extension StoreTransaction {
  func changed(_ client: Client) throws -> Subject {
    try update(client)
    return Subject(kind: "CLIENT_CHANGED", id: client.id, version: client.version)
  }

  func written(_ package: Package, of partner: PartnerID) throws -> Subject {
    try put(package, of: partner)
    return Subject(kind: "PACKAGE_PUT", id: package.id, version: package.version)
  }

  func linked(_ link: PackageLink, of partner: PartnerID) throws -> Subject {
    try insert(link, of: partner)
    return Subject(
      kind: "PACKAGE_LINKED", id: link.id, version: link.version, related: IDText(link.client))
  }

  func changed(_ link: PackageLink, from old: PackageLink) throws -> Subject {
    try update(link, from: old)
    return Subject(
      kind: "PACKAGE_LINK_CHANGED", id: link.id, version: link.version,
      related: IDText(link.client))
  }

  func reminded(_ appointment: Appointment) throws -> Subject {
    try remind(appointment)
    return Subject(
      kind: "APPOINTMENT_REMINDED", id: appointment.id, version: appointment.version)
  }
}
