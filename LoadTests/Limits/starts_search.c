// Searching the bitmaps of starts.
#include <immintrin.h>
#include <string.h>

#include "Limits/starts.h"
#include "starts_layout.h"

#define AVX512                    \
  __attribute__((target(          \
      "avx512f,avx512bw,avx512dq" \
      ",avx512vl,avx512vbmi,avx512vbmi2,popcnt,bmi")))

static bool are_vectors_forbidden;

void limits_starts_forbid_vectors(void) { are_vectors_forbidden = true; }

bool limits_starts_is_vectorised(void) {
  return !are_vectors_forbidden && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq");
}

// The bits [from, until) of a row.
typedef struct {
  const uint64_t *row;
  uint32_t from;
  uint32_t until;
} bit_range;

static inline bit_range range_of(
    const limits_starts *starts, uint32_t therapist, int32_t from, int32_t until) {
  const uint32_t grid = limits_grid_minutes;
  return (bit_range){
      starts->possible + therapist * starts->stride,
      bit_of(starts, from + limits_grid_minutes - 1),
      ((uint32_t)(until - starts->base) + grid - 1) / grid,
  };
}

// A word of the range, without the bits that lie outside it. The range is not empty.
static inline uint64_t word_within(const bit_range *range, uint32_t word) {
  uint64_t bits = range->row[word];
  if (word == range->from / 64) bits &= ~0ull << range->from % 64;
  if (word == (range->until - 1) / 64) bits &= ~0ull >> (63 - (range->until - 1) % 64);
  return bits;
}

// MARK: Q1

static size_t month_scalar(const limits_starts *starts, bit_range range, int32_t *found) {
  size_t count = 0;
  for (uint32_t word = range.from / 64; word <= (range.until - 1) / 64; word++) {
    for (uint64_t bits = word_within(&range, word); bits != 0; bits &= bits - 1) {
      found[count++] = minute_of(starts, word * 64 + (uint32_t)__builtin_ctzll(bits));
    }
  }
  return count;
}

AVX512 static size_t month_avx512(const limits_starts *starts, bit_range range, int32_t *found) {
  uint8_t ascending[64];
  for (int lane = 0; lane < 64; lane++) ascending[lane] = (uint8_t)lane;
  const __m512i lanes = _mm512_loadu_si512(ascending);
  const __m512i grid = _mm512_set1_epi32(limits_grid_minutes);
  int32_t *next = found;
  for (uint32_t word = range.from / 64; word <= (range.until - 1) / 64; word++) {
    const uint64_t bits = word_within(&range, word);
    const __m512i packed = _mm512_maskz_compress_epi8(bits, lanes);
    const __m512i base = _mm512_set1_epi32(minute_of(starts, word * 64));
    // Some 5 of 64 are free: the first 16 are nearly always all of them.
    const __m512i first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed));
    _mm512_storeu_si512(next, _mm512_add_epi32(_mm512_mullo_epi32(first, grid), base));
    const int count = (int)_mm_popcnt_u64(bits);
    if (__builtin_expect(count > 16, 0)) {
      uint8_t bytes[64];
      _mm512_storeu_si512(bytes, packed);
      for (int lane = 16; lane < count; lane++) {
        next[lane] = minute_of(starts, word * 64 + bytes[lane]);
      }
    }
    next += count;
  }
  return (size_t)(next - found);
}

__attribute__((noinline)) size_t limits_starts_month(
    const limits_starts *starts, limits_month query, int32_t *found) {
  const bit_range range = range_of(starts, query.therapist, query.from, query.until);
  if (range.from >= range.until) return 0;
  return limits_starts_is_vectorised() ? month_avx512(starts, range, found)
                                       : month_scalar(starts, range, found);
}

uint64_t limits_starts_months(
    const limits_starts *starts, const limits_month *queries, size_t count, int32_t *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    checksum += limits_checksum(found, limits_starts_month(starts, queries[index], found));
  }
  return checksum;
}

// MARK: Q2

// The therapists, of up to limits_candidates_max, whose word has a bit; how many.
static size_t holders_scalar(
    const uint64_t *words, uint32_t count, uint64_t bit, uint32_t *places) {
  size_t found = 0;
  for (uint32_t place = 0; place < count; place++) {
    places[found] = place;
    found += (words[place] & bit) != 0;
  }
  return found;
}

