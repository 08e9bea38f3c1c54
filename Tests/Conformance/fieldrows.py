"""Tables of malformed fields, for the tests of every method.

A row is: what is wrong, how to make it so, the path that the answer must name. Where the contract
leaves open which of two names a missing group goes by, the row has both, separated by a bar.
"""

from collections.abc import Callable

import pytest
from client import Connection, InvalidArgument
from google.protobuf.message import Message

Row = tuple[str, object, str]  # path to set, value, path that is named

LONG = "x" * 201
NOT_A_ZONE = "Mars/Base"
TOO_MANY = [f"x{number}" for number in range(51)]


def put(request: Message, path: str, value: object) -> None:
    """Sets a field by its path; None clears it."""
    *ways, last = path.split(".")
    message = request
    for way in ways:
        name, _, index = way.partition("[")
        message = getattr(message, name)
        if index:
            message = message[int(index[:-1])]
    name, _, index = last.partition("[")
    if index:
        getattr(message, name)[int(index[:-1])] = value
    elif value is None:
        message.ClearField(name)
    elif isinstance(value, list):
        message.ClearField(name)
        getattr(message, name).extend(value)
    elif isinstance(value, Message):
        getattr(message, name).CopyFrom(value)
    else:
        setattr(message, name, value)


def refuse(connection: Connection, request: Message, row: Row) -> None:
    path, value, expected = row
    put(request, path, value)
    with pytest.raises(InvalidArgument) as refused:
        connection.call(request)
    fields = refused.value.fields
    assert len(fields) == 1 and fields[0] in expected.split("|"), (fields, expected)
    assert refused.value.status.message
    for violation in refused.value.status.bad_request.field_violations:
        assert violation.description


def refuse_many(connection: Connection, request: Message, first: str) -> None:
    """Where one mistake may bring others along, the first that is named is the one."""
    with pytest.raises(InvalidArgument) as refused:
        connection.call(request)
    assert refused.value.fields[0].startswith(first), refused.value.fields


def rows(*table: Row) -> Callable[[Callable], Callable]:
    names = [path for path, _, _ in table]
    return pytest.mark.parametrize("row", table, ids=names)


def within(group: str, table: list[Row]) -> list[Row]:
    return [(f"{group}.{path}", value, f"{group}.{named}") for path, value, named in table]
