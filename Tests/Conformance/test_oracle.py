"""The server's answers, held against an oracle that shares no code with it (S-1 to S-13).

    Tests/Conformance/run -k oracle -s                              250 random cases
    ORACLE_CASES=20000 Tests/Conformance/run -k oracle -s           for longer
    ORACLE_SEED=... Tests/Conformance/run -k oracle -s              the same cases, on the same day

A case that fails is made small and printed as one line of JSON. Add it to oracle/kept.json, with
a "why", when it is mended: those are tried each time. Dates in a kept case stay what they are, so
what was in the future when it failed is looked at through checks alone once it has passed.
"""

import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import contract as v1
import pytest
from client import Connection
from conftest import KeyRing
from holidays import country_holidays
from oracle.cases import Case, draw
from oracle.hours import HOLIDAY_YEARS
from oracle.shrink import shrunk
from oracle.trial import try_out
from practice import now_ms
from server import Server

KEPT = json.loads((Path(__file__).parent / "oracle" / "kept.json").read_text())
PARTNERS = 5
CASES = int(os.environ.get("ORACLE_CASES", "250"))
SEED = os.environ.get("ORACLE_SEED") or secrets.token_hex(4)

# The parts of countries that have public holidays of their own, by ISO 3166-2.
GERMANY = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH"
BRAZIL = "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO"
CALENDARS = {"AT": "", "BR": BRAZIL, "DE": GERMANY, "IT": "BZ", "PL": "", "RO": ""}


@pytest.fixture(scope="module")
def connections(server: Server, keys: KeyRing) -> Iterator[list[Connection]]:
    """Partners of the oracle's own: cases change the partner's policy.

    They are several because a new policy is worked into all that a partner has.
    """
    with ExitStack() as stack:
        yield [stack.enter_context(server.connect(keys.take(), 60)) for _ in range(PARTNERS)]


@pytest.fixture
def connection(connections: list[Connection]) -> Connection:
    return connections[0]


def test_cases_that_failed_once(connection: Connection) -> None:
    for case in KEPT:
        found = try_out(Case.from_json(case), connection)
        assert found is None, f"failed before: {case['why']}\n{found}"


def test_public_holidays_are_those_of_their_source(connection: Connection) -> None:  # S-8
    for country, parts in CALENDARS.items():
        language = country_holidays(country).default_language
        for part in [None, *parts.split()]:
            name = country if part is None else f"{country}-{part}"
            for year in HOLIDAY_YEARS:
                source = country_holidays(country, subdiv=part, years=year, language=language)
                request = v1.DirectoryListPublicHolidaysRequest(calendar=name)
                request.first_date, request.last_date = f"{year}-01-01", f"{year}-12-31"
                listed = connection.call(request).holidays
                found = [(each.date, set(each.name.split("; "))) for each in listed]
                assert found == [
                    (str(day), set(names.split("; "))) for day, names in sorted(source.items())
                ], name


def test_random_cases(connections: list[Connection]) -> None:
    # S-1 S-2 S-3 S-4 S-5 S-6 S-7 S-8 S-9 S-10 S-11 S-12 S-13
    print(f"ORACLE_SEED={SEED}")
    seen: Counter[str] = Counter()
    for number in range(CASES):
        connection = connections[number % PARTNERS]
        found = try_out(draw(f"{SEED}/{number}", now_ms()), connection, seen)
        if found:
            pytest.fail(str(shrunk(found, connection)), pytrace=False)
    print(", ".join(f"{what}: {count}" for what, count in sorted(seen.items())))
    # All that the oracle knows came up, else the comparison is worth little.
    assert not [kind for kind in range(1, 11) if not seen[f"kind {kind}"]]
