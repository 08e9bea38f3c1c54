internal import ArgumentParser
internal import Foundation
internal import SedutaClient
internal import SwiftProtobuf
internal import Wire

/// Why a command did not do what it should, for a person or a program.
struct Complaint: Error {
  let verdict: Verdict
  let text: String
  private let status: Seduta_Wire_V1_Status

  /// A complaint of this program itself.
  init(_ verdict: Verdict, _ message: String, next: String? = nil) {
    self.verdict = verdict
    text = ([message] + [next].compactMap { $0 }).joined(separator: "\n")
    let (code, reason): (Seduta_Wire_V1_Code, String) =
      switch verdict {
      case .usage: (.invalidArgument, "USAGE")
      case .notAllowed: (.unauthenticated, "NO_API_KEY")
      case .done, .refused, .notFound, .stale, .tryLater, .bug: (.unknown, "UNEXPECTED")
      }
    status = Seduta_Wire_V1_Status(code, reason: reason, message: text)
  }

  /// - Parameters:
  ///   - zone: in which times are shown.
  ///   - more: what has to be typed besides the key when the command is repeated.
  init(_ error: any Error, zone: TimeZone, repeatedWith more: String = "") {
    switch error {
    case let complaint as Complaint:
      self = complaint
    case let error as CallError:
      self.init(status: error.status, key: error.idempotencyKey.map { $0 + more }, zone: zone)
    case let error as ConnectionError:
      self.init(error, more: more)
    case let error as ValidationError:
      self.init(.usage, error.message)
    default:
      self.init(.bug, "Unexpected: \(error)")
    }
  }

  /// The status as one JSON document.
  var json: String {
    // A status holds nothing that JSON cannot say; the sentence is better than nothing all the same.
    (try? status.jsonString()) ?? text
  }

  private init(status: Seduta_Wire_V1_Status, key: String?, zone: TimeZone) {
    self.status = status
    verdict = Self.verdict(of: status.code)
    var lines = [status.message]
    // Of a single wrong field the sentence tells all.
    let violations = status.badRequest.fieldViolations.filter {
      !status.message.contains($0.description_p)
    }
    lines += violations.map { "  \($0.field): \($0.description_p)" }
    lines += status.preconditionFailure.violations
      .filter { $0.description_p != status.message }
      .map { "  \($0.subject): \($0.description_p)" }
    lines += conflictLines(status.conflicts, zone: zone)
    if let next = Self.nextStep(after: status, key: key) { lines.append(next) }
    if let incident = status.errorInfo.metadata["incident"] {
      lines.append("The server's log has it as incident \(incident).")
    }
    text = lines.joined(separator: "\n")
  }

  private init(_ error: ConnectionError, more: String) {
    var lines = [error.message]
    let code: Seduta_Wire_V1_Code
    switch error.kind {
    case .unreachable:
      (verdict, code) = (.notAllowed, .unavailable)
      lines.append("Is it running? `make serve` starts one; --host and --port name another.")
    case .refused:
      (verdict, code) = (.notAllowed, error.status?.code ?? .unauthenticated)
      lines.append("The key comes from --key, --key-file, SEDUTA_KEY or .seduta/key.")
    case .notBegun:
      (verdict, code) = (.tryLater, .unavailable)
      lines.append("Nothing was done. Try again.")
    case .lost, .unanswered:
      (verdict, code) = (.tryLater, .unavailable)
      lines.append(Self.repeating(error.idempotencyKey.map { $0 + more }))
    case .tooLong:
      (verdict, code) = (.usage, .invalidArgument)
    case .malformed:
      (verdict, code) = (.bug, .internal)
      lines.append("Is it a Seduta server? --host and --port name another.")
    }
    text = lines.joined(separator: "\n")
    var status =
      error.status
      ?? Seduta_Wire_V1_Status(code, reason: "CONNECTION", message: error.message)
    if let key = error.idempotencyKey { status.errorInfo.metadata["idempotency_key"] = key }
    self.status = status
  }

  private static func verdict(of code: Seduta_Wire_V1_Code) -> Verdict {
    switch code {
    case .alreadyExists, .failedPrecondition, .outOfRange: .refused
    case .invalidArgument: .usage
    case .unauthenticated, .permissionDenied: .notAllowed
    case .notFound: .notFound
    case .aborted: .stale
    case .unavailable, .resourceExhausted, .deadlineExceeded, .cancelled: .tryLater
    case .unspecified, .unknown, .unimplemented, .internal, .dataLoss, .UNRECOGNIZED: .bug
    }
  }

  private static func nextStep(after status: Seduta_Wire_V1_Status, key: String?) -> String? {
    switch status.code {
    case .alreadyExists, .failedPrecondition:
      if let clients = status.errorInfo.metadata["client_ids"] {
        return "Name one with --client, or pass --as-new-client:\n"
          + clients.split(separator: ",").map { "  \($0)" }.joined(separator: "\n")
      }
      if let owed = owed(status.errorInfo.metadata) { return owed }
      return nextStep(after: status.errorInfo.reason)
        ?? (status.conflicts.alternativeStartMs.isEmpty
          ? nil : "To take one of those, repeat the command with that --start.")
    case .unauthenticated:
      return "The key comes from --key, --key-file, SEDUTA_KEY or .seduta/key."
    case .permissionDenied:
      return status.errorInfo.reason == "SCOPE_MISSING"
        ? "Use a key with a wider scope." : "On whose behalf it is, --as says."
    case .notFound:
      return whereIDsAre(status.errorInfo.metadata["id"] ?? "")
    case .aborted:
      guard status.errorInfo.reason == "STALE_VERSION" else { return "Try again." }
      return seeing(status.errorInfo.metadata["id"] ?? "")
        + ", then repeat with that --version."
    case .resourceExhausted, .unavailable:
      let waitMs = status.retryInfo.retryDelayMs
      let wait = waitMs > 0 ? "Wait \(waitMs) ms. " : ""
      return wait + repeating(key)
    case .deadlineExceeded:
      return "Nothing was done. Repeat with a longer --timeout-ms."
    case .unspecified, .cancelled, .unknown, .invalidArgument, .outOfRange, .unimplemented,
      .internal, .dataLoss, .UNRECOGNIZED:
      return nil
    }
  }

