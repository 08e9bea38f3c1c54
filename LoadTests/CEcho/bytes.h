// Bytes that wait to be read or sent, and protobuf's way of writing numbers.
#ifndef CECHO_BYTES_H
#define CECHO_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All zeros is empty. What is in it lies from `begin` to `end`.
typedef struct {
  uint8_t *bytes;
  size_t begin;
  size_t end;
  size_t capacity;
} cecho_bytes;

// Room for `size` more bytes at the end. Ends the process when there is no memory.
uint8_t *cecho_bytes_reserve(cecho_bytes *bytes, size_t size);

void cecho_bytes_append(cecho_bytes *bytes, const void *from, size_t size);

void cecho_bytes_free(cecho_bytes *bytes);

// The longest that a number can be.
#define CECHO_VARINT_MAX 10

size_t cecho_put_varint(uint8_t *at, uint64_t value);

// Moves `*at` behind the number. False: it does not end before `end`.
bool cecho_take_varint(const uint8_t **at, const uint8_t *end, uint64_t *value);

#endif
