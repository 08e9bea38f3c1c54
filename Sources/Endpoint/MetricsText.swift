/// Writes metrics in Prometheus' text exposition format, version 0.0.4.
///
/// Names and labels come from code, never from outside: a wrong one is a bug and ends the process.
public struct MetricsText: Hashable, Sendable {
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  public struct Sample: Hashable, Sendable {
    let labels: [Label]
    let value: Double

    /// - Parameter labels: names with their values, which may be any text.
    public init(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
      self.labels = labels.map { Label(name: $0.key, value: $0.value) }
      self.value = value
    }

    public init(_ value: some BinaryInteger, _ labels: KeyValuePairs<String, String> = [:]) {
      self.init(Double(value), labels)
    }
  }

  struct Label: Hashable, Sendable {
    let name: String
    let value: String
  }

  public private(set) var text = ""
  private var names: Set<String> = []

  public init() {}

  /// What only grows, until the process starts anew. By custom the name ends in `_total`.
  public mutating func counter(_ name: String, help: String, _ samples: [Sample]) {
    precondition(samples.allSatisfy { $0.value >= 0 }, "counter \(name) is negative")
    write(name, kind: "counter", help: help, samples)
  }

  /// What goes up and down.
  public mutating func gauge(_ name: String, help: String, _ samples: [Sample]) {
    write(name, kind: "gauge", help: help, samples)
  }

  private mutating func write(_ name: String, kind: String, help: String, _ samples: [Sample]) {
    precondition(Self.isName(name, colons: true), "'\(name)' is no name of a metric")
    // All samples of a metric stand together.
    precondition(names.insert(name).inserted, "the metric \(name) is written twice")
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind)\n"
    for sample in samples {
      text += name
      if !sample.labels.isEmpty {
        text += "{\(sample.labels.map(Self.written).joined(separator: ","))}"
      }
      text += " \(Self.written(sample.value))\n"
    }
  }

  private static func written(_ label: Label) -> String {
    precondition(isName(label.name, colons: false), "'\(label.name)' is no name of a label")
    return "\(label.name)=\"\(escaped(label.value, quotes: true))\""
  }

  private static func written(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    // By scalar: CR and LF are one character, of which the LF has to be found.
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += #"\\"#
      case "\n": escaped += #"\n"#
      case "\"" where quotes: escaped += #"\""#
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isName(_ text: String, colons: Bool) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      case UInt8(ascii: ":"): colons
      default: false
      }
    }
  }
}
