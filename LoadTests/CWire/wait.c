#define _GNU_SOURCE
#include "CWire/wait.h"

#include <time.h>

#ifdef __linux__
#include <sys/prctl.h>

int cwire_wait(struct pollfd *sockets, size_t count, int64_t timeout_ns) {
  const struct timespec timeout = {
      .tv_sec = timeout_ns / 1000000000,
      .tv_nsec = timeout_ns % 1000000000,
  };
  return ppoll(sockets, count, timeout_ns < 0 ? NULL : &timeout, NULL);
}

void cwire_wake_on_time(void) { prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }
#else
int cwire_wait(struct pollfd *sockets, size_t count, int64_t timeout_ns) {
  const int timeout_ms = timeout_ns < 0 ? -1 : (int)((timeout_ns + 999999) / 1000000);
  return poll(sockets, (nfds_t)count, timeout_ms);
}

void cwire_wake_on_time(void) {}
#endif
