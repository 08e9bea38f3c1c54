internal import Foundation

/// Aligned columns under headers, two spaces apart.
struct Table {
  private let headers: [String]
  private var rows: [[String]] = []

  init(_ headers: String...) { self.headers = headers }

  mutating func add(_ cells: String...) {
    precondition(cells.count == headers.count, "a row must have the table's columns")
    rows.append(cells)
  }

  var text: String {
    let widths = headers.indices.map { column in
      ([headers] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([headers] + rows).map { cells in
      let padded = zip(cells, widths).dropLast().map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      // The last cell is not padded, so that lines can be compared and copied.
      return (padded + cells.suffix(1)).joined(separator: "  ")
    }
    return ([bold(lines[0])] + lines.dropFirst()).joined(separator: "\n")
  }
}

/// Names and values below each other.
func details(_ pairs: [(name: String, value: String)]) -> String {
  let shown = pairs.filter { !$0.value.isEmpty }
  let width = shown.map(\.name.count).max() ?? 0
  return shown.map { name, value in
    "  " + name + String(repeating: " ", count: width - name.count) + "  " + value
  }.joined(separator: "\n")
}

/// Bold where a person reads.
func bold(_ text: String) -> String {
  isatty(STDOUT_FILENO) == 1 ? "\u{1B}[1m\(text)\u{1B}[0m" : text
}
