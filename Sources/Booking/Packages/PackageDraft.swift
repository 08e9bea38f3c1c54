internal import Availability
internal import Intervals

/// Sessions of a package on their way into being (K-3): each takes its place beside those before it, and all are
/// booked, or none.
struct PackageDraft {
  /// One for each line, in their order.
  private(set) var reports: [OccurrenceReport] = []
  private var made: [Event] = []
  private var trial: SeriesTrial
  private var benefits: BenefitBooking
  private let link: PackageLink
  private let lines: PackageLines
  private let command: Command
  private let facts: Facts
  private let stamp: Stamp
  private var left: Int32

  /// - Parameters:
  ///   - link: may be made in this decision.
  ///   - facts: with the link's benefit.
  init(
    _ lines: PackageLines, of link: PackageLink, as command: Command, facts: Facts, stamp: Stamp
  ) throws(Refused) {
    self.link = link
    self.lines = lines
    self.command = command
    self.facts = facts
    self.stamp = stamp
    left = link.balance.available
    trial = SeriesTrial(facts, by: command.actor, at: stamp.at)
    benefits = BenefitBooking(facts, stamp)
    for (number, line) in try NamedLine.all(of: lines, for: link, as: command, facts: facts)
      .enumerated()
    {
      try take(line, as: stamp.id(Ordinal.firstOfSeries + number))
    }
    guard !isBookable else { return }
    for index in reports.indices { reports[index].appointment = nil }
    made = []
  }

  /// Whether each date can be booked.
  var isBookable: Bool { reports.allSatisfy(\.isBookable) }

  /// In the order in which their dates were named.
  var appointments: [Appointment] { reports.compactMap(\.appointment) }

  var events: [Event] {
    var therapists: [TherapistID] = []
    for appointment in appointments where !therapists.contains(appointment.therapist) {
      therapists.append(appointment.therapist)
    }
    let begun = therapists.enumerated().flatMap { number, therapist in
      Therapy.begun(
        CarePair(therapist, link.client), number: number, facts: facts, stamp: stamp)
    }
    return LapsedHolds.cleared(
      forAll: appointments.map(\.occupation), facts: facts, at: stamp.at) + begun + made
  }

  /// Therapists are told of each of theirs; the client is told of the package as a whole.
  var effects: [Effect] { appointments.map { Messages.toTherapist(.bookingConfirmed, $0) } }

  private mutating func take(_ line: NamedLine, as id: AppointmentID) throws(Refused) {
    guard let start = line.start else {
      reports.append(OccurrenceReport(line.local, nil, isBookable: false, omission: .gap))
      return
    }
    guard left > 0 else {
      throw Refused(.packageUsedUp(link.id, available: link.balance.available))
    }
    try link.requireValid(for: start)
    let placed = place(line, at: start, as: id)
    var report = OccurrenceReport(line.local, start, placed)
    if let slot = NamedSession.Slot(placed) {
      if line.packageSession != .released { left -= 1 }
      let (paid, uses) = try benefits.pay(for: appointment(of: line, id, in: slot))
      report.appointment = paid
      made.append(paid.made(as: .booked, by: command.actor, overriding: slot.overridden))
      made += uses
    }
    reports.append(report)
  }

  private func appointment(
    of line: NamedLine, _ id: AppointmentID, in slot: NamedSession.Slot
  ) -> Appointment {
    var appointment = NewAppointment(
      id: id, session: line.session, slot: slot, client: link.client,
      policy: facts.policy(of: line.session.service).appointments, link: link,
      smsLeadMinutes: link.smsLeadMinutes
    ).appointment(at: stamp.at)
    appointment.attendance = line.attendance
    appointment.package?.session = line.packageSession
    return appointment
  }

  /// In the link's room where the location has it and it is free, else in the first that is.
  private mutating func place(
    _ line: NamedLine, at start: Minute, as id: AppointmentID
  ) -> SeriesTrial.Placed {
    let therapist = line.session.service.therapist
    func wish(_ room: RoomID?) -> Wish {
      Wish(
        offer: line.session.offer, place: line.session.place, room: room, start: start,
        client: link.client, overrides: lines.overrides)
    }
    if let room = link.room, line.session.place.rooms.contains(room),
      trial.isBookable(wish(room), of: therapist)
    {
      return trial.place(wish(room), for: id, of: therapist)
    }
    return trial.place(wish(nil), for: id, of: therapist)
  }
}
