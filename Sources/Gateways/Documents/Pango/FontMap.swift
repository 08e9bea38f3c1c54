internal import CPango

/// The machine's fonts, and what was read of them. Not of one thread, as Pango's own default is: it may
/// be used on any, but on one at a time.
final class FontMap {
  private let map: UnsafeMutablePointer<PangoFontMap>

  init() {
    map = pango_cairo_font_map_new()
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(map))
  }

  /// To be unreferenced by the caller.
  func makeContext() -> OpaquePointer {
    pango_font_map_create_context(map)
  }
}
