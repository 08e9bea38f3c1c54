// Walks weekly hours and what is booked side by side: the way to search that needs no bitmap.
#ifndef LIMITS_STARTS_WALK_H
#define LIMITS_STARTS_WALK_H

#include "Limits/population.h"
#include "Limits/queries.h"

typedef struct {
  limits_hours_walk hours;
  limits_span opening;
  bool is_open;
  // The next start to look at, and before which they are.
  int32_t position;
  int32_t until;
  limits_shape shape;
} limits_starts_walk;

static inline int32_t limits_on_grid(const limits_starts_walk *walk, int32_t minute) {
  // Zones are whole hours from UTC here, so that a grid from the full hour is one in UTC too.
  const int32_t grid = walk->shape.grid;
  return (minute + grid - 1) / grid * grid;
}

static inline void limits_open_next(limits_starts_walk *walk) {
  walk->is_open = limits_next_opening(&walk->hours, &walk->opening);
}

static inline limits_starts_walk limits_walk(
    const limits_schedule *schedule, int32_t from, int32_t until, limits_shape shape) {
  limits_starts_walk walk = {
      .hours = limits_hours(schedule, from, until),
      .until = until,
      .shape = shape,
  };
  walk.position = limits_on_grid(&walk, from);
  limits_open_next(&walk);
  return walk;
}

// The next start at which the hours allow a session, or INT32_MAX. The caller moves `position` on.
static inline int32_t limits_next_open_start(limits_starts_walk *walk) {
  while (walk->is_open) {
    const int32_t opens = limits_on_grid(walk, walk->opening.start);
    if (opens > walk->position) walk->position = opens;
    if (walk->position >= walk->until) break;
    if (walk->position + walk->shape.duration <= walk->opening.end) return walk->position;
    limits_open_next(walk);
  }
  return INT32_MAX;
}

#endif
