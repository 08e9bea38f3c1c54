#!/usr/bin/env python3
"""Takes the rows that a load of bookings added: booking_rows.py BEFORE AFTER ROWS.

BEFORE and AFTER are a server's databases, ROWS the one to write for sqlite_writer.c: the rows that are only
in AFTER, by table, as they were when they were added; and `cancellations`, the updates of appointments.
"""

import sqlite3
import sys
from pathlib import Path

UPDATED = ("state", "occupies", "payment_status", "version", "changed_ms", "cancel_reason")


def take(database: sqlite3.Connection, table: str) -> int:
    (last,) = database.execute(f"SELECT coalesce(max(rowid), 0) FROM before.{table}").fetchone()
    database.execute(f"CREATE TABLE {table} AS SELECT * FROM after.{table} WHERE rowid > {last}")
    (rows,) = database.execute(f"SELECT count(*) FROM main.{table}").fetchone()
    if rows == 0:
        database.execute(f"DROP TABLE {table}")
    return rows


def main() -> None:
    before, after, path = sys.argv[1:]
    Path(path).unlink(missing_ok=True)
    database = sqlite3.connect(path, uri=True)
    database.execute(f"ATTACH 'file:{before}?mode=ro' AS before")
    database.execute(f"ATTACH 'file:{after}?mode=ro' AS after")
    tables = database.execute("SELECT name FROM after.sqlite_master WHERE type = 'table'")
    taken = {table: take(database, table) for (table,) in tables.fetchall()}
    columns = ", ".join(UPDATED)
    database.execute(
        f"CREATE TABLE cancellations AS SELECT {columns}, id FROM main.appointments WHERE version > 1"
    )
    database.execute(
        "UPDATE appointments SET state = 'SCHEDULED', occupies = 1, payment_status = 'DUE', "
        "version = 1, changed_ms = booked_ms, cancel_reason = ''"
    )
    (cancelled,) = database.execute("SELECT count(*) FROM cancellations").fetchone()
    database.commit()
    rows = sum(taken.values())
    print(f"{taken['outcomes']:,} commands, {rows:,} rows added, {cancelled:,} updated")


main()
