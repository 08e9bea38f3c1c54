"""Makes a case that failed as small as it can be made while it still fails."""

import copy
import time
from typing import Any

from client import Connection, Refused
from google.protobuf.json_format import ParseError
from oracle.cases import Case
from oracle.trial import Disagreement, try_out

SECONDS_MAX = 20


def shrunk(found: Disagreement, connection: Connection) -> Disagreement:
    """Takes out whatever is not needed, for some seconds."""
    found.case.calls[found.index + 1 :] = []
    shrinking = Shrinking(found, connection)
    while shrinking.takes_something_out([]):
        pass
    return shrinking.found


class Shrinking:
    """Goes through a case as JSON; a path is the keys and indices that lead to a part of it."""

    def __init__(self, found: Disagreement, connection: Connection) -> None:
        self.found, self.connection = found, connection
        self.json = found.case.to_json()
        self.deadline = time.monotonic() + SECONDS_MAX

    def takes_something_out(self, path: list[Any]) -> bool:
        """Whether a part, or anything in it, could be left out."""
        part = at(self.json, path)
        if isinstance(part, dict):
            names: list[Any] = list(part)
        elif isinstance(part, list):
            if self.halves(path):
                return True
            names = list(reversed(range(len(part))))  # what is out moves only what was tried
        else:
            return False
        something = False
        for name in names:
            inner = [*path, name]
            if self.fails_without(path, [name]) or self.takes_something_out(inner):
                something = True
        return something

    def halves(self, path: list[Any]) -> bool:
        """Whether half of a long list could be left out."""
        count = len(at(self.json, path))
        middle = count // 2
        return count > 3 and (
            self.fails_without(path, range(middle, count))
            or self.fails_without(path, range(middle))
        )

    def fails_without(self, path: list[Any], names: Any) -> bool:
        """Whether the case fails in the same way without some parts; it then goes on so."""
        if time.monotonic() > self.deadline:
            return False
        less = copy.deepcopy(self.json)
        for name in sorted(names, reverse=True):
            del at(less, path)[name]
        try:
            still = try_out(Case.from_json(less), self.connection)
        except (Refused, ParseError, LookupError, ValueError):
            return False  # What is left makes no sense.
        if still is None or still.way != self.found.way:
            return False
        self.found, self.json = still, less
        return True


def at(value: Any, path: list[Any]) -> Any:
    for name in path:
        value = value[name]
    return value
