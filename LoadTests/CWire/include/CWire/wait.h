// Waiting for sockets with a deadline in nanoseconds, which poll() does not have: an open loop at
// 10,000 requests a second would be a whole millisecond late with it.
#ifndef CWIRE_WAIT_H
#define CWIRE_WAIT_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

// As poll(), with a timeout in nanoseconds; negative waits without end. Returns -1 with errno set.
int cwire_wait(struct pollfd *sockets, size_t count, int64_t timeout_ns);

// Asks the kernel to wake the calling thread when it asked to be woken, not up to 50 microseconds
// later to save power. Does nothing where that cannot be asked.
void cwire_wake_on_time(void);

#endif
