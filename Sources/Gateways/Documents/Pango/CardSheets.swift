/// A card's pages: all is set first, so that each page can say how many there are.
struct CardSheets {
  /// What may stand on any page, one below the other.
  private struct Part {
    enum Content {
      case row(SessionTable.Row)
      case text(TextLine)
    }

    let content: Content
    let height: Double
    var staysWithNext = false

    var isRow: Bool {
      switch content {
      case .row: true
      case .text: false
      }
    }
  }

  private static let runningHeadHeight = 30.0

  private let texts: CardTexts
  private let canvas: PDFCanvas
  private let head: CardHead
  private let table: SessionTable
  private let parts: [Part]

  init(_ card: SessionCard, wording: CardWording, formats: CardFormats, on canvas: PDFCanvas) {
    texts = CardTexts(card: card, wording: wording, formats: formats)
    self.canvas = canvas
    head = CardHead(texts, on: canvas)
    table = SessionTable(texts, on: canvas)
    parts = Self.sessions(table, texts, on: canvas) + Self.notes(texts, on: canvas)
  }

  func draw() {
    let strips = parts.map { part in
      PageBreaks.Strip(
        height: part.height, headHeight: part.isRow ? table.headHeight : 0,
        staysWithNext: part.staysWithNext)
    }
    let firstHead = parts.first?.isRow == true ? table.headHeight : 0
    let pages = PageBreaks.pages(
      strips, firstRoom: CardGrid.bottom - head.bottom - firstHead,
      room: CardGrid.bottom - CardGrid.top - Self.runningHeadHeight)
    for (index, page) in pages.enumerated() {
      draw(parts[page], index: index)
      drawFoot(page: index + 1, of: pages.count)
      canvas.endPage()
    }
  }

  private func draw(_ parts: ArraySlice<Part>, index: Int) {
    var y = CardGrid.top + Self.runningHeadHeight
    if index == 0 {
      head.draw(on: canvas)
      y = head.bottom
    } else {
      drawRunningHead()
    }
    if parts.first?.isRow == true {
      table.drawHead(y: y, on: canvas)
      y += table.headHeight
    }
    for part in parts {
      switch part.content {
      case .row(let row): table.draw(row, y: y, on: canvas)
      // At the foot of its room: the space that it was given stands above it.
      case .text(let line):
        canvas.show(line, x: CardGrid.left, y: y + part.height - line.height)
      }
      y += part.height
    }
  }

  private func drawRunningHead() {
    let half = (CardGrid.width - CardGrid.gutter) / 2
    let package = canvas.text(
      CardTexts.line(texts.card.packageName), CardStyles.small, width: half)
    let client = canvas.text(
      CardTexts.line(texts.card.clientName), CardStyles.small, width: half)
    canvas.show(package, x: CardGrid.left, y: CardGrid.top)
    canvas.show(client, x: CardGrid.right - client.width, y: CardGrid.top)
  }

  private func drawFoot(page: Int, of count: Int) {
    let number = canvas.text(
      texts.wording.page(page, count), CardStyles.small, width: CardGrid.width)
    let note = canvas.text(
      texts.footnote, CardStyles.small, width: CardGrid.width - number.width - CardGrid.gutter)
    canvas.show(note, x: CardGrid.left, y: CardGrid.foot)
    canvas.show(number, x: CardGrid.right - number.width, y: CardGrid.foot)
  }

  private static func sessions(
    _ table: SessionTable, _ texts: CardTexts, on canvas: PDFCanvas
  ) -> [Part] {
    guard table.rows.isEmpty else {
      return table.rows.map { Part(content: .row($0), height: $0.height) }
    }
    return canvas.text(texts.wording.noSessions, CardStyles.value, width: CardGrid.width).lines
      .map { Part(content: .text($0), height: $0.height) }
  }

  /// A part for each line, so that long notes go on over the page.
  private static func notes(_ texts: CardTexts, on canvas: PDFCanvas) -> [Part] {
    let notes = CardTexts.paragraphs(texts.card.notes)
    guard !notes.isEmpty else { return [] }
    func lines(_ text: String, _ style: TextStyle) -> [TextLine] {
      canvas.text(text, style, width: CardGrid.width, linesMax: nil).lines
    }
    return lines(texts.wording.notes, CardStyles.heading).map {
      Part(content: .text($0), height: $0.height + 18, staysWithNext: true)
    }
      + lines(notes, CardStyles.cell).map { Part(content: .text($0), height: $0.height + 1) }
  }
}
