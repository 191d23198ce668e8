"""How much faster one act on 200 cases is than 200 acts: signing a pile, receiving a morning's post."""

from bench.rig.stage import Stage
from bench.rig.table import Row, middle

QUESTION = "How many acts a second when 200 cases are moved at once?"
GOAL = "at least 5x the same acts one by one"
COUNT = 200


def measure(stage: Stage) -> list[Row]:
    """Acts a second: at once, and one by one, in turn, over the four acts of a case."""
    together, apart = [], []
    with stage.subjects({"ours": 1}) as subjects:
        for number in range(max(2, stage.rounds // 2)):
            rates = subjects["ours"].one("bulk", count=COUNT)
            together += [at_once for at_once, _ in rates]
            apart += [one_by_one for _, one_by_one in rates]
            stage.say(f"round {number + 1}: {middle(together):.0f} at once, {middle(apart):.0f} one by one")
    return [
        Row(
            f"one act on {COUNT} cases",
            "acts/s",
            middle(together),
            peer=middle(apart),
            peer_name="one by one",
            of_peer=5.0,
        )
    ]
