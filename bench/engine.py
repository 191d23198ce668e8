"""How many whole cases a second: filed, accepted, proposed, signed, handed over, each step durable on PostgreSQL."""

from collections.abc import Callable

from bench.rig.stage import Stage, Subject
from bench.rig.table import Row, middle

QUESTION = "How many five-step cases a second does the engine carry, every act committed?"
GOAL = "at least half of the floor, 6x SpiffWorkflow, 15x django-viewflow, with as many workers"
TITLES = {
    "spiff": "SpiffWorkflow",
    "spiff_apart": "SpiffWorkflow, specification kept apart",
    "viewflow": "django-viewflow (straight line)",
}
LEAST = {"spiff": 6.0, "viewflow": 15.0}
ALL = ("spiff", "spiff_apart", "viewflow")


def measure(stage: Stage) -> list[Row]:
    """Cases a second, in turn with the floor and the peers."""
    names = ["ours", "floor", *(TITLES if stage.with_peers else ())]
    rows = []
    with stage.subjects(dict.fromkeys(names, stage.workers)) as subjects:
        for subject in subjects.values():
            subject.each(
                stage.workers, "run", seconds=stage.seconds / 4, flow="birth"
            )  # warm: statements, texts, caches
        for question, flow, workers, peers in _runs(stage.workers):
            asked = {name: subject for name, subject in subjects.items() if name in ("ours", "floor", *peers)}
            stage.say(question)
            rounds = stage.in_turn({name: _rate(each, workers, flow, stage.seconds) for name, each in asked.items()})
            rows += _rows(question, {name: middle(values) for name, values in rounds.items()}, goals=flow == "birth")
    return rows


def _runs(most: int) -> list[tuple[str, str, int, tuple[str, ...]]]:
    """What is run: what it is called, which flow, how many workers, against which peers."""
    alone = [("five steps of 1.001193, 1 worker", "birth", 1, ALL)]
    together = [(f"five steps of 1.001193, {most} workers", "birth", most, ALL)] if most > 1 else []
    others = [
        ("five steps in a straight line, 1 worker", "line", 1, ALL[:2]),
        (f"five steps of 1.001193 with the job of each act deferred, {most} workers", "told", most, ()),
    ]
    return [*alone, *together, *others]


def _rate(subject: Subject, workers: int, flow: str, seconds: float) -> Callable[[], float]:
    def rate() -> float:
        answers = subject.each(workers, "run", seconds=seconds, flow=flow)
        return sum(done / spent for done, spent in answers)

    return rate


def _rows(question: str, found: dict[str, float], *, goals: bool) -> list[Row]:
    ours, floor = found["ours"], found["floor"]
    rows = [Row(question, "cases/s", ours, floor, of_floor=0.5 if goals else None)]
    for name, title in TITLES.items():
        if name in found:
            least = LEAST.get(name) if goals else None
            rows.append(Row(question, "cases/s", ours, floor, found[name], title, of_peer=least))
    return rows
