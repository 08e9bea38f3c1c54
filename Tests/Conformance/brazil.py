"""A practice in Brazil: what its stories share.

Dra. Beatriz Souza works in São Paulo, where no clock is put forward. She has a receptionist: the
partner's staff, who answers messages and takes the money.
"""

from collections.abc import Iterator

import contract as v1
import pytest
from clinic import Clinic, Offer
from practice import office
from storytelling import Person, Stage, on_stage

SOUZA = "Dra. Beatriz Souza"

# What this partner calls absences, and what they do to a package's session.
STATUSES = [
    v1.AttendanceStatus(
        code="FALTA_JUSTIFICADA",
        name="Falta justificada",
        effect=v1.ATTENDANCE_EFFECT_RELEASE,
    ),
    v1.AttendanceStatus(
        code="FALTA_COBRADA", name="Falta cobrada", effect=v1.ATTENDANCE_EFFECT_DEDUCT
    ),
]


def put_statuses(stage: Stage) -> None:
    stage.call(v1.DirectoryUpdateAttendanceStatusesRequest(statuses=STATUSES))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("brazil")
    yield from on_stage(
        folder, zone="America/Sao_Paulo", language="pt-BR", begins="2027-03-01 08:00"
    )


@pytest.fixture(scope="module")
def clinic(stage: Stage) -> Clinic:
    terms = v1.CancellationTerms(notice_minutes=12 * 60, late_percent=30, fee_where_unpaid=True)
    return Clinic(
        stage,
        SOUZA,
        (office(rooms=1, city="São Paulo"), "08:00", "18:00"),
        policy=v1.Policy(daily_cap=3, cancellation=terms),
    )


@pytest.fixture(scope="module")
def session(clinic: Clinic) -> Offer:
    return clinic.offers(
        "Psicoterapia", 50, "200.00 BRL", v1.PAYMENT_PLAN_ON_SITE, clinic.places[0]
    )


@pytest.fixture(scope="module")
def joao(stage: Stage) -> Person:
    return stage.registered(
        "João Silva", email="joao@example.br", phone="+5511987654321", birth_date="1985-07-14"
    )


@pytest.fixture(scope="module")
def lucia(stage: Stage) -> Person:
    return stage.registered(
        "Lúcia Santos", email="lucia@example.br", phone="+5521912345678", birth_date="1992-12-01"
    )
