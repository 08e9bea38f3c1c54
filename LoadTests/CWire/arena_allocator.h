// The arena as protobuf-c takes it. Apart from arena.h, so that Swift need not read protobuf-c's
// headers.
#ifndef CWIRE_ARENA_ALLOCATOR_H
#define CWIRE_ARENA_ALLOCATOR_H

#include <protobuf-c/protobuf-c.h>

#include "CWire/arena.h"

// Valid as long as the arena. Its `free` does nothing.
ProtobufCAllocator *cwire_arena_allocator(cwire_arena *arena);

#endif
