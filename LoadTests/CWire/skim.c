#include "CWire/skim.h"

#include <string.h>

// A field's number and wire type, as protobuf writes them in front of it.
#define NUMBER(field) ((field) << 3 | 0)
#define BYTES(field) ((field) << 3 | 2)

typedef struct {
  const uint8_t *at;
  const uint8_t *end;
} cursor;

static bool take_slowly(cursor *from, uint64_t *value) {
  *value = 0;
  for (int shift = 0; shift < 64 && from->at < from->end; shift += 7) {
    const uint8_t byte = *from->at++;
    *value |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Times of our century have six bytes: read at once where eight can be read.
__attribute__((always_inline)) static inline bool take(cursor *from, uint64_t *value) {
  if (from->end - from->at >= 8) {
    uint64_t word;
    memcpy(&word, from->at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if ((word & 0x808080808080) == 0x008080808080) {
      *value = (word & 0x7F) | (word >> 1 & 0x3F80) | (word >> 2 & 0x1FC000) |
               (word >> 3 & 0xFE00000) | (word >> 4 & 0x7F0000000) | (word >> 5 & 0x3F800000000);
      from->at += 6;
      return true;
    }
    if ((word & 0x80) == 0) {
      *value = word & 0x7F;
      from->at += 1;
      return true;
    }
#endif
  }
  return take_slowly(from, value);
}

static inline bool take_bytes(cursor *from, cursor *bytes) {
  uint64_t size;
  if (!take(from, &size) || size > (uint64_t)(from->end - from->at)) return false;
  *bytes = (cursor){from->at, from->at + size};
  from->at += size;
  return true;
}

bool cwire_skim_reply_frame(const uint8_t *bytes, size_t size, cwire_frame *frame) {
  cursor from = {bytes, bytes + size}, reply, message = {bytes, bytes};
  uint64_t call_id;
  if (size == 0 || *from.at++ != BYTES(2) || !take_bytes(&from, &reply) || from.at != from.end) {
    return false;
  }
  if (reply.at == reply.end || *reply.at++ != NUMBER(1) || !take(&reply, &call_id)) return false;
  if (reply.at < reply.end && (*reply.at++ != BYTES(3) || !take_bytes(&reply, &message))) {
    return false;
  }
  *frame = (cwire_frame){
      .kind = CWIRE_REPLY,
      .call_id = call_id,
      .status = {.code = CWIRE_OK, .message = "", .reason = ""},
      .bytes = message.at,
      .size = (size_t)(message.end - message.at),
      .server_version = "",
  };
  // A status, or whatever a later version adds, is for protobuf-c.
  return reply.at == reply.end;
}

static bool equals(cursor bytes, const char *text, size_t size) {
  return (size_t)(bytes.end - bytes.at) == size && memcmp(bytes.at, text, size) == 0;
}

// Starts that ascend by at least `step` from `*least_ms` on.
static bool take_starts(
    cursor starts, const cwire_question *question, int64_t least_ms, int64_t step,
    cwire_skimmed *skimmed) {
  uint64_t value;
  while (starts.at < starts.end) {
    if (!take(&starts, &value)) return false;
    const int64_t start_ms = (int64_t)value;
    if (start_ms < least_ms || start_ms >= question->until_ms) return false;
    least_ms = start_ms + step;
    skimmed->start_count++;
    skimmed->start_sum += value;
  }
  return true;
}

static bool skim_group(
    cursor group, const cwire_question *question, size_t therapist_size, size_t service_size,
    cwire_skimmed *skimmed) {
  bool is_therapist = false, is_service = false;
  while (group.at < group.end) {
    const uint8_t tag = *group.at++;
    cursor bytes = group;
    uint64_t number;
    if (tag >= 0x80) return false;
    if ((tag & 7) == 0 ? !take(&group, &number) : (tag & 7) != 2 || !take_bytes(&group, &bytes)) {
      return false;
    }
    if (tag == BYTES(1)) is_therapist = equals(bytes, question->therapist_id, therapist_size);
    if (tag == BYTES(2)) is_service = equals(bytes, question->service_id, service_size);
    if (tag == BYTES(8) && !take_starts(bytes, question, question->from_ms, 1, skimmed)) return false;
  }
  return is_therapist && is_service;
}

bool cwire_skim_search(
    const uint8_t *message, size_t size, const cwire_question *question, cwire_skimmed *skimmed) {
  cursor from = {message, message + size}, group;
  const size_t therapist_size = strlen(question->therapist_id);
  const size_t service_size = strlen(question->service_id);
  *skimmed = (cwire_skimmed){0};
  while (from.at < from.end) {
    if (*from.at++ != BYTES(1) || !take_bytes(&from, &group)) return false;
    skimmed->group_count++;
    if (!skim_group(group, question, therapist_size, service_size, skimmed)) return false;
  }
  return true;
}

// Groups, then starts, then the group of each: in the order of the fields, each kind at most once but
// for the groups.
static bool take_parallel(cursor *from, cwire_skimmed *skimmed, cursor *starts, cursor *indexes) {
  cursor group;
  *starts = *indexes = (cursor){from->at, from->at};
  while (from->at < from->end && *from->at == BYTES(1)) {
    from->at++;
    if (!take_bytes(from, &group)) return false;
    skimmed->group_count++;
  }
  if (from->at < from->end && *from->at == BYTES(2)) {
    from->at++;
    if (!take_bytes(from, starts)) return false;
  }
  if (from->at < from->end && *from->at == BYTES(3)) {
    from->at++;
    if (!take_bytes(from, indexes)) return false;
  }
  return true;
}

static bool take_indexes(cursor indexes, size_t count, size_t index_max) {
  uint64_t index;
  for (; indexes.at < indexes.end; count--) {
    if (count == 0 || !take(&indexes, &index) || index >= index_max) return false;
  }
  return count == 0;
}

bool cwire_skim_search_many(
    const uint8_t *message, size_t size, const cwire_question *question, cwire_skimmed *skimmed) {
  cursor from = {message, message + size}, starts, indexes, token;
  *skimmed = (cwire_skimmed){0};
  if (!take_parallel(&from, skimmed, &starts, &indexes)) return false;
  if (from.at < from.end && (*from.at++ != BYTES(4) || !take_bytes(&from, &token))) return false;
  return from.at == from.end && take_starts(starts, question, question->from_ms, 0, skimmed) &&
         skimmed->start_count <= question->starts_max &&
         take_indexes(indexes, skimmed->start_count, skimmed->group_count);
}

bool cwire_skim_lookup(
    const uint8_t *message, size_t size, const cwire_question *question, cwire_skimmed *skimmed) {
  cursor from = {message, message + size}, starts, indexes;
  *skimmed = (cwire_skimmed){0};
  if (!take_parallel(&from, skimmed, &starts, &indexes) || from.at != from.end) return false;
  uint64_t value;
  while (starts.at < starts.end) {
    if (!take(&starts, &value)) return false;
    const int64_t start_ms = (int64_t)value;
    if (start_ms != 0 && (start_ms < question->from_ms || start_ms >= question->until_ms)) return false;
    skimmed->start_count++;
    skimmed->start_sum += value;
  }
  // A therapist without a free start has index 0, even where there is no group at all.
  const size_t index_max = skimmed->group_count == 0 ? 1 : skimmed->group_count;
  return skimmed->start_count == question->starts_max &&
         take_indexes(indexes, skimmed->start_count, index_max);
}
