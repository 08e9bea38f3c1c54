internal import Accounting
internal import Availability
internal import Intervals

/// K-1: templates are made and changed.
enum PackageDesk {
  static func needs(_ put: PackagePut) -> Needs {
    var needs = Needs()
    needs.packages.insert(put.id ?? put.package.id)
    needs.services.formUnion(put.package.services)
    return needs
  }

  static func decide(
    _ put: PackagePut, as command: Command, facts: Facts, stamp: Stamp
  ) -> Decision {
    do throws(Refused) {
      let package =
        if let fields = put.fields {
          try changed(put, fields, facts: facts)
        } else {
          try made(put, facts: facts, stamp: stamp)
        }
      if package == facts.packages[package.id] {
        return .change(Change(events: [], answer: .package(package)))
      }
      try package.check(facts)
      return .change(Change(events: [.packagePut(package)], answer: .package(package)))
    } catch {
      return .refuse(error.refusal)
    }
  }

  private static func made(
    _ put: PackagePut, facts: Facts, stamp: Stamp
  ) throws(Refused) -> Package {
    let id = put.id ?? stamp.id(Ordinal.package)
    if facts.packages[id] != nil || facts.takenElsewhere.contains(id.text) {
      throw Refused(.idTaken(id: id.text, field: "package.id"))
    }
    let draft = put.package
    return Package(
      id: id, name: draft.name, sessions: draft.sessions, renews: draft.renews,
      posting: draft.posting, durationMinutes: draft.durationMinutes,
      validityDays: draft.validityDays, commission: draft.commission,
      services: Set(draft.services).sorted(), isArchived: draft.isArchived, createdAt: stamp.at)
  }

  private static func changed(
    _ put: PackagePut, _ fields: Set<PackageField>, facts: Facts
  ) throws(Refused) -> Package {
    let id = put.id ?? put.package.id
    guard let old = facts.packages[id] else {
      throw Refused(.notFound(id: id.text, field: "package.id"))
    }
    if let seen = put.seenVersion, seen != old.version {
      throw Refused(.staleVersion(id: id.text, seen: seen, current: old.version))
    }
    var new = old.taking(fields, from: put.package)
    if new != old { new.version += 1 }
    return new
  }
}

extension Package {
  /// This template with the named fields taken from another.
  fileprivate func taking(_ fields: Set<PackageField>, from other: Package) -> Package {
    var result = self
    for field in PackageField.allCases where fields.contains(field) {
      switch field {
      case .name: result.name = other.name
      case .sessions: result.sessions = other.sessions
      case .renews: result.renews = other.renews
      case .posting: result.posting = other.posting
      case .durationMinutes: result.durationMinutes = other.durationMinutes
      case .validityDays: result.validityDays = other.validityDays
      case .commission: result.commission = other.commission
      case .services: result.services = Set(other.services).sorted()
      case .isArchived: result.isArchived = other.isArchived
      }
    }
    return result
  }

  /// Whether its parts fit together, and what it covers is there.
  fileprivate func check(_ facts: Facts) throws(Refused) {
    var faults: [FieldFault] = []
    func fault(_ field: String, _ expected: String) {
      faults.append(FieldFault(field: "package.\(field)", expected: expected))
    }
    if let wrong = posting.fault(ofSessions: sessions, field: "package.sessions") {
      faults.append(wrong)
    }
    if services.isEmpty { fault("service_ids", "expected at least one service") }
    if let validityDays, !(Package.validityDays ~= validityDays) {
      fault("validity_days", "expected 1 to 3660, or 0 for ever, got \(validityDays)")
    }
    if case .total(let sum) = posting {
      if sum.minorUnits < 0 { fault("price.minor_units", "expected 0 or more") }
      // What is given back when it is deleted is paid again on site.
      for service in services.compactMap({ facts.services[$0] })
      where service.price.currency != sum.currency {
        fault(
          "price.currency",
          "expected \(service.price.currency.code), which \(service.id) costs, got "
            + sum.currency.code)
        break
      }
    }
    guard faults.isEmpty else { throw Refused(.invalid(faults)) }
    for service in services where facts.services[service] == nil {
      throw Refused(.notFound(id: service.text, field: "package.service_ids"))
    }
  }
}
