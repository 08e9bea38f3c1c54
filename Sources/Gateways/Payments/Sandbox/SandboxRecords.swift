internal import Booking

// What the sandbox keeps, as it stands in its file. Ids are texts, times milliseconds since the epoch, amounts minor
// units.

/// An intent, with all that was tried and taken.
struct SandboxIntent: Codable, Sendable {
  let reference: String
  let intent: String
  var amount: Int64
  let currency: String
  let customer: String
  var attempts: [SandboxAttempt] = []
  /// How often the client's own browser tried.
  var browserAttemptCount: Int32 = 0
  var capture: SandboxCapture?
  /// The card that waits for the client's confirmation; empty where none does.
  var waitingToken = ""
  var failure = ""
  var isCanceled = false
  var isForgotten = false
  /// Nothing is told of it until then.
  var silentUntilMs: Int64 = 0

  var isOpen: Bool { capture == nil && !isCanceled }
}

struct SandboxAttempt: Codable, Sendable {
  let number: Int32
  let token: String
}

struct SandboxCapture: Codable, Sendable {
  let amount: Int64
  let fee: Int64
  let atMs: Int64
  let token: String
}

struct SandboxRefund: Codable, Sendable {
  let reference: String
  let refund: String
  let intentReference: String
  let amount: Int64
  let currency: String
  let reason: String
  let atMs: Int64
  /// When it is no longer pending.
  let settlesAtMs: Int64
  let succeeds: Bool

  func state(atMs now: Int64) -> MovementState {
    if now < settlesAtMs { return .pending }
    return succeeds ? .succeeded : .failed
  }
}

/// The saving of a payment method.
struct SandboxSaving: Codable, Sendable {
  enum State: String, Codable {
    case pending, requiresAction, active, failed, detached
  }

  let reference: String
  let method: String
  let customer: String
  /// The saved card's token; empty until the client has chosen one.
  var token: String
  var state: State
  var isForgotten = false
  var silentUntilMs: Int64 = 0
}

/// News that is still to be told.
struct SandboxEvent: Codable, Sendable {
  enum Kind: String, Codable {
    /// Its subject is an intent's reference, as it is with the two of disputes.
    case intentChanged
    case disputeOpened
    case disputeDecided
    /// Its subject is a refund's id.
    case refundChanged
    /// Its subject is a method's id.
    case methodChanged
  }

  let id: String
  let kind: Kind
  let subject: String
  let dueMs: Int64
  /// How often it is still to be told.
  var copies = 1
}

/// One line of the sandbox's file: what one call, or telling news, changed. A later record replaces an earlier one.
struct SandboxEntry: Codable, Sendable {
  var intent: SandboxIntent?
  var refund: SandboxRefund?
  var saving: SandboxSaving?
  var events: [SandboxEvent]?
  /// Ids of events that were told.
  var told: [String]?

  var isEmpty: Bool {
    intent == nil && refund == nil && saving == nil && events == nil && told == nil
  }
}

/// Sums of a currency, in minor units.
package struct SandboxTotals: Hashable, Sendable {
  package internal(set) var captured: Int64 = 0
  /// Given back, pending ones too; without those that failed.
  package internal(set) var refunded: Int64 = 0
  package internal(set) var fees: Int64 = 0
  /// Held or taken back by clients' banks.
  package internal(set) var disputed: Int64 = 0
}

/// One taking of money.
package struct SandboxTaking: Hashable, Sendable {
  package let reference: String
  package let captured: Int64
  package let fee: Int64
  package let refunded: Int64
  package let disputed: Int64
}
