#include "Limits/population.h"

#include <stdlib.h>
#include <string.h>

void *limits_allocate(size_t count, size_t size) {
  void *made = calloc(count, size);
  // A benchmark without memory has nothing to report.
  if (made == NULL) abort();
  return made;
}

void *limits_allocate_lines(size_t count, size_t size) {
  const size_t line = 64;
  const size_t bytes = (count * size + line - 1) / line * line;
  void *made = aligned_alloc(line, bytes);
  if (made == NULL) abort();
  return memset(made, 0, bytes);
}

int32_t limits_offset(const limits_schedule *schedule, int32_t minute) {
  int32_t offset = schedule->first_offset;
  for (int32_t index = 0; index < schedule->transition_count; index++) {
    if (schedule->transition_at[index] > minute) break;
    offset = schedule->transition_offset[index];
  }
  return offset;
}

static int32_t floored_day(int32_t minute) {
  const int32_t day = minute / limits_minutes_per_day;
  return minute % limits_minutes_per_day < 0 ? day - 1 : day;
}

// Monday is 0; 1970-01-01 was a Thursday.
static int32_t weekday(int32_t day) {
  const int32_t rest = (day + 3) % 7;
  return rest < 0 ? rest + 7 : rest;
}

limits_hours_walk limits_hours(const limits_schedule *schedule, int32_t from, int32_t until) {
  return (limits_hours_walk){
      .schedule = schedule,
      .day = floored_day(from) - 1,
      .last_day = floored_day(until) + 1,
      .window = 0,
  };
}

bool limits_next_opening(limits_hours_walk *walk, limits_span *opening) {
  const limits_schedule *schedule = walk->schedule;
  while (walk->window == schedule->window_count[weekday(walk->day)]) {
    if (walk->day == walk->last_day) return 0;
    walk->day++;
    walk->window = 0;
  }
  const limits_window *window = &schedule->windows[weekday(walk->day)][walk->window++];
  const int32_t midnight = walk->day * limits_minutes_per_day;
  // Clocks change at night, outside the hours: the offset at the reading itself is the day's.
  const int32_t offset = limits_offset(schedule, midnight + window->opens);
  opening->start = midnight + window->opens - offset;
  opening->end = midnight + window->closes - offset;
  return 1;
}
