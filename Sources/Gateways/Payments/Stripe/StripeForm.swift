/// Fields as Stripe takes them: `application/x-www-form-urlencoded`, nested ones with brackets in their names.
package struct StripeForm: Sendable {
  package private(set) var fields: [(name: String, value: String)] = []

  package init() {}

  /// Adds a field; an empty value is left out, since to Stripe it would mean to unset.
  package mutating func add(_ name: String, _ value: String) {
    if !value.isEmpty { fields.append((name, value)) }
  }

  package var encoded: String {
    fields.map { "\(StripeForm.escaped($0.name))=\(StripeForm.escaped($0.value))" }
      .joined(separator: "&")
  }

  /// Percent-encodes all but RFC 3986's unreserved characters.
  package static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { escaped, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        escaped.append(Character(UnicodeScalar(byte)))
      default: escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
