internal import Foundation
internal import Intervals
internal import Synchronization

/// Session cards set by Pango and drawn by cairo: names in any script come out right where the machine
/// has a font for it. May be called on any thread, and on several at once: cards are made one after
/// the other.
public struct PangoCardPrinter: SessionCardPrinter {
  // One at a time, in the whole process: fonts that two threads draw with at once are one object to
  // cairo 1.16, and end in a crash.
  private static let fonts = Mutex(FontMap())

  public init() {}

  public func print(_ card: SessionCard) throws -> [UInt8] {
    let formats = try CardFormats(tag: card.language, zone: card.zone)
    let wording = formats.language.wording
    let date = Date(timeIntervalSince1970: Double(card.asOf.msSinceEpoch) / 1_000)
    return try Self.fonts.withLock { fonts in
      // No name in the title: windows and lists of files show it to whoever passes by.
      let canvas = PDFCanvas(
        title: wording.title, language: CardLanguage.locale(tag: card.language),
        date: date.formatted(.iso8601), fonts: fonts)
      CardSheets(card, wording: wording, formats: formats, on: canvas).draw()
      return try canvas.finish()
    }
  }
}
