internal import Availability
internal import Intervals
internal import Limits
internal import Workload

/// Population W as the limits read it.
final class LimitsPopulation {
  let pointer: UnsafeMutablePointer<limits_population>
  private let schedules: UnsafeMutablePointer<limits_schedule>
  private let scheduleOf: UnsafeMutablePointer<UInt8>
  private let firstBooking: UnsafeMutablePointer<UInt32>
  private let starts: UnsafeMutablePointer<Int32>
  private let clients: UnsafeMutablePointer<UInt32>

  init(_ population: PopulationW) {
    let therapists = population.therapistCount
    schedules = .allocate(capacity: Zones.all.count)
    scheduleOf = .allocate(capacity: therapists)
    firstBooking = .allocate(capacity: therapists + 1)
    let bookingsMax = therapists * PopulationW.bookingsMax
    starts = .allocate(capacity: bookingsMax)
    clients = .allocate(capacity: bookingsMax)
    for (index, zone) in Zones.all.enumerated() {
      (schedules + index).initialize(to: limits_schedule(of: zone, population))
    }
    var booked = 0
    for therapist in 0..<therapists {
      (scheduleOf + therapist).initialize(to: UInt8(population.zone(of: therapist)))
      (firstBooking + therapist).initialize(to: UInt32(booked))
      for booking in population.bookings(of: therapist, inUTC: Zones.inUTC) {
        (starts + booked).initialize(to: booking.start)
        (clients + booked).initialize(to: UInt32(booking.client))
        booked += 1
      }
    }
    (firstBooking + therapists).initialize(to: UInt32(booked))
    pointer = .allocate(capacity: 1)
    pointer.initialize(
      to: limits_population(
        therapists: therapists, clients: population.clientCount, first_day: population.firstDay,
        end_day: population.endDay, schedule_count: Zones.all.count, schedules: schedules,
        schedule_of: scheduleOf, first_booking: firstBooking, booking_start: starts,
        booking_client: clients))
  }

  deinit {
    pointer.deallocate()
    schedules.deallocate()
    scheduleOf.deallocate()
    firstBooking.deallocate()
    starts.deallocate()
    clients.deallocate()
  }
}

extension limits_schedule {
  fileprivate init(of zone: Zone, _ population: PopulationW) {
    self.init()
    withUnsafeMutableBytes(of: &window_count) { counts in
      let counts = counts.bindMemory(to: Int32.self)
      for day in PopulationW.workingWeekdays {
        counts[day - 1] = Int32(PopulationW.windows.count)
      }
    }
    withUnsafeMutableBytes(of: &windows) { windows in
      let windows = windows.bindMemory(to: limits_window.self)
      for day in PopulationW.workingWeekdays {
        for (place, window) in PopulationW.windows.enumerated() {
          windows[(day - 1) * limits_windows_max + place] = limits_window(
            opens: window.lowerBound, closes: window.upperBound)
        }
      }
    }
    // A day at a time: clocks change at night, and no limit asks about the night.
    first_offset = zone.offsetMinutes(at: noon(population.firstDay - 1))
    var offset = first_offset
    for day in population.firstDay...population.endDay {
      let next = zone.offsetMinutes(at: noon(day))
      if next != offset { append(Zone.Transition(at: midnight(day), offsetMinutes: next)) }
      offset = next
    }
  }

  private mutating func append(_ transition: Zone.Transition) {
    let place = Int(transition_count)
    withUnsafeMutableBytes(of: &transition_at) {
      $0.bindMemory(to: Int32.self)[place] = transition.at.sinceEpoch
    }
    withUnsafeMutableBytes(of: &transition_offset) {
      $0.bindMemory(to: Int32.self)[place] = transition.offsetMinutes
    }
    transition_count += 1
  }
}

private func midnight(_ day: Int32) -> Minute { Minute(sinceEpoch: day * 1_440) }

private func noon(_ day: Int32) -> Minute { Minute(sinceEpoch: day * 1_440 + 720) }
