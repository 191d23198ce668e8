"""tinhso's readers over the province of ten years: each list as its page asks for it, with somebody else each time."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from django.test import Client

from bench import province
from bench.subjects import ours
from tinhso.modules.government.onestop.queries import casefile, register, searching, tracking
from tinhso.modules.government.onestop.rules.register import Asked
from tinhso.platform.cases import models, queries
from tinhso.platform.payments import queries as payments
from tinhso.platform.people.rules import Actor, Post

NOW = province.moment()
TODAY = province.TODAY
OK = 200
TONIGHT = NOW + timedelta(hours=15)
random = Random(7)


def prepare(crowd: int) -> None:
    """Tables and packs; `fill` makes the rows, whatever the crowd elsewhere."""
    ours.prepare(min(crowd, 10))


fill = ours.fill


def read(times: int) -> dict[str, list[float]]:
    """How many milliseconds each list took, that many times, by what was read."""
    return {name: [_timed(reader) for _ in range(times)] for name, reader in READERS.items()}


def _timed(reader: Callable[[], Callable[[], Any]]) -> float:
    ready = reader()
    begun = time.perf_counter()
    found = ready()
    spent = (time.perf_counter() - begun) * 1000
    if found is None or (isinstance(found, list) and not found):
        raise LookupError(f"{reader.__name__} read nothing")
    return spent


@cache
def _busy() -> list[str]:
    """The communes where something lies open in the roles of an inbox: of a small province not every one has such."""
    items = models.WorkItem.objects.filter(closed_at=None).order_by("unit_key")
    return list(items.values_list("unit_key", flat=True).distinct())


def _officer(*roles: str) -> Actor:
    commune = random.choice(_busy())
    return Actor(
        code="officer:bench", kind="officer", name="Vi Văn Khánh", posts=tuple(Post(commune, role) for role in roles)
    )


def _some_case(**known: Any) -> models.Case:
    """A case of the sample, which has its facts, from anywhere in ten years."""
    highest = models.Case.objects.order_by("-id").values_list("id", flat=True)[0]
    number = random.randrange(1, highest // province.SAMPLE + 1) * province.SAMPLE
    return models.Case.objects.get(pk=number, **known)


def inbox() -> Callable[[], Any]:
    """The first page of an inbox over three roles."""
    actor = _officer("receptionist", "handler", "leader")
    return lambda: list(queries.list_inbox(actor).rows)


def counts() -> Callable[[], Any]:
    """The figures above the inbox."""
    actor = _officer("receptionist", "handler", "leader")
    return lambda: queries.count_inbox(actor, NOW, tonight=TONIGHT)


def states() -> Callable[[], Any]:
    """What is open at a unit, by state, for its leader."""
    actor = _officer("leader")
    return lambda: list(queries.count_open_states([actor.posts[0].unit_key], NOW))


def case_page() -> Callable[[], Any]:
    """A case as an officer opens it, with its history and the reasons of its due date."""
    case = _some_case()
    post = Post(case.unit_key, "leader")
    actor = Actor(code="officer:bench", kind="officer", name="Vi Văn Khánh", posts=(post,))
    return lambda: casefile.read_case_file(casefile.open_case_for(case.public_id, actor).case, actor)


def by_code() -> Callable[[], Any]:
    """A case by its dossier code."""
    code = _some_case().code or ""
    return lambda: queries.find_case(code or "TS-2222-2222-22") or ([] if code else [0])


def own() -> Callable[[], Any]:
    """A citizen's own dossiers."""
    actor = Actor(code=_some_case().applicant_code, kind="citizen", name="Hoàng Thị Mai", level=2)
    return lambda: tracking.list_own(actor)


def track() -> Callable[[], Any]:
    """A dossier as anybody follows it who holds its id."""
    public_id = _some_case().public_id

    def follow() -> Any:
        case = tracking.find_by_tracking_id(public_id)
        return case and tracking.public_journey(case, NOW)

    return follow


def year_of_register() -> Callable[[], Any]:
    """The first page of a year of a unit's register."""
    asked = Asked(_some_case().unit_key, TODAY - timedelta(days=365), TODAY)
    return lambda: list(register.list_lines(asked, NOW).lines)


def late_in_register() -> Callable[[], Any]:
    """What was late in that year, of which a page has to be looked for; a small unit may have none."""
    asked = Asked(_some_case().unit_key, TODAY - timedelta(days=365), TODAY, standing="late")
    return lambda: [register.list_lines(asked, NOW)]


def of_person() -> Callable[[], Any]:
    """The dossiers of somebody at the officer's unit, by the personal number."""
    case = _some_case()
    while case.applicant_code.startswith("citizen:b-"):
        case = _some_case()
    number = "020" + case.applicant_code.removeprefix("citizen:b").zfill(9)
    actor = Actor(code="officer:bench", kind="officer", name="", posts=(Post(case.unit_key, "receptionist"),))
    return lambda: searching.list_of_person(number, actor)[1]


def reconciling() -> Callable[[], Any]:
    """What the page of reconciliation reads for one unit."""
    keys = [_some_case().unit_key]

    def look() -> Any:
        payments.count_waiting(keys)
        payments.list_refunds(keys)
        payments.list_reconciliations()
        return [payments.totals_of(keys, NOW), payments.list_payments(keys)]

    return look


def unmatched() -> Callable[[], Any]:
    """The payments of a unit that belong to nobody yet."""
    keys = [_some_case().unit_key]
    return lambda: [payments.list_payments(keys, state="unmatched")]


def bill() -> Callable[[], Any]:
    """What one case owes and paid."""
    public_id = _some_case().public_id
    return lambda: payments.find_bill(public_id)


def public_api() -> Callable[[], Any]:
    """The public API of tracking, the whole request; each time from another address, since calls are counted."""
    address, public_id = f"203.0.{random.randrange(256)}.{random.randrange(256)}", _some_case().public_id
    client = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR=address)

    def call() -> Any:
        answer = client.get(f"/api/v1/onestop/track/{public_id}")
        return answer if answer.status_code == OK else None

    return call


def hanging() -> Callable[[], Any]:
    """Whether anything hangs in the whole province, as the doctor and administrators ask."""
    return lambda: [queries.list_hanging(NOW)]


READERS = {
    "register, a year of a unit": year_of_register, "register, what was late in a year": late_in_register,
    "find by personal number": of_person, "reconciliation page": reconciling, "payments of nobody": unmatched,
    "bill of a case": bill, "public tracking API, whole request": public_api, "inbox, first page of three roles": inbox, "inbox, its figures": counts, "open cases of a unit by state": states,
    "case page": case_page, "find by dossier code": by_code, "own dossiers": own, "tracking": track, "what hangs, province-wide": hanging,
}  # fmt: skip
