internal import Availability
internal import Booking
internal import Synchronization

/// What the writer read before and nobody changed since: the services with their policies, and the clients,
/// that bookings ask for again and again; and whether any money goes through a gateway at all.
///
/// Only the writer may use it: what it has not yet committed is in here, too.
final class FactsMemory: Sendable {
  private struct Kept {
    var services: [ServiceID: (PartnerID, HealthcareService)] = [:]
    var clients: [ClientID: (PartnerID, Client)] = [:]
    var policies: [ServiceID: ResolvedPolicy] = [:]
    var hasIntents: Bool?
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

  func policy(of id: ServiceID, orRead read: () throws -> ResolvedPolicy) throws -> ResolvedPolicy {
    if let known = kept.withLock({ $0.policies[id] }) { return known }
    let found = try read()
    kept.withLock { kept in
      if kept.policies.count == FactsMemory.eachMax { kept.policies = [:] }
      kept.policies[id] = found
    }
    return found
  }

  func hasIntents(orRead read: () throws -> Bool) throws -> Bool {
    if let known = kept.withLock({ $0.hasIntents }) { return known }
    let found = try read()
    kept.withLock { $0.hasIntents = found }
    return found
  }

  /// There is one from here on.
  func noteIntent() { kept.withLock { $0.hasIntents = true } }

  func forget(_ id: ServiceID) { kept.withLock { $0.services[id] = nil } }

  /// What is resolved depends on three of them.
  func forgetPolicies() { kept.withLock { $0.policies = [:] } }

  func forget(_ id: ClientID) { kept.withLock { $0.clients[id] = nil } }

  /// What was read in a transaction may have been taken back with it.
  func forgetAll() { kept.withLock { $0 = Kept() } }
}
