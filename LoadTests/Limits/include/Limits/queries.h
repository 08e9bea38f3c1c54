// The questions, as performance goals number them.
#ifndef LIMITS_QUERIES_H
#define LIMITS_QUERIES_H

#include <stddef.h>
#include <stdint.h>

#include "Limits/population.h"

enum {
  // No answer to a Q1 has more starts.
  limits_starts_max = 4096,
  // No Q2 has more candidates.
  limits_candidates_max = 256,
  // No Q2 wants more starts.
  limits_wanted_max = 64,
  // What an answer may be written beyond its end.
  limits_slack = 64,
};

// How long a session is, and the minutes from one start to the next.
typedef struct {
  int32_t duration;
  int32_t grid;
} limits_shape;

// Those of what is booked.
static inline limits_shape limits_standard_shape(void) {
  return (limits_shape){limits_session_minutes, limits_grid_minutes};
}

// Q1.
typedef struct {
  uint32_t therapist;
  int32_t from;
  int32_t until;
} limits_month;

// Q2 and Q5. Therapists ascend.
typedef struct {
  const uint32_t *therapists;
  uint32_t count;
  int32_t from;
  int32_t until;
  uint32_t wanted;
} limits_many;

// Q3 and Q4. The room has the therapist's number.
typedef struct {
  uint32_t therapist;
  uint32_t client;
  int32_t start;
} limits_session;

// Q6.
typedef struct {
  uint32_t therapist;
  int32_t first_day;
  int32_t weeks;
} limits_weekly;

// An answer to Q2: by start, then therapist.
typedef struct {
  int32_t start;
  uint32_t therapist;
} limits_first_start;

static inline uint64_t limits_checksum(const int32_t *starts, size_t count) {
  if (count == 0) return 0;
  return count + (uint64_t)(uint32_t)starts[0] + (uint64_t)(uint32_t)starts[count - 1];
}

#endif
