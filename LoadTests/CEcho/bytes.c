#include "bytes.h"

#include <stdlib.h>
#include <string.h>

uint8_t *cecho_bytes_reserve(cecho_bytes *bytes, size_t size) {
  const size_t held = bytes->end - bytes->begin;
  if (bytes->capacity - bytes->end >= size) return bytes->bytes + bytes->end;
  if (held > 0 && bytes->begin > 0) memmove(bytes->bytes, bytes->bytes + bytes->begin, held);
  bytes->begin = 0;
  bytes->end = held;
  if (bytes->capacity - held < size) {
    size_t capacity = bytes->capacity < 65536 ? 65536 : bytes->capacity;
    while (capacity - held < size) capacity *= 2;
    bytes->bytes = realloc(bytes->bytes, capacity);
    if (bytes->bytes == NULL) abort();
    bytes->capacity = capacity;
  }
  return bytes->bytes + bytes->end;
}

void cecho_bytes_append(cecho_bytes *bytes, const void *from, size_t size) {
  memcpy(cecho_bytes_reserve(bytes, size), from, size);
  bytes->end += size;
}

void cecho_bytes_free(cecho_bytes *bytes) {
  free(bytes->bytes);
  *bytes = (cecho_bytes){0};
}

size_t cecho_put_varint(uint8_t *at, uint64_t value) {
  size_t size = 0;
  while (value >= 0x80) {
    at[size++] = (uint8_t)(value | 0x80);
    value >>= 7;
  }
  at[size++] = (uint8_t)value;
  return size;
}

bool cecho_take_varint(const uint8_t **at, const uint8_t *end, uint64_t *value) {
  *value = 0;
  for (int shift = 0; shift < 64 && *at < end; shift += 7) {
    const uint8_t byte = *(*at)++;
    *value |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}
