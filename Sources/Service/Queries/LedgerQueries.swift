internal import Accounting
internal import Availability
internal import Booking
internal import Intervals
internal import Storage
internal import SwiftProtobuf
internal import Wire

/// What the books say (P-9).
extension StoreQueries {
  func trialBalance(
    before instant: Instant?, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let found = try snapshot.balances(of: partner, before: instant).trialBalance
    return try whole(found.message, else: "The books have more accounts than fit a reply.")
  }

  private static let statementLinesMax = 50_000

  func statement(
    _ asked: StatementQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    try require(asked.owner, of: partner, reading: snapshot)
    let most = StoreQueries.statementLinesMax
    guard
      let statement = try snapshot.statement(
        of: asked.owner.text, partner, from: asked.from, until: asked.until, linesMax: most)
    else {
      return .refusal(
        .replyTooLong("The statement has more than \(most) lines: ask for less time."))
    }
    return try whole(
      statement.message, else: "The statement does not fit a reply: ask for less time.")
  }

  /// - Throws: `UnknownID` where there is no such owner among the partner's.
  private func require(
    _ owner: LedgerOwner, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws {
    let isKnown =
      switch owner {
      case .partner(let id): id == partner
      case .therapist(let id): try snapshot.therapist(id)?.owner == partner
      case .client(let id): try snapshot.client(id)?.owner == partner
      }
    guard isKnown else { throw UnknownID(id: owner.text, field: "owner_id") }
  }

  func transfers(
    _ asked: TransferQuery, of partner: PartnerID, reading snapshot: StoreSnapshot
  ) throws -> Seduta_Wire_V1_Reply {
    let found = try snapshot.transfers(
      of: partner, about: asked.subject, after: asked.after, limit: asked.limit + 1)
    var response = Seduta_V1_LedgerListTransfersResponse()
    response.transfers = try fitting(
      found.prefix(asked.limit).map { $0.entry.message($0.number) })
    let count = response.transfers.count
    if found.count > count, let last = found.prefix(count).last {
      response.nextPageToken = PageToken.text(cursor: "\(last.number)", query: asked.binding)
    }
    return try Seduta_Wire_V1_Reply(response)
  }

  /// An answer that is told as a whole or not at all: a part of it would not add up.
  private func whole(
    _ message: some Message, else refusal: String
  ) throws -> Seduta_Wire_V1_Reply {
    let reply = try Seduta_Wire_V1_Reply(message)
    return reply.message.count > replyBytesMax ? .refusal(.replyTooLong(refusal)) : reply
  }
}
