"""How long all indicators take over ten years of a province, after a day, and on the board."""

from bench.rig.stage import Stage
from bench.rig.table import Row, middle, percentile

QUESTION = "How long do all indicators take over ten years, a day's refresh, and a look at the board?"
GOAL = (
    "all below 10 s, 1 GB and 4x the time to read the columns once; a day below 5 s; board below 300 ms warm, 2 s cold"
)
TIMES = 20


def measure(stage: Stage) -> list[Row]:
    """All indicators by DuckDB, by PostgreSQL and by Spark over the same rows; counting after a day; pages."""
    with stage.subjects({"figures": 1, **({"figures_spark": 1} if stage.with_peers else {})}) as subjects:
        figures = subjects["figures"]
        seconds = figures.one("make", cases=stage.scale)
        stage.say(f"{stage.scale:,} cases and four times as many documents made in {seconds:.0f} s")
        counted, read = [], []
        for number in range(stage.rounds):
            counted.append(figures.one("count_all"))
            read.append(figures.one("read_once"))
            stage.say(f"round {number + 1} of {stage.rounds}: {counted[-1]['seconds']:.1f} s, {read[-1]:.1f} s")
        again = [figures.one("count_again", cases=stage.scale) for _ in range(stage.rounds)]
        looked = figures.one("look", times=4 if stage.quick else TIMES)
        codes = figures.one("codes")
        peers = _peers(stage, subjects, codes) if stage.with_peers else {}
    scale = f"{stage.scale / 1_000_000:g} M cases, {stage.scale * 4 / 1_000_000:g} M documents"
    whole, floor = middle([each["seconds"] for each in counted]), middle(read)
    ratio = f"{len(codes)} indicators over {scale}"
    rows = [
        Row(f"{ratio} (floor: each column read once)", "s", whole, floor=floor, at_most=min(10.0, 4 * floor)),
        *(Row(ratio, "s", whole, peer=spent, peer_name=name, at_most=10.0) for name, spent in peers.items()),
        Row(f"{ratio}: memory", "MB", max(each["megabytes"] for each in counted), at_most=1024.0),
        Row(f"counted again after a day, {scale}", "s", middle(again), at_most=5.0),
    ]
    for name, spent in looked.items():
        most = 2000.0 if name.endswith("cold") else 300.0
        rows.append(
            Row(
                f"{name}, {scale} (p50 {percentile(spent, 0.5):.0f} ms)",
                "ms p95",
                percentile(spent, 0.95),
                at_most=most,
            )
        )
    return rows


def _peers(stage, subjects, codes: list[str]) -> dict[str, float]:
    figures, found = subjects["figures"], {}
    for table in ("cases", "facts"):
        stage.say(f"PostgreSQL: {table} copied in {figures.one('load_postgres', table=table):.0f} s")
    found["PostgreSQL"] = sum(figures.one("count_in_postgres", code=code) for code in codes)
    stage.say(f"PostgreSQL: {found['PostgreSQL']:.0f} s")
    if spark := subjects.get("figures_spark"):
        told, folder = figures.one("statements"), figures.one("folder")
        spark.one("count", folder=folder, statement=told[0])  # it warms up
        found["Spark, local"] = sum(spark.one("count", folder=folder, statement=each) for each in told)
        stage.say(f"Spark: {found['Spark, local']:.0f} s")
    return found
