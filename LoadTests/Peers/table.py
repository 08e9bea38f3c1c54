#!/usr/bin/env python3
"""Prints what scripts/peers measured: table.py FOLDER --therapists N [--smoke] [--markdown FILE].

FOLDER has a line of JSON for each measurement, NAME-ROUND.json. What is compared was measured in the same
round, within seconds: a ratio is the median of the rounds' ratios, a figure the median of its own.
"""

import argparse
import json
import os
import platform
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """What one measurement says in each round, or the best of some."""

    name: str
    field: str = "per_second"
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A goal: what ours is to be, as a multiple of the peer's; without a bound it is told only."""

    what: str
    peer: str
    theirs: Figure
    ours: Figure
    at_least: float | None = None
    at_most: float | None = None


def wire_rows() -> Iterable[Row]:
    bounds = {"redis": {1: 1.0, 16: 1.0}, "grpc": {1: 1.5, 16: 10.0}, "echo": {}}
    peers = {"redis": "redis 7 GET", "grpc": "gRPC C++ async", "echo": "C epoll echo"}
    for peer, shown in peers.items():
        for depth in (1, 16):
            deep = "one at a time" if depth == 1 else f"{depth} deep"
            yield Row(
                f"Q1 over the wire, {deep}", f"{shown}, same size", Figure(f"{peer}-{depth}"),
                Figure(f"seduta-wire-{depth}"), at_least=bounds[peer].get(depth),
            )


def sql_rows() -> Iterable[Row]:
    bounds = {"q1-not-exists": 100, "q1-multirange": 10, "q2-not-exists": 300, "q2-multirange": 300}
    for statement, bound in bounds.items():
        question, _, way = statement.partition("-")
        shown = "NOT EXISTS" if way == "not-exists" else "multirange"
        yield Row(
            f"{question.upper()}, whole call", f"PostgreSQL, {shown}", Figure(statement),
            Figure(f"seduta-{question}"), at_least=bound,
        )
    yield Row("Q3, whole call", "PostgreSQL, overlap", Figure("q3"), Figure("seduta-q3"))


def booking_rows() -> Iterable[Row]:
    best = Figure("seduta-q4-256", others=("seduta-q4-32", "seduta-q4-8"))
    yield Row("Q4, durable", "PostgreSQL, same rows", Figure("book"), best, at_least=5)
    for batch in (8, 32, 256):
        yield Row(
            f"Q4, durable, {2 * batch} in flight", f"C and SQLite, {batch} a batch",
            Figure(f"sqlite-{batch}"), Figure(f"seduta-q4-{batch}"), at_least=0.8,
        )
    yield Row(
        "Q4, durable, one in flight", "C and SQLite, 1 a batch", Figure("sqlite-1"),
        Figure("seduta-q4-one"),
    )
    for run, clients in (("one", "one client"), ("1", "8 clients")):
        what, ours = f"Q4, median µs, {clients}", Figure(f"seduta-q4-{run}", "p50_us")
        appended, overwritten = Figure("append", "p50_us"), Figure("overwrite", "p50_us")
        yield Row(what, "fdatasync of a page, appended", appended, ours, at_most=3)
        yield Row(what, "fdatasync of a page, overwritten", overwritten, ours)


class Measurements:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rounds = len(list(folder.glob("q1-multirange-*.json")))

    def values(self, figure: Figure) -> list[float]:
        """One for each round; none where it was not measured."""
        names = (figure.name, *figure.others)
        places = range(1, self.rounds + 1)
        paths = [[self.folder / f"{name}-{place}.json" for name in names] for place in places]
        if not all(path.exists() for each in paths for path in each):
            return []
        reports = [[json.loads(path.read_text()) for path in each] for each in paths]
        return [max(self.value(report, figure.field) for report in each) for each in reports]

    @staticmethod
    def value(report: dict, field: str) -> float:
        if "calls" not in report:
            return report[field]
        # A report of seduta-load. Searches in a load of bookings only look for offers.
        booking = [calls for calls in report["calls"] if calls["kind"] in ("book", "cancel")]
        counted = booking or [report["total"]]
        if field == "p50_us":
            return counted[0]["latency_ms"]["p50"] * 1000
        return sum(kind["per_second"] for kind in counted)


