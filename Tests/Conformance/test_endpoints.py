"""Partners' own servers are told of events: signed, in order, all of them, whatever goes wrong (N-5)."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import contract as v1
import pytest
from client import Aborted, InvalidArgument, NotFound
from google.protobuf import json_format
from google.protobuf.field_mask_pb2 import FieldMask
from hooks import Receiver, Told, is_signed, moody, signatures
from practice import DAY_MS, HOUR_MS, MINUTE_MS, new_id, open_practice
from sandboxes import Sandbox
from server import Server


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Sandbox]:
    world = Sandbox(tmp_path / "data", "--allow-private-webhooks")
    yield world
    world.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def make(world: Sandbox, url: str, **more: object) -> v1.WebhooksCreateEndpointResponse:
    return world.staff.call(v1.WebhooksCreateEndpointRequest(url=url, **more))


def endpoint(world: Sandbox) -> v1.WebhookEndpoint:
    (found,) = world.staff.call(v1.WebhooksListEndpointsRequest()).endpoints
    return found


def events(world: Sandbox) -> list[v1.Event]:
    return list(world.staff.call(v1.EventsListRequest(page_size=1000)).events)


def eventually(is_so: Callable[[], bool], within_s: float = 20) -> None:
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def in_order(told: list[Told]) -> bool:
    """Of each thing, the first arrivals of its events are in order."""
    seen: dict[str, list[int]] = defaultdict(list)
    for each in told:
        if each.position not in seen[each.subject]:
            seen[each.subject].append(each.position)
    return all(positions == sorted(positions) for positions in seen.values())


def test_what_happens_is_told_as_events_gives_it(world: Sandbox, receiver: Receiver) -> None:  # N-5, E-1
    made = make(world, receiver.url)
    practice = open_practice(world.staff)
    practice.book(world.staff, world.at(practice, 3, "10:00"))
    last = events(world)[-1].position
    eventually(lambda: endpoint(world).position == last)
    by_position = {each.position: each for each in events(world)}
    told = receiver.arrived()
    first = min(each.position for each in told)
    assert by_position[first].kind == "WEBHOOK_ENDPOINT_PUT"
    assert sorted(each.position for each in told) == list(range(first, last + 1))
    for each in told:
        body = json_format.Parse(each.body, v1.WebhookBody())
        assert body.id == each.id and body.id.endswith(f"-{each.position}")
        event = by_position[each.position]
        assert (body.event.kind, body.event.subject_id) == (event.kind, event.subject_id)
        assert body.event.WhichOneof("resource") == event.WhichOneof("resource")
        assert is_signed(each, made.secret)
        assert each.headers["content-type"] == "application/json"


def test_the_check_of_signatures_can_fail(world: Sandbox, receiver: Receiver) -> None:
    made = make(world, receiver.url)
    eventually(lambda: len(receiver.arrived()) > 0)
    told = receiver.arrived()[0]
    assert not is_signed(told, made.secret + "x")
    told.body += b" "
    assert not is_signed(told, made.secret)


def test_a_server_that_fails_at_random_gets_all_in_order(world: Sandbox, receiver: Receiver) -> None:  # N-5
    made = make(world, receiver.url)
    practice = open_practice(world.staff)
    receiver.answer = moody(seed=6)
    booked = [
        practice.book(world.staff, world.at(practice, 3 + n, "10:00")) for n in range(8)
    ]
    for appointment in booked:
        for n in range(3):
            start = world.at(practice, 20, f"{9 + n}:00") + booked.index(appointment) * DAY_MS
            world.staff.call(
                v1.AppointmentsRescheduleRequest(appointment_id=appointment.id, start_ms=start)
            )
    last = events(world)[-1].position
    for _ in range(40):
        world.advance(by=20 * MINUTE_MS)
        if endpoint(world).position >= last and endpoint(world).waiting == 0:
            break
    told = receiver.arrived()
    first = min(each.position for each in receiver.all())
    assert {each.position for each in told} >= set(range(first, last + 1))
    assert in_order(told)
    assert all(is_signed(each, made.secret) for each in receiver.all())
    failed = [each for each in receiver.all() if not each.answer.startswith("2")]
    assert len(failed) > 5, "nothing went wrong: the test proves nothing"


def test_a_server_that_hangs_or_tells_twice_is_waited_for(world: Sandbox, receiver: Receiver) -> None:  # N-5
    answers = iter(["drop", "200"])
    receiver.answer = lambda _: next(answers, "200")
    make(world, receiver.url)
    eventually(lambda: endpoint(world).waiting == 1)
    world.advance(by=MINUTE_MS)
    assert endpoint(world).waiting == 0
    # The same event, the same id and body, signed anew.
    first, again = receiver.all()
    assert first.id == again.id and first.json["id"] == again.json["id"]
    assert signatures(first.headers["seduta-signature"]) != signatures(again.headers["seduta-signature"])


def test_one_that_hangs_does_not_hold_up_another(world: Sandbox, receiver: Receiver) -> None:  # N-5
    hanging = Receiver(lambda _: "hang")
    try:
        make(world, hanging.url)
        make(world, receiver.url)
        practice = open_practice(world.staff)
        days = iter(range(3, 28))

        def is_passed() -> bool:
            """Whether the other was told of a booking while one and the same call hung."""
            stuck = [each for each in hanging.all() if each.is_open]
            booked = practice.book(world.staff, world.at(practice, next(days), "10:00"))
            eventually(lambda: booked.id in {each.subject for each in receiver.arrived()}, within_s=120)
            time.sleep(0.5)  # A call's end is seen here a moment after it.
            return any(each.is_open for each in stuck)

        eventually(is_passed, within_s=240)
        last = events(world)[-1].position
        eventually(lambda: last in {each.position for each in receiver.arrived()}, within_s=120)
        told = receiver.arrived()
        first = min(each.position for each in told)
        assert {each.position for each in told} == set(range(first, last + 1))
        assert in_order(told) and not hanging.arrived()
    finally:
        hanging.close()


def test_three_days_of_silence_turn_it_off_and_it_can_go_on(world: Sandbox, receiver: Receiver) -> None:  # N-5
    receiver.answer = lambda _: "500"
    made = make(world, receiver.url)
    eventually(lambda: endpoint(world).waiting == 1)
    failing = endpoint(world)
    assert failing.enabled and failing.HasField("failing_since") and failing.last_error == "HTTP 500"
    world.advance(by=2 * DAY_MS)
    assert endpoint(world).enabled
    world.advance(by=DAY_MS + HOUR_MS)
    dead = endpoint(world)
    assert not dead.enabled and dead.given_up == 1 and dead.waiting == 0
    assert dead.failing_since == failing.failing_since
    (given_up,) = world.staff.call(
        v1.WebhooksListDeliveriesRequest(endpoint_id=dead.id)
    ).deliveries
    assert not given_up.HasField("due_time") and given_up.tries == 30
    assert events(world)[-1].kind == "WEBHOOK_ENDPOINT_PUT"
    calls = len(receiver.all())
    world.advance(by=DAY_MS)
    assert len(receiver.all()) == calls
    receiver.answer = lambda _: "200"
    world.staff.call(
        v1.WebhooksUpdateEndpointRequest(
            endpoint=v1.WebhookEndpoint(id=dead.id, enabled=True, version=dead.version),
            update_mask=FieldMask(paths=["enabled"]),
        )
    )
    world.advance(by=1)
    alive = endpoint(world)
    assert alive.enabled and not alive.HasField("failing_since") and not alive.last_error
    # What was given up is not told any more; what came after it is.
    positions = {each.position for each in receiver.arrived()}
    assert given_up.position not in positions
    assert positions == set(range(given_up.position + 1, alive.position + 1))
    assert all(is_signed(each, made.secret) for each in receiver.arrived())


def test_410_turns_it_off_at_once(world: Sandbox, receiver: Receiver) -> None:  # N-5
    receiver.answer = lambda _: "410"
    make(world, receiver.url)
    eventually(lambda: not endpoint(world).enabled)
    assert endpoint(world).last_error == "HTTP 410"


def test_while_secrets_are_exchanged_both_sign(world: Sandbox, receiver: Receiver) -> None:  # N-5
    made = make(world, receiver.url)
    rotating = v1.WebhooksRotateSecretRequest(endpoint_id=made.endpoint.id)
    second = world.staff.call(rotating).secret
    assert second != made.secret
    eventually(lambda: len(receiver.arrived()) == 2)
    both = receiver.arrived()[-1]
    assert is_signed(both, made.secret) and is_signed(both, second)
    third = world.staff.call(
        v1.WebhooksRotateSecretRequest(endpoint_id=made.endpoint.id, drop_old=True)
    ).secret
    eventually(lambda: len(receiver.arrived()) == 3)
    one = receiver.arrived()[-1]
    assert is_signed(one, third) and not is_signed(one, second)
    # Secrets are told once.
    shown = str(endpoint(world)) + str(events(world))
    assert not any(secret in shown for secret in (made.secret, second, third))


def test_killed_amid_it_all_it_goes_on_where_it_was(world: Sandbox, receiver: Receiver) -> None:  # N-5
    receiver.answer = moody(seed=7)
    make(world, receiver.url)
    practice = open_practice(world.staff)
    for n in range(4):
        practice.book(world.staff, world.at(practice, 3 + n, "10:00"))
        world.restart(kill=True)
    last = events(world)[-1].position
    for _ in range(40):
        world.advance(by=20 * MINUTE_MS)
        if endpoint(world).position >= last and endpoint(world).waiting == 0:
            break
    told = receiver.arrived()
    first = min(each.position for each in receiver.all())
    assert {each.position for each in told} >= set(range(first, last + 1))
    assert in_order(told)


def test_kinds_the_past_and_versions(world: Sandbox, receiver: Receiver) -> None:  # N-5, B-14
    open_practice(world.staff)
    made = make(world, receiver.url, kinds=["THERAPIST_PUT"], with_past=True).endpoint
    eventually(lambda: len(receiver.arrived()) == 1)
    assert receiver.arrived()[0].event["kind"] == "THERAPIST_PUT"
    changing = v1.WebhooksUpdateEndpointRequest(
        endpoint=v1.WebhookEndpoint(id=made.id, enabled=False, version=made.version),
        update_mask=FieldMask(paths=["enabled"]),
    )
    assert world.staff.call(changing).endpoint.kinds == ["THERAPIST_PUT"]
    with pytest.raises(Aborted):
        world.staff.call(changing)
    world.staff.call(v1.WebhooksDeleteEndpointRequest(endpoint_id=made.id))
    assert not world.staff.call(v1.WebhooksListEndpointsRequest()).endpoints
    with pytest.raises(NotFound):
        world.staff.call(v1.WebhooksDeleteEndpointRequest(endpoint_id=made.id))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.org/hook", "https://"),
        ("https://127.0.0.1/hook", "public address"),
        ("https://user:word@example.org/", "user or password"),
        ("", "required"),
    ],
)
def test_addresses_of_our_own_networks_are_refused(server: Server, url: str, expected: str) -> None:
    with server.connect() as staff, pytest.raises(InvalidArgument) as refused:
        staff.call(v1.WebhooksCreateEndpointRequest(url=url, endpoint_id=new_id("whe")))
    assert refused.value.fields == ["url"] and expected in str(refused.value.status)
