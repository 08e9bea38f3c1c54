// Q2+: the bitmaps of starts turned on their side. For each half hour a bit for each therapist, and
// how many have one, so that the first starts among everyone are found without asking each.
#ifndef LIMITS_COLUMNS_H
#define LIMITS_COLUMNS_H

#include "Limits/starts.h"

typedef struct limits_columns limits_columns;

limits_columns *limits_columns_make(const limits_starts *starts);
void limits_columns_free(limits_columns *columns);

// The first starts of those therapists who have a bit in `wanted`, or of all when it is NULL; with
// room for query->wanted. `query->therapists` is not looked at. Returns how many.
size_t limits_columns_first(
    const limits_columns *columns, const limits_many *query, const uint64_t *wanted,
    limits_first_start *found);

#endif
