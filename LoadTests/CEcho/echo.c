#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "CEcho/CEcho.h"
#include "answers.h"
#include "bytes.h"

#define READ_BYTES (256 * 1024)
#define EVENTS_MAX 256
#define BACKLOG 1024

typedef struct connection {
  int socket;
  bool waits_to_write;
  cecho_bytes in;
  cecho_bytes out;
  struct connection *next;
  struct connection *previous;
} connection;

struct cecho {
  cecho_answers answers;
  pthread_t thread;
  int listener;
  int stop;
  int poller;
  int journal;
  uint16_t port;
  cecho_bytes journal_bytes;
  // A ring with this as its head.
  connection connections;
};

static void watch(const cecho *echo, int operation, int socket, uint32_t events, void *pointer) {
  struct epoll_event event = {.events = events, .data.ptr = pointer};
  epoll_ctl(echo->poller, operation, socket, &event);
}

static void drop(connection *dropped) {
  close(dropped->socket);
  cecho_bytes_free(&dropped->in);
  cecho_bytes_free(&dropped->out);
  dropped->previous->next = dropped->next;
  dropped->next->previous = dropped->previous;
  free(dropped);
}

static void accept_all(cecho *echo) {
  int socket;
  while ((socket = accept4(echo->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connection *accepted = calloc(1, sizeof *accepted);
    if (accepted == NULL) abort();
    accepted->socket = socket;
    accepted->next = &echo->connections;
    accepted->previous = echo->connections.previous;
    accepted->previous->next = accepted;
    echo->connections.previous = accepted;
    watch(echo, EPOLL_CTL_ADD, socket, EPOLLIN, accepted);
  }
}

// False: the connection is of no more use.
static bool read_calls(cecho *echo, connection *from) {
  uint8_t *room = cecho_bytes_reserve(&from->in, READ_BYTES);
  const ssize_t count = recv(from->socket, room, from->in.capacity - from->in.end, 0);
  if (count == 0) return false;
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  from->in.end += (size_t)count;
  return cecho_answer(&echo->answers, &from->in, &from->out, &echo->journal_bytes);
}

static bool flush(const cecho *echo, connection *to) {
  while (to->out.begin < to->out.end) {
    const ssize_t sent = send(
        to->socket, to->out.bytes + to->out.begin, to->out.end - to->out.begin, MSG_NOSIGNAL);
    if (sent >= 0) {
      to->out.begin += (size_t)sent;
    } else if (errno == EAGAIN) {
      break;
    } else if (errno != EINTR) {
      return false;
    }
  }
  const bool waits = to->out.begin < to->out.end;
  if (waits != to->waits_to_write) {
    watch(echo, EPOLL_CTL_MOD, to->socket, waits ? EPOLLIN | EPOLLOUT : EPOLLIN, to);
    to->waits_to_write = waits;
  }
  return true;
}

static void commit(cecho *echo) {
  cecho_bytes *journal = &echo->journal_bytes;
  while (echo->journal >= 0 && journal->begin < journal->end) {
    const ssize_t written =
        write(echo->journal, journal->bytes + journal->begin, journal->end - journal->begin);
    if (written < 0 && errno != EINTR) abort();
    if (written > 0) journal->begin += (size_t)written;
    if (journal->begin == journal->end) fdatasync(echo->journal);
  }
  journal->begin = 0;
  journal->end = 0;
}

static void *serve(void *argument) {
  cecho *echo = argument;
  struct epoll_event events[EVENTS_MAX];
  while (true) {
    const int count = epoll_wait(echo->poller, events, EVENTS_MAX, -1);
    int kept = 0;
    for (int index = 0; index < count; index++) {
      if (events[index].data.ptr == &echo->stop) return NULL;
      if (events[index].data.ptr == &echo->listener) {
        accept_all(echo);
      } else if (read_calls(echo, events[index].data.ptr)) {
        events[kept++] = events[index];
      } else {
        drop(events[index].data.ptr);
      }
    }
    // Replies leave after the commit that they depend on, all with the same one.
    commit(echo);
    for (int index = 0; index < kept; index++) {
      if (!flush(echo, events[index].data.ptr)) drop(events[index].data.ptr);
    }
  }
}

static bool listen_locally(cecho *echo) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  echo->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (echo->listener < 0 || bind(echo->listener, (struct sockaddr *)&address, size) != 0 ||
      listen(echo->listener, BACKLOG) != 0 ||
      getsockname(echo->listener, (struct sockaddr *)&address, &size) != 0) {
    return false;
  }
  echo->port = ntohs(address.sin_port);
  return true;
}

static void release(cecho *echo) {
  const int error = errno;
  while (echo->connections.next != &echo->connections) drop(echo->connections.next);
  if (echo->listener >= 0) close(echo->listener);
  if (echo->stop >= 0) close(echo->stop);
  if (echo->poller >= 0) close(echo->poller);
  if (echo->journal >= 0) close(echo->journal);
  cecho_bytes_free(&echo->journal_bytes);
  cecho_answers_free(&echo->answers);
  free(echo);
  errno = error;
}

cecho *cecho_start(const cecho_reply *replies, size_t count, const char *journal) {
  cecho *echo = calloc(1, sizeof *echo);
  if (echo == NULL) return NULL;
  echo->connections.next = &echo->connections;
  echo->connections.previous = &echo->connections;
  echo->answers = cecho_answers_make(replies, count);
  echo->listener = -1;
  echo->journal =
      journal == NULL ? -1 : open(journal, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  echo->stop = eventfd(0, EFD_CLOEXEC);
  echo->poller = epoll_create1(EPOLL_CLOEXEC);
  const bool has_journal = journal == NULL || echo->journal >= 0;
  if (!has_journal || echo->stop < 0 || echo->poller < 0 || !listen_locally(echo)) {
    release(echo);
    return NULL;
  }
  watch(echo, EPOLL_CTL_ADD, echo->listener, EPOLLIN, &echo->listener);
  watch(echo, EPOLL_CTL_ADD, echo->stop, EPOLLIN, &echo->stop);
  errno = pthread_create(&echo->thread, NULL, serve, echo);
  if (errno != 0) {
    release(echo);
    return NULL;
  }
  return echo;
}

uint16_t cecho_port(const cecho *echo) { return echo->port; }

uint64_t cecho_processor_ns(const cecho *echo) {
  clockid_t clock;
  struct timespec used;
  if (pthread_getcpuclockid(echo->thread, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

void cecho_stop(cecho *echo) {
  eventfd_write(echo->stop, 1);
  pthread_join(echo->thread, NULL);
  release(echo);
}
