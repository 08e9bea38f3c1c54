#include "Limits/cells.h"

#include <stdlib.h>

enum {
  cell_minutes = 5,
  // A grid repeats each hour, which is 12 cells, and a word each 64: both after three words.
  grid_words = 3,
};

struct limits_cells {
  int32_t base;
  size_t stride;
  size_t used_words;
  uint64_t *free;
};

// Where starts may be, for each grid: by its step in cells.
static uint64_t grid_masks[60 / cell_minutes + 1][grid_words];

static void fill_grid_masks(void) {
  for (uint32_t step = 1; step <= 60 / cell_minutes; step++) {
    for (uint32_t bit = 0; bit < grid_words * 64; bit += step) {
      grid_masks[step][bit / 64] |= 1ull << bit % 64;
    }
  }
}

static void set_all(uint64_t *row, uint32_t from, uint32_t until) {
  for (uint32_t bit = from; bit < until; bit++) row[bit / 64] |= 1ull << bit % 64;
}

static void clear_all(uint64_t *row, uint32_t from, uint32_t until) {
  for (uint32_t bit = from; bit < until; bit++) row[bit / 64] &= ~(1ull << bit % 64);
}

static uint32_t cell_of(const limits_cells *cells, int32_t minute) {
  return (uint32_t)(minute - cells->base) / cell_minutes;
}

limits_cells *limits_cells_make(const limits_population *population) {
  fill_grid_masks();
  limits_cells *cells = limits_allocate(1, sizeof *cells);
  // A multiple of three words after 1970, so that the grid's masks lie alike for everyone.
  const int32_t first = (population->first_day - 1) * limits_minutes_per_day;
  cells->base = first - first % (grid_words * 64 * cell_minutes);
  const int32_t end = (population->end_day + 1) * limits_minutes_per_day;
  cells->used_words = (cell_of(cells, end) + 63) / 64;
  // A search reads some words beyond the last start.
  cells->stride = cells->used_words + 2;
  cells->free = limits_allocate_lines(population->therapists * cells->stride, sizeof(uint64_t));
  for (size_t therapist = 0; therapist < population->therapists; therapist++) {
    uint64_t *row = cells->free + therapist * cells->stride;
    limits_hours_walk walk = limits_hours(
        &population->schedules[population->schedule_of[therapist]],
        population->first_day * limits_minutes_per_day,
        population->end_day * limits_minutes_per_day);
    limits_span opening;
    while (limits_next_opening(&walk, &opening)) {
      if (opening.start < population->first_day * limits_minutes_per_day) continue;
      if (opening.start >= population->end_day * limits_minutes_per_day) break;
      set_all(row, cell_of(cells, opening.start), cell_of(cells, opening.end));
    }
    const uint32_t last = population->first_booking[therapist + 1];
    for (uint32_t index = population->first_booking[therapist]; index < last; index++) {
      const int32_t start = population->booking_start[index];
      clear_all(row, cell_of(cells, start), cell_of(cells, start + limits_session_minutes));
    }
  }
  return cells;
}

void limits_cells_free(limits_cells *cells) {
  free(cells->free);
  free(cells);
}

size_t limits_cells_bytes(const limits_cells *cells) {
  return cells->used_words * sizeof(uint64_t);
}

// The cells from which `length` (1 to 64) in a row are free. The run's length is doubled as long as
// it can be, then made up with one more step.
static inline uint64_t run_starts(uint64_t low, uint64_t high, uint32_t length) {
  unsigned __int128 runs = (unsigned __int128)high << 64 | low;
  uint32_t reached = 1;
  for (; reached * 2 <= length; reached *= 2) runs &= runs >> reached;
  if (reached < length) runs &= runs >> (length - reached);
  return (uint64_t)runs;
}

__attribute__((noinline)) size_t limits_cells_month(
    const limits_cells *cells, limits_month query, limits_shape shape, int32_t *found) {
  const uint64_t *row = cells->free + query.therapist * cells->stride;
  const uint32_t length = (uint32_t)(shape.duration + cell_minutes - 1) / cell_minutes;
  const uint64_t *masks = grid_masks[shape.grid / cell_minutes];
  const uint32_t from = cell_of(cells, query.from + cell_minutes - 1);
  const uint32_t until = cell_of(cells, query.until + cell_minutes - 1);
  size_t count = 0;
  if (from >= until) return 0;
  for (uint32_t word = from / 64; word <= (until - 1) / 64; word++) {
    if (row[word] == 0) continue;
    uint64_t bits = run_starts(row[word], row[word + 1], length) & masks[word % grid_words];
    if (word == from / 64) bits &= ~0ull << from % 64;
    if (word == (until - 1) / 64) bits &= ~0ull >> (63 - (until - 1) % 64);
    for (; bits != 0; bits &= bits - 1) {
      const int32_t cell = (int32_t)(word * 64) + __builtin_ctzll(bits);
      found[count++] = cells->base + cell * cell_minutes;
    }
  }
  return count;
}

uint64_t limits_cells_months(
    const limits_cells *cells, const limits_month *queries, size_t count, limits_shape shape,
    int32_t *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    const size_t starts = limits_cells_month(cells, queries[index], shape, found);
    checksum += limits_checksum(found, starts);
  }
  return checksum;
}
