// Where a reply ends, in the protocols that the wire client speaks.
#ifndef PEERS_REPLIES_H
#define PEERS_REPLIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  // A length of 4 bytes, big-endian, and so many bytes, such as Seduta's Welcome.
  REPLY_FRAMES,
  // The same, holding Seduta's ServerFrame with a Reply; in any order.
  REPLY_CALLS,
  // A bulk string of redis.
  REPLY_REDIS,
} reply_kind;

typedef struct {
  // All of it, with what frames it.
  size_t size;
  // Of REPLY_CALLS.
  uint32_t call_id;
  // The server says that it could not.
  bool is_refusal;
} reply;

// "calls" or "redis"; ends the process for another name.
reply_kind reply_kind_named(const char *name);

// False: it is not all there. Ends the process when it is no reply of that kind.
bool reply_read(reply_kind kind, const uint8_t *bytes, size_t size, reply *found);

#endif
