/// A letter's parts, put into words, and the two forms in which a mail carries them.
struct MailLayout {
  /// What the list below the lead has.
  struct Entry {
    let label: String
    let lines: [String]
    /// Several lines may follow one another with commas, as those of an address.
    let fitsOneLine: Bool
  }

  struct Action {
    let label: String
    let url: String
  }

  let language: String
  let subject: String
  /// What mail programs show beside the subject, in place of the first words: nothing that the subject would not say.
  let preheader: String
  let greeting: String
  let lead: [String]
  let entries: [Entry]
  let closing: [String]
  /// What is to be done, most urgent first; as buttons.
  let buttons: [Action]
  /// What can be done besides; as a plain link.
  let links: [Action]
  let farewell: String
  let sender: String

  var text: String {
    var blocks = ([greeting] + lead).map { Prose.wrapped($0) }
    if !entries.isEmpty { blocks.append(entries.map(text).joined(separator: "\n")) }
    blocks += (buttons + links).map { "\($0.label):\n\($0.url)" }
    blocks += closing.map { Prose.wrapped($0) }
    blocks.append("\(farewell)\n\(sender)")
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func text(_ entry: Entry) -> String {
    if entry.lines.count == 1 || entry.fitsOneLine {
      return Prose.wrapped(
        "\(entry.label): \(entry.lines.joined(separator: ", "))", indent: "  ")
    }
    let lines = entry.lines.map { "  " + Prose.wrapped($0, indent: "  ") }
    return "\(entry.label):\n" + lines.joined(separator: "\n")
  }

  func html() throws -> String {
    func fields(_ action: Action) -> [String: String] {
      ["label": action.label, "url": action.url]
    }
    let values: [String: Any] = [
      "language": language, "subject": subject, "preheader": preheader, "greeting": greeting,
      "lead": lead, "closing": closing, "farewell": farewell, "sender": sender,
      "has_entries": !entries.isEmpty,
      "entries": entries.map { ["label": $0.label, "lines": $0.lines] as [String: Any] },
      "buttons": buttons.map(fields), "links": links.map(fields),
    ]
    return try Escaping.html.rendered(MailLayout.document, with: values)
  }

  /// No table, image or script, and no colour but the button's, so that it is read aloud in order and keeps to
  /// the reader's own light or dark. The marks after the preheader keep the first words out of the preview.
  private static let document = """
    <!DOCTYPE html>
    <html lang="{{language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    <meta name="format-detection" content="telephone=no, date=no, address=no">
    <title>{{subject}}</title>
    </head>
    <body style="margin:0;padding:0">
    <div style="display:none;max-height:0;overflow:hidden">{{preheader}}\
    \(String(repeating: "&#847;&zwnj;&nbsp;", count: 60))</div>
    <div role="article" lang="{{language}}" style="max-width:34em;margin:0 auto;\
    padding:24px 16px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
    font-size:16px;line-height:1.5">
    <p style="margin:0 0 16px">{{greeting}}</p>
    {{#lead}}
    <p style="margin:0 0 16px">{{.}}</p>
    {{/lead}}
    {{#has_entries}}
    <dl style="margin:24px 0;padding:0 0 0 16px;border-left:3px solid #6b8f83">
    {{#entries}}
    <dt style="font-size:14px">{{label}}</dt>
    <dd style="margin:0 0 12px;font-weight:600">{{#lines}}<div>{{.}}</div>{{/lines}}</dd>
    {{/entries}}
    </dl>
    {{/has_entries}}
    {{#buttons}}
    <p style="margin:24px 0"><a href="{{url}}" style="display:inline-block;padding:12px 24px;\
    border-radius:6px;background-color:#2f5d50;color:#ffffff;text-decoration:none;\
    font-weight:600">{{label}}</a></p>
    {{/buttons}}
    {{#links}}
    <p style="margin:0 0 16px"><a href="{{url}}">{{label}}</a></p>
    {{/links}}
    {{#closing}}
    <p style="margin:0 0 16px">{{.}}</p>
    {{/closing}}
    <p style="margin:24px 0 0">{{farewell}}<br>{{sender}}</p>
    </div>
    </body>
    </html>

    """
}
