"""How long a province's quarter takes through the real actions: Gia Lai, first quarter of 2022, every figure exact."""

from bench.rig.stage import Stage
from bench.rig.table import Row

QUESTION = "How long does a published quarter of a province take, dossier by dossier?"
GOAL = "within 4 minutes on 2 cores; 95,289 dossiers, 98.96% on time"
PROFILE = "gia-lai-2022q1"
PUBLISHED = (95_289, 94_298)


def measure(stage: Stage) -> list[Row]:
    """Seconds of one whole run; a figure that is not the published one is an error."""
    with stage.subjects({"replay": 1}) as subjects:
        found = subjects["replay"].one("live", code=PROFILE)
    if (found["received"], found["on_time"]) != PUBLISHED:
        raise RuntimeError(f"the records say {found}, published was {PUBLISHED}")
    received, on_time = PUBLISHED
    share = f"{100 * on_time / received:.2f}% on time"
    return [Row(f"a quarter replayed, {received:,} dossiers, {share}", "s", found["seconds"], at_most=240.0)]
