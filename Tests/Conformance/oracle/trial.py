"""Puts a case to a server, and compares what it says with the oracle's opinion."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import contract as v1
from client import Connection, Refused
from google.protobuf.message import Message
from oracle.cases import Call, Case
from oracle.clocks import instant, shown
from oracle.opinion import Opinion, Plain, plain_days, plain_discrepancies
from practice import new_id, now_ms, registration

ID = re.compile(r"\b(?:thr|svc|loc|room|cli|apt|hld|exc)_[0-9a-z]{26}\b")


@dataclass
class Disagreement:
    """A call that was answered otherwise than the oracle thinks."""

    case: Case
    index: int
    expected: Plain
    answered: Plain

    @property
    def call(self) -> Call:
        return self.case.calls[self.index]

    @property
    def way(self) -> tuple[type[Message], str]:
        """Which kind of call went wrong, and how the server complained if it did."""
        refusal = self.answered.get("refused") if isinstance(self.answered, dict) else None
        return type(self.call.request), str(refusal)

    def __str__(self) -> str:
        request = self.call.request
        zones = sorted({each.time_zone for each in self.case.directory.therapists})
        when = ""
        if start_ms := getattr(request, "start_ms", 0):
            there = ", ".join(f"{zone} {shown(zone, start_ms):%a %F %H:%M}" for zone in zones)
            when = f"\nstart    {instant(start_ms):%F %H:%M} UTC; {there}"
        return (
            f"{type(request).__name__} of case {self.case.seed}{when}\n"
            f"expected {json.dumps(self.expected)}\n"
            f"answered {json.dumps(self.answered)}\n{self.case}"
        )


def try_out(
    case: Case, connection: Connection, seen: Counter[str] | None = None
) -> Disagreement | None:
    """The first call of a case on which the two disagree; counts what they agreed on."""
    case = with_new_ids(case)
    lay_out(case, connection)
    opinion = Opinion(case.policy, case.directory)
    for index, call in enumerate(case.calls):
        if not opinion.knows_subject_of(call.request, call.actor):
            continue
        before_ms = now_ms()
        answered, response = ask(connection, call)
        expected = opinion.on(call.request, call.actor, before_ms)
        if expected != answered:
            # The server's clock may have been a moment further.
            expected_then = opinion.on(call.request, call.actor, now_ms())
            if expected_then != answered and not opinion.allows(call.request, answered, now_ms()):
                return Disagreement(case, index, expected, answered)
        if wrong := taken_alternatives(opinion, call, response, before_ms):
            return Disagreement(case, index, "alternatives that are free", wrong)
        if seen is not None:
            seen.update(what_is_in(call.request, answered))
        if response is not None:
            opinion.told(call.request, response)
    return None


def what_is_in(request: Message, answer: Plain) -> list[str]:
    """What a comparison was of, for counting."""
    names = [type(request).__name__.removesuffix("Request")]
    if isinstance(answer, list):
        return names + ["free start"] * len(answer) * isinstance(request, v1.SlotsSearchRequest)
    kinds = answer.get("discrepancies", [])
    names += [f"kind {each['kind']}" for each in kinds]
    names += [f"kind {each['kind']} overridden" for each in kinds if each["overridden"]]
    return names + ["booked or held" for key in answer if key == "booked"]


def taken_alternatives(
    opinion: Opinion, call: Call, response: Message | None, now_ms: int
) -> list[int]:
    """The starts near by that a check offers (A-7) and that are not free after all."""
    if not isinstance(response, v1.SlotsCheckResponse):
        return []
    offered = list(response.conflicts.alternative_start_ms)
    near = v1.SlotsCheckRequest()
    near.CopyFrom(call.request)
    del near.overrides[:]
    wrong = []
    for near.start_ms in offered:
        if opinion.on(near, call.actor, now_ms)["discrepancies"]:
            wrong.append(near.start_ms)
    return offered if offered != sorted(set(offered))[:3] else wrong


def lay_out(case: Case, connection: Connection) -> None:
    """Gives the partner what the case says."""
    connection.call(v1.DirectoryUpdatePolicyRequest(policy=case.policy))
    connection.call(case.directory)
    for client_id in case.clients:
        request = v1.ClientsRegisterRequest(client=registration(client_id=client_id))
        connection.call(request)


def with_new_ids(case: Case) -> Case:
    """The same case with ids that nobody has yet, in the same order."""
    text = str(case)
    old = sorted(set(ID.findall(text)))
    fresh = sorted(new_id("id").removeprefix("id_") for _ in old)
    renamed = {was: was.split("_")[0] + "_" + will for was, will in zip(old, fresh, strict=True)}
    return Case.from_json(json.loads(ID.sub(lambda found: renamed[found[0]], text)))


def ask(connection: Connection, call: Call) -> tuple[Plain, Message | None]:
    """A server's answer as a plain value, and its response where the call went well."""
    try:
        if isinstance(call.request, v1.SlotsSearchRequest):
            return searched(connection, call), None
        response = connection.call(call.request, actor=call.actor)
    except Refused as refused:
        if not refused.status.HasField("conflicts"):
            wrong = {"fields": refused.fields} if refused.fields else {}
            return {"refused": refused.reason} | wrong, None
        found = plain_discrepancies(refused.status.conflicts.discrepancies)
        return {"refused": refused.code, "discrepancies": found}, None
    return plain(response), response


