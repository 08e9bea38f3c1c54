internal import Foundation
internal import Wire

/// "each session", or "700.00 EUR at linking".
func postingShown(_ posting: Seduta_V1_PackagePosting, _ price: Seduta_V1_Money) -> String {
  switch posting {
  case .byProcedure: "each session"
  case .totalValue: "\(price.shown) at linking"
  case .unspecified: ""
  case .UNRECOGNIZED(let number): "posting \(number)"
  }
}

func renewalShown(_ automatic: Bool) -> String { automatic ? "by itself" : "by hand" }

extension Seduta_V1_Package {
  var validity: String { validityDays == 0 ? "for ever" : "\(validityDays) days" }

  var detailText: String {
    details([
      ("package", id),
      ("name", name),
      ("sessions", "\(sessions) of \(durationMinutes) minutes"),
      ("posting", postingShown(posting, price)),
      ("renewal", renewalShown(automaticRenewal)),
      ("valid", validity),
      ("commission", hasCommission ? commission.shown(in: price.currency) : ""),
      ("services", serviceIds.joined(separator: " ")),
      ("state", archived ? "archived" : "on sale"),
      ("version", "\(version)"),
    ])
  }
}

extension Seduta_V1_Commission {
  /// "12.50%", or a sum: without a currency where each session has its own.
  fileprivate func shown(in currency: String) -> String {
    guard fixedMinorUnits != 0 else { return decimalText(Int64(basisPoints), in: "EUR") + "%" }
    guard !currency.isEmpty else { return "\(fixedMinorUnits) minor units" }
    return "\(decimalText(fixedMinorUnits, in: currency)) \(currency)"
  }
}

extension Seduta_V1_PackageBalance {
  /// "3 / 10": what can be booked, of all.
  var shown: String { "\(available) / \(total)" }

  /// "10 = 3 available + 2 reserved + 5 attended + 0 expired + 0 returned".
  var sum: String {
    "\(total) = \(available) available + \(reserved) reserved + \(attended) attended"
      + " + \(expired) expired + \(returned) returned"
  }
}

extension Seduta_V1_PackageLinkState {
  var shown: String {
    switch self {
    case .active: "active"
    case .expired: "expired"
    case .deleted: "deleted"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "state \(number)"
    }
  }
}

extension Seduta_V1_PackageSessionState {
  var shown: String {
    switch self {
    case .reserved: "reserved"
    case .attended: "attended"
    case .released: "released"
    case .unspecified: ""
    case .UNRECOGNIZED(let number): "session \(number)"
    }
  }
}

extension Seduta_V1_PackageLink {
  func expiry(in zone: TimeZone) -> String {
    hasExpireTime ? LocalTime(ms: expireTime.ms, in: zone).start : "never"
  }

  /// Everything about it, a line each.
  /// - Parameter outstanding: of its sum, what is still to be paid; nil where that is not known or nothing.
  func detailText(in zone: TimeZone, outstanding: Seduta_V1_Money? = nil) -> String {
    // This message has `details` of its own.
    seduta.details([
      ("link", id),
      ("name", name),
      ("client", clientID),
      ("of", packageID),
      ("state", state.shown),
      ("linked", LocalTime(ms: createTime.ms, in: zone).dayAndStart),
      ("balance", balance.shown),
      ("sessions", balance.sum),
      ("a session lasts", "\(durationMinutes) minutes"),
      ("posting", postingShown(posting, price)),
      ("outstanding", outstanding?.shown ?? ""),
      ("paid from", benefitID),
      ("commission", hasCommission ? commission.shown(in: price.currency) : ""),
      ("renewal", renewalShown(automaticRenewal)),
      ("follows", renewalOfLinkID),
      ("followed by", renewedByLinkID),
      ("expires", expiry(in: zone)),
      ("services", serviceIds.joined(separator: " ")),
      ("room", roomID),
      ("insurer", details.insurer),
      ("authorisation", details.authorisationNumber),
      ("phone", details.phone),
      ("notes", details.notes),
      ("SMS", smsLeadMinutes == 0 ? "none" : "\(smsLeadMinutes) minutes before"),
      ("version", "\(version)"),
    ])
  }
}

/// A table of a package's sessions; nil where there are none.
func sessionTable(_ sessions: [Seduta_V1_Appointment]) -> String? {
  guard !sessions.isEmpty else { return nil }
  var table = Table(
    "DAY", "START", "ENDS", "STATE", "SESSION", "ATTENDANCE", "PRICE", "PROCEDURE", "APPOINTMENT",
    "VERSION", numbers: ["PRICE"])
  for session in sessions {
    table.add(
      session.start.weekday, session.start.start, session.end.timeOfDay, session.state.shown,
      session.package.state.shown, session.attendance.lowercased().replacing("_", with: "-"),
      session.price.shown, session.package.procedureID, session.id, "\(session.version)")
  }
  return table.text
}
