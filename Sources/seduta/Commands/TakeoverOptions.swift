internal import ArgumentParser
internal import Wire

/// What a booking accepts and takes over: for `check` and `book`.
struct TakeoverOptions: ParsableArguments {
  /// What a therapist or staff can accept knowingly (S-6).
  enum Override: String, ExpressibleByArgument, CaseIterable {
    case outsideLocationHours = "outside-location-hours"
    case outsideSchedule = "outside-schedule"
    case inPast = "in-past"
    case underNotice = "under-notice"
    case offGrid = "off-grid"
    case overCap = "over-cap"

    var message: Seduta_Wire_V1_DiscrepancyKind {
      switch self {
      case .outsideLocationHours: .outsideLocationHours
      case .outsideSchedule: .outsideSchedule
      case .inPast: .inPast
      case .underNotice: .underNotice
      case .offGrid: .offGrid
      case .overCap: .overCap
      }
    }

    /// As it is typed; a number where this program does not know it.
    static func shown(_ kind: Seduta_Wire_V1_DiscrepancyKind) -> String {
      allCases.first { $0.message == kind }?.rawValue ?? "\(kind.rawValue)"
    }
  }

  @Option(
    help: ArgumentHelp("Accept this though it is in the way; can be repeated.", valueName: "kind"))
  var override: [Override] = []

  @Option(help: "The hold that is taken over, hld_....")
  var hold: String?

  var kinds: [Seduta_Wire_V1_DiscrepancyKind] { override.map(\.message) }

  /// As it is to be typed again, with a space before it where there is something.
  var asTyped: String {
    override.map { " --override \($0.rawValue)" }.joined() + (hold.map { " --hold \($0)" } ?? "")
  }
}
