// What a search or a booking could cost at best: each structure that others use or that we could
// think of, in plain C, filled with the same population and asked the same questions as ours.
//
// Points in time are minutes since 1970-01-01T00:00Z, spans half-open. A function that takes many
// queries answers them one after another and returns a checksum of the answers, so that no compiler
// leaves the work out.
#ifndef LIMITS_H
#define LIMITS_H

#include "Limits/cells.h"
#include "Limits/columns.h"
#include "Limits/implicit_trees.h"
#include "Limits/population.h"
#include "Limits/queries.h"
#include "Limits/reply.h"
#include "Limits/rows.h"
#include "Limits/span_map.h"
#include "Limits/sorted.h"
#include "Limits/starts.h"

#endif
