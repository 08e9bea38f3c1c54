internal import CWire
internal import Workload

/// Finds out over the wire whom there is to search and book for.
struct Discovery {
  private static let pageSize: Int32 = 1_000
  /// Q1 asks for 50-minute sessions.
  private static let wantedMinutes: Int32 = 50
  /// Enough for clients not to be in each other's way; more would only take longer to list.
  private static let clientsMax = 10_000
  private static let clientsMin = 64

  private let desk: Desk

  init(_ desk: Desk) {
    self.desk = desk
  }

  /// The population.
  ///
  /// - Parameter withClients: Whether clients are needed: the first are listed, and where there are
  ///   hardly any, some are registered.
  func population(withClients: Bool) throws(CallFailed) -> Population {
    let offerings = try offerings()
    guard !offerings.isEmpty else {
      throw CallFailed("Directory/ListServices", "no therapist offers a service: nothing to search")
    }
    return Population(offerings: offerings, clientIDs: withClients ? try clientIDs() : [])
  }

  /// For each therapist the first 50-minute service, else the first of all; by therapist id.
  private func offerings() throws(CallFailed) -> [Offering] {
    var found: [String: (offering: Offering, minutes: Int32)] = [:]
    try pages("Directory/ListServices", cwire_append_list_services, cwire_decode_services) { page in
      for place in 0..<page.count {
        let service = cwire_service_at(page, place)
        let therapistID = String(cString: service.therapist_id)
        if let earlier = found[therapistID],
          earlier.minutes == Self.wantedMinutes || service.duration_minutes != Self.wantedMinutes
        {
          continue
        }
        let offering = Offering(
          therapistID: therapistID, serviceID: String(cString: service.id),
          serviceKind: String(cString: service.kind))
        found[therapistID] = (offering, service.duration_minutes)
      }
      return true
    }
    return found.values.map(\.offering).sorted { $0.therapistID < $1.therapistID }
  }

  private func clientIDs() throws(CallFailed) -> [String] {
    var ids: [String] = []
    try pages("Clients/List", cwire_append_list_clients, cwire_decode_clients) { page in
      for place in 0..<page.count { ids.append(String(cString: cwire_client_id_at(page, place))) }
      return ids.count < Self.clientsMax
    }
    while ids.count < Self.clientsMin { ids.append(try register(ids.count)) }
    return ids
  }

  private func register(_ number: Int) throws(CallFailed) -> String {
    let seconds = Clock.wallMs() / 1_000
    return try desk.call("Clients/Register") { output, call in
      "Load Test Client \(number)".withCString { name in
        "load-\(number)@example.org".withCString { email in
          "+39066982\(1_000 + number)".withCString { phone in
            "it".withCString { language in
              "Europe/Rome".withCString { zone in
                "load-test".withCString { consent in
                  cwire_append_register(
                    &output, call,
                    cwire_registration(
                      name: name, email: email, phone: phone, language: language, time_zone: zone,
                      consent_version: consent, consent_seconds: seconds))
                }
              }
            }
          }
        }
      }
    } decode: { arena, bytes, size in
      cwire_decode_registered_id(arena, bytes, size).map { String(cString: $0) }
    }
  }

  /// Reads page after page until the last, or until `take` has enough and answers false.
  private func pages(
    _ name: String,
    _ append: (UnsafeMutablePointer<cwire_buffer>, cwire_call, Int32, UnsafePointer<CChar>?) ->
      Void,
    _ decode: (OpaquePointer, UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<cwire_page>) -> Bool,
    take: (cwire_page) -> Bool
  ) throws(CallFailed) {
    var token: String? = ""
    while let asked = token {
      token = try desk.call(name) { output, call in
        append(&output, call, Self.pageSize, asked)
      } decode: { arena, bytes, size -> String?? in
        var page = cwire_page()
        guard decode(arena, bytes, size, &page) else { return nil }
        let next = String(cString: page.next_page_token)
        return .some(take(page) && !next.isEmpty ? next : nil)
      }
    }
  }
}

extension Population {
  /// The kind that most offerings are of: what searches across therapists ask for.
  var commonKind: String {
    let counts = offerings.reduce(into: [String: Int]()) { $0[$1.serviceKind, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
  }
}
