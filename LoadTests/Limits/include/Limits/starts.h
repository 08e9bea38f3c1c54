// A bit for each half hour of 26 weeks: whether a session may start there. What is booked is in a
// second bitmap, of therapists and of rooms; clients, who have few bookings, have a short array.
//
// Questions are answered with AVX-512 where the processor has it.
#ifndef LIMITS_STARTS_H
#define LIMITS_STARTS_H

#include "Limits/population.h"
#include "Limits/queries.h"

typedef struct limits_starts limits_starts;

limits_starts *limits_starts_make(const limits_population *population);
void limits_starts_free(limits_starts *starts);

// Bytes of memory for each therapist, without rooms and clients.
size_t limits_starts_bytes(const limits_starts *starts);

// Whether questions are answered with AVX-512.
bool limits_starts_is_vectorised(void);

// From here on they are not, whatever the processor has.
void limits_starts_forbid_vectors(void);

// Q1: the starts, with room for limits_starts_max and limits_slack; how many.
size_t limits_starts_month(const limits_starts *starts, limits_month query, int32_t *found);
uint64_t limits_starts_months(
    const limits_starts *starts, const limits_month *queries, size_t count, int32_t *found);

// Q2: the first starts, with room for limits_wanted_max; how many.
size_t limits_starts_first(
    const limits_starts *starts, const limits_many *query, limits_first_start *found);
uint64_t limits_starts_firsts(
    const limits_starts *starts, const limits_many *queries, size_t count,
    limits_first_start *found);

// Q3: how many of the sessions collide with the therapist's or the room's bookings; and how many
// with those or the client's.
uint64_t limits_starts_collisions(
    const limits_starts *starts, const limits_session *queries, size_t count);
uint64_t limits_starts_collisions_of_all(
    const limits_starts *starts, const limits_session *queries, size_t count);

// Q4: books each session for therapist, room and client, and cancels it; how many were free.
uint64_t limits_starts_book_and_cancel(
    limits_starts *starts, const limits_session *queries, size_t count);

void limits_starts_book(limits_starts *starts, limits_session session);
void limits_starts_cancel(limits_starts *starts, limits_session session);

// Q5: the first start of each therapist; 0 where there is none. Returns the sum.
uint64_t limits_starts_first_free(
    const limits_starts *starts, const limits_many *query, int32_t *found);

// Q6: the starts in the first of the weeks, as local times, at which every week is free; how many.
size_t limits_starts_weekly(const limits_starts *starts, limits_weekly query, int32_t *found);
uint64_t limits_starts_weeklies(
    const limits_starts *starts, const limits_weekly *queries, size_t count, int32_t *found);

#endif
