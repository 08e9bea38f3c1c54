// Sends requests that were made beforehand, so many at once on each connection, and reads the replies
// without looking into them: the same client, and so the same cost on the shared processors, for Seduta,
// redis and an echo.
//
//   wire-client --port P --requests FILE --replies calls|redis [--connections N] [--depth N]
//               [--seconds S] [--server-pid PID] [--answers COUNT]
//
// The file: what to send first (4 bytes of length, big-endian, then the bytes; length 0: nothing), then
// the requests, each with the place of its call id (4 bytes; 0: it has none), length and bytes.
// A call id takes 5 bytes as a varint and is written anew for each request sent.
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"
#include "replies.h"

#define CONNECTIONS_MAX 64
#define DEPTH_MAX 256
// Replies may come in any order, so more numbers can lie between the oldest and the newest call.
#define SENT_SLOTS 4096
#define BUFFER_BYTES (1024 * 1024)
#define CALL_ID_BASE (1u << 28)
#define CALL_ID_BYTES 5
#define CHUNK_BYTES (256 * 1024)

typedef struct {
  uint32_t call_id_at;
  uint32_t size;
  const uint8_t *bytes;
} request;

typedef struct {
  int socket;
  uint32_t sent_count;
  uint32_t answered_count;
  uint64_t sent_ns[SENT_SLOTS];
  uint8_t *in;
  size_t in_size;
  uint8_t *out;
  size_t out_begin, out_end;
} connection;

typedef struct {
  const char *path;
  int port, connections, depth, server_pid, answers;
  double seconds;
  reply_kind replies;
} settings;

static request *requests;
static size_t request_count, next_request;
static const uint8_t *greeting;
static uint32_t greeting_size;

static uint32_t big_endian(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint8_t *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) give_up("cannot read %s: %s", path, strerror(errno));
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(*size + 1);
  if (bytes == NULL || fread(bytes, 1, *size, file) != *size) give_up("cannot read %s", path);
  fclose(file);
  return bytes;
}

static void load_requests(const char *path) {
  size_t size = 0;
  uint8_t *bytes = read_file(path, &size), *end = bytes + size;
  if (size < 4) give_up("%s is empty", path);
  greeting_size = big_endian(bytes);
  greeting = bytes + 4;
  for (uint8_t *at = bytes + 4 + greeting_size; at + 8 <= end; at += 8 + big_endian(at + 4)) {
    requests = realloc(requests, (request_count + 1) * sizeof *requests);
    if (requests == NULL) give_up("out of memory");
    requests[request_count++] =
        (request){.call_id_at = big_endian(at), .size = big_endian(at + 4), .bytes = at + 8};
  }
  if (request_count == 0) give_up("%s holds no request", path);
}

