"""Searches across therapists, by every filter, in order of time (S-11)."""

from collections.abc import Iterator
from typing import Any

import contract as v1
import pytest
from client import Connection
from conftest import KeyRing
from practice import DAY_MS, MINUTE_MS, Practice, office, online, open_practice, starts
from server import Server

Found = list[tuple[int, str, str, str]]  # start, therapist, service, location


def eur(units: int) -> v1.Money:
    return v1.Money(minor_units=units, currency="EUR")


class Town:
    """A partner with four therapists who differ in everything that a search can ask for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.anna = open_practice(
            connection,
            location=office(city="Roma"),
            therapist={
                "languages": ["it", "en"],
                "specialities": ["anxiety"],
                "insurers": ["Generali", "Allianz"],
            },
            service={"price": eur(6000)},
        )
        self.berta = open_practice(
            connection,
            location=office(city="Milano"),
            therapist={"languages": ["it"], "specialities": ["trauma", "anxiety"]},
            service={"price": eur(7000), "kind": "couple", "duration_minutes": 90},
        )
        self.carla = open_practice(
            connection,
            location=online(),
            therapist={"languages": ["de"], "specialities": ["sleep"], "insurers": ["Allianz"]},
            service={"price": eur(9000)},
            hours=("12:00", "20:00"),
        )
        brl = v1.Money(minor_units=18000, currency="BRL")
        self.diana = open_practice(
            connection,
            location=office(city="São Paulo"),
            zone="America/Sao_Paulo",
            therapist={"languages": ["pt-BR"]},
            service={"price": brl},
        )
        self.all = [self.anna, self.berta, self.carla, self.diana]
        self.names = dict(zip([each.therapist.id for each in self.all], "abcd", strict=True))
        self.day = self.anna.at(3, "00:00")

    def request(self, days: int = 1, **more: Any) -> v1.SlotsSearchRequest:
        return v1.SlotsSearchRequest(
            from_ms=self.day, until_ms=self.day + days * DAY_MS, page_size=1000, **more
        )

    def search(self, request: v1.SlotsSearchRequest) -> Found:
        """All slots found across therapists, in the order of the answer."""
        return spread(self.connection.call(request))

    def who(self, **conditions: Any) -> str:
        """Which of the four are found: "ab"."""
        found = self.search(self.request(filter=v1.SlotFilter(**conditions)))
        return "".join(sorted({self.names[slot[1]] for slot in found}))


def spread(page: v1.SlotsSearchResponse) -> Found:
    assert len(page.start_ms) == len(page.group_index)
    assert not any(group.start_ms for group in page.groups)
    keys = [(each.therapist_id, each.service_id, each.location_id) for each in page.groups]
    assert keys == sorted(set(keys))
    order = list(zip(page.start_ms, page.group_index, strict=True))
    assert order == sorted(order)
    return [(start, *keys[index]) for start, index in order]


@pytest.fixture(scope="module")
def town(server: Server, keys: KeyRing) -> Iterator[Town]:
    with server.connect(keys.take()) as connection:
        yield Town(connection)


def test_all_therapists_in_order_of_time(town: Town) -> None:  # S-11
    alone: Found = []
    for each in town.all:
        request = each.search(town.day, town.day + DAY_MS)
        ids = (each.therapist.id, each.service.id, each.location.id)
        alone += [(start, *ids) for start in starts(town.connection.call(request))]
    assert town.search(town.request()) == sorted(alone)


def test_the_first_20_unless_more_are_wanted(town: Town) -> None:
    request = town.request()
    everything = town.search(request)
    request.page_size = 0
    assert town.search(request) == everything[:20]
    request.page_size = 7
    assert town.search(request) == everything[:7]


def test_pages_put_together_are_the_whole(town: Town) -> None:  # S-11
    request = town.request(days=2)
    everything = town.search(request)
    request.page_size = 7
    together: Found = []
    while True:
        page = town.connection.call(request)
        together += spread(page)
        if not page.next_page_token:
            break
        assert len(page.start_ms) == 7
        request.page_token = page.next_page_token
    assert together == everything


def test_a_booking_between_two_pages_hides_nothing_else(town: Town) -> None:
    request = town.request(days=2)
    everything = town.search(request)
    request.page_size = 10
    first = town.connection.call(request)
    taken = town.anna.book(town.connection, town.anna.at(4, "12:00"))
    request.page_token, request.page_size = first.next_page_token, 1000
    gone = set(everything[10:]) - set(town.search(request))
    busy = (taken.start_time.ToMilliseconds(), taken.end_time.ToMilliseconds())
    assert gone
    assert all(slot[1] == town.anna.therapist.id for slot in gone)
    assert all(slot[0] < busy[1] and busy[0] < slot[0] + 50 * MINUTE_MS for slot in gone)
    town.connection.call(v1.AppointmentsCancelRequest(appointment_id=taken.id))
    assert town.search(town.request(days=2)) == everything


def test_filters(town: Town) -> None:  # S-11
    everyone = [each.therapist.id for each in town.all]
    assert town.who() == "abcd"
    assert town.who(therapist_ids=everyone[1:3]) == "bc"
    assert town.who(therapist_ids=[everyone[0], everyone[3], everyone[0]]) == "ad"
    assert town.who(service_id=town.berta.service.id) == "b"
    assert town.who(service_kind="individual") == "acd"
    assert town.who(service_kind="couple") == "b"
    assert town.who(service_kind="Couple") == ""
    assert town.who(location_id=town.anna.location.id) == "a"
    assert town.who(mode=v1.SESSION_MODE_ONLINE) == "c"
    assert town.who(mode=v1.SESSION_MODE_IN_PERSON) == "abd"
    assert town.who(language="it") == "ab"
    assert town.who(language="pt-BR") == "d"
    assert town.who(language="pt") == ""
    assert town.who(speciality="anxiety") == "ab"
    assert town.who(speciality="sleep") == "c"
    assert town.who(city="Roma") == "a"
    assert town.who(city="São Paulo") == "d"
    assert town.who(city="roma") == ""
    assert town.who(insurer="Allianz") == "ac"
    assert town.who(insurer="Generali") == "a"
    assert town.who(price_min=eur(6001)) == "bc"
    assert town.who(price_max=eur(7000)) == "ab"
    assert town.who(price_max=eur(6999)) == "a"
    assert town.who(price_min=eur(7000), price_max=eur(7000)) == "b"
    assert town.who(price_min=eur(9001)) == ""


def test_filters_together_must_all_hold(town: Town) -> None:
    assert town.who(language="it", insurer="Allianz") == "a"
    assert town.who(speciality="anxiety", service_kind="couple") == "b"
    assert town.who(mode=v1.SESSION_MODE_ONLINE, city="Roma") == ""
    assert (
        town.who(
            therapist_ids=[each.therapist.id for each in town.all],
            service_kind="individual",
            mode=v1.SESSION_MODE_IN_PERSON,
            language="en",
            speciality="anxiety",
            city="Roma",
            insurer="Generali",
            price_min=v1.Money(minor_units=1, currency="EUR"),
            price_max=v1.Money(minor_units=6000, currency="EUR"),
        )
        == "a"
    )


def test_prices_in_another_currency_do_not_match(town: Town) -> None:
    assert town.who(price_min=v1.Money(minor_units=0, currency="BRL")) == "d"
    assert town.who(price_max=v1.Money(minor_units=18000, currency="BRL")) == "d"
    assert town.who(price_max=v1.Money(minor_units=17999, currency="BRL")) == ""
    assert town.who(price_max=v1.Money(minor_units=1_000_000, currency="PLN")) == ""
    assert town.who(price_min=v1.Money(minor_units=0, currency="EUR")) == "abc"


def test_a_price_stays_in_its_currency(town: Town) -> None:
    booked = [
        practice.book(town.connection, practice.at(8, "15:00"))
        for practice in (town.anna, town.diana)
    ]
    assert [each.price.currency for each in booked] == ["EUR", "BRL"]
    assert [each.price.minor_units for each in booked] == [6000, 18000]
    assert booked[1].time_zone == "America/Sao_Paulo"


def test_one_therapist_with_two_services(partner: Connection) -> None:
    practice = open_practice(partner, hours=("09:00", "11:00"))
    longer = v1.Service()
    longer.CopyFrom(practice.service)
    longer.ClearField("id")
    longer.kind, longer.duration_minutes = "couple", 90
    longer = partner.call(v1.DirectoryCreateServiceRequest(service=longer)).service
    both = Practice(practice.location, practice.therapist, longer)
    request = practice.search(practice.at(3, "00:00"), practice.at(4, "00:00"))
    request.filter.service_id = ""
    groups = partner.call(request).groups
    keys = [(each.therapist_id, each.service_id) for each in groups]
    assert keys == sorted((practice.therapist.id, each.id) for each in (practice.service, longer))
    assert practice.free_on(partner, 3) == ["09:00", "09:30", "10:00"]
    assert both.free_on(partner, 3) == ["09:00", "09:30"]

    # Not named, the only therapist there is makes a search across therapists.
    request.ClearField("filter")
    across = [start for start, *_ in spread(partner.call(request))]
    assert len(across) == 5

    practice.book(partner, practice.at(3, "09:00"))
    assert practice.free_on(partner, 3) == ["10:00"]
    assert both.free_on(partner, 3) == []


def test_a_large_page_is_clamped(partner: Connection) -> None:
    practice = open_practice(
        partner,
        zone="Etc/UTC",
        hours=("00:00", "24:00"),
        therapist={"grid_minutes": 5},
        service={"duration_minutes": 5},
    )
    first, end = practice.at(1, "00:00"), practice.at(9, "00:00")
    request = practice.search(first, end)
    for page_size in (0, 1000, 1001, 2**31 - 1):
        request.page_size = page_size
        found = partner.call(request)
        assert len(starts(found)) == 1000 and found.next_page_token
    together = starts(found)
    while found.next_page_token:
        request.page_token = found.next_page_token
        found = partner.call(request)
        together += starts(found)
    assert together == list(range(first, end, 5 * MINUTE_MS))
    across = v1.SlotsSearchRequest(from_ms=first, until_ms=end, page_size=5000)
    assert len(spread(partner.call(across))) == 1000
