// The least that a server of this wire can do: it answers every call with a reply that was prepared
// beforehand. What the same client reaches against it is the limit of the machine at that moment, and
// what a real server reaches is judged against that.
#ifndef CECHO_H
#define CECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cecho cecho;

// What calls of a method are answered with.
typedef struct {
  // "seduta.v1.Slots/Search".
  const char *method;
  // The response message, encoded.
  const uint8_t *message;
  size_t size;
  // Whether the call is written to the journal, and the reply waits for the disk.
  bool is_durable;
} cecho_reply;

// Listens on a free port of 127.0.0.1 and answers on a thread of its own. Methods and messages are
// copied. Calls of other methods are answered with an empty message.
//
// `journal` names a file for durable calls, which is emptied; null where there are none. All calls that
// were read at one time share one write and one fdatasync, as they would in a group commit.
//
// Null: it could not begin, and errno says why.
cecho *cecho_start(const cecho_reply *replies, size_t count, const char *journal);

uint16_t cecho_port(const cecho *echo);

// Processor time that its thread has used, in nanoseconds.
uint64_t cecho_processor_ns(const cecho *echo);

// Closes its connections, and waits until its thread has ended.
void cecho_stop(cecho *echo);

#endif
