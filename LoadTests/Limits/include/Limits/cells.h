// A bit for each five minutes of 26 weeks: whether the therapist is open and free. Answers Q1 for
// any duration and any grid of whole cells; without vector instructions.
#ifndef LIMITS_CELLS_H
#define LIMITS_CELLS_H

#include "Limits/population.h"
#include "Limits/queries.h"

typedef struct limits_cells limits_cells;

limits_cells *limits_cells_make(const limits_population *population);
void limits_cells_free(limits_cells *cells);

// Bytes of memory for each therapist.
size_t limits_cells_bytes(const limits_cells *cells);

// Q1 for a duration of 5 to 320 minutes and a grid of 5, 10, 15, 20, 30 or 60.
size_t limits_cells_month(
    const limits_cells *cells, limits_month query, limits_shape shape, int32_t *found);
uint64_t limits_cells_months(
    const limits_cells *cells, const limits_month *queries, size_t count, limits_shape shape,
    int32_t *found);

#endif
