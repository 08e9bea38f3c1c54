internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

extension Translation {
  func createPackage(
    _ message: Seduta_V1_PackagesCreateRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: PackageID? = reader.optionalID(message.package.id, "package.id")
    let package = reader.package(message.package, Set(PackageField.allCases), at: caller.now)
    let put = package.map { PackagePut(package: $0, fields: nil, id: id, seenVersion: nil) }
    return command(.putPackage(try reader.finish(put)), from: caller, validateOnly: false)
  }

  func updatePackage(
    _ message: Seduta_V1_PackagesUpdateRequest, from caller: Caller
  ) throws -> Command {
    var reader = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    let id: PackageID? = reader.fields.id(message.package.id, "package.id")
    let version = reader.fields.seenVersion(message.package.version, "package.version")
    let fields: Set<PackageField> = reader.mask(message.updateMask)
    let package = reader.fields.package(message.package, fields, at: caller.now)
    guard let id, let package else { throw Malformed(faults: reader.fields.faults) }
    return command(
      .putPackage(
        try reader.fields.finish(
          PackagePut(package: package, fields: fields, id: id, seenVersion: version))),
      from: caller, validateOnly: false)
  }

  func linkPackage(
    _ message: Seduta_V1_PackagesLinkRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let package: PackageID? = reader.id(message.packageID, "package_id")
    let client: ClientID? = reader.id(message.clientID, "client_id")
    let sessions =
      message.sessions == 0
      ? nil : reader.number(message.sessions, "sessions", in: Package.sessionCount)
    let renews = reader.isOn(message.automaticRenewal, "automatic_renewal")
    let details = reader.details(message.details, "details")
    let room: RoomID? = reader.optionalID(message.roomID, "room_id")
    let lead: Int32?? =
      switch message.smsLeadMinutes {
      case 0: nil
      case -1: .some(nil)
      default: .some(reader.smsLead(message.smsLeadMinutes, "sms_lead_minutes"))
      }
    let lines = reader.lines(message.lines, atLeast: 0, overrides: message.overrides)
    let payment =
      message.hasPayment
      ? reader.payment(message.payment, "payment", gateway: paymentGateway) : nil
    let id: PackageLinkID? = reader.optionalID(message.linkID, "link_id")
    guard let package, let client, let details else { throw Malformed(faults: reader.faults) }
    var wish = LinkWish(package: package, client: client)
    wish.sessions = sessions
    wish.renews = renews
    wish.details = details
    wish.room = room
    wish.smsLeadMinutes = lead
    wish.lines = lines
    wish.payment = payment
    wish.isQuiet = message.quiet
    wish.id = id
    let asked = try reader.finish(wish)
    if case .through = payment { _ = try gateway() }
    return command(.linkPackage(asked), from: caller, validateOnly: message.validateOnly)
  }

  func schedulePackage(
    _ message: Seduta_V1_PackagesScheduleRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let link: PackageLinkID? = reader.id(message.linkID, "link_id")
    let version = reader.seenVersion(message.version, "version")
    let lines = reader.lines(message.lines, atLeast: 1, overrides: message.overrides)
    let wish = link.map {
      PackageScheduleWish(link: $0, seenVersion: version, lines: lines, isQuiet: message.quiet)
    }
    return command(
      .schedulePackage(try reader.finish(wish)), from: caller, validateOnly: message.validateOnly)
  }

  func renewLink(
    _ message: Seduta_V1_PackagesRenewLinkRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let link: PackageLinkID? = reader.id(message.linkID, "link_id")
    let version = reader.seenVersion(message.version, "version")
    let sessions =
      message.sessions == 0
      ? nil : reader.number(message.sessions, "sessions", in: Package.sessionCount)
    let id: PackageLinkID? = reader.optionalID(message.newLinkID, "new_link_id")
    guard let link else { throw Malformed(faults: reader.faults) }
    var wish = LinkRenewal(link: link)
    wish.seenVersion = version
    wish.sessions = sessions
    wish.isQuiet = message.quiet
    wish.id = id
    return command(.renewLink(try reader.finish(wish)), from: caller, validateOnly: false)
  }

