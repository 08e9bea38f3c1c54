// Q1 with the reply in protobuf: starts as milliseconds in a packed field, after what is encoded
// once and for all.
#ifndef LIMITS_REPLY_H
#define LIMITS_REPLY_H

#include "Limits/starts.h"

// Writes a SlotsSearchResponse of one group: `fragment` is the group without its starts. There is
// room for the fragment, 8 bytes a start and limits_slack. Returns how many bytes it has.
size_t limits_reply_write(
    const uint8_t *fragment, size_t fragment_bytes, const int32_t *starts, size_t count,
    uint8_t *reply);

// Searches and writes a reply for each query; the sum of their bytes' counts and last bytes.
uint64_t limits_reply_months(
    const limits_starts *starts, const limits_month *queries, size_t count,
    const uint8_t *fragment, size_t fragment_bytes, int32_t *found, uint8_t *reply);

#endif
