/// All that a card says by itself, in one language.
struct CardWording: Sendable {
  let title: String
  let sessions: CountedNoun

  // The details.
  let client: String
  let phone: String
  let insurer: String
  let authorisation: String
  let validFrom: String
  let validUntil: String
  let withoutEnd: String
  let renewal: String
  let renewsAutomatically: String
  let renewsOnRequest: String
  let price: String
  let perSession: String
  /// The price of the whole package.
  let inTotal: @Sendable (_ money: String) -> String

  let balance: Balance
  let columns: Columns
  let statuses: Statuses
  let noSessions: String
  let notes: String

  // The foot of a page.
  let asOf: @Sendable (_ day: String) -> String
  let zone: String
  let page: @Sendable (_ number: Int, _ count: Int) -> String

  /// Kinds of a package's sessions: they agree with the noun, in the plural.
  struct Balance: Sendable {
    let total: String
    let available: String
    let reserved: String
    let attended: String
    let expired: String
    let returned: String
  }

  struct Columns: Sendable {
    let number: String
    let date: String
    let time: String
    let session: String
    let status: String
    let price: String
  }

  /// What became of one session: they agree with the noun.
  struct Statuses: Sendable {
    let requested: String
    let scheduled: String
    let inProgress: String
    let completed: String
    let attended: String
    let noShow: String
    let cancelled: String
    let declined: String
    let expired: String
    let released: String
  }

  func text(of status: SessionCard.Status) -> String {
    switch status {
    case .requested: statuses.requested
    case .scheduled: statuses.scheduled
    case .inProgress: statuses.inProgress
    case .completed: statuses.completed
    case .attended: statuses.attended
    case .noShow: statuses.noShow
    case .cancelled: statuses.cancelled
    case .declined: statuses.declined
    case .expired: statuses.expired
    case .released: statuses.released
    case .custom(let name): name
    }
  }
}
