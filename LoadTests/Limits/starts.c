// Filling, checking and booking.
#include "Limits/starts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "starts_layout.h"

static inline void set(uint64_t *row, uint32_t bit) { row[bit / 64] |= 1ull << bit % 64; }

// Where the bits around one lie: eight bytes from the one that holds the second bit before it. What
// is read and written of a booking is always these bytes, so that a load finds them in the store
// before it.
typedef struct {
  uint32_t byte;
  uint32_t shift;
} neighbourhood;

enum {
  own_bit = 1 << 2,
  // A session of 50 minutes on a grid of 30 is in the way of its own start and one on each side.
  near_bits = own_bit >> 1 | own_bit | own_bit << 1,
};

static inline neighbourhood around(uint32_t bit) {
  return (neighbourhood){(bit - 2) / 8, (bit - 2) % 8};
}

static inline uint64_t bits_around(const uint64_t *row, neighbourhood place) {
  uint64_t bytes;
  memcpy(&bytes, (const char *)row + place.byte, sizeof bytes);
  return bytes >> place.shift;
}

static inline void change_around(
    uint64_t *row, neighbourhood place, uint64_t cleared, uint64_t set) {
  uint64_t bytes;
  memcpy(&bytes, (const char *)row + place.byte, sizeof bytes);
  bytes = (bytes & ~(cleared << place.shift)) | set << place.shift;
  memcpy((char *)row + place.byte, &bytes, sizeof bytes);
}

static inline const uint64_t *open_row(const limits_starts *starts, size_t therapist) {
  return starts->open + starts->schedule_of[therapist] * starts->stride;
}

static void fill_open(limits_starts *starts, const limits_population *population, size_t index) {
  uint64_t *row = starts->open + index * starts->stride;
  limits_hours_walk walk = limits_hours(
      &population->schedules[index], population->first_day * limits_minutes_per_day,
      population->end_day * limits_minutes_per_day);
  limits_span opening;
  while (limits_next_opening(&walk, &opening)) {
    if (opening.start < population->first_day * limits_minutes_per_day) continue;
    if (opening.start >= population->end_day * limits_minutes_per_day) break;
    for (int32_t start = opening.start; start + limits_session_minutes <= opening.end;
         start += limits_grid_minutes) {
      set(row, bit_of(starts, start));
    }
  }
}

static void fill_therapist(
    limits_starts *starts, const limits_population *population, size_t therapist) {
  uint64_t *booked = starts->booked + therapist * starts->stride;
  uint64_t *possible = starts->possible + therapist * starts->stride;
  const uint32_t last = population->first_booking[therapist + 1];
  for (uint32_t index = population->first_booking[therapist]; index < last; index++) {
    set(booked, bit_of(starts, population->booking_start[index]));
    int32_t *own = starts->client_starts + population->booking_client[index] * (size_t)client_slots;
    while (*own != INT_MAX) own++;
    *own = population->booking_start[index];
  }
  memcpy(starts->room_booked + therapist * starts->stride, booked, starts->stride * sizeof *booked);
  const uint64_t *open = open_row(starts, therapist);
  uint64_t before = 0;
  for (size_t word = 0; word < starts->used_words; word++) {
    const uint64_t taken = booked[word];
    const uint64_t next = booked[word + 1];
    possible[word] = open[word] & ~(taken | taken << 1 | before >> 63 | taken >> 1 | next << 63);
    before = taken;
  }
}

limits_starts *limits_starts_make(const limits_population *population) {
  limits_starts *starts = limits_allocate(1, sizeof *starts);
  starts->therapists = population->therapists;
  starts->base = (population->first_day - 1) * limits_minutes_per_day;
  const size_t days = (size_t)(population->end_day - population->first_day) + 2;
  starts->used_words = (days * 48 + 63) / 64;
  starts->stride = (starts->used_words + 1 + 7) / 8 * 8;
  const size_t words = population->therapists * starts->stride;
  starts->possible = limits_allocate_lines(words, sizeof(uint64_t));
  starts->booked = limits_allocate_lines(words, sizeof(uint64_t));
  starts->room_booked = limits_allocate_lines(words, sizeof(uint64_t));
  starts->open =
      limits_allocate_lines(population->schedule_count * starts->stride, sizeof(uint64_t));
  starts->schedules = population->schedules;
  starts->schedule_of = limits_allocate(population->therapists, 1);
  memcpy(starts->schedule_of, population->schedule_of, population->therapists);
  const size_t client_words = population->clients * client_slots;
  starts->client_starts = limits_allocate_lines(client_words, sizeof(int32_t));
  for (size_t word = 0; word < client_words; word++) starts->client_starts[word] = INT_MAX;
  for (size_t index = 0; index < population->schedule_count; index++) {
    fill_open(starts, population, index);
  }
  for (size_t therapist = 0; therapist < population->therapists; therapist++) {
    fill_therapist(starts, population, therapist);
  }
  return starts;
}

