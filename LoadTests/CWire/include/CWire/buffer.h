// Bytes that wait to be sent, or to be understood.
#ifndef CWIRE_BUFFER_H
#define CWIRE_BUFFER_H

#include <stddef.h>
#include <stdint.h>

// All zeros is an empty buffer. What is in it lies from `begin` to `end`.
typedef struct {
  uint8_t *bytes;
  size_t begin;
  size_t end;
  size_t capacity;
} cwire_buffer;

// Room for `size` more bytes at the end; moves what is in the buffer to its front, or to a larger
// place, when it has to. Ends the process when there is no memory.
uint8_t *cwire_buffer_reserve(cwire_buffer *buffer, size_t size);

void cwire_buffer_free(cwire_buffer *buffer);

#endif
