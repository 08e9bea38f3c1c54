// How the bitmaps of starts lie in memory.
#ifndef LIMITS_STARTS_LAYOUT_H
#define LIMITS_STARTS_LAYOUT_H

#include "Limits/starts.h"

enum {
  // As many bookings of a client as there is room for: one comes and goes.
  client_slots = 32,
};

struct limits_starts {
  size_t therapists;
  // The minute of the first bit: a day before anything can be booked, so that no bit has a
  // neighbour outside.
  int32_t base;
  // Words from one therapist to the next: whole cache lines, one word at least beyond the last bit.
  size_t stride;
  size_t used_words;
  // A session may start: open, and free.
  uint64_t *possible;
  // A session starts.
  uint64_t *booked;
  uint64_t *room_booked;
  // Where the schedule lets a session start, whatever is booked; one row for each schedule.
  uint64_t *open;
  const limits_schedule *schedules;
  uint8_t *schedule_of;
  // For each client the starts of what is booked, in any order, and INT32_MAX in free slots.
  int32_t *client_starts;
};

static inline uint32_t bit_of(const limits_starts *starts, int32_t minute) {
  return (uint32_t)(minute - starts->base) / limits_grid_minutes;
}

static inline int32_t minute_of(const limits_starts *starts, size_t bit) {
  return starts->base + (int32_t)bit * limits_grid_minutes;
}

#endif
