internal import Foundation

/// A JSON document as it was written.
public enum JSONValue: Decodable, Equatable, Sendable {
  case object([String: JSONValue])
  case array([JSONValue])
  case text(String)
  case number(Double)
  case truth(Bool)
  case null

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// How an error names what was found instead.
  var shown: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .text(let text): "\"\(text)\""
    case .number(let number): number == number.rounded() ? "\(Int64(number))" : "\(number)"
    case .truth(let truth): "\(truth)"
    case .null: "null"
    }
  }
}

/// A file that is not what it has to be; says which field, and what was expected there.
public struct Malformed: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
