"""The only writers of what is watched: keep the rules, raise and end warnings, count the usual pace."""

from tinhso.platform.watch.actions.evaluating import evaluate_rules
from tinhso.platform.watch.actions.keeping import load_rules
from tinhso.platform.watch.actions.pacing import count_paces

__all__ = ["count_paces", "evaluate_rules", "load_rules"]
