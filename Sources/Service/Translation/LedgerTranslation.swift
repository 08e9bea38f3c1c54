internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import SwiftProtobuf
internal import Wire

/// Whose accounts are looked at.
enum LedgerOwner: Sendable {
  case partner(PartnerID)
  case therapist(TherapistID)
  case client(ClientID)

  /// As their accounts name them.
  var text: String {
    switch self {
    case .partner(let id): id.text
    case .therapist(let id): id.text
    case .client(let id): id.text
    }
  }
}

/// What happened on someone's accounts, and when.
struct StatementQuery: Sendable {
  let owner: LedgerOwner
  let from: Instant
  /// Exclusive.
  let until: Instant
}

/// A page of what was written.
struct TransferQuery: Sendable {
  /// For this thing; nil is any.
  let subject: String?
  /// The number of the last one of the page before; 0 for the first page.
  let after: Int64
  let limit: Int
  let binding: [UInt8]
}

extension Translation {
  private static let statementMsMax: Int64 = 400 * 86_400_000

  func trialBalance(_ message: Seduta_V1_LedgerTrialBalanceRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let before =
      message.hasBeforeTime
      ? reader.instant(Instant(message.beforeTime).msSinceEpoch, "before_time") : nil
    return try reader.finish(.trialBalance(before: before))
  }

  func statement(
    _ message: Seduta_V1_LedgerStatementRequest, from caller: Caller
  ) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let owner = reader.owner(message.ownerID, "owner_id", or: caller.principal.partner)
    let from = reader.time(message.hasStartTime ? message.startTime : nil, "start_time")
    let until = reader.time(message.hasEndTime ? message.endTime : nil, "end_time")
    guard let owner, let from, let until else { throw Malformed(faults: reader.faults) }
    if until <= from {
      reader.fault("end_time", "expected later than start_time")
    } else if until.msSinceEpoch - from.msSinceEpoch > Translation.statementMsMax {
      reader.fault("end_time", "expected at most 400 days after start_time")
    }
    return .statement(
      try reader.finish(StatementQuery(owner: owner, from: from, until: until)))
  }

  func listTransfers(_ message: Seduta_V1_LedgerListTransfersRequest) throws -> StoreQuery {
    var reader = FieldReader(zones: zones)
    let subject = reader.filter(message.subjectID, "subject_id")
    let limit = reader.pageSize(message.pageSize, "page_size", standard: Translation.pageSize)
    var request = message
    request.pageToken = ""
    request.pageSize = 0
    let binding =
      try Array(Seduta_V1_LedgerListTransfersRequest.protoMessageName.utf8)
      + request.serializedBytes()
    let after = reader.cursor(message.pageToken, of: binding) { Int64($0) } ?? 0
    return .transfers(
      try reader.finish(
        TransferQuery(subject: subject, after: after, limit: limit, binding: binding)))
  }

  func recordPayout(
    _ message: Seduta_V1_LedgerRecordPayoutRequest, from caller: Caller
  ) throws -> Command {
    var reader = FieldReader(zones: zones)
    let therapist: TherapistID? = reader.id(message.therapistID, "therapist_id")
    if !message.hasAmount { reader.fault("amount", "expected an amount of money; it is required") }
    let amount = message.hasAmount ? reader.amount(message.amount, "amount") : nil
    let method = reader.text(message.method, "method", length: 1...64)
    let note = reader.text(message.note, "note", length: 0...1_000)
    guard let therapist, let amount, let method, let note else {
      throw Malformed(faults: reader.faults)
    }
    let wish = PayoutWish(therapist: therapist, amount: amount, method: method, note: note)
    return try reader.finish(
      command(.recordPayout(wish), from: caller, validateOnly: message.validateOnly))
  }
}

extension FieldReader {
  /// Empty is the partner.
  fileprivate mutating func owner(
    _ text: String, _ field: String, or partner: PartnerID
  ) -> LedgerOwner? {
    if text.isEmpty { return .partner(partner) }
    if let id = TherapistID(text) { return .therapist(id) }
    if let id = ClientID(text) { return .client(id) }
    if let id = PartnerID(text) { return .partner(id) }
    fault(field, "expected an id that begins with \"thr_\", \"cli_\" or \"par_\", or nothing")
    return nil
  }

  /// Nil is a fault.
  fileprivate mutating func time(_ value: Google_Protobuf_Timestamp?, _ field: String) -> Instant? {
    guard let value else {
      fault(field, "expected a time; it is required")
      return nil
    }
    return instant(Instant(value).msSinceEpoch, field)
  }
}

extension Account {
  fileprivate var message: Seduta_V1_LedgerAccount {
    var message = Seduta_V1_LedgerAccount()
    message.kind = kind.rawValue
    message.ownerID = owner
    return message
  }
}

extension TrialBalance {
  var message: Seduta_V1_LedgerTrialBalanceResponse {
    var message = Seduta_V1_LedgerTrialBalanceResponse()
    message.lines = lines.map { line in
      var message = Seduta_V1_TrialBalanceLine()
      message.account = line.account.message
      message.currency = line.currency.code
      message.debit = line.turnover.debits
      message.credit = line.turnover.credits
      message.balance = line.turnover.balance
      return message
    }
    message.totals = totals.map { total in
      var message = Seduta_V1_TrialBalanceTotal()
      message.currency = total.currency.code
      message.debit = total.turnover.debits
      message.credit = total.turnover.credits
      return message
    }
    return message
  }
}

extension Statement {
  var message: Seduta_V1_LedgerStatementResponse {
    var message = Seduta_V1_LedgerStatementResponse()
    message.sections = sections.map(\.message)
    return message
  }
}

extension Statement.Section {
  fileprivate var message: Seduta_V1_StatementSection {
    var message = Seduta_V1_StatementSection()
    message.currency = currency.code
    message.opening = opening
    message.lines = lines.map(\.message)
    message.closing = closing
    return message
  }
}

extension Statement.Line {
  fileprivate var message: Seduta_V1_StatementLine {
    var message = Seduta_V1_StatementLine()
    message.time = Instant(msSinceEpoch: atMs).timestamp
    message.kind = kind.rawValue
    message.subjectID = subject
    message.note = note
    message.account = account.message
    message.amount = amount
    message.balance = balance
    return message
  }
}

extension LedgerEntry {
  /// - Parameter number: the partner's own.
  func message(_ number: Int64) -> Seduta_V1_Transfer {
    var message = Seduta_V1_Transfer()
    message.number = number
    message.time = Instant(msSinceEpoch: atMs).timestamp
    message.kind = transfer.kind.rawValue
    message.subjectID = transfer.subject
    message.note = transfer.note
    message.postings = transfer.postings.map { posting in
      var message = Seduta_V1_Posting()
      message.account = posting.account.message
      message.amount = posting.amount.message
      return message
    }
    return message
  }
}
