// Runs a prepared statement in PostgreSQL, so many at once on each connection (in libpq's pipeline mode, a
// transaction each), with parameters from a file.
//
//   postgres-client --connect CONNINFO --statement FILE --parameters FILE [--then FILE] [--clients N]
//                   [--depth N] [--from-line N] [--seconds S] [--answers COUNT]
//
// A line of the file holds one use's parameters, with tabs between; after the last comes the first. What
// --then names is run after each use that gave a row, with the row's first column as its only parameter;
// both count.
#include <errno.h>
#include <getopt.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"

#define CLIENTS_MAX 128
#define DEPTH_MAX 64
#define PARAMETERS_MAX 16
#define FORMAT_TEXT 0
#define FORMAT_BINARY 1

typedef struct {
  const char *values[PARAMETERS_MAX];
  int count;
} parameters;

typedef struct {
  uint64_t sent_ns;
  bool is_following;
} query;

typedef struct {
  PGconn *connection;
  // Each client goes through lines of its own, so that no two want the same slot at once.
  size_t line;
  // A ring: answers come in the order of the questions.
  query asked[DEPTH_MAX];
  unsigned asked_count, answered_count;
} client;

typedef struct {
  const char *connect, *statement, *parameters, *then;
  int clients, depth, from_line, answers;
  double seconds;
} settings;

static parameters *lines;
static size_t line_count;

static char *read_text(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) give_up("cannot read %s: %s", path, strerror(errno));
  fseek(file, 0, SEEK_END);
  const size_t size = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(size + 1);
  if (text == NULL || fread(text, 1, size, file) != size) give_up("cannot read %s", path);
  text[size] = 0;
  fclose(file);
  return text;
}

static void load_parameters(const char *path) {
  char *rest = read_text(path);
  for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
    if (*line == 0) continue;
    lines = realloc(lines, (line_count + 1) * sizeof *lines);
    if (lines == NULL) give_up("out of memory");
    parameters *parsed = &lines[line_count++];
    parsed->count = 0;
    for (char *value; parsed->count < PARAMETERS_MAX && (value = strsep(&line, "\t")) != NULL;)
      parsed->values[parsed->count++] = value;
  }
  if (line_count == 0) give_up("%s is empty", path);
}

static void prepare(PGconn *connection, const char *name, const char *path) {
  char *text = read_text(path);
  PGresult *result = PQprepare(connection, name, text, 0, NULL);
  if (PQresultStatus(result) != PGRES_COMMAND_OK)
    give_up("%s: %s", path, PQerrorMessage(connection));
  PQclear(result);
  free(text);
}

static PGconn *open_connection(const settings *settings) {
  PGconn *connection = PQconnectdb(settings->connect);
  if (PQstatus(connection) != CONNECTION_OK)
    give_up("cannot connect: %s", PQerrorMessage(connection));
  prepare(connection, "statement", settings->statement);
  if (settings->then != NULL) prepare(connection, "then", settings->then);
  return connection;
}

static void send_query(client *client, const char *name, const parameters *sent, query query) {
  query.sent_ns = measure_now_ns();
  client->asked[client->asked_count++ % DEPTH_MAX] = query;
  if (!PQsendQueryPrepared(
          client->connection, name, sent->count, sent->values, NULL, NULL, FORMAT_BINARY) ||
      !PQpipelineSync(client->connection))
    give_up("cannot send: %s", PQerrorMessage(client->connection));
}

static void ask_next(client *client, int clients) {
  send_query(client, "statement", &lines[client->line], (query){.is_following = false});
  client->line = (client->line + (size_t)clients) % line_count;
}

// The id that a booking got comes as a bigint in binary, and goes back as text.
static void follow(client *client, const PGresult *result) {
  const uint8_t *bytes = (const uint8_t *)PQgetvalue(result, 0, 0);
  uint64_t id = 0;
  for (int byte = 0; byte < PQgetlength(result, 0, 0); byte++) id = id << 8 | bytes[byte];
  char text[24];
  snprintf(text, sizeof text, "%llu", (unsigned long long)id);
  const parameters sent = {.values = {text}, .count = 1};
  send_query(client, "then", &sent, (query){.is_following = true});
}

static uint64_t size_of(const PGresult *result) {
  uint64_t size = 0;
  for (int row = 0; row < PQntuples(result); row++)
    for (int column = 0; column < PQnfields(result); column++)
      size += (uint64_t)PQgetlength(result, row, column);
  return size;
}

static void take_result(
    client *client, const PGresult *result, const settings *settings, measurement *measure) {
  const query answered = client->asked[client->answered_count++ % DEPTH_MAX];
  const bool is_fine = PQresultStatus(result) == PGRES_TUPLES_OK;
  const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (is_fine)
    measure_answer(measure, answered.sent_ns, measure_now_ns(), size_of(result));
  // An exclusion constraint, or a deadlock between two that wait for each other to know of one.
  else if (code != NULL && (strcmp(code, "23P01") == 0 || strcmp(code, "40P01") == 0))
    measure_refusal(measure);
  else
    give_up("%s", PQresultErrorMessage(result));
  if (settings->then != NULL && is_fine && !answered.is_following && PQntuples(result) > 0)
    follow(client, result);
  else if (!measure_is_over(measure))
    ask_next(client, settings->clients);
}

