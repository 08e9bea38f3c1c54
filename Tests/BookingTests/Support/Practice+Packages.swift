internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

func packageID(_ number: UInt128 = 1) -> PackageID { PackageID(rawValue: 6_000 + number) }

/// Four sessions with Anna or Bruno, with what a test wants otherwise.
func template(
  _ posting: PackagePosting = .byProcedure, id: PackageID = packageID(),
  _ change: (inout Package) -> Void = { _ in }
) -> Package {
  var package = Package(
    id: id, name: "Four sessions", sessions: 4, renews: false, posting: posting,
    durationMinutes: 50, validityDays: nil, commission: nil, services: [couple, individual],
    createdAt: inRome("2026-11-23T08:00").instant)
  change(&package)
  return package
}

func making(_ package: Package) -> Wanted {
  .putPackage(PackagePut(package: package, fields: nil, id: package.id, seenVersion: nil))
}

func changing(_ package: Package, _ fields: Set<PackageField>, seen: Int64? = nil) -> Wanted {
  .putPackage(PackagePut(package: package, fields: fields, id: nil, seenVersion: seen))
}

/// Carlo's.
func linking(
  _ number: UInt128 = 1, _ change: (inout LinkWish) -> Void = { _ in }
) -> Wanted {
  var wish = LinkWish(package: packageID(), client: carlo)
  wish.id = linkID(number)
  change(&wish)
  return .linkPackage(wish)
}

/// A date, at ten with Anna where it is the first.
func line(
  _ date: String, isFirst: Bool = false, _ change: (inout PackageLines.Line) -> Void = { _ in }
) -> PackageLines.Line {
  var line = PackageLines.Line(date: CivilDate(date)!)
  if isFirst {
    line.minuteOfDay = 600
    line.therapist = anna
  }
  change(&line)
  return line
}

func scheduling(
  _ lines: [PackageLines.Line], ofLink number: UInt128 = 1, seen: Int64? = nil,
  isQuiet: Bool = false
) -> Wanted {
  var all = PackageLines()
  all.lines = lines
  return .schedulePackage(
    PackageScheduleWish(link: linkID(number), seenVersion: seen, lines: all, isQuiet: isQuiet))
}

func editing(_ number: UInt128 = 1, _ change: (inout LinkEdit) -> Void) -> Wanted {
  var edit = LinkEdit(link: linkID(number))
  change(&edit)
  return .editLink(edit)
}

func renewing(
  _ number: UInt128 = 1, as other: UInt128, _ change: (inout LinkRenewal) -> Void = { _ in }
) -> Wanted {
  var wish = LinkRenewal(link: linkID(number))
  wish.id = linkID(other)
  change(&wish)
  return .renewLink(wish)
}

func deleting(_ number: UInt128 = 1, _ future: LinkDeletion.Future) -> Wanted {
  .deleteLink(LinkDeletion(link: linkID(number), future: future))
}

/// A session of a link with Anna, by naming it.
func bookingOf(
  _ start: Minute, ofLink number: UInt128 = 1, id: AppointmentID? = nil,
  service: ServiceID = individual,
  therapist: TherapistID = anna, attendee: BookingWish.Attendee = .registered(carlo)
) -> Wanted {
  .book(
    BookingWish(
      therapist: therapist, service: service, location: office, room: nil, start: start,
      attendee: attendee, id: id, link: linkID(number)))
}

/// A partner's own: one that deducts, one that releases, and one that does neither.
let ownStatuses = Wanted.putAttendanceStatuses(
  AttendanceStatusesPut(
    statuses: [
      AttendanceStatus(code: "LATE", name: "Came late", effect: .deduct),
      AttendanceStatus(code: "EXCUSED", name: "Excused", effect: .release),
      AttendanceStatus(code: "NOTED", name: "Noted", effect: .none),
    ], seenVersion: nil))

extension Practice {
  /// With a template, and a link of it for Carlo.
  init(
    _ posting: PackagePosting, template change: (inout Package) -> Void = { _ in },
    link: (inout LinkWish) -> Void = { _ in }
  ) {
    self.init()
    perform(ownStatuses)
    perform(making(template(posting, change)))
    perform(linking(1, link))
  }

  func link(_ number: UInt128 = 1) -> PackageLink? { facts.links[linkID(number)] }

  /// As a detail shows it: available, reserved, attended, expired, returned.
  func balance(_ number: UInt128 = 1) -> [Int32] {
    link(number).map { $0.balance.parts } ?? []
  }

  /// What pays for a link's sessions.
  func benefit(ofLink number: UInt128 = 1) -> Benefit? {
    books.benefits.first { $0.link == linkID(number) }
  }

  /// The link that follows one.
  func renewal(of number: UInt128 = 1) -> PackageLink? {
    link(number)?.renewedBy.flatMap { facts.links[$0] }
  }

  /// Books a session of a link, lets it begin, and says whether the client came.
  @discardableResult
  mutating func hold(
    _ number: UInt128, on start: Minute, as id: AppointmentID, _ attendance: Attendance
  ) -> Decision {
    perform(bookingOf(start, ofLink: number, id: id))
    pass(id, until: start.instant)
    return perform(attending(id, attendance))
  }
}

extension PackageBalance {
  var parts: [Int32] { [available, reserved, attended, expired, returned] }
}

extension Decision {
  var linked: LinkOutcome? {
    if case .packageLinked(let outcome) = change?.answer { outcome } else { nil }
  }

  var link: PackageLink? {
    switch change?.answer {
    case .packageLink(let link), .packageLinkDeleted(let link, _): link
    default: nil
    }
  }

  /// Of dates of a package that cannot be booked: for each whether it could, alone.
  var bookableLines: [Bool] {
    if case .packageLinesUnbookable(let reports) = refusal { reports.map(\.isBookable) } else { [] }
  }

  /// The balances that links have after it, in the order of its events.
  var linkChanges: [PackageLink] {
    (change?.events ?? []).compactMap { event in
      if case .packageLinkChanged(let link, from: _) = event { link } else { nil }
    }
  }
}
