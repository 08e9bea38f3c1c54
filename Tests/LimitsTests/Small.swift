internal import Limits

/// Few therapists of two zones, one of which changes its clocks, with bookings on the half hours.
final class Small {
  static let therapists = 24
  static let clientsEach = 8
  static let clients = therapists * clientsEach
  static let firstDay: Int32 = 20_514
  private static let bookedDays: Int32 = 30

  let pointer: UnsafeMutablePointer<limits_population>
  private let bookings: [limits_session]
  private var owned: [UnsafeMutableRawPointer] = []

  init() {
    let schedules = [Self.schedule(changesClocks: true), Self.schedule(changesClocks: false)]
    var bookings: [limits_session] = []
    var first: [UInt32] = [0]
    for therapist in 0..<Self.therapists {
      bookings += Self.bookings(of: therapist, schedules[therapist % 2])
      first.append(UInt32(bookings.count))
    }
    self.bookings = bookings
    pointer = .allocate(capacity: 1)
    pointer.initialize(
      to: limits_population(
        therapists: Self.therapists, clients: Self.clients, first_day: Self.firstDay,
        end_day: Self.firstDay + 60, schedule_count: schedules.count, schedules: own(schedules),
        schedule_of: own((0..<Self.therapists).map { UInt8($0 % 2) }), first_booking: own(first),
        booking_start: own(bookings.map(\.start)), booking_client: own(bookings.map(\.client))))
  }

  deinit {
    for buffer in owned { buffer.deallocate() }
    pointer.deallocate()
  }

  /// Whether therapist (and with that the room) or client are with someone.
  func isBusy(_ session: limits_session) -> (own: Bool, client: Bool) {
    let near = bookings.filter { abs($0.start - session.start) < 50 }
    return (
      near.contains { $0.therapist == session.therapist },
      near.contains { $0.client == session.client }
    )
  }

  private func own<Element>(_ values: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: values.count)
    copy.initialize(from: values, count: values.count)
    owned.append(UnsafeMutableRawPointer(copy))
    return UnsafePointer(copy)
  }

  private static func schedule(changesClocks: Bool) -> limits_schedule {
    var schedule = limits_schedule()
    schedule.first_offset = changesClocks ? 60 : -180
    if changesClocks {
      schedule.transition_count = 1
      schedule.transition_at.0 = (firstDay + 14) * 1_440
      schedule.transition_offset.0 = 120
    }
    withUnsafeMutableBytes(of: &schedule.window_count) { counts in
      counts.bindMemory(to: Int32.self).prefix(5).update(repeating: 2)
    }
    withUnsafeMutableBytes(of: &schedule.windows) { windows in
      let windows = windows.bindMemory(to: limits_window.self)
      for day in 0..<5 {
        windows[day * limits_windows_max] = limits_window(opens: 540, closes: 720)
        windows[day * limits_windows_max + 1] = limits_window(opens: 780, closes: 1_020)
      }
    }
    return schedule
  }

  /// On all days of the week, so that some lie outside the hours.
  private static func bookings(
    of therapist: Int, _ schedule: limits_schedule
  ) -> [limits_session] {
    var schedule = schedule
    var state = UInt32(therapist)
    var bookings: [limits_session] = []
    for day in 0..<bookedDays {
      var free: Int32 = 540
      for minute in stride(from: 540, through: 960, by: 30) as StrideThrough<Int32> {
        state = state &* 1_664_525 &+ 1_013_904_223
        guard minute >= free, state >> 30 == 0 else { continue }
        free = minute + 50
        let local = (firstDay + day) * 1_440 + minute
        bookings.append(
          limits_session(
            therapist: UInt32(therapist),
            client: UInt32(therapist * clientsEach + bookings.count % clientsEach),
            start: local - limits_offset(&schedule, local)))
      }
    }
    return bookings
  }
}
