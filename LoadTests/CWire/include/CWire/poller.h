// Waiting for many sockets at once with a deadline in nanoseconds: an open loop at 10,000 requests a
// second would be a whole millisecond late with epoll_wait().
#ifndef CWIRE_POLLER_H
#define CWIRE_POLLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Something can be done on the socket that was added under this token.
typedef struct {
  uint32_t token;
  // There is something to read, or the connection is gone: reading will tell.
  bool is_readable;
} cwire_event;

// A descriptor to be closed; -1 with errno set. A socket that is closed leaves it by itself.
int cwire_poller_make(void);

// False with errno set.
bool cwire_poller_add(int poller, int socket, uint32_t token, bool wants_to_write);
bool cwire_poller_change(int poller, int socket, uint32_t token, bool wants_to_write);

void cwire_poller_remove(int poller, int socket);

// Waits, up to `timeout_ns`, and answers how many events there are; fewer than 0 with errno set.
int cwire_poller_wait(int poller, cwire_event *events, size_t events_max, int64_t timeout_ns);

// Asks the kernel to wake the calling thread when it asked to be woken, not up to 50 microseconds
// later to save power.
void cwire_wake_on_time(void);

#endif
