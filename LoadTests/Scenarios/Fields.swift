public import Foundation

/// Reads the fields of a JSON object, each once. What is missing, of another kind, out of range or not
/// known at all is an error that names the field by its path.
public struct Fields {
  private let path: String
  private let values: [String: JSONValue]
  private var read: Set<String> = []

  /// The object that a file holds.
  ///
  /// - Parameter name: How errors name the file.
  public init(file data: Data, named name: String) throws(Malformed) {
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: data)
    } catch {
      throw Malformed("\(name): not JSON")
    }
    try self.init(value, path: "\(name):")
  }

  /// The object that a value is.
  public init(_ value: JSONValue, path: String) throws(Malformed) {
    guard case .object(let values) = value else {
      throw Malformed("\(path): expected an object, got \(value.shown)")
    }
    self.path = path
    self.values = values
  }

  /// Calls out a field that nobody asked for. To be called when all were read.
  public func end() throws(Malformed) {
    if let unknown = values.keys.filter({ !read.contains($0) }).sorted().first {
      throw Malformed("\(named(unknown)): no such field")
    }
  }

  public mutating func text(_ field: String) throws(Malformed) -> String {
    guard let text = try optionalText(field) else { throw missing(field, "a text") }
    return text
  }

  public mutating func optionalText(_ field: String) throws(Malformed) -> String? {
    switch take(field) {
    case nil: return nil
    case .text(let text)? where !text.isEmpty: return text
    case let value?: throw wrong(field, "a text that is not empty", value)
    }
  }

  public mutating func number(
    _ field: String, in range: ClosedRange<Double>
  ) throws(Malformed) -> Double {
    guard let number = try optionalNumber(field, in: range) else {
      throw missing(field, "a number")
    }
    return number
  }

  public mutating func optionalNumber(
    _ field: String, in range: ClosedRange<Double>
  ) throws(Malformed) -> Double? {
    switch take(field) {
    case nil: return nil
    case .number(let number)? where range.contains(number): return number
    case let value?:
      throw wrong(
        field, "a number from \(shown(range.lowerBound)) to \(shown(range.upperBound))", value)
    }
  }

  public mutating func count(_ field: String, in range: ClosedRange<Int>) throws(Malformed) -> Int {
    guard let count = try optionalCount(field, in: range) else {
      throw missing(field, "a whole number")
    }
    return count
  }

  public mutating func optionalCount(
    _ field: String, in range: ClosedRange<Int>
  ) throws(Malformed) -> Int? {
    guard let value = take(field) else { return nil }
    if case .number(let number) = value, let count = Int(exactly: number), range.contains(count) {
      return count
    }
    throw wrong(field, "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
  }

  public mutating func object(_ field: String) throws(Malformed) -> Fields {
    guard let object = try optionalObject(field) else { throw missing(field, "an object") }
    return object
  }

  public mutating func optionalObject(_ field: String) throws(Malformed) -> Fields? {
    guard let value = take(field) else { return nil }
    return try Fields(value, path: named(field))
  }

  public mutating func objects(_ field: String) throws(Malformed) -> [Fields] {
    guard let value = take(field) else { throw missing(field, "an array") }
    guard case .array(let elements) = value else { throw wrong(field, "an array", value) }
    var objects: [Fields] = []
    for (place, element) in elements.enumerated() {
      objects.append(try Fields(element, path: "\(named(field))[\(place)]"))
    }
    return objects
  }

  /// An error about a field that only the caller could find.
  public func wrong(_ field: String, _ reason: String) -> Malformed {
    Malformed("\(named(field)): \(reason)")
  }

  private mutating func take(_ field: String) -> JSONValue? {
    read.insert(field)
    return values[field]
  }

  private func named(_ field: String) -> String {
    path.hasSuffix(":") ? "\(path) \(field)" : "\(path).\(field)"
  }

  private func missing(_ field: String, _ expected: String) -> Malformed {
    Malformed("\(named(field)): missing, expected \(expected)")
  }

  private func wrong(_ field: String, _ expected: String, _ value: JSONValue) -> Malformed {
    Malformed("\(named(field)): expected \(expected), got \(value.shown)")
  }

  private func shown(_ number: Double) -> String { JSONValue.number(number).shown }
}
