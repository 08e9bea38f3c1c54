// Counts what is taken from the heap. Whatever is linked with this has its malloc counted, in every
// library of the process.
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdint.h>

// How often this thread has taken memory so far.
uint64_t allocations_count(void);

#endif
