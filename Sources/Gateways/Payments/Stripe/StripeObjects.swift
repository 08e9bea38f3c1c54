internal import Foundation

// Stripe's objects, as far as they are read.

/// What Stripe gives as an id, or whole where it was asked to.
enum StripeExpandable<Object: Decodable & Sendable>: Decodable, Sendable {
  case id(String)
  case whole(Object)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let id = try? container.decode(String.self) {
      self = .id(id)
    } else {
      self = .whole(try container.decode(Object.self))
    }
  }

  var whole: Object? {
    switch self {
    case .id: nil
    case .whole(let object): object
    }
  }
}

struct StripeIntent: Decodable, Sendable {
  let id: String
  let status: String
  let amount: Int64
  let amountReceived: Int64?
  let clientSecret: String?
  let latestCharge: StripeExpandable<StripeCharge>?
  let lastPaymentError: StripeError?
  let nextAction: StripeNextAction?
  let paymentMethod: StripeExpandable<StripeMethod>?
  let metadata: [String: String]?
}

struct StripeCharge: Decodable, Sendable {
  let id: String
  let amount: Int64
  let balanceTransaction: StripeExpandable<StripeBalanceTransaction>?
}

struct StripeBalanceTransaction: Decodable, Sendable {
  /// Of the account's currency, which need not be the charge's; so is the fee.
  let amount: Int64
  let fee: Int64
}

struct StripeNextAction: Decodable, Sendable {
  struct Redirect: Decodable, Sendable {
    let url: String?
  }

  let redirectToUrl: Redirect?
}

struct StripeRefund: Decodable, Sendable {
  let id: String
  let status: String?
  let failureReason: String?
  let metadata: [String: String]?
}

struct StripeRefunds: Decodable, Sendable {
  let data: [StripeRefund]
  let hasMore: Bool?
}

struct StripeCustomer: Decodable, Sendable {
  let id: String
}

struct StripeSetUp: Decodable, Sendable {
  let id: String
  let status: String
  let customer: String?
  let clientSecret: String?
  let paymentMethod: StripeExpandable<StripeMethod>?
  let nextAction: StripeNextAction?
  let lastSetupError: StripeError?
  let metadata: [String: String]?
}

struct StripeMethod: Decodable, Sendable {
  struct Card: Decodable, Sendable {
    let brand: String?
    let last4: String?
    let expMonth: Int32?
    let expYear: Int32?
  }

  let id: String
  let customer: String?
  let card: Card?
}

struct StripeError: Decodable, Sendable {
  let type: String?
  let code: String?
  let declineCode: String?
  let param: String?
  let paymentIntent: StripeBox<StripeIntent>?
  let setupIntent: StripeBox<StripeSetUp>?

  /// Why it failed, in the narrowest word that says something.
  var failure: String {
    if let declineCode, !StripeError.vagueDeclines.contains(declineCode) { return declineCode }
    return code ?? type ?? "unknown"
  }

  private static let vagueDeclines: Set<String> = ["generic_decline", "do_not_honor"]
}

/// An intent inside an error inside an intent: a class, since a value cannot hold itself.
final class StripeBox<Object: Decodable & Sendable>: Decodable, Sendable {
  let object: Object

  init(from decoder: any Decoder) throws {
    object = try Object(from: decoder)
  }
}

struct StripeErrorReply: Decodable, Sendable {
  let error: StripeError
}

enum StripeJSON {
  static func decode<Object: Decodable>(_ type: Object.Type, from body: [UInt8]) -> Object? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(type, from: Data(body))
  }
}
