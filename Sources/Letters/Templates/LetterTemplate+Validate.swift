public import Booking

extension LetterTemplate {
  /// In bytes of UTF-8.
  public static let subjectBytesMax = 300
  public static let smsBytesMax = 1_000
  public static let textBytesMax = 20_000
  public static let htmlBytesMax = 50_000
  static let sectionDepthMax = 8

  /// What is wrong with it, by field ("subject", "text", "html", "sms"); none means that it can be used.
  public func validate() -> [FieldFault] {
    guard Letters.audiences(of: kind).contains(audience) else {
      return [
        FieldFault(
          field: "audience", expected: "\(kind.rawValue) is not told to \(audience.rawValue)")
      ]
    }
    let faults: [FieldFault] =
      switch body {
      case .email(let subject, let text, let html):
        LetterTemplate.faults(
          in: subject, field: "subject", bytesMax: LetterTemplate.subjectBytesMax, isPublic: true)
          + (subject.contains(where: \.isNewline)
            ? [FieldFault(field: "subject", expected: "one line")] : [])
          + LetterTemplate.faults(
            in: text, field: "text", bytesMax: LetterTemplate.textBytesMax, isPublic: false)
          + LetterTemplate.faults(
            in: html, field: "html", bytesMax: LetterTemplate.htmlBytesMax, isPublic: false)
      case .sms(let text):
        LetterTemplate.faults(
          in: text, field: "sms", bytesMax: LetterTemplate.smsBytesMax, isPublic: true)
      }
    return faults.isEmpty ? renderingFaults() : faults
  }

  private static func faults(
    in source: String, field: String, bytesMax: Int, isPublic: Bool
  ) -> [FieldFault] {
    func fault(_ expected: String) -> [FieldFault] {
      [FieldFault(field: field, expected: expected)]
    }
    guard source.utf8.count <= bytesMax else { return fault("at most \(bytesMax) bytes") }
    guard source.contains(where: { !$0.isWhitespace }) else { return fault("a text") }
    guard let tags = TemplateTags(source)?.tags else {
      return fault("every \"{{\" to be closed by \"}}\"")
    }
    let wrong = tags.compactMap { LetterTemplate.wrong($0, isPublic: isPublic) }.flatMap(fault)
    guard wrong.isEmpty else { return wrong }
    return nestingFault(tags).map(fault) ?? []
  }

  private static func wrong(_ tag: TemplateTags.Tag, isPublic: Bool) -> String? {
    switch tag {
    case .comment: return nil
    case .other(let text):
      return "only {{name}}, {{#name}}, {{^name}}, {{/name}} and {{! comment}}; "
        + "not \"{{\(text.prefix(40))}}\""
    case .variable("."): return nil
    case .variable(let name), .open(let name), .openInverted(let name), .close(let name):
      guard let variable = Variable(rawValue: name) else {
        return "one of \(variables.joined(separator: ", ")); not \"\(name.prefix(40))\""
      }
      if isPublic, variable.isPrivate {
        return "nothing that others should not read on a locked screen; not \"\(name)\""
      }
      if case .variable = tag, variable.form != .text {
        return "\"\(name)\" as a section, {{#\(name)}}...{{/\(name)}}"
      }
      return nil
    }
  }

  /// Sections are closed in turn; a list is not gone through within a list, which would multiply them.
  private static func nestingFault(_ tags: [TemplateTags.Tag]) -> String? {
    var open: [(name: String, isList: Bool)] = []
    for tag in tags {
      switch tag {
      // Elsewhere a dot is all that is known.
      case .variable("."):
        if !open.contains(where: \.isList) { return "{{.}} only within a list" }
      case .variable, .comment, .other: continue
      case .open(let name):
        let isList = Variable(rawValue: name)?.form == .list
        if isList, open.contains(where: \.isList) { return "no list within a list" }
        open.append((name, isList))
      case .openInverted(let name): open.append((name, false))
      case .close(let name):
        guard let last = open.popLast(), last.name == name else {
          return "{{/\(name)}} to close the section that was opened last"
        }
      }
      if open.count > sectionDepthMax { return "at most \(sectionDepthMax) sections deep" }
    }
    return open.last.map { "{{/\($0.name)}} at the section's end" }
  }

  /// What templates can name; `docs/templates.md` says what each is.
  public static let variables = Variable.allCases.map(\.rawValue).sorted()

  /// It is tried with all that can be said, in person and online, and with next to nothing.
  private func renderingFaults() -> [FieldFault] {
    let field = channel == .sms ? "sms" : "subject"
    guard let full = LetterFacts.sample(kind, to: audience, in: language) else { return [] }
    let bare = LetterFacts(sender: full.sender, reader: full.reader)
    var online = full
    online.session?.place = .online
    for facts in [full, online, bare] {
      do {
        _ = try composed(facts)
      } catch LetterError.template(let why) {
        return [FieldFault(field: field, expected: "Mustache that can be read: \(why)")]
      } catch {
        return [FieldFault(field: field, expected: "a text, whatever is known")]
      }
    }
    return []
  }
}
