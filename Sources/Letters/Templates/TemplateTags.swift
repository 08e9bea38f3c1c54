/// What stands in double braces in a template, read before Mustache reads it: partners are given variables and
/// sections, and nothing else that Mustache can do.
struct TemplateTags {
  enum Tag: Equatable {
    case variable(String)
    case open(String)
    case openInverted(String)
    case close(String)
    case comment
    /// Partials, lambdas' transforms, unescaped values, other delimiters, pragmas: with its text.
    case other(String)
  }

  let tags: [Tag]

  /// Nil where a tag is not closed.
  init?(_ source: String) {
    var tags: [Tag] = []
    var rest = source.unicodeScalars[...]
    while let open = TemplateTags.index(of: "{{", in: rest) {
      let inside = rest[rest.index(open, offsetBy: 2)...]
      guard let close = TemplateTags.index(of: "}}", in: inside) else { return nil }
      tags.append(TemplateTags.tag(String(inside[..<close])))
      rest = inside[inside.index(close, offsetBy: 2)...]
    }
    self.tags = tags
  }

  // By scalars: a brace with a combining mark is one character, and none that Mustache would know.
  private static func index(
    of pair: String, in text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView.Index? {
    guard let brace = pair.unicodeScalars.first else { return nil }
    return zip(text.indices, text.indices.dropFirst())
      .first { text[$0] == brace && text[$1] == brace }?.0
  }

  private static func tag(_ inside: String) -> Tag {
    let sign = inside.first
    let name = trimmed(inside.dropFirst())
    switch sign {
    case "#": return isName(name) ? .open(name) : .other(inside)
    case "^": return isName(name) ? .openInverted(name) : .other(inside)
    case "/": return isName(name) ? .close(name) : .other(inside)
    case "!": return .comment
    default:
      let whole = trimmed(inside[...])
      return isName(whole) || whole == "." ? .variable(whole) : .other(inside)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
      }
  }
}
