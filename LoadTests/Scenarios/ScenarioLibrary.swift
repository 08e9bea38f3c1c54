public import Foundation

/// The scenarios that the harness carries with it.
public enum ScenarioLibrary {
  private static let files: [(name: String, bytes: [UInt8])] = [
    ("q1", PackageResources.q1_json),
    ("q1-single", PackageResources.q1_single_json),
    ("q1-beside-bookings", PackageResources.q1_beside_bookings_json),
    ("q2", PackageResources.q2_json),
    ("q4", PackageResources.q4_json),
    ("q4-single", PackageResources.q4_single_json),
    ("q5", PackageResources.q5_json),
    ("mix", PackageResources.mix_json),
    ("knee", PackageResources.knee_json),
    ("churn", PackageResources.churn_json),
    ("slow-readers", PackageResources.slow_readers_json),
  ]

  /// Their names.
  public static let names = files.map(\.name)

  /// A scenario by name, as it is written; nil when there is none.
  public static func file(named name: String) -> Data? {
    files.first { $0.name == name }.map { Data($0.bytes) }
  }

  /// A scenario by name, or by the path of a file.
  public static func scenario(_ nameOrPath: String) throws(Malformed) -> Scenario {
    if let data = file(named: nameOrPath) { return try Scenario(file: data, named: nameOrPath) }
    let url = URL(fileURLWithPath: nameOrPath)
    guard let data = try? Data(contentsOf: url) else {
      throw Malformed(
        "\(nameOrPath): neither a file that can be read nor one of \(names.joined(separator: ", "))"
      )
    }
    return try Scenario(file: data, named: url.deletingPathExtension().lastPathComponent)
  }
}
