// What is booked as a sorted array for each therapist, room and client; searches walk the weekly
// hours.
#ifndef LIMITS_SORTED_H
#define LIMITS_SORTED_H

#include "Limits/population.h"
#include "Limits/queries.h"

typedef struct limits_sorted limits_sorted;

limits_sorted *limits_sorted_make(const limits_population *population);
void limits_sorted_free(limits_sorted *sorted);

// Q1.
size_t limits_sorted_month(
    const limits_sorted *sorted, limits_month query, limits_shape shape, int32_t *found);
uint64_t limits_sorted_months(
    const limits_sorted *sorted, const limits_month *queries, size_t count, limits_shape shape,
    int32_t *found);

// Q2: the first starts, with room for limits_wanted_max; how many.
size_t limits_sorted_first(
    const limits_sorted *sorted, const limits_many *query, limits_first_start *found);
uint64_t limits_sorted_firsts(
    const limits_sorted *sorted, const limits_many *queries, size_t count,
    limits_first_start *found);

// Q3: how many of the sessions collide with a booking of the therapist, the room or the client.
uint64_t limits_sorted_collisions_of_all(
    const limits_sorted *sorted, const limits_session *queries, size_t count);

// Q4: books each session for therapist, room and client, and cancels it; how many were free.
uint64_t limits_sorted_book_and_cancel(
    limits_sorted *sorted, const limits_session *queries, size_t count);

// Q5: the first start of each therapist; 0 where there is none. Returns the sum.
uint64_t limits_sorted_first_free(
    const limits_sorted *sorted, const limits_many *query, int32_t *found);

#endif
