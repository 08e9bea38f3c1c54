// Disjoint spans in a std::map, by start: what a C++ program would begin with.
#ifndef LIMITS_SPAN_MAP_H
#define LIMITS_SPAN_MAP_H

#include "Limits/population.h"

#ifdef __cplusplus
extern "C" {
#endif

// A map for each of so many rows.
typedef struct limits_span_maps limits_span_maps;

limits_span_maps *limits_span_maps_make(size_t rows);
void limits_span_maps_free(limits_span_maps *maps);

// Inserts each span into its row, under its key; how many were not there.
uint64_t limits_span_maps_insert(
    limits_span_maps *maps, const uint32_t *rows, const limits_span *spans, const uint64_t *keys,
    size_t count);

// Removes each span from its row; how many were there.
uint64_t limits_span_maps_remove(
    limits_span_maps *maps, const uint32_t *rows, const limits_span *spans, size_t count);

// How many of the spans overlap one of their row.
uint64_t limits_span_maps_collisions(
    const limits_span_maps *maps, const uint32_t *rows, const limits_span *spans, size_t count);

#ifdef __cplusplus
}
#endif

#endif
