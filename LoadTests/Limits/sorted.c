#include "Limits/sorted.h"

#include <stdlib.h>
#include <string.h>

#include "starts_walk.h"

enum {
  // What may be booked on top of what the array is made with.
  spare_spans = 8,
};

// Arrays of spans in one block of memory.
typedef struct {
  limits_span *spans;
  size_t *first;
  uint32_t *counts;
} span_table;

struct limits_sorted {
  const limits_schedule *schedules;
  uint8_t *schedule_of;
  span_table therapists;
  span_table rooms;
  span_table clients;
};

static span_table table_make(const uint32_t *counts, size_t rows) {
  span_table table = {
      .first = limits_allocate(rows + 1, sizeof(size_t)),
      .counts = limits_allocate(rows, sizeof(uint32_t)),
  };
  for (size_t row = 0; row < rows; row++) {
    table.first[row + 1] = table.first[row] + counts[row] + spare_spans;
  }
  table.spans = limits_allocate(table.first[rows], sizeof(limits_span));
  return table;
}

static void table_free(span_table *table) {
  free(table->spans);
  free(table->first);
  free(table->counts);
}

static void append(span_table *table, size_t row, int32_t start) {
  limits_span *spans = table->spans + table->first[row];
  spans[table->counts[row]++] = (limits_span){start, start + limits_session_minutes};
}

limits_sorted *limits_sorted_make(const limits_population *population) {
  limits_sorted *sorted = limits_allocate(1, sizeof *sorted);
  sorted->schedules = population->schedules;
  sorted->schedule_of = limits_allocate(population->therapists, 1);
  memcpy(sorted->schedule_of, population->schedule_of, population->therapists);
  uint32_t *own = limits_allocate(population->therapists, sizeof *own);
  uint32_t *clients = limits_allocate(population->clients, sizeof *clients);
  for (size_t row = 0; row < population->therapists; row++) {
    own[row] = population->first_booking[row + 1] - population->first_booking[row];
  }
  const uint32_t bookings = population->first_booking[population->therapists];
  for (size_t index = 0; index < bookings; index++) clients[population->booking_client[index]]++;
  sorted->therapists = table_make(own, population->therapists);
  sorted->rooms = table_make(own, population->therapists);
  sorted->clients = table_make(clients, population->clients);
  for (size_t row = 0; row < population->therapists; row++) {
    for (uint32_t index = population->first_booking[row];
         index < population->first_booking[row + 1]; index++) {
      append(&sorted->therapists, row, population->booking_start[index]);
      append(&sorted->rooms, row, population->booking_start[index]);
      append(&sorted->clients, population->booking_client[index], population->booking_start[index]);
    }
  }
  free(own);
  free(clients);
  return sorted;
}

void limits_sorted_free(limits_sorted *sorted) {
  table_free(&sorted->therapists);
  table_free(&sorted->rooms);
  table_free(&sorted->clients);
  free(sorted->schedule_of);
  free(sorted);
}

// The first of a row's spans that ends after a point.
static uint32_t first_ending_after(const span_table *table, size_t row, int32_t point) {
  const limits_span *spans = table->spans + table->first[row];
  uint32_t low = 0;
  // Conditional moves: which way it goes cannot be foretold.
  for (uint32_t rest = table->counts[row]; rest > 0;) {
    const uint32_t half = rest / 2;
    const bool is_before = spans[low + half].end <= point;
    low = is_before ? low + half + 1 : low;
    rest = is_before ? rest - half - 1 : half;
  }
  return low;
}

static bool is_busy(const span_table *table, size_t row, int32_t start) {
  const uint32_t place = first_ending_after(table, row, start);
  return place < table->counts[row]
      && table->spans[table->first[row] + place].start < start + limits_session_minutes;
}

// A walk over the free starts of a therapist, and where in the array it has got to.
typedef struct {
  limits_starts_walk walk;
  const limits_span *next;
  const limits_span *end;
} free_walk;

static free_walk walk_free(
    const limits_sorted *sorted, uint32_t therapist, int32_t from, int32_t until,
    limits_shape shape) {
  const span_table *table = &sorted->therapists;
  const limits_span *spans = table->spans + table->first[therapist];
  return (free_walk){
      .walk = limits_walk(
          &sorted->schedules[sorted->schedule_of[therapist]], from, until, shape),
      .next = spans + first_ending_after(table, therapist, from),
      .end = spans + table->counts[therapist],
  };
}

