internal import Accounting
internal import Availability
internal import Booking
internal import Intervals

/// What is written of an appointment only where there is something to write: of what package it is, and what it
/// is paid by.
extension Appointment {
  func differsInTerms(from old: Appointment) -> Bool {
    package != old.package || price != old.price || plan != old.plan
      || smsLeadMinutes != old.smsLeadMinutes
  }
}

extension StoreTransaction {
  func writeTerms(of appointment: Appointment, at version: Int64) throws {
    let package = appointment.package
    let commission = SQLValue.commission(package?.commission)
    let written = try database.execute(
      """
      UPDATE appointments SET payment_plan = $1, price_minor_units = $2, currency = $3,
        sms_lead_minutes = $4, package_link_id = $5, package_session = $6, is_by_procedure = $7,
        procedure_id = $8, package_commission_basis_points = $9,
        package_commission_minor_units = $10, insurer = $11, authorisation_number = $12,
        contact_phone = $13, visit_notes = $14
      WHERE id = $15 AND version = $16
      """,
      [
        .text(appointment.plan.rawValue), .int(appointment.price.minorUnits),
        .text(appointment.price.currency.code), .optionalInt32(appointment.smsLeadMinutes),
        .optionalID(package?.link), .optionalText(package?.session.rawValue),
        package.map { .flag($0.isByProcedure) } ?? .null, .optionalID(package?.procedure),
        commission.basisPoints, commission.minorUnits, .optionalText(package?.details.insurer),
        .optionalText(package?.details.authorisationNumber),
        .optionalText(package?.details.phone), .optionalText(package?.details.notes),
        .id(appointment.id), .int(version),
      ])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "appointments", id: appointment.id.text)
    }
  }

  /// Writes that it was reminded of, over the same version.
  func remind(_ appointment: Appointment) throws {
    let written = try database.execute(
      """
      UPDATE appointments SET reminded_until_ms = $1, due_ms = $2 WHERE id = $3 AND version = $4
      """,
      [
        .int(appointment.remindedUntil.msSinceEpoch), .instant(appointment.due),
        .id(appointment.id), .int(appointment.version),
      ])
    guard written == 1 else {
      throw StoreError.lostUpdate(table: "appointments", id: appointment.id.text)
    }
  }
}

extension Columns {
  /// From link, session, whether by procedure, procedure, the commission's two and the details' four, which
  /// follow each other.
  func packageMembership(from first: Int) throws -> PackageMembership {
    PackageMembership(
      link: try id(first, "package_link_id"),
      session: try parsed(first + 1, "package_session", PackageSession.init(rawValue:)),
      procedure: row.isNull(first + 3) ? nil : try id(first + 3, "procedure_id"),
      isByProcedure: row.int(first + 2) == 1, commission: try commission(from: first + 4),
      details: visitDetails(from: first + 6))
  }

  /// From insurer, authorisation number, telephone and notes, which follow each other.
  func visitDetails(from first: Int) -> VisitDetails {
    VisitDetails(
      insurer: row.text(first), authorisationNumber: row.text(first + 1),
      phone: row.text(first + 2), notes: row.text(first + 3))
  }
}
