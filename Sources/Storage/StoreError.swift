/// What is wrong with the store itself; never a refusal of the business.
public enum StoreError: Error, Hashable, CustomStringConvertible {
  /// The file was written by a newer Seduta.
  case newerSchema(found: Int64, known: Int64)
  /// A row holds what no version of Seduta writes.
  case corrupt(table: String, id: String, column: String)
  /// The schema turned away an appointment or a hold that the interval trees let through: a bug.
  case overlap(id: String)
  /// The schema turned away a row that the engine let through: a bug.
  case constraint(String)
  /// An update found no row, or not the version that it was decided on: a bug.
  case lostUpdate(table: String, id: String)

  public var description: String {
    switch self {
    case .newerSchema(let found, let known):
      "the database has schema \(found), this sedutad knows up to \(known): run a newer sedutad"
    case .corrupt(let table, let id, let column):
      "\(table) \(id): column \(column) holds what no version of Seduta writes"
    case .overlap(let id):
      "the schema turned away \(id), which the interval trees had found free"
    case .constraint(let message):
      "the schema turned away a row: \(message)"
    case .lostUpdate(let table, let id):
      "\(table) \(id) was not there at the version that was decided on"
    }
  }
}
