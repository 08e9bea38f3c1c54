internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

/// Packages, as requests write them.
extension FieldReader {
  private static let servicesMax = 50
  private static let linesMax = 100
  /// From a quarter of an hour to a week (N-2).
  static let smsLeadMinutes: ClosedRange<Int32> = 15...10_080

  /// - Parameter wanted: the fields that count; the others are not looked at.
  mutating func package(
    _ message: Seduta_V1_Package, _ wanted: Set<PackageField>, at now: Instant
  ) -> Package? {
    let name =
      wanted.contains(.name) ? text(message.name, "package.name", length: 1...200) : ""
    let sessions =
      wanted.contains(.sessions)
      ? number(message.sessions, "package.sessions", in: Package.sessionCount) : 1
    let posting = wanted.contains(.posting) ? self.posting(message) : .byProcedure
    let duration =
      wanted.contains(.durationMinutes)
      ? number(message.durationMinutes, "package.duration_minutes", in: 5...720) : 5
    let validity =
      wanted.contains(.validityDays) && message.validityDays != 0
      ? number(message.validityDays, "package.validity_days", in: Package.validityDays) : nil
    let commission =
      wanted.contains(.commission) && message.hasCommission
      ? self.commission(message.commission, "package.commission") : nil
    var services: [ServiceID] = []
    if wanted.contains(.services) {
      if message.serviceIds.isEmpty {
        fault("package.service_ids", "expected at least one; it is required")
      }
      services = ids(message.serviceIds, "package.service_ids", countMax: FieldReader.servicesMax)
    }
    guard let name, let sessions, let posting, let duration else { return nil }
    return Package(
      id: PackageID(rawValue: 0), name: name, sessions: sessions,
      renews: message.automaticRenewal, posting: posting, durationMinutes: duration,
      validityDays: validity, commission: commission, services: services.sorted(),
      isArchived: message.archived, createdAt: now)
  }

  private mutating func posting(_ message: Seduta_V1_Package) -> PackagePosting? {
    switch message.posting {
    case .byProcedure:
      guard message.hasPrice else { return .byProcedure }
      fault("package.price", "expected none: each session is posted at its procedure's price")
      return nil
    case .totalValue:
      guard message.hasPrice else {
        fault("package.price", "expected an amount of money; TOTAL_VALUE requires it")
        return nil
      }
      return price(message.price, "package.price").map(PackagePosting.total)
    case .unspecified, .UNRECOGNIZED:
      fault(
        "package.posting",
        "expected PACKAGE_POSTING_BY_PROCEDURE or _TOTAL_VALUE; it is required")
      return nil
    }
  }

  mutating func details(_ message: Seduta_V1_VisitDetails, _ path: String) -> VisitDetails? {
    let insurer = text(message.insurer, "\(path).insurer", length: 0...200)
    let number = text(
      message.authorisationNumber, "\(path).authorisation_number", length: 0...64, kind: .code)
    let phone = message.phone.isEmpty ? "" : self.phone(message.phone, "\(path).phone")?.text
    let notes = text(message.notes, "\(path).notes", length: 0...1_000)
    guard let insurer, let number, let phone, let notes else { return nil }
    return VisitDetails(
      insurer: insurer, authorisationNumber: number, phone: phone, notes: notes)
  }

  /// 0 means none.
  mutating func smsLead(_ minutes: Int32, _ field: String) -> Int32? {
    minutes == 0 ? nil : number(minutes, field, in: FieldReader.smsLeadMinutes)
  }

  mutating func lines(
    _ messages: [Seduta_V1_PackageLine], atLeast least: Int,
    overrides kinds: [Seduta_Wire_V1_DiscrepancyKind]
  ) -> PackageLines {
    var lines = PackageLines()
    lines.overrides = overrides(kinds, "overrides")
    guard (least...FieldReader.linesMax).contains(messages.count) else {
      fault(
        "lines", "expected \(least) to \(FieldReader.linesMax) lines, got \(messages.count)")
      return lines
    }
    lines.lines = messages.enumerated().compactMap { index, message in
      line(message, "lines[\(index)]", isFirst: index == 0)
    }
    return lines
  }

  private static let days = 1970...2099

  private mutating func line(
    _ message: Seduta_V1_PackageLine, _ path: String, isFirst: Bool
  ) -> PackageLines.Line? {
    let date = parsed(message.date, "\(path).date", "a day as 2027-03-29") { text in
      CivilDate(text).flatMap { FieldReader.days.contains($0.year) ? $0 : nil }
    }
    let time =
      message.time.isEmpty && !isFirst
      ? nil : parsed(message.time, "\(path).time", "a local time as 10:00", minuteOfDay)
    let therapist: TherapistID? =
      message.therapistID.isEmpty && !isFirst
      ? nil : id(message.therapistID, "\(path).therapist_id")
    let service: ServiceID? = optionalID(message.serviceID, "\(path).service_id")
    let location: LocationID? = optionalID(message.locationID, "\(path).location_id")
    let status = text(message.status, "\(path).status", length: 0...40, kind: .code)
    guard let date, let status else { return nil }
    var line = PackageLines.Line(date: date)
    line.minuteOfDay = time
    line.therapist = therapist
    line.service = service
    line.location = location
    line.status = status.isEmpty ? nil : status
    return line
  }

  mutating func payment(
    _ message: Seduta_V1_PackagePayment, _ path: String, gateway: String?
  ) -> LinkPayment? {
    // What is wrong with the request is said before what the server lacks.
    func through(_ source: SourceWish?) -> LinkPayment {
      .through(gateway: gateway ?? "", source)
    }
    if message.hasAmount {
      guard case .method = message.how else {
        fault("\(path).amount", "expected none: only what was paid outside can be a part")
        return nil
      }
    }
    switch message.how {
    case .method(let method):
      let amount = message.hasAmount ? self.amount(message.amount, "\(path).amount") : nil
      return text(method, "\(path).method", length: 1...64).map {
        .byHand(method: $0, amount: amount)
      }
    case .paymentMethodID(let method):
      return id(method, "\(path).payment_method_id").map { through(.saved($0)) }
    case .paymentMethodToken(let token):
      return self.token(token, "\(path).payment_method_token").map { through(.token($0)) }
    case .byBrowser(true): return through(nil)
    case .byBrowser(false):
      fault("\(path).by_browser", "expected true, or another way")
      return nil
    case nil:
      fault(
        path, "expected method, payment_method_id, payment_method_token or by_browser")
      return nil
    }
  }
}

/// Minutes after midnight, of "10:00".
private func minuteOfDay(_ text: String) -> Int32? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
    parts.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }),
    let hour = Int32(parts[0]), let minute = Int32(parts[1]), hour < 24, minute < 60
  else { return nil }
  return hour * 60 + minute
}
