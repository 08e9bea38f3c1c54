#define _GNU_SOURCE
#include "CWire/templates.h"

#include <stdlib.h>
#include <string.h>

#define CALL_ID_BYTES 8
#define TIME_BYTES 6

// Each of the length that its kind always has; not one byte of them can be part of a text.
#define CALL_ID_MARK UINT64_C(0xD5AB57AF5EBD7B)
#define FROM_MARK INT64_C(0x2F5EBD7AF5F)
#define UNTIL_MARK INT64_C(0x37AF5EBD7AF)

struct cwire_template {
  size_t size;
  size_t call_id_at;
  size_t from_at;
  size_t until_at;
  uint8_t bytes[];
};

static bool put(uint8_t *at, uint64_t value, int bytes) {
  for (int place = 0; place < bytes - 1; place++) {
    at[place] = (uint8_t)(value | 0x80);
    value >>= 7;
  }
  at[bytes - 1] = (uint8_t)value;
  return value > 0 && value < 0x80;
}

static size_t find(const cwire_buffer *in, uint64_t mark, int bytes) {
  uint8_t wanted[CALL_ID_BYTES];
  const uint8_t *start = in->bytes + in->begin;
  const size_t size = in->end - in->begin;
  // A mark that is not there, or twice, is a mistake in this file.
  if (!put(wanted, mark, bytes)) abort();
  const uint8_t *found = memmem(start, size, wanted, (size_t)bytes);
  if (found == NULL) abort();
  const size_t after = (size_t)(found - start) + 1;
  if (memmem(start + after, size - after, wanted, (size_t)bytes) != NULL) abort();
  return after - 1;
}

static cwire_template *make(cwire_buffer *encoded) {
  const size_t size = encoded->end - encoded->begin;
  cwire_template *made = malloc(sizeof *made + size);
  if (made == NULL) abort();
  made->size = size;
  made->call_id_at = find(encoded, CALL_ID_MARK, CALL_ID_BYTES);
  made->from_at = find(encoded, FROM_MARK, TIME_BYTES);
  made->until_at = find(encoded, UNTIL_MARK, TIME_BYTES);
  memcpy(made->bytes, encoded->bytes + encoded->begin, size);
  cwire_buffer_free(encoded);
  return made;
}

cwire_template *cwire_search_template(cwire_search search) {
  cwire_buffer encoded = {0};
  search.from_ms = FROM_MARK;
  search.until_ms = UNTIL_MARK;
  cwire_append_search(&encoded, (cwire_call){.call_id = CALL_ID_MARK}, search);
  return make(&encoded);
}

cwire_template *cwire_lookup_template(cwire_lookup lookup) {
  cwire_buffer encoded = {0};
  lookup.from_ms = FROM_MARK;
  lookup.until_ms = UNTIL_MARK;
  cwire_append_lookup(&encoded, (cwire_call){.call_id = CALL_ID_MARK}, lookup);
  return make(&encoded);
}

bool cwire_append_from_template(
    cwire_buffer *out, const cwire_template *call, uint64_t call_id, int64_t from_ms,
    int64_t until_ms) {
  uint8_t *at = cwire_buffer_reserve(out, call->size);
  memcpy(at, call->bytes, call->size);
  const bool fits = put(at + call->call_id_at, call_id, CALL_ID_BYTES) &
                    put(at + call->from_at, (uint64_t)from_ms, TIME_BYTES) &
                    put(at + call->until_at, (uint64_t)until_ms, TIME_BYTES);
  if (fits) out->end += call->size;
  return fits;
}

void cwire_template_free(cwire_template *call) { free(call); }
