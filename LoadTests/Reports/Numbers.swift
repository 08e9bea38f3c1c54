internal import Foundation

/// "12,345", however large.
func grouped(_ number: Double) -> String {
  let digits = String(format: "%.0f", number.magnitude)
  var groups: [Substring] = []
  var rest = Substring(digits)
  while rest.count > 3 {
    groups.insert(rest.suffix(3), at: 0)
    rest = rest.dropLast(3)
  }
  return (number < 0 ? "-" : "") + ([rest] + groups).joined(separator: ",")
}

/// Three significant digits or so: "0.013", "1.25", "48.1", "1,204".
func rounded(_ number: Double) -> String {
  switch number.magnitude {
  case 100...: grouped(number)
  case 10..<100: String(format: "%.1f", number)
  case 0.1..<10: String(format: "%.2f", number)
  case 0.001..<0.1: String(format: "%.3f", number)
  default: String(format: "%.2g", number)
  }
}
