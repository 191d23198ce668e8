"""Living through a profile: dossiers are filed, accepted, proposed, signed and handed over by the engine's own actions."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Final

from django.db import transaction

from tinhso.kernel.flow import Procedure
from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.government.onestop.adapters.demonstration import read_story
from tinhso.modules.government.onestop.rules.demonstration import elsewhere_until
from tinhso.modules.government.onestop.rules.simulation import (
    BETWEEN,
    ORDER,
    Planned,
    Profile,
    plan_dossiers,
    read_profile,
    round_of_resolving,
    rounds_between,
)
from tinhso.platform.cases.actions import Filing, Moved, act_on_cases, open_case
from tinhso.platform.cases.queries import list_filed_by, procedure_on
from tinhso.platform.ledger.facts import without_reactions
from tinhso.platform.people.rules import Actor, Post
from tinhso.platform.units import queries as units

ROLES: Final = {"accept": "receptionist", "propose": "handler", "sign": "leader", "hand_over": "receptionist"}
MOST_AT_ONCE: Final = 500
APPLICANT: Final = "Hồ sơ dựng lại"
Progress = Callable[[str, int, int], None]


class AlreadyLived(Exception):
    """The profile was lived through here before: doing it again would double the figures."""

    def __init__(self, code: str) -> None:
        self.vi = f"Kịch bản “{code}” đã chạy ở đây rồi. Hãy chạy trên một thư mục TINHSO_HOME mới."
        self.en = f"The profile “{code}” was run here before. Use another TINHSO_HOME."
        super().__init__(self.vi)


@dataclass
class Life:
    """The province while it is lived through: who acts, what is to be done in which round."""

    profile: Profile
    rounds: Sequence[datetime]
    procedures: Mapping[str, Procedure]
    staff: Mapping[str, Actor]  # one officer for each role and group of units, by "role group"
    groups: Mapping[str, str]  # the group of each unit
    random: Random
    agenda: dict[int, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    late: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)  # the unit of each dossier under way


def run_profile(table: Mapping[str, Any], progress: Progress) -> list[str]:
    """Live through the profile of a pack's table, and say in lines what came of it. :raises AlreadyLived: once is enough"""
    profile = read_profile(table)
    received = simulate(profile=profile, progress=progress)
    return [f"{received} hồ sơ đã tiếp nhận · dossiers received, {profile.starts_on} – {profile.ends_on}"]


def live_elsewhere(*, now: datetime) -> int:
    """Live through the past weeks of the demonstration's other communes, once; how many dossiers they received."""
    story = read_story()
    if story is None:
        return 0
    today = now.astimezone(VIETNAM).date()
    province = units.find_nearest(story.commune_key, "province", today)
    profile = elsewhere_until(story, province.key, today)
    if profile is None or list_filed_by(_applicant(profile), limit=1):
        return 0
    return simulate(profile=profile, progress=lambda _step, _done, _total: None)


def simulate(*, profile: Profile, progress: Progress) -> int:
    """
    Live through the profile with its own clock; nothing follows from the facts (no letters, no messages).

    Each round of each day is one transaction. :returns: how many dossiers were received
    :raises AlreadyLived: it was done here before
    """
    if list_filed_by(_applicant(profile), limit=1):
        raise AlreadyLived(profile.code)
    life, planned = _begin(profile)
    waiting = iter(planned)
    coming = next(waiting, None)
    with without_reactions():
        for number, at in enumerate(life.rounds):
            with transaction.atomic():
                while coming and coming.round == number:
                    _file(life, coming, at)
                    coming = next(waiting, None)
                for act in ORDER[1:]:
                    _act(life, act, number, at + BETWEEN * ORDER.index(act))
            progress(f"{at:%d/%m/%Y %H:%M}", number + 1, len(life.rounds))
    return len(planned)


