"""How long a province's quarter takes through the real actions: Gia Lai, first quarter of 2022, every figure exact."""

from bench.rig.stage import Stage
from bench.rig.table import Row

QUESTION = "How long does a published quarter of a province take, dossier by dossier?"
GOAL = "within 4 minutes on 2 cores; 95,289 dossiers, 98.96% on time; a day's refresh below 5 s"
PROFILE = "gia-lai-2022q1"
PUBLISHED = (95_289, 94_298)


def measure(stage: Stage) -> list[Row]:
    """Seconds of one whole run; a figure that is not the published one is an error."""
    with stage.subjects({"replay": 1}) as subjects:
        found = subjects["replay"].one("live", code=PROFILE)
        counted = subjects["replay"].one("refresh")
    if (found["received"], found["on_time"]) != PUBLISHED:
        raise RuntimeError(f"the records say {found}, published was {PUBLISHED}")
    received, on_time = PUBLISHED
    share = f"{100 * on_time / received:.2f}% on time"
    if round(counted["share"], 2) != round(100 * on_time / received, 2):
        raise RuntimeError(f"the board says {counted['share']}, the records {share}")
    return [
        Row(f"a quarter replayed, {received:,} dossiers, {share}", "s", found["seconds"], at_most=240.0),
        Row("its warehouse made from nothing, all indicators counted", "s", counted["made"], at_most=60.0),
        Row("its warehouse after one more act in its busiest month", "s", counted["again"], at_most=5.0),
    ]
