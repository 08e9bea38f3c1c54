internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

extension Practice {
  /// Changes Anna's session of 50 minutes, and what is set for it.
  mutating func offer(
    _ plan: PaymentPlan = .onSite, price: Int64 = 7_000,
    _ change: (inout AppointmentSettings) -> Void = { _ in }
  ) {
    var service = Practice.individualSession
    var settings = AppointmentSettings()
    change(&settings)
    service.plan = plan
    service.price = euro(price)
    service.policy = Policy(appointments: settings)!
    perform(.putDirectory(Practice.importing([.service(service, [])])))
  }

  /// Lets time do what is due to an appointment by then.
  @discardableResult
  mutating func pass(_ id: AppointmentID, until instant: Instant) -> Decision {
    now = instant
    return perform(.passTime(id), by: .time)
  }

  /// Puts an appointment into a state, whatever it was; what it takes follows.
  mutating func put(
    _ id: AppointmentID, _ state: AppointmentState, _ status: PaymentStatus? = nil,
    paid: Int64? = nil, refunded: Int64? = nil
  ) {
    guard let old = facts.appointments[id] else { preconditionFailure("there is such a one") }
    let new = Appointment(
      id: id, therapist: old.therapist, client: old.client, service: old.service,
      location: old.location, room: old.room, span: old.span, buffers: old.buffers,
      zoneName: old.zoneName, plan: old.plan, price: old.price, bookedAt: old.bookedAt,
      state: state, paymentStatus: status ?? old.paymentStatus, version: old.version,
      changedAt: old.changedAt, cancelReason: "", recurrence: old.recurrence,
      attendance: old.attendance, paid: paid ?? old.paid, refunded: refunded ?? old.refunded,
      fee: old.fee, paymentDeadline: old.paymentDeadline,
      chargeAt: old.chargeAt, givingUpAt: old.givingUpAt, paymentMethod: old.paymentMethod,
      commission: old.commission, due: old.due)
    facts.appointments[id] = new
    if old.state.occupies && !state.occupies {
      let fits = facts.index.apply(.vacate(old.occupation))
      precondition(fits, "it was in the index")
    }
  }
}

extension Decision {
  /// The appointment that the answer tells of.
  var appointment: Appointment? {
    switch change?.answer {
    case .booked(let one), .rescheduled(let one), .completed(let one), .attendanceSet(let one),
      .paymentBegun(let one, intent: _), .timePassed(let one), .moneyMoved(_, let one),
      .refunds(_, let one), .benefitsUsed(_, let one):
      one
    case .cancelled(let cancellation): cancellation.appointment
    default: nil
    }
  }

  var settlement: Settlement? {
    if case .cancelled(let cancellation) = change?.answer { cancellation.settlement } else { nil }
  }

  var payment: Payment? {
    if case .moneyMoved(let payment, _) = change?.answer { payment } else { nil }
  }

  /// The steps that it takes.
  var transitions: [Transition] {
    (change?.events ?? []).compactMap { event in
      switch event {
      case .appointmentBooked(_, let step), .appointmentChanged(_, from: _, let step): step
      default: nil
      }
    }
  }
}

func rescheduling(
  _ id: AppointmentID, _ start: Minute, at location: LocationID? = nil, room: RoomID? = nil,
  seen version: Int64? = nil, overrides: Overrides = [], hold: HoldID? = nil,
  reason: String = "", isQuiet: Bool = false
) -> Wanted {
  .reschedule(
    RescheduleWish(
      appointment: id, seenVersion: version, start: start, location: location, room: room,
      overrides: overrides, hold: hold, reason: reason, isQuiet: isQuiet))
}

func completing(_ id: AppointmentID, seen version: Int64? = nil) -> Wanted {
  .complete(id, seenVersion: version)
}

func attending(
  _ id: AppointmentID, _ attendance: Attendance, seen version: Int64? = nil
) -> Wanted {
  .setAttendance(
    AttendanceWish(appointment: id, seenVersion: version, attendance: attendance))
}

func paying(
  _ id: AppointmentID, _ amount: Money? = nil, seen version: Int64? = nil, note: String = ""
) -> Wanted {
  .recordPayment(
    MoneyWish(
      appointment: id, seenVersion: version, amount: amount, method: "cash", note: note))
}

func refunding(
  _ id: AppointmentID, _ amount: Money? = nil, seen version: Int64? = nil
) -> Wanted {
  .recordRefund(
    MoneyWish(
      appointment: id, seenVersion: version, amount: amount, method: "cash", note: "goodwill"))
}

func aboutBoth(_ kind: MessageKind, _ id: AppointmentID) -> [Notice] {
  [
    Notice(kind, to: .client(carlo), about: .appointment(id)),
    Notice(kind, to: .therapist(anna), about: .appointment(id)),
  ]
}
