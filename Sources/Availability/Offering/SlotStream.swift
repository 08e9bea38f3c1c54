/// Where a therapist's slots come from: one offer at one place. Holds what a search asks of both, as
/// plain numbers: nothing is retained to read them.
struct SlotStream: Hashable, Sendable {
  /// Indices into the profile's lists.
  let offer: Int
  let place: Int
  let durationMinutes: Int32
  let buffers: Buffers
  let policy: BookingPolicy

  static func all(of offers: [Offer], at places: [Place]) -> ContiguousArray<SlotStream> {
    var streams: ContiguousArray<SlotStream> = []
    for (offerIndex, offer) in offers.enumerated() {
      for (placeIndex, place) in places.enumerated() where offer.locations.contains(place.id) {
        streams.append(
          SlotStream(
            offer: offerIndex, place: placeIndex, durationMinutes: offer.durationMinutes,
            buffers: offer.buffers, policy: offer.policy))
      }
    }
    return streams
  }
}

extension TherapistProfile {
  @inline(__always)
  func offer(ofStream stream: Int) -> Offer { offers[streams[stream].offer] }

  @inline(__always)
  func place(ofStream stream: Int) -> Place { places[streams[stream].place] }
}
