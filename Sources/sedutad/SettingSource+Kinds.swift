internal import Foundation

extension SettingSource {
  /// - Parameter other: the setting that makes this one necessary.
  func required(_ name: String, with other: String) throws -> String {
    guard let text = text(name), !text.isEmpty else {
      throw Failure("\(flagName(name)): expected a value, since \(flagName(other)) is set")
    }
    return text
  }

  /// A base URL without a slash at its end, or nil where it is not set.
  func webAddress(_ name: String) throws -> String? {
    guard let text = text(name) else { return nil }
    guard let url = URL(string: text), let scheme = url.scheme,
      ["https", "http"].contains(scheme), let host = url.host(), !host.isEmpty, url.query == nil,
      url.fragment == nil
    else {
      throw Failure(
        "\(flagName(name)): expected an address that begins with https:// or http://, got \"\(text)\""
      )
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// From the environment (or the file of settings), or from a file of its own.
  /// - Parameter prefixes: one of which it begins with; empty where any text will do.
  func secret(
    _ name: String, orFile fileSetting: String, prefixes: [String] = []
  ) throws -> String {
    let variable = "SEDUTA_" + flagName(name).uppercased().replacing("-", with: "_")
    var secret = secret(name)
    if let path = text(fileSetting) {
      guard secret == nil else {
        throw Failure("\(flagName(fileSetting)): expected this or \(variable), got both")
      }
      do {
        secret = try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw Failure(
          "\(flagName(fileSetting)): \(path) cannot be read: \(error.localizedDescription)")
      }
    }
    let text = (secret ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    // What it was is not said: this goes to a log.
    let isRight = prefixes.isEmpty ? !text.isEmpty : prefixes.contains { text.hasPrefix($0) }
    guard isRight else {
      let expected =
        prefixes.isEmpty ? "a secret" : "what begins with \(prefixes.joined(separator: " or "))"
      throw Failure(
        "\(flagName(name)): expected \(expected), in \(variable) or in the file that "
          + "\(flagName(fileSetting)) names")
    }
    return text
  }
}
