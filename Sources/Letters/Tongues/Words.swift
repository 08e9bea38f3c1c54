/// What letters of a language have in common. Names in braces are filled in; see `TimeFormat`.
struct Words {
  /// Mustache: with and without the reader's name.
  let greeting: String
  let farewell: String

  let range: String
  let moment: String
  let shortMoment: String
  let nextDay: String
  let zone: String
  let online: String
  let balance: String

  let labels: Labels
  let actions: Actions

  /// What stands before each line of the list.
  struct Labels {
    let when: String
    let dates: String
    let previously: String
    let place: String
    let therapist: String
    let client: String
    let service: String
    let price: String
    let amount: String
    let payBy: String
    let fee: String
    let refund: String
    /// Why something was done.
    let reason: String
    /// What someone wrote along with a request.
    let message: String
    let alternatives: String
    let package: String
    let available: String
    let validUntil: String
  }

  /// What following a link does.
  struct Actions {
    let join: String
    let pay: String
    let cancel: String
  }
}
