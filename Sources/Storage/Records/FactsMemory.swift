internal import Availability
internal import Booking
internal import Synchronization

/// What the writer read before and nobody changed since: the services and clients that bookings ask
/// for again and again.
///
/// Only the writer may use it: what it has not yet committed is in here, too.
final class FactsMemory: Sendable {
  private struct Kept {
    var services: [ServiceID: (PartnerID, HealthcareService)] = [:]
    var clients: [ClientID: (PartnerID, Client)] = [:]
  }

  /// Some megabytes.
  private static let eachMax = 8_192
  private let kept = Mutex(Kept())

  func service(
    _ id: ServiceID, orRead read: () throws -> (PartnerID, HealthcareService)?
  ) throws -> (PartnerID, HealthcareService)? {
    if let known = kept.withLock({ $0.services[id] }) { return known }
    guard let found = try read() else { return nil }
    kept.withLock { kept in
      if kept.services.count == FactsMemory.eachMax { kept.services = [:] }
      kept.services[id] = found
    }
    return found
  }

  func client(
    _ id: ClientID, orRead read: () throws -> (PartnerID, Client)?
  ) throws -> (PartnerID, Client)? {
    if let known = kept.withLock({ $0.clients[id] }) { return known }
    guard let found = try read() else { return nil }
    kept.withLock { kept in
      if kept.clients.count == FactsMemory.eachMax { kept.clients = [:] }
      kept.clients[id] = found
    }
    return found
  }

  func forget(_ id: ServiceID) { kept.withLock { $0.services[id] = nil } }

  func forget(_ id: ClientID) { kept.withLock { $0.clients[id] = nil } }

  /// What was read in a transaction may have been taken back with it.
  func forgetAll() { kept.withLock { $0 = Kept() } }
}