static void take_results(client *client, const settings *settings, measurement *measure) {
  if (!PQconsumeInput(client->connection))
    give_up("cannot receive: %s", PQerrorMessage(client->connection));
  while (client->asked_count != client->answered_count && !PQisBusy(client->connection)) {
    PGresult *result = PQgetResult(client->connection);
    // Nothing, and then a synchronisation, come between the results of two statements.
    if (result != NULL && PQresultStatus(result) != PGRES_PIPELINE_SYNC)
      take_result(client, result, settings, measure);
    PQclear(result);
  }
}

static bool is_idle(const client *clients, int count) {
  for (int place = 0; place < count; place++)
    if (clients[place].asked_count != clients[place].answered_count) return false;
  return true;
}

static void poll_once(
    client *clients, struct pollfd *polled, const settings *settings, measurement *measure) {
  if (poll(polled, (nfds_t)settings->clients, 100) < 0 && errno != EINTR)
    give_up("cannot poll: %s", strerror(errno));
  for (int place = 0; place < settings->clients; place++)
    if (polled[place].revents) take_results(&clients[place], settings, measure);
}

static void run_load(const settings *settings) {
  static client clients[CLIENTS_MAX];
  struct pollfd polled[CLIENTS_MAX];
  for (int place = 0; place < settings->clients; place++) {
    PGconn *connection = open_connection(settings);
    if (!PQenterPipelineMode(connection)) give_up("no pipeline mode");
    clients[place].connection = connection;
    clients[place].line = (size_t)(settings->from_line + place) % line_count;
    polled[place] = (struct pollfd){.fd = PQsocket(connection), .events = POLLIN};
  }
  measurement *measure = measure_make(settings->seconds, 0);
  for (int place = 0; place < settings->clients; place++)
    for (int ask = 0; ask < settings->depth; ask++) ask_next(&clients[place], settings->clients);
  while (measure_goes_on(measure, measure_now_ns()))
    poll_once(clients, polled, settings, measure);
  measure_print(measure, stdout);
  // What was begun is answered, and what was booked cancelled: the next run finds the slots free.
  while (!is_idle(clients, settings->clients)) poll_once(clients, polled, settings, measure);
  for (int place = 0; place < settings->clients; place++) PQfinish(clients[place].connection);
}

// The answers to the first lines: columns with a comma, rows with a blank between, a line for each.
static void show_answers(const settings *settings) {
  PGconn *connection = open_connection(settings);
  for (size_t line = 0; line < (size_t)settings->answers; line++) {
    const parameters *sent = &lines[line % line_count];
    PGresult *result = PQexecPrepared(
        connection, "statement", sent->count, sent->values, NULL, NULL, FORMAT_TEXT);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) give_up("%s", PQresultErrorMessage(result));
    for (int row = 0; row < PQntuples(result); row++)
      for (int column = 0; column < PQnfields(result); column++)
        printf(
            "%s%s", column > 0 ? "," : row > 0 ? " " : "", PQgetvalue(result, row, column));
    putchar('\n');
    PQclear(result);
  }
  PQfinish(connection);
}

static settings parse(int count, char **arguments) {
  static const struct option options[] = {
      {"connect", required_argument, NULL, 'c'}, {"statement", required_argument, NULL, 's'},
      {"parameters", required_argument, NULL, 'p'}, {"then", required_argument, NULL, 't'},
      {"clients", required_argument, NULL, 'n'}, {"seconds", required_argument, NULL, 'd'},
      {"depth", required_argument, NULL, 'q'}, {"answers", required_argument, NULL, 'a'},
      {"from-line", required_argument, NULL, 'f'}, {NULL, 0, NULL, 0}};
  settings parsed = {.clients = 8, .depth = 1, .seconds = 2};
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    switch (option) {
      case 'c': parsed.connect = optarg; break;
      case 's': parsed.statement = optarg; break;
      case 'p': parsed.parameters = optarg; break;
      case 't': parsed.then = optarg; break;
      case 'n': parsed.clients = atoi(optarg); break;
      case 'f': parsed.from_line = atoi(optarg); break;
      case 'q': parsed.depth = atoi(optarg); break;
      case 'd': parsed.seconds = atof(optarg); break;
      case 'a': parsed.answers = atoi(optarg); break;
      default: give_up("the comment on top of postgres_client.c says how this is called");
    }
  }
  if (parsed.connect == NULL || parsed.statement == NULL || parsed.parameters == NULL)
    give_up("--connect, --statement and --parameters are needed");
  if (parsed.clients < 1 || parsed.clients > CLIENTS_MAX || parsed.depth < 1 ||
      parsed.depth > DEPTH_MAX)
    give_up("1 to %d clients, 1 to %d deep", CLIENTS_MAX, DEPTH_MAX);
  return parsed;
}

int main(int count, char **arguments) {
  const settings settings = parse(count, arguments);
  load_parameters(settings.parameters);
  if (settings.answers > 0)
    show_answers(&settings);
  else
    run_load(&settings);
  return 0;
}
