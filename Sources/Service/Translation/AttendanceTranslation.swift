internal import Booking
internal import SwiftProtobuf
internal import Wire

extension Translation {
  /// Nothing is asked but that it is the message.
  func attendanceStatuses(_ message: some SwiftProtobufContiguousBytes) throws -> StoreQuery {
    _ = try Seduta_V1_DirectoryListAttendanceStatusesRequest(serializedBytes: message)
    return .attendanceStatuses
  }

  /// The most that a partner has of its own.
  private static let attendanceStatusesMax = 50

  func updateAttendanceStatuses(
    _ message: Seduta_V1_DirectoryUpdateAttendanceStatusesRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let most = Translation.attendanceStatusesMax
    guard message.statuses.count <= most else {
      reader.fault("statuses", "expected at most \(most), got \(message.statuses.count)")
      throw Malformed(faults: reader.faults)
    }
    var codes: Set<String> = []
    let statuses = message.statuses.enumerated().compactMap { index, status in
      let path = "statuses[\(index)]"
      if !codes.insert(status.code).inserted {
        reader.fault("\(path).code", "expected each code once, got \(quoted(status.code)) again")
      }
      return reader.attendanceStatus(status, path)
    }
    let version = reader.seenVersion(message.version, "version")
    let put = AttendanceStatusesPut(statuses: statuses, seenVersion: version)
    return command(
      .putAttendanceStatuses(try reader.finish(put)), from: caller, validateOnly: false)
  }
}

extension FieldReader {
  fileprivate mutating func attendanceStatus(
    _ message: Seduta_V1_AttendanceStatus, _ path: String
  ) -> AttendanceStatus? {
    let code = attendanceCode(message.code, "\(path).code")
    switch code.map(Attendance.init(code:)) {
    case .attended, .noShow:
      fault("\(path).code", "expected another code: every partner has \(message.code)")
    case .custom, .unset, nil: break
    }
    let name = text(message.name, "\(path).name", length: 1...100)
    let effect: AttendanceStatus.Effect?
    switch message.effect {
    case .deduct: effect = .deduct
    case .release: effect = .release
    case .none: effect = AttendanceStatus.Effect.none
    case .unspecified, .UNRECOGNIZED:
      fault("\(path).effect", "expected ATTENDANCE_EFFECT_DEDUCT, _RELEASE or _NONE")
      effect = nil
    }
    guard let code, let name, let effect else { return nil }
    return AttendanceStatus(code: code, name: name, effect: effect)
  }

  mutating func attendanceCode(_ value: String, _ field: String) -> String? {
    parsed(
      value, field,
      "1 to 40 capital letters, digits and \"_\", a letter first, such as \"EXCUSED\""
    ) { text in
      text.utf8.count <= 40 && text.wholeMatch(of: /[A-Z][A-Z0-9_]*/) != nil ? text : nil
    }
  }
}

extension AttendanceStatuses {
  var messages: [Seduta_V1_AttendanceStatus] { all.map(\.message) }
}

extension AttendanceStatus {
  fileprivate var message: Seduta_V1_AttendanceStatus {
    var message = Seduta_V1_AttendanceStatus()
    message.code = code
    message.name = name
    message.effect =
      switch effect {
      case .deduct: .deduct
      case .release: .release
      case .none: .none
      }
    return message
  }
}
