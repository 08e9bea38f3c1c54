internal import CPango

/// How a text looks.
struct TextStyle {
  /// In points.
  let size: Double
  let isBold: Bool
  let ink: Ink

  init(size: Double, isBold: Bool = false, ink: Ink = .dark) {
    self.size = size
    self.isBold = isBold
    self.ink = ink
  }
}

/// The few colours of a card. All texts have a contrast of 4.5 or more on white, and on the pale one.
enum Ink {
  case dark
  case muted
  case accent
  /// Lines between rows.
  case hair
  /// Behind the balance and the table's head.
  case pale

  /// Red, green and blue, from 0 to 1.
  var components: (red: Double, green: Double, blue: Double) {
    switch self {
    case .dark: (0.11, 0.13, 0.16)
    case .muted: (0.38, 0.41, 0.45)
    case .accent: (0.05, 0.35, 0.40)
    case .hair: (0.85, 0.87, 0.88)
    case .pale: (0.95, 0.965, 0.97)
    }
  }
}

/// A text that was set: Pango chose fonts for its scripts, ordered it and broke it into lines.
final class TextBlock {
  /// One hand for the scripts that Noto has well; fontconfig finds the others'.
  private static let families = ["", " Arabic", " Hebrew", " Armenian", " Georgian"]
    .map { "Noto Sans" + $0 }.joined(separator: ",")

  /// Between baselines, in sizes of the font.
  private static let lineHeight = 1.38

  let ink: Ink
  /// In points.
  let height: Double
  /// From the top to the first line's baseline, in points.
  let ascent: Double
  /// Of what was set, in points; at most the width that there was.
  let width: Double
  private let layout: OpaquePointer

  /// Wraps at `width` points and ends with an ellipsis where it would take more lines than `linesMax`;
  /// nil is without bound.
  init(
    _ text: String, _ style: TextStyle, width: Double, linesMax: Int?, in context: OpaquePointer
  ) {
    layout = pango_layout_new(context)
    ink = style.ink
    let font = pango_font_description_new()
    pango_font_description_set_family(font, Self.families)
    // Absolute: whatever resolution is set, a point is a point.
    pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
    pango_font_description_set_weight(font, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_layout_set_font_description(layout, font)
    pango_font_description_free(font)
    // Fonts differ in what they call a line's height; rows of one table may not.
    let attributes = pango_attr_list_new()
    pango_attr_list_insert(
      attributes,
      pango_attr_line_height_new_absolute(Int32(style.size * Self.lineHeight * Double(PANGO_SCALE)))
    )
    pango_layout_set_attributes(layout, attributes)
    pango_attr_list_unref(attributes)

    // The length is given, so that a text may hold any character.
    pango_layout_set_text(layout, text, Int32(clamping: text.utf8.count))
    pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
    if let linesMax {
      pango_layout_set_height(layout, Int32(-linesMax))
      pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    }
    // All stands at the left of its column. Where a text runs from right to left, Pango calls that right.
    if pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL {
      pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
    }

    var extents = PangoRectangle()
    pango_layout_get_extents(layout, nil, &extents)
    height = Double(extents.height) / Double(PANGO_SCALE)
    ascent = Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE)
    self.width = Double(extents.width) / Double(PANGO_SCALE)
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(layout))
  }

  /// Draws it with its upper left corner at a point.
  func show(x: Double, y: Double, on pen: OpaquePointer) {
    cairo_move_to(pen, x, y)
    pango_cairo_show_layout(pen, layout)
  }

  var lineCount: Int { Int(pango_layout_get_line_count(layout)) }

  /// Its lines, each to be drawn by itself.
  var lines: [TextLine] {
    (0..<Int32(lineCount)).compactMap { index in
      pango_layout_get_line_readonly(layout, index).map { TextLine($0, of: self) }
    }
  }
}

/// A line of a text.
struct TextLine {
  /// In points.
  let height: Double
  private let ascent: Double
  private let line: UnsafeMutablePointer<PangoLayoutLine>
  /// Keeps the line.
  private let block: TextBlock

  fileprivate init(_ line: UnsafeMutablePointer<PangoLayoutLine>, of block: TextBlock) {
    var extents = PangoRectangle()
    pango_layout_line_get_extents(line, nil, &extents)
    height = Double(extents.height) / Double(PANGO_SCALE)
    ascent = -Double(extents.y) / Double(PANGO_SCALE)
    self.line = line
    self.block = block
  }

  var ink: Ink { block.ink }

  /// Draws it with its upper left corner at a point.
  func show(x: Double, y: Double, on pen: OpaquePointer) {
    cairo_move_to(pen, x, y + ascent)
    pango_cairo_show_layout_line(pen, line)
  }
}
