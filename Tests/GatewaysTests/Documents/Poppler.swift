internal import Foundation
internal import Testing

/// A document as poppler reads it: not by the library that drew it.
struct Poppler {
  private let pdf: URL
  private let folder: URL

  init(_ bytes: [UInt8]) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "seduta-card-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    pdf = folder.appending(path: "card.pdf")
    try Data(bytes).write(to: pdf)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Lines as they stand on the pages, from top to bottom and left to right; spaces are single, and
  /// marks of direction, which pdftotext adds, are left out. Pages end in a form feed.
  func lines() throws -> [String] {
    try output("pdftotext", "-layout", pdf.path(), "-")
      .split(separator: "\n").map { line in
        line.filter { !"\u{202A}\u{202B}\u{202C}".contains($0) }
          .split { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" }.joined(separator: " ")
      }.filter { !$0.isEmpty }
  }

  /// What pdfinfo says, by its names.
  func facts() throws -> [String: String] {
    let pairs = try output("pdfinfo", pdf.path()).split(separator: "\n").compactMap { line in
      line.firstIndex(of: ":").map { colon in
        (
          String(line[..<colon]),
          line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        )
      }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// Rows of pdffonts, split at spaces; "emb" is fourth from the end but one.
  func fonts() throws -> [[Substring]] {
    try output("pdffonts", pdf.path()).split(separator: "\n").dropFirst(2)
      .map { $0.split(separator: " ") }
  }

  /// A page, in pixels of 1/36 inch: two points each.
  func picture(page: Int) throws -> Picture {
    let root = folder.appending(path: "page")
    _ = try output(
      "pdftoppm", "-r", "36", "-f", "\(page)", "-l", "\(page)", "-singlefile", pdf.path(),
      root.path())
    return try Picture(ppm: Data(contentsOf: root.appendingPathExtension("ppm")))
  }

  private func output(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments[0]) failed")
    return String(decoding: data, as: UTF8.self)
  }
}

/// A page in colours.
struct Picture {
  let width: Int
  let height: Int
  private let samples: [UInt8]

  /// Binary PPM with one byte a sample.
  init(ppm: Data) throws {
    var head: [Int] = []
    var index = ppm.startIndex + 2
    while head.count < 3 {
      let token = ppm[index...].drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
      head.append(try #require(Int(String(decoding: token, as: UTF8.self))))
      index = token.endIndex
    }
    width = head[0]
    height = head[1]
    samples = Array(ppm[(index + 1)...])
    try #require(samples.count == 3 * width * height)
  }

  /// The smallest frame that holds all that is not white; nil on an empty page.
  var inked: (left: Int, top: Int, right: Int, bottom: Int)? {
    var frame: (left: Int, top: Int, right: Int, bottom: Int)?
    for y in 0..<height {
      for x in 0..<width where pixel(x, y).contains(where: { $0 < 250 }) {
        let old = frame ?? (x, y, x, y)
        frame = (min(old.left, x), min(old.top, y), max(old.right, x), max(old.bottom, y))
      }
    }
    return frame
  }

  /// Pixels that are yellow: nothing on a card is but what emoji bring.
  var yellowCount: Int {
    (0..<(width * height)).count { index in
      let pixel = pixel(index % width, index / width)
      return pixel[0] > 180 && pixel[1] > 120 && pixel[2] < 120
    }
  }

  private func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    let first = 3 * (y * width + x)
    return Array(samples[first..<(first + 3)])
  }
}
