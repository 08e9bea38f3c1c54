// Memory for what is decoded. Taking from it moves a pointer; all of it is given back at once.
#ifndef CWIRE_ARENA_H
#define CWIRE_ARENA_H

#include <stddef.h>

typedef struct cwire_arena cwire_arena;

// An arena that holds `bytes` before it has to grow. Ends the process when there is no memory.
cwire_arena *cwire_arena_make(size_t bytes);

// Gives back all that was decoded into it; pointers into it are dead afterwards. An arena that had
// to grow keeps the larger size, so a steady load stops allocating after its first replies.
void cwire_arena_reset(cwire_arena *arena);

void cwire_arena_free(cwire_arena *arena);

#endif
