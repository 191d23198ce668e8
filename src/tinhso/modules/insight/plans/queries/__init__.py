"""The only readers of plans: definitions, figures as sources tell them, where targets stand, imports."""

from tinhso.modules.insight.plans.queries.courses import (
    Course,
    Wanted,
    count_figures,
    find_figure,
    list_same,
    list_subject_keys,
    list_withdrawn,
    read_courses,
)
from tinhso.modules.insight.plans.queries.definitions import find_problems, get_definitions, read_definitions
from tinhso.modules.insight.plans.queries.imports import (
    ImportRow,
    find_import,
    judge_import,
    list_imports,
    read_sheet,
    template_tables,
)
from tinhso.modules.insight.plans.queries.standings import (
    ResolutionRow,
    Responsible,
    TargetRow,
    find_resolution,
    find_target,
    list_levels_aimed_at,
    list_resolutions,
    list_targets_of,
)
from tinhso.modules.insight.plans.queries.subjects import Subject, find_unit_of_figures, get_subject, name_units

__all__ = [
    "Course",
    "ImportRow",
    "ResolutionRow",
    "Responsible",
    "Subject",
    "TargetRow",
    "Wanted",
    "count_figures",
    "find_figure",
    "find_import",
    "find_problems",
    "find_resolution",
    "find_target",
    "find_unit_of_figures",
    "get_definitions",
    "get_subject",
    "judge_import",
    "list_imports",
    "list_levels_aimed_at",
    "list_resolutions",
    "list_same",
    "list_subject_keys",
    "list_targets_of",
    "list_withdrawn",
    "name_units",
    "read_courses",
    "read_definitions",
    "read_sheet",
    "template_tables",
]
