internal import Booking

/// The sandbox's cards: a token says what its card will do. Each works saved, too.
public enum SandboxCard: String, CaseIterable, Sendable {
  /// Pays.
  case ok = "tok_ok"
  /// "card_declined".
  case declined = "tok_declined"
  /// "insufficient_funds".
  case insufficientFunds = "tok_insufficient_funds"
  /// The client has to confirm at their bank, also to save it. Then it pays: by itself, or when it is confirmed once
  /// more on session. Off session it always waits for the client.
  case needsConfirmation = "tok_needs_confirmation"
  /// Pays, but no answer says so; nothing more is told of it for 2 minutes.
  case hangs = "tok_hangs"
  /// The same for 15 minutes.
  case hangsForLong = "tok_hangs_for_long"
  /// No answer for 2 minutes; then it turns out to be "card_declined".
  case hangsThenDeclines = "tok_hangs_then_declines"
  /// No answer, and the gateway does not know the intent any more. Nothing was paid.
  case forgets = "tok_forgets"
  /// Pays; the event is told twice, once before the call's own answer.
  case answersTwice = "tok_answers_twice"
  /// Pays; the client disputes it 1 h later, and it stays open.
  case disputedLater = "tok_disputed_later"
  /// The same, and after another hour the dispute is won: the money comes back.
  case disputeWon = "tok_dispute_won"
  /// The same, and after another hour the dispute is lost.
  case disputeLost = "tok_dispute_lost"
  /// As `disputeLost`, but both are told when it is decided, the decision first.
  case outOfOrder = "tok_out_of_order"
  /// Pays; a refund is pending for 10 minutes, then succeeds.
  case refundPending = "tok_refund_pending"
  /// Pays; a refund is pending for 10 minutes, then fails: "expired_or_canceled_card".
  case refundFails = "tok_refund_fails"
  /// Pays; a refund is made, but its answer is lost.
  case refundHangs = "tok_refund_hangs"
  /// Cannot be saved: "card_declined". Pays nothing either.
  case cannotBeSaved = "tok_cannot_be_saved"

  static let hangMs: Int64 = 2 * 60_000
  static let longHangMs: Int64 = 15 * 60_000
  static let disputedAfterMs: Int64 = 60 * 60_000
  static let decidedAfterMs: Int64 = 2 * 60 * 60_000
  static let refundPendingMs: Int64 = 10 * 60_000

  /// Nil unless the token is a card's, or a saved card's.
  init?(token: String) {
    self.init(rawValue: String(token.prefix { $0 != SandboxCard.separator }))
  }

  /// The token under which the card is saved.
  func token(savedAs method: String) -> String {
    rawValue + String(SandboxCard.separator) + method
  }

  private static let separator: Character = "."

  /// Why it pays nothing; nil where it pays.
  var refusal: String? {
    switch self {
    case .declined, .hangsThenDeclines, .cannotBeSaved: "card_declined"
    case .insufficientFunds: "insufficient_funds"
    case .ok, .needsConfirmation, .hangs, .hangsForLong, .forgets, .answersTwice, .disputedLater,
      .disputeWon, .disputeLost, .outOfOrder, .refundPending, .refundFails, .refundHangs:
      nil
    }
  }

  /// How long nothing is told of an attempt; 0 where the answer comes at once.
  var silenceMs: Int64 {
    switch self {
    case .hangs, .hangsThenDeclines: SandboxCard.hangMs
    case .hangsForLong: SandboxCard.longHangMs
    case .ok, .declined, .insufficientFunds, .needsConfirmation, .forgets, .answersTwice,
      .disputedLater, .disputeWon, .disputeLost, .outOfOrder, .refundPending, .refundFails,
      .refundHangs, .cannotBeSaved:
      0
    }
  }

  /// What becomes of the client's complaint; nil where there is none.
  var dispute: DisputeState? {
    switch self {
    case .disputedLater: .open
    case .disputeWon: .won
    case .disputeLost, .outOfOrder: .lost
    case .ok, .declined, .insufficientFunds, .needsConfirmation, .hangs, .hangsForLong,
      .hangsThenDeclines, .forgets, .answersTwice, .refundPending, .refundFails, .refundHangs,
      .cannotBeSaved:
      nil
    }
  }

  /// How a refund ends, and how long it is pending.
  var refund: (outcome: MovementState, pendingMs: Int64) {
    switch self {
    case .refundPending: (.succeeded, SandboxCard.refundPendingMs)
    case .refundFails: (.failed, SandboxCard.refundPendingMs)
    case .ok, .declined, .insufficientFunds, .needsConfirmation, .hangs, .hangsForLong,
      .hangsThenDeclines, .forgets, .answersTwice, .disputedLater, .disputeWon, .disputeLost,
      .outOfOrder, .refundHangs, .cannotBeSaved:
      (.succeeded, 0)
    }
  }

  /// A person knows it by them. The digits of Stripe's test cards, where there is a like one.
  var lastDigits: String {
    switch self {
    case .declined, .hangsThenDeclines: "0341"
    case .insufficientFunds: "9995"
    case .needsConfirmation: "3184"
    case .cannotBeSaved: "0002"
    case .disputedLater, .disputeWon, .disputeLost, .outOfOrder: "0259"
    case .refundPending: "7726"
    case .refundFails, .refundHangs: "5126"
    case .ok, .hangs, .hangsForLong, .forgets, .answersTwice: "4242"
    }
  }
}
