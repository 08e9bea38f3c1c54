/// What became of a message that was handed to a transport (N-4).
///
/// Each kind of transport can deliver twice what it says to retry: an answer that was lost tells nothing. The message's
/// id is the same each time, for whoever reads it to see that.
public enum Delivery: Hashable, Sendable {
  /// The other side has taken it.
  /// - Parameter reference: its name or sentence for that; may be empty.
  case delivered(reference: String)
  /// Not now: trouble that passes, or that our operator has to mend.
  case retry(reason: String)
  /// Never: what is wrong is the message or who it is for.
  case refused(reason: String)
}

extension String {
  /// What another machine said, fit for a log or a column: one line of printable text, 300 characters at most.
  var quotable: String {
    let shown = unicodeScalars.map { $0.properties.isPrintable ? Character($0) : " " }
    return String(shown.prefix(300)).split(separator: " ").joined(separator: " ")
  }
}

extension Unicode.Scalar.Properties {
  /// Neither a control character nor one that breaks a line or turns the direction of text.
  var isPrintable: Bool {
    switch generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate: false
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol, .spaceSeparator, .privateUse, .unassigned:
      true
    @unknown default: false
    }
  }
}
