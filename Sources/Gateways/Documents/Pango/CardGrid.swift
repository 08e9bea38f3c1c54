/// Where things stand on a card's pages, in points.
enum CardGrid {
  static let left = 48.0
  static let right = PDFCanvas.pageWidth - 48
  static let width = right - left
  static let top = 44.0
  /// Nothing but the foot stands below it.
  static let bottom = PDFCanvas.pageHeight - 60
  static let foot = PDFCanvas.pageHeight - 46
  /// Between columns that stand side by side.
  static let gutter = 12.0
}

enum CardStyles {
  static let partner = TextStyle(size: 9.5, isBold: true, ink: .accent)
  static let title = TextStyle(size: 21, isBold: true)
  static let package = TextStyle(size: 12.5)
  static let label = TextStyle(size: 8, ink: .muted)
  static let value = TextStyle(size: 10)
  static let count = TextStyle(size: 15, isBold: true)
  static let chiefCount = TextStyle(size: 15, isBold: true, ink: .accent)
  static let columnHead = TextStyle(size: 8, isBold: true, ink: .muted)
  static let cell = TextStyle(size: 9)
  static let chiefCell = TextStyle(size: 9, isBold: true)
  static let lesserCell = TextStyle(size: 9, ink: .muted)
  static let heading = TextStyle(size: 10, isBold: true)
  static let small = TextStyle(size: 8, ink: .muted)
}