  /// What to type instead where another command does it, or another flag.
  private static func nextStep(after reason: String) -> String? {
    switch reason {
    case "REQUEST_REQUIRED":
      "Ask for it: `seduta request` takes the same options."
    case "REQUESTS_NOT_TAKEN":
      "Book it: `seduta book` takes the same options."
    case "SERIES_NOT_BOOKABLE":
      "See every occurrence with --validate-only; --skip leaves out what is not free."
    case "NOTHING_PAID":
      "`seduta payments` shows what moved; what came in by hand goes back with --by-hand."
    case "GATEWAY_MISSING":
      "What moves outside is recorded: `seduta pay`, `seduta refund --by-hand`."
    case "PAYMENT_IN_FLIGHT", "INTENT_STATE":
      "`seduta intents` shows what came of it."
    case "PAYMENT_METHOD_REQUIRED":
      "Save one first: `seduta cards save`."
    case "PAYMENT_METHOD_NOT_ACTIVE":
      "`seduta cards list` shows those that are active."
    case "BENEFIT_REQUIRED", "NO_BENEFIT":
      "`seduta benefits list` shows what is left; `benefits grant` and `benefits buy` add to it."
    case "PACKAGE_USED_UP", "PACKAGE_NOT_ACTIVE", "PACKAGE_EXPIRES":
      "`seduta packages detail` shows what is left; `packages renew` gives another, `packages edit` more."
    case "NO_PROCEDURE":
      "A procedure is chosen only for a session of a package that is posted by procedure."
    default: nil
    }
  }

  /// Of a payout that was too high: how much there is, as it is typed.
  private static func owed(_ metadata: [String: String]) -> String? {
    guard let minorUnits = metadata["owed_minor_units"].flatMap({ Int64($0) }),
      let currency = metadata["currency"]
    else { return nil }
    return minorUnits > 0
      ? "At most \(decimalText(minorUnits, in: currency)) \(currency) can be paid out."
      : "Nothing in \(currency) can be paid out."
  }

  /// Which command lists things of an id's kind.
  private static func whereIDsAre(_ id: String) -> String? {
    switch id.prefix(while: { $0 != "_" }) {
    case "hld": "A hold that was released, taken over or has lapsed is gone: take a new one."
    case "srs": "`seduta series list` shows those that exist."
    case "tpy": "`seduta therapies` shows those that exist."
    case "pin": "`seduta intents` shows those of an appointment or a benefit."
    case "pmt": "`seduta cards list` shows those of a client."
    case "ben": "`seduta benefits list` shows those of a client."
    case "pkg": "`seduta packages list` shows those that exist."
    case "pkl": "`seduta packages links` shows those of a client or a therapist."
    case "cli": "`seduta therapies` and `seduta appointments` show clients."
    case "apt": "`seduta appointments` shows those that exist; earlier ones with --from."
    default: "`seduta search` shows the ids of therapists, services and locations."
    }
  }

  /// Which command shows the version of a thing.
  private static func seeing(_ id: String) -> String {
    switch id.prefix(while: { $0 != "_" }) {
    case "apt": "See what happened with `seduta history \(id)`"
    case "srs": "See what it is now with `seduta series show \(id)`"
    case "pmt": "See what it is now with `seduta cards list`"
    case "ben": "See what it is now with `seduta benefits list`"
    case "pkg": "See what it is now with `seduta packages show \(id)`"
    case "pkl": "See what it is now with `seduta packages detail \(id)`"
    case "tpy": "See what it is now with `seduta therapy \(id)`"
    default: "See what it is now"
    }
  }

  private static func repeating(_ key: String?) -> String {
    guard let key else { return "Try again." }
    return "Repeat it with --idempotency-key \(key): then nothing is done twice."
  }
}

/// Every discrepancy with what it collides with, and what is free instead.
func conflictLines(_ conflicts: Seduta_Wire_V1_Conflicts, zone: TimeZone) -> [String] {
  var lines: [String] = []
  for discrepancy in conflicts.discrepancies {
    lines.append("  - \(discrepancy.message)\(discrepancy.overridden ? " (overridden)" : "")")
    for collision in discrepancy.collisions {
      let start = LocalTime(ms: collision.startMs, in: zone)
      let end = LocalTime(ms: collision.endMs, in: zone)
      let span = "\(start.dayAndStart) to \(end.timeOfDay)"
      guard collision.holdID.isEmpty else {
        let lapse = LocalTime(ms: collision.holdExpireMs, in: zone)
        lines.append(
          "      \(collision.resourceID) is held by \(collision.holdID), \(span), "
            + "until \(lapse.start) unless it is renewed")
        continue
      }
      lines.append("      \(collision.resourceID) has \(collision.appointmentID), \(span)")
    }
  }
  if !conflicts.alternativeStartMs.isEmpty {
    lines.append("Free instead:")
    lines += conflicts.alternativeStartMs.map { "  " + LocalTime(ms: $0, in: zone).dayAndStart }
  }
  return lines
}
