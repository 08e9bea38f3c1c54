"""Random directories: therapists, locations, services, schedules, policies around an era."""

import random
from datetime import timedelta

import contract as v1
from oracle.eras import Era

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
GRIDS = [0, 5, 6, 10, 12, 15, 20, 30, 60]
DURATIONS = [5, 10, 20, 30, 45, 50, 50, 60, 60, 90, 120, 240, 720]
BUFFERS = [0, 0, 0, 5, 10, 15, 30, 60, 240]
CALENDARS = ["IT", "PL", "RO", "AT", "DE", "DE-BY", "DE-BE", "BR", "BR-RJ", "IT-BZ"]
CITIES = ["Roma", "Kraków"]


class Dice:
    """Draws, from a seed; the same seed draws the same."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self._ids = 0
        self._case = "".join(self.random.choices(CROCKFORD, k=16))
        # Kinds of service that no other case has: searches of them are of this case alone.
        self.kinds = [f"{each} {self.new_id('svc')}" for each in ("individual", "couple")]

    def new_id(self, prefix: str) -> str:
        """Ids of one case ascend in the order in which they are drawn."""
        self._ids += 1
        tail = "".join(CROCKFORD[self._ids >> 5 * i & 31] for i in reversed(range(9)))
        return f"{prefix}_0{self._case}{tail}"

    def chance(self, of_a_hundred: int) -> bool:
        return self.random.randrange(100) < of_a_hundred

    def some(self, values: list[str], at_least: int = 0) -> list[str]:
        return sorted(self.random.sample(values, self.random.randint(at_least, len(values))))

    def maybe(self, of_a_hundred: int, low: int, high: int) -> int:
        """A number, or 0 for none."""
        return self.random.randint(low, high) if self.chance(of_a_hundred) else 0


def directory(dice: Dice, era: Era) -> v1.DirectoryImportRequest:
    locations = [location(dice) for _ in range(dice.random.choice([1, 1, 2, 3]))]
    result = v1.DirectoryImportRequest(locations=locations)
    for number in range(dice.random.choice([1, 1, 2, 3])):
        theirs = locations if number == 0 else dice.random.sample(locations, k=1)
        person = therapist(dice, era, [each.id for each in theirs])
        result.therapists.append(person)
        for _ in range(dice.random.choice([1, 1, 2])):
            result.services.append(service(dice, person, theirs))
        result.schedules.append(schedule(dice, era, person))
    return result


def location(dice: Dice) -> v1.Location:
    place = v1.Location(id=dice.new_id("loc"), name="Studio", mode=v1.SESSION_MODE_ONLINE)
    if dice.chance(75):
        place.mode, place.address = v1.SESSION_MODE_IN_PERSON, "Via della Lungara 12"
        place.city = dice.random.choice(CITIES)
        for _ in range(dice.random.choice([0, 1, 1, 2, 3])):
            place.rooms.add(id=dice.new_id("room"), name="Stanza")
    return place


def therapist(dice: Dice, era: Era, location_ids: list[str]) -> v1.Therapist:
    return v1.Therapist(
        id=dice.new_id("thr"),
        display_name="Dr. Maria Rossi",
        time_zone=era.zone,
        languages=dice.some(["it", "pt-BR"], at_least=1),
        specialities=dice.some(["cbt", "emdr"]),
        insurers=dice.some(["uno", "due"]),
        location_ids=location_ids,
        grid_minutes=dice.random.choice(GRIDS),
        full_hours_only=dice.chance(10),
        policy=policy(dice, with_caps=True),
    )


def service(dice: Dice, person: v1.Therapist, theirs: list[v1.Location]) -> v1.Service:
    mode = dice.random.choice(theirs).mode
    of_mode = [each.id for each in theirs if each.mode == mode]
    return v1.Service(
        id=dice.new_id("svc"),
        therapist_id=person.id,
        name="Colloquio",
        kind=dice.random.choice(dice.kinds),
        duration_minutes=dice.random.choice(DURATIONS),
        price=v1.Money(
            minor_units=dice.random.choice([5000, 7000, 9000]),
            currency=dice.random.choice(["EUR", "EUR", "BRL"]),
        ),
        mode=mode,
        location_ids=dice.some(of_mode, at_least=1),
        payment_plan=v1.PAYMENT_PLAN_ON_SITE,
        grid_minutes=dice.random.choice([0, 0, *GRIDS]),
        full_hours_only=dice.chance(10),
        buffer_before_minutes=dice.random.choice(BUFFERS),
        buffer_after_minutes=dice.random.choice(BUFFERS),
        policy=policy(dice, with_caps=False),
    )


def policy(dice: Dice, with_caps: bool) -> v1.Policy:
    """Each setting is left to the next in most cases; far horizons are frequent."""
    notice = dice.random.choice([-1, 1, 60, 1440, 2880, 44_640]) if dice.chance(15) else 0
    result = v1.Policy(
        staff_horizon_months=24 if dice.chance(50) else dice.maybe(20, 1, 24),
        client_horizon_months=24 if dice.chance(30) else dice.maybe(20, 1, 24),
        minimum_notice_minutes=notice,
        hold_minutes=dice.maybe(20, 1, 30),
        hold_total_minutes=dice.maybe(20, 60, 1440),
    )
    if with_caps:
        result.daily_cap = dice.random.choice([-1, 1, 2, 3]) if dice.chance(25) else 0
        result.weekly_cap = dice.random.choice([-1, 1, 2, 5]) if dice.chance(25) else 0
    return result


def schedule(dice: Dice, era: Era, person: v1.Therapist) -> v1.Schedule:
    result = v1.Schedule(therapist_id=person.id)
    everyday = dice.chance(50)
    for _ in range(dice.random.choice([1, 2, 4, 8])):
        opens, closes = hours(dice, era)
        where = dice.random.choice(person.location_ids)
        weekdays = range(1, 8) if everyday else [weekday_near(dice, era)]
        window = v1.WeeklyWindow(opens_minute=opens, closes_minute=closes, location_id=where)
        if dice.chance(20):
            window.valid_from = near(dice, era)
        if dice.chance(20):
            window.valid_until = max(near(dice, era), window.valid_from)
        for weekday in weekdays:
            window.weekday = weekday
            result.windows.append(window)
    if dice.chance(60):
        for _ in range(dice.random.choice([1, 2, 3, 6])):
            result.exceptions.append(exception(dice, era, person))
    if dice.chance(20):
        result.public_holidays.extend(dice.some(CALENDARS)[:3])
    return result


def exception(dice: Dice, era: Era, person: v1.Therapist) -> v1.ScheduleException:
    first = near(dice, era)
    result = v1.ScheduleException(
        id=dice.new_id("exc"), kind=v1.SCHEDULE_EXCEPTION_KIND_CLOSED, first_date=first
    )
    if dice.chance(30):
        result.last_date = max(first, near(dice, era))
    if dice.chance(50):
        result.kind = v1.SCHEDULE_EXCEPTION_KIND_EXTRA_HOURS
    elif dice.chance(40):
        if dice.chance(40):
            result.location_id = dice.random.choice(person.location_ids)
        return result  # whole days
    result.opens_minute, result.closes_minute = hours(dice, era)
    if result.kind == v1.SCHEDULE_EXCEPTION_KIND_EXTRA_HOURS or dice.chance(40):
        result.location_id = dice.random.choice(person.location_ids)
    return result


def hours(dice: Dice, era: Era) -> tuple[int, int]:
    """Minutes at which hours open and close: often about the change of clocks, or over midnight."""
    if era.minutes and dice.chance(50):
        about = dice.random.choice(era.minutes)
        opens = about + dice.random.choice([-180, -60, -30, -15, -5, 0, 0, 5, 15, 30, 45])
        closes = about + dice.random.choice([-15, 0, 0, 5, 15, 30, 45, 60, 90, 180, 240])
    elif dice.chance(20):
        opens = dice.random.randrange(1200, 1440, 5)
        closes = dice.random.randrange(1440, 1800, 5)
    elif dice.chance(15):
        opens, closes = 0, 1440
    elif dice.chance(10):
        opens = dice.random.randrange(0, 1440)
        closes = opens + dice.random.randrange(1, 1441)
    else:
        opens = dice.random.choice([480, 540, 600, 720, 780])
        closes = opens + dice.random.choice([60, 110, 180, 240, 480])
    opens = min(max(opens, 0), 1439)
    return opens, min(max(closes, opens + 5), opens + 1440)


def weekday_near(dice: Dice, era: Era) -> int:
    return (era.day + timedelta(days=dice.random.choice([-1, -1, 0, 0, 0, 1, 2, 3]))).isoweekday()


def near(dice: Dice, era: Era) -> str:
    return str(
        era.day + timedelta(days=dice.random.choice([-9, -3, -1, -1, 0, 0, 0, 1, 1, 2, 3, 8]))
    )
