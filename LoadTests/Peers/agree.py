#!/usr/bin/env python3
"""Holds PostgreSQL's answers against Seduta's: agree.py FOLDER.

Answers that differ would make every comparison void, so the first difference ends this with 1.
FOLDER holds a line for each question: q1.seduta, q2.seduta and q3.seduta in hexadecimal digits from the
wire client; the statements' answers, by the names of their files, from the PostgreSQL client; and
the therapists' ids in the order of their numbers.
"""

import sys
from pathlib import Path

import seduta_wire

THERAPIST_BUSY, ROOM_BUSY, CLIENT_BUSY = 4, 5, 6


class Answers:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ids = (folder / "therapist_ids").read_text().split()
        self.numbers = {id: number for number, id in enumerate(ids, start=1)}

    def lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text().splitlines()

    def seduta(self, question: str) -> list[bytes]:
        lines = self.lines(f"{question}.seduta")
        return [seduta_wire.reply_message(bytes.fromhex(line)) for line in lines]

    def months(self) -> list[str]:
        return [
            " ".join(str(start) for start, _ in seduta_wire.starts(response))
            for response in self.seduta("q1")
        ]

    def first_starts(self) -> list[str]:
        return [
            " ".join(f"{start},{self.numbers[id]}" for start, id in seduta_wire.starts(response))
            for response in self.seduta("q2")
        ]

    def collisions(self) -> list[str]:
        answers = []
        for response in self.seduta("q3"):
            kinds = seduta_wire.discrepancy_kinds(response)
            asked = (THERAPIST_BUSY, ROOM_BUSY, CLIENT_BUSY)
            answers.append(",".join("t" if kind in kinds else "f" for kind in asked))
        return answers


def compare(what: str, seduta: list[str], peer: list[str]) -> None:
    if not seduta or len(seduta) != len(peer):
        sys.exit(f"agree.py: {what}: {len(seduta)} answers of Seduta, {len(peer)} of PostgreSQL")
    for place, (ours, theirs) in enumerate(zip(seduta, peer), start=1):
        if ours != theirs:
            sys.exit(
                f"agree.py: {what}, question {place}: the answers differ.\n"
                f"  Seduta:     {ours}\n  PostgreSQL: {theirs}"
            )
    values = sum(len(answer.split()) for answer in seduta)
    print(f"  {what}: {len(seduta)} answers with {values:,} values are the same")


def main() -> None:
    answers = Answers(Path(sys.argv[1]))
    months, first_starts = answers.months(), answers.first_starts()
    compare("Q1, NOT EXISTS", months, answers.lines("q1-not-exists"))
    compare("Q1, multirange", months, answers.lines("q1-multirange"))
    compare("Q2, NOT EXISTS", first_starts, answers.lines("q2-not-exists"))
    compare("Q2, multirange", first_starts, answers.lines("q2-multirange"))
    compare("Q3, overlap", answers.collisions(), answers.lines("q3"))


main()
