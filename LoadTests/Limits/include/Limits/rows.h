// What is booked as rows of SQLite, in memory and in this process, by therapist and start.
#ifndef LIMITS_ROWS_H
#define LIMITS_ROWS_H

#include "Limits/population.h"
#include "Limits/queries.h"

typedef struct limits_rows limits_rows;

limits_rows *limits_rows_make(const limits_population *population);
void limits_rows_free(limits_rows *rows);

// Q1: a query for the month's bookings, then a walk of the weekly hours.
size_t limits_rows_month(limits_rows *rows, limits_month query, int32_t *found);
uint64_t limits_rows_months(
    limits_rows *rows, const limits_month *queries, size_t count, int32_t *found);

// Q3, for the therapist alone: how many of the sessions collide.
uint64_t limits_rows_collisions(limits_rows *rows, const limits_session *queries, size_t count);

// Q4: inserts each session unless the therapist is busy, and deletes it; how many were free.
uint64_t limits_rows_book_and_cancel(
    limits_rows *rows, const limits_session *queries, size_t count);

#endif
