internal import CPango

/// An A4 document that is being drawn. Lengths are in points, from a page's upper left corner. Not to
/// be used while another is.
final class PDFCanvas {
  static let pageWidth = 595.276
  static let pageHeight = 841.89

  private let sink: ByteSink
  private let surface: OpaquePointer
  private let pen: OpaquePointer
  private let context: OpaquePointer

  /// `language` is a BCP 47 tag: it chooses among the shapes that a character has. The date is in ISO
  /// 8601.
  init(title: String, language: String, date: String, fonts: FontMap) {
    sink = ByteSink()
    surface = cairo_pdf_surface_create_for_stream(
      { closure, bytes, count in
        guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue().bytes
          .append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque(), Self.pageWidth, Self.pageHeight)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date)
    pen = cairo_create(surface)
    context = fonts.makeContext()
    pango_cairo_update_context(pen, context)
    pango_context_set_language(context, pango_language_from_string(language))
    // A page is not a screen: glyphs stand where they belong, not on whole points.
    pango_context_set_round_glyph_positions(context, 0)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(context))
    cairo_destroy(pen)
    // The sink is still there: what was not finished is written to it now.
    cairo_surface_destroy(surface)
  }

  func text(_ text: String, _ style: TextStyle, width: Double, linesMax: Int? = 1) -> TextBlock {
    TextBlock(text, style, width: width, linesMax: linesMax, in: context)
  }

  func show(_ block: TextBlock, x: Double, y: Double) {
    dip(into: block.ink)
    block.show(x: x, y: y, on: pen)
  }

  func show(_ line: TextLine, x: Double, y: Double) {
    dip(into: line.ink)
    line.show(x: x, y: y, on: pen)
  }

  func fill(x: Double, y: Double, width: Double, height: Double, _ ink: Ink) {
    dip(into: ink)
    cairo_rectangle(pen, x, y, width, height)
    cairo_fill(pen)
  }

  func endPage() {
    cairo_show_page(pen)
  }

  /// The document; nothing can be drawn after it. Throws `SessionCardError.drawing`.
  func finish() throws -> [UInt8] {
    let drawn = cairo_status(pen)
    cairo_surface_finish(surface)
    let written = cairo_surface_status(surface)
    guard let fault = [drawn, written].first(where: { $0 != CAIRO_STATUS_SUCCESS }) else {
      return sink.bytes
    }
    throw SessionCardError.drawing(String(cString: cairo_status_to_string(fault)))
  }

  private func dip(into ink: Ink) {
    let (red, green, blue) = ink.components
    cairo_set_source_rgb(pen, red, green, blue)
  }
}

/// Where cairo writes to, at an address that stays.
private final class ByteSink {
  var bytes: [UInt8] = []
}
