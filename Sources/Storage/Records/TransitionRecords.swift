public import Availability
public import Booking
internal import Intervals

extension StoreSnapshot {
  /// All steps of an appointment's life, from the first on.
  public func transitions(of appointment: AppointmentID) throws -> [Transition] {
    try database.rows(
      """
      SELECT version, step, from_state, to_state, at_ms, actor_role, actor, reason, overridden,
        moved_from_ms
      FROM appointment_transitions WHERE appointment_id = $1 ORDER BY version
      """, [.id(appointment)]
    ) { row in
      let columns = Columns(row: row, table: "appointment_transitions", id: appointment.text)
      return Transition(
        appointment: appointment, version: row.int(0),
        step: try columns.parsed(1, "step", AppointmentStep.init(rawValue:)),
        from: try columns.optional(2, "from_state", AppointmentState.init(rawValue:)),
        to: try columns.parsed(3, "to_state", AppointmentState.init(rawValue:)),
        at: columns.instant(4), by: try columns.actor(kind: 5, label: 6), reason: row.text(7),
        overridden: try columns.parsed(8, "overridden", Overrides.init(column:)),
        movedFrom: columns.optionalInstant(9).flatMap(Minute.init(exactly:)))
    }
  }
}

extension StoreTransaction {
  func insert(_ transition: Transition) throws {
    try database.execute(
      """
      INSERT INTO appointment_transitions
        (appointment_id, version, step, from_state, to_state, at_ms, actor_role, actor, reason,
        overridden, moved_from_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .id(transition.appointment), .int(transition.version), .text(transition.step.rawValue),
        transition.from.map { .text($0.rawValue) } ?? .null, .text(transition.to.rawValue),
        .int(transition.at.msSinceEpoch), .text(transition.by.kind.rawValue),
        .text(transition.by.label), .text(transition.reason),
        .text(transition.overridden.column), .instant(transition.movedFrom?.instant),
      ])
  }
}

extension Columns {
  /// On whose behalf, as `Actor.kind` and `Actor.label` were written.
  fileprivate func actor(kind: Int, label: Int) throws -> Actor {
    switch try parsed(kind, "actor_role", ActorKind.init(rawValue:)) {
    case .staff: .staff(name: row.text(label))
    case .therapist: .therapist(try id(label, "actor"))
    case .client: .client(row.text(label).isEmpty ? nil : try id(label, "actor"))
    case .linkHolder: .link(try id(label, "actor"))
    case .time: .time
    case .gateway: .gateway(row.text(label))
    }
  }
}