// The next free start, or INT32_MAX.
static int32_t next_free(free_walk *walk) {
  for (;;) {
    const int32_t start = limits_next_open_start(&walk->walk);
    if (start == INT32_MAX) return start;
    while (walk->next < walk->end && walk->next->end <= start) walk->next++;
    if (walk->next < walk->end && walk->next->start < start + walk->walk.shape.duration) {
      walk->walk.position = limits_on_grid(&walk->walk, walk->next->end);
    } else {
      walk->walk.position = start + walk->walk.shape.grid;
      return start;
    }
  }
}

__attribute__((noinline)) size_t limits_sorted_month(
    const limits_sorted *sorted, limits_month query, limits_shape shape, int32_t *found) {
  free_walk walk = walk_free(sorted, query.therapist, query.from, query.until, shape);
  size_t count = 0;
  for (int32_t start; (start = next_free(&walk)) != INT32_MAX;) found[count++] = start;
  return count;
}

uint64_t limits_sorted_months(
    const limits_sorted *sorted, const limits_month *queries, size_t count, limits_shape shape,
    int32_t *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    checksum += limits_checksum(found, limits_sorted_month(sorted, queries[index], shape, found));
  }
  return checksum;
}

// Keeps the wanted first starts of all candidates in order, and follows each candidate no further
// than the last of them.
__attribute__((noinline)) size_t limits_sorted_first(
    const limits_sorted *sorted, const limits_many *query, limits_first_start *found) {
  size_t count = 0;
  for (uint32_t place = 0; place < query->count; place++) {
    const uint32_t therapist = query->therapists[place];
    free_walk walk = walk_free(
        sorted, therapist, query->from, query->until, limits_standard_shape());
    for (int32_t start; (start = next_free(&walk)) != INT32_MAX;) {
      if (count == query->wanted && start >= found[count - 1].start) break;
      size_t at = count < query->wanted ? count++ : count - 1;
      for (; at > 0 && found[at - 1].start > start; at--) found[at] = found[at - 1];
      found[at] = (limits_first_start){start, therapist};
    }
  }
  return count;
}

uint64_t limits_sorted_firsts(
    const limits_sorted *sorted, const limits_many *queries, size_t count,
    limits_first_start *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    const size_t starts_found = limits_sorted_first(sorted, &queries[index], found);
    for (size_t place = 0; place < starts_found; place++) {
      checksum += (uint32_t)found[place].start + found[place].therapist;
    }
  }
  return checksum;
}

uint64_t limits_sorted_collisions_of_all(
    const limits_sorted *sorted, const limits_session *queries, size_t count) {
  uint64_t colliding = 0;
  for (size_t index = 0; index < count; index++) {
    const limits_session *query = &queries[index];
    colliding += is_busy(&sorted->therapists, query->therapist, query->start)
        || is_busy(&sorted->rooms, query->therapist, query->start)
        || is_busy(&sorted->clients, query->client, query->start);
  }
  return colliding;
}

static void insert(span_table *table, size_t row, int32_t start) {
  limits_span *spans = table->spans + table->first[row];
  const uint32_t place = first_ending_after(table, row, start);
  memmove(spans + place + 1, spans + place, (table->counts[row] - place) * sizeof *spans);
  spans[place] = (limits_span){start, start + limits_session_minutes};
  table->counts[row]++;
}

static void erase(span_table *table, size_t row, int32_t start) {
  limits_span *spans = table->spans + table->first[row];
  const uint32_t place = first_ending_after(table, row, start);
  table->counts[row]--;
  memmove(spans + place, spans + place + 1, (table->counts[row] - place) * sizeof *spans);
}

uint64_t limits_sorted_book_and_cancel(
    limits_sorted *sorted, const limits_session *queries, size_t count) {
  uint64_t booked = 0;
  for (size_t index = 0; index < count; index++) {
    const limits_session *query = &queries[index];
    if (is_busy(&sorted->therapists, query->therapist, query->start)
        || is_busy(&sorted->rooms, query->therapist, query->start)
        || is_busy(&sorted->clients, query->client, query->start)) {
      continue;
    }
    booked++;
    insert(&sorted->therapists, query->therapist, query->start);
    insert(&sorted->rooms, query->therapist, query->start);
    insert(&sorted->clients, query->client, query->start);
    erase(&sorted->therapists, query->therapist, query->start);
    erase(&sorted->rooms, query->therapist, query->start);
    erase(&sorted->clients, query->client, query->start);
  }
  return booked;
}

uint64_t limits_sorted_first_free(
    const limits_sorted *sorted, const limits_many *query, int32_t *found) {
  uint64_t sum = 0;
  for (uint32_t place = 0; place < query->count; place++) {
    free_walk walk = walk_free(
        sorted, query->therapists[place], query->from, query->until, limits_standard_shape());
    const int32_t start = next_free(&walk);
    found[place] = start == INT32_MAX ? 0 : start;
    sum += (uint32_t)found[place];
  }
  return sum;
}
