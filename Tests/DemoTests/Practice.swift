internal import Availability
internal import Booking
internal import Intervals

/// What the server would know: decides commands, and keeps what came of them.
struct Practice {
  private(set) var facts = Facts(index: AvailabilityIndex())
  private(set) var refusals: [Refusal] = []
  private(set) var appointments: [Appointment] = []
  private let stamp: Stamp

  init(at: Instant) {
    stamp = Stamp(at: at, seed: 1)
  }

  mutating func perform(_ wish: Wanted) {
    let command = Command(
      partner: PartnerID(rawValue: 1), actor: .staff(name: "demo"), wish: wish)
    switch Engine.decide(command, facts: facts, stamp: stamp) {
    case .refuse(let refusal): refusals.append(refusal)
    case .change(let change): for event in change.events { take(event) }
    }
  }

  private mutating func take(_ event: Event) {
    switch event {
    case .clientRegistered(let client): facts.clients[client.id] = client
    case .therapyBegun(let therapy), .therapyChanged(let therapy):
      facts.therapies[therapy.pair] = therapy
    case .appointmentChanged, .seriesMade, .seriesChanged, .holdTaken, .holdRenewed, .holdReleased,
      .holdBooked, .holdLapsed, .moneyMoved, .moneyChanged, .paymentIntentMade,
      .paymentIntentChanged, .paymentMethodMade, .paymentMethodChanged, .benefitMade,
      .benefitChanged, .payoutRecorded, .gatewayEventHeard, .attendanceStatusesPut,
      .clientChanged, .packagePut, .packageLinked, .packageLinkChanged, .appointmentReminded,
      .messageTemplatePut, .notificationSettingsPut, .webhookEndpointPut, .webhookEndpointDeleted,
      .deliveryNoted, .webhooksNoted:
      break
    case .appointmentBooked(let appointment, _):
      facts.appointments[appointment.id] = appointment
      appointments.append(appointment)
      if !facts.index.apply(.occupy(appointment.occupation)) {
        refusals.append(.idTaken(id: appointment.id.text, field: "index"))
      }
    case .locationPut(let location):
      facts.locations[location.id] = location
      for room in location.rooms { facts.roomOwners[room.id] = location.id }
    case .therapistPut(let therapist): facts.therapists[therapist.id] = therapist
    case .servicePut(let service): facts.services[service.id] = service
    case .schedulePut(let schedule): facts.schedules[schedule.therapist] = schedule
    case .policyPut(let policy): facts.partnerPolicy = policy
    }
  }

  /// Makes the therapists known to the index, once all of the directory is in.
  mutating func open() {
    facts.policies = facts.services.mapValues {
      Policy.resolved(
        service: $0.policy, therapist: facts.therapists[$0.therapist]?.policy ?? .unset,
        partner: facts.partnerPolicy.policy)
    }
    let services = Dictionary(grouping: facts.services.values, by: \.therapist)
    for therapist in facts.therapists.values {
      guard let zone = Zones.named(therapist.zoneName) else { continue }
      facts.index.replace(
        therapist.profile(
          of: PartnerID(rawValue: 1), in: zone, schedule: facts.schedules[therapist.id],
          services: services[therapist.id, default: []],
          places: therapist.locations.compactMap { facts.locations[$0]?.place },
          partnerPolicy: facts.partnerPolicy.policy))
    }
  }
}
