// Reads the replies that come by the million without taking them apart: protobuf-c needs more time for
// one than a server needs to make it. What is found sound here has been checked from the first byte to
// the last; anything else is for protobuf-c to decode, and for the auditor to judge.
#ifndef CWIRE_SKIM_H
#define CWIRE_SKIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CWire/frames.h"

// A Reply without a status, its message where it lies. False: it is another frame, and
// cwire_decode_frame reads it.
bool cwire_skim_reply_frame(const uint8_t *bytes, size_t size, cwire_frame *frame);

// What was asked.
typedef struct {
  int64_t from_ms;
  int64_t until_ms;
  // Of a search of one therapist.
  const char *therapist_id;
  const char *service_id;
  // Of a search across therapists: the most starts. Of a lookup: how many therapists.
  size_t starts_max;
} cwire_question;

// What was read, so that it can be held against what protobuf-c reads.
typedef struct {
  size_t group_count;
  size_t start_count;
  // The sum of the starts, modulo 2^64.
  uint64_t start_sum;
} cwire_skimmed;

// A SlotsSearchResponse to a search of one therapist: all groups are of that therapist and service, all
// starts lie in the range and ascend, and there is no other page. False: it is not, or cannot be told.
bool cwire_skim_search(
    const uint8_t *message, size_t size, const cwire_question *question, cwire_skimmed *skimmed);

// A SlotsSearchResponse to a search across therapists: the starts lie in the range, do not descend, and
// belong to groups that are there.
bool cwire_skim_search_many(
    const uint8_t *message, size_t size, const cwire_question *question, cwire_skimmed *skimmed);

// A SlotsBatchLookupResponse of first free starts: one for each therapist, in the range or 0, and each
// belongs to a group that is there.
bool cwire_skim_lookup(
    const uint8_t *message, size_t size, const cwire_question *question, cwire_skimmed *skimmed);

#endif
