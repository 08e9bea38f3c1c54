internal import Availability
internal import Intervals

/// A series on its way into being: each occurrence takes its place beside those before it.
struct SeriesDraft {
  private(set) var outcome: SeriesOutcome
  /// None where it cannot be booked.
  private(set) var events: [Event] = []
  /// Why it cannot be booked where all find a place: the first that could not be paid for.
  private(set) var refusal: Refusal?

  /// Occurrences that cannot be booked, as far as they matter.
  var inTheWay: [OccurrenceReport] {
    outcome.occurrences.filter { !$0.discrepancies.isEmpty }
  }

  init(_ plan: NamedSeries, by actor: Actor, facts: Facts, stamp: Stamp) {
    let wish = plan.wish
    let series: SeriesID = stamp.id(Ordinal.series)
    var trial = SeriesTrial(facts, by: actor, at: stamp.at)
    var reports: [OccurrenceReport] = []
    var made: [Event] = []
    var benefits = BenefitBooking(facts, stamp)
    for (number, day) in plan.days.enumerated() {
      guard let start = day.start else {
        reports.append(OccurrenceReport(day.local, nil, isBookable: false, omission: .gap))
        continue
      }
      if wish.excluded.contains(day.local) {
        reports.append(OccurrenceReport(day.local, start, isBookable: false, omission: .excluded))
        continue
      }
      let membership = SeriesMembership(series: series, originalStart: start)
      if number == 0, let first = plan.first {
        let joined = first.stepping(.joinedSeries, by: actor, at: stamp.at) {
          $0.recurrence = membership
        }
        reports.append(
          OccurrenceReport(day.local, start, isBookable: true, appointment: joined.appointment))
        made.append(joined.event)
        continue
      }
      let id: AppointmentID = stamp.id(Ordinal.firstOfSeries + number)
      let placed = trial.place(
        Wish(
          offer: plan.session.offer, place: plan.session.place, room: wish.room, start: start,
          client: plan.client, overrides: wish.overrides),
        for: id, of: plan.session.service.therapist)
      var report = OccurrenceReport(day.local, start, placed)
      if let slot = NamedSession.Slot(placed) {
        let (paid, uses) = benefits.pay(
          for: plan.appointment(id, in: slot, as: membership, facts, stamp), or: &refusal)
        report.appointment = paid
        made += [paid.made(as: .booked, by: actor, overriding: slot.overridden)] + uses
      } else if wish.mode == .skip {
        report.omission = .conflict
      }
      reports.append(report)
    }
    // The appointment that became the first is there anyway.
    let wanted = plan.days.count > 1 ? reports.dropFirst(plan.first == nil ? 0 : 1) : reports[...]
    let isBookable =
      wanted.contains(where: \.isBookable) && !reports.contains(where: \.isInTheWay)
    if !isBookable { for index in reports.indices { reports[index].appointment = nil } }
    outcome = SeriesOutcome(
      series: Series(plan, series, reports, at: stamp.at), occurrences: reports,
      isBookable: isBookable)
    guard isBookable else { return }
    let new = reports.filter { $0.start != plan.first?.span.start }.compactMap(\.appointment)
    events =
      LapsedHolds.cleared(forAll: new.map(\.occupation), facts: facts, at: stamp.at)
      + Therapy.begun(
        CarePair(plan.session.service.therapist, plan.client), facts: facts, stamp: stamp)
      + [.seriesMade(outcome.series)] + made
  }
}

extension NamedSeries {
  fileprivate func appointment(
    _ id: AppointmentID, in slot: NamedSession.Slot, as membership: SeriesMembership,
    _ facts: Facts, _ stamp: Stamp
  ) -> Appointment {
    NewAppointment(
      id: id, session: session, slot: slot, client: client,
      policy: facts.policy(of: session.service).appointments, recurrence: membership,
      smsLeadMinutes: first.map(\.smsLeadMinutes) ?? facts.clients[client]?.person.smsLeadMinutes
    ).appointment(at: stamp.at)
  }
}

extension Series {
  fileprivate init(
    _ plan: NamedSeries, _ id: SeriesID, _ reports: [OccurrenceReport], at now: Instant
  ) {
    self.init(
      id: id, therapist: plan.session.service.therapist, client: plan.client,
      service: plan.session.service.id, location: plan.session.place.id, room: plan.wish.room,
      rule: plan.wish.rule, localStart: plan.localStart, zoneName: plan.session.therapist.zone.name,
      omissions: reports.compactMap { report in
        report.omission.map { SeriesOmission(localStart: report.localStart, reason: $0) }
      }, madeAt: now)
  }
}

extension NamedSession.Slot {
  /// Nil for a place that was not taken.
  init?(_ placed: SeriesTrial.Placed) {
    guard let span = placed.span else { return nil }
    self.init(
      span: span, room: placed.assessment.room, overridden: placed.assessment.overriddenKinds)
  }
}
