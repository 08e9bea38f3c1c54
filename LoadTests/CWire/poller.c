#define _GNU_SOURCE
#include "CWire/poller.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <time.h>

#define EVENTS_AT_ONCE 256

int cwire_poller_make(void) { return epoll_create1(EPOLL_CLOEXEC); }

static bool control(int poller, int operation, int socket, uint32_t token, bool wants_to_write) {
  struct epoll_event event = {
      .events = wants_to_write ? EPOLLIN | EPOLLOUT : EPOLLIN,
      .data.u32 = token,
  };
  return epoll_ctl(poller, operation, socket, &event) == 0;
}

bool cwire_poller_add(int poller, int socket, uint32_t token, bool wants_to_write) {
  return control(poller, EPOLL_CTL_ADD, socket, token, wants_to_write);
}

bool cwire_poller_change(int poller, int socket, uint32_t token, bool wants_to_write) {
  return control(poller, EPOLL_CTL_MOD, socket, token, wants_to_write);
}

void cwire_poller_remove(int poller, int socket) {
  epoll_ctl(poller, EPOLL_CTL_DEL, socket, NULL);
}

static int wait_ns(int poller, struct epoll_event *events, int events_max, int64_t timeout_ns) {
  const struct timespec timeout = {
      .tv_sec = timeout_ns / 1000000000,
      .tv_nsec = timeout_ns % 1000000000,
  };
  const int count = epoll_pwait2(poller, events, events_max, &timeout, NULL);
  if (count >= 0 || errno != ENOSYS) return count;
  // Linux before 5.11: down to whole milliseconds, so that nothing is late. The last one is spun.
  return epoll_wait(poller, events, events_max, (int)(timeout_ns / 1000000));
}

int cwire_poller_wait(int poller, cwire_event *events, size_t events_max, int64_t timeout_ns) {
  struct epoll_event found[EVENTS_AT_ONCE];
  const int room = events_max < EVENTS_AT_ONCE ? (int)events_max : EVENTS_AT_ONCE;
  const int count = wait_ns(poller, found, room, timeout_ns);
  for (int index = 0; index < count; index++) {
    events[index] = (cwire_event){
        .token = found[index].data.u32,
        .is_readable = (found[index].events & ~(uint32_t)EPOLLOUT) != 0,
    };
  }
  return count;
}

void cwire_wake_on_time(void) { prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }
