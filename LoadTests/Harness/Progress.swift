internal import Foundation

/// Says on standard error how far a run is: one live line on a terminal, else a line now and then.
struct Progress {
  private static let barCells = 24
  private static let liveEveryNs: UInt64 = 250_000_000
  private static let plainEveryNs: UInt64 = 5_000_000_000

  private let wholeNs: UInt64
  private let warmUpNs: UInt64
  private let isLive = isatty(FileHandle.standardError.fileDescriptor) == 1
  private let isQuiet: Bool
  private var lastNs: UInt64 = 0
  private var recent = Board.Recent()
  private var errors = 0

  init(_ plan: LoadPlan, quiet: Bool) {
    warmUpNs = plan.warmUpNs
    wholeNs = plan.warmUpNs + plan.durationNs
    isQuiet = quiet
  }

  /// Takes in what workers saw, and says so when it is time.
  mutating func update(_ news: Board.Recent, sinceStartNs: UInt64) {
    guard !isQuiet else { return }
    recent.add(news)
    let everyNs = isLive ? Self.liveEveryNs : Self.plainEveryNs
    guard sinceStartNs >= lastNs + everyNs else { return }
    errors += recent.errors
    let line = line(sinceStartNs: sinceStartNs)
    Self.write(isLive ? "\r\u{1B}[K" + line : line + "\n")
    recent = Board.Recent()
    lastNs = sinceStartNs
  }

  /// Clears the live line.
  func finish() {
    if isLive, !isQuiet { Self.write("\r\u{1B}[K") }
  }

  /// Says something that stays.
  func say(_ line: String) {
    guard !isQuiet else { return }
    finish()
    Self.write(line + "\n")
  }

  private func line(sinceStartNs: UInt64) -> String {
    let elapsedNs = min(sinceStartNs, wholeNs)
    let perSecond = Double(recent.answered) * 1e9 / Double(sinceStartNs - lastNs)
    let p99Ms = Double(recent.latency.ns(atPercentile: 99)) / 1e6
    let text = String(
      format: "%5.1f s  %9.0f/s  p99 %8.3f ms  errors %d", Double(elapsedNs) / 1e9, perSecond,
      p99Ms, errors)
    let phase = elapsedNs < warmUpNs ? "  warm-up" : ""
    guard isLive else { return text + phase }
    let done = Int(Double(elapsedNs) / Double(max(wholeNs, 1)) * Double(Self.barCells))
    let bar =
      String(repeating: "█", count: done) + String(repeating: "░", count: Self.barCells - done)
    return "\(bar) \(text)\(phase)"
  }

  private static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
