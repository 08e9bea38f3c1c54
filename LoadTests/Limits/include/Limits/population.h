// The therapists, their hours and what is booked, as every limit is filled with it.
#ifndef LIMITS_POPULATION_H
#define LIMITS_POPULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  limits_session_minutes = 50,
  limits_grid_minutes = 30,
  limits_minutes_per_day = 1440,
  limits_windows_max = 4,
  limits_transitions_max = 8,
};

// Opening hours of a weekday, in minutes after local midnight.
typedef struct {
  int32_t opens;
  int32_t closes;
} limits_window;

// The weekly hours of all therapists of a zone, and the zone's rules.
typedef struct {
  // Monday first.
  limits_window windows[7][limits_windows_max];
  int32_t window_count[7];
  // When the offset changes, ascending, and to what; before the first it is `first_offset`.
  int32_t transition_count;
  int32_t transition_at[limits_transitions_max];
  int32_t transition_offset[limits_transitions_max];
  int32_t first_offset;
} limits_schedule;

typedef struct {
  size_t therapists;
  size_t clients;
  // Days since 1970-01-01. Bookings may start on the days before `end_day`.
  int32_t first_day;
  int32_t end_day;
  size_t schedule_count;
  const limits_schedule *schedules;
  // The schedule of each therapist.
  const uint8_t *schedule_of;
  // Where each therapist's bookings begin in the arrays below; one more for where the last end.
  const uint32_t *first_booking;
  const int32_t *booking_start;
  const uint32_t *booking_client;
} limits_population;

// Openings of a schedule in UTC, ascending.
typedef struct {
  const limits_schedule *schedule;
  int32_t day;
  int32_t last_day;
  int32_t window;
} limits_hours_walk;

typedef struct {
  int32_t start;
  int32_t end;
} limits_span;

// Walks all openings that hold a minute of [from, until).
limits_hours_walk limits_hours(const limits_schedule *schedule, int32_t from, int32_t until);

// False when there is no further opening.
bool limits_next_opening(limits_hours_walk *walk, limits_span *opening);

// What to add to UTC for the time on the wall.
int32_t limits_offset(const limits_schedule *schedule, int32_t minute);

// Ends the process when there is no memory.
void *limits_allocate(size_t count, size_t size);

// The same, zeroed and aligned to a cache line.
void *limits_allocate_lines(size_t count, size_t size);

#endif
