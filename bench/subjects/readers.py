"""tinhso's readers over the province of ten years: each list as its page asks for it, with somebody else each time."""

import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from bench import province
from bench.subjects import ours
from tinhso.modules.government.onestop.queries import casefile, tracking
from tinhso.platform.cases import models, queries
from tinhso.platform.people.rules import Actor, Post

NOW = province.moment()
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


def _officer(*roles: str) -> Actor:
    commune = random.choice(ours.communes())
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


def hanging() -> Callable[[], Any]:
    """Whether anything hangs in the whole province, as the doctor and administrators ask."""
    return lambda: [queries.list_hanging(NOW)]


READERS = {
    "inbox, first page of three roles": inbox, "inbox, its figures": counts, "open cases of a unit by state": states,
    "case page": case_page, "find by dossier code": by_code, "own dossiers": own, "tracking": track, "what hangs, province-wide": hanging,
}  # fmt: skip
