"""How the demonstration's dossiers come about: invented people, and moments within working hours. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tinhso.kernel.worktime import VIETNAM, Calendar, Duration, due
from tinhso.modules.government.onestop.rules.simulation import Profile, read_sorts
from tinhso.platform.people.rules import Identity

PROVINCE_OF_BIRTH = "020"
ADULT_FROM, ADULT_UNTIL = 1984, 2003
ONLINE_HOURS, COUNTER_HOURS = (6, 21), (7, 10)
NEWBORN_DAYS = (4, 40)
SOONEST = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Turn:
    """One act on the way of a dossier: which, how long after the one before, with what answers."""

    act: str
    after: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Journey:
    """Some dossiers that go the same way; `is_own` are filed by people who can sign in."""

    procedure: str
    channel: str
    is_own: bool
    count: int
    filed_days_ago: tuple[int, int]
    scores: tuple[int, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """
    All dossiers of the demonstration, and the names and answers they are made from.

    `ratings` by score: the `answers` (points by index) and the `words` of those who gave it. `elsewhere` tells how much
    was done at the other communes, day by day, until yesterday.
    """

    seed: int
    commune_key: str
    people: Mapping[str, Sequence[str]]
    answers: Mapping[str, Mapping[str, Any]]
    papers: Mapping[str, Sequence[str]]
    ratings: Mapping[str, Mapping[str, Any]]
    journeys: tuple[Journey, ...]
    elsewhere: Mapping[str, Any] = field(default_factory=dict)

    def said_with(self, score: int, number: int) -> tuple[dict[int, int], str]:
        """Answers and words of the rater of that number who gave that score."""
        said = self.ratings.get(str(score), {})
        words: Sequence[str] = said.get("words", ("",))
        return {int(index): points for index, points in said.get("answers", {}).items()}, words[number % len(words)]


def elsewhere_until(story: Story, province_key: str, today: date) -> Profile | None:
    """The past weeks of the other communes as a profile to be lived through; None when the story has none."""
    table = story.elsewhere
    if not table:
        return None
    return Profile(
        "demonstration", province_key, today - timedelta(days=table["days"]), today - timedelta(days=1), table["received"],
        Decimal(table["on_time_percent"]), story.seed, read_sorts(table), frozenset({story.commune_key}),
    )  # fmt: skip


def filed_at(journey: Journey, calendar: Calendar, now: datetime, random: Random) -> datetime:
    """When one dossier is filed: at a desk while it is open in the morning, online at any waking hour; before `now`."""
    online = journey.channel == "online"
    first, last = ONLINE_HOURS if online else COUNTER_HOURS
    clock = time(random.randint(first, last), random.randint(31, 59))
    on = now.astimezone(VIETNAM).date() - timedelta(days=random.randint(*journey.filed_days_ago))
    if datetime.combine(on, clock, VIETNAM) > now - SOONEST:
        on -= timedelta(days=1)
    while not (online or calendar.day(on).counted):
        on -= timedelta(days=1)
    return datetime.combine(on, clock, VIETNAM).astimezone(UTC)


def moments_of(journey: Journey, start: datetime, calendar: Calendar, now: datetime, random: Random) -> list[datetime]:
    """When each turn happens, in working hours, until the first that lies in the future."""
    moments: list[datetime] = []
    before = start
    for turn in journey.turns:
        before = due(before, Duration.parse(turn.after), calendar).due_at.astimezone(UTC)
        before -= timedelta(minutes=random.randint(0, 9))
        before = max(before, (moments[-1] if moments else start) + timedelta(minutes=1))
        if before > now:
            break
        moments.append(before)
    return moments


def invent_person(story: Story, sex: str, random: Random) -> Identity:
    """A grown-up who does not exist, with a number of the right shape."""
    born = date(random.randint(ADULT_FROM, ADULT_UNTIL), random.randint(1, 12), random.randint(1, 28))
    sign = (1 if sex == "female" else 0) + (2 if born.year >= 2000 else 0)
    given = random.choice(story.people["women" if sex == "female" else "men"])
    return Identity(
        name=f"{random.choice(story.people['surnames'])} {given}",
        personal_number=f"{PROVINCE_OF_BIRTH}{sign}{born.year % 100:02}{random.randint(0, 999999):06}",
        birth_on=born,
        sex="female" if sex == "female" else "male",
        residence_key=story.commune_key,
        level=2,
    )


def words_for(story: Story, applicant: Identity, on: date, random: Random) -> dict[str, str]:
    """The words that an invented dossier's answers are filled with."""
    is_mother = applicant.sex == "female"
    other = invent_person(story, "male" if is_mother else "female", random)
    mother, father = (applicant, other) if is_mother else (other, applicant)
    sex = random.choice(("female", "male"))
    surname = father.name.partition(" ")[0]
    return {
        "child": f"{surname} {random.choice(story.people['girls' if sex == 'female' else 'boys'])}",
        "child_sex": sex,
        "child_birth": (on - timedelta(days=random.randint(*NEWBORN_DAYS))).isoformat(),
        "group": random.choice(story.people["groups"]),
        "place": random.choice(story.people["places"]),
        "purpose": random.choice(story.people["purposes"]),
        "mother": mother.name, "mother_number": mother.personal_number, "mother_year": _year(mother),
        "father": father.name, "father_number": father.personal_number, "father_year": _year(father),
        "applicant": applicant.name, "applicant_number": applicant.personal_number, "applicant_sex": applicant.sex,
        "applicant_birth": applicant.birth_on.isoformat() if applicant.birth_on else "",
        "relation": "mother" if is_mother else "father",
        "phone": applicant.phone or f"09000001{random.randint(0, 99):02}",
    }  # fmt: skip


def _year(person: Identity) -> str:
    return str(person.birth_on.year) if person.birth_on else ""


def answers_for(story: Story, procedure: str, words: Mapping[str, str]) -> dict[str, Any]:
    """The answers of one dossier; a year is a number, yes and no stay what they are."""
    found: dict[str, Any] = {}
    for name, value in story.answers[procedure].items():
        said = value.format_map(words) if isinstance(value, str) else value
        found[name] = int(said) if name.endswith("_year") else said
    return found
