/// The times of therapists and clients that this run may have taken: asked for, held, or unknown
/// because an answer never came. The generator books around them, so that a refusal means that
/// someone else was faster.
struct Commitments: Sendable {
  private var byTherapist: [[Slot]]
  private var byClient: [[Slot]]

  init(therapists: Int, clients: Int) {
    byTherapist = Array(repeating: [], count: therapists)
    byClient = Array(repeating: [], count: clients)
  }

  func allows(_ slot: Slot) -> Bool {
    !byTherapist[slot.therapist].contains { $0.overlaps(slot) }
  }

  func allows(_ slot: Slot, client: Int) -> Bool {
    !byClient[client].contains { $0.overlaps(slot) }
  }

  mutating func add(_ slot: Slot, client: Int) {
    byTherapist[slot.therapist].append(slot)
    byClient[client].append(slot)
  }

  mutating func remove(_ slot: Slot, client: Int) {
    // One of each: spans of one therapist, and of one client, never overlap here.
    if let index = byTherapist[slot.therapist].firstIndex(of: slot) {
      byTherapist[slot.therapist].swapAt(index, byTherapist[slot.therapist].count - 1)
      byTherapist[slot.therapist].removeLast()
    }
    if let index = byClient[client].firstIndex(of: slot) {
      byClient[client].swapAt(index, byClient[client].count - 1)
      byClient[client].removeLast()
    }
  }
}