  func deleteLink(
    _ message: Seduta_V1_PackagesDeleteLinkRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let link: PackageLinkID? = reader.id(message.linkID, "link_id")
    let version = reader.seenVersion(message.version, "version")
    let reason = reader.text(message.reason, "reason", length: 0...1_000)
    let future: LinkDeletion.Future?
    switch message.futureSessions {
    case .keep: future = .keepUnlinked
    case .cancel: future = .cancel
    case .unspecified, .UNRECOGNIZED:
      reader.fault(
        "future_sessions", "expected FUTURE_SESSIONS_KEEP or _CANCEL; it is required")
      future = nil
    }
    guard let link, let reason, let future else { throw Malformed(faults: reader.faults) }
    var wish = LinkDeletion(link: link, future: future)
    wish.seenVersion = version
    wish.reason = reason
    wish.isQuiet = message.quiet
    return command(.deleteLink(try reader.finish(wish)), from: caller, validateOnly: false)
  }

  func payLink(
    _ message: Seduta_V1_PackagesPayRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let link: PackageLinkID? = reader.id(message.linkID, "link_id")
    let payment = reader.payment(message.payment, "payment", gateway: paymentGateway)
    let note = reader.text(message.note, "note", length: 0...1_000)
    guard let link, let payment, let note else { throw Malformed(faults: reader.faults) }
    let wish = try reader.finish(LinkPaymentWish(link: link, payment: payment, note: note))
    if case .through = payment { _ = try gateway() }
    return command(.payLink(wish), from: caller, validateOnly: false)
  }

  func chooseProcedure(
    _ message: Seduta_V1_PackagesChooseProcedureRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let id: AppointmentID? = reader.id(message.appointmentID, "appointment_id")
    let version = reader.seenVersion(message.version, "version")
    let procedure: ServiceID? = reader.optionalID(message.procedureID, "procedure_id")
    let wish = id.map {
      ProcedureWish(appointment: $0, seenVersion: version, procedure: procedure)
    }
    return command(.chooseProcedure(try reader.finish(wish)), from: caller, validateOnly: false)
  }
}

/// The fields of a link that an update can name (K-7).
enum PackageLinkField: String, CaseIterable {
  case sessions
  case renews = "automatic_renewal"
  case expiresAt = "expire_time"
  case insurer = "details.insurer"
  case authorisationNumber = "details.authorisation_number"
  case phone = "details.phone"
  case notes = "details.notes"
  case room = "room_id"
  case smsLeadMinutes = "sms_lead_minutes"
}

extension Translation {
  func updateLink(
    _ message: Seduta_V1_PackagesUpdateLinkRequest, from caller: Caller
  ) throws -> Command {
    var masks = DirectoryReader(fields: FieldReader(zones: zones), now: caller.now)
    var fields: Set<PackageLinkField> = []
    if message.updateMask.paths.isEmpty {
      masks.fields.fault("update_mask", "expected at least one field; it is required")
    } else {
      fields = masks.mask(message.updateMask)
    }
    var reader = masks.fields
    let link: PackageLinkID? = reader.id(message.linkID, "link_id")
    let version = reader.seenVersion(message.version, "version")
    let details = reader.details(message.details, "details")
    guard let link, let details else { throw Malformed(faults: reader.faults) }
    var edit = LinkEdit(link: link)
    edit.seenVersion = version
    for field in PackageLinkField.allCases where fields.contains(field) {
      switch field {
      case .sessions:
        edit.sessions = reader.number(message.sessions, "sessions", in: Package.sessionCount)
      case .renews: edit.renews = message.automaticRenewal
      case .expiresAt:
        edit.expiresAt = .some(
          message.hasExpireTime
            ? reader.instant(Instant(message.expireTime).msSinceEpoch, "expire_time") : nil)
      case .insurer: edit.insurer = details.insurer
      case .authorisationNumber: edit.authorisationNumber = details.authorisationNumber
      case .phone: edit.phone = details.phone
      case .notes: edit.notes = details.notes
      case .room: edit.room = .some(reader.optionalID(message.roomID, "room_id"))
      case .smsLeadMinutes:
        edit.smsLeadMinutes = .some(reader.smsLead(message.smsLeadMinutes, "sms_lead_minutes"))
      }
    }
    return command(.editLink(try reader.finish(edit)), from: caller, validateOnly: false)
  }
}
