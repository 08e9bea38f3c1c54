#include "Limits/columns.h"

#include <stdlib.h>

#include "starts_layout.h"

struct limits_columns {
  int32_t base;
  size_t bits;
  // Words from one half hour to the next.
  size_t stride;
  uint64_t *possible;
  uint32_t *counts;
};

limits_columns *limits_columns_make(const limits_starts *starts) {
  limits_columns *columns = limits_allocate(1, sizeof *columns);
  columns->base = starts->base;
  columns->bits = starts->used_words * 64;
  columns->stride = (starts->therapists + 63) / 64;
  columns->possible = limits_allocate(columns->bits * columns->stride, sizeof(uint64_t));
  columns->counts = limits_allocate(columns->bits, sizeof(uint32_t));
  for (size_t therapist = 0; therapist < starts->therapists; therapist++) {
    const uint64_t *row = starts->possible + therapist * starts->stride;
    for (size_t word = 0; word < starts->used_words; word++) {
      for (uint64_t bits = row[word]; bits != 0; bits &= bits - 1) {
        const size_t bit = word * 64 + (size_t)__builtin_ctzll(bits);
        columns->possible[bit * columns->stride + therapist / 64] |= 1ull << therapist % 64;
        columns->counts[bit]++;
      }
    }
  }
  return columns;
}

void limits_columns_free(limits_columns *columns) {
  free(columns->possible);
  free(columns->counts);
  free(columns);
}

__attribute__((noinline)) size_t limits_columns_first(
    const limits_columns *columns, const limits_many *query, const uint64_t *wanted,
    limits_first_start *found) {
  const uint32_t grid = limits_grid_minutes;
  const size_t from = ((uint32_t)(query->from - columns->base) + grid - 1) / grid;
  const size_t until = ((uint32_t)(query->until - columns->base) + grid - 1) / grid;
  size_t count = 0;
  for (size_t bit = from; bit < until; bit++) {
    if (columns->counts[bit] == 0) continue;
    const uint64_t *column = columns->possible + bit * columns->stride;
    for (size_t word = 0; word < columns->stride; word++) {
      uint64_t bits = column[word] & (wanted == NULL ? ~0ull : wanted[word]);
      for (; bits != 0; bits &= bits - 1) {
        found[count++] = (limits_first_start){
            columns->base + (int32_t)(bit * grid),
            (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits)};
        if (count == query->wanted) return count;
      }
    }
  }
  return count;
}
