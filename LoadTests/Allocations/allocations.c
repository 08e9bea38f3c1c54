// A symbol of the executable comes before one of the same name in a library: these stand in for
// glibc's, and pass the work on to it. `free` needs no count.
#include "Allocations.h"

#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *old, size_t bytes);
extern void *__libc_memalign(size_t alignment, size_t bytes);

static _Thread_local uint64_t count;

uint64_t allocations_count(void) { return count; }

void *malloc(size_t bytes) {
  count++;
  return __libc_malloc(bytes);
}

void *calloc(size_t number, size_t bytes) {
  count++;
  return __libc_calloc(number, bytes);
}

void *realloc(void *old, size_t bytes) {
  count++;
  return __libc_realloc(old, bytes);
}

void *memalign(size_t alignment, size_t bytes) {
  count++;
  return __libc_memalign(alignment, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) {
  count++;
  return __libc_memalign(alignment, bytes);
}

int posix_memalign(void **taken, size_t alignment, size_t bytes) {
  count++;
  void *memory = __libc_memalign(alignment, bytes);
  if (memory == NULL) return ENOMEM;
  *taken = memory;
  return 0;
}