AVX512 static size_t holders_avx512(
    const uint64_t *words, uint32_t count, uint64_t bit, uint32_t *places) {
  const __m512i wanted = _mm512_set1_epi64((long long)bit);
  __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  size_t found = 0;
  // Words beyond `count` are zero up to a multiple of eight.
  for (uint32_t place = 0; place < count; place += 8) {
    const __mmask8 holds = _mm512_test_epi64_mask(_mm512_loadu_si512(words + place), wanted);
    _mm256_storeu_si256((__m256i *)(places + found), _mm256_maskz_compress_epi32(holds, lanes));
    found += (size_t)_mm_popcnt_u32(holds);
    lanes = _mm256_add_epi32(lanes, _mm256_set1_epi32(8));
  }
  return found;
}

__attribute__((noinline)) size_t limits_starts_first(
    const limits_starts *starts, const limits_many *query, limits_first_start *found) {
  const bool is_vectorised = limits_starts_is_vectorised();
  const bit_range range = range_of(starts, 0, query->from, query->until);
  if (range.from >= range.until) return 0;
  uint64_t words[limits_candidates_max + 8];
  uint32_t places[limits_candidates_max + 8];
  size_t count = 0;
  for (uint32_t word = range.from / 64; word <= (range.until - 1) / 64; word++) {
    uint64_t any = 0;
    for (uint32_t place = 0; place < query->count; place++) {
      const bit_range own = {
          range.row + query->therapists[place] * starts->stride, range.from, range.until};
      words[place] = word_within(&own, word);
      any |= words[place];
    }
    memset(words + query->count, 0, 8 * sizeof *words);
    for (; any != 0; any &= any - 1) {
      const uint64_t bit = any & -any;
      const size_t holders = is_vectorised ? holders_avx512(words, query->count, bit, places)
                                           : holders_scalar(words, query->count, bit, places);
      const int32_t start = minute_of(starts, word * 64 + (uint32_t)__builtin_ctzll(any));
      for (size_t index = 0; index < holders; index++) {
        found[count++] = (limits_first_start){start, query->therapists[places[index]]};
        if (count == query->wanted) return count;
      }
    }
  }
  return count;
}

uint64_t limits_starts_firsts(
    const limits_starts *starts, const limits_many *queries, size_t count,
    limits_first_start *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    const size_t starts_found = limits_starts_first(starts, &queries[index], found);
    for (size_t place = 0; place < starts_found; place++) {
      checksum += (uint32_t)found[place].start + found[place].therapist;
    }
  }
  return checksum;
}

// MARK: Q5 and Q6

uint64_t limits_starts_first_free(
    const limits_starts *starts, const limits_many *query, int32_t *found) {
  uint64_t sum = 0;
  for (uint32_t place = 0; place < query->count; place++) {
    const bit_range range =
        range_of(starts, query->therapists[place], query->from, query->until);
    found[place] = 0;
    for (uint32_t word = range.from / 64; word <= (range.until - 1) / 64; word++) {
      const uint64_t bits = word_within(&range, word);
      if (bits == 0) continue;
      found[place] = minute_of(starts, word * 64 + (uint32_t)__builtin_ctzll(bits));
      break;
    }
    sum += (uint32_t)found[place];
  }
  return sum;
}

// The half hours of a day, from a bit on.
static inline uint64_t day_bits(const uint64_t *row, uint32_t bit) {
  uint64_t bytes;
  memcpy(&bytes, (const char *)row + bit / 8, sizeof bytes);
  return bytes >> bit % 8 & ((1ull << 48) - 1);
}

__attribute__((noinline)) size_t limits_starts_weekly(
    const limits_starts *starts, limits_weekly query, int32_t *found) {
  const uint64_t *row = starts->possible + query.therapist * starts->stride;
  const limits_schedule *schedule = &starts->schedules[starts->schedule_of[query.therapist]];
  uint64_t free[7];
  memset(free, 0xff, sizeof free);
  for (int32_t week = 0; week < query.weeks; week++) {
    uint64_t any = 0;
    for (int32_t day = 0; day < 7; day++) {
      const int32_t midnight = (query.first_day + week * 7 + day) * limits_minutes_per_day;
      // Clocks change at night: what holds at noon holds for the hours of the day.
      const int32_t offset = limits_offset(schedule, midnight + limits_minutes_per_day / 2);
      free[day] &= day_bits(row, bit_of(starts, midnight - offset));
      any |= free[day];
    }
    if (any == 0) return 0;
  }
  size_t count = 0;
  for (int32_t day = 0; day < 7; day++) {
    for (uint64_t bits = free[day]; bits != 0; bits &= bits - 1) {
      found[count++] = (query.first_day + day) * limits_minutes_per_day
          + __builtin_ctzll(bits) * limits_grid_minutes;
    }
  }
  return count;
}

uint64_t limits_starts_weeklies(
    const limits_starts *starts, const limits_weekly *queries, size_t count, int32_t *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    checksum += limits_checksum(found, limits_starts_weekly(starts, queries[index], found)) + 1;
  }
  return checksum;
}