@dataclass(frozen=True)
class Line:
    """A row with what was measured."""

    row: Row
    theirs: float
    ours: float
    ratio: float

    @property
    def goal(self) -> str:
        if self.row.at_least is not None:
            return f"≥ {self.row.at_least:g} ×"
        return f"≤ {self.row.at_most:g} ×" if self.row.at_most is not None else ""

    @property
    def reached(self) -> str:
        if self.row.at_least is not None:
            return "yes" if self.ratio >= self.row.at_least else "no"
        if self.row.at_most is not None:
            return "yes" if self.ratio <= self.row.at_most else "no"
        return ""

    def cells(self, is_quiet: bool) -> list[str]:
        ratio = f"{self.ratio:.3g} ×" if self.ratio < 1000 else f"{self.ratio:,.0f} ×"
        figures = [f"{self.theirs:,.0f}", f"{self.ours:,.0f}"]
        reached = self.reached if is_quiet or not self.reached else f"({self.reached})"
        return [self.row.what, self.goal, self.row.peer, *figures, ratio, reached]


# What others may use of the processors before it has to be said.
QUIET_PERCENT = 10
HEADINGS = ["what", "goal", "peer", "peer's", "ours", "ratio", "reached"]


def lines(measured: Measurements) -> Iterable[Line]:
    for row in (*wire_rows(), *sql_rows(), *booking_rows()):
        theirs, ours = measured.values(row.theirs), measured.values(row.ours)
        if theirs and ours:
            ratio = statistics.median(our / their for our, their in zip(ours, theirs))
            yield Line(row, statistics.median(theirs), statistics.median(ours), ratio)


def processor_time(measured: Measurements) -> str:
    """Server time a request, which drifts less than throughput where cores are shared."""
    parts = []
    servers = {"seduta-wire": "Seduta", "redis": "redis", "grpc": "gRPC C++", "echo": "echo"}
    for server, shown in servers.items():
        values = [measured.values(Figure(f"{server}-{depth}", "server_us")) for depth in (1, 16)]
        if all(values):
            one, deep = (statistics.median(each) for each in values)
            parts.append(f"{shown} {one:.1f} / {deep:.2f}")
    listed = ", ".join(parts)
    return f"Server's processor time a request in µs, one at a time / 16 deep: {listed}."


def machine() -> str:
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    model = models[0] if models else platform.machine()
    return f"{os.cpu_count()} cores, {model}"


def as_text(table: list[list[str]]) -> str:
    widths = [max(len(cells[column]) for cells in table) for column in range(len(HEADINGS))]
    numbers = (3, 4, 5)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths))
        ).rstrip()
        for cells in table
    )


def as_markdown(table: list[list[str]]) -> str:
    alignment = ["---", "---", "---", "---:", "---:", "---:", "---"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (table[0], alignment, *table[1:]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--therapists", type=int, required=True)
    parser.add_argument("--others", type=int, required=True, help="percent of processors used")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--markdown", type=Path)
    asked = parser.parse_args()

    measured = Measurements(asked.folder)
    is_quiet = asked.others <= QUIET_PERCENT
    table = [HEADINGS, *(line.cells(is_quiet) for line in lines(measured))]
    day = datetime.now(UTC).date()
    rounds = "one round" if measured.rounds == 1 else f"median of {measured.rounds} rounds in turn"
    caption = (
        f"Measured {day} on {machine()}, client and servers sharing them; population W with "
        f"{asked.therapists:,} therapists; requests a second unless said otherwise; {rounds}."
    )
    if not is_quiet:
        caption += (
            f" Others used up to {asked.others} % of the processors meanwhile, which hurts some more than "
            "others: verdicts are in brackets, and only a quiet machine can give them."
        )
    if asked.smoke:
        caption = f"A SMOKE TEST: these figures say nothing. {caption}"
    closing = processor_time(measured)
    print(f"\n{caption}\n\n{as_text(table)}\n\n{closing}")
    if asked.markdown:
        asked.markdown.write_text(f"{caption}\n\n{as_markdown(table)}\n\n{closing}\n")


main()
