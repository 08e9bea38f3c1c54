internal import Mustache

/// HTML with every reserved character escaped. Mustache's own escapes whole characters, and overlooks a quote
/// that has a combining mark on it, though a browser does not.
private struct ScalarwiseHTML: MustacheContentType {
  static let name = "HTML_BY_SCALARS"

  func escapeText(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}

/// How values are put into a template.
enum Escaping {
  case text, html

  private static let registered: Void = MustacheContentTypes.register(
    ScalarwiseHTML(), named: ScalarwiseHTML.name)

  func rendered(_ source: String, with values: [String: Any]) throws -> String {
    let contentType: String
    switch self {
    case .text: contentType = "TEXT"
    case .html:
      _ = Escaping.registered
      contentType = ScalarwiseHTML.name
    }
    let template: MustacheTemplate
    do {
      template = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(contentType)}}\n" + source)
    } catch {
      throw LetterError.template(String(describing: error))
    }
    return template.render(values)
  }
}
