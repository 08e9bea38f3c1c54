"""Which clients somebody may be (B-5): by e-mail address, telephone, or name and date of birth."""

import contract as v1
import pytest
from client import Connection, PermissionDenied, as_client, as_therapist
from conftest import NewPartner
from practice import open_practice
from requesting import enrol, somebody

BORN = "1987-03-29"
# What agrees, by name in the request.
FIELDS = ("email", "phone", "name", "birth_date")
SCORES = {"email": 40, "phone": 30, "name": 15, "birth_date": 15}


def matches(connection: Connection, **known: str) -> list[v1.ClientMatch]:
    return list(connection.call(v1.ClientsMatchRequest(**known)).matches)


@pytest.mark.parametrize(
    "agreeing", [(a, b, c, d) for a in (0, 1) for b in (0, 1) for c in (0, 1) for d in (0, 1)]
)
def test_what_agrees_decides(staff: Connection, agreeing: tuple[int, ...]) -> None:  # B-5
    """All sixteen: a date of birth that does not agree is another one."""
    client = enrol(staff, name="Ada Neri", birth_date=BORN)
    stranger = somebody(name="Bice Verdi", birth_date="1990-01-01")
    same = dict(zip(FIELDS, agreeing, strict=True))
    asked = {field: getattr(client if same[field] else stranger, field) for field in FIELDS}
    found = [match for match in matches(staff, **asked) if match.client.id == client.id]
    reached = same["email"] or same["phone"] or (same["name"] and same["birth_date"])
    somebody_else = not same["birth_date"] and not (same["email"] and same["name"])
    if not reached or somebody_else:
        assert not found
        return
    (match,) = found
    assert match.client == client
    assert list(match.agreeing_fields) == [field for field in FIELDS if same[field]]
    assert match.score == sum(SCORES[field] for field in match.agreeing_fields)


def test_case_and_spaces_make_no_difference(staff: Connection) -> None:  # B-5
    client = enrol(staff, name="Żaneta  Łącka-Nowak", birth_date=BORN)
    assert matches(staff, email=client.email.upper())[0].client == client
    (found,) = [
        match
        for match in matches(staff, name=" żaneta łącka-NOWAK ", birth_date=BORN)
        if match.client.id == client.id
    ]
    assert list(found.agreeing_fields) == ["name", "birth_date"]
    # Accents count.
    plain = matches(staff, name="Zaneta Lacka-Nowak", birth_date=BORN)
    assert client.id not in [match.client.id for match in plain]


def test_a_date_of_birth_that_is_not_known_excludes_nobody(staff: Connection) -> None:  # B-5
    with_date, without = somebody(birth_date=BORN), somebody()
    known = enrol(staff, name="Ada", email=with_date.email, birth_date=BORN)
    assert [m.client for m in matches(staff, email=known.email)] == [known]
    dateless = enrol(staff, name="Ada", email=without.email)
    assert [m.client for m in matches(staff, email=dateless.email, birth_date=BORN)] == [dateless]


def test_the_best_come_first(staff: Connection) -> None:  # B-5
    person = somebody()
    by_phone = enrol(staff, name="A", phone=person.phone)
    by_email = enrol(staff, name="B", email=person.email)
    by_both = enrol(staff, name="C", email=person.email, phone=person.phone)
    also_by_phone = enrol(staff, name="D", phone=person.phone)
    found = matches(staff, email=person.email, phone=person.phone)
    assert [match.client for match in found] == [by_both, by_email, by_phone, also_by_phone]
    assert [match.score for match in found] == [70, 40, 30, 30]


def test_20_at_most(partner: Connection) -> None:  # B-5
    people = [enrol(partner, email="info@example.org") for _ in range(25)]
    found = matches(partner, email="INFO@example.org")
    # By id, which are by time of registration but for those of one millisecond.
    ids = sorted(person.id for person in people)
    assert [match.client.id for match in found] == ids[:20]


def test_a_partners_clients_are_theirs(staff: Connection, new_partner: NewPartner) -> None:  # B-5
    client = enrol(staff)
    assert matches(new_partner(), email=client.email) == []
    assert [match.client for match in matches(staff, email=client.email)] == [client]


def test_a_therapist_finds_those_on_their_own_list(staff: Connection) -> None:  # B-5
    practice = open_practice(staff)
    mine = enrol(staff)
    others = enrol(staff, email=mine.email)
    practice.book(staff, practice.at(3, "10:00"), mine.id)
    request = v1.ClientsMatchRequest(email=mine.email)
    found = staff.call(request, actor=as_therapist(practice.therapist.id)).matches
    assert [match.client for match in found] == [mine]
    assert [match.client for match in staff.call(request).matches] == [mine, others]
    for actor in (as_client(mine.id), as_client("")):
        with pytest.raises(PermissionDenied) as refused:
            staff.call(request, actor=actor)
        assert refused.value.reason == "ROLE_NOT_ALLOWED"