static connection *open_connection(int port) {
  connection *made = calloc(1, sizeof *made);
  if (made == NULL) give_up("out of memory");
  made->in = malloc(BUFFER_BYTES);
  made->out = malloc(BUFFER_BYTES);
  made->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const int on = 1;
  if (made->in == NULL || made->out == NULL || made->socket < 0 ||
      connect(made->socket, (struct sockaddr *)&address, sizeof address) != 0)
    give_up("cannot connect to port %d: %s", port, strerror(errno));
  setsockopt(made->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return made;
}

// Room for the requests of a full pipeline is always there: what was answered was sent.
static void put(connection *connection, const uint8_t *bytes, size_t size) {
  if (connection->out_begin == connection->out_end) connection->out_begin = connection->out_end = 0;
  if (connection->out_end + size > BUFFER_BYTES) give_up("the server does not read");
  memcpy(connection->out + connection->out_end, bytes, size);
  connection->out_end += size;
}

static void ask(connection *connection, const request *asked, uint64_t now_ns) {
  put(connection, asked->bytes, asked->size);
  const uint32_t number = connection->sent_count++;
  if (asked->call_id_at > 0) {
    uint8_t *at = connection->out + connection->out_end - asked->size + asked->call_id_at;
    uint64_t id = CALL_ID_BASE + number;
    for (int byte = 0; byte < CALL_ID_BYTES; byte++, id >>= 7)
      at[byte] = (uint8_t)((id & 0x7f) | (byte < CALL_ID_BYTES - 1 ? 0x80 : 0));
  }
  connection->sent_ns[number % SENT_SLOTS] = now_ns;
}

static void ask_next(connection *connection, uint64_t now_ns) {
  ask(connection, &requests[next_request], now_ns);
  if (++next_request == request_count) next_request = 0;
}

static void flush_out(connection *connection) {
  while (connection->out_begin < connection->out_end) {
    const ssize_t sent = send(
        connection->socket, connection->out + connection->out_begin,
        connection->out_end - connection->out_begin, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (sent < 0) give_up("cannot send: %s", strerror(errno));
    connection->out_begin += (size_t)sent;
  }
}

// Reads once. False: nothing was there.
static bool fill_in(connection *connection, int flags) {
  const size_t room = BUFFER_BYTES - connection->in_size;
  if (room == 0) give_up("a reply is longer than %d bytes", BUFFER_BYTES);
  const ssize_t got = recv(
      connection->socket, connection->in + connection->in_size,
      room < CHUNK_BYTES ? room : CHUNK_BYTES, flags);
  if (got == 0) give_up("the server closed the connection");
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (got < 0) give_up("cannot receive: %s", strerror(errno));
  connection->in_size += (size_t)got;
  return true;
}

static void drop_in(connection *connection, size_t size) {
  connection->in_size -= size;
  memmove(connection->in, connection->in + size, connection->in_size);
}

// Waits for one reply, and leaves it at the beginning of the input.
static reply wait_for_reply(connection *connection, reply_kind kind) {
  reply found;
  flush_out(connection);
  while (!reply_read(kind, connection->in, connection->in_size, &found)) fill_in(connection, 0);
  return found;
}

static void greet(connection *connection) {
  if (greeting_size == 0) return;
  put(connection, greeting, greeting_size);
  drop_in(connection, wait_for_reply(connection, REPLY_FRAMES).size);
}

static void take_replies(connection *connection, reply_kind kind, measurement *measure) {
  // One reading of the clock for what one read brought.
  const uint64_t now_ns = measure_now_ns();
  size_t used = 0;
  reply found;
  while (reply_read(kind, connection->in + used, connection->in_size - used, &found)) {
    used += found.size;
    const uint32_t answered = connection->answered_count++;
    const uint32_t number = kind == REPLY_CALLS ? found.call_id - CALL_ID_BASE : answered;
    // To refuse is faster than to answer, and nothing that is asked here may be refused.
    if (found.is_refusal) give_up("the server refused request %u", number);
    measure_answer(measure, connection->sent_ns[number % SENT_SLOTS], now_ns, found.size);
    ask_next(connection, now_ns);
  }
  drop_in(connection, used);
  flush_out(connection);
}

static void run_load(const settings *settings) {
  connection *connections[CONNECTIONS_MAX];
  struct pollfd polled[CONNECTIONS_MAX];
  for (int place = 0; place < settings->connections; place++) {
    connections[place] = open_connection(settings->port);
    greet(connections[place]);
    polled[place] = (struct pollfd){.fd = connections[place]->socket, .events = POLLIN};
  }
  measurement *measure = measure_make(settings->seconds, settings->server_pid);
  for (int place = 0; place < settings->connections; place++) {
    for (int call = 0; call < settings->depth; call++)
      ask_next(connections[place], measure_now_ns());
    flush_out(connections[place]);
  }
  while (measure_goes_on(measure, measure_now_ns())) {
    for (int place = 0; place < settings->connections; place++) {
      const bool waits = connections[place]->out_begin < connections[place]->out_end;
      polled[place].events = (short)(POLLIN | (waits ? POLLOUT : 0));
    }
    if (poll(polled, (nfds_t)settings->connections, 100) < 0 && errno != EINTR)
      give_up("cannot poll: %s", strerror(errno));
    for (int place = 0; place < settings->connections; place++) {
      if (polled[place].revents & POLLOUT) flush_out(connections[place]);
      if (polled[place].revents & ~POLLOUT && fill_in(connections[place], MSG_DONTWAIT))
        take_replies(connections[place], settings->replies, measure);
    }
  }
  measure_print(measure, stdout);
}

// The first requests, one at a time, and their replies in hexadecimal digits, a line each.
static void show_answers(const settings *settings) {
  connection *connection = open_connection(settings->port);
  greet(connection);
  for (int answer = 0; answer < settings->answers; answer++) {
    ask_next(connection, 0);
    const reply found = wait_for_reply(connection, settings->replies);
    for (size_t byte = 0; byte < found.size; byte++) printf("%02x", connection->in[byte]);
    putchar('\n');
    drop_in(connection, found.size);
  }
}

static settings parse(int count, char **arguments) {
  static const struct option options[] = {
      {"port", required_argument, NULL, 'p'},     {"requests", required_argument, NULL, 'r'},
      {"replies", required_argument, NULL, 'k'},  {"connections", required_argument, NULL, 'c'},
      {"depth", required_argument, NULL, 'd'},    {"seconds", required_argument, NULL, 's'},
      {"server-pid", required_argument, NULL, 'w'}, {"answers", required_argument, NULL, 'a'},
      {NULL, 0, NULL, 0}};
  settings parsed = {.connections = 8, .depth = 1, .seconds = 2};
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    switch (option) {
      case 'p': parsed.port = atoi(optarg); break;
      case 'r': parsed.path = optarg; break;
      case 'k': parsed.replies = reply_kind_named(optarg); break;
      case 'c': parsed.connections = atoi(optarg); break;
      case 'd': parsed.depth = atoi(optarg); break;
      case 's': parsed.seconds = atof(optarg); break;
      case 'w': parsed.server_pid = atoi(optarg); break;
      case 'a': parsed.answers = atoi(optarg); break;
      default: give_up("the comment on top of wire_client.c says how this is called");
    }
  }
  if (parsed.path == NULL || parsed.port == 0) give_up("--port and --requests are needed");
  if (parsed.connections < 1 || parsed.connections > CONNECTIONS_MAX || parsed.depth < 1 ||
      parsed.depth > DEPTH_MAX)
    give_up("1 to %d connections, 1 to %d deep", CONNECTIONS_MAX, DEPTH_MAX);
  return parsed;
}

int main(int count, char **arguments) {
  const settings settings = parse(count, arguments);
  load_requests(settings.path);
  if (settings.answers > 0)
    show_answers(&settings);
  else
    run_load(&settings);
  return 0;
}
