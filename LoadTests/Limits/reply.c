#include "Limits/reply.h"

#include <immintrin.h>
#include <string.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi")))

enum {
  ms_per_minute = 60000,
  // A varint of milliseconds has six bytes from 1971 to 2109.
  varint_bytes = 6,
  groups_tag = 1 << 3 | 2,
  start_ms_tag = 8 << 3 | 2,
};

static uint8_t *write_length(uint8_t *next, size_t length) {
  for (; length >= 0x80; length >>= 7) *next++ = (uint8_t)(length | 0x80);
  *next++ = (uint8_t)length;
  return next;
}

static uint8_t *write_starts_scalar(const int32_t *starts, size_t count, uint8_t *next) {
  for (size_t index = 0; index < count; index++) {
    uint64_t ms = (uint64_t)starts[index] * ms_per_minute;
    for (int byte = 0; byte < varint_bytes; byte++, ms >>= 7) {
      next[byte] = (uint8_t)((ms & 0x7f) | (byte < varint_bytes - 1 ? 0x80 : 0));
    }
    next += varint_bytes;
  }
  return next;
}

AVX512 static uint8_t *write_starts_avx512(const int32_t *starts, size_t count, uint8_t *next) {
  // Each byte of a lane takes the eight bits from one of these places on.
  const __m512i places = _mm512_set1_epi64(0x0000231c150e0700);
  const __m512i payload = _mm512_set1_epi64(0x00007f7f7f7f7f7f);
  const __m512i more = _mm512_set1_epi64(0x0000008080808080);
  uint8_t order[64] = {0};
  for (int byte = 0; byte < 8 * varint_bytes; byte++) {
    order[byte] = (uint8_t)(byte / varint_bytes * 8 + byte % varint_bytes);
  }
  const __m512i packed_order = _mm512_loadu_si512(order);
  for (size_t index = 0; index < count; index += 8) {
    const __m512i minutes =
        _mm512_cvtepi32_epi64(_mm256_loadu_si256((const __m256i *)(starts + index)));
    const __m512i ms = _mm512_mul_epu32(minutes, _mm512_set1_epi64(ms_per_minute));
    const __m512i sliced = _mm512_multishift_epi64_epi8(places, ms);
    const __m512i varints = _mm512_or_si512(_mm512_and_si512(sliced, payload), more);
    _mm512_storeu_si512(
        next + index * varint_bytes, _mm512_permutexvar_epi8(packed_order, varints));
  }
  return next + count * varint_bytes;
}

size_t limits_reply_write(
    const uint8_t *fragment, size_t fragment_bytes, const int32_t *starts, size_t count,
    uint8_t *reply) {
  uint8_t lengths[8];
  const size_t packed = count * varint_bytes;
  const size_t starts_field =
      count == 0 ? 0 : 1 + (size_t)(write_length(lengths, packed) - lengths) + packed;
  uint8_t *next = reply;
  *next++ = groups_tag;
  next = write_length(next, fragment_bytes + starts_field);
  memcpy(next, fragment, fragment_bytes);
  next += fragment_bytes;
  if (count > 0) {
    *next++ = start_ms_tag;
    next = write_length(next, packed);
    next = limits_starts_is_vectorised() ? write_starts_avx512(starts, count, next)
                                         : write_starts_scalar(starts, count, next);
  }
  return (size_t)(next - reply);
}

uint64_t limits_reply_months(
    const limits_starts *starts, const limits_month *queries, size_t count,
    const uint8_t *fragment, size_t fragment_bytes, int32_t *found, uint8_t *reply) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    const size_t starts_found = limits_starts_month(starts, queries[index], found);
    const size_t bytes = limits_reply_write(fragment, fragment_bytes, found, starts_found, reply);
    checksum += bytes + reply[bytes - 1];
  }
  return checksum;
}
