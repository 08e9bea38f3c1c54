#include "CWire/arena.h"

#include <stdint.h>
#include <stdlib.h>

#include "arena_allocator.h"

// Blocks are chained, newest first; only the newest is taken from.
typedef struct block {
  struct block *older;
  size_t size;
  size_t used;
  _Alignas(max_align_t) uint8_t bytes[];
} block;

struct cwire_arena {
  ProtobufCAllocator allocator;
  block *newest;
};

static block *block_make(size_t size, block *older) {
  block *made = malloc(sizeof(block) + size);
  // A load test without memory has nothing to report.
  if (made == NULL) abort();
  made->older = older;
  made->size = size;
  made->used = 0;
  return made;
}

static void *take(void *context, size_t size) {
  cwire_arena *arena = context;
  const size_t step = _Alignof(max_align_t);
  size = (size + step - 1) / step * step;
  block *from = arena->newest;
  if (from->size - from->used < size) {
    const size_t doubled = from->size * 2;
    from = block_make(doubled > size ? doubled : size, from);
    arena->newest = from;
  }
  void *taken = from->bytes + from->used;
  from->used += size;
  return taken;
}

static void keep(void *context, void *pointer) {
  (void)context;
  (void)pointer;
}

cwire_arena *cwire_arena_make(size_t bytes) {
  cwire_arena *arena = malloc(sizeof *arena);
  if (arena == NULL) abort();
  arena->allocator.alloc = take;
  arena->allocator.free = keep;
  arena->allocator.allocator_data = arena;
  arena->newest = block_make(bytes, NULL);
  return arena;
}

void cwire_arena_reset(cwire_arena *arena) {
  block *older = arena->newest->older;
  while (older != NULL) {
    block *next = older->older;
    free(older);
    older = next;
  }
  // The newest block is the largest: each is at least twice the one before.
  arena->newest->older = NULL;
  arena->newest->used = 0;
}

void cwire_arena_free(cwire_arena *arena) {
  cwire_arena_reset(arena);
  free(arena->newest);
  free(arena);
}

ProtobufCAllocator *cwire_arena_allocator(cwire_arena *arena) { return &arena->allocator; }
