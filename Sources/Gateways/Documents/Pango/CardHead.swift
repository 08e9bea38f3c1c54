/// What stands above the table on the first page: title, details and balance.
struct CardHead {
  private struct Placed {
    let block: TextBlock
    let x: Double
    let y: Double
  }

  /// Where what follows begins, in points from the top of the page.
  private(set) var bottom = CardGrid.top
  private var placed: [Placed] = []
  private var balanceTop = 0.0
  private var balanceHeight = 0.0

  init(_ texts: CardTexts, on canvas: PDFCanvas) {
    setTitle(texts, on: canvas)
    setDetails(texts, on: canvas)
    setBalance(texts, on: canvas)
  }

  func draw(on canvas: PDFCanvas) {
    canvas.fill(
      x: CardGrid.left, y: balanceTop, width: CardGrid.width, height: balanceHeight, .pale)
    for text in placed { canvas.show(text.block, x: text.x, y: text.y) }
  }

  private mutating func setTitle(_ texts: CardTexts, on canvas: PDFCanvas) {
    let partner = CardTexts.line(texts.card.partnerName)
    let package = CardTexts.line(texts.card.packageName)
    let count = texts.formats.counted(texts.card.balance.total, texts.wording.sessions)
    let lines = [
      (partner, CardStyles.partner, 1, 6.0), (texts.wording.title, CardStyles.title, 1, 1),
      (package, CardStyles.package, 2, 2), (count, CardStyles.lesserCell, 1, 16),
    ]
    for (text, style, linesMax, space) in lines where !text.isEmpty {
      let block = canvas.text(text, style, width: CardGrid.width, linesMax: linesMax)
      placed.append(Placed(block: block, x: CardGrid.left, y: bottom))
      bottom += block.height + space
    }
  }

  private mutating func setDetails(_ texts: CardTexts, on canvas: PDFCanvas) {
    let columns = 3
    let width =
      (CardGrid.width - CardGrid.gutter * Double(columns - 1)) / Double(columns)
    let details = texts.details
    for first in stride(from: 0, to: details.count, by: columns) {
      var height = 0.0
      for (column, detail) in details[first...].prefix(columns).enumerated() {
        let label = canvas.text(detail.label, CardStyles.label, width: width)
        let value = canvas.text(detail.value, CardStyles.value, width: width, linesMax: 2)
        let x = CardGrid.left + Double(column) * (width + CardGrid.gutter)
        placed.append(Placed(block: label, x: x, y: bottom))
        placed.append(Placed(block: value, x: x, y: bottom + label.height + 1))
        height = max(height, label.height + 1 + value.height)
      }
      bottom += height + 9
    }
  }

  private mutating func setBalance(_ texts: CardTexts, on canvas: PDFCanvas) {
    let balance = texts.balance
    let padding = 10.0
    let width = (CardGrid.width - 2 * padding) / Double(balance.count)
    balanceTop = bottom + 5
    for (column, part) in balance.enumerated() {
      let style = column == 1 ? CardStyles.chiefCount : CardStyles.count
      let count = canvas.text(part.count, style, width: width)
      let label = canvas.text(part.label, CardStyles.label, width: width)
      let x = CardGrid.left + padding + Double(column) * width
      placed.append(Placed(block: count, x: x, y: balanceTop + 6))
      placed.append(Placed(block: label, x: x, y: balanceTop + 6 + count.height))
      balanceHeight = max(balanceHeight, count.height + label.height + 14)
    }
    bottom = balanceTop + balanceHeight + 16
  }
}
