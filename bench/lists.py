"""How long people wait for lists when ten years lie behind them: 4 million cases generated in the database."""

from bench.rig.stage import Stage
from bench.rig.table import Row, percentile

QUESTION = "How long do inbox, case, search and tracking take over ten years of a province?"
GOAL = "p95 below 200 ms"
TIMES = 40


def measure(stage: Stage) -> list[Row]:
    """Median and 95th percentile of each list, over all rounds."""
    heard: dict[str, list[float]] = {}
    with stage.subjects({"readers": 1}) as subjects:
        reader = subjects["readers"]
        seconds = reader.one("fill", cases=stage.scale)
        stage.say(f"{stage.scale:,} cases made in {seconds:.0f} s")
        reader.one("read", times=3)
        for number in range(stage.rounds):
            for name, spent in reader.one("read", times=TIMES // (4 if stage.quick else 1)).items():
                heard.setdefault(name, []).extend(spent)
            stage.say(f"round {number + 1} of {stage.rounds}")
    scale = f"{stage.scale / 1_000_000:g} M cases"
    made = Row(f"{scale} and what hangs on them, generated", "s", seconds, at_most=300.0)
    return [made, *(_row(f"{name}, {scale}", spent) for name, spent in heard.items())]


def _row(question: str, spent: list[float]) -> Row:
    return Row(f"{question} (p50 {percentile(spent, 0.5):.1f} ms)", "ms p95", percentile(spent, 0.95), at_most=200.0)
