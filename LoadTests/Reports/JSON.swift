public import Foundation

extension RunReport {
  /// The report as JSON, keys in snake_case.
  public func json() throws -> Data { try encoded(self, passed: hasPassed) }
}

extension CheckReport {
  /// The report as JSON, keys in snake_case.
  public func json() throws -> Data { try encoded(self, passed: hasPassed) }
}

/// A report with its verdict, so that a program need not judge the checks itself.
private struct Judged<Report: Encodable>: Encodable {
  let report: Report
  let passed: Bool

  private enum Key: CodingKey { case passed }

  func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(passed, forKey: .passed)
  }
}

private func encoded(_ report: some Encodable, passed: Bool) throws -> Data {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return try encoder.encode(Judged(report: report, passed: passed)) + Data("\n".utf8)
}
