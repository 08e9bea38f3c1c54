internal import Foundation

/// Aligned columns under headers, two spaces apart.
struct Table {
  private let headers: [String]
  private let numbers: Set<String>
  private var rows: [[String]] = []

  /// - Parameter numbers: the headers of the columns that are aligned on the right.
  init(_ headers: String..., numbers: Set<String> = []) {
    self.headers = headers
    self.numbers = numbers
  }

  mutating func add(_ cells: String...) {
    precondition(cells.count == headers.count, "a row must have the table's columns")
    rows.append(cells)
  }

  var text: String {
    let widths = headers.indices.map { column in
      ([headers] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([headers] + rows).map { cells in
      headers.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - cells[column].count)
        if numbers.contains(headers[column]) { return gap + cells[column] }
        // The last cell is not padded, so that lines can be compared and copied.
        return cells[column] + (column == headers.count - 1 ? "" : gap)
      }.joined(separator: "  ")
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
