// Writes to SQLite the rows that Seduta wrote, as fast as plain C can: prepared statements, so many
// commands in a transaction, in WAL mode with synchronous=FULL.
//
//   sqlite-writer --database FILE --rows FILE --batch N [--seconds S]
//
// FILE of --rows is what booking_rows.py took from a server's database: tables of the same names with the
// rows that its commands added, and `cancellations` with what was updated afterwards. Every command gets
// an equal share of the rows of each table. What was written is deleted at the end.
#include <getopt.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"

#define TABLES_MAX 32
#define SQL_BYTES 4096
#define COMMANDS_TABLE "outcomes"
#define UPDATES_TABLE "cancellations"
// So many commands after it was booked, an appointment is cancelled; as in a load of bookings.
#define CANCELLED_AFTER 256

typedef struct {
  char name[64];
  sqlite3_stmt *write;
  sqlite3_value **values;
  long rows;
  int columns;
  // The last row that was there before.
  sqlite3_int64 last_rowid;
} table;

typedef struct {
  const char *database, *rows;
  long batch;
  double seconds;
} settings;

static sqlite3 *target;
static table tables[TABLES_MAX];
static int table_count;
static table updates;
static long command_count;

static void check(int code, sqlite3 *database) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
    give_up("SQLite: %s", sqlite3_errmsg(database));
}

static void execute(const char *sql) { check(sqlite3_exec(target, sql, NULL, NULL, NULL), target); }

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement = NULL;
  check(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), database);
  return statement;
}

// Takes all rows of a table into memory.
static void read_rows(sqlite3 *source, const char *name, table *into) {
  char sql[SQL_BYTES];
  snprintf(into->name, sizeof into->name, "%s", name);
  snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY rowid", name);
  sqlite3_stmt *rows = prepare(source, sql);
  into->columns = sqlite3_column_count(rows);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    const size_t used = (size_t)into->rows++ * (size_t)into->columns;
    into->values =
        realloc(into->values, (used + (size_t)into->columns) * sizeof *into->values);
    if (into->values == NULL) give_up("out of memory");
    for (int column = 0; column < into->columns; column++)
      into->values[used + (size_t)column] = sqlite3_value_dup(sqlite3_column_value(rows, column));
  }
  sqlite3_finalize(rows);
}

static void prepare_insert(table *table) {
  char sql[SQL_BYTES];
  int length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table->name);
  for (int column = 1; column < table->columns; column++)
    length += snprintf(sql + length, sizeof sql - (size_t)length, ", ?");
  snprintf(sql + length, sizeof sql - (size_t)length, ")");
  table->write = prepare(target, sql);
  snprintf(sql, sizeof sql, "SELECT coalesce(max(rowid), 0) FROM %s", table->name);
  sqlite3_stmt *last = prepare(target, sql);
  check(sqlite3_step(last), target);
  table->last_rowid = sqlite3_column_int64(last, 0);
  sqlite3_finalize(last);
}

static void load_rows(const char *path) {
  sqlite3 *source = NULL;
  check(sqlite3_open_v2(path, &source, SQLITE_OPEN_READONLY, NULL), source);
  sqlite3_stmt *names = prepare(source, "SELECT name FROM sqlite_master WHERE type = 'table'");
  while (sqlite3_step(names) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(names, 0);
    if (strcmp(name, UPDATES_TABLE) == 0) {
      read_rows(source, name, &updates);
      continue;
    }
    if (table_count == TABLES_MAX) give_up("more than %d tables", TABLES_MAX);
    table *added = &tables[table_count++];
    read_rows(source, name, added);
    prepare_insert(added);
    if (strcmp(name, COMMANDS_TABLE) == 0) command_count = added->rows;
  }
  sqlite3_finalize(names);
  sqlite3_close(source);
  if (command_count == 0) give_up("%s holds no command", path);
  updates.write = prepare(
      target,
      "UPDATE appointments SET state = ?, occupies = ?, payment_status = ?, version = ?, "
      "changed_ms = ?, cancel_reason = ? WHERE id = ?");
}

static void write_share(table *table, long command) {
  if (command < 0) return;
  const long begin = command * table->rows / command_count;
  const long end = (command + 1) * table->rows / command_count;
  for (long row = begin; row < end; row++) {
    for (int column = 0; column < table->columns; column++)
      sqlite3_bind_value(
          table->write, column + 1, table->values[row * table->columns + column]);
    check(sqlite3_step(table->write), target);
    check(sqlite3_reset(table->write), target);
  }
}

static void write_batches(const settings *settings, measurement *measure) {
  sqlite3_stmt *begin = prepare(target, "BEGIN IMMEDIATE");
  sqlite3_stmt *commit = prepare(target, "COMMIT");
  long command = 0;
  for (uint64_t sent_ns = measure_now_ns();
       command < command_count && measure_goes_on(measure, sent_ns);
       sent_ns = measure_now_ns()) {
    const long end =
        command + settings->batch < command_count ? command + settings->batch : command_count;
    const long first = command;
    check(sqlite3_step(begin), target);
    for (; command < end; command++) {
      for (int place = 0; place < table_count; place++) write_share(&tables[place], command);
      write_share(&updates, command - CANCELLED_AFTER);
    }
    check(sqlite3_step(commit), target);
    sqlite3_reset(begin);
    sqlite3_reset(commit);
    const uint64_t now_ns = measure_now_ns();
    for (long answered = first; answered < command; answered++)
      measure_answer(measure, sent_ns, now_ns, 0);
  }
  if (command == command_count) measure_end(measure, measure_now_ns());
  sqlite3_finalize(begin);
  sqlite3_finalize(commit);
}

static void undo(void) {
  char sql[SQL_BYTES];
  execute("PRAGMA synchronous = OFF; BEGIN");
  for (int place = 0; place < table_count; place++) {
    const table *table = &tables[place];
    sqlite3_finalize(table->write);
    snprintf(
        sql, sizeof sql, "DELETE FROM %s WHERE rowid > %lld", table->name,
        (long long)table->last_rowid);
    execute(sql);
  }
  sqlite3_finalize(updates.write);
  execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

static settings parse(int count, char **arguments) {
  static const struct option options[] = {
      {"database", required_argument, NULL, 'd'}, {"rows", required_argument, NULL, 'r'},
      {"batch", required_argument, NULL, 'b'}, {"seconds", required_argument, NULL, 's'},
      {NULL, 0, NULL, 0}};
  settings parsed = {.batch = 1, .seconds = 2};
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    switch (option) {
      case 'd': parsed.database = optarg; break;
      case 'r': parsed.rows = optarg; break;
      case 'b': parsed.batch = atol(optarg); break;
      case 's': parsed.seconds = atof(optarg); break;
      default: give_up("the comment on top of sqlite_writer.c says how this is called");
    }
  }
  if (parsed.database == NULL || parsed.rows == NULL || parsed.batch < 1)
    give_up("--database, --rows and --batch are needed");
  return parsed;
}

int main(int count, char **arguments) {
  const settings settings = parse(count, arguments);
  check(sqlite3_open_v2(settings.database, &target, SQLITE_OPEN_READWRITE, NULL), target);
  // Triggers and foreign keys are Seduta's own precaution: what is compared with writes rows only.
  check(sqlite3_db_config(target, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL), target);
  execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; "
      // As much as Seduta's writer has.
      "PRAGMA cache_size = -65536");
  load_rows(settings.rows);
  measurement *measure = measure_make(settings.seconds, 0);
  measure_begin(measure, measure_now_ns());
  write_batches(&settings, measure);
  measure_print(measure, stdout);
  undo();
  sqlite3_close(target);
  return 0;
}
