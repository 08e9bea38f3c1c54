#include "Limits/rows.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "starts_walk.h"

struct limits_rows {
  const limits_population *population;
  sqlite3 *database;
  sqlite3_stmt *month;
  sqlite3_stmt *collision;
  sqlite3_stmt *insert;
  sqlite3_stmt *erase;
};

static void require(const limits_rows *rows, bool holds) {
  if (holds) return;
  fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(rows->database));
  abort();
}

static void execute(limits_rows *rows, const char *sql) {
  require(rows, sqlite3_exec(rows->database, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *prepare(limits_rows *rows, const char *sql) {
  sqlite3_stmt *statement = NULL;
  require(rows, sqlite3_prepare_v2(rows->database, sql, -1, &statement, NULL) == SQLITE_OK);
  return statement;
}

static void run(limits_rows *rows, sqlite3_stmt *statement) {
  require(rows, sqlite3_step(statement) == SQLITE_DONE);
  sqlite3_reset(statement);
}

static void bind3(sqlite3_stmt *statement, int64_t first, int64_t second, int64_t third) {
  sqlite3_bind_int64(statement, 1, first);
  sqlite3_bind_int64(statement, 2, second);
  sqlite3_bind_int64(statement, 3, third);
}

limits_rows *limits_rows_make(const limits_population *population) {
  limits_rows *rows = limits_allocate(1, sizeof *rows);
  rows->population = population;
  require(rows, sqlite3_open(":memory:", &rows->database) == SQLITE_OK);
  execute(
      rows,
      "CREATE TABLE booking (therapist INTEGER, start INTEGER, finish INTEGER,"
      " PRIMARY KEY (therapist, start)) WITHOUT ROWID;");
  rows->month = prepare(
      rows,
      "SELECT start, finish FROM booking"
      " WHERE therapist = ?1 AND start > ?2 AND start < ?3 ORDER BY start");
  rows->collision = prepare(
      rows,
      "SELECT EXISTS (SELECT 1 FROM booking"
      " WHERE therapist = ?1 AND start < ?3 AND start > ?2 - 1440 AND finish > ?2)");
  rows->insert = prepare(rows, "INSERT INTO booking VALUES (?1, ?2, ?3)");
  rows->erase = prepare(rows, "DELETE FROM booking WHERE therapist = ?1 AND start = ?2");
  execute(rows, "BEGIN");
  for (size_t row = 0; row < population->therapists; row++) {
    for (uint32_t index = population->first_booking[row];
         index < population->first_booking[row + 1]; index++) {
      const int32_t start = population->booking_start[index];
      bind3(rows->insert, (int64_t)row, start, start + limits_session_minutes);
      run(rows, rows->insert);
    }
  }
  execute(rows, "COMMIT");
  return rows;
}

void limits_rows_free(limits_rows *rows) {
  sqlite3_finalize(rows->month);
  sqlite3_finalize(rows->collision);
  sqlite3_finalize(rows->insert);
  sqlite3_finalize(rows->erase);
  sqlite3_close(rows->database);
  free(rows);
}

size_t limits_rows_month(limits_rows *rows, limits_month query, int32_t *found) {
  const uint8_t schedule = rows->population->schedule_of[query.therapist];
  limits_starts_walk walk = limits_walk(
      &rows->population->schedules[schedule], query.from, query.until, limits_standard_shape());
  bind3(
      rows->month, query.therapist, query.from - limits_session_minutes,
      query.until + limits_session_minutes);
  size_t count = 0;
  limits_span busy = {INT32_MIN, INT32_MIN};
  bool has_more = 1;
  for (int32_t start; (start = limits_next_open_start(&walk)) != INT32_MAX;) {
    while (has_more && busy.end <= start) {
      has_more = sqlite3_step(rows->month) == SQLITE_ROW;
      if (!has_more) break;
      busy.start = sqlite3_column_int(rows->month, 0);
      busy.end = sqlite3_column_int(rows->month, 1);
    }
    if (busy.end > start && busy.start < start + limits_session_minutes) {
      walk.position = limits_on_grid(&walk, busy.end);
    } else {
      walk.position = start + limits_grid_minutes;
      found[count++] = start;
    }
  }
  sqlite3_reset(rows->month);
  return count;
}

uint64_t limits_rows_months(
    limits_rows *rows, const limits_month *queries, size_t count, int32_t *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    checksum += limits_checksum(found, limits_rows_month(rows, queries[index], found));
  }
  return checksum;
}

static bool is_busy(limits_rows *rows, const limits_session *query) {
  bind3(rows->collision, query->therapist, query->start, query->start + limits_session_minutes);
  require(rows, sqlite3_step(rows->collision) == SQLITE_ROW);
  const bool busy = sqlite3_column_int(rows->collision, 0) != 0;
  sqlite3_reset(rows->collision);
  return busy;
}

uint64_t limits_rows_collisions(limits_rows *rows, const limits_session *queries, size_t count) {
  uint64_t colliding = 0;
  for (size_t index = 0; index < count; index++) colliding += is_busy(rows, &queries[index]);
  return colliding;
}

uint64_t limits_rows_book_and_cancel(
    limits_rows *rows, const limits_session *queries, size_t count) {
  uint64_t booked = 0;
  for (size_t index = 0; index < count; index++) {
    const limits_session *query = &queries[index];
    if (is_busy(rows, query)) continue;
    booked++;
    bind3(rows->insert, query->therapist, query->start, query->start + limits_session_minutes);
    run(rows, rows->insert);
    sqlite3_bind_int64(rows->erase, 1, query->therapist);
    sqlite3_bind_int64(rows->erase, 2, query->start);
    run(rows, rows->erase);
  }
  return booked;
}