def _begin(profile: Profile) -> tuple[Life, list[Planned]]:
    calendar = units.get_calendar(profile.province_key, profile.starts_on)
    rounds = rounds_between(profile.starts_on, profile.ends_on, calendar)
    procedures = {sort.procedure: procedure_on(sort.procedure, profile.starts_on) for sort in profile.sorts}
    kinds = {sort.at for sort in profile.sorts}
    places = {
        kind: [
            key
            for key in units.list_descendant_keys(profile.province_key, profile.starts_on, kinds=(kind,))
            if key not in profile.left_out
        ]
        for kind in kinds
    }
    groups = {key: _group(key) for keys in places.values() for key in keys}
    staff = dict(_appoint(groups))
    limits = {code: max(1, int(each.deadline.amount)) if each.deadline else 1 for code, each in procedures.items()}
    life = Life(profile, rounds, procedures, staff, groups, Random(profile.seed + 1))  # noqa: S311
    return life, plan_dossiers(profile, rounds, places, limits)


def _group(unit_key: str) -> str:
    """The district a unit lies in; the province's own agencies are one group."""
    line = [units.get_unit(unit_key), *units.list_ancestors(unit_key)]
    return next((unit.key for unit in line if unit.kind == "district"), "province")


def _appoint(groups: Mapping[str, str]) -> Iterator[tuple[str, Actor]]:
    """For each role and group one invented officer who holds that post at every unit of the group."""
    for group in sorted(set(groups.values())):
        keys = [key for key, found in groups.items() if found == group]
        for role in sorted(set(ROLES.values())):
            code = f"officer:replay-{role}-{group.partition('@')[0]}"
            posts = tuple(Post(key, role) for key in keys)
            yield f"{role} {group}", Actor(code=code, kind="officer", name=f"Cán bộ mô phỏng ({role})", posts=posts)


def _applicant(profile: Profile) -> str:
    return f"citizen:replay-{profile.code}"


def _file(life: Life, planned: Planned, at: datetime) -> None:
    applicant = Actor(code=_applicant(life.profile), kind="citizen", name=APPLICANT)
    filing = Filing(
        procedure=life.procedures[planned.procedure], unit_key=planned.unit_key, applicant_code=applicant.code,
        applicant_name=APPLICANT, title=APPLICANT, channel=planned.channel,
    )  # fmt: skip
    public_id = open_case(filing=filing, actor=applicant, now=at).public_id
    life.places[public_id] = planned.unit_key
    if planned.is_late:
        life.late.add(public_id)
    life.agenda[planned.round]["accept"].append(public_id)


def _act(life: Life, act: str, number: int, at: datetime) -> None:
    """Take that step on all that are due for it in this round, each group's officer at once."""
    by_group: dict[str, list[str]] = defaultdict(list)
    for public_id in life.agenda[number].pop(act, ()):
        by_group[life.groups[life.places[public_id]]].append(public_id)
    for group, public_ids in by_group.items():
        actor = life.staff[f"{ROLES[act]} {group}"]
        for start in range(0, len(public_ids), MOST_AT_ONCE):
            chunk = public_ids[start : start + MOST_AT_ONCE]
            for outcome in act_on_cases(public_ids=chunk, act=act, actor=actor, now=at):
                if outcome.moved is None:
                    raise RuntimeError(f"{outcome.public_id}: {outcome.refusal}")
                _go_on(life, act, number, outcome.moved)


def _go_on(life: Life, act: str, number: int, moved: Moved) -> None:
    """Write down what is to be done next with the dossier, and in which round."""
    if act == "accept" and moved.due_at:
        is_late = moved.public_id in life.late
        signed = round_of_resolving(life.rounds, number, moved.due_at, life.random, is_late=is_late)
        life.agenda[signed]["propose"].append(moved.public_id)
        life.agenda[signed]["sign"].append(moved.public_id)
        handed_over = min(len(life.rounds) - 1, signed + life.random.randint(0, 8))
        life.agenda[handed_over]["hand_over"].append(moved.public_id)
    elif act == "hand_over":
        life.places.pop(moved.public_id)
        life.late.discard(moved.public_id)
