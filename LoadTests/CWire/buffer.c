#include "CWire/buffer.h"

#include <stdlib.h>
#include <string.h>

uint8_t *cwire_buffer_reserve(cwire_buffer *buffer, size_t size) {
  const size_t held = buffer->end - buffer->begin;
  if (held == 0) {
    buffer->begin = 0;
    buffer->end = 0;
  }
  if (buffer->capacity - buffer->end >= size) return buffer->bytes + buffer->end;

  // An empty buffer has no place to copy from: memmove and memcpy must not see its null.
  if (held > 0 && buffer->begin > 0) memmove(buffer->bytes, buffer->bytes + buffer->begin, held);
  buffer->begin = 0;
  buffer->end = held;
  if (buffer->capacity - held < size) {
    size_t capacity = buffer->capacity < 4096 ? 4096 : buffer->capacity;
    while (capacity - held < size) capacity *= 2;
    buffer->bytes = realloc(buffer->bytes, capacity);
    if (buffer->bytes == NULL) abort();
    buffer->capacity = capacity;
  }
  return buffer->bytes + buffer->end;
}

void cwire_buffer_free(cwire_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (cwire_buffer){0};
}
