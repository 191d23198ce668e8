"""What `tinhso doctor` should know: what waits for somebody, where sources contradict each other."""

from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.queries.published import list_published
from tinhso.modules.insight.dti.rules.quality import find_conflicts, find_wrong_ranks


def count_waiting() -> int:
    """How many assessments wait for a review or a signature."""
    return models.Assessment.objects.filter(state__in=["submitted", "reviewed"]).count()


def count_conflicts() -> int:
    """In how many places published figures contradict each other."""
    figures = list_published()
    return sum(1 for _ in find_conflicts(figures)) + sum(1 for _ in find_wrong_ranks(figures))
