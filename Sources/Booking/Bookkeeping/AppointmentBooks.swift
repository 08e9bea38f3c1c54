internal import Accounting
internal import Availability

/// An appointment's place in the books: what is kept of what was paid for it, and what it has earned.
///
/// Its client owes what was earned and is not paid (CLIENT), or is owed what is kept and not earned
/// (DEFERRED_REVENUE): never both.
struct AppointmentBooks {
  /// As the change leaves it; whose it is does not change while there is money.
  var last: Appointment
  private(set) var kept: Int64
  private(set) var earned: Earnings

  /// - Parameter old: as it was before the change; nil where it came to be in it.
  init(_ appointment: Appointment, from old: Appointment?) {
    last = appointment
    kept = old?.kept ?? 0
    earned = old.map(Earnings.init) ?? .nothing
  }

  var client: ClientID {
    guard let client = last.client else {
      preconditionFailure("\(last.id.text): an appointment with money has a client")
    }
    return client
  }

  /// Who takes its money by hand: on site the therapist, else the partner.
  func hand(of partner: PartnerID) -> Account {
    switch last.plan {
    case .onSite: .hand(last.therapist)
    case .captureBefore, .prepaid, .package, .free: .hand(partner)
    }
  }

  /// So much more is kept.
  /// - Returns: what that is to the client.
  mutating func keep(_ amount: Int64) -> [Posting?] {
    let before = open
    kept += amount
    return clientPostings(from: before)
  }

  /// What was earned is taken back whole before anything else is earned, so that each entry can be read by itself.
  mutating func earn(
    _ new: Earnings, _ partner: PartnerID
  ) -> [(kind: TransferKind, postings: [Posting?])] {
    guard new != earned else { return [] }
    var steps: [(kind: TransferKind, postings: [Posting?])] = []
    if earned != .nothing { steps.append((.recognitionReversed, turn(to: .nothing, partner))) }
    switch new {
    case .nothing: break
    case .posted: steps.append((.procedurePosted, turn(to: new, partner)))
    case .session(let price, commission: _):
      steps.append((.sessionRecognised, turn(to: .session(price, commission: 0), partner)))
      steps.append((.commission, turn(to: new, partner)))
    case .penalty: steps.append((.penalty, turn(to: new, partner)))
    }
    return steps
  }

  private mutating func turn(to new: Earnings, _ partner: PartnerID) -> [Posting?] {
    let (before, old) = (open, earned)
    earned = new
    return clientPostings(from: before) + postings(of: new, -1, partner)
      + postings(of: old, 1, partner)
  }

  /// What was earned, less what is kept for it.
  private var open: Int64 { earned.amount - kept }

  private func clientPostings(from before: Int64) -> [Posting?] {
    [
      Posting(.client(client), last.money(max(0, open) - max(0, before))),
      Posting(.deferredRevenue(client), last.money(max(0, -before) - max(0, -open))),
    ]
  }

  /// - Parameter sign: -1 is a credit.
  private func postings(
    of earnings: Earnings, _ sign: Int64, _ partner: PartnerID
  ) -> [Posting?] {
    switch earnings {
    case .nothing: []
    case .posted(let price): [Posting(.deferredRevenue(client), last.money(sign * price))]
    case .session(let price, let commission):
      [
        Posting(.therapist(last.therapist), last.money(sign * (price - commission))),
        Posting(.partner(partner), last.money(sign * commission)),
      ]
    case .penalty(let fee): [Posting(.penalties(last.therapist), last.money(sign * fee))]
    }
  }
}
