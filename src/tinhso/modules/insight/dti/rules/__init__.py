"""What decides without database or clock: editions, scoring, ranks, mergers, criteria, published values, planning."""

from tinhso.modules.insight.dti.rules.editions import (
    COMPOSITE,
    Edition,
    InvalidEdition,
    MainIndex,
    Pillar,
    find_edition,
    read_edition,
)
from tinhso.modules.insight.dti.rules.merging import METHODS, PLAIN, POPULATION, mean_of, merge_rows
from tinhso.modules.insight.dti.rules.ranking import standard_ranks
from tinhso.modules.insight.dti.rules.rounding import TOLERANCE, half_up, read_number
from tinhso.modules.insight.dti.rules.scoring import Part, Row, Score, composite_of, pillar_of, score_rows
from tinhso.modules.insight.dti.rules.sheets import Line, Sheet, plain, read_sheet
from tinhso.modules.insight.dti.rules.wording import Said

__all__ = [
    "COMPOSITE",
    "METHODS",
    "PLAIN",
    "POPULATION",
    "TOLERANCE",
    "Edition",
    "InvalidEdition",
    "Line",
    "MainIndex",
    "Part",
    "Pillar",
    "Row",
    "Said",
    "Score",
    "Sheet",
    "composite_of",
    "find_edition",
    "half_up",
    "mean_of",
    "merge_rows",
    "pillar_of",
    "plain",
    "read_edition",
    "read_number",
    "read_sheet",
    "score_rows",
    "standard_ranks",
]
