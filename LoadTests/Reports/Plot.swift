internal import Foundation

/// A plot as SVG that takes its colours from the page around it.
struct Plot {
  struct Line {
    let name: String
    let points: [(x: Double, y: Double)]
  }

  /// Where on the axis values lie, and what is written there.
  struct Axis {
    let title: String
    let scale: Scale
    var ticks: [(value: Double, label: String)] = []
  }

  enum Scale {
    case linear
    case logarithmic

    /// From 0 at `range`'s beginning to 1 at its end.
    func place(_ value: Double, in range: ClosedRange<Double>) -> Double {
      switch self {
      case .linear:
        return (value - range.lowerBound)
          / max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
      case .logarithmic:
        let (low, high) = (log(range.lowerBound), log(range.upperBound))
        return (log(max(value, range.lowerBound)) - low) / max(high - low, .leastNormalMagnitude)
      }
    }
  }

  static let width = 720.0
  static let height = 300.0
  private static let margins = (top: 12.0, right: 34.0, bottom: 46.0, left: 66.0)

  let title: String
  let x: Axis
  let y: Axis
  let lines: [Line]
  /// Whether single points are marked, too.
  var marksPoints = false

  var svg: String {
    let points = lines.flatMap(\.points)
    guard !points.isEmpty else { return "" }
    let xs = Self.range(points.map(\.x), x, fromZero: x.ticks.isEmpty)
    let ys = Self.range(points.map(\.y), y, fromZero: true)
    let frame = Frame(x: x, y: y, xs: xs, ys: ys, margins: Self.margins)
    let label = #"<svg viewBox="0 0 \#(Int(Self.width)) \#(Int(Self.height))" role="img""#
    var out = [label + #" aria-label="\#(escaped(title))">"#]
    out += frame.grid
    for (number, line) in lines.enumerated() { out += draw(line, number % 6 + 1, in: frame) }
    out.append("</svg>")
    return out.joined(separator: "\n")
  }

  /// The names of the lines, in their colours.
  var legend: String {
    guard lines.count > 1 else { return "" }
    let keys = lines.enumerated().map { number, line in
      #"<span><i class="swatch s\#(number % 6 + 1)"></i>\#(escaped(line.name))</span>"#
    }
    return #"<p class="legend">"# + keys.joined(separator: "\n") + "</p>"
  }

  private func draw(_ line: Line, _ colour: Int, in frame: Frame) -> [String] {
    let places = line.points.map { (Self.fixed(frame.left($0.x)), Self.fixed(frame.top($0.y))) }
    let path = places.map { "\($0.0),\($0.1)" }.joined(separator: " ")
    var out = [#"<polyline class="line l\#(colour)" points="\#(path)"/>"#]
    guard marksPoints else { return out }
    for (place, point) in zip(places, line.points) {
      out.append(
        #"<circle class="dot d\#(colour)" cx="\#(place.0)" cy="\#(place.1)" r="3">"#
          + "<title>\(escaped(line.name)): \(rounded(point.y)) at \(rounded(point.x))</title></circle>"
      )
    }
    return out
  }

  static func fixed(_ number: Double) -> String { String(format: "%.1f", number) }

  private static func range(
    _ values: [Double], _ axis: Axis, fromZero: Bool
  ) -> ClosedRange<Double> {
    let all = values + axis.ticks.map(\.value)
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    switch axis.scale {
    case .linear: return (fromZero ? min(0, low) : low)...max(high * 1.05, low + 1e-9)
    case .logarithmic:
      let positive = max(all.filter { $0 > 0 }.min() ?? 1, 1e-6)
      return positive...max(high, positive * 1.01)
    }
  }
}

/// The axes of a plot with their numbers.
private struct Frame {
  let x: Plot.Axis
  let y: Plot.Axis
  let xs: ClosedRange<Double>
  let ys: ClosedRange<Double>
  let margins: (top: Double, right: Double, bottom: Double, left: Double)

  func left(_ value: Double) -> Double {
    margins.left + x.scale.place(value, in: xs) * (Plot.width - margins.left - margins.right)
  }

  func top(_ value: Double) -> Double {
    Plot.height - margins.bottom
      - y.scale.place(value, in: ys) * (Plot.height - margins.top - margins.bottom)
  }

  var grid: [String] {
    let bottom = Plot.height - margins.bottom
    let right = Plot.width - margins.right
    var out: [String] = []
    for tick in y.ticks.isEmpty ? Self.ticks(ys, y.scale) : y.ticks where ys.contains(tick.value) {
      let at = Plot.fixed(top(tick.value))
      out.append(
        #"<line class="grid" x1="\#(margins.left)" x2="\#(right)" y1="\#(at)" y2="\#(at)"/>"#)
      out.append(
        #"<text class="tick" x="\#(margins.left - 8)" y="\#(at)" dy="4" text-anchor="end">"#
          + escaped(tick.label) + "</text>")
    }
    for tick in x.ticks.isEmpty ? Self.ticks(xs, x.scale) : x.ticks where xs.contains(tick.value) {
      let at = Plot.fixed(left(tick.value))
      out.append(
        #"<text class="tick" x="\#(at)" y="\#(bottom + 18)" text-anchor="middle">"#
          + escaped(tick.label) + "</text>")
    }
    out.append(
      #"<line class="axis" x1="\#(margins.left)" x2="\#(right)" y1="\#(bottom)" y2="\#(bottom)"/>"#)
    let middle = (margins.left + right) / 2
    out.append(
      #"<text class="title" x="\#(middle)" y="\#(Plot.height - 8)" text-anchor="middle">"#
        + escaped(x.title) + "</text>")
    let height = (margins.top + bottom) / 2
    out.append(
      #"<text class="title" transform="translate(14 \#(height)) rotate(-90)""#
        + #" text-anchor="middle">\#(escaped(y.title))</text>"#)
    return out
  }

  /// Round numbers, four to eight of them; on a logarithmic axis powers of ten, and what lies between
  /// where they are few.
  private static func ticks(
    _ range: ClosedRange<Double>, _ scale: Plot.Scale
  ) -> [(value: Double, label: String)] {
    switch scale {
    case .linear:
      let rough = (range.upperBound - range.lowerBound) / 6
      let power = pow(10, floor(log10(max(rough, 1e-9))))
      let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? power * 10
      let first = (range.lowerBound / step).rounded(.up)
      let last = (range.upperBound / step).rounded(.down)
      return stride(from: first, through: last, by: 1).map { ($0 * step, label($0 * step)) }
    case .logarithmic:
      let powers = Int(floor(log10(range.lowerBound)))...Int(ceil(log10(range.upperBound)))
      let steps: [Double] = powers.count > 4 ? [1] : [1, 2, 5]
      return powers.flatMap { power in
        steps.map { ($0 * pow(10, Double(power)), label($0 * pow(10, Double(power)))) }
      }
    }
  }

  /// "0.05", "2", "15k", "1.5M".
  private static func label(_ value: Double) -> String {
    let (scaled, unit) =
      switch value.magnitude {
      case 1e6...: (value / 1e6, "M")
      case 1e4..<1e6: (value / 1e3, "k")
      default: (value, "")
      }
    let text = String(format: "%.4f", scaled)
    let short = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return (short.isEmpty ? "0" : String(short.reversed())) + unit
  }
}
