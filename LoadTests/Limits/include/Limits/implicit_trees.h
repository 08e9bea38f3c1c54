// Interval trees without pointers, as cgranges has them: a sorted array read as a balanced tree,
// whose nodes also hold the latest end below them. They do not change once they are made.
#ifndef LIMITS_IMPLICIT_TREES_H
#define LIMITS_IMPLICIT_TREES_H

#include "Limits/population.h"
#include "Limits/queries.h"

// A tree for each of so many rows.
typedef struct limits_implicit_trees limits_implicit_trees;

// Spans are in any order within their row; row r has those from first[r] to first[r + 1].
limits_implicit_trees *limits_implicit_trees_make(
    const limits_span *spans, const uint32_t *first, size_t rows);
void limits_implicit_trees_free(limits_implicit_trees *trees);

// Bytes of memory for all rows together.
size_t limits_implicit_trees_bytes(const limits_implicit_trees *trees);

// How many spans of a row overlap one.
size_t limits_implicit_trees_overlaps(
    const limits_implicit_trees *trees, size_t row, limits_span span);

// How many of the queries overlap anything in their row.
uint64_t limits_implicit_trees_collisions(
    const limits_implicit_trees *trees, const uint32_t *rows, const limits_span *spans,
    size_t count);

// Q1, where a row is a therapist: what is booked in the month, then a walk of the weekly hours.
size_t limits_implicit_trees_month(
    const limits_implicit_trees *trees, const limits_schedule *schedule, limits_month query,
    limits_shape shape, int32_t *found);
uint64_t limits_implicit_trees_months(
    const limits_implicit_trees *trees, const limits_population *population,
    const limits_month *queries, size_t count, limits_shape shape, int32_t *found);

#endif
