public import Availability

extension Therapist {
  /// All that the index keeps of them.
  /// - Parameters:
  ///   - schedule: nil has no hours.
  ///   - partnerPolicy: counts where neither a service nor the therapist has their own.
  public func profile(
    of partner: PartnerID, in zone: Zone, schedule: Schedule?, services: [HealthcareService],
    places: [Place], partnerPolicy: Policy
  ) -> TherapistProfile {
    TherapistProfile(
      id: id, partner: partner, zone: zone, languages: languages, specialities: specialities,
      insurers: insurers, windows: schedule?.windows ?? [],
      exceptions: schedule?.exceptions ?? [], holidays: schedule?.holidays ?? [],
      offers: services.map { service in
        let resolved = Policy.resolved(
          service: service.policy, therapist: policy, partner: partnerPolicy)
        return service.offer(therapistGrid: grid, policy: resolved.booking)
      },
      places: places,
      caps: Policy.resolved(service: nil, therapist: policy, partner: partnerPolicy).caps)
  }
}

extension TherapistProfile {
  /// The same under another policy of the partner.
  /// - Parameters:
  ///   - own: what the therapist has set.
  ///   - ofService: what each of their services has set.
  /// - Returns: nil where it changes nothing.
  public func under(
    partner: Policy, own: Policy, ofService: (ServiceID) -> Policy
  ) -> TherapistProfile? {
    let caps = Policy.resolved(service: nil, therapist: own, partner: partner).caps
    let offers = offers.map { offer in
      offer.under(
        Policy.resolved(service: ofService(offer.id), therapist: own, partner: partner).booking)
    }
    guard caps != self.caps || offers != self.offers else { return nil }
    return TherapistProfile(
      id: id, partner: self.partner, zone: zone, languages: languages, specialities: specialities,
      insurers: insurers, windows: windows, exceptions: exceptions, holidays: holidays,
      offers: offers, places: places, caps: caps)
  }
}

extension Offer {
  fileprivate func under(_ policy: BookingPolicy) -> Offer {
    Offer(
      id: id, kind: kind, durationMinutes: durationMinutes, grid: grid, mode: mode,
      locations: locations, price: price, buffers: buffers, policy: policy)
  }
}