def plain(response: Any) -> Plain:
    match response:
        case v1.SlotsCheckResponse():
            found = plain_discrepancies(response.conflicts.discrepancies)
            return {"bookable": response.bookable, "room": response.room_id, "discrepancies": found}
        case v1.AppointmentsBookResponse():
            return booked(response.appointment)
        case v1.HoldsTakeResponse():
            hold = response.hold
            taken_ms = hold.create_time.ToMilliseconds()
            return booked(hold) | {
                "lasts": hold.expire_time.ToMilliseconds() - taken_ms,
                "at most": hold.expire_time_max.ToMilliseconds() - taken_ms,
            }
        case v1.SlotsBatchLookupResponse():
            return looked_up(response)
        case _ if "affected_appointments" in response.DESCRIPTOR.fields_by_name:
            return [each.id for each in response.affected_appointments]
        case _:
            return {}


def booked(what: Any) -> Plain:
    times = [what.start_time.ToMilliseconds(), what.end_time.ToMilliseconds()]
    return {"booked": times, "room": what.room_id}


def looked_up(response: v1.SlotsBatchLookupResponse) -> Plain:
    if response.days:
        return [plain_days(each) for each in response.days]
    return [
        [start, *ids(response.groups[index])] if start else None
        for start, index in zip(response.start_ms, response.group_index, strict=True)
    ]


def searched(connection: Connection, call: Call) -> Plain:
    """All pages of a search. One of several therapists is in the server's order."""
    request = v1.SlotsSearchRequest()
    request.CopyFrom(call.request)
    several = len(request.filter.therapist_ids) != 1
    found: list[list[Any]] = []
    while True:
        page = connection.call(request, actor=call.actor)
        count = len(page.start_ms) + sum(len(group.start_ms) for group in page.groups)
        if count > (request.page_size or (20 if several else 1000)):
            return {"page": count}
        order = [ids(group) for group in page.groups]
        if order != sorted(order):
            return {"groups": order}
        for start, index in zip(page.start_ms, page.group_index, strict=True):
            found.append([start, *order[index]])
        for group, theirs in zip(page.groups, order, strict=True):
            found += [[start, *theirs] for start in group.start_ms]
        if not page.next_page_token:
            return found if several else sorted(found)
        request.page_token = page.next_page_token


def ids(group: v1.SlotGroup) -> list[str]:
    return [group.therapist_id, group.service_id, group.location_id]
