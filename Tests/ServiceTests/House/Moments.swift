internal import SwiftProtobuf
internal import Wire

let minuteMs: Int64 = 60_000
let hourMs: Int64 = 60 * minuteMs
let dayMs: Int64 = 24 * hourMs

extension Seduta_V1_SlotsSearchResponse {
  /// All starts, ascending, whoever's they are.
  var allStartsMs: [Int64] { (startMs + groups.flatMap(\.startMs)).sorted() }
}

extension Seduta_V1_Hold {
  var expireMs: Int64 { expireTime.seconds * 1_000 + Int64(expireTime.nanos / 1_000_000) }
}

extension Seduta_Wire_V1_Conflicts {
  var kinds: [Seduta_Wire_V1_DiscrepancyKind] { discrepancies.map(\.kind) }
}
