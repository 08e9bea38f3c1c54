// What the server says, frame by frame. Pointers live until the arena is reset.
#ifndef CWIRE_FRAMES_H
#define CWIRE_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CWire/arena.h"

typedef enum {
  CWIRE_WELCOME,
  CWIRE_REPLY,
  CWIRE_PING,
  CWIRE_GOAWAY,
  // A Pong, or a frame of a later version: to be borne.
  CWIRE_OTHER,
} cwire_frame_kind;

// How a call ended, or why the server goes. Code 0 means OK.
typedef struct {
  uint32_t code;
  // A sentence for a person; never null.
  const char *message;
  // For a program, such as "SLOT_TAKEN"; never null.
  const char *reason;
} cwire_status;

typedef struct {
  cwire_frame_kind kind;
  // Of a Reply.
  uint64_t call_id;
  // Of a Reply or a Goaway.
  cwire_status status;
  // A Reply's message, or a Ping's opaque bytes.
  const uint8_t *bytes;
  size_t size;
  // Of a Welcome; never null.
  const char *server_version;
  uint32_t calls_in_flight_max;
} cwire_frame;

// Decodes one ServerFrame, without its length. False: it is no protobuf.
bool cwire_decode_frame(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_frame *frame);

// "ALREADY_EXISTS" for 6; "UNKNOWN" for a code that v1 does not name.
const char *cwire_code_name(uint32_t code);

// The codes that the harness tells apart.
enum {
  CWIRE_OK = 0,
  CWIRE_ALREADY_EXISTS = 6,
  CWIRE_ABORTED = 10,
};

#endif
