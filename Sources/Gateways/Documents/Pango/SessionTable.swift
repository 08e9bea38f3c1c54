/// The table of a card's sessions. Columns are as wide as what stands in them; the session's takes the
/// rest.
struct SessionTable {
  /// A session's line, set.
  struct Row {
    let height: Double
    fileprivate let cells: SessionCells
    /// Of the first line of every cell, below the row's top.
    fileprivate let baseline: Double
    fileprivate let session: [TextBlock]
  }

  private static let rowPadding = 4.0

  let rows: [Row]
  let headHeight: Double
  private let heads: SessionCells
  private let sessionHead: TextBlock
  private let columns: SessionColumns

  init(_ texts: CardTexts, on canvas: PDFCanvas) {
    let sessions = texts.card.sessions
    let hasPrices = sessions.contains { $0.price != nil }
    let names = texts.wording.columns
    heads = SessionCells(names: names, hasPrices: hasPrices, on: canvas)
    let cells = sessions.map { SessionCells($0, texts, on: canvas) }
    let columns = SessionColumns([heads] + cells)
    self.columns = columns
    sessionHead = canvas.text(names.session, CardStyles.columnHead, width: columns.sessionWidth)
    headHeight = sessionHead.height + 8

    rows = zip(sessions, cells).map { session, cells in
      let lines = Self.lines(of: session, texts, width: columns.sessionWidth, on: canvas)
      let firsts = cells.all + lines.prefix(1)
      let baseline = firsts.reduce(0) { max($0, $1.ascent) }
      let lesser = lines.dropFirst().reduce(0) { $0 + $1.height }
      let height = max(
        firsts.reduce(0) { max($0, baseline - $1.ascent + $1.height) },
        lines.first.map { baseline - $0.ascent + $0.height + lesser } ?? 0)
      return Row(
        height: height + 2 * Self.rowPadding, cells: cells, baseline: baseline, session: lines)
    }
  }

  /// Who, what and where. The last two share a line if they fit into one.
  private static func lines(
    of session: SessionCard.Session, _ texts: CardTexts, width: Double, on canvas: PDFCanvas
  ) -> [TextBlock] {
    func blocks(_ lines: [String], _ style: TextStyle) -> [TextBlock] {
      lines.filter { !$0.isEmpty }.map { canvas.text($0, style, width: width, linesMax: 2) }
    }
    let circumstances = texts.circumstances(of: session)
    let shared = blocks([CardTexts.joined(circumstances)], CardStyles.lesserCell)
    let fits = shared.allSatisfy { $0.lineCount == 1 }
    return blocks([CardTexts.line(session.therapistName)], CardStyles.chiefCell)
      + (fits ? shared : blocks(circumstances, CardStyles.lesserCell))
  }

  func drawHead(y: Double, on canvas: PDFCanvas) {
    draw(heads, baseline: y + 1 + sessionHead.ascent, on: canvas)
    canvas.show(sessionHead, x: columns.session, y: y + 1)
    canvas.fill(
      x: CardGrid.left, y: y + headHeight - 0.8, width: CardGrid.width, height: 0.8, .accent)
  }

  func draw(_ row: Row, y: Double, on canvas: PDFCanvas) {
    let baseline = y + Self.rowPadding + row.baseline
    draw(row.cells, baseline: baseline, on: canvas)
    var top = baseline - (row.session.first?.ascent ?? 0)
    for block in row.session {
      canvas.show(block, x: columns.session, y: top)
      top += block.height
    }
    canvas.fill(
      x: CardGrid.left, y: y + row.height - 0.4, width: CardGrid.width, height: 0.4, .hair)
  }

  private func draw(_ cells: SessionCells, baseline: Double, on canvas: PDFCanvas) {
    func show(_ block: TextBlock, x: Double) {
      canvas.show(block, x: x, y: baseline - block.ascent)
    }
    show(cells.number, x: columns.number)
    show(cells.date, x: columns.date)
    show(cells.time, x: columns.time)
    show(cells.status, x: columns.status)
    if let price = cells.price { show(price, x: CardGrid.right - price.width) }
  }
}

/// The cells of a line whose columns are as wide as their content.
private struct SessionCells {
  /// None of them may take more, in points.
  private static let widthMax = 100.0

  let number: TextBlock
  let date: TextBlock
  let time: TextBlock
  let status: TextBlock
  let price: TextBlock?

  init(_ session: SessionCard.Session, _ texts: CardTexts, on canvas: PDFCanvas) {
    func cell(_ text: String, _ style: TextStyle, linesMax: Int = 1) -> TextBlock {
      canvas.text(text, style, width: Self.widthMax, linesMax: linesMax)
    }
    let formats = texts.formats
    number = cell(formats.number(session.number), CardStyles.lesserCell)
    date = cell(formats.shortDay(session.start), CardStyles.cell)
    time = cell(formats.times(from: session.start, to: session.end), CardStyles.cell)
    status = cell(
      CardTexts.line(texts.wording.text(of: session.status)),
      session.status.tookOrTakesPlace ? CardStyles.cell : CardStyles.lesserCell, linesMax: 2)
    price = session.price.map { cell(formats.money($0), CardStyles.cell) }
  }

  /// The table's head.
  init(names: CardWording.Columns, hasPrices: Bool, on canvas: PDFCanvas) {
    func head(_ name: String) -> TextBlock {
      canvas.text(name, CardStyles.columnHead, width: Self.widthMax)
    }
    number = head(names.number)
    date = head(names.date)
    time = head(names.time)
    status = head(names.status)
    price = hasPrices ? head(names.price) : nil
  }

  var all: [TextBlock] { [number, date, time, status] + [price].compactMap(\.self) }
}

/// Where the columns begin, in points from the page's left edge. The price's ends at the right margin.
private struct SessionColumns {
  let number: Double
  let date: Double
  let time: Double
  let session: Double
  let sessionWidth: Double
  let status: Double

  /// By the widest cell of each, heads among them.
  init(_ lines: [SessionCells]) {
    func widest(_ cell: (SessionCells) -> TextBlock?) -> Double {
      lines.reduce(0) { max($0, cell($1)?.width ?? 0) }
    }
    number = CardGrid.left
    date = number + widest(\.number) + CardGrid.gutter
    time = date + widest(\.date) + CardGrid.gutter
    session = time + widest(\.time) + CardGrid.gutter
    let price = widest(\.price)
    let statusEnd = CardGrid.right - (price > 0 ? price + CardGrid.gutter : 0)
    status = statusEnd - widest(\.status)
    sessionWidth = status - CardGrid.gutter - session
  }
}

extension SessionCard.Status {
  /// A session that will not be, or was not, is told in a lighter ink.
  fileprivate var tookOrTakesPlace: Bool {
    switch self {
    case .requested, .scheduled, .inProgress, .completed, .attended, .noShow, .custom: true
    case .cancelled, .declined, .expired, .released: false
    }
  }
}
