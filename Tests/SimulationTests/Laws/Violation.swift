/// A law that does not hold, and of what.
struct Violation: Error, CustomStringConvertible {
  let law: String
  /// An id as text, or an account.
  let subject: String
  let detail: String

  var description: String { "\(law): \(subject): \(detail)" }
}

func require(
  _ holds: Bool, _ law: String, _ subject: @autoclosure () -> String,
  _ detail: @autoclosure () -> String = ""
) throws(Violation) {
  guard !holds else { return }
  throw Violation(law: law, subject: subject(), detail: detail())
}
