#include "replies.h"

#include <stdlib.h>
#include <string.h>

#include "measure.h"

#define LENGTH_BYTES 4
// protobuf: number of the field, and 2 for bytes or 0 for a number.
#define TAG_REPLY 0x12
#define TAG_CALL_ID 0x08
#define TAG_STATUS 0x12

reply_kind reply_kind_named(const char *name) {
  if (strcmp(name, "calls") == 0) return REPLY_CALLS;
  if (strcmp(name, "redis") == 0) return REPLY_REDIS;
  give_up("there are replies of the kinds calls and redis, not %s", name);
}

static bool read_frame(const uint8_t *bytes, size_t size, reply *found) {
  if (size < LENGTH_BYTES) return false;
  const size_t length = (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 |
                        bytes[3];
  found->size = LENGTH_BYTES + length;
  return size >= found->size;
}

static const uint8_t *read_varint(const uint8_t *at, const uint8_t *end, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; at < end && shift < 64; shift += 7) {
    *value |= (uint64_t)(*at & 0x7f) << shift;
    if ((*at++ & 0x80) == 0) return at;
  }
  give_up("a number in a reply has no end");
}

// The server writes call id, then status or message: nothing more has to be read to tell them apart.
static void read_call(const uint8_t *bytes, reply *found) {
  const uint8_t *at = bytes + LENGTH_BYTES, *end = bytes + found->size;
  uint64_t length = 0, call_id = 0;
  if (at == end || *at++ != TAG_REPLY) give_up("the server sent something that is no Reply");
  at = read_varint(at, end, &length);
  if (at == end || *at++ != TAG_CALL_ID) give_up("a reply has no call id");
  at = read_varint(at, end, &call_id);
  found->call_id = (uint32_t)call_id;
  found->is_refusal = at < end && *at == TAG_STATUS;
}

static bool read_redis(const uint8_t *bytes, size_t size, reply *found) {
  const uint8_t *line_end = memchr(bytes, '\n', size);
  if (line_end == NULL) return false;
  const size_t line = (size_t)(line_end - bytes) + 1;
  found->is_refusal = bytes[0] == '-' || bytes[1] == '-';
  found->size = line;
  if (bytes[0] == '$' && !found->is_refusal)
    found->size += (size_t)strtoul((const char *)bytes + 1, NULL, 10) + 2;
  return size >= found->size;
}

bool reply_read(reply_kind kind, const uint8_t *bytes, size_t size, reply *found) {
  *found = (reply){0};
  switch (kind) {
    case REPLY_FRAMES:
      return read_frame(bytes, size, found);
    case REPLY_CALLS:
      if (!read_frame(bytes, size, found)) return false;
      read_call(bytes, found);
      return true;
    case REPLY_REDIS:
      return read_redis(bytes, size, found);
  }
  return false;
}