void limits_starts_free(limits_starts *starts) {
  free(starts->possible);
  free(starts->booked);
  free(starts->room_booked);
  free(starts->open);
  free(starts->schedule_of);
  free(starts->client_starts);
  free(starts);
}

size_t limits_starts_bytes(const limits_starts *starts) {
  return starts->used_words * sizeof(uint64_t);
}

// Compiled to vector comparisons: no branch that depends on what is booked.
static inline uint64_t client_is_busy(const int32_t *own, int32_t start) {
  uint32_t colliding = 0;
  for (int slot = 0; slot < client_slots; slot++) {
    // The distance is reckoned without sign, so that one comparison sees both sides of it.
    const uint32_t distance = (uint32_t)own[slot] - (uint32_t)start + limits_session_minutes - 1;
    colliding |= distance <= 2 * (limits_session_minutes - 1);
  }
  return colliding;
}

uint64_t limits_starts_collisions(
    const limits_starts *starts, const limits_session *queries, size_t count) {
  uint64_t colliding = 0;
  for (size_t index = 0; index < count; index++) {
    const size_t row = queries[index].therapist * starts->stride;
    const neighbourhood place = around(bit_of(starts, queries[index].start));
    const uint64_t taken = bits_around(starts->booked + row, place)
        | bits_around(starts->room_booked + row, place);
    colliding += (taken & near_bits) != 0;
  }
  return colliding;
}

uint64_t limits_starts_collisions_of_all(
    const limits_starts *starts, const limits_session *queries, size_t count) {
  uint64_t colliding = 0;
  for (size_t index = 0; index < count; index++) {
    const size_t row = queries[index].therapist * starts->stride;
    const int32_t start = queries[index].start;
    const neighbourhood place = around(bit_of(starts, start));
    const int32_t *client = starts->client_starts + queries[index].client * (size_t)client_slots;
    const uint64_t taken = bits_around(starts->booked + row, place)
        | bits_around(starts->room_booked + row, place);
    colliding += ((taken & near_bits) | client_is_busy(client, start)) != 0;
  }
  return colliding;
}

// The first slot of a client that holds a start. There has to be one.
static inline int slot_of(const int32_t *own, int32_t start) {
  uint32_t slots = 0;
  for (int slot = 0; slot < client_slots; slot++) slots |= (uint32_t)(own[slot] == start) << slot;
  return __builtin_ctz(slots);
}

static inline void book(limits_starts *starts, const limits_session *query) {
  const size_t row = query->therapist * starts->stride;
  const neighbourhood place = around(bit_of(starts, query->start));
  int32_t *client = starts->client_starts + query->client * (size_t)client_slots;
  change_around(starts->booked + row, place, 0, own_bit);
  change_around(starts->room_booked + row, place, 0, own_bit);
  change_around(starts->possible + row, place, near_bits, 0);
  client[slot_of(client, INT_MAX)] = query->start;
}

static inline void cancel(limits_starts *starts, const limits_session *query) {
  const size_t row = query->therapist * starts->stride;
  const neighbourhood place = around(bit_of(starts, query->start));
  int32_t *client = starts->client_starts + query->client * (size_t)client_slots;
  change_around(starts->booked + row, place, own_bit, 0);
  change_around(starts->room_booked + row, place, own_bit, 0);
  const uint64_t taken = bits_around(starts->booked + row, place);
  const uint64_t open = bits_around(open_row(starts, query->therapist), place);
  const uint64_t possible = open & ~(taken | taken << 1 | taken >> 1) & near_bits;
  change_around(starts->possible + row, place, near_bits, possible);
  client[slot_of(client, query->start)] = INT_MAX;
}

uint64_t limits_starts_book_and_cancel(
    limits_starts *starts, const limits_session *queries, size_t count) {
  uint64_t booked = 0;
  for (size_t index = 0; index < count; index++) {
    if (limits_starts_collisions_of_all(starts, &queries[index], 1)) continue;
    booked++;
    book(starts, &queries[index]);
    cancel(starts, &queries[index]);
  }
  return booked;
}

void limits_starts_book(limits_starts *starts, limits_session session) { book(starts, &session); }

void limits_starts_cancel(limits_starts *starts, limits_session session) {
  cancel(starts, &session);
}
